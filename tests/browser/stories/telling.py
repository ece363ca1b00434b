"""How a story is told: people, each at their own screen, and every step looked at for barriers.

ALONGSIDE_PICTURES=folder pytest tests/browser/stories    leaves a picture of every step there
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.arriving import led_on
from tests.browser.looking import barriers
from tests.browser.walking import ROOT
from tests.serving import served, surroundings

PATIENCE = 60  # seconds, for a machine that does other things too
PICTURES = Path(os.environ.get("ALONGSIDE_PICTURES") or ROOT / "var" / "pictures")
ARE_WANTED = "ALONGSIDE_PICTURES" in os.environ  # to draw a page whole takes longer than to look for barriers


class Screen:
    """One person at one device. Every step says what it does in the words that are on the page."""

    def __init__(self, story: "Story", name: str, context: BrowserContext, *, has_script: bool) -> None:
        self.story, self.name, self.context, self.has_script = story, name, context, has_script
        self.page: Page = context.new_page()

    def open(self, path: str) -> "Screen":
        self.page.goto(self.story.address + path)
        return self

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def follow(self, words: str, *, within: Locator | None = None) -> "Screen":
        """Follow a link by the words on it, also one that is folded away; the one `within` a part if said."""
        if not (within or self.main).get_by_role("link", name=words).count():
            self.open_more()
        return self.go_by(self._one("link", words, within))

    def press(self, words: str) -> "Screen":
        """Press a button by the words on it."""
        return self.go_by(self._one("button", words))

    def go_by(self, pressed: Locator) -> "Screen":
        """Press this, and be on the page that it leads to."""
        led_on(pressed)
        return self

    def open_more(self) -> "Screen":
        """Open what is folded away."""
        folded = self.main.locator("details:not([open]) > summary")
        for _each in range(folded.count()):  # what was opened is no longer among them
            folded.first.click()
        return self

    def _one(self, role: Any, words: str, within: Locator | None = None) -> Locator:
        just_so = (within or self.main).get_by_role(role, name=words, exact=True)
        if just_so.count():
            return just_so.first
        found = (within or self.main).get_by_role(role, name=words)
        assert found.count(), f"{self.name} finds no {role} “{words}” on {self.page.url}:\n{self._words()}"
        return found.first

    def _words(self) -> str:
        return " ".join(self.main.inner_text().split())[:3000]

    def write(self, label: str, words: str) -> "Screen":
        self.main.get_by_label(label).first.fill(words)
        return self

    def choose(self, question: str, answer: str) -> "Screen":
        """Choose an answer to a question: a row of circles, a list, or a name to be found by a part of it."""
        group, listed = self.main.get_by_role("group", name=question), self.main.get_by_label(question)
        if group.count() and group.first.get_by_role("button").count():
            self.go_by(group.first.get_by_role("button").first)
            self.write("Type a part of the name", answer.split()[0]).press("Find")
            self.main.get_by_label(answer).first.check()  # a circle, or a box where several can be chosen
            self.press("Choose").reads(answer)
        elif group.count():
            group.first.get_by_label(answer).first.check()
        else:
            assert listed.count(), (
                f"{self.name} is not asked “{question}” on {self.page.url}:\n{self._words()}"
            )
            listed.first.select_option(label=answer)
        return self

    def date(self, question: str, day: date) -> "Screen":
        """Type a day in its three boxes."""
        group = self.main.get_by_role("group", name=question).first
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(label).fill(str(value))
        return self

    def tick(self, words: str) -> "Screen":
        self.main.get_by_label(words).first.check()
        return self

    def typing_for(self, name: str, how: str) -> "Screen":
        """Say whose words these are, and how they said them."""
        self.choose("Are you typing this for somebody else?", name)
        return self.choose("How did they tell you?", how)

    def reads(self, words: str) -> "Screen":
        """The page says this."""
        text = " ".join(self.main.inner_text().split())
        assert words in text, f"{self.name} does not read “{words}” on {self.page.url}:\n{self._words()}"
        return self

    def kept(self, label: str, words: str) -> "Screen":
        """What was typed is still in its box."""
        assert self.main.get_by_label(label).first.input_value() == words
        return self

    def does_not_read(self, words: str) -> "Screen":
        assert words not in " ".join(self.page.content().replace("&nbsp;", " ").split()), (
            f"{self.name} reads “{words}” on {self.page.url}"
        )
        return self

    def sent(self) -> "Screen":
        """Nothing stood in the way of the form just sent."""
        assert "/do/" not in self.path or self.page.locator("main form").count(), self._words()
        summary = self.page.locator(".govuk-error-summary")
        assert not summary.count(), f"{self.name} was refused on {self.page.url}: {summary.inner_text()}"
        return self

    def refused(self, words: str) -> "Screen":
        """The form just sent was refused, in these words."""
        said = " ".join(self.page.locator(".govuk-error-summary, main").first.inner_text().split())
        assert words in said, f"{self.name} should be refused with “{words}”, and reads:\n{said[:2000]}"
        return self

    def picture(self, step: str) -> "Screen":
        self.story.keep(self, step)
        return self


class Story:
    """One story on a site of its own, with its pictures in a folder of its own, where they are wanted."""

    def __init__(self, name: str, address: str, home: Path, browser: Browser) -> None:
        self.name, self.address, self.home, self.browser = name, address, home, browser
        self.screens: dict[str, Screen] = {}
        self.barriers: list[str] = []
        self.taken = 0
        self.program: tuple[str, ...] = ("alongside",)
        self.entrance: subprocess.Popen[str] | None = None

    def at(self, name: str, *, script: bool = True, narrow: bool = False) -> Screen:
        """This person's screen, signed in. `script=False` is a browser that runs none."""
        if name not in self.screens:
            screen = self.stranger(name, script=script, narrow=narrow)
            cookie = self._let_in(name)
            screen.context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])
        return self.screens[name]

    def _let_in(self, name: str) -> str:
        """A cookie for this person, from one program that lets in everybody of this story."""
        if self.entrance is None:
            line = [sys.executable, "-m", "tests.browser.entrance"]
            self.entrance = subprocess.Popen(
                line,
                cwd=ROOT,
                env=surroundings(self.home),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.entrance.stdin is not None and self.entrance.stdout is not None
        print(name, file=self.entrance.stdin, flush=True)
        cookie = self.entrance.stdout.readline().strip()
        assert cookie, f"nobody here is called {name}"
        return cookie

    def stranger(self, name: str, *, script: bool = True, narrow: bool = False) -> Screen:
        """A screen where nobody has signed in."""
        size = {"width": 390, "height": 780} if narrow else {"width": 1100, "height": 900}
        context = self.browser.new_context(java_script_enabled=script, viewport=size)  # type: ignore[arg-type]  # a size
        context.set_default_timeout(PATIENCE * 1000)
        self.screens[name] = Screen(self, name, context, has_script=script)
        return self.screens[name]

    def keep(self, screen: Screen, step: str) -> None:
        """Look for barriers where a script may run, and take a picture of the whole page if it is wanted."""
        place = self._place_of(step)
        if ARE_WANTED:
            screen.page.screenshot(path=place.with_suffix(".png"), full_page=True)
        if screen.has_script:
            self.barriers += [f"{screen.page.url}: {each}" for each in barriers(screen.page)]

    def keep_paper(self, paper: Path, step: str) -> None:
        """A picture of each sheet of a letter."""
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(paper), str(self._place_of(step))], check=True)

    def _place_of(self, step: str) -> Path:
        """Where the picture of this step lies, by its number and its words."""
        self.taken += 1
        folder = PICTURES / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{self.taken:02}-{re.sub(r'[^a-z0-9]+', '-', step.lower()).strip('-')}"

    def work(self) -> None:
        """What `alongside work` does: the clock's acts, and sending what waits."""
        self.run(*self.program, "work", "--once")

    @contextmanager
    def later(self, days: int) -> Iterator[None]:
        """The same place so many days from now, with everybody still at their screens."""
        before = self.program, self.address
        self.program = ("tests.browser.another_day", (date.today() + timedelta(days=days)).isoformat())
        line = [sys.executable, "-m", *self.program, "serve"]
        with served(self.home, program=line, folder=ROOT) as self.address:
            yield
        self.program, self.address = before

    def number_of(self, name: str) -> str:
        """The number of one of the cast, as a terminal asks for it."""
        from tests.world import named  # only now, for the models must be there first

        return str(named(name.lower()))

    def run(self, *words: str, fails: bool = False, may_fail: bool = False) -> str:
        """Run a program of ours on this home; gives all that it said."""
        ran = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=ROOT,
            env=surroundings(self.home, ALONGSIDE_BASE_URL=self.address),
            capture_output=True,
            text=True,
        )
        assert may_fail or (ran.returncode != 0) == fails, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def posted(self, pattern: str) -> list[Path]:
        """What left the house, oldest first."""
        return sorted((self.home / "outbox").rglob(pattern), key=lambda path: path.stat().st_mtime_ns)

    def messages(self, to: str) -> list[str]:
        """The words of every email or text that left for an address with this in it, oldest first."""
        found: list[str] = []
        for path in self.posted("*.json"):
            told = json.loads(path.read_text(encoding="utf-8"))
            if to in told["to"]:
                found += [
                    _words_of(path.parent / name) for name in told["files"] if not name.endswith(".pdf")
                ]
        return found

    def emailed_code(self, to: str) -> str:
        """The six numbers of the last email to this address."""
        found = re.search(r"^(\d{3})-?(\d{3})$", self.messages(to)[-1], re.MULTILINE)
        assert found, self.messages(to)
        return " ".join(found.groups())

    def over(self) -> None:
        for screen in self.screens.values():
            screen.context.close()
        if self.entrance is not None:
            self.entrance.communicate()
        assert not self.barriers, "\n".join(self.barriers)


def _words_of(path: Path) -> str:
    if path.suffix != ".eml":
        return path.read_text(encoding="utf-8")
    body = message_from_bytes(path.read_bytes(), policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())
