"""A question that is kept: what it is written from, and what it refuses."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.kept import AsksOnTheWay, KeptQuestion, kept_question
from alongside.kernel.policy import NOBODY, Actor
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Plant as PlantRow

pytestmark = pytest.mark.django_db
IRIS, MOSS = Actor(person=uuid4()), Actor(person=uuid4())


def planted(by: Actor, day: str, note: str = "") -> UUID:
    with clock.at(day):
        return do(Plant(note=note), by=by).thing


def its_plants(actor: Actor, at: datetime) -> Any:
    """The actor's own, the oldest first."""
    return PlantRow.objects.seen_by(actor, at).order_by("planted_on")


def planted_before_today(actor: Actor, at: datetime) -> Any:
    return PlantRow.objects.seen_by(actor, at).filter(planted_on__lt=clock.today())


def some_of_them(actor: Actor, at: datetime, ids: list[UUID]) -> Any:
    return PlantRow.objects.seen_by(actor, at).filter(id__in=ids).order_by("planted_on")


def test_each_reader_gets_their_own_rows_with_their_words() -> None:
    question, first = KeptQuestion(its_plants), planted(IRIS, "2026-03-02", "Mint")
    second, others = planted(IRIS, "2026-03-09", "Sage"), planted(MOSS, "2026-03-03")
    for _again in range(2):
        assert [row.id for row in question(IRIS)] == [first, second]
        assert [str(row.note) for row in question(IRIS)] == ["Mint", "Sage"]
        assert [row.id for row in question(MOSS)] == [others]
        assert question.count(IRIS) == 2
        assert question(NOBODY) == [] and question.count(NOBODY) == 0


def test_no_day_is_baked_in() -> None:
    question, mint = KeptQuestion(planted_before_today), planted(IRIS, "2026-03-02")
    for day, found in (("2026-03-02", []), ("2026-03-03", [mint]), ("2026-03-02", [])):
        with clock.at(day):
            assert [row.id for row in question(IRIS)] == found


def test_a_question_can_name_a_few_ids_or_many() -> None:
    question = KeptQuestion(some_of_them)
    plants = [planted(IRIS, f"2026-03-{day:02}") for day in range(1, 8)]
    for few in (0, 1, 2, 3, 7):
        assert [row.id for row in question(IRIS, among=plants[:few])] == plants[:few]
        assert question(MOSS, among=plants[:few]) == []
    many = [*plants, *(uuid4() for _ in range(100))]
    assert [row.id for row in question(IRIS, among=many)] == plants


def test_whose_records_were_joined_is_answered_too() -> None:
    question, mint = KeptQuestion(its_plants), planted(MOSS, "2026-03-02")
    joined = Actor(person=IRIS.person, former=frozenset([MOSS.person or uuid4()]))
    assert [row.id for row in question(joined)] == [mint]
    assert question.count(joined) == 1


def test_values_are_read_as_django_reads_them() -> None:
    planted(IRIS, "2026-03-02")
    days = KeptQuestion(lambda actor, at: its_plants(actor, at).values_list("planted_on", flat=True))
    pairs = KeptQuestion(lambda actor, at: its_plants(actor, at).values_list("keeper", "planted_on"))
    assert days(IRIS) == list(days.rows(IRIS))
    assert pairs(IRIS) == list(pairs.rows(IRIS))


def test_whoever_asks_the_database_on_the_way_is_refused() -> None:
    """The answer for a stand-in would be the answer for everyone, for ever."""

    def asks(actor: Actor, at: datetime) -> Any:
        known = [row.id for row in PlantRow.objects.seen_by(actor, at)]
        return PlantRow.objects.seen_by(actor, at).filter(id__in=known)

    def asks_by_the_wire(actor: Actor, at: datetime) -> Any:
        known = [row.id for row in PlantRow.objects.seen(actor)]
        return PlantRow.objects.seen_by(actor, at).filter(id__in=known)

    for written in (asks, asks_by_the_wire):
        with pytest.raises(AsksOnTheWay):
            KeptQuestion(written)(IRIS)


def test_what_hangs_on_something_around_it_is_refused() -> None:
    least = 3

    def around(actor: Actor, at: datetime) -> Any:
        return PlantRow.objects.seen_by(actor, at).filter(water__gt=least)

    with pytest.raises(TypeError, match="looks at names around it"):
        kept_question(around)
