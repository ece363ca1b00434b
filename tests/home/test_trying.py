"""*Try to decide without Rosa*: each of the five doors, tried for real as the page tells it."""

import html
import json
import re
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from tests.made_up.wexmoor import wexmoor
from tests.serving import copied, served, surroundings

pytestmark = pytest.mark.sqlite
NOT_YET = "Rosa Marlow has not answered"


class Visitor:
    """Somebody at a browser without scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path) as answer:
            return str(answer.read().decode())

    def post(self, path: str, page: str, **answers: str) -> tuple[int, str]:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        sent = urlencode({**answers, "csrfmiddlewaretoken": token[1]}).encode()
        request = urllib.request.Request(self.address + path, sent, {"Referer": self.address + path})
        try:
            with self.opener.open(request) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()


class Doors(NamedTuple):
    """The page of the five doors, as Ken sees it."""

    home: Path
    ken: Visitor
    page: str

    def line(self, beginning: str, number: int = 0) -> str:
        found = [html.unescape(code) for code in re.findall(r"<code>(.*?)</code>", self.page, re.DOTALL)]
        return [code for code in found if beginning in code][number]

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["sh", "-c", line], env=surroundings(self.home), capture_output=True, text=True)


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    home = copied(wexmoor(), tmp_path_factory.mktemp("trying") / "home")
    with served(home) as address:
        ken = Visitor(address)
        choose = ken.get("/seen-as/")
        faces = {face["name"]: face["person"] for face in json.loads((home / "made-up").read_text())["faces"]}
        ken.post("/seen-as/", choose, person=faces["Ken Holt"], next="/try")
        yield Doors(home, ken, ken.get("/try"))


def test_the_form_refuses_and_keeps_what_was_typed(doors: Doors) -> None:
    action = re.search(r'action="(/do/decisions\.decided[^"]*)"', doors.page)
    decision = re.search(r'name="decision" value="([^"]+)"', doors.page)
    assert action and decision
    status, answer = doors.ken.post(
        html.unescape(action[1]), doors.page, decision=decision[1], outcome="agreed", reasons="It is cheaper."
    )
    assert status == 422
    assert NOT_YET in answer and "It is cheaper." in answer


def test_the_picture_of_the_refusal_says_what_the_page_says_today(doors: Doors) -> None:
    """It was a week old, and its words were no longer ours. `python tools/screenshots.py` takes it anew."""
    decision = re.search(r'name="decision" value="([^"]+)"', doors.page)
    assert decision
    page = doors.ken.get(f"/decisions/{decision[1]}")
    shown = re.search(r'<section class="[^"]*refusal[^"]*"[^>]*>(.*?)</section>', page, re.DOTALL)
    assert shown
    said = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown[1])).split())
    pictured = Path("docs/pictures/refusal.txt").read_text()
    assert re.sub(r"\d{1,2} \w+ \d{4}", "…", said) == pictured.strip()


def test_a_program_is_refused_with_the_same_words(doors: Doors) -> None:
    words = shlex.split(doors.line("curl").replace("\\\n", " "))
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    request = urllib.request.Request(words[2], words[words.index("-d") + 1].encode(), headers)
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request)
    said = json.loads(refusal.value.read())
    assert refusal.value.code == 422
    assert any(NOT_YET in reason["sentence"] for reason in said["reasons"])


def test_the_terminal_refuses_whoever_holds_the_keys(doors: Doors) -> None:
    tried = doors.run(doors.line("do decisions.decided"))
    assert tried.returncode == 1
    assert NOT_YET in tried.stderr


def test_a_file_that_names_a_person_is_refused_whole(doors: Doors, tmp_path: Path) -> None:
    file = tmp_path / "without-rosa.csv"
    file.write_text(doors.line("person,title"), encoding="utf-8")
    tried = doors.run(doors.line("import decisions").replace("without-rosa.csv", str(file)))
    assert tried.returncode == 1
    assert "person" in tried.stderr


def test_the_table_itself_says_where_the_door_is_and_a_broken_lock_is_found(doors: Doors) -> None:
    tried = doors.run(doors.line("UPDATE decisions_decision"))
    assert tried.returncode != 0
    assert "This table changes only through the door" in tried.stderr
    assert doors.run(doors.line("verify --tables")).returncode == 0
    forced = doors.run(doors.line("DROP TRIGGER"))
    assert forced.returncode == 0, forced.stderr
    found = doors.run(doors.line("verify --tables"))
    decision = re.search(r"WHERE id = '([0-9a-f]{32})'", doors.line("DROP TRIGGER"))
    assert decision is not None and found.returncode == 1
    named = (found.stdout + found.stderr).replace("-", "")
    assert decision[1] in named
    assert doors.run(doors.line("rebuild")).returncode == 0
    again = doors.run(doors.line("UPDATE decisions_decision"))
    assert "This table changes only through the door" in again.stderr  # the lock is back too
    assert doors.run(doors.line("verify --tables")).returncode == 0
