"""Every check and every test, one named step after another, with a summary at the end.

`make test` runs all of them; `make test ONLY=types` runs one. Long steps are cut in parts, so that both
cores of the machine are busy until the end: two parts run at a time, each with a home and databases of its
own, and what a part said is printed when it has ended. The first part of a step is whatever its other parts
leave, so no test can fall between them, and it is the longest. A step that this machine cannot do is skipped
loudly: with how many tests were left out, and the line that would let them run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
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
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
NOTHING_FOUND = 5  # pytest's own word for it
SURROUNDINGS = os.environ | {
    "ALONGSIDE_HOME": str(BUILD / "check-home"),
    "PYTHONPATH": str(ROOT),
    "PYTHONUNBUFFERED": "1",  # so that it can be said how far a step is
}
BUILT_ONCE = "MADE_UP_PLACE_FOR_ALL"  # names the folder in which all parts find the made-up place
COMPILED_ONCE = "PYTHONPYCACHEPREFIX"  # and Python's own word for where it keeps what it compiled
SPEAKING = threading.Lock()  # one at a time
SURROUNDINGS.pop("DJANGO_SETTINGS_MODULE", None)  # the tests choose their own
# The tests start hundreds of programs. Where this is set, each of them compiled all that it reads in anew.
SURROUNDINGS.pop("PYTHONDONTWRITEBYTECODE", None)


class Step(NamedTuple):
    """One thing that is checked."""

    name: str
    says: str
    words: list[str]
    needs: Callable[[], str] = lambda: ""  # what is missing here, with the line that adds it
    cut: tuple[tuple[str, ...], ...] = ()  # files of parts that run for themselves; the rest is a part too

    def parts(self) -> "list[Part]":
        """What runs for itself. The rest comes first, for it is the longest."""
        if not self.cut:
            return [Part(self, self.name, self.words)]
        named = [path for paths in self.cut for path in paths]
        rest = [*self.words, *(f"--ignore={path}" for path in named)]
        each = [[*self.words, *paths] for paths in self.cut]
        return [
            Part(self, f"{self.name}-{number}", words) for number, words in enumerate([rest, *each], start=1)
        ]


class Part(NamedTuple):
    """A piece of a step, or all of it: what runs by itself."""

    step: Step
    name: str
    words: list[str]

    @property
    def log(self) -> Path:
        return BUILD / f"{self.name}.log"

    @property
    def report(self) -> Path:
        return BUILD / f"{self.name}.xml"


class Ended(NamedTuple):
    """How a part ended."""

    step: Step
    failed: bool
    seconds: float
    tests: int
    left_out: int
    which: list[str]


def browser() -> str | None:
    """The browser to use: the one named; or Debian's without a window, which is quicker; or another."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def no_browser() -> str:
    return "" if browser() else f"Chromium. As root: apt-get install {BROWSERS[0]} libatomic1"


def no_postgresql() -> str:
    found = shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return "" if found else "PostgreSQL. As root: apt-get install postgresql"


PROOF = ("tests/proof/test_matrix.py", "tests/proof/test_routes.py")
DECIDED = ("tests/decisions",)
AFTER = ("tests/promises", "tests/voice")  # what comes of a decision, and being heard
TRIED = (
    "tests/proof/test_erasure.py",
    "tests/proof/test_voices.py",
    "tests/faults",
    "tests/api",
    "tests/bench",
)
CUT = (DECIDED, PROOF, TRIED, AFTER)
LONGEST_STORIES = ("tests/browser/stories/test_one_number.py", "tests/browser/stories/test_the_hearing.py")

# Where it takes long, the longest come first: what is short at the end lets no core wait. The made-up place
# is built first, beside what needs none: else two parts would wait for it at once, and one core do nothing.
STEPS = [
    Step("place", "the made-up place can be built", [str(BIN / "python"), "-m", "tests.made_up.wexmoor"]),
    Step("lint", "the code follows the house rules", [str(BIN / "ruff"), "check", "."]),
    Step("format", "the code has one shape", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    Step("types", "every signature is typed, and true", [str(BIN / "mypy")]),
    Step("imports", "no room reaches into another", [str(BIN / "lint-imports")]),
    Step("migrations", "the tables are as the models say", [*DJANGO, "makemigrations", "--check", *SHIPPED]),
    Step("walk", "every page, in a browser", [*PYTEST, "-m", "browser", *WALK], no_browser),
    Step("sqlite", "every test, on SQLite", [*PYTEST, "-m", "not browser"], cut=CUT),
    Step(
        "browser",
        "what people do, in a browser",
        [*PYTEST, "-m", "browser", *(f"--ignore={file}" for file in WALK)],
        no_browser,
        (LONGEST_STORIES,),
    ),
    Step(
        "postgresql",
        "every test, on PostgreSQL",
        [*PYTEST, "-m", AGAIN, "--database=postgresql"],
        no_postgresql,
        CUT,
    ),
]
AT_ONCE = 2  # the cores of the machine that checks what comes in; three at a time were slower
ROOM = 4 << 30  # bytes of memory that all files of the tests may take


def main(only: list[str]) -> int:
    """Run the steps asked for, or all. Gives 1 when any of them failed."""
    unknown = set(only) - {step.name for step in STEPS}
    if unknown:
        print(
            f"There is no step {', '.join(sorted(unknown))}. Steps: {' '.join(step.name for step in STEPS)}"
        )
        return 2
    BUILD.mkdir(exist_ok=True)
    for part in _running():
        part.log.unlink()  # of a run that was cut short
    wanted = [step for step in STEPS if not only or step.name in only]
    missing = {step.name: found for step in wanted if (found := step.needs())}
    for step in wanted:
        if step.name in missing:
            missing[step.name] = _skipped(step, missing[step.name])
            print(missing[step.name], flush=True)
    parts = [part for step in wanted if step.name not in missing for part in step.parts()]
    with _in_memory() as surroundings, ThreadPoolExecutor(AT_ONCE) as together, _progress():
        ended = list(together.map(lambda part: _run(part, surroundings), parts))
    print("\n=== summary ===")
    for step in wanted:
        print(missing.get(step.name) or _summed(step, [each for each in ended if each.step is step]))
    return 1 if any(each.failed for each in ended) else 0


def _skipped(step: Step, missing: str) -> str:
    return f"SKIPPED  {step.name:<11} {_how_many(step)} tests were NOT run. Missing: {missing}"


@contextmanager
def _in_memory() -> Iterator[dict[str, str]]:
    """What is around a part: a folder in memory for its files, where there is room for them.

    Everything the tests write is gone at their end. On a disk, each act would wait until its keys lie there
    safely; what must outlive the power is tried on a disk of the tests' own making (tests/faults/disk.py).
    """
    memory = Path("/dev/shm")
    if not memory.is_dir() or shutil.disk_usage(memory).free < ROOM or _free_memory() < 2 * ROOM:
        with tempfile.TemporaryDirectory(prefix="al-", dir=BUILD) as folder:
            yield _around(folder)
        return
    with tempfile.TemporaryDirectory(prefix="al-", dir=memory, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # PostgreSQL does not run as root, and must get to its own folder
        yield _around(folder) | {"TMPDIR": folder}


def _around(folder: str) -> dict[str, str]:
    return SURROUNDINGS | {BUILT_ONCE: f"{folder}/made-up", COMPILED_ONCE: f"{folder}/compiled"}


def _free_memory() -> int:
    found = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
    return int(found.group(1)) * 1024 if found else 0


def _run(part: Part, surroundings: dict[str, str]) -> Ended:
    words, is_pytest = list(part.words), "pytest" in part.words
    part.report.unlink(missing_ok=True)
    if is_pytest:
        words.append(f"--junitxml={part.report}")
    began = time.monotonic()
    with part.log.open("wb") as out:
        code = subprocess.run(
            words, cwd=ROOT, env=surroundings, stdout=out, stderr=subprocess.STDOUT, check=False
        ).returncode
    if code == NOTHING_FOUND and is_pytest:
        code = 0
    tests, left_out = _counts(part.report)
    said = part.log.read_text(errors="replace")
    which = [f"  {each}" for each in said.splitlines() if each.startswith(("FAILED ", "ERROR "))]
    ended = Ended(part.step, bool(code), time.monotonic() - began, tests, left_out, which)
    with SPEAKING:
        line = _line(ended, part.name)
        print(f"\n=== {part.name}: {part.step.says} ===", said, line, sep="\n", flush=True)
        part.log.unlink()
    return ended


def _summed(step: Step, parts: list[Ended]) -> str:
    """A step in one line, whatever its parts; and under it each test that failed."""
    whole = Ended(
        step,
        any(part.failed for part in parts),
        sum(part.seconds for part in parts),
        sum(part.tests for part in parts),
        sum(part.left_out for part in parts),
        [each for part in parts for each in part.which],
    )
    return "\n".join([_line(whole, step.name, len(parts)), *whole.which])


def _line(ended: Ended, name: str, parts: int = 1) -> str:
    """How many tests, and how many of them this machine left out: that is never said quietly."""
    said = f"{ended.seconds:.0f} s" + (f" in {parts} parts" if parts > 1 else "")
    said += f", {ended.tests} tests" if ended.tests else ""
    said += f", {ended.left_out} SKIPPED: see above" if ended.left_out else ""
    return f"{'FAILED' if ended.failed else 'passed'}   {name:<11} {ended.step.says} ({said})"


@contextmanager
def _progress() -> Iterator[None]:
    """While it lasts, a line each half minute: how far each part is that has not ended."""
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(30):
            with SPEAKING:
                print(", ".join(f"{part.name} {_far(part)}" for part in _running()), flush=True)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join()


def _far(part: Part) -> str:
    found = re.findall(r"\[ *(\d+%)\]", part.log.read_text(errors="replace"))
    return str(found[-1]) if found else "has begun"


def _running() -> list[Part]:
    return [part for step in STEPS for part in step.parts() if part.log.exists()]


def _counts(report: Path) -> tuple[int, int]:
    """(how many tests there were, how many of them were left out)"""
    if not report.exists():
        return 0, 0
    suite = ElementTree.parse(report).getroot().find("testsuite")
    assert suite is not None
    return int(suite.get("tests", "0")), int(suite.get("skipped", "0"))


def _how_many(step: Step) -> str:
    words = [word for word in step.words if not word.startswith("--database")]
    listed = subprocess.run([*words, "--collect-only"], cwd=ROOT, capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)(?:/\d+)? tests? collected", listed.stdout)
    return found.group(1) if found else "0"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
