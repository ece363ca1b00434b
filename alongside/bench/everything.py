"""A little of everything that a home page can show, and then a hundred times as much of it.

Each measure is one life and what happens around it: something agreed and told, a promise kept and judged, a
decision that is open, one about the place with views and a question, a problem, feedback, a wish to be heard.
It goes round among a few people, so that each of them has a hundred times as much too. Two things stay as
they are for Rosa: what waits for her answer, for nobody is asked a hundred things on one day, and her wishes
to be heard, of which each is shown: a page that shows more is a longer page, and not a slower one.
"""

from __future__ import annotations

from uuid import UUID

from alongside.bench.words import WORDS
from alongside.kernel import clock
from alongside.kernel.door import do_many
from alongside.kernel.policy import NOBODY, Actor
from alongside.made_up.place import LIVES, Place
from alongside.made_up.stories.acts import raises, tells
from alongside.topics.decisions.commands import (
    AgreeEveryday,
    AskQuestion,
    GiveView,
    GiveViewOnPlace,
    OpenIt,
    RaiseAboutPlace,
    RaiseProblem,
    SayIfAgreed,
)
from alongside.topics.decisions.models import SaysAgreed
from alongside.topics.promises.commands import GiveVerdict, MakePromise, ReportProgress
from alongside.topics.promises.models import PromisedTo
from alongside.topics.voice.commands import AskToBeHeard, GiveFeedback, NameDesk
from alongside.topics.voice.models import Purpose

KEYS = ("rosa", "ana", "samira")  # with whom it goes round
HEARD = 12  # of the measures, those in which Rosa asks to be heard: her wishes are the same before and after
LAST_YEAR = 330  # days over which what is past is spread
CHANGE = "increase"


def measures(place: Place, numbers: range, neighbours: list[UUID]) -> None:
    """So many measures of everything, each with a number of its own."""
    council = place.named("council")
    if 0 in numbers:
        desk = NameDesk(organisation=council, purpose=Purpose.FEEDBACK, office=place.named("alan office"))
        place.do("june", desk)
    for number in numbers:
        key = KEYS[number % len(KEYS)]
        _past(place, key, number, council)
        if key != "rosa" or number < len(KEYS):
            _open(place, key, number)
        _about_the_place(place, key, number, council, neighbours)
        _feedback(place, council)
        if key != "rosa" or number < HEARD:
            _heard(place, key, number, council)


def _past(place: Place, key: str, number: int, council: UUID) -> None:
    """Something small that was agreed, and a promise that was kept."""
    day, worker = -30 - number * 7 % LAST_YEAR, LIVES[key].worker
    telling, person = place.named(f"measure telling {number}"), place.named(key)
    with clock.at(place.at_work(day, 10)):
        agreed = AgreeEveryday(
            person=person,
            telling=telling,
            what=f"A later visit on day {number}",
            change="go_on",
            words=WORDS,
            channel="talked_through",
        )
        decision = place.do(worker, agreed)
        made = MakePromise(
            organisation=council, what=f"Ring on day {number}", due_on=place.day(day + 7), person=person
        )
        promise = place.do(worker, made)
    with clock.at(place.at(day + 9, 18)):
        place.do(key, OpenIt(decision=decision, telling=telling))
        place.do(key, SayIfAgreed(decision=decision, said=SaysAgreed("yes"), words=""))
        place.do(worker, ReportProgress(promise=promise, percent=100, words="Done, we say."))
        made_to = PromisedTo.objects.seen_by(place.who(key)).get(promise=promise, person=person)
        place.do(key, GiveVerdict(promise=promise, made_to=made_to.id, said="kept", words=WORDS))


def _open(place: Place, key: str, number: int) -> None:
    """A decision about a life, of which its person was told; all but Rosa have said what they think."""
    worker = LIVES[key].worker
    decision = raises(place, worker, key, f"Help on day {number}", CHANGE, WORDS)
    telling = tells(place, worker, decision, key)
    if key != "rosa":
        place.do(key, OpenIt(decision=decision, telling=telling))
        place.do(key, GiveView(decision=decision, position="for", words=WORDS))


def _about_the_place(place: Place, key: str, number: int, council: UUID, neighbours: list[UUID]) -> None:
    """A decision about the place with its views and a question, and a problem that somebody raises."""
    raised = RaiseAboutPlace(organisation=council, what=f"Street {number}", change=CHANGE, why=WORDS)
    decision = place.do("ken", raised)
    for one in neighbours:
        view = GiveViewOnPlace(decision=decision, position="for", words=WORDS)
        do_many([(view, None)], by=Actor(person=one))
    place.do(key, AskQuestion(decision=decision, words="When would it begin?"))
    wrong = RaiseProblem(
        problem=place.named(f"measure problem {number}"),
        what="place",
        organisation=council,
        where=f"Street {number}",
        words=WORDS,
        standing="draws",
    )
    place.do(key, wrong)


def _feedback(place: Place, council: UUID) -> None:
    """What somebody says who gives no name."""
    place.do(NOBODY, GiveFeedback(organisation=council, words=WORDS, channel="web", may_be_shown=True))


def _heard(place: Place, key: str, number: int, council: UUID) -> None:
    """A wish to be heard at a meeting."""
    ask = AskToBeHeard(
        organisation=council,
        office=place.named("june office"),
        meeting="The scrutiny committee",
        item=f"Street {number}",
        meets_on=place.day(20),
        minutes=10,
        says_what=WORDS,
        name_of="several",
        people=12,
        who="People who live there",
        is_open=True,
    )
    place.do(key, ask)
