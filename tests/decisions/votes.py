"""Matters that several decide together: for the tests of this room."""

from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Agree, Says, Who
from tests.decisions import acts
from tests.world import Cast


def hall(cast: Cast, change: str = "end", what: str = "Close the lunch club") -> UUID:
    """A matter about a place, with June as the one who decides it and the people it affects."""
    place = commands.RaiseAboutPlace(organisation=cast.council, what=what, change=change)
    decision = do(place, by=cast.june).thing
    do(commands.SayWhichPeople(decision=decision, group="Those who eat there", size=40), by=cast.june)
    return decision


def heard(cast: Cast, decision: UUID) -> models.View:
    """The people were told, one of them answered and was answered, and their time is up."""
    group = acts.latest(models.Affected, decision)
    do(
        commands.TellPeople(decision=decision, group=group.id, channel="talked_through", reached=30),
        by=cast.june,
    )
    do(
        commands.GiveViewOnPlace(decision=decision, position="against", words="No.", instead="Keep it."),
        by=cast.rosa,
    )
    view: models.View = acts.latest(models.View, decision)
    acts.replied(decision, cast.june, view.id)
    clock.advance(days=30)
    return view


def seated(cast: Cast, decision: UUID, *members: Actor, is_member: bool = False) -> None:
    for one in members:
        offer = commands.OfferVote(decision=decision, person=one.person, is_member=is_member)
        do(offer, by=cast.june)
        seat = acts.latest(models.Seat, decision)
        if seat.needs_agreement:
            do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.ana)
        if seat.answered_at is None:
            do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True), by=one)


def together(cast: Cast, decision: UUID, agree: Agree = Agree.ALL, **more: object) -> None:
    rule = commands.SayWhoDecides(decision=decision, who=Who.PANEL, agree=agree, **more)
    do(rule, by=cast.june)


def put(cast: Cast, decision: UUID, by: Actor | None = None, **more: object) -> UUID:
    wish = commands.PutToThem(
        decision=decision, **{"outcome": "agreed", "reasons": "The roof is not safe.", **more}
    )
    do(wish, by=by or cast.june)
    found: UUID = acts.latest(models.Proposal, decision).id
    return found


def says(decision: UUID, proposal: UUID, by: Actor, answer: Says = Says.YES) -> None:
    said = commands.SayYesOrNo(decision=decision, proposal=proposal, answer=answer, reasons="So I see it.")
    do(said, by=by)


def panel(cast: Cast, agree: Agree = Agree.HALF, **more: object) -> tuple[UUID, UUID]:
    """June, Omar and Ana, who draws on care, decide together; what they decide is put to them."""
    decision = hall(cast)
    seated(cast, decision, cast.omar)
    seated(cast, decision, cast.ana, is_member=True)
    together(cast, decision, agree, **more)
    heard(cast, decision)
    return decision, put(cast, decision)
