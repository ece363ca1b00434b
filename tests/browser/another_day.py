"""A program that runs ours on another day. The clock begins there at nine in the morning, and goes on.

python -m tests.browser.another_day 2027-03-24 serve
"""

import sys
import threading
import time

from alongside.kernel import clock

STEP = 0.2  # seconds


def main(day: str, words: list[str]) -> int:
    """Run one verb of ours as on that day."""
    from alongside.interfaces.cli import main as run

    with clock.at(day):
        threading.Thread(target=_goes_on, daemon=True).start()
        return run(words)


def _goes_on() -> None:
    while clock.is_stopped():
        time.sleep(STEP)
        try:
            clock.advance(seconds=STEP)
        except clock.ClockIsRunning:
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
