"""A place in which everything is counted, and all that a visitor reads of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID

import pytest
from django.urls import get_resolver

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands as deciding
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Sees
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.promises.models import PromisedTo
from alongside.topics.voice import commands as speaking
from tests.api.addresses import addresses, filled
from tests.decisions import changing
from tests.promises.groups import to_group
from tests.promises.making import judge, promised_to_a_neighbour
from tests.visitor import read
from tests.voice import acts as voice_acts
from tests.world import BUILDER, Cast, named

SPRING, MAY = "2026-03-02", "2026-06-03"
LOT = 5
NOT_READ = re.compile(
    r"sign-out|/do/|accounts?/|sign-in|passkeys|oidc|seen-as|admin|healthz|export|schema|/api/key"
)


class Place:
    """Where eleven people can speak of everything that is counted, each once."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.people = [self._joins(each) for each in range(LOT + 2)]
        self.change = changing.proposed(cast, changing.hall(cast), kind="front_door")
        fit = deciding.SayWhatItMustDo(
            decision=self.change.decision, change=self.change.id, words="Answer in a day."
        )
        do(fit, by=cast.june)
        self.item = models.FitnessItem.everything.get(of_change=self.change.id).id
        changing.asked(cast, self.change)
        raised = deciding.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
        self.matter = do(raised, by=cast.june).thing
        people = deciding.SayWhichPeople(decision=self.matter, group="Those who eat there", size=40)
        do(people, by=cast.june)
        self.group = models.Affected.everything.get(decision=self.matter, person=None).id
        tie = {"body": cast.council, "team": cast.east}
        do(deciding.TieToBody(decision=self.matter, group=self.group, **tie), by=cast.june)
        wrong = deciding.RaiseProblem(
            what="place", organisation=cast.council, where="The hall", words="It is cold."
        )
        self.problem = do(wrong, by=cast.rosa).thing
        do(deciding.ShowWords(problem=self.problem), by=cast.ana)
        self.promise = to_group(cast, of=cast.ulo)
        self.own = [promised_to_a_neighbour(cast, each, due_on=date(2026, 4, 10)) for each in range(LOT + 2)]
        self.feedback = [self._feedback() for _each in range(2 * LOT)]
        do_what_is_due(Work())

    def _joins(self, number: int) -> Actor:
        person = named(f"speaks {number}")
        add = AddPerson(
            person=person,
            draws=named(f"speaks {number} draws"),
            organisation=self.cast.council,
            team=self.cast.east,
            name=f"Speaks {number}",
        )
        do(add, by=BUILDER)
        join = JoinBody(person=person, organisation=self.cast.ulo)
        do(join, by=BUILDER)
        return Actor(person=person)

    def _feedback(self) -> UUID:
        give = speaking.GiveFeedback(organisation=self.cast.council, words="It is dark.")
        return do(give, by=NOBODY).thing

    # What one more person does. None of it lets everyone read their words.

    def me_too(self, number: int) -> None:
        do(deciding.SayMeToo(problem=self.problem), by=self.people[number])

    def better(self, number: int) -> None:
        do(deciding.SayIfBetter(problem=self.problem, better="no"), by=self.people[number])

    def view(self, number: int) -> None:
        said = {"position": "unsure" if number % 2 else "for", "words": "So.", "sees": Sees.DECIDERS}
        do(deciding.GiveViewOnPlace(decision=self.matter, **said), by=self.people[number])

    def judgement(self, number: int) -> None:
        said = (
            "against" if number % 3 == 1 else "for"
        )  # the gate stays as it is: what it says is told at once
        changing.judges(self.change, self.people[number], said)

    def trial(self, number: int) -> None:
        tried = deciding.TryIt(
            decision=self.change.decision,
            change=self.change.id,
            item=self.item,
            tried_as="draws",
            works="no" if number % 2 else "yes",
        )
        do(tried, by=self.people[number])

    def verdict(self, number: int) -> None:
        do(judge(self.promise, None, "not_kept" if number % 2 else "kept"), by=self.people[number])

    def own_verdict(self, number: int) -> None:
        person, promise = self.own[number]
        row = PromisedTo.everything.get(promise=promise)
        from alongside.topics.promises.commands import GiveVerdict

        do(GiveVerdict(promise=promise, made_to=row.id, said="not_kept"), by=Actor(person=person))

    def tells(self, number: int) -> None:
        self._feedback()

    def answers_feedback(self, number: int) -> None:
        pk = self.feedback[number]
        do(speaking.ReplyToFeedback(feedback=pk, result="did_not", because="No."), by=self.cast.june)

    def judges_reply(self, number: int) -> None:
        pk = self.feedback[number]
        by = Actor(only=pk, way="code")
        do(speaking.JudgeFeedbackReply(feedback=pk, judged="no"), by=by)

    def asks_in_private(self, number: int) -> None:
        voice_acts.asked(self.cast, self.people[number], name_of="one", body=None, is_open=False)


ACTS: list[tuple[str, Callable[[Place, int], None]]] = [
    (name, getattr(Place, name))
    for name in (
        "me_too",
        "better",
        "view",
        "judgement",
        "trial",
        "verdict",
        "own_verdict",
        "tells",
        "answers_feedback",
        "judges_reply",
        "asks_in_private",
    )
]


@pytest.fixture
def place(cast: Cast) -> Iterator[Place]:
    with clock.at(SPRING):
        found = Place(cast)
    with clock.at(MAY):
        for _name, act in ACTS:
            for number in range(LOT):
                act(found, number)
        yield found


def everything(place: Place) -> Iterator[str]:
    """Every address that is open to a visitor, with each thing of the story in it."""
    things = [place.cast.council, place.change.decision, place.change.id, place.matter, place.problem]
    things += [place.promise, place.own[0][1], place.feedback[0], place.cast.ulo]
    names = ("decisions", "changes", "problems", "promises", "hearings")
    for address, _name in addresses(get_resolver().url_patterns):
        if NOT_READ.search(f"/{address}"):
            continue
        parts = address.count("<")
        if parts == 0:
            yield filled(address, "")
        elif parts == 1:
            yield from (filled(address, str(one)) for one in (*things, *names))


def what_a_visitor_reads(among: list[str]) -> dict[str, str]:
    found = {}
    for address in among:
        text = read(address)
        if text.startswith("200"):
            found[address] = text
    return found


def questions(pages: dict[str, str]) -> list[str]:
    """Where these pages lead to that asks for a part of something: what an address alone does not say."""
    found = set()
    for address, text in pages.items():
        for link in re.findall(r'href="([^"#]*\?[^"#]*)', text):
            whole = link if link.startswith("/") else address.split("?")[0] + link
            if link.startswith(("/", "?")) and not NOT_READ.search(whole):
                found.add(whole.replace("&amp;", "&"))
    return sorted(found)


def difference(before: str, after: str) -> str:
    """The first place where two readings part."""
    at = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    return f"{before[max(0, at - 90) : at + 60]!r} became {after[max(0, at - 40) : at + 60]!r}"
