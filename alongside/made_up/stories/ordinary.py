"""A year of ordinary decisions: many people, each told in their own way, each with something to say."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import LIVES, Place
from alongside.made_up.stories.acts import (
    AT_A_SCREEN,
    answers,
    asks_to_check,
    decides,
    judges,
    judges_reply,
    promises,
    raises,
    replies,
    reports,
    tells,
    voice,
)
from alongside.made_up.stories.did import what_it_did
from alongside.made_up.stories.subjects import EVERYDAY, SUBJECTS, Subject
from alongside.topics.decisions.commands import AddOption, AgreeEveryday, OpenIt, SayIfAgreed, UndoEveryday
from alongside.topics.decisions.models import SaysAgreed

TOLD_APART = {"rosa", "lena", "devon", "ana"}  # they have stories of their own
FIRST_DAY, BUSY_FROM = -350, -170

SAY_OF_IT = ("yes", "yes", "", "yes", "otherwise", "", "yes", "", "no", "yes", "")
OTHERWISE = "Not every week. We said: when it suits both of us."
WENT_WELL = ("It came on the day they said.", "It works well.", "They rang me first. Good.", "")
HALF = ("It came, but two weeks late.", "Some days they come, some days they do not.")
NOT_AT_ALL = ("Nobody came, and nobody rang.", "I am still waiting.", "I asked twice and heard nothing.")


def ordinary(place: Place) -> Iterator[Story]:
    """Every ordinary story of the year, each with a life and a chance of its own."""
    keys = [key for key in LIVES if key not in TOLD_APART]
    place.random.shuffle(keys)
    day, number = FIRST_DAY, 0
    while day < -1:
        key = keys[number % len(keys)]
        subject = SUBJECTS[(number * 7 + number // len(SUBJECTS)) % len(SUBJECTS)]
        yield _weighty(place, key, subject, day, Random(place.random.random()), number)
        what = EVERYDAY[number % len(EVERYDAY)]
        other = keys[(number * 3 + 5) % len(keys)]
        said = "" if number % 9 == 4 else SAY_OF_IT[number % len(SAY_OF_IT)]
        yield _everyday(place, other, what, day + 1, undone=number % 9 == 4, read=number % 4 != 3, said=said)
        if day >= BUSY_FROM:
            yield _small_promise(place, keys[(number * 5 + 1) % len(keys)], number, day)
            yield _small_promise(place, keys[(number * 5 + 3) % len(keys)], number + 3, day + 1)
        day += 1 if day >= BUSY_FROM else 3
        number += 1


def _weighty(place: Place, key: str, subject: Subject, start: int, chance: Random, number: int) -> Story:
    life = LIVES[key]
    worker = life.worker
    yield place.at_work(start, 9 + chance.randrange(8), chance.randrange(60))
    by = key if subject.asked_for and life.way in AT_A_SCREEN else worker
    decision = raises(place, by, key, subject.what, subject.change, subject.why)
    option = None
    if subject.outcome == "agreed_with_changes":
        option = place.named(f"three days {decision}")
        place.do(
            worker,
            AddOption(
                decision=decision, option=option, name="Three days, with your friends", change=subject.change
            ),
        )
    yield place.at_work(start + 2, 11)
    telling = tells(place, worker, decision, key)
    if life.way not in AT_A_SCREEN:
        asks_to_check(place, worker, decision, key)
    if chance.random() < 0.06:
        return  # nobody has answered: it waits
    yield place.at_work(start + 4 + chance.randrange(7), 14, chance.randrange(60))
    view = answers(place, key, decision, subject.position, subject.words, telling=telling)
    yield place.at_work(start + 12 + chance.randrange(3), 10)
    if subject.reply:
        reply = replies(place, worker, decision, view, subject.result, subject.reply)
        yield place.at(start + 14, 18)
        if chance.random() < 0.7:
            judges_reply(place, key, decision, reply, chance.choice(("yes", "yes", "partly", "no")))
    yield place.at_work(start + 16, 15)
    decides(place, worker, decision, subject.outcome, subject.reasons, option=option)
    if subject.promise:
        yield from _promised(place, key, subject, decision, start + 17, chance)
    if number % 6 == 2:
        yield from what_it_did(place, key, decision, subject.outcome, start + 48, number // 6)


def _promised(place: Place, key: str, subject: Subject, decision: UUID, start: int, chance: Random) -> Story:
    owner = subject.owner or LIVES[key].worker
    yield place.at_work(start, 9, 30)
    days = 14 + chance.randrange(3) * 7
    promise = promises(
        place,
        LIVES[key].worker,
        key,
        subject.promise,
        place.day(start + days),
        decision=decision,
        owner=subject.owner,
    )
    luck = chance.random()
    yield place.at_work(start + days // 2, 16)
    reports(place, owner, promise, 40, "The work is planned.")
    if luck < 0.75:
        yield place.at_work(start + days - 1, 16)
        reports(place, owner, promise, 100, "We say that this is done.")
    if luck > 0.83:
        return  # silence: no answer yet, and never "kept"
    yield place.at(start + days + 2 + chance.randrange(6), 19)
    if luck < 0.5:
        judges(place, key, promise, "kept", chance.choice(WENT_WELL), owner=owner)
    elif luck < 0.68:
        judges(place, key, promise, "partly", chance.choice(HALF), owner=owner)
    else:
        judges(place, key, promise, "not_kept", chance.choice(NOT_AT_ALL), owner=owner)


SMALL_PROMISES = (
    "Ring you back about the bus pass",
    "Send you the form in large print",
    "Ask the chemist to bring your tablets",
    "Find out when the lift is mended",
    "Write down what we agreed, and post it to you",
    "Ask the next visitor to bring the key",
)


def _small_promise(place: Place, key: str, number: int, start: int) -> Story:
    """Something promised in passing, in a visit or on the telephone."""
    worker = LIVES[key].worker
    yield place.at_work(start, 12, 10)
    what = SMALL_PROMISES[number % len(SMALL_PROMISES)]
    promise = promises(place, worker, key, what, place.day(start + 7))
    if number % 8 != 3:
        yield place.at_work(start + 6, 12)
        reports(place, worker, promise, 100, "Done, we say.")
    if number % 5 == 4:
        return
    yield place.at(start + 9, 18)
    said = ("kept", "not_kept", "kept", "partly", "kept", "kept")[number % 6]
    words = {"kept": WENT_WELL, "partly": HALF, "not_kept": NOT_AT_ALL}[said]
    judges(place, key, promise, said, words[number % len(words)])


def _everyday(
    place: Place, key: str, agreed: tuple[str, str, str], start: int, *, undone: bool, read: bool, said: str
) -> Story:
    """Agreed in a visit and typed by the worker. Those at a screen mostly read it, and many say if it was so;
    others only heard it."""
    what, change, words = agreed
    worker, telling = LIVES[key].worker, place.named(f"everyday {key} {start}")
    yield place.at_work(start, 13, 20)
    decision = place.do(
        worker,
        AgreeEveryday(
            person=place.named(key),
            telling=telling,
            what=what,
            change=change,
            words=words,
            channel="talked_through",
        ),
    )
    if read and LIVES[key].way in AT_A_SCREEN:
        yield place.at(start + 2, 20)
        place.do(voice(place, key, decision), OpenIt(decision=decision, telling=telling))
        if said:
            words = {"otherwise": OTHERWISE, "no": "I said that I would think about it."}.get(said, "")
            answer = SayIfAgreed(decision=decision, said=SaysAgreed(said), words=words)
            place.do(voice(place, key, decision), answer)
    if undone:
        yield place.at(start + 6, 17)
        place.do(
            key, UndoEveryday(decision=decision, words="I thought about it again. I liked it better before.")
        )
