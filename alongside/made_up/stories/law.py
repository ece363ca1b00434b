"""What the law allows and asks: grounds, urgent help, silence, declining, dropping, one's own life."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

from alongside.kernel import clock
from alongside.made_up.conductor import Story
from alongside.made_up.place import LIVES, STAFF, Place
from alongside.made_up.stories.acts import (
    answers,
    asks_to_check,
    decides,
    promises,
    raises,
    taker_of,
    tells,
    voice,
)
from alongside.topics.decisions.commands import (
    ActUrgently,
    DecideForMyself,
    Decline,
    FinishReview,
    GiveView,
    LookAtGround,
    NoteWhatTheyShow,
    OfferHelp,
    RaiseConcern,
    RaiseDecision,
    RecordGround,
    RecordSafeguard,
    ReplyToWhatTheyShow,
    StartHelpWithoutAnswer,
    TakeConcern,
    Tell,
    Withdraw,
)
from alongside.topics.decisions.models import Review


def lawful(place: Place) -> Iterator[Story]:
    """One story for each way in which the law has a say."""
    yield _ground(place, "arthur", "joyce", start=-110, days=80)
    yield _ground(place, "beatrix", "sol", start=-45, days=120)
    yield _in_a_hurry(place, "yetunde", start=-2, involved=False)
    yield _in_a_hurry(place, "pat", start=-36, involved=True)
    yield _in_a_hurry(place, "walter", start=-21, involved=False)
    yield _silence(place, "hugh")
    yield _declined(place, "frank")
    yield _dropped(place, "bill")
    yield _own_life(place, "samira")
    yield _worry(place, start=-30, taken=True)
    yield _worry(place, start=-2, taken=False)
    yield _worry_goes_further(place, start=-13)
    yield _new_here(place)


def _ground(place: Place, key: str, asked: str, *, start: int, days: int) -> Story:
    """Somebody who cannot decide this now: what they show is written down and answered."""
    worker = LIVES[key].worker
    yield place.at_work(start, 10)
    decision = raises(
        place,
        worker,
        key,
        "Move to a room on the ground floor at Bramley House",
        "move",
        "The stairs are no longer safe, and the lift is often out of order.",
    )
    yield place.at_work(start + 1, 10)
    tells(place, worker, decision, key)
    place.do(
        worker,
        OfferHelp(
            decision=decision, what="visit", channel="visit", words="Sat together for an hour, with pictures."
        ),
    )
    shown = place.named(f"{key} shows")
    place.do(
        worker,
        NoteWhatTheyShow(
            decision=decision,
            row=shown,
            words="Goes to the garden door each day, and smiles at the birds there.",
            shown_on=clock.today(),
        ),
    )
    yield from _recorded(place, key, decision, shown, asked, start, days)


def _recorded(
    place: Place, key: str, decision: UUID, shown: UUID, asked: str, start: int, days: int
) -> Story:
    """The ground with its safeguards and its evidence, and what is decided by it."""
    worker = LIVES[key].worker
    yield place.at_work(start + 6, 14)
    for code, words in (
        ("involved_anyway", "Saw both rooms, twice, with photographs to point at."),
        ("least_restrictive", "We looked at a stair lift and at one more helper. Neither was safe enough."),
        ("advocate", "An advocate was asked and came along."),
    ):
        place.do(worker, RecordSafeguard(decision=decision, code=code, words=words))
    evidence = {
        "capacity_decision": "Which room to live in at Bramley House.",
        "functional_limb": "weigh",
        "causal_nexus": "A stroke last year makes it hard to hold two things in mind.",
        "help_given": "Photographs, two visits, a quiet morning, a friend’s voice.",
        "assessed_by": "Dr Ellen Marsh",
        "assessed_on": place.past(start + 4).isoformat(),
        "consulted": f"{LIVES[asked].name if asked in LIVES else 'An advocate'} was asked, and agrees.",
        "wishes_feelings": "Wants to see the birds. The new room has the garden door.",
        "less_restrictive": "A stair lift. One more helper. Waiting for the lift to be mended.",
    }
    ground = place.named(f"{key} reason")
    place.do(
        worker,
        RecordGround(
            decision=decision,
            ground=ground,
            code="best_interests",
            evidence=json.dumps(evidence, ensure_ascii=False),
            ends_on=place.day(start + days),
        ),
    )
    place.do(
        worker,
        ReplyToWhatTheyShow(
            decision=decision, shown=shown, reply="The room with the garden door, and a bird table outside."
        ),
    )
    yield place.at_work(start + 7, 11)
    looker = asked if asked in STAFF else "dee"
    words = "I sat in both rooms, twice. It is as it is written: the birds are what is asked for each day."
    place.do(looker, LookAtGround(decision=decision, ground=ground, said="seen", how="saw", words=words))
    yield place.at_work(start + 9, 11)
    decides(
        place, worker, decision, "agreed", "It is the room with the garden door. We look at it again in time."
    )
    yield place.at_work(start + 10, 11)
    promises(
        place, worker, key, "Put up a bird table outside the window", place.day(start + 24), decision=decision
    )
    yield from _asked_again(place, key, decision, start + days)


def _asked_again(place: Place, key: str, before: UUID, lapsed: int) -> Story:
    """The legal reason has lapsed and care went on. Now the person answers for themself."""
    worker = LIVES[key].worker
    yield place.at_work(lapsed + 5, 10)
    what = "Stay in the room with the garden door at Bramley House, or go back upstairs"
    decision = raises(place, worker, key, what, "move", "You can say it yourself now.")
    yield place.at_work(lapsed + 6, 10)
    tells(place, worker, decision, key)
    asks_to_check(place, worker, decision, key)
    yield place.at_work(lapsed + 9, 14)
    answers(place, key, decision, "for", "I stay with the birds. Ask me, not my file.")
    yield place.at_work(lapsed + 11, 10)
    decides(place, worker, decision, "agreed", "It is your room. You said it yourself.")
    seen = Review.objects.seen_by(place.who(worker)).filter(decision=before, done_at=None)
    for review in seen:
        words = "Talked for an hour. The stroke is better, and this is decided anew, in person."
        place.do(worker, FinishReview(decision=before, review=review.id, words=words))


def _in_a_hurry(place: Place, key: str, *, start: int, involved: bool) -> Story:
    worker = LIVES[key].worker
    yield place.at_work(start, 16)
    decision = place.do(
        worker,
        ActUrgently(
            person=place.named(key),
            what="Somebody stays with you at night, from tonight",
            change="start",
            words="You fell last night and lay on the floor for four hours.",
        ),
    )
    yield place.at_work(start + 1, 9)
    place.do(worker, Tell(decision=decision, channel="phone", sign="message_left"))
    if involved:
        asks_to_check(place, worker, decision, key)
        yield place.at_work(start + 2, 11)
        telling = tells(place, worker, decision, key)
        answers(place, key, decision, "for", "Stay until my hip is better. Then no more.", telling=telling)
        yield place.at_work(start + 5, 10)
        decides(
            place, worker, decision, "agreed", "Night help goes on until your hip is better, as you said."
        )


def _silence(place: Place, key: str) -> Story:
    """Nobody knows what he wants. The offers were made, so help may start; nothing may be taken away."""
    worker = LIVES[key].worker
    yield place.at_work(-50, 10)
    decision = raises(
        place, worker, key, "Help with meals three times a week", "start", "You have lost weight since June."
    )
    yield place.at_work(-49, 10)
    tells(place, worker, decision, key)
    yield place.at_work(-42, 10)
    place.do(worker, Tell(decision=decision, channel="phone", sign="message_left"))
    yield place.at_work(-37, 14)
    place.do(
        worker,
        OfferHelp(
            decision=decision, what="advocate", channel="visit", words="Nobody came to the door. Left a card."
        ),
    )
    yield place.at_work(-36, 9)
    place.do(
        worker,
        StartHelpWithoutAnswer(
            decision=decision, words="A hot meal is left with your neighbour, whom you asked before."
        ),
    )


def _declined(place: Place, key: str) -> Story:
    worker = LIVES[key].worker
    yield place.at_work(-64, 10)
    decision = raises(
        place, worker, key, "A new bed that goes up and down", "start", "It would save your helpers’ backs."
    )
    yield place.at_work(-62, 10)
    tells(place, worker, decision, key)
    asks_to_check(place, worker, decision, key)
    yield place.at_work(-57, 14)
    place.do(voice(place, key, decision), Decline(decision=decision, words="Ask me about the roof first."))
    yield place.at_work(-50, 14)
    decides(
        place,
        worker,
        decision,
        "not_agreed",
        "You did not want to talk about the bed. It stays as it is.",
        would_change="A word from you. You can ask for the bed on any day.",
    )


def _dropped(place: Place, key: str) -> Story:
    worker = LIVES[key].worker
    yield place.at_work(-33, 10)
    decision = raises(
        place, worker, key, "Move your lunch club to Hill Road", "move", "The hall in Mill Street is cold."
    )
    yield place.at_work(-31, 10)
    tells(place, worker, decision, key)
    yield place.at_work(-24, 10)
    place.do(worker, Withdraw(decision=decision, words="The heating was mended. There is no need any more."))


def _own_life(place: Place, key: str) -> Story:
    yield place.at(-29, 20)
    decision = place.do(
        key,
        RaiseDecision(
            person=place.named(key),
            what="I go back to college in January, two days a week",
            change="start",
            is_own=True,
        ),
    )
    yield place.at(-27, 20)
    place.do(
        key, DecideForMyself(decision=decision, words="I have signed up. It is a course in sound design.")
    )


def _worry(place: Place, *, start: int, taken: bool) -> Story:
    yield place.at(start, 21)
    concern = place.named(f"worry {start}")
    place.do(
        "stranger",
        RaiseConcern(
            concern=concern,
            organisation=place.named("council"),
            words="The curtains at 14 Mill Street have not moved for three days. I do not know the name."
            if taken
            else "An old man in Quarry Lane shouts for help at night.",
        ),
        anonymous=True,
    )
    if taken:
        yield place.at_work(start + 1, 9)
        place.do(
            "dee", TakeConcern(concern=concern, came_of="Called there at ten. He was at his daughter’s.")
        )


def _worry_goes_further(place: Place, *, start: int) -> Story:
    """The whole duty team is away. Somebody outside of it is asked, and looks into it."""
    yield place.at(start, 19)
    worry = place.named("worry that goes further")
    words = "Over the bakery there is shouting every evening, and a woman cries. Nobody opens."
    told = RaiseConcern(concern=worry, organisation=place.named("council"), words=words)
    place.do("stranger", told, anonymous=True)
    yield place.at(start + 6, 12)
    came = "I went there with a colleague. She is with her sister now, and has a number to ring."
    place.do(taker_of(worry), TakeConcern(concern=worry, came_of=came))


def _new_here(place: Place) -> Story:
    """Told, and a view typed by the deciders' own line, which opens nothing until somebody else checks it."""
    key = "nell"
    yield place.at_work(-13, 10)
    decision = raises(
        place,
        "priya",
        key,
        "Your help with washing goes from a woman to whoever is free",
        "restrict",
        "There are few women on the list this month.",
    )
    yield place.at_work(-12, 10)
    tells(place, "priya", decision, key)
    yield place.at_work(-8, 10)
    place.do(
        place.who(key, typed_by="priya", how="phone"),
        GiveView(decision=decision, position="for", words="Nell says that it is all right."),
    )
