"""A program that runs ours on a day to come, with the clock going on from there.

ALONGSIDE_HOME=… python -m tests.browser.stories.another_day DAYS serve
"""

import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Thread


def main(days: int, words: list[str]) -> None:
    """Stop the clock so many days from now, move it on as time passes, and run the program."""
    from alongside.interfaces.cli import main as run
    from alongside.kernel import clock

    with clock.at(datetime.now(UTC) + timedelta(days=days)):
        Thread(target=_go_on, daemon=True).start()
        sys.exit(run(words))


def _go_on() -> None:
    from alongside.kernel import clock

    while True:
        time.sleep(0.05)
        clock.advance(seconds=0.05)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
