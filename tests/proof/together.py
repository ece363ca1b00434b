"""Who sees and may do what about taking part in a matter: written by hand, from the sixth law.

What somebody says of themself is theirs: as what they come, what they are paid, whether they could get in,
what they do. Whoever arranged the pay sees the offer. Those who decide see who came, and what they say of how
it went. Meetings, and what a body says of itself, are as open as the matter.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Act, ComesAs, Met, PayAnswer, Stage, Together, Went
from tests.proof.oracle import Facts, Row, See, Who, private, with_the_decision
from tests.world import Cast


def own(facts: Facts, row: Row, who: Who) -> bool:
    mine = who.name != "" and facts.named(row.person) == who.name
    return mine and who.only in (None, row.decision)


def own_or_shown(facts: Facts, row: Row, who: Who) -> bool:
    return own(facts, row, who) or (row.is_shown and with_the_decision(facts, row, who))


def part_seen(facts: Facts, row: Row, who: Who) -> bool:
    wrote = who.name != "" and who.only is None and facts.named(row.written_by) == who.name
    return private(facts, row, who) or wrote


def offer_seen(facts: Facts, row: Row, who: Who) -> bool:
    arranged = who.name != "" and who.only is None and facts.named(row.arranged_by) == who.name
    return own(facts, row, who) or arranged


def judgement_seen(facts: Facts, row: Row, who: Who) -> bool:
    return private(facts, row, who) or own_or_shown(facts, row, who)


SEES: Mapping[str, See] = {
    "decisions.Meeting": with_the_decision,
    "decisions.Bound": with_the_decision,
    "decisions.Claim": with_the_decision,
    "decisions.PartTaken": part_seen,
    "decisions.Coming": own_or_shown,
    "decisions.PayOffer": offer_seen,
    "decisions.AccessAnswer": own,
    "decisions.Task": own_or_shown,
    "decisions.HowItWent": judgement_seen,
    "decisions.OfThemself": own,
    "decisions.ToldWord": own,
    "decisions.Among": with_the_decision,
}

POWERS = {
    "decider body raiser led": "decisions.meeting_noted decisions.part_noted",
    "decider body led": "decisions.pay_offered decisions.pay_sent",
    "decider body": "decisions.together_claimed",
    "decider": "decisions.judging_binds decisions.among_said",
    "here": "decisions.took_part decisions.part_answered decisions.comes_as_said"
    " decisions.comes_as_taken_back decisions.pay_answered decisions.pay_received decisions.access_said"
    " decisions.task_taken decisions.task_done decisions.judged decisions.told_or_not_said"
    " decisions.of_self_said decisions.of_self_taken_back",
}


def taking_part(cast: Cast, matter: UUID) -> None:
    """Some of everything, on a matter about a place that June decides: for the story, after it is decided."""
    today = clock.today()
    meeting = decisions.NoteMeeting(
        decision=matter, name="First session", held_on=today, stage=Stage.FRAME, decides=True, others=2
    )
    do(meeting, by=cast.june)
    held = models.Meeting.everything.get(decision=matter).id
    note = decisions.WriteDownWhoCame(decision=matter, meeting=held, person=cast.omar.person, act=Act.PRESENT)
    do(note, by=cast.june)
    part = models.PartTaken.everything.get(decision=matter, person=cast.omar.person)
    do(decisions.AnswerWhatWasWritten(decision=matter, part=part.id, is_right=True), by=cast.omar)
    for who, act, comes_as, shown in (
        (cast.rosa, Act.SPOKE, ComesAs.PERSON, False),
        (cast.lena, Act.PRESENT, ComesAs.PERSON, False),
        (cast.devon, Act.VOTED, ComesAs.CARER, True),
        (cast.ana, Act.SPOKE, ComesAs.USER_LED, True),
    ):
        do(decisions.SayITookPart(decision=matter, meeting=held, act=act), by=who)
        do(decisions.SayWhatIComeAs(decision=matter, comes_as=comes_as, is_shown=shown), by=who)
        do(decisions.SayOfMyself(decision=matter, what="none"), by=who)
        access = decisions.SayIfYouCouldGetIn(decision=matter, meeting=held, met=Met.YES)
        do(access, by=who)
    group = models.Affected.everything.filter(decision=matter, person=None, ended_at=None).first()
    if group is not None:
        for who, what in ((cast.rosa, "none"), (cast.devon, "told")):
            do(decisions.SayIfTold(decision=matter, group=group.id, what=what), by=who)
    for who in (cast.omar, cast.dee):
        offer = decisions.OfferPay(
            decision=matter, person=who.person, meeting=held, activity="To speak", minutes=60, rate_pence=1500
        )
        do(offer, by=cast.june)
    row = models.PayOffer.everything.get(decision=matter, person=cast.omar.person)
    answer = decisions.AnswerOfferOfPay(decision=matter, offer=row.id, answer=PayAnswer.ACCEPTED)
    do(answer, by=cast.omar)
    do(decisions.SayItIsPaid(decision=matter, offer=row.id, paid_on=today), by=cast.june)
    do(decisions.SayIfItCame(decision=matter, offer=row.id, came=True), by=cast.omar)
    for who, shown in ((cast.ana, True), (cast.rosa, False)):
        do(decisions.TakeOnTask(decision=matter, words="I bake.", is_shown=shown), by=who)
    task = models.Task.everything.get(decision=matter, person=cast.ana.person)
    do(decisions.SayTaskIsDone(decision=matter, task=task.id), by=cast.ana)
    do(decisions.SayIfItBinds(decision=matter, binds=True), by=cast.june)
    claim = decisions.ClaimHowTogether(decision=matter, step=Together.CO_PRODUCTION, words="In our plan.")
    do(claim, by=cast.june)
    do(decisions.TakeBackOfMyself(decision=matter), by=cast.lena)
    deaf = decisions.SayWhoIsAmongThem(decision=matter, kind="deaf", people=6, source="Our list of March")
    do(deaf, by=cast.june)
    coming = models.Coming.everything.get(decision=matter, person=cast.lena.person)
    do(decisions.TakeBackWhatIComeAs(decision=matter, coming=coming.id), by=cast.lena)


def judged(cast: Cast, matter: UUID) -> None:
    """What two of them say of how it went, once it is decided."""
    for who, shown in ((cast.rosa, False), (cast.devon, True)):
        do(decisions.JudgeHowItWent(decision=matter, said=Went.WORKS, is_shown=shown), by=who)


def decided_hall(cast: Cast, matter: UUID) -> None:
    """The hall is decided without an answer of the people: with a reason, and a day to look again."""
    if not models.Decision.everything.get(id=matter).is_open:
        return
    soon = clock.today() + timedelta(days=20)
    for view in models.View.everything.filter(decision=matter, is_current=True).exclude(
        said_by=cast.june.person
    ):
        reply = decisions.ReplyToView(decision=matter, view=view.id, result="partly", words="We heard you.")
        do(reply, by=cast.june)
    do(
        decisions.DecideForPlace(
            decision=matter, outcome="agreed", reasons="It is used.", without_them="We told few.",
            review_on=soon,
        ),
        by=cast.june,
    )  # fmt: skip
