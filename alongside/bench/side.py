"""One side of a comparison: a program of its own that does as it is asked and says how long it took.

It reads a line of JSON, `{"ask": "one", "count": 500}`, and answers with a line of JSON, until its input
ends. `Side` is its other end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

HISTORY, AUDITLOG, OURS = "history", "auditlog", "ours"
_SETTINGS = {OURS: "alongside.bench.ours.settings", "site": "alongside.settings"}


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
        return Failed(f"{self.role}: {self.errors.read_text(errors='replace')[-2000:]}")

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
    if role == OURS:
        from alongside.bench import door_side as acts
    else:
        from alongside.bench import peer_side as acts  # type: ignore[no-redef]  # one of two modules alike
    for line in sys.stdin:
        words: Mapping[str, Any] = json.loads(line)
        asked = {name: value for name, value in words.items() if name != "ask"}
        print(json.dumps(acts.ACTS[words["ask"]](**asked)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
