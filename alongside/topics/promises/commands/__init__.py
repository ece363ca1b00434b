"""What can be done with promises, a file for each theme."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext

from alongside.kernel import clock
from alongside.kernel.command import Command, Recorded
from alongside.kernel.door import Consequence
from alongside.topics.promises.commands.afterwards import AnswerWhatNow, SayWhatNow
from alongside.topics.promises.commands.correcting import (
    AnswerCorrection,
    OfferCorrection,
    SettleCorrection,
    to_count,
)
from alongside.topics.promises.commands.denying import SetAsideTyped
from alongside.topics.promises.commands.importing import (
    ClaimPromise,
    FinishImport,
    ReportDecisionFromElsewhere,
    StartImport,
    WithdrawImport,
)
from alongside.topics.promises.commands.judging import (
    ConfirmVerdict,
    GiveVerdict,
    PassOnVerdict,
    ReleaseVerdict,
)
from alongside.topics.promises.commands.lasting import (
    AnswerErosion,
    AskAgain,
    NoteErosion,
    SayWhetherItHolds,
    due_again,
    note_erosion,
)
from alongside.topics.promises.commands.looking import (
    LookAtAct,
    LookAtDateAnswer,
    LookAtStatement,
    LookAtVerdict,
)
from alongside.topics.promises.commands.merged import FollowMerge, follow_merge
from alongside.topics.promises.commands.new_day import AnswerDate, ProposeDate
from alongside.topics.promises.commands.numbers import PutPromiseRight, SayFigure
from alongside.topics.promises.commands.promising import (
    AskHowItWent,
    HandOverPromise,
    MakePromise,
    ReportProgress,
)
from alongside.topics.promises.commands.protocols import (
    AdoptProtocol,
    RecordTest,
    UseProtocol,
    promises_of_protocol,
)
from alongside.topics.promises.commands.silence import NoteNoAnswer, silent
from alongside.topics.promises.commands.slips_of_later import PassOnWhetherItHolds
from alongside.topics.promises.commands.stating import (
    AnswerStatement,
    LinkAct,
    TakeBackStatement,
    TakeUpStatement,
    WriteDownStatement,
    promise_taken_up,
)
from alongside.topics.promises.commands.together import (
    ConfirmInGroup,
    JoinGroup,
    SayGroupWasTold,
    SettleDate,
    agreed_by_the_living,
    confirm_in_its_promises,
)
from alongside.topics.promises.commands.told_words import SayIfToldOfPromise
from alongside.topics.promises.models import Promise, ProposedDate
from alongside.topics.promises.policy.judged import can_still_be_judged

__all__ = [
    "WHEN",
    "AdoptProtocol",
    "AnswerCorrection",
    "AnswerDate",
    "AnswerErosion",
    "AnswerStatement",
    "AnswerWhatNow",
    "AskAgain",
    "AskHowItWent",
    "ClaimPromise",
    "ConfirmInGroup",
    "ConfirmVerdict",
    "FinishImport",
    "FollowMerge",
    "GiveVerdict",
    "HandOverPromise",
    "JoinGroup",
    "LinkAct",
    "LookAtAct",
    "LookAtDateAnswer",
    "LookAtStatement",
    "LookAtVerdict",
    "MakePromise",
    "NoteErosion",
    "NoteNoAnswer",
    "OfferCorrection",
    "PassOnVerdict",
    "PassOnWhetherItHolds",
    "ProposeDate",
    "PutPromiseRight",
    "RecordTest",
    "ReleaseVerdict",
    "ReportDecisionFromElsewhere",
    "ReportProgress",
    "SayFigure",
    "SayGroupWasTold",
    "SayIfToldOfPromise",
    "SayWhatNow",
    "SayWhetherItHolds",
    "SetAsideTyped",
    "SettleCorrection",
    "SettleDate",
    "StartImport",
    "TakeBackStatement",
    "TakeUpStatement",
    "UseProtocol",
    "WithdrawImport",
    "WriteDownStatement",
    "due",
]

MOST_AT_ONCE = 500


def due(now: datetime) -> Iterable[Command]:
    """What the clock brings: each promise whose day has come, and nobody has been asked how it went. Of what
    was promised today nobody is asked today: they were only just told of it."""
    today = clock.day_of(now)
    waiting = Promise.everything.filter(
        can_still_be_judged(), asked_on=None, due_on__lte=today, made_on__lt=today
    )
    for promise in waiting.order_by("due_on", "id").values_list("id", flat=True)[:MOST_AT_ONCE]:
        yield AskHowItWent(promise=promise)
    over = ProposedDate.everything.filter(state="waiting", closes_on__lt=today)
    for promise, proposal in over.order_by("closes_on", "id").values_list("promise", "id")[:MOST_AT_ONCE]:
        yield SettleDate(promise=promise, proposal=proposal)
    yield from agreed_by_the_living(now)
    yield from to_count(today, MOST_AT_ONCE)
    yield from due_again(now)
    yield from silent(now)


def promise_of_a_call(command: Command, recorded: Recorded) -> Iterable[Command]:
    """Whoever says on which day they will call has made one more promise."""
    assert isinstance(command, AnswerWhatNow)
    if command.call_on is None or command.organisation is None:
        return
    yield MakePromise(
        organisation=command.organisation,
        what=gettext("Call you about the promise that was not kept."),
        due_on=command.call_on,
        person=command.life,
        made_to=[command.person] if command.person else [],
        owned_by=command.owned_by,
        office=command.office,
        decision=command.decision,
        is_private=command.is_private,
    )


WHEN: Mapping[str, Sequence[Consequence]] = {
    "promises.what_now_answered": [promise_of_a_call],
    "promises.still_holds_said": [note_erosion],
    "promises.still_holds_passed_on": [note_erosion],
    "promises.statement_taken_up": [promise_taken_up],
    "promises.protocol_adopted": [promises_of_protocol],
    "people.people_merged": [follow_merge],
    "people.member_confirmed": [confirm_in_its_promises],
}
