"""Promises in states of their own: too early, another day asked for, a slip put right, handed over, held."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import judges, promises, reports
from alongside.topics.promises.commands import (
    AnswerCorrection,
    GiveVerdict,
    HandOverPromise,
    OfferCorrection,
    ProposeDate,
)
from alongside.topics.promises.models import OfferedWords, PromisedTo, Said


def promised(place: Place) -> Iterator[Story]:
    """One story for each state."""
    yield _too_early(place)
    yield _another_day(place)
    yield _a_slip(place)
    yield _a_slip_that_waits(place)
    yield _handed_over(place)
    yield _kept_to_herself(place)


def _too_early(place: Place) -> Story:
    yield place.at_work(-20, 10)
    promise = promises(place, "grace", "samira", "Find you a quiet desk at the college", place.day(30))
    yield place.at(-6, 19)
    judges(place, "samira", promise, Said.TOO_EARLY, "They have shown me one desk. It is by the door.")


def _another_day(place: Place) -> Story:
    yield place.at_work(-40, 10)
    promise = promises(place, "omar", "ana", "Fit a door that opens by itself", place.day(10), owner="farah")
    yield place.at_work(-5, 10)
    reports(place, "farah", promise, 40, "The frame is in. The motor comes from abroad.")
    place.do(
        "farah",
        ProposeDate(promise=promise, due_on=place.day(45), why="The motor is late. We heard it today."),
    )


def _a_slip(place: Place) -> Story:
    yield place.at_work(-13, 10)
    promise = promises(place, "joel", "nisha", "Read you the letters that come on Fridys", place.day(20))
    yield place.at_work(-12, 10)
    right = "Read you the letters that come on Fridays"
    place.do("joel", OfferCorrection(promise=promise, what=right, why="A letter was missing in Fridays."))
    yield place.at(-10, 18)
    nisha = place.who("nisha")
    offer = OfferedWords.objects.seen_by(nisha).get(promise=promise)
    made_to = PromisedTo.objects.seen_by(nisha).get(promise=promise, person=nisha.person)
    place.do(nisha, AnswerCorrection(promise=promise, offer=offer.id, made_to=made_to.id, agrees=True))


def _a_slip_that_waits(place: Place) -> Story:
    yield place.at_work(-4, 10)
    promise = promises(place, "grace", "samira", "Ask for the timetable in large prnt", place.day(25))
    yield place.at_work(-2, 10)
    right = "Ask for the timetable in large print"
    place.do("grace", OfferCorrection(promise=promise, what=right, why="It was typed in a hurry."))


def _handed_over(place: Place) -> Story:
    yield place.at_work(-60, 10)
    promise = promises(place, "bethan", "ravi", "Ask for a bus stop nearer to your door", place.day(-5))
    yield place.at_work(-25, 10)
    place.do(
        "bethan",
        HandOverPromise(promise=promise, owned_by=place.named("callum"), why="Bethan is away until spring."),
    )


def _kept_to_herself(place: Place) -> Story:
    yield place.at_work(-30, 10)
    promise = promises(place, "joel", "nisha", "Come on time, or ring before", place.day(-8))
    yield place.at(-4, 20)
    nisha = place.who("nisha")
    made_to = PromisedTo.objects.seen_by(nisha).get(promise=promise, person=nisha.person)
    place.do(
        nisha,
        GiveVerdict(
            promise=promise,
            made_to=made_to.id,
            said=Said.NOT_KEPT,
            words="He is nice. I do not want him to be in trouble.",
            is_held=True,
        ),
    )
