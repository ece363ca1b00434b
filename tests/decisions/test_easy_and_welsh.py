"""A decision's page and its answer form in Easy Read and in Welsh: nothing that can be done is lost."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.interfaces.who import PERSON
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = pytest.mark.django_db
NOT_CHECKED = "This Easy Read page has not yet been checked by people who use Easy Read."


def pages(cast: Cast, matter: UUID, **cookies: str) -> tuple[str, str]:
    client: Any = Client()
    session = client.session
    session[PERSON] = str(cast.rosa.person)
    session.save()
    for name, value in cookies.items():
        client.cookies[name] = value
    matters = client.get(reverse("decisions:decision", args=[matter])).content.decode()
    answers = client.get(
        reverse("do", args=["decisions.view_given"]) + f"?decision={matter}"
    ).content.decode()
    return inside(matters), inside(answers)


def inside(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


def links(html: str) -> set[str]:
    return set(re.findall(r'href="(/[^"]+)"', html))


def test_easy_read_offers_all_that_the_page_in_full_does_and_says_nobody_has_checked_it(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    acts.said(matter, cast.rosa)
    full, form = pages(cast, matter)
    easy, easy_form = pages(cast, matter, reading="..easy")
    assert NOT_CHECKED in easy and NOT_CHECKED in easy_form
    assert "easy-row" in easy and "easy-row" in easy_form
    assert NOT_CHECKED not in full and "easy-row" not in form
    assert links(full) <= links(easy)
    assert re.findall(r'name="(\w+)"', form) == re.findall(r'name="(\w+)"', easy_form)


def test_in_welsh_the_page_and_the_answers_are_said_in_welsh_and_marked_so(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    page, form = pages(cast, matter, language="cy")
    assert 'lang="en"' not in page.split(">", 1)[0] and 'lang="en"' not in form.split(">", 1)[0]
    assert "Dweud beth rwy’n ei feddwl" in page and "Say what I think" not in page
    assert "Nid wyf yn cytuno" in form and "I do not agree" not in form


def test_in_welsh_who_spoke_for_another_or_took_a_worry_up_reads_their_own_name_after_the_verb(
    cast: Cast,
) -> None:
    """“Dywedodd Chi hyn drostynt”, “Edrychodd Chi i mewn i hyn”."""
    matter = acts.raised(cast.ken, cast.lena)
    acts.said(matter, cast.mina)
    worry = do(commands.RaiseConcern(organisation=cast.council, words="The door was open."), by=Actor()).thing
    do(commands.TakeConcern(concern=worry, came_of="I rang."), by=cast.dee)
    for who, name, address in (
        (cast.mina, "Mina Kowalska", f"/decisions/{matter}"),
        (cast.dee, "Dee Pritchard", "/worries/"),
    ):
        client = browser_of(who)
        client.cookies["language"] = "cy"
        text = inside(client.get(address).content.decode())
        assert name in text and not re.findall(r"\w+odd Chi\b", text)


def test_in_welsh_no_verb_of_another_stands_before_you(cast: Cast) -> None:
    """“Cododd Ken hyn”, and never “Cododd Chi hyn”: whoever did it themself reads their own name."""
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    view = acts.said(matter, cast.rosa)
    acts.replied(matter, cast.ken, view.id)
    acts.decided(matter, cast.ken)
    client = browser_of(cast.ken)
    client.cookies["language"] = "cy"
    for page in ("history", ""):
        text = inside(client.get(f"/decisions/{matter}/{page}".rstrip("/")).content.decode())
        assert not re.findall(r"\w+odd Chi\b", text) and "Ken Holt" in text
    client.cookies["language"] = "en"
    assert "You raised this." in inside(client.get(f"/decisions/{matter}/history").content.decode())
