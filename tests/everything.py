"""Every check and every test, one named step after another, with a summary at the end.

`make test` runs all of them; `make test ONLY=types` runs one. Two run at a time, for a machine with two
cores, and what a step said is printed when it has ended. A step that this machine cannot do is skipped
loudly: with how many tests were left out, and the line that would let them run.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
BUILD = ROOT / "build"
PYTEST = [str(BIN / "python"), "-m", "pytest", "-q"]
SHIPPED = ["--dry-run", "--settings=alongside.settings"]
DJANGO = [str(BIN / "python"), "-m", "django"]
WALK = ["tests/browser/test_every_page.py", "tests/browser/test_words.py"]
AGAIN = "not browser and not house and not sqlite"  # these need no second run
NOTHING_FOUND = 5  # pytest's own word for it
SURROUNDINGS = os.environ | {
    "ALONGSIDE_HOME": str(BUILD / "check-home"),
    "PYTHONPATH": str(ROOT),
    "PYTHONUNBUFFERED": "1",  # so that it can be said how far a step is
}
SPEAKING = threading.Lock()  # one at a time
SURROUNDINGS.pop("DJANGO_SETTINGS_MODULE", None)  # the tests choose their own


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
    Step("format", "the code has one shape", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Step("types", "every signature is typed, and true", [str(BIN / "mypy")]),
    Step("imports", "no room reaches into another", [str(BIN / "lint-imports")]),
    Step("migrations", "the tables are as the models say", [*DJANGO, "makemigrations", "--check", *SHIPPED]),
    Step("sqlite", "every test, on SQLite", [*PYTEST, "-m", "not browser"]),
    Step(
        "postgresql",
        "every test, on PostgreSQL",
        [*PYTEST, "-m", AGAIN, "--database=postgresql"],
        no_postgresql,
    ),
    Step("walk", "every page, in a browser", [*PYTEST, "-m", "browser", *WALK], no_browser),
    Step(
        "browser",
        "what people do, in a browser",
        [*PYTEST, "-m", "browser", *(f"--ignore={file}" for file in WALK)],
        no_browser,
    ),
]
AT_ONCE = 2  # the cores of the machine that checks what comes in


def main(only: list[str]) -> int:
    """Run the steps asked for, or all. Gives 1 when any of them failed."""
    unknown = set(only) - {step.name for step in STEPS}
    if unknown:
        print(
            f"There is no step {', '.join(sorted(unknown))}. Steps: {' '.join(step.name for step in STEPS)}"
        )
        return 2
    BUILD.mkdir(exist_ok=True)
    for step in _running():
        _log(step).unlink()  # of a run that was cut short
    wanted = [step for step in STEPS if not only or step.name in only]
    with ThreadPoolExecutor(AT_ONCE) as together, _progress():
        summary = list(together.map(_run, wanted))
    print("\n=== summary ===", *summary, sep="\n")
    return 1 if any(line.startswith("FAILED") for line in summary) else 0


def _run(step: Step) -> str:
    missing = step.needs()
    if missing:
        line = f"SKIPPED  {step.name:<11} {_how_many(step)} tests were NOT run. Missing: {missing}"
        print(line, flush=True)
        return line
    words, report, log = list(step.words), BUILD / f"{step.name}.xml", _log(step)
    if "pytest" in words:
        report.unlink(missing_ok=True)
        words.append(f"--junitxml={report}")
    began = time.monotonic()
    with log.open("wb") as out:
        code = subprocess.run(
            words, cwd=ROOT, env=SURROUNDINGS, stdout=out, stderr=subprocess.STDOUT, check=False
        ).returncode
    if code == NOTHING_FOUND and "pytest" in words:
        code = 0
    seconds = f"{time.monotonic() - began:.0f} s"
    line = f"{'FAILED' if code else 'passed'}   {step.name:<11} {step.says} ({seconds}{_counts(report)})"
    with SPEAKING:
        said = log.read_text(errors="replace")
        print(f"\n=== {step.name}: {step.says} ===", said, line, sep="\n", flush=True)
        log.unlink()
    which = [f"  {each}" for each in said.splitlines() if each.startswith(("FAILED ", "ERROR "))]
    return "\n".join([line, *which])


def _log(step: Step) -> Path:
    return BUILD / f"{step.name}.log"


@contextmanager
def _progress() -> Iterator[None]:
    """While it lasts, a line each half minute: how far each step is that has not ended."""
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(30):
            with SPEAKING:
                print(", ".join(f"{step.name} {_far(step)}" for step in _running()), flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _far(step: Step) -> str:
    found = re.findall(r"\[ *(\d+%)\]", _log(step).read_text(errors="replace"))
    return str(found[-1]) if found else "has begun"


def _running() -> list[Step]:
    return [step for step in STEPS if _log(step).exists()]


def _counts(report: Path) -> str:
    """How many tests, and how many of them this machine left out: that is never said quietly."""
    if not report.exists():
        return ""
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    left_out = int(suite.get("skipped", "0"))
    return f", {suite.get('tests')} tests" + (f", {left_out} SKIPPED: see above" if left_out else "")


def _how_many(step: Step) -> str:
    words = [word for word in step.words if not word.startswith("--database")]
    listed = subprocess.run([*words, "--collect-only"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(?:/\d+)? tests? collected", listed.stdout)
    return found.group(1) if found else "0"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
