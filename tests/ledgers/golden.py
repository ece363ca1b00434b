"""Ledgers of every shape ever shipped: an entry of each kind, as it was written, to be read for ever.

    python -m tests.ledgers.golden --write NAME     writes tests/ledgers/NAME.jsonl, with today's shapes

Never write over a ledger that was shipped: add another. Each line is an entry's header, its text as it was
hashed, and its boxes. The keys are gone, as after an erasure: nothing in it can be opened.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def ledgers() -> list[Path]:
    """Every ledger that is kept, oldest name first."""
    return sorted(FOLDER.glob("*.jsonl"))


def read(path: Path) -> Iterator[tuple[int, str, bytes]]:
    """(number, header text, boxes joined) of each entry."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield entry["number"], entry["header"], base64.b64decode(entry["boxes"])


def line_of(number: int, header: str, boxes: bytes) -> str:
    entry: dict[str, Any] = {"number": number, "header": header, "boxes": base64.b64encode(boxes).decode()}
    return json.dumps(entry, ensure_ascii=False)


def write(name: str) -> int:
    """Build it as the tests do, and keep it."""
    line = [sys.executable, "-m", "pytest", "-q", "-s", str(FOLDER / "write.py")]
    return subprocess.run(line, env={**os.environ, "WRITE_LEDGER": name}, check=False).returncode


if __name__ == "__main__":
    sys.exit(write(sys.argv[2]) if sys.argv[1:2] == ["--write"] and len(sys.argv) == 3 else __doc__)
