"""A part of the story: a promise to a group, public words, a promise that no longer holds, and a protocol."""

from datetime import date, timedelta
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.promises import commands as promises
from alongside.topics.promises.models import (
    DateAnswer,
    Erosion,
    GroupMember,
    LinkedAct,
    OfferedWords,
    Promise,
    PromisedTo,
    ProposedDate,
    Protocol,
    ProtocolUse,
)
from tests.world import Cast


def promised_to_many(cast: Cast, lasting: UUID) -> None:
    """One of each act. `lasting` is a promise to Rosa: kept, she says, and then no longer."""
    with_a_slip(cast)
    soon = clock.today() + timedelta(days=1)
    to_all = promises.MakePromise(
        organisation=cast.council,
        what="Open on Sundays",
        due_on=soon,
        group="Everyone who goes there",
        group_of=cast.ulo,
        group_size=40,
        number=4,
        number_of="Sundays a month",
        number_is="at_least",
    )
    hall = do(to_all, by=cast.june).thing
    do(promises.SayFigure(promise=hall, number=3), by=cast.june)
    do(promises.SayFigure(promise=hall, number=2), by=cast.ana)
    do(promises.SayGroupWasTold(promise=hall, reached=12, how="At the meeting."), by=cast.june)
    do(promises.JoinGroup(promise=hall, words="On Mondays."), by=cast.lena)
    do(promises.SayIfToldOfPromise(promise=hall, what="none"), by=cast.lena)
    member = GroupMember.everything.get(promise=hall)
    do(promises.ConfirmInGroup(promise=hall, member=member.id), by=cast.ana)
    do(promises.JoinGroup(promise=hall), by=cast.devon)
    later = clock.today() + timedelta(days=60)
    do(promises.ProposeDate(promise=hall, due_on=later, why="The lift."), by=cast.june)
    proposal = ProposedDate.everything.get(promise=hall)
    row = PromisedTo.everything.get(promise=hall)
    answer = promises.AnswerDate(
        promise=hall, proposal=proposal.id, made_to=row.id, agrees=False, why="No.", may_be_read=True
    )
    do(answer, by=cast.lena)
    why = DateAnswer.everything.get(promise=hall).id
    hold = {"answer": why, "is_shown": False, "reason": "danger"}
    do(promises.LookAtDateAnswer(promise=hall, **hold), by=cast.ken)

    to_rosa = PromisedTo.everything.get(promise=lasting)
    do(promises.GiveVerdict(promise=lasting, made_to=to_rosa.id, said="kept"), by=cast.rosa)
    do(promises.SayWhetherItHolds(promise=lasting, made_to=to_rosa.id, said="no_longer"), by=cast.rosa)
    erosion = Erosion.everything.get(promise=lasting)
    do(promises.AnswerErosion(promise=lasting, erosion=erosion.id, answer="We look again."), by=cast.ken)

    for answered in (True, False):
        words = promises.WriteDownStatement(
            organisation=cast.council,
            words="Every disabled person will have a say.",
            who="Leader of the council",
            said_on=date(2026, 1, 6),
            source="Full council",
            made_to="Every disabled person",
        )
        said = do(words, by=cast.devon if answered else cast.stranger).thing
        act = promises.LinkAct(
            statement=said, words="A meeting.", on_day=date(2026, 2, 1), where="Its minutes."
        )
        do(act, by=cast.tom)
        if answered:
            do(promises.LookAtStatement(statement=said, is_shown=True), by=cast.ana)
            row = LinkedAct.everything.get(statement=said)
            do(promises.LookAtAct(statement=said, act=row.id, is_shown=False, reason="danger"), by=cast.ken)
            no = promises.AnswerStatement(statement=said, state="different", answer="He said: may have.")
            do(no, by=cast.june)
            take = promises.TakeUpStatement(
                statement=said, what="Ask them", due_on=later, group="Disabled people", group_size=900
            )
            do(take, by=cast.june)
        else:
            do(promises.TakeBackStatement(statement=said), by=cast.stranger)

    adopt = promises.AdoptProtocol(organisation=cast.council, to_body=cast.ulo, group_size=60, due_on=later)
    do(adopt, by=cast.june)
    protocol = Protocol.everything.get()
    do(promises.UseProtocol(protocol=protocol.id, name="Home care, spring"), by=cast.ana)
    use = ProtocolUse.everything.get()
    line = Promise.everything.get(protocol=protocol.id, line="bid_time")
    result = promises.RecordTest(
        promise=line.id, use=use.id, result="fail", document="The tender pack", number="14 days"
    )
    do(result, by=cast.ana)


def with_a_slip(cast: Cast) -> None:
    """Other words are offered for a promise to Lena, who agrees, and once more, which waits."""
    later = clock.today() + timedelta(days=60)
    made = {"organisation": cast.council, "person": cast.lena.person, "what": "Ring on Mundays"}
    call = do(promises.MakePromise(due_on=later, **made), by=cast.priya).thing
    for what in ("Ring on Mondays", "Ring on Monday mornings"):
        do(promises.OfferCorrection(promise=call, what=what, why="A letter."), by=cast.priya)
        offer = OfferedWords.everything.get(promise=call, state="waiting")
        row = PromisedTo.everything.get(promise=call)
        if what == "Ring on Mondays":
            yes = promises.AnswerCorrection(promise=call, offer=offer.id, made_to=row.id, agrees=True)
            do(yes, by=cast.lena)
