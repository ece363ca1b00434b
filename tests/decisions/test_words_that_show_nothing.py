"""Words that nobody sees are no words: no reason, no reply, no name; and none hides or turns round others."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from alongside.interfaces.open_data.writing import safe
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.letters import as_it_shows
from alongside.topics.decisions import commands
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.policy import name_of
from tests.decisions import acts
from tests.world import Cast

UNSEEN = ["\u200b", "\u2060 \u200d", "\u3164", "\u00a0\ufeff", "\u0301", "\u202e\u2800", "\x00"]


@pytest.mark.parametrize("words", UNSEEN)
def test_what_shows_nothing_is_nothing(words: str) -> None:
    assert as_it_shows(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        "Siân",
        "می‌خواهم",
        "سلام",
        "👩‍🦽",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "?",
        "1\r\n\t2",
    ],
)
def test_what_people_write_stays_as_they_wrote_it(words: str) -> None:
    assert as_it_shows(words) == words


@pytest.mark.django_db
@pytest.mark.parametrize("words", UNSEEN)
def test_no_decision_is_made_for_reasons_that_nobody_sees(cast: Cast, words: str) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa)
    with pytest.raises(Refused):
        acts.replied(decision, cast.ken, view.id, words)
    acts.replied(decision, cast.ken, view.id)
    with pytest.raises(Refused, match="reason"):
        do(commands.Decide(decision=decision, outcome="agreed", reasons=words), by=cast.ken)


@pytest.mark.django_db
@pytest.mark.parametrize("name", UNSEEN)
def test_a_name_shows_and_turns_nothing_round(cast: Cast, name: str) -> None:
    add: dict[str, Any] = {"organisation": cast.council, "team": cast.east}
    with pytest.raises(Refused, match="Type a name"):
        do(AddPerson(name=name, **add), by=cast.priya)
    made = do(AddPerson(name=f"Ann\x00e \u202eretsaC{name}", **add), by=cast.priya).thing
    assert as_it_shows(name_of(made)) == name_of(made) and "\u202e" not in name_of(made)


@pytest.mark.django_db
def test_no_words_break_a_feed_and_none_is_a_formula(cast: Cast) -> None:
    for what in ("Open the hall\ufffe\uffff\x0b", "＝1+1", "=cmd|' /C calc'!A0"):
        do(commands.RaiseAboutPlace(organisation=cast.council, what=what, change="start"), by=cast.june)
    answer: Any = Client().get("/open-data/decisions.atom")
    assert ElementTree.fromstring(answer.content) is not None
    assert "Open the hall" in answer.content.decode()
    assert safe("＝1+1").startswith("'") and safe("=1").startswith("'")
