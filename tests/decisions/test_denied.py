"""What a gate counts is each one’s own word that still stands: nothing typed beside it, nothing denied."""

from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel import clock, reading
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.gating import tally_of
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.promises.commands import ConfirmVerdict, MakePromise
from alongside.topics.promises.engine import in_lots
from alongside.topics.promises.models import Verdict
from tests.decisions import acts, changing
from tests.promises.making import judge
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def said(change: models.Change) -> tuple[int, int, int]:
    tally = tally_of(changing.again(change))
    return tally.is_for, tally.for_if, tally.against


@pytest.mark.parametrize("typist", ["mina", "ken"])
def test_what_is_typed_beside_an_own_word_takes_no_place_in_the_count(cast: Cast, typist: str) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.judges(change, cast.lena, "against", words="It is too far.")
    changing.judges(change, acts.typed_for(cast.lena, getattr(cast, typist), "phone"), "for")
    assert said(change) == (0, 0, 1)


def test_what_was_typed_and_is_not_what_they_said_counts_no_more(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.judges(change, acts.typed_for(cast.lena, cast.mina, "phone"), "for")
    assert said(change) == (1, 0, 0)
    act = next(
        line for line in reading.typed_for(cast.lena.records) if line.recorded.thing == change.decision
    )
    do(AnswerTypedAct(act=act.recorded.id, is_right=False, words="I said no."), by=cast.lena)
    assert said(change) == (0, 0, 0)


def denied(thing: UUID, by: Actor, kind: str) -> None:
    """They say that what was typed there in their name is not what they said."""
    acts_here = [line for line in reading.typed_for(by.records) if line.recorded.thing == thing]
    act = next(line for line in acts_here if line.recorded.kind == kind)
    do(AnswerTypedAct(act=act.recorded.id, is_right=False, words="I did not say that."), by=by)


def test_nobody_else_confirms_what_they_say_they_did_not_say(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "Fewer visits", "cut")
    typed = acts.said(decision, acts.typed_for(cast.lena, cast.mina, "phone"), "for", "She says yes.")
    denied(decision, cast.lena, "decisions.view_given")
    checker = acts.checker_asked(decision, cast.priya)
    confirm = commands.ConfirmView(decision=decision, view=typed.id)
    for by in (checker, acts.typed_for(cast.lena, checker, "phone")):
        with pytest.raises(Refused, match="Only they can confirm it"):
            do(confirm, by=by)
    with pytest.raises(Refused):
        acts.decided(decision, cast.priya)
    do(confirm, by=cast.lena)  # she thought again
    assert models.View.everything.get(id=typed.id).is_current


def test_who_denies_a_yes_typed_in_their_name_has_confirmed_nothing(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "Fewer visits", "cut")
    typed = acts.said(decision, acts.typed_for(cast.lena, cast.priya, "phone"), "for", "She says yes.")
    checker = acts.checker_asked(decision, cast.priya)
    as_lena = acts.typed_for(cast.lena, checker, "phone")
    do(commands.ConfirmView(decision=decision, view=typed.id), by=as_lena)
    matter = models.Decision.everything.get(id=decision)
    assert standing_of(matter, clock.now()).heard[0].said == Said.VIEW
    denied(decision, cast.lena, "decisions.view_confirmed")
    assert standing_of(matter, clock.now()).heard[0].said != Said.VIEW
    with pytest.raises(Refused, match="Only they can confirm it"):
        do(commands.ConfirmView(decision=decision, view=typed.id), by=checker)
    with pytest.raises(Refused):
        acts.decided(decision, cast.priya)


def test_an_answer_about_a_promise_that_they_deny_is_in_no_public_number_and_stays_out(cast: Cast) -> None:
    made = MakePromise(
        organisation=cast.council, what="Mend the step.", due_on=clock.today(), person=cast.lena.person
    )
    promise = do(made, by=cast.ken).thing
    do(judge(promise, cast.lena.person, "kept"), by=acts.typed_for(cast.lena, cast.priya, "phone"))
    verdict = Verdict.everything.get(promise=promise)
    assert verdict.needs_confirming
    denied(promise, cast.lena, "promises.verdict_given")
    with pytest.raises(Refused, match="Only they can confirm it"):
        do(ConfirmVerdict(promise=promise, verdict=verdict.id), by=cast.mina)
    assert not Verdict.everything.get(promise=promise).counts


def test_what_is_denied_leaves_the_public_numbers_of_promises_too() -> None:
    came = [(number, f"p{number}", (number, "kept")) for number in range(1, 11)]
    assert in_lots(came, of=20, smallest=0).number("kept") == 10
    assert in_lots(came, of=20, smallest=0, unsaid=[(11, "p3", (3, "kept"))]).number("kept") == 9
    later = [*came, (11, "p3", (11, "not_kept"))]  # they said otherwise before they denied the first
    assert in_lots(later, of=20, smallest=0, unsaid=[(12, "p3", (3, "kept"))]).number("not_kept") == 1


def test_a_name_that_was_signed_for_them_comes_off_when_they_say_they_did_not_sign(cast: Cast) -> None:
    hall = do(
        commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end"), by=cast.june
    ).thing
    do(commands.BeginJoint(decision=hall, name="Keep it", words="Keep the hall open."), by=cast.ana)
    joint = models.Joint.everything.get(decision=hall)
    sign = commands.SignJoint(decision=hall, joint=joint.id, number=1, stands_as="draws")
    do(sign, by=acts.typed_for(cast.lena, cast.mina, "phone"))
    assert models.Signature.everything.filter(person=cast.lena.person, left_at=None).exists()
    denied(hall, cast.lena, "decisions.joint_signed")
    assert not models.Signature.everything.filter(person=cast.lena.person, left_at=None).exists()


def test_no_body_puts_somebodys_name_beside_a_problem_and_a_denied_name_is_gone(cast: Cast) -> None:
    words = {"what": "place", "where": "The hall", "words": "It is cold.", "is_named": True}
    raise_it = commands.RaiseProblem(organisation=cast.council, **words)
    do(raise_it, by=acts.typed_for(cast.lena, cast.priya, "phone"))
    assert not models.Problem.everything.get().is_named
    other = do(raise_it, by=acts.typed_for(cast.lena, cast.mina, "phone")).thing
    assert "Lena Fox" in page(None, f"/problems/{other}")
    denied(other, cast.lena, "decisions.problem_raised")
    for address in (f"/problems/{other}", "/problems", f"/api/problems/{other}"):
        text = Client().get(address).content.decode()
        assert "Lena Fox" not in text and "It is cold" not in text
