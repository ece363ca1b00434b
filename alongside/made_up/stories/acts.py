"""The steps that many stories share: raising, telling, answering, deciding, promising, judging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.made_up.place import LIVES, Place
from alongside.topics.decisions.commands import (
    AskForCheck,
    Decide,
    GiveView,
    MarkReached,
    OpenIt,
    RaiseDecision,
    ReplyToView,
    SayIfAnswered,
    Tell,
)
from alongside.topics.decisions.models import ChallengeAsked, Checker, ConcernAsked
from alongside.topics.promises.commands import GiveVerdict, MakePromise, ReportProgress
from alongside.topics.promises.models import PromisedTo

AT_A_SCREEN = ("email", "text")
ON_PAPER = ("letter", "letter_large", "letter_easy_read", "audio")


def raises(place: Place, by: str, key: str, what: str, change: str, why: str = "") -> UUID:
    """Somebody says what needs deciding in a life."""
    return place.do(by, RaiseDecision(person=place.named(key), what=what, change=change, why=why))


def tells(place: Place, by: str, decision: UUID, key: str, *, channel: str = "") -> UUID:
    """Word is sent, in the way and the form that the person asked for. Gives the telling."""
    life = LIVES[key]
    channel = channel or life.way
    telling = place.named(f"telling {decision} {key} {channel} {place.lines}")
    place.do(
        by,
        Tell(
            decision=decision,
            telling=telling,
            person=place.named(key),
            channel=channel,
            format=life.format,
            sign="sent",
        ),
    )
    return telling


def asked_of(place: Place, decision: UUID, key: str) -> Actor:
    """The one outside the line whose turn it is to take down, or check, what the person says."""
    asked = Checker.everything.filter(decision=decision, person=place.named(key), check_of__isnull=False)
    return Actor(person=asked.order_by("asked_at", "id")[asked.count() - 1].checker, strong=True)


def answerer_of(place: Place, challenge: UUID) -> Actor:
    """The one outside the line that decided, whose turn it is to answer that it was wrong."""
    asked = ChallengeAsked.everything.filter(challenge=challenge, ended_at=None).order_by("asked_at", "id")
    return Actor(person=asked[asked.count() - 1].asked, strong=True)


def taker_of(worry: UUID) -> Actor:
    """The one outside the duty team whose turn it is to take up a worry that nobody on duty did."""
    asked = list(ConcernAsked.asked_now(worry))
    return Actor(person=asked[-1].asked, strong=True)


def asks_to_check(place: Place, by: str, decision: UUID, key: str) -> None:
    """Those who decide ask that somebody outside their line takes down what the person says."""
    place.do(by, AskForCheck(decision=decision, person=place.named(key)))


def voice(place: Place, key: str, decision: UUID) -> Actor:
    """Somebody as they answer: at a screen, by a code, or with their words written down by another."""
    way = LIVES[key].way
    if way == "email":
        return place.who(key)
    if way == "text":
        return place.who(key, way="code", only=decision)
    typist = asked_of(place, decision, key)
    how = "paper" if way in ON_PAPER else "phone"
    return replace(place.who(key), typed_by=typist.person, how=how, strong=True)


def instead(position: str) -> str:
    """What somebody wants instead, who does not agree."""
    return "Leave it as it is, until we have talked about it." if position == "against" else ""


def answers(
    place: Place,
    key: str,
    decision: UUID,
    position: str,
    words: str,
    *,
    telling: UUID | None = None,
    option: UUID | None = None,
) -> UUID:
    """The person says what they think, in their own way. Gives the view."""
    actor = voice(place, key, decision)
    if telling is not None and LIVES[key].way in AT_A_SCREEN:
        place.do(actor, OpenIt(decision=decision, telling=telling))
    elif telling is not None and LIVES[key].way in ON_PAPER:
        place.do(asked_of(place, decision, key), MarkReached(decision=decision, telling=telling, sign="slip"))
    view = place.named(f"view {decision} {key} {place.lines}")
    given = GiveView(
        decision=decision, view=view, position=position, option=option, words=words, instead=instead(position)
    )
    place.do(actor, given)
    return view


def replies(place: Place, by: str, decision: UUID, view: UUID, result: str, words: str) -> UUID:
    """Those who decide answer a view. Gives the reply."""
    reply = place.named(f"reply {view} {place.lines}")
    place.do(by, ReplyToView(decision=decision, reply=reply, view=view, result=result, words=words))
    return reply


def judges_reply(place: Place, key: str, decision: UUID, reply: UUID, answered: str, words: str = "") -> None:
    """Whoever gave the view says whether the reply answers them."""
    actor = voice(place, key, decision)
    place.do(actor, SayIfAnswered(decision=decision, reply=reply, answered=answered, words=words))


def decides(
    place: Place,
    by: str,
    decision: UUID,
    outcome: str,
    reasons: str,
    *,
    option: UUID | None = None,
    would_change: str = "Tell us when things change for you. We then look at it anew.",
) -> None:
    """It is decided. A no says what would change it."""
    change = would_change if outcome == "not_agreed" else ""
    place.do(
        by, Decide(decision=decision, outcome=outcome, reasons=reasons, option=option, would_change=change)
    )


def promises(
    place: Place,
    by: str,
    key: str,
    what: str,
    due_on: date,
    *,
    decision: UUID | None = None,
    owner: str = "",
    body: str = "council",
) -> UUID:
    """Somebody promises somebody something, by a day."""
    return place.do(
        by,
        MakePromise(
            organisation=place.named(body),
            what=what,
            due_on=due_on,
            person=place.named(key),
            decision=decision,
            owned_by=place.named(owner) if owner else None,
            office=place.named(f"{owner} office") if owner in ("farah", "jess", "alan") else None,
        ),
    )


def reports(place: Place, by: str, promise: UUID, percent: int, words: str, evidence: str = "") -> None:
    """The owner says how far it is."""
    place.do(by, ReportProgress(promise=promise, percent=percent, words=words, evidence=evidence))


OUTSIDE_THE_LINE = ("farah", "jess", "kit", "alan")  # owners in whose line no social worker stands


def judges(place: Place, key: str, promise: UUID, said: str, words: str = "", *, owner: str = "") -> None:
    """The person says whether it was kept: themself, or to a worker outside the owner’s line."""
    person = place.who(key)
    made_to = PromisedTo.objects.seen_by(person).get(promise=promise, person=person.person)
    place.do(
        judging_voice(place, key, promise, owner),
        GiveVerdict(promise=promise, made_to=made_to.id, said=said, words=words),
    )


def judging_voice(place: Place, key: str, promise: UUID, owner: str) -> Actor:
    """Somebody as they say how a promise went: at a screen, to their worker, or with the code of a letter."""
    life = LIVES[key]
    if life.way == "email":
        return place.who(key)
    if life.way != "text" and owner in OUTSIDE_THE_LINE:
        return place.who(key, typed_by=life.worker, how="paper" if life.way in ON_PAPER else "phone")
    return place.who(key, way="code", only=promise)
