"""Another day for a promise is theirs to agree: nobody who answers for it types that wish or that yes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from alongside.kernel import clock, reading
from alongside.kernel.command import At, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import SHARED_CODE, Actor
from alongside.kernel.replay import compare
from alongside.topics.people.commands.links import Relate
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.people.models import LinkKind
from alongside.topics.promises.commands import (
    AnswerDate,
    ConfirmVerdict,
    MakePromise,
    PassOnVerdict,
    ProposeDate,
    SayWhatNow,
)
from alongside.topics.promises.commands.together import group_answers
from alongside.topics.promises.models import Promise, PromisedTo, ProposedDate, Verdict
from tests.decisions import acts
from tests.promises.making import judge, promised_to_members
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def ramp(cast: Cast) -> UUID:
    """A promise of Priya’s to Lena."""
    due = clock.today() + timedelta(days=10)
    made = MakePromise(organisation=cast.council, what="Mend the ramp.", due_on=due, person=cast.lena.person)
    return do(made, by=cast.priya).thing


def another_day(cast: Cast, promise: UUID) -> AnswerDate:
    later = Promise.everything.get(id=promise).due_on + timedelta(days=90)
    do(ProposeDate(promise=promise, due_on=later, why="No time."), by=cast.priya)
    asked = ProposedDate.everything.get(promise=promise, state="waiting").id
    to = PromisedTo.everything.get(promise=promise).id
    return AnswerDate(promise=promise, proposal=asked, made_to=to, agrees=True)


def test_whoever_answers_for_a_promise_types_no_wish_for_another_day(cast: Cast) -> None:
    promise = ramp(cast)
    clock.advance(days=20)
    do(judge(promise, cast.lena.person, "not_kept"), by=cast.lena)
    to = PromisedTo.everything.get(promise=promise).id
    day = clock.today() + timedelta(days=400)
    wish = SayWhatNow(promise=promise, made_to=to, wants="new_date", new_day=day)
    nothing = SayWhatNow(promise=promise, made_to=to, wants="nothing")
    for typist in (cast.priya, cast.ken):
        for said in (wish, nothing):
            with pytest.raises(Refused, match="cannot say what they want"):
                do(said, by=acts.typed_for(cast.lena, typist, "phone"))
    do(wish, by=acts.typed_for(cast.lena, cast.mina, "phone"))  # her advocate may write it down


def test_a_yes_to_another_day_that_they_say_they_did_not_say_puts_the_day_back(cast: Cast) -> None:
    promise = ramp(cast)
    due = Promise.everything.get(id=promise).due_on
    answer = another_day(cast, promise)
    with pytest.raises(Refused):
        do(answer, by=acts.typed_for(cast.lena, cast.priya, "phone"))
    do(answer, by=acts.typed_for(cast.lena, cast.mina, "phone"))
    assert Promise.everything.get(id=promise).due_on != due
    act = next(line for line in reading.typed_for(cast.lena.records) if line.recorded.thing == promise)
    do(AnswerTypedAct(act=act.recorded.id, is_right=False), by=cast.lena)
    assert Promise.everything.get(id=promise).due_on == due
    assert ProposedDate.everything.get(promise=promise).state == "declined"
    assert not compare().problems


def test_in_a_group_nobody_types_a_yes_over_somebodys_own_no(cast: Cast) -> None:
    promise = promised_to_members(
        cast, what="Keep the library open.", due_on=clock.today() + timedelta(days=60)
    )
    later = clock.today() + timedelta(days=180)
    do(ProposeDate(promise=promise, due_on=later, why="The roof leaks."), by=cast.june)
    asked = ProposedDate.everything.get(promise=promise)
    to = PromisedTo.everything.get(promise=promise).id
    no = AnswerDate(promise=promise, proposal=asked.id, made_to=to, agrees=False)
    do(no, by=cast.ana)
    with pytest.raises(Refused, match="said so themself"):
        do(no.model_copy(update={"agrees": True}), by=acts.typed_for(cast.ana, cast.mina, "phone"))
    at = At(moment=clock.now(), by=cast.ana, today=clock.today())
    assert group_answers(Promise.everything.get(id=promise), asked, at) == {cast.ana.person: False}


def test_an_answer_by_a_telephone_that_somebody_shares_waits_until_it_is_known_to_be_theirs(
    cast: Cast,
) -> None:
    promise = ramp(cast)
    clock.advance(days=20)
    shared = replace(cast.lena, way=SHARED_CODE, only=promise)
    do(judge(promise, cast.lena.person, "kept"), by=shared)
    said = Verdict.everything.get(promise=promise)
    assert (said.counts, said.needs_confirming, said.heard) == (False, True, None)
    confirm = ConfirmVerdict(promise=promise, verdict=said.id)
    with pytest.raises(NotAllowed, match="by your own hand"):
        do(confirm, by=shared)
    do(confirm, by=cast.mina)
    assert Verdict.everything.get(promise=promise).counts


def test_nor_does_it_agree_to_another_day(cast: Cast) -> None:
    promise = ramp(cast)
    answer = another_day(cast, promise)
    with pytest.raises(NotAllowed, match="by your own hand"):
        do(answer, by=replace(cast.lena, way=SHARED_CODE, only=promise))
    do(answer, by=replace(cast.lena, way="code", only=promise))


def test_what_somebody_wrote_down_for_them_waits_on_their_own_page_until_they_say_it_themself(
    cast: Cast,
) -> None:
    """A slip typed wrongly would else stand as their word, and their page would be silent about it."""
    works = Relate(
        person=cast.lena.person, other=cast.omar.person, kind=LinkKind.NAMED_WORKER, team=cast.west
    )
    do(works, by=Actor(installation=True, way="cli", strong=True))
    promise = ramp(cast)
    clock.advance(days=20)
    to = PromisedTo.everything.get(promise=promise).id
    slip = PassOnVerdict(promise=promise, made_to=to, said="kept", spoken_on=clock.today(), words="Good.")
    do(slip, by=cast.omar)
    home = page(cast.lena, "/")
    assert "Somebody wrote down that you said: Kept." in home and "No, it was not kept" in home
    do(judge(promise, cast.lena.person, "not_kept"), by=cast.lena)
    home = page(cast.lena, "/")
    assert "Somebody wrote down" not in home and "No, it was not kept" not in home


def test_what_was_written_down_is_folded_below_what_nobody_has_answered(cast: Cast) -> None:
    works = Relate(
        person=cast.lena.person, other=cast.omar.person, kind=LinkKind.NAMED_WORKER, team=cast.west
    )
    do(works, by=Actor(installation=True, way="cli", strong=True))
    promises = [ramp(cast) for _ in range(3)]
    clock.advance(days=20)
    for count, promise in enumerate(promises[:2], start=1):
        to = PromisedTo.everything.get(promise=promise).id
        do(PassOnVerdict(promise=promise, made_to=to, said="kept", spoken_on=clock.today()), by=cast.omar)
        said = "1 answer was written down for you" if count == 1 else "2 answers were written down for you"
        home = page(cast.lena, "/")
        assert home.index("Was it kept?") < home.index(said) < home.index("Somebody wrote down that you said")
    do(judge(promises[2], cast.lena.person, "kept"), by=cast.lena)
    home = page(cast.lena, "/")
    first = home.index("Somebody wrote down that you said")
    assert first < home.index("1 answer was written down for you"), "the first of them stands open"
