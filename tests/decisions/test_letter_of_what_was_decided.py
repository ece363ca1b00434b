"""Who is told by letter reads in it what was decided: whether it was agreed, which way, by whom and why."""

from typing import Any

import pytest

from alongside.interfaces.letter import Heading
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.exports import letter_about
from tests.decisions import acts
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def letter(decision: Any, cast: Cast, to: Actor | None = None) -> str:
    person = (to or cast.rosa).person
    assert person is not None
    found = letter_about(person, {"matter": decision.hex})
    assert found is not None
    return "\n".join(str(each.words if isinstance(each, Heading) else each) for each in found.parts)


def answered(cast: Cast, **said: Any) -> Any:
    """A matter that waits for nobody any more."""
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa, **said)
    acts.replied(decision, cast.ken, view.id)
    return decision


def test_a_letter_says_that_it_was_not_agreed_why_and_what_would_change_it(cast: Cast) -> None:
    decision = answered(cast)
    acts.decided(decision, cast.ken, outcome="not_agreed")
    words = letter(decision, cast)
    assert "What was decided\nNot agreed\nKen Holt decided this on 2 March 2026.\nWhy\n" in words
    assert "What would change this\nA letter from your doctor." in words
    assert words.index("Our answer to you") < words.index("Is this decision wrong?\nSay what is wrong")
    assert "Somebody from outside will answer" in words


def test_a_letter_names_the_way_that_was_chosen(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    do(
        commands.AddOption(
            decision=decision, name="Six mornings", change="cut", words="Nobody comes on Sunday."
        ),
        by=cast.ken,
    )
    way = acts.latest(models.Option, decision)
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa)
    acts.replied(decision, cast.ken, view.id)
    acts.decided(decision, cast.ken, option=way.id)
    assert "What was decided\nAgreed: Six mornings\n" in letter(decision, cast)


def test_a_letter_says_what_she_thought_also_where_she_wrote_no_words(cast: Cast) -> None:
    decision = answered(cast, position="unsure", words="")
    acts.decided(decision, cast.ken)
    assert "What you said\nI am not sure\nOur answer to you\nWe heard you." in letter(decision, cast)


def test_a_small_thing_is_undone_and_not_disputed(cast: Cast) -> None:
    assert cast.rosa.person is not None
    small = commands.AgreeEveryday(
        person=cast.rosa.person, what="Come at nine", change="swap", words="Yes, please.", channel="phone"
    )
    decision = do(small, by=cast.priya).thing
    words = letter(decision, cast)
    assert "You can undo this" in words and "Is this decision wrong?" not in words


def test_a_letter_promises_nothing_that_a_legal_reason_takes_back_and_says_so(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    waits = "Nothing will be taken away before you answer."
    assert waits in letter(decision, cast, cast.lena)
    reason = acts.ground(decision, cast.ken)
    acts.safeguard(decision, cast.ken, "involved_anyway", "least_restrictive")
    unseen = letter(decision, cast, cast.lena)
    assert waits in unseen and "Somebody outside their team looks at it first." in unseen
    acts.looked(reason, cast.mina)
    seen = letter(decision, cast, cast.lena)
    assert waits not in seen
    assert "They have a legal reason to decide without your answer." in seen
