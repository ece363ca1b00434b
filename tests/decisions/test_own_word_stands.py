"""One rule everywhere: what a person said themself is never overwritten by what another types for them."""

from typing import Any

import pytest

from alongside.kernel import clock, reading
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.promises.commands import MakePromise
from alongside.topics.promises.models import Verdict
from tests.decisions import acts, changing
from tests.decisions.problems import raised
from tests.promises.making import judge
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def by_phone(cast: Cast) -> Actor:
    """Lena’s advocate takes the call."""
    return acts.typed_for(cast.lena, cast.mina, "phone")


def current(model: Any, person: Actor) -> list[Any]:
    return list(model.everything.filter(person=person.person, is_current=True).order_by("made_by"))


def test_a_view_typed_after_their_own_opens_nothing_until_they_themself_say_it_is_theirs(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "Fewer visits", "cut")
    own = acts.said(decision, cast.lena, "against", "I need them.")
    with clock.at("2026-03-03"):
        typed = acts.said(decision, by_phone(cast), "for", "She says yes now.")
    assert (typed.typist, typed.is_trusted) == (cast.mina.person, False)
    assert models.View.everything.get(id=own.id).is_current
    heard = standing_of(models.Decision.everything.get(id=decision), typed.said_at).heard[0]
    assert heard.said == Said.VIEW  # her own
    checker = acts.checker_asked(decision, cast.priya)
    with pytest.raises(Refused, match="Only they can say that they mean this now"):
        do(commands.ConfirmView(decision=decision, view=typed.id), by=checker)
    do(commands.ConfirmView(decision=decision, view=typed.id), by=cast.lena)
    assert not models.View.everything.get(id=own.id).is_current
    told = [row.payload.get("what") for row in Outbox.objects.all()]
    assert "typed_for_you" in told  # she is told of what was typed, and can say that it is not hers


def test_what_is_typed_of_a_problem_stands_beside_their_own_word_whoever_types(cast: Cast) -> None:
    problem = raised(cast, cast.lena)
    do(commands.SayIfBetter(problem=problem, better="yes"), by=by_phone(cast))
    do(commands.SayIfBetter(problem=problem, better="no"), by=cast.lena)  # her own word takes its place
    do(commands.SayIfBetter(problem=problem, better="yes"), by=by_phone(cast))
    [counts] = current(models.ProblemResult, cast.lena)
    assert (counts.better, counts.typist) == ("no", None)
    beside = models.ProblemResult.everything.get(
        typist=cast.mina.person, better="yes", is_current=False, made_by__gt=counts.made_by
    )
    assert beside.person == cast.lena.person


def test_a_judgement_and_how_it_went_keep_their_own_word(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.judges(change, cast.lena, "against", words="It is too far.")
    changing.judges(change, by_phone(cast), "for", words="She says yes.")
    [judged] = current(models.Judgement, cast.lena)
    assert (judged.judged, judged.typist) == ("against", None)
    part = {"decision": change.decision}
    do(commands.JudgeHowItWent(**part, said="does_not"), by=cast.lena)
    do(commands.JudgeHowItWent(**part, said="works"), by=by_phone(cast))
    own = models.HowItWent.everything.get(person=cast.lena.person, is_own_word=True)
    assert own.is_current and own.said == "does_not"


def test_what_it_did_to_them_is_theirs_to_say(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "Another day", "swap")
    acts.said(decision, cast.lena, "for", "Yes.")
    acts.decided(decision, cast.priya)
    do(commands.SayWhatItDid(decision=decision, said="worse"), by=cast.lena)
    do(commands.SayWhatItDid(decision=decision, said="better"), by=by_phone(cast))
    own, typed = models.Effect.everything.filter(decision=decision).order_by("made_by")
    assert (own.said, own.is_current) == ("worse", True)
    assert (typed.is_trusted, typed.typist) == (False, cast.mina.person)


def test_what_they_say_they_did_not_say_opens_nothing_any_more(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "Fewer visits", "cut")
    typed = acts.said(decision, by_phone(cast), "for", "She says yes.")
    row = models.Decision.everything.get(id=decision)
    assert standing_of(row, typed.said_at).heard[0].said == Said.VIEW
    act = next(line for line in reading.typed_for(cast.lena.records) if line.recorded.thing == decision)
    do(AnswerTypedAct(act=act.recorded.id, is_right=False, words="I said no."), by=cast.lena)
    assert not models.View.everything.get(id=typed.id).is_current
    assert standing_of(row, typed.said_at).heard[0].said == Said.NOTHING
    with pytest.raises(Refused):
        acts.decided(decision, cast.priya)


def test_the_same_holds_of_a_problem_and_of_a_promise(cast: Cast) -> None:
    problem = raised(cast, cast.lena)
    do(commands.SayIfBetter(problem=problem, better="yes"), by=by_phone(cast))
    [act] = [line for line in reading.typed_for(cast.lena.records) if line.recorded.thing == problem]
    do(AnswerTypedAct(act=act.recorded.id, is_right=True), by=cast.lena)
    assert current(models.ProblemResult, cast.lena)
    do(AnswerTypedAct(act=act.recorded.id, is_right=False), by=cast.lena)
    assert current(models.ProblemResult, cast.lena) == []
    made = MakePromise(
        organisation=cast.council, what="Mend the step.", due_on=clock.today(), person=cast.lena.person
    )
    promise = do(made, by=cast.ken).thing
    do(judge(promise, cast.lena.person, "kept"), by=by_phone(cast))
    assert Verdict.everything.get(promise=promise).counts
    [said] = [line for line in reading.typed_for(cast.lena.records) if line.recorded.thing == promise]
    do(AnswerTypedAct(act=said.recorded.id, is_right=False), by=cast.lena)
    assert not Verdict.everything.get(promise=promise).counts
