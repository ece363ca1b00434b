"""A page in Easy Read and in full, as tests read the two."""

from __future__ import annotations

import re

from alongside.kernel.policy import Actor
from tests.interfaces.conftest import browser_of

NOT_CHECKED = "This Easy Read page has not yet been checked by people who use Easy Read."
IN_FULL = re.compile(r'<details class="more-about"[^>]*><summary>[^<]*not in Easy Read\.</summary>.*', re.S)


def main(actor: Actor | None, address: str, **cookies: str) -> str:
    client = browser_of(actor)
    for name, value in cookies.items():
        client.cookies[name] = value
    html = client.get(address).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def both(actor: Actor | None, address: str) -> tuple[str, str]:
    """The page as it is in full, and in Easy Read, where all that can be done is still offered."""
    full, easy = main(actor, address), main(actor, address, reading="..easy")
    assert NOT_CHECKED in easy and "easy-row" in easy and "easy-row" not in full
    assert set(re.findall(r'href="(/[^"]+)"', full)) <= set(re.findall(r'href="(/[^"]+)"', easy))
    assert sorted(set(re.findall(r' name="(\w+)"', full))) <= sorted(set(re.findall(r' name="(\w+)"', easy)))
    assert easy.count("<h1") == 1
    return full, easy


ROW = re.compile(r'<div class="easy-row">.*?</p>', re.S)


def in_sight(easy: str) -> str:
    return IN_FULL.sub("", easy)


def easy_of(who: Actor | None, address: str) -> str:
    _full, easy = both(who, address)
    for row in ROW.findall(in_sight(easy)):
        assert "<img" in row and len(re.sub(r"<[^>]+>", "", row).split()) <= 18, row
    return in_sight(easy)
