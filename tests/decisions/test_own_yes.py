"""A person’s own yes to words that were typed for them makes these count as theirs; nobody else’s does."""

from dataclasses import replace
from uuid import UUID

import pytest

from alongside.kernel import clock, reading
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.kernel.replay import compare
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.promises.commands import MakePromise
from alongside.topics.promises.models import Verdict
from tests.decisions import acts
from tests.promises.making import judge
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def act_on(thing: UUID, whose: Actor) -> UUID:
    """The act that was typed for them on this thing."""
    return next(line for line in reading.typed_for(whose.records) if line.recorded.thing == thing).recorded.id


def typed_by_the_line(cast: Cast) -> tuple[UUID, models.View]:
    """What Rosa is said to think, typed by her worker, whose manager decides: it opens nothing."""
    decision = acts.raised(cast.ken, cast.rosa, "Fewer mornings", "cut")
    return decision, acts.said(
        decision, acts.typed_for(cast.rosa, cast.priya, "phone"), "for", "She says yes."
    )


def heard(decision: UUID, view: models.View) -> Said:
    row = models.Decision.everything.get(id=decision)
    return standing_of(row, view.said_at).heard[0].said


def test_what_the_line_typed_counts_once_the_person_says_that_it_is_theirs(cast: Cast) -> None:
    decision, view = typed_by_the_line(cast)
    assert heard(decision, view) == Said.UNCONFIRMED
    do(AnswerTypedAct(act=act_on(decision, cast.rosa), is_right=True), by=cast.rosa)
    confirmed = models.View.everything.get(id=view.id)
    assert (confirmed.confirmed_by, confirmed.is_current) == (cast.rosa.person, True)
    assert heard(decision, view) == Said.VIEW
    assert not compare().problems


def test_a_yes_by_another_hand_or_by_a_telephone_that_somebody_shares_counts_as_nobodys(cast: Cast) -> None:
    decision, view = typed_by_the_line(cast)
    yes = AnswerTypedAct(act=act_on(decision, cast.rosa), is_right=True)
    do(yes, by=acts.typed_for(cast.rosa, cast.omar, "phone"))
    assert heard(decision, view) == Said.UNCONFIRMED
    with pytest.raises(Refused, match="at the keys"):
        do(yes, by=replace(cast.rosa, way="cli"))
    lenas = acts.raised(cast.ken, cast.lena, "Fewer visits", "cut")
    typed = acts.said(lenas, acts.typed_for(cast.lena, cast.priya, "phone"), "for", "She says yes.")
    own_yes = AnswerTypedAct(act=act_on(lenas, cast.lena), is_right=True)
    for way in ("code", "shared_code"):  # Victor holds that telephone too
        do(own_yes, by=replace(cast.lena, way=way))
        assert heard(lenas, typed) == Said.UNCONFIRMED
    do(own_yes, by=cast.lena)
    assert heard(lenas, typed) == Said.VIEW


def test_a_yes_after_their_own_word_takes_nothing_from_it(cast: Cast) -> None:
    decision, view = typed_by_the_line(cast)
    clock.advance(days=1)
    acts.said(decision, cast.rosa, "against", "I need them.")
    own = models.View.everything.get(decision=decision, typist=None)
    do(AnswerTypedAct(act=act_on(decision, cast.rosa), is_right=True), by=cast.rosa)
    assert models.View.everything.get(id=own.id).is_current
    assert not models.View.everything.get(id=view.id).confirmed_by


def test_who_takes_back_their_no_makes_it_theirs_again(cast: Cast) -> None:
    decision, view = typed_by_the_line(cast)
    act = act_on(decision, cast.rosa)
    do(AnswerTypedAct(act=act, is_right=False), by=cast.rosa)
    assert not models.View.everything.get(id=view.id).is_current
    do(AnswerTypedAct(act=act, is_right=True), by=cast.rosa)
    again = models.View.everything.get(id=view.id)
    assert (again.is_current, again.denied) == (True, None)
    assert heard(decision, view) == Said.VIEW


def test_a_promise_judged_by_the_hand_of_who_made_it_counts_once_they_say_it_is_theirs(cast: Cast) -> None:
    made = MakePromise(
        organisation=cast.council, what="Mend the step.", due_on=clock.today(), person=cast.rosa.person
    )
    promise = do(made, by=cast.priya).thing
    do(judge(promise, cast.rosa.person, "kept"), by=acts.typed_for(cast.rosa, cast.priya, "phone"))
    verdict = Verdict.everything.get(promise=promise)
    assert (verdict.needs_confirming, verdict.counts) == (True, False)
    do(
        AnswerTypedAct(act=act_on(promise, cast.rosa), is_right=True),
        by=acts.typed_for(cast.rosa, cast.omar, "phone"),
    )
    assert not Verdict.everything.get(promise=promise).counts
    do(AnswerTypedAct(act=act_on(promise, cast.rosa), is_right=True), by=cast.rosa)
    confirmed = Verdict.everything.get(promise=promise)
    assert (confirmed.counts, confirmed.confirmed_by) == (True, cast.rosa.person)
    assert not compare().problems


def test_a_stranger_says_yes_to_nothing(cast: Cast) -> None:
    decision, view = typed_by_the_line(cast)
    with pytest.raises(Refused):
        do(AnswerTypedAct(act=act_on(decision, cast.rosa), is_right=True), by=cast.victor)
    assert heard(decision, view) == Said.UNCONFIRMED
