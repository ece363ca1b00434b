"""A matter about a place shows few words first: what waits for the reader stands open, nobody is left out."""

import re

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.acts import at
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db
FOLDED = re.compile(r'<details class="more-about"[^>]*><summary>[^<]*more answer.*?</details>', re.S)


def test_of_what_is_said_of_a_place_two_stand_open_and_the_others_are_folded_with_their_names(
    cast: Cast,
) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="The library hours", change="swap")
    decision = do(raised, by=cast.june).thing
    for number, one in enumerate((cast.rosa, cast.devon, cast.ana, cast.lena, cast.boyd)):
        said = {"position": "unsure", "words": f"Word {number}."}
        do(commands.GiveViewOnPlace(decision=decision, **said), by=one, anonymous=False)
        clock.advance(minutes=1)
    shown = page(cast.stranger, at(decision))
    folded = "".join(FOLDED.findall(shown))
    assert "3 more answers, by " in folded
    open_words = FOLDED.sub("", shown)
    assert [n for n in range(5) if f"Word {n}." in open_words] == [3, 4]
    assert [n for n in range(5) if f"Word {n}." in folded] == [0, 1, 2]
    first = models.View.everything.get(decision=decision, person=cast.rosa.person)
    acts.replied(decision, cast.june, first.id)
    mine = FOLDED.sub("", page(cast.rosa, at(decision)))
    assert "Word 0." in mine and "Does this answer you?" in mine  # what waits for her is never folded


def test_what_happened_is_folded_by_month_and_the_last_stands_open(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        raised = commands.RaiseAboutPlace(organisation=cast.council, what="The library hours", change="swap")
        decision = do(raised, by=cast.june).thing
    with clock.at("2026-05-04"):
        for name in ("Longer", "Shorter"):
            do(
                commands.AddOption(decision=decision, name=name, words="As it says.", change="swap"),
                by=cast.june,
            )
        shown = page(cast.june, at(decision) + "/history")
    assert re.search(r"<summary>March 2026: \d+ thing", shown)
    assert '<h2 id="lately">May 2026</h2>' in shown and "<summary>May" not in shown
