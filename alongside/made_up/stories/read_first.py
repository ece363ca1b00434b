"""Words that nobody put their name to: read every few days, held back, asked to be hidden, left waiting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from alongside.kernel.command import COMMANDS
from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.decisions.commands import LookAtResult, SayIfBetter
from alongside.topics.decisions.models import Problem, ProblemResult
from alongside.topics.decisions.pages import looked as of_decisions
from alongside.topics.promises.pages import looked as of_promises

FIRST, LAST, EVERY = -270, -13, 3  # the days on which somebody reads: after the last of them, words wait
READERS = ("ana", "alan")  # of the user-led organisation, and of the council for what Ana wrote herself
PATIENCE = -17
SHOWN_IN_THEIR_STORY = "decisions.problem_words_shown"  # each problem's own story says who showed its words


def read_first(place: Place) -> Iterator[Story]:
    """Ana reads what waits, and Alan what Ana wrote; and what they do not agree on."""
    yield _read_it(place)
    yield _not_agreed(place)


def _read_it(place: Place) -> Story:
    """Every few days somebody reads what waits, each by itself, and lets everyone read it."""
    for days in range(FIRST, LAST + 1, EVERY):
        yield place.at(days, 21)
        for reader in READERS:
            actor = place.who(reader)
            for one in (*of_decisions.to_read(actor), *of_promises.to_read(actor)):
                if one.kind != SHOWN_IN_THEIR_STORY:
                    values = {**one.given, "is_shown": True}
                    place.do(reader, COMMANDS[one.kind](**values))


def _not_agreed(place: Place) -> Story:
    """The council held back what named a person. What Ana showed it cannot hide alone. One waits too long."""
    yield place.at_work(PATIENCE, 9)
    problem = _problems(place, "samira")[0]
    _say(place, problem, "bill", "partly", "Come and see. The tall one with the blue van never rings first.")
    place.do("alan", LookAtResult(problem=problem, result=_of(place, problem, "bill"), **_names_someone()))
    yield place.at(PATIENCE + 1, 18)
    _say(place, problem, "tariq", "no", "They say ten. They come at eight, and do not care.")
    yield place.at(PATIENCE + 5, 10)
    accused = {"result": _of(place, problem, "tariq"), "is_shown": False, "reason": "abuse"}
    place.do("alan", LookAtResult(problem=problem, **accused))  # Ana showed it: he can only ask
    yield place.at(-9, 19)
    _say(place, problem, "odette", "yes", "I chose my two people. I go out on Fridays now.")


def _names_someone() -> dict[str, Any]:
    return {"is_shown": False, "reason": "names_someone", "more": "Say what happened, without the person."}


def _say(place: Place, problem: UUID, by: str, better: str, words: str) -> None:
    place.do(by, SayIfBetter(problem=problem, better=better, words=words, may_be_read=True))


def _problems(place: Place, by: str) -> list[UUID]:
    raised = Problem.objects.seen_by(place.who(by)).filter(raised_by=place.named(by))
    return list(raised.order_by("raised_on").values_list("id", flat=True))


def _of(place: Place, problem: UUID, by: str) -> UUID:
    said = ProblemResult.objects.seen_by(place.who(by)).filter(problem=problem, person=place.named(by))
    found: UUID = said.filter(is_current=True).values_list("id", flat=True).get()
    return found
