"""What somebody asked for before they answer is read by whoever arranges it, and what comes next by them."""

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
WISH = "Somebody who has time, in the afternoon."


def test_help_that_was_asked_for_is_read_by_those_who_arrange_it_until_they_say_how(cast: Cast) -> None:
    """“Those who decide arrange it”, the form said. No page showed them who had asked, and for what."""
    matter = acts.raised(cast.ken, cast.rosa)
    do(commands.AskForHelp(decision=matter, what="advocate", words=WISH), by=cast.rosa)
    hers, his = page(cast.rosa, f"/decisions/{matter}"), page(cast.ken, f"/decisions/{matter}")
    assert "You asked for this on" in hers and WISH in hers and "They arrange it." in hers
    assert "Rosa Marlow asked for this on" in his and WISH in his
    assert "Write down how you arranged it" in his and "Write down how you arranged it" not in hers
    assert WISH not in page(cast.devon, f"/decisions/{matter}")
    offer = commands.OfferHelp(decision=matter, what="advocate", channel="phone", words="Mina rings her.")
    do(offer, by=cast.ken)
    hers, his = page(cast.rosa, f"/decisions/{matter}"), page(cast.ken, f"/decisions/{matter}")
    assert "Mina rings her." in hers and "They arrange it." not in hers
    assert "Write down how you arranged it" not in his


def test_of_very_many_the_first_that_wait_are_on_the_page_and_the_next_come_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alongside.topics.decisions.pages import helping

    monkeypatch.setattr(helping, "ALL_OF", 1)
    monkeypatch.setattr(helping, "SHOWN", 2)
    matter = acts.raised(cast.ken, cast.rosa)
    for what in ("advocate", "interpreter", "visit"):
        do(commands.AskForHelp(decision=matter, what=what, words=f"{what} please"), by=cast.rosa)
    his, hers = page(cast.ken, f"/decisions/{matter}"), page(cast.rosa, f"/decisions/{matter}")
    assert "advocate please" in his and "interpreter please" in his and "visit please" not in his
    assert "They come up here as these are arranged." in his
    assert "visit please" in hers and "They come up here" not in hers
    do(commands.OfferHelp(decision=matter, what="advocate", channel="phone", words="Mina."), by=cast.ken)
    his = page(cast.ken, f"/decisions/{matter}")
    assert "advocate please" not in his and "visit please" in his and "They come up here" not in his


def test_whoever_lets_somebody_see_it_to_help_can_end_that_where_it_stands(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    ask = commands.AskForHelp(decision=matter, what="someone_you_choose", companion=cast.devon.person)
    do(ask, by=cast.rosa)
    shown = page(cast.rosa, f"/decisions/{matter}")
    assert "Devon Marlow may see this and help you." in shown and "decisions.help_ended" in shown
    row = models.Companion.everything.get(decision=matter)
    do(commands.EndTheirHelp(decision=matter, row=row.id), by=cast.rosa)
    assert "Devon Marlow may see this" not in page(cast.rosa, f"/decisions/{matter}")


def test_whoever_answered_reads_what_comes_next_and_then_that_an_answer_waits(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    waits, came = "Next, those who decide answer you", "There is an answer to what you said"
    assert waits not in page(cast.rosa, f"/decisions/{matter}")
    view = acts.said(matter, cast.rosa)
    assert waits in page(cast.rosa, f"/decisions/{matter}")
    acts.replied(matter, cast.ken, view.id)
    shown = page(cast.rosa, f"/decisions/{matter}")
    assert came in shown and waits not in shown
    assert "Somebody answered you" in page(cast.rosa, "/")
    reply = acts.latest(models.Reply, matter)
    do(commands.SayIfAnswered(decision=matter, reply=reply.id, answered="yes"), by=cast.rosa)
    assert came not in page(cast.rosa, f"/decisions/{matter}")
    assert "Somebody answered you" not in page(cast.rosa, "/")


def test_a_matter_of_a_place_says_first_which_people_it_affects_and_where(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close on Mondays", change="cut")
    matter = do(place, by=cast.ken).thing
    assert "decisions.people_defined" in page(cast.ken, f"/decisions/{matter}").split("Your work is saved")[0]
