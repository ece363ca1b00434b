"""What a page offers, in whatever state a matter came to, opens: no button leads to a page that says no."""

import re
from collections import Counter
from html import unescape
from random import Random

import pytest
from django.db import transaction
from django.test import Client

from alongside.kernel import clock
from alongside.topics.decisions import commands as decisions
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.proof.anything import Anything, commands, what_is_due
from tests.world import Cast

pytestmark = pytest.mark.django_db
OFFERED = re.compile(r'href="(/do/[^"]+)"')
PAGES = re.compile(r'href="(/(?:decisions|promises|people|voice)/[^"#?]*)"')
MOST = 12  # pages that one person looks at
LOOK = ("rosa", "lena", "devon", "ken", "priya", "mina", "boyd")


def test_what_a_page_offers_opens_in_whatever_state_a_matter_came_to(cast: Cast) -> None:
    found: list[str] = []
    opened: Counter[str] = Counter()
    for seed in range(2):
        before = transaction.savepoint()
        with clock.at("2026-03-02"):
            matters = _story(Random(seed), cast)
            for name in LOOK:
                browser = browser_of(getattr(cast, name))
                for each in _shut(browser, ["/", *(f"/decisions/{one}" for one in matters)], opened):
                    found.append(f"{seed} {name}: {each}")
        transaction.savepoint_rollback(before)
    assert found == []
    assert len(opened) > 25, "few things were offered: this proves little"


def _story(chance: Random, cast: Cast) -> list[object]:
    anything = Anything(chance, cast)
    place = decisions.RaiseAboutPlace(organisation=cast.council, what="Shut the hall", change="end")
    anything.matters = [
        acts.raised(cast.ken, cast.rosa),
        acts.raised(cast.priya, cast.lena, "A move", "move"),
    ]
    made = anything.sent(place, cast.june)
    assert made is not None
    anything.matters.append(made.thing)
    kinds = [one for one in commands() if not one.records.startswith("people.") or chance.random() < 0.2]
    for step in range(60):
        command = anything.filled(chance.choice(kinds))
        if command is not None:
            anything.sent(command, anything.actor(command))
        if step % 12 == 11:
            clock.advance(days=chance.choice([1, 4, 15, 40]))
            what_is_due(cast)
    return list(anything.matters)


def _shut(browser: Client, addresses: list[str], opened: Counter[str]) -> list[str]:
    """Of what these pages offer, and those that they lead to, what does not open as a form."""
    shut, forms, known, first = [], set[str](), set(addresses), set(addresses)
    for address in addresses:  # it grows on the way
        answer = browser.get(address)
        if answer.status_code != 200:
            if address not in first:
                shut.append(f"{address} ({answer.status_code})")
            continue
        text = answer.content.decode()
        forms |= set(OFFERED.findall(text))
        for link in PAGES.findall(text):
            if link not in known and len(known) < MOST:
                known.add(link)
                addresses.append(link)
    for link in sorted(forms):
        form = browser.get(unescape(link))
        opened[link.split("?")[0]] += 1
        text = form.content.decode() if form.status_code == 200 else ""
        if form.status_code not in (200, 302) or (text and 'method="post"' not in text):
            shut.append(f"{link} ({form.status_code})")
    return shut
