"""Somebody asks for another worker, is told no, says that it is wrong, and is heard. Another still waits."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import (
    answerer_of,
    answers,
    decides,
    judges,
    promises,
    replies,
    reports,
    tells,
)
from alongside.topics.decisions.commands import (
    AnswerChallenge,
    ChallengeIt,
    ChooseWhoSees,
    GiveView,
    RaiseDecision,
    SayWhatILearnt,
    SayWhatItDid,
)
from alongside.topics.decisions.models import Did, Sees


def another_worker(place: Place) -> Iterator[Story]:
    """Ewan, from the first word to what it did; and George, who waits for an answer."""
    yield _ewan(place)
    yield _george(place)


def _asks(place: Place, key: str, words: str, matters: str) -> tuple[UUID, UUID]:
    what = "I ask for another worker."
    decision = place.do(key, RaiseDecision(person=place.named(key), what=what, change="worker"))
    view = place.named(f"{key} on another worker")
    place.do(key, GiveView(decision=decision, view=view, position="for", words=words, interest=matters))
    return decision, view


def _refused(place: Place, decision: UUID, view: UUID) -> None:
    words = "Nobody in West is free before spring."
    replies(place, "moira", decision, view, "not_adopted", words)
    change = "A worker with a free place, or one of another team."
    decides(place, "moira", decision, "not_agreed", "Nobody in West is free.", would_change=change)


def _challenges(place: Place, key: str, decision: UUID) -> UUID:
    challenge = place.named(f"{key} says that it is wrong")
    wants = "A worker of any team, who tells me what they think."
    say = ChallengeIt(
        decision=decision, challenge=challenge, wrong="Nobody asked the other teams.", wants=wants
    )
    place.do(key, say)
    return challenge


def _ewan(place: Place) -> Story:
    """He wants somebody more robust. It is refused, opened again, agreed, judged, and learnt from."""
    yield place.at(-120, 19)
    said = "He talks to my brother and not to me. I want someone more robust, who argues to my face."
    decision, view = _asks(place, "ewan", said, "Somebody who knows direct payments.")
    yield place.at_work(-116, 11)
    telling = tells(place, "moira", decision, "ewan")
    yield place.at(-115, 19)
    view = answers(place, "ewan", decision, "for", said, telling=telling)
    yield place.at_work(-110, 11)
    _refused(place, decision, view)
    yield place.at(-107, 20)
    challenge = _challenges(place, "ewan", decision)
    yield place.at_work(-100, 14)
    right = AnswerChallenge(
        decision=decision,
        challenge=challenge,
        finding="upheld",
        reasons="Three teams have a free place. They were not asked.",
    )
    place.do(answerer_of(place, challenge), right)
    yield from _again(place, decision)


def _again(place: Place, decision: UUID) -> Story:
    yield place.at_work(-99, 10)
    telling = tells(place, "moira", decision, "ewan")
    yield place.at(-97, 19)
    view = answers(place, "ewan", decision, "for", "I stand by what I said.", telling=telling)
    yield place.at_work(-94, 10)
    decides(place, "moira", decision, "agreed", "Omar has a free place, and says what he thinks.")
    worker = promises(
        place, "moira", "ewan", "You have a new worker, whom you met first", place.day(-75), decision=decision
    )
    handover = promises(
        place,
        "moira",
        "ewan",
        "Callum hands over to the new worker while you are in the room",
        place.day(-70),
        decision=decision,
    )
    yield place.at(-90, 20)
    place.do("ewan", ChooseWhoSees(decision=decision, view=view, sees=Sees.EVERYONE))
    yield place.at_work(-76, 10)
    reports(place, "moira", worker, 100, "Omar and Ewan met twice.")
    yield place.at(-68, 20)
    judges(place, "ewan", worker, "kept", "He argues. Good.")
    judges(place, "ewan", handover, "partly", "Callum came late, and had to go.")
    effect = place.named("what it did to ewan")
    did = SayWhatItDid(
        decision=decision,
        effect=effect,
        said=Did.BETTER,
        words="I ring him myself now. Nobody rings my brother about me.",
    )
    place.do("ewan", did)
    yield place.at_work(-61, 10)
    learnt = SayWhatILearnt(
        decision=decision,
        effects=[effect],
        learnt="We asked one team only. We should have asked all of them.",
        will_do="We ask every team before we say no.",
    )
    place.do("moira", learnt)


def _george(place: Place) -> Story:
    """A challenge under way."""
    yield place.at(-30, 20)
    said = "We do not understand each other. I want somebody who speaks Yoruba."
    decision, _view = _asks(place, "george", said, "To speak my own language about my own body.")
    yield place.at_work(-28, 11)
    telling = tells(place, "moira", decision, "george")
    yield place.at(-26, 19)
    view = answers(place, "george", decision, "for", said, telling=telling)
    yield place.at_work(-18, 11)
    _refused(place, decision, view)
    yield place.at(-8, 20)
    _challenges(place, "george", decision)
