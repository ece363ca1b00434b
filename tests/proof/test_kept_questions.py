"""What pages ask with a statement that is kept, Django answers alike: each question, for everyone."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import UUIDField
from django.urls import get_resolver

from alongside.home.pages import _places
from alongside.kernel import clock
from alongside.kernel.kept import QUESTIONS, KeptQuestion
from alongside.kernel.now import now_tables
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.promises.models import Promise, PromisedTo
from alongside.topics.promises.pages.panels import promises_to_answer
from tests.promises.making import promised
from tests.proof.cells import watched
from tests.proof.story import story
from tests.world import Cast

pytestmark = pytest.mark.django_db


def answer(question: KeptQuestion, actor: Actor, among: list[UUID] | None) -> Any:
    at = clock.now()
    return [_plain(row) for row in question(actor, at, among=among)]


def by_django(question: KeptQuestion, actor: Actor, among: list[UUID] | None) -> Any:
    at = clock.now()
    return [_plain(row) for row in question.rows(actor, at, among=among)]


def _plain(row: Any) -> Any:
    return (type(row).__name__, row.pk, row.made_by) if hasattr(row, "pk") else row


def in_any_order(rows: list[Any]) -> list[str]:
    return sorted(map(repr, rows))


@pytest.mark.slow
def test_what_is_kept_is_answered_as_django_answers_it(cast: Cast) -> None:
    assert get_resolver().url_patterns  # every page is read in, and so every question is known
    given, alike = set[str](), 0
    with clock.at("2026-03-02"):
        for number, state in enumerate(story(cast)):
            if number % 3 != 1:
                continue  # the second, the fifth and so on, when much has come about
            promises = list(Promise.everything.order_by("id").values_list("id", flat=True)[:5])
            people = list(PromisedTo.everything.exclude(person=None).values_list("person", flat=True)[:5])
            for who, actor, _looks in watched(cast):
                for question in QUESTIONS:
                    among = [*promises, *people] if question.names_ids else None
                    kept, unkept = answer(question, actor, among), by_django(question, actor, among)
                    name = question.write.__qualname__
                    assert in_any_order(kept) == in_any_order(unkept), (name, who, state)
                    given |= {name} if kept else set()
                    alike += 1
    assert alike > 2_000
    assert len(given) > len(QUESTIONS) // 2, "most of these questions were answered by nothing at all"


def held_in(table: Any, column: str) -> list[Any]:
    """Two of the values that this column has."""
    held = table.everything.exclude(**{column: None}).values_list(column, flat=True)
    return sorted(set(held))[:2]


@pytest.mark.slow
def test_whoever_asks_for_the_parts_of_one_thing_sees_what_they_see_of_all(cast: Cast) -> None:
    """There the rule names the one thing, and here its column: the rows are the same, of every table."""
    seen, names = Counter[bool](), set[str]()
    with clock.at("2026-03-02"):
        for number, state in enumerate(story(cast)):
            if number not in (3, 7, 10):
                continue
            looking = list(watched(cast))
            for table in now_tables():
                columns = [each.name for each in table._meta.concrete_fields if type(each) is UUIDField]
                assert columns[0] == "id"
                held = [(column, one) for column in columns[1:] for one in held_in(table, column)]
                for who, actor, _looks in looking:
                    all_they_see = list(table.objects.seen_by(actor).values(*columns))
                    for column, one in held:
                        found = {row.pk for row in table.objects.seen(actor, **{column: one})}
                        plainly = {row["id"] for row in all_they_see if row[column] == one}
                        assert found == plainly, (table, column, who, state)
                        seen[bool(found)] += 1
                        names |= {f"{table.__name__}.{column}"} if found else set()
    assert min(seen[True], seen[False]) > 2_000 and len(names) > 100, (seen, len(names))


def test_each_question_is_kept_for_a_person_with_one_record(cast: Cast) -> None:
    """Otherwise it is written anew each time, which is right and slow."""
    assert get_resolver().url_patterns
    assert len(QUESTIONS) > 20
    anew = [
        question.write.__qualname__
        for question in QUESTIONS
        if question._statement(cast.rosa, [cast.council] if question.names_ids else None) is None
    ]
    assert not anew


def test_a_day_that_comes_is_seen(cast: Cast) -> None:
    """A statement that kept the day on which it was written would go on asking about that day."""
    with clock.at("2026-03-02"):
        promise = promised(cast, to=cast.rosa)
    due = Promise.everything.get(id=promise).due_on
    with clock.at(due - timedelta(days=1)):
        assert promises_to_answer(cast.rosa) == []
    with clock.at(due):
        assert [row.id for row in promises_to_answer(cast.rosa)] == [promise]


def test_nobody_is_somebody_too() -> None:
    """Whoever has not signed in has statements of their own, never those of somebody."""
    assert _places(NOBODY) == list(_places.rows(NOBODY))
