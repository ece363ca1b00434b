"""A day place stays open longer: asked for by a carer, decided together, half of a word kept."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.places import people, raises, to_members, views_of
from alongside.topics.decisions.commands import AddOption, DecideForPlace, ReplyToView, SayIfAnswered, TakeUp
from alongside.topics.promises.commands import ReportProgress, SayFigure

OAKWAY = -255  # days: when those who run it take it up


def until_six(place: Place) -> Iterator[Story]:
    """The whole story, in one."""
    yield _six_o_clock(place)


def _six_o_clock(place: Place) -> Story:
    """An unpaid carer asks for it; those who run it take it up, and ask those who go there."""
    yield place.at(OAKWAY - 2, 19)
    decision = raises(
        place,
        "liz",
        "Oakway Days stays open until six",
        "increase",
        "Carers who work cannot come at four o’clock.",
        body="oakway",
    )
    yield place.at_work(OAKWAY, 10)
    place.do("kit", TakeUp(decision=decision))
    people(
        place, "kit", decision, "Everyone who goes to Oakway Days", 44, reached=37, channel="talked_through"
    )
    yield from _thought_over(place, decision)


def _thought_over(place: Place, decision: UUID) -> Story:
    """A way is hers, what somebody asks for is done, and it is decided."""
    yield place.at(OAKWAY + 3, 18)
    place.do(
        "liz",
        AddOption(
            decision=decision,
            option=place.named("until six, home at four"),
            name="Open until six, and whoever wants goes home at four",
            change="increase",
            words="Each one says in the morning when they go home.",
        ),
    )
    yield place.at(OAKWAY + 5, 18)
    views = views_of(
        place,
        decision,
        [
            ("katie", "for_if", "Only if I can still go home at four."),
            ("nisha", "for", "More time for music."),
            ("liz", "for", "I could work a whole day."),
        ],
    )
    yield place.at_work(OAKWAY + 30, 10)
    reply = place.named("reply to katie about six")
    place.do(
        "kit",
        ReplyToView(
            decision=decision,
            reply=reply,
            view=views[0],
            result="adopted",
            words="Yes. You choose when you go home, each day.",
        ),
    )
    yield place.at(OAKWAY + 31, 18)
    place.do("katie", SayIfAnswered(decision=decision, reply=reply, answered="yes"))
    yield place.at_work(OAKWAY + 36, 10)
    place.do(
        "kit",
        DecideForPlace(
            decision=decision,
            outcome="agreed",
            option=place.named("until six, home at four"),
            reasons="It helps, and nobody has to stay longer.",
        ),
    )
    yield from _open_longer(place, decision)


def _open_longer(place: Place, decision: UUID) -> Story:
    """Half of a word kept."""
    yield place.at_work(OAKWAY + 37, 10)
    promise = to_members(
        place,
        "kit",
        "Stay open until six on each day",
        place.day(OAKWAY + 70),
        decision,
        "Everyone who goes to Oakway Days",
        44,
        body="oakway",
        of="first",
        promise=place.named("open until six"),
        in_numbers=(5, 5, "days of the week"),
    )
    yield place.at_work(OAKWAY + 69, 10)
    place.do(
        "kit",
        ReportProgress(
            promise=promise, percent=70, words="Until six on four days. Friday is short of staff."
        ),
    )
    place.do("kit", SayFigure(promise=promise, number=4))
    yield place.at(OAKWAY + 75, 18)
    place.do("marcus", SayFigure(promise=promise, number=3))
