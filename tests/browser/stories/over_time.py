"""A story of more than one day: the site is put down, and served again on each of its days."""

import sys
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.stories.telling import Story
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
        self.put_down()
        self.day = day
        self.run(ON, day, "work", "--once")
        program = [sys.executable, "-m", ON, day, "serve"]
        self.address = self._site.enter_context(served(self.home, program=program, folder=ROOT))

    def put_down(self) -> None:
        self._site.close()

    def over(self) -> None:
        try:
            super().over()
        finally:
            self.put_down()
