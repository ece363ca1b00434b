"""Behind the front door: words taken from sight, a mind that changed, and pay that came late."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.decisions.commands import (
    AnswerOfferOfPay,
    AnswerTaking,
    GiveViewOnPlace,
    LookAgain,
    NoteMeeting,
    OfferPay,
    SayIfItCame,
    SayItIsPaid,
    SayITookPart,
    TakeFromSight,
)
from alongside.topics.promises.commands import GiveVerdict, MakePromise, PassOnVerdict
from alongside.topics.promises.models import PromisedTo

DOOR = "Keep one door where you can walk in, and say it once there."


def behind_it(place: Place) -> Iterator[Story]:
    """Three stories around one decision."""
    decision = place.named("front door matter")
    yield _taken_from_sight(place, decision)
    yield _moved(place, decision)
    yield _paid_late(place, decision)


def _taken_from_sight(place: Place, decision: UUID) -> Story:
    """Devon is angry, and names a worker and her street. He is told why it went, and says it without them."""
    yield place.at(-221, 19)
    view, taken = place.named("front door view devon named her"), place.named("devon’s words")
    angry = "Sandra Pell at Mill Street hung up on me twice. She lives in Tanner Row. Ask her there."
    said = GiveViewOnPlace(decision=decision, view=view, position="against", words=angry, instead=DOOR)
    place.do("devon", said)
    yield place.at_work(-219, 9)
    why = "You may be angry, and say it. You named a worker and her street. Somebody could go there."
    take = TakeFromSight(decision=decision, what=f"view:{view}", reason="endangers", words=why)
    place.do("hana", take.having({"taken": taken}))
    yield place.at(-219, 20)
    answer = "She did hang up. Now nobody can read that."
    place.do("devon", AnswerTaking(decision=decision, taken=taken, words=answer, wants_another_look=True))
    yield place.at_work(-217, 11)
    stays = (
        "It stays away: her street was in it. What you think still counts. Say the rest again without her."
    )
    place.do("signe", LookAgain(decision=decision, taken=taken, puts_back=False, words=stays))
    yield place.at(-216, 19)
    again = GiveViewOnPlace(
        decision=decision,
        view=place.named("front door view devon"),
        position="against",
        words="I rang for my sister. Somebody hung up on me twice. At a desk nobody can.",
        instead=DOOR,
    )
    place.do("devon", again)


def _moved(place: Place, decision: UUID) -> Story:
    """Ana was for one number. What Precious said of being Deaf changed her mind, and Precious is told."""
    yield place.at(-221, 11)
    first = GiveViewOnPlace(
        decision=decision,
        view=place.named("front door view ana first"),
        position="for",
        words="One number is easy to keep in mind. We asked for it ourselves, years ago.",
    )
    place.do("ana", first)
    yield place.at(-218, 17)
    moved = GiveViewOnPlace(
        decision=decision,
        view=place.named("front door view ana"),
        position="for_if",
        words="One number, and two doors that stay open.",
        moved_by=f"evidence:{place.named('front door evidence precious')}",
        moved_words="I had not thought that a number can be a door that is shut.",
    )
    place.do("ana", moved)


def _paid_late(place: Place, decision: UUID) -> Story:
    """Pay was promised within thirty days. It came after three months; who got it says what that did."""
    yield place.at_work(-196, 10)
    meeting, offer = place.named("front door evening"), place.named("front door pay ana")
    evening = NoteMeeting(
        decision=decision,
        name="An evening on what the number must do",
        held_on=place.day(-190),
        stage="deliver",
    )
    place.do("alan", evening.having({"meeting": meeting}))
    pay = OfferPay(
        decision=decision,
        person=place.named("ana"),
        meeting=meeting,
        activity="Three hours on what the number must do",
        minutes=180,
        rate_pence=1500,
        expenses_pence=1200,
        benefit_advice=True,
        in_writing=True,
    )
    place.do("alan", pay.having({"offer": offer}))
    promise = MakePromise(
        organisation=place.named("council"),
        what="Pay everyone who comes to an evening about the number within thirty days",
        due_on=place.day(-160),
        decision=decision,
        group="Everyone who came to an evening about the number",
        group_of=place.named("ulo"),
        group_size=8,
        number=30,
        number_of="days",
        number_is="at_most",
    )
    promised = place.do("alan", promise.having({"promise": place.named("front door pay promise")}))
    yield place.at(-195, 12)
    place.do("ana", AnswerOfferOfPay(decision=decision, offer=offer, answer="accepted"))
    yield place.at(-189, 12)
    place.do("ana", SayITookPart(decision=decision, meeting=meeting, act="spoke"))
    yield place.at(-158, 12)
    place.do("ana", SayIfItCame(decision=decision, offer=offer, came=False))
    _verdict(place, promised, "not_kept", "It has not come. I paid the taxi from what I eat on.")
    yield place.at_work(-150, 10)
    _slip(place, promised)
    yield place.at_work(-101, 15)
    place.do("alan", SayItIsPaid(decision=decision, offer=offer, paid_on=place.past(-103)))
    yield place.at(-98, 12)
    place.do("ana", SayIfItCame(decision=decision, offer=offer, came=True, came_on=place.past(-98)))
    late = "It came after three months. People who can wait that long are not the people you need to hear."
    _verdict(place, promised, "partly", late)


def _verdict(place: Place, promise: UUID, said: str, words: str) -> None:
    made_to = PromisedTo.objects.seen_by(place.who("ana")).get(promise=promise)
    verdict = GiveVerdict(promise=promise, made_to=made_to.id, said=said, words=words, may_be_read=True)
    place.do("ana", verdict)


def _slip(place: Place, promise: UUID) -> None:
    """A member with no worker sends the slip back on paper, and their own organisation types it."""
    to = PromisedTo.objects.seen_by(place.who("ana")).get(promise=promise).id
    whose = [one for one, _name in PassOnVerdict.choices_within("member", place.who("ana"), {"made_to": to})]
    slip = PassOnVerdict(
        promise=promise,
        made_to=to,
        member=whose[0],
        paper="The slip of the first week of the month, in the post book under 17",
        spoken_on=place.past(-152),
        said="not_kept",
        words="No. I asked twice.",
    )
    place.do("ana", slip)
