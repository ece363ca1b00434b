"""How much of a matter was done together, as people wrote it down: well, half, badly, less than was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.oakway import OAKWAY
from alongside.made_up.stories.places import matter
from alongside.made_up.stories.side_by_side import LIFTS, LONGER, MONDAYS, TOILET
from alongside.topics.decisions.commands import (
    AnswerOfferOfPay,
    ClaimHowTogether,
    JudgeHowItWent,
    NoteMeeting,
    OfferPay,
    SayIfItBinds,
    SayIfItCame,
    SayIfYouCouldGetIn,
    SayItIsPaid,
    SayITookPart,
    SayTaskIsDone,
    SayWhatIComeAs,
    TakeOnTask,
)
from alongside.topics.decisions.models import ComesAs, PartTaken, Together
from alongside.topics.promises.commands import GiveVerdict
from alongside.topics.promises.models import PromisedTo

DRAWS, CARES = ComesAs.PERSON, ComesAs.CARER
AT_OAKWAY = {"liz": CARES, "katie": DRAWS, "nisha": DRAWS, "connor": DRAWS, "ffion": DRAWS, "leroy": DRAWS}


def how_together(place: Place) -> Iterator[Story]:
    """Each matter in its own time."""
    for tell in (_oakway, _oakway_after, _oakway_held, _toilet, _front_door, _lifts, _mondays):
        yield tell(place)


def _come(place: Place, decision: UUID, people: Mapping[str, ComesAs], *, shown: Iterable[str] = ()) -> None:
    for key, comes_as in people.items():
        said = SayWhatIComeAs(decision=decision, comes_as=comes_as, is_shown=key in set(shown))
        place.do(key, said)


def _meeting(
    place: Place,
    by: str,
    decision: UUID,
    name: str,
    day: int,
    stage: str,
    *,
    decides: bool = False,
    others: int = 0,
) -> UUID:
    """A meeting, written down on the day after it."""
    meeting = place.named(f"meeting: {name}")
    noted = NoteMeeting(
        decision=decision, name=name, held_on=place.day(day), stage=stage, decides=decides, others=others
    )
    place.do(by, noted.having({"meeting": meeting}))
    return meeting


def _took_part(place: Place, decision: UUID, meeting: UUID, people: Mapping[str, str]) -> None:
    for key, act in people.items():
        place.do(key, SayITookPart(decision=decision, meeting=meeting, act=act))


def _could_get_in(place: Place, decision: UUID, meeting: UUID, people: Mapping[str, str]) -> None:
    for key, met in people.items():
        place.do(key, SayIfYouCouldGetIn(decision=decision, meeting=meeting, met=met))


def _offers(place: Place, by: str, decision: UUID, meeting: UUID, answers: Mapping[str, str]) -> None:
    """Pay for an evening, offered in writing to some of those who took part; each says yes or no."""
    parts = {row.person: row.id for row in PartTaken.objects.seen_by(place.who(by)).filter(decision=decision)}
    for key, answer in answers.items():
        offer = place.named(f"pay {decision} {key}")
        pay = OfferPay(
            decision=decision,
            part=parts[place.named(key)],
            meeting=meeting,
            activity="An evening of two hours",
            minutes=120,
            rate_pence=1500,
            expenses_pence=1500,
            expenses_upfront=by == "kit",
            benefit_advice=True,
            in_writing=True,
        )
        place.do(by, pay.having({"offer": offer}))
        if answer:
            place.do(key, AnswerOfferOfPay(decision=decision, offer=offer, answer=answer))


def _paid(place: Place, by: str, decision: UUID, day: int, came: Mapping[str, bool]) -> None:
    for key, has_come in came.items():
        offer = place.named(f"pay {decision} {key}")
        place.do(by, SayItIsPaid(decision=decision, offer=offer, paid_on=place.past(day)))
        place.do(key, SayIfItCame(decision=decision, offer=offer, came=has_come))


# Done well: with those who go there from the first evening to the last ------------------------------


def _oakway(place: Place) -> Story:
    """They were there before there was a way to choose; they vote, are paid, do part of it and judge it."""
    decision = matter(place, LONGER)
    yield place.at(OAKWAY - 1, 20)
    _come(place, decision, AT_OAKWAY, shown=("liz", "katie"))
    evening = _meeting(
        place, "liz", decision, "A first evening at Oakway Days", OAKWAY - 1, "frame", others=2
    )
    _took_part(place, decision, evening, dict.fromkeys(AT_OAKWAY, "spoke"))
    _could_get_in(place, decision, evening, dict.fromkeys(AT_OAKWAY, "yes"))
    yield place.at_work(OAKWAY + 15, 10)
    evening_on = place.open_on(OAKWAY + 34)
    last = _meeting(
        place, "kit", decision, "The evening on which it is decided", evening_on, "decide", decides=True
    )
    _offers(place, "kit", decision, last, dict.fromkeys(AT_OAKWAY, "accepted") | {"liz": "declined"})
    yield place.at_work(OAKWAY + 33, 9)
    place.do("kit", SayIfItBinds(decision=decision, binds=True))
    yield place.at(OAKWAY + 34, 20)
    _took_part(place, decision, last, dict.fromkeys(AT_OAKWAY, "voted"))
    _could_get_in(place, decision, last, dict.fromkeys(AT_OAKWAY, "yes") | {"connor": "no"})


def _oakway_after(place: Place) -> Story:
    """Paid within a week; three things taken on, two done; judged by those who go there."""
    decision = matter(place, LONGER)
    yield place.at_work(OAKWAY + 41, 10)
    _paid(place, "kit", decision, OAKWAY + 40, {key: True for key in AT_OAKWAY if key != "liz"})
    for key, words in (
        ("nisha", "Lead the music on Thursdays, with two others"),
        ("katie", "Write the timetable in Easy Read, and read it with people"),
        ("liz", "Ask the families of those who do not speak"),
    ):
        task = TakeOnTask(decision=decision, words=words, is_shown=True)
        place.do(key, task.having({"task": place.named(f"task {key}")}))
    yield place.at(OAKWAY + 90, 19)
    for key in ("nisha", "katie"):
        place.do(key, SayTaskIsDone(decision=decision, task=place.named(f"task {key}")))
    yield place.at(OAKWAY + 120, 19)
    _come(place, decision, {"desmond": DRAWS, "aled": DRAWS})
    for key, said, words in (
        ("katie", "works", "I go home at four. My friend stays. Nobody minds."),
        ("nisha", "works", "Music until six."),
        ("liz", "works", ""),
        ("connor", "partly", "The bus is full."),
        ("ffion", "works", ""),
        ("leroy", "works", "I choose each day."),
        ("desmond", "works", "I was not at the evenings. It is good."),
        ("aled", "does_not", "It is loud after four."),
    ):
        place.do(key, JudgeHowItWent(decision=decision, said=said, words=words, is_shown=bool(words)))


def _oakway_held(place: Place) -> Story:
    """Half of a word kept at first; after six months they say that it is kept."""
    for day, said, words in (
        (OAKWAY + 72, "partly", "Four days of five."),
        (OAKWAY + 230, "kept", "Friday too, since the summer."),
    ):
        yield place.at(day, 19)
        for key in ("katie", "nisha", "leroy", "marcus"):
            actor = place.who(key)
            found = PromisedTo.objects.seen_by(actor).filter(promise=place.named("open until six"))
            verdict = GiveVerdict(
                promise=place.named("open until six"),
                made_to=found.get().id,
                said=said,
                words=words if key == "katie" else "",
                may_be_read=key == "katie",
            )
            place.do(key, verdict)


# Less than was said of it ---------------------------------------------------------------------------


def _toilet(place: Place) -> Story:
    """“Co-produced throughout”, says the report. They were there first, and nobody gave them a vote."""
    decision = matter(place, TOILET)
    yield place.at(-258, 19)
    _come(place, decision, {"ana": DRAWS}, shown=("ana",))
    yield place.at(-249, 20)
    evening = place.named("evening at the bus station")
    met = {"samira": "yes", "ewan": "no", "precious": "not_asked"}
    _could_get_in(place, decision, evening, met)
    yield place.at_work(-240, 10)
    offered = {"samira": "accepted", "ewan": "accepted", "precious": "declined"}
    _offers(place, "alan", decision, evening, offered)
    yield place.at_work(-150, 10)
    _paid(place, "alan", decision, -152, {"samira": True, "ewan": False})
    yield place.at(-130, 18)
    place.do("ewan", TakeOnTask(decision=decision, words="Try the door with my chair", is_shown=True))
    yield place.at(-30, 19)
    _come(place, decision, {"imran": CARES, "meera": DRAWS})
    for key, said, words in (
        ("samira", "works", "I go to town."),
        ("ewan", "partly", "Nobody asked me to try the door before it was hung."),
        ("precious", "does_not", "It is locked on my free day."),
        ("imran", "works", ""),
        ("meera", "too_early", ""),
    ):
        place.do(key, JudgeHowItWent(decision=decision, said=said, words=words, is_shown=bool(words)))


# Half of it -----------------------------------------------------------------------------------------


def _front_door(place: Place) -> Story:
    """A panel with two votes for people it affects; they came in once the ways were written."""
    decision = place.named("front door matter")
    yield place.at(-225, 20)
    people = {"ewan": DRAWS, "ngozi": CARES, "precious": DRAWS, "meera": DRAWS, "katie": DRAWS}
    _come(place, decision, people, shown=("ewan", "katie"))
    evening = _meeting(place, "ana", decision, "An evening on the three ways", -226, "options", others=11)
    _took_part(place, decision, evening, dict.fromkeys(people, "spoke") | {"meera": "present"})
    met = {"ewan": "yes", "ngozi": "yes", "precious": "no", "meera": "none", "katie": "yes"}
    _could_get_in(place, decision, evening, met)
    yield place.at(-198, 12)
    met_on = place.open_on(-199)  # before the weekend, where one lay there: they decided on a working day
    panel = _meeting(
        place, "alan", decision, "The meeting of the panel", met_on, "decide", decides=True, others=3
    )
    _took_part(place, decision, panel, {"samira": "voted", "precious": "voted"})
    _could_get_in(place, decision, panel, {"precious": "yes", "samira": "yes"})
    yield place.at_work(-150, 11)
    words = "To the committee: “designed with the people who ring us”."
    place.do("june", ClaimHowTogether(decision=decision, step=Together.CO_DESIGN, words=words))


def _lifts(place: Place) -> Story:
    """Still open: some met, some were offered pay, and those who decide do not bind themselves."""
    decision = matter(place, LIFTS)
    yield place.at(-7, 20)
    people = {"katie": DRAWS, "connor": DRAWS, "nisha": DRAWS, "george": DRAWS, "liz": CARES}
    _come(place, decision, people)
    meeting = _meeting(place, "alan", decision, "An hour at Mill Street about the lifts", -7, "options")
    _took_part(place, decision, meeting, dict.fromkeys(people, "spoke"))
    _could_get_in(place, decision, meeting, {"katie": "yes", "george": "no", "liz": "none"})
    yield place.at_work(-5, 10)
    _offers(
        place,
        "alan",
        decision,
        meeting,
        {"katie": "accepted", "george": "", "liz": "declined", "nisha": "accepted", "connor": ""},
    )
    place.do("alan", SayIfItBinds(decision=decision, binds=False))


# Badly ----------------------------------------------------------------------------------------------


def _mondays(place: Place) -> Story:
    """Nobody was asked; those it affects judge it all the same, and that binds nobody."""
    decision = matter(place, MONDAYS)
    yield place.at_work(-77, 10)
    met = place.open_on(-79)  # before the weekend, where one lay there
    name = "A call between three offices"
    _meeting(place, "alan", decision, name, met, "decide", decides=True, others=4)
    place.do("alan", SayIfItBinds(decision=decision, binds=False))
    yield place.at(-39, 19)
    people = {"odette": DRAWS, "hugh": DRAWS, "bill": DRAWS, "tariq": DRAWS, "joyce": CARES}
    _come(place, decision, people)
    for key, said, words in (
        ("odette", "does_not", "Monday was my day."),
        ("hugh", "does_not", ""),
        ("bill", "works", "I never went on Mondays."),
        ("tariq", "does_not", ""),
        ("joyce", "does_not", "Monday was the day on which I slept."),
    ):
        place.do(key, JudgeHowItWent(decision=decision, said=said, words=words, is_shown=bool(words)))
