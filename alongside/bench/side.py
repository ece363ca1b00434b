"""One side of a comparison: a program of its own that does as it is asked and says how long it took.

It reads a line of JSON, `{"ask": "one", "count": 500}`, and answers with a line of JSON, until its input
ends. `Side` is its other end.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HISTORY, AUDITLOG, OURS, SITE = "history", "auditlog", "ours", "site"
_SETTINGS = {OURS: "alongside.bench.ours.settings", SITE: "alongside.settings"}
_ACTS = {OURS: "alongside.bench.door_side", SITE: "alongside.bench.site_side"}


class Failed(Exception):
    """A side could not do what it was asked. The message is what it said last."""


class Side:
    """A running side: `ask("one", count=500)`."""

    def __init__(self, role: str, home: Path, *, database: str = "") -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.role, self.errors = role, home / f"{role}.errors"
        settings = _SETTINGS.get(role, "alongside.bench.peer.settings")
        line = [
            "env",
            f"ALONGSIDE_HOME={home}",
            f"DATABASE_URL={database}",
            f"DJANGO_SETTINGS_MODULE={settings}",
        ]
        line += [sys.executable, "-m", "alongside.bench.side", role]
        with open(self.errors, "ab") as errors:
            self.program = subprocess.Popen(
                line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )

    def tell(self, ask: str, **words: Any) -> None:
        """Set it to work, without waiting."""
        assert self.program.stdin is not None
        try:
            print(json.dumps({"ask": ask, **words}), file=self.program.stdin, flush=True)
        except BrokenPipeError as error:
            raise self._failed() from error

    def answer(self) -> dict[str, Any]:
        """Wait for what came of it."""
        assert self.program.stdout is not None
        line = self.program.stdout.readline()
        if not line:
            raise self._failed()
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, ask: str, **words: Any) -> dict[str, Any]:
        self.tell(ask, **words)
        return self.answer()

    def _failed(self) -> Failed:
        self.program.wait()
        lines = self.errors.read_text(errors="replace").strip().splitlines()
        print("\n".join(lines[-30:]), file=sys.stderr)
        return Failed(f"our program for it stopped: {lines[-1] if lines else self.program.returncode}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.program.stdin is not None and self.program.stdout is not None
        try:
            self.program.stdin.close()
        except BrokenPipeError:  # it ended by itself, and what it said is in its errors
            self.program.kill()
        self.program.wait()
        self.program.stdout.close()


def main(role: str) -> None:
    """The other end: answer each line until there are no more."""
    import django

    django.setup()
    acts = importlib.import_module(_ACTS.get(role, "alongside.bench.peer_side"))
    for line in sys.stdin:
        words: Mapping[str, Any] = json.loads(line)
        asked = {name: value for name, value in words.items() if name != "ask"}
        print(json.dumps(acts.ACTS[words["ask"]](**asked)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
