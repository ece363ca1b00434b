"""Every check and every test, one named step after another, with a summary at the end.

`make test` runs all of them; `make test ONLY=types` runs one. A step that this machine cannot do is
skipped loudly: with how many tests were left out, and the line that would let them run.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q"]


class Step(NamedTuple):
    """One thing that is checked."""

    name: str
    says: str
    words: list[str]
    needs: Callable[[], str] = lambda: ""  # what is missing here, with the line that adds it


def no_browser() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return "" if found else "Chromium. As root: apt-get install chromium libatomic1"


def no_postgresql() -> str:
    found = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return "" if found else "PostgreSQL. As root: apt-get install postgresql"


STEPS = [
    Step("lint", "the code follows the house rules", [str(BIN / "ruff"), "check", "."]),
    Step("format", "the code has one shape", [str(BIN / "ruff"), "format", "--check", "."]),
    Step("types", "every signature is typed, and true", [str(BIN / "mypy")]),
    Step("imports", "no room reaches into another", [str(BIN / "lint-imports")]),
    Step("sqlite", "every test, on SQLite", [*PYTEST, "-m", "not browser"]),
    Step("postgresql", "every test, on PostgreSQL", [*PYTEST, "--database=postgresql"], no_postgresql),
    Step("browser", "what people see, in a browser", [*PYTEST, "-m", "browser"], no_browser),
]


def main(only: list[str]) -> int:
    """Run the steps asked for, or all. Gives 1 when any of them failed."""
    unknown = set(only) - {step.name for step in STEPS}
    if unknown:
        print(
            f"There is no step {', '.join(sorted(unknown))}. Steps: {' '.join(step.name for step in STEPS)}"
        )
        return 2
    summary: list[str] = []
    failed = False
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "ALONGSIDE_HOME": str(ROOT / "build" / "check-home"),
    }
    for step in STEPS:
        if only and step.name not in only:
            continue
        print(f"\n=== {step.name}: {step.says} ===", flush=True)
        missing = step.needs()
        if missing:
            line = f"SKIPPED  {step.name:<11} {_how_many(step)} tests were NOT run. Missing: {missing}"
            print(line, flush=True)
            summary.append(line)
            continue
        began = time.monotonic()
        code = subprocess.run(step.words, cwd=ROOT, env=environment, check=False).returncode
        if code == 5 and "pytest" in step.words:  # pytest found nothing to run
            code = 0
        failed = failed or code != 0
        word = "FAILED " if code else "passed "
        summary.append(f"{word}  {step.name:<11} {step.says} ({time.monotonic() - began:.0f} s)")
    print("\n=== summary ===", *summary, sep="\n")
    return 1 if failed else 0


def _how_many(step: Step) -> str:
    words = [word for word in step.words if not word.startswith("--database")]
    listed = subprocess.run([*words, "--collect-only"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(?:/\d+)? tests? collected", listed.stdout)
    return found.group(1) if found else "0"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
