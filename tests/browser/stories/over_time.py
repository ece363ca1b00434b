"""A story of more than one day, on a site that stays open from the first to the last."""

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser

from tests.browser.another_day import NEXT_DAY
from tests.browser.stories.telling import PATIENCE, Screen, Story
from tests.browser.walking import ROOT
from tests.serving import served

ON = "tests.browser.another_day"


class LongStory(Story):
    """A story told over months. Screens stay open from day to day."""

    def __init__(self, name: str, home: Path, browser: Browser) -> None:
        super().__init__(name, "", home, browser)
        self.day = ""
        self._site = ExitStack()

    def on(self, day: str) -> None:
        """Go to this day. What the clock brings by then is done first, as every night."""
        if self.day:
            self._go_on_to(day)
        else:
            self.run(ON, day, "work", "--once")
            program = [sys.executable, "-m", ON, day, "serve"]
            self.address = self._site.enter_context(served(self.home, program=program, folder=ROOT))
        self.day = day

    def _go_on_to(self, day: str) -> None:
        asked = self.home / NEXT_DAY
        written = asked.with_suffix(".written")
        written.write_text(day, encoding="utf-8")
        written.rename(asked)  # so that nobody reads half a day
        until = time.monotonic() + PATIENCE
        while asked.exists():
            assert time.monotonic() < until, f"{day} did not come:\n{(self.home / 'serve.log').read_text()}"
            time.sleep(0.05)

    def put_down(self) -> None:
        self._site.close()

    def over(self) -> None:
        try:
            super().over()
        finally:
            self.put_down()


def tries_to_let_it_go_on(screen: Screen, matter: str, change: str) -> Screen:
    """Where it could not be sent no page offers it. Here somebody types the address of its form."""
    screen.open(change).does_not_read("Let it go on</a>")
    ids = {"decision": matter.split("/")[-1], "change": change.split("/")[-1]}
    return screen.open(f"/do/decisions.change_goes_on?{urlencode(ids)}").press("Send")
