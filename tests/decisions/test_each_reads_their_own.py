"""Each reader of a matter is told what is theirs: by when they are asked, from whom it is held back."""

from uuid import UUID

import pytest

from alongside.interfaces import words
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions.models import Decision
from alongside.topics.people.commands.keeping import AgreeHoldBack
from tests.decisions import acts
from tests.decisions.acts import at
from tests.decisions.holding_back import act, proposal
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
LIST = "/decisions/"


def a_matter(cast: Cast) -> UUID:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    return matter


def test_whoever_opens_it_first_reads_by_when_they_are_asked(cast: Cast) -> None:
    matter = a_matter(cast)
    first = page(cast.rosa, at(matter))
    answer_by = Decision.everything.get(pk=matter).answer_by
    assert answer_by is not None
    asked = f"Please answer by {words.day_of_week(answer_by)}."
    assert asked in first
    assert asked in page(cast.rosa, at(matter))


def test_a_list_asks_only_whoever_is_asked(cast: Cast) -> None:
    matter = a_matter(cast)
    page(cast.rosa, at(matter))
    day = words.day(Decision.everything.get(pk=matter).answer_by)
    assert f"Please answer by {day}." in page(cast.rosa, LIST)
    assert f"They are asked to answer by {day}." in page(cast.ken, LIST)
    assert "Please answer" not in page(cast.ken, LIST)
    acts.said(matter, cast.rosa)
    for reader in (cast.rosa, cast.ken):
        assert "answer by" not in page(reader, LIST)


def test_what_is_held_back_from_somebody_else_says_from_whom(cast: Cast) -> None:
    matter = act(cast)
    row = do(proposal(cast, matter, held_from=cast.victor.person), by=cast.priya).thing
    asked = page(cast.ken, at(matter))
    assert "asked for this to be held back from Victor Fox until" in asked
    do(AgreeHoldBack(hold_back=row, checked="I rang them."), by=cast.dee)
    told = page(cast.priya, at(matter))
    assert "This is held back from Victor Fox until" in told
    assert "Let Victor Fox see it again" in told
    assert "held back from the person" not in told and "Tell the person now" not in told
    assert "Ask for this to be held back for now" in told  # from the person it is another question
    do(proposal(cast, matter), by=cast.priya)
    assert "Ask for this to be held back for now" not in page(cast.priya, at(matter))


def test_whoever_decides_reads_on_their_own_page_what_they_can_and_cannot_do_meanwhile(cast: Cast) -> None:
    a_matter(cast)
    own = page(cast.ken, "/")
    card = own[own.index("What you decide") :]
    card = card[: card.index("</article>")]
    assert "<details" not in card
    assert card.index("You can</h4>") < card.index("You cannot</h4>")
    assert "Cut, end or move the help of Rosa Marlow" in card


def test_what_was_to_be_done_by_a_day_that_is_over_is_not_said_as_if_to_come(cast: Cast) -> None:
    matter = act(cast, could_harm=False)
    assert "The person must be asked by" in page(cast.priya, at(matter))
    clock.advance(days=5)
    late = page(cast.priya, at(matter))
    assert "The person was to be asked by" in late and "must be asked by" not in late
