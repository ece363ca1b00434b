"""A program that runs ours on another day. The clock begins there at nine in the morning, and goes on.

python -m tests.browser.another_day 2027-03-24 serve

While it runs, a later day written into the file `next-day` in its home is gone to: what the clock brings by
then is done, as every night, and the file is taken away. So a site may stay open for a story of many months.
"""

import os
import sys
import threading
import time
from pathlib import Path

from alongside.kernel import clock

STEP = 0.2  # seconds
NEXT_DAY = "next-day"


def main(day: str, words: list[str]) -> int:
    """Run one verb of ours as on that day."""
    from alongside.interfaces.cli import main as run

    with clock.at(day):
        threading.Thread(target=_goes_on, daemon=True).start()
        return run(words)


def _goes_on() -> None:
    asked = Path(os.environ["ALONGSIDE_HOME"]) / NEXT_DAY
    while clock.is_stopped():
        time.sleep(STEP)
        try:
            clock.advance(seconds=STEP)
        except clock.ClockIsRunning:
            return
        if asked.exists():
            _go_to(asked.read_text(encoding="utf-8"))
            asked.unlink()


def _go_to(day: str) -> None:
    """Move the clock on to the morning of this day, and do what it brings."""
    from alongside.interfaces.cli import main as run

    clock.advance(seconds=(clock.moment_of(day) - clock.now()).total_seconds())
    if run(["work", "--once"]):
        raise SystemExit(f"What was due by {day} could not be done.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
