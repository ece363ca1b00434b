"""What chance hardly ever comes to in voice, done by hand: one of each kind that its story does not hold."""

from __future__ import annotations

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, THE_CLOCK, Actor
from alongside.topics.people.commands.bodies import AppointToOffice
from alongside.topics.voice import commands
from alongside.topics.voice.models import Appeal, Desk, Note, Quote, Resolution
from tests.voice import acts
from tests.voice.acts import knows_itself
from tests.world import BUILDER, Cast, named


def rare_voice(cast: Cast) -> None:
    """It stands after the story of tests/proof/voice.py, which makes the offices and the rest."""
    appeal = Appeal.everything.filter(answered_on=None)[0]
    answer = commands.AnswerAppeal(hearing=appeal.hearing, appeal=appeal.id, upheld=True, answer="Hear her.")
    do(answer, by=cast.boyd)
    do(commands.WithdrawHearing(hearing=acts.asked(cast)), by=cast.ana)
    again = acts.asked(cast)
    do(commands.RefuseHearing(hearing=again, reasons="Full.", would_change="Time."), by=cast.june)
    do(commands.AppealRefusal(hearing=again, office=acts.SCRUTINY), by=cast.ana)
    acts.asked(cast)
    later = commands.ReviseResolution(
        resolution=Resolution.everything.filter(is_open=True)[0].id,
        words="We demand fair contracts.",
        why="No answer came.",
        passed_by="The members",
        passed_on=clock.today(),
    )
    do(later, by=cast.ana)
    quote = Quote.everything.get(noted_by=cast.rosa.person)
    do(commands.LookAtQuote(resolution=quote.resolution, quote=quote.id, is_shown=True), by=cast.ana)
    _feedback(cast)
    note = Note.everything.get(id=acts.spoke_up(cast).thing)
    do(commands.AnswerNote(note=note.id, words="It goes back."), by=cast.sol)
    her = knows_itself(cast.priya)
    do(commands.AddToNote(note=note.id, words="More."), by=her)
    do(commands.JudgeAnswer(note=note.id, judged="no", words="Not yet."), by=her)
    do(commands.ReportRetaliation(note=note.id, words="My shifts went."), by=her)
    ask = commands.AskAsCouncillor(organisation=cast.council, office=cast.junes_office, words="When?")
    do(ask, by=cast.boyd)
    takes = AppointToOffice(holding=named("mina guards"), office=acts.GUARDIAN, person=cast.mina.person)
    do(takes, by=BUILDER)
    clock.advance(days=45)
    for command in list(commands.due(clock.now())):
        do(command, by=THE_CLOCK)
    desk = Desk.everything.filter(organisation=cast.council, ended_at=None)[0]
    do(commands.EndDesk(desk=desk.id), by=cast.june)


def _feedback(cast: Cast) -> None:
    typed = commands.WriteDownFeedback(
        at_body=cast.council, organisation=cast.council, words="By phone.", channel="phone", read_back=True
    )
    do(typed, by=cast.dee)
    pk = do(commands.GiveFeedback(organisation=cast.council, words="The hall is cold."), by=NOBODY).thing
    giver = Actor(only=pk, way="code")
    do(commands.AddToFeedback(feedback=pk, words="And dark."), by=giver)
    do(commands.AskWhoTheyAre(feedback=pk, reason="pay_back"), by=cast.june)
    do(commands.SayWhoIAm(feedback=pk, words="Flat 3"), by=giver)
    do(commands.ReplyToFeedback(feedback=pk, result="did", because="It is warm."), by=cast.june)
    do(commands.JudgeFeedbackReply(feedback=pk, judged="yes", words="Thank you."), by=giver)
    other = do(commands.GiveFeedback(organisation=cast.council, words="She is thin."), by=NOBODY).thing
    do(commands.PassToDuty(feedback=other), by=cast.june)
