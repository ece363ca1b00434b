"""One decision made with the person it is about: Rosa by paper, Devon by text, Ana with an advocate."""

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Answered, State
from tests.decisions import acts
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_rosa_is_told_by_letter_answers_on_paper_and_is_answered(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, why="The budget is smaller.")
    acts.sent(decision, cast.ken)
    assert Outbox.objects.filter(kind="tell", payload__matter=decision.hex).count() == 1
    with pytest.raises(Refused, match="has not answered"):
        acts.decided(decision, cast.ken)

    with clock.at("2026-03-09"):  # her slip comes back, and Priya, who works under Ken, types it
        view = acts.said(decision, acts.typed_for(cast.rosa, cast.priya))
        with pytest.raises(Refused, match="outside your team"):
            acts.decided(decision, cast.ken)
        checker = acts.checker_asked(decision, cast.ken)
        do(
            commands.ConfirmView(decision=decision, view=view.id),
            by=acts.typed_for(cast.rosa, checker, "phone"),
        )
        with pytest.raises(Refused, match="Answer what they said first"):
            acts.decided(decision, cast.ken)
        acts.replied(decision, cast.ken, view.id)
        acts.decided(decision, cast.ken, outcome="not_agreed")
    row = models.Decision.everything.get(id=decision)
    assert (row.state, row.outcome) == (State.DECIDED, "not_agreed")
    reply = acts.latest(models.Reply, decision)
    do(
        commands.SayIfAnswered(decision=decision, reply=reply.id, answered=Answered.PARTLY),
        by=acts.typed_for(cast.rosa, checker),
    )
    assert models.Reply.objects.seen_by(cast.rosa).get().answered == "partly"


def test_devon_raises_his_own_matter_is_told_by_text_answers_and_judges_the_reply(cast: Cast) -> None:
    decision = acts.raised(cast.devon, cast.devon, "A free weekend each month", "start")
    assert models.Decision.objects.seen_by(cast.dee).filter(id=decision).exists()  # nobody works for him yet
    assert not models.Decision.objects.seen_by(cast.stranger).filter(id=decision).exists()
    do(commands.TakeUp(decision=decision), by=cast.dee)
    telling = acts.sent(decision, cast.dee, "text")
    with pytest.raises(Refused, match="Devon Marlow has not answered"):
        acts.decided(decision, cast.dee)
    do(commands.OpenIt(decision=decision, telling=telling.id), by=cast.devon)
    view = acts.said(decision, cast.devon, "for_if", "If Rosa is not left alone.")
    acts.replied(decision, cast.dee, view.id, "Tom comes on those days.")
    acts.decided(decision, cast.dee)
    reply = acts.latest(models.Reply, decision)
    do(commands.SayIfAnswered(decision=decision, reply=reply.id, answered=Answered.YES), by=cast.devon)
    assert models.Reply.objects.seen_by(cast.devon).get().answered == "yes"
    assert not models.Decision.objects.seen_by(cast.omar).filter(id=decision).exists()


def test_ana_answers_through_her_advocate(cast: Cast) -> None:
    decision = acts.raised(cast.omar, cast.ana, "Move Ana’s art group to Thursdays", "move")
    telling = acts.sent(decision, cast.omar, "email")
    view = acts.said(decision, cast.mina, "for_if", "Ana can come if the bus runs.")
    assert (view.person, view.said_by, view.is_spoken_for) == (cast.ana.person, cast.mina.person, True)
    with pytest.raises(Refused, match="We do not know that this reached Ana Reyes"):
        acts.decided(decision, cast.omar)
    do(commands.OpenIt(decision=decision, telling=telling.id), by=cast.ana)
    acts.replied(decision, cast.omar, view.id)
    acts.decided(decision, cast.omar)
    assert models.Decision.everything.get(id=decision).state == State.DECIDED
