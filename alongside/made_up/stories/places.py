"""Services and places: raised by anyone, affecting a group, decided in the open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import instead
from alongside.topics.decisions.commands import (
    AddOption,
    DecideForPlace,
    GiveViewOnPlace,
    RaiseAboutPlace,
    ReplyToView,
    SayWhichPeople,
    TakeUp,
    TellPeople,
)
from alongside.topics.promises.commands import GiveVerdict, MakePromise, ReportProgress
from alongside.topics.promises.models import PromisedTo

Voice = tuple[str, str, str]  # who, what they think, in their words


def of_the_place(place: Place) -> Iterator[Story]:
    """Every story about a service or a place."""
    yield _toilet(place)
    yield _lifts(place)
    yield _mondays(place)
    yield _buses(place)


def raises(place: Place, by: str, what: str, change: str, why: str, *, body: str = "council") -> UUID:
    raised = RaiseAboutPlace(organisation=place.named(body), what=what, change=change, why=why)
    return place.do(by, raised.having({"decision": matter(place, what)}))


def matter(place: Place, what: str) -> UUID:
    """The id of a matter of these stories, by what may change: other stories go on with it."""
    return place.named(f"matter: {what}")


def people(
    place: Place, by: str, decision: UUID, group: str, size: int, *, reached: int, channel: str
) -> None:
    affected = place.named(f"group of {decision}")
    place.do(by, SayWhichPeople(decision=decision, affected=affected, group=group, size=size))
    place.do(by, TellPeople(decision=decision, group=affected, channel=channel, reached=reached))


MATTERS = {  # what matters to somebody, beneath what they say
    "£3 each way is my whole spending money.": "To buy my own coffee.",
    "I would stay at home.": "To see my friends.",
    "Ask the bus company first.": "That it is fair.",
    "My sister would drive me, and she is tired already.": "That my sister gets some sleep.",
    "I like company. Sharing is fine.": "Not to ride alone.",
}


def views_of(
    place: Place, decision: UUID, voices: Sequence[Voice], *, nameless: Sequence[str] = ()
) -> list[UUID]:
    given = []
    for key, position, words in voices:
        view = place.named(f"view {decision} {key}")
        place.do(
            key,
            GiveViewOnPlace(
                decision=decision,
                view=view,
                position=position,
                words=words,
                instead=instead(position),
                interest=MATTERS.get(words, ""),
            ),
            anonymous=key in nameless,
        )
        given.append(view)
    return given


def _toilet(place: Place) -> Story:
    """Raised by a user-led organisation, agreed, built: those who use it say how it went."""
    yield place.at(-260, 18)
    decision = raises(
        place,
        "ana",
        "A Changing Places toilet at the bus station",
        "start",
        "Some of us cannot go to town at all, because there is nowhere to be changed.",
    )
    yield place.at_work(-255, 10)
    place.do("alan", TakeUp(decision=decision))
    people(
        place,
        "alan",
        decision,
        "Everyone in Wexmoor who needs a bench and a hoist to use a toilet",
        140,
        reached=61,
        channel="visit",
    )
    yield place.at(-248, 19)
    views_of(
        place,
        decision,
        [
            ("samira", "for", "I could go to the market with my sister."),
            ("ewan", "for", "Build it where the buses stop, not at the far end."),
            ("precious", "for_if", "Yes, if it is open on Sundays."),
            ("imran", "for", "We turn back half way each time."),
            ("meera", "unsure", "Who will clean it?"),
        ],
        nameless=("imran",),
    )
    yield place.at_work(-215, 10)
    for view, words in ((place.named(f"view {decision} precious"), "It will be open whenever buses run."),):
        place.do("alan", ReplyToView(decision=decision, view=view, result="adopted", words=words))
    yield place.at_work(-212, 14)
    place.do(
        "alan",
        DecideForPlace(
            decision=decision,
            outcome="agreed",
            reasons="People told us that town is closed to them without it.",
        ),
    )
    yield from _opened(place, decision)


def _opened(place: Place, decision: UUID) -> Story:
    """The promise that came of it, and what those who use it say."""
    yield place.at_work(-210, 14)
    promise = to_members(
        place,
        "alan",
        "Open the Changing Places toilet at the bus station",
        place.day(-40),
        decision,
        "People who will use the toilet at the bus station",
        24,
    )
    yield place.at_work(-100, 10)
    place.do(
        "alan", ReportProgress(promise=promise, percent=60, words="The walls are up. The hoist is ordered.")
    )
    yield place.at_work(-42, 10)
    place.do("alan", ReportProgress(promise=promise, percent=100, words="It is open."))
    yield place.at(-33, 17)
    _judged(
        place,
        promise,
        [
            ("ana", "kept", "It is open and it is clean. We danced in it."),
            ("samira", "kept", "I went to the market."),
            ("ewan", "partly", "The door is heavy. I cannot open it alone."),
            ("precious", "not_kept", "It was locked on Sunday."),
        ],
    )


def to_members(
    place: Place,
    by: str,
    what: str,
    due: date,
    decision: UUID,
    group: str,
    size: int,
    *,
    body: str = "council",
    of: str = "ulo",
    promise: UUID | None = None,
    in_numbers: tuple[int, int, str] | None = None,
) -> UUID:
    """A promise to a group; in numbers: so many, out of so many, of what."""
    number, out_of, number_of = in_numbers or (None, None, "")
    made = MakePromise(
        organisation=place.named(body),
        what=what,
        due_on=due,
        decision=decision,
        group=group,
        group_of=place.named(of),
        group_size=size,
        number=number,
        out_of=out_of,
        number_of=number_of,
    )
    return place.do(by, made.having({"promise": promise}) if promise else made)


def _judged(place: Place, promise: UUID, said: Sequence[Voice]) -> None:
    for key, verdict, words in said:
        actor = place.who(key)
        made_to = PromisedTo.objects.seen_by(actor).get(promise=promise)
        place.do(
            key, GiveVerdict(promise=promise, made_to=made_to.id, said=verdict, words=words, may_be_read=True)
        )


def _lifts(place: Place) -> Story:
    """A charge that nobody likes: open, and people are answering."""
    yield place.at_work(-9, 10)
    decision = raises(
        place,
        "alan",
        "A charge of £3 for each lift to a day place",
        "charge",
        "Fuel costs more. The budget for lifts is spent by February.",
    )
    place.do(
        "alan",
        AddOption(
            decision=decision,
            option=place.named("lifts shared"),
            name="No charge, and two people share each lift",
            change="swap",
            words="The ride takes up to 20 minutes longer.",
            risk="A longer ride hurts some people’s backs.",
            risk_to="those who ride furthest",
        ),
    )
    people(
        place,
        "alan",
        decision,
        "Everyone who gets a lift to Oakway Days or Mill Street",
        86,
        reached=52,
        channel="letter_easy_read",
    )
    yield place.at(-6, 19)
    views_of(
        place,
        decision,
        [
            ("katie", "against", "£3 each way is my whole spending money."),
            ("connor", "against", "I would stay at home."),
            ("nisha", "other", "Ask the bus company first."),
            ("george", "against", "My sister would drive me, and she is tired already."),
            ("liz", "against", "This cuts people off. Show us the sums."),
        ],
        nameless=("connor",),
    )
    yield from _shared(place, decision)


def _shared(place: Place, decision: UUID) -> Story:
    """What people think of the other way it could go."""
    yield place.at(-4, 19)
    option = place.named("lifts shared")
    for key, position, words in (
        ("ffion", "for", "I like company. Sharing is fine."),
        ("tariq", "for_if", "Share, yes. Not more than ten minutes longer."),
        ("odette", "against", "My back cannot do a longer ride."),
    ):
        place.do(
            key,
            GiveViewOnPlace(
                decision=decision, option=option, position=position, words=words, instead=instead(position)
            ),
        )
    yield place.at_work(-2, 11)
    place.do(
        "alan",
        ReplyToView(
            decision=decision,
            view=place.named(f"view {decision} nisha"),
            result="adopted",
            words="We have written to the bus company. Their answer comes next week.",
        ),
    )


def _mondays(place: Place) -> Story:
    """Decided without the people, with the reason in the open and a day on which they look at it again."""
    yield place.at_work(-85, 10)
    decision = raises(
        place,
        "alan",
        "Close Mill Street on Mondays for six months",
        "cut",
        "The roof leaks, and the builders need one day a week.",
    )
    people(
        place,
        "alan",
        decision,
        "Everyone who goes to Mill Street on Mondays",
        31,
        reached=4,
        channel="letter",
    )
    yield place.at_work(-78, 15)
    place.do(
        "alan",
        DecideForPlace(
            decision=decision,
            outcome="agreed",
            reasons="Water came through on the wires. It was not safe to wait.",
            without_them="The wires were wet. We did not wait until everybody had been asked.",
            review_on=place.day(20),
        ),
    )


def _buses(place: Place) -> Story:
    """A councillor raises it, and nobody has taken it up."""
    yield place.at(-23, 11)
    decision = raises(
        place,
        "boyd",
        "Evening buses that take wheelchairs, until eleven",
        "increase",
        "Nine people told me that their evening ends at seven.",
    )
    yield place.at(-20, 20)
    views_of(
        place,
        decision,
        [
            ("ana", "for", "Our board meets in the evening. Half of us cannot come."),
            ("ewan", "for", "I have never seen a film at night."),
        ],
    )
