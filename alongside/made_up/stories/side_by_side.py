"""Support that was asked for, arranged, given or declined; meetings; what bodies claim of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.oakway import OAKWAY
from alongside.made_up.stories.places import matter
from alongside.topics.decisions.commands import (
    AnswerSupport,
    AskForSupport,
    ClaimHowTogether,
    NoteMeeting,
    OfferSupport,
    SayArranged,
    SayGiven,
    SayITookPart,
    SayWhatIComeAs,
)
from alongside.topics.decisions.models import ComesAs, Together

TOILET, LIFTS = "A Changing Places toilet at the bus station", "A charge of £3 for each lift to a day place"
LONGER, MONDAYS = "Oakway Days stays open until six", "Close Mill Street on Mondays for six months"
BUSES = "Evening buses that take wheelchairs, until eleven"


def side_by_side(place: Place) -> Iterator[Story]:
    """Every story of support, and what the bodies say of themselves."""
    yield _given(place)
    yield _arranged(place)
    yield _declined(place)
    yield _asked(place)
    yield _evening(place)
    yield _claims(place)


def _offer(place: Place, by: str, decision: UUID, support: UUID, what: str, who: str, hours: int) -> None:
    offer = OfferSupport(
        decision=decision,
        asked=support,
        what=what,
        supporter=who,
        supporting_body=place.named("advocacy"),
        payer="The council, from the money for taking part",
        independent_of="The council, and whoever would build or run it",
        hours=hours,
    )
    place.do(by, offer)


def _ask(place: Place, by: str, decision: UUID, what: str, words: str, *, for_all: bool = True) -> UUID:
    support = place.named(f"support {decision} {by}")
    ask = AskForSupport(decision=decision, what=what, words=words, for_all=for_all)
    place.do(by, ask.having({"support": support}))
    return support


def _given(place: Place) -> Story:
    """Asked for by a user-led organisation, arranged in a week, and given: as those it was for say."""
    decision = matter(place, TOILET)
    yield place.at(-254, 18)
    words = "Some of us need time before a meeting, with somebody whom the council does not employ."
    support = _ask(place, "ana", decision, "support", words)
    yield place.at_work(-252, 10)
    _offer(place, "alan", decision, support, "support", "Two supporters from Wexmoor Advocacy", 12)
    yield place.at(-251, 19)
    place.do("samira", AnswerSupport(decision=decision, support=support, wants=True, words="Yes. Two of us."))
    yield place.at_work(-250, 10)
    place.do("alan", SayArranged(decision=decision, support=support))
    yield place.at(-230, 19)
    place.do("samira", SayGiven(decision=decision, support=support, hours_given=10))


def _arranged(place: Place) -> Story:
    """Arranged, and still to begin."""
    decision = matter(place, LIFTS)
    yield place.at(-8, 19)
    support = _ask(place, "katie", decision, "advice", "Somebody who can read the sums with us.")
    yield place.at_work(-6, 10)
    _offer(place, "alan", decision, support, "advice", "A money adviser from Wexmoor Advocacy", 8)
    yield place.at(-5, 19)
    place.do("nisha", AnswerSupport(decision=decision, support=support, wants=True))
    yield place.at_work(-3, 10)
    place.do("alan", SayArranged(decision=decision, support=support))


def _declined(place: Place) -> Story:
    """Offered, and declined with a reason."""
    decision = matter(place, LONGER)
    yield place.at(OAKWAY + 1, 19)
    support = _ask(place, "liz", decision, "facilitation", "Somebody neutral should lead the evening.")
    yield place.at_work(OAKWAY + 3, 10)
    _offer(place, "kit", decision, support, "facilitation", "A chair for one evening", 3)
    yield place.at(OAKWAY + 4, 20)
    words = "We asked for somebody we choose. The name came too late, so we lead it ourselves."
    place.do("liz", AnswerSupport(decision=decision, support=support, wants=False, words=words))


def _asked(place: Place) -> Story:
    """Asked for, and nobody has offered anything."""
    yield place.at(-19, 20)
    _ask(place, "ewan", matter(place, BUSES), "access", "A way to get to the meeting about it, at night.")


def _evening(place: Place) -> Story:
    """An evening before there was any way to choose, with the people it is about."""
    decision, meeting = matter(place, TOILET), place.named("evening at the bus station")
    yield place.at(-250, 19)
    first = NoteMeeting(
        decision=decision,
        name="An evening at the bus station",
        held_on=place.past(-251),
        stage="frame",
        others=9,
    )
    place.do("alan", first.having({"meeting": meeting}))
    yield place.at(-250, 20)
    for key, act in (("samira", "spoke"), ("ewan", "spoke"), ("precious", "present")):
        place.do(key, SayWhatIComeAs(decision=decision, comes_as=ComesAs.PERSON))
        place.do(key, SayITookPart(decision=decision, meeting=meeting, act=act))
    yield place.at_work(-211, 10)
    last = NoteMeeting(
        decision=decision,
        name="The meeting that decided it",
        held_on=place.day(place.open_on(-213)),
        stage="decide",
        decides=True,
        others=4,
    )
    place.do("alan", last.having({"meeting": place.named("the meeting that decided on the toilet")}))


def _claims(place: Place) -> Story:
    """What bodies say of themselves: it stands beside what the facts show, and changes no number."""
    for day, by, what, step, words in (
        (-200, "alan", TOILET, Together.CO_PRODUCTION, "Annual report, page 12: “co-produced throughout”."),
        (-190, "kit", LONGER, Together.CONSULTATION, "Our letter to families: “we asked everybody”."),
        (-70, "alan", MONDAYS, Together.ENGAGEMENT, "Answer to a question in council: “people took part”."),
    ):
        yield place.at_work(day, 11)
        place.do(by, ClaimHowTogether(decision=matter(place, what), step=step, words=words))
