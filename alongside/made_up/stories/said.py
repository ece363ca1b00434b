"""What was promised in public, and the protocol with the user-led organisation: tested and judged."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.made_up.cast import BOARDS
from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.promises.commands import (
    AdoptProtocol,
    AnswerStatement,
    GiveVerdict,
    LinkAct,
    RecordTest,
    SayWhetherItHolds,
    TakeUpStatement,
    UseProtocol,
    WriteDownStatement,
)
from alongside.topics.promises.models import Promise, PromisedTo

MEMBERS = BOARDS["ulo"][0]


def said_in_public(place: Place) -> Iterator[Story]:
    """Three times the council spoke, and what came of it."""
    yield _words(place)
    yield _protocol(place)


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
                said_on=place.day(-204),
                source="Full council meeting, on film",
                pages="Minute 42",
                made_to=made_to,
            ),
        )
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
        statement=place.named("said different"),
        words="Expenses were paid to nine people.",
        on_day=place.day(-190),
        where="The report on involvement, page 3",
    )
    place.do("ana", act)


def _protocol(place: Place) -> Story:
    """The twenty tests, adopted; looked at in one tender; kept at first, and then no longer."""
    yield place.at_work(-290, 10)
    protocol = place.named("protocol")
    adopt = AdoptProtocol(
        protocol=protocol,
        organisation=place.named("council"),
        to_body=place.named("ulo"),
        group_size=60,
        due_on=place.day(-250),
    )
    place.do("alan", adopt)
    yield place.at_work(-245, 14)
    for line in ("bid_time", "early_voice"):
        _judged(place, line, "kept")
    yield place.at_work(-30, 11)
    use = place.named("protocol home care")
    place.do("ana", UseProtocol(protocol=protocol, use=use, name="Home care, the tender of this year"))
    for line, result, number in (
        ("bid_time", "fail", "14 days"),
        ("early_voice", "fail", "asked 20 days after it was fixed"),
        ("payment", "pass", "26 days"),
    ):
        looked = RecordTest(
            promise=_line(place, line).id, use=use, result=result, document="The tender pack", number=number
        )
        place.do("ana", looked)
    yield place.at_work(-20, 15)
    for member in MEMBERS:
        row = _to(place, "bid_time", member)
        gone = SayWhetherItHolds(
            promise=row.promise, made_to=row.id, said="no_longer", words="Two weeks, over a holiday."
        )
        place.do(member, gone)


def _line(place: Place, line: str) -> Promise:
    found: Promise = Promise.objects.seen_by(place.who("ana")).get(
        protocol=place.named("protocol"), line=line
    )
    return found


def _to(place: Place, line: str, member: str) -> PromisedTo:
    found: PromisedTo = PromisedTo.objects.seen_by(place.who(member)).get(promise=_line(place, line).id)
    return found


def _judged(place: Place, line: str, said: str) -> None:
    for member in MEMBERS:
        row = _to(place, line, member)
        place.do(member, GiveVerdict(promise=row.promise, made_to=row.id, said=said))
