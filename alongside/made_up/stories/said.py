"""Three times the council spoke in public, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.promises.commands import (
    AnswerStatement,
    LinkAct,
    LookAtAct,
    LookAtStatement,
    TakeUpStatement,
    WriteDownStatement,
)


def said_in_public(place: Place) -> Iterator[Story]:
    """Three times the council spoke, and what came of it."""
    yield _words(place)


def _words(place: Place) -> Story:
    """One promise taken up, one said differently, one that nobody has answered."""
    yield place.at_work(-200, 11)
    for name, words, made_to in (
        ("taken", "Nobody will wait more than a month to hear from us.", "Everyone who asks for help"),
        ("different", "We will pay everyone who advises us.", "Everyone who sits on one of our panels"),
        ("silent", "The new centre will be open at weekends.", "Everyone who goes to a day place"),
    ):
        place.do(
            "samira",
            WriteDownStatement(
                statement=place.named(f"said {name}"),
                organisation=place.named("council"),
                words=words,
                who="Leader of the council",
                said_on=place.past(-204),
                source="Full council meeting, on film",
                pages="Minute 42",
                made_to=made_to,
            ),
        )
    yield place.at_work(-198, 15)
    for name in ("taken", "different", "silent"):
        place.do("ana", LookAtStatement(statement=place.named(f"said {name}"), is_shown=True))
    yield place.at_work(-180, 10)
    take = TakeUpStatement(
        statement=place.named("said taken"),
        what="Write or ring within a month of each request for help",
        due_on=place.day(-60),
        group="Everyone who asked for help this year",
        group_size=400,
        group_of=place.named("ulo"),
    )
    place.do("alan", take)
    answer = AnswerStatement(
        statement=place.named("said different"),
        state="different",
        answer="What was said was: we will pay expenses to everyone who advises us. See minute 43.",
    )
    place.do("alan", answer)
    act = LinkAct(
        act=place.named("expenses were paid"),
        statement=place.named("said different"),
        words="Expenses were paid to nine people.",
        on_day=place.past(-190),
        where="The report on involvement, page 3",
    )
    place.do("ana", act)
    paid = LookAtAct(
        statement=place.named("said different"), act=place.named("expenses were paid"), is_shown=True
    )
    place.do("alan", paid)
