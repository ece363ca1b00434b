"""Plain questions: written once for all values, and answered as Django answers them."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import FieldError, MultipleObjectsReturned, ObjectDoesNotExist, ValidationError
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext

from alongside.kernel import clock, plain, replay
from alongside.kernel.door import do
from alongside.kernel.now import Now, Rows, now_tables
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Plant as PlantRow
from tests.ledgers.golden import ledgers
from tests.ledgers.laid_down import laid_down

pytestmark = pytest.mark.django_db
IRIS, MOSS = Actor(person=uuid4()), Actor(person=uuid4())
ODD: list[Any] = [None, "", "%s", "1' OR 1=1", 0, -1, 1 << 40, True, False, UUID(int=0), [], [None]]
ODD += [date(2026, 3, 29), datetime(2026, 3, 29, 0, 30, tzinfo=UTC), (uuid4(), None), {uuid4()}, ("a", 1)]
REFUSALS = (ValueError, TypeError, FieldError, ValidationError, ObjectDoesNotExist, MultipleObjectsReturned)
COMPARED = ("", "", "__in", "__in", "__lt", "__gte", "__isnull", "__gt", "__contains", "__year", "__date")


def planted(by: Actor, day: str, note: str = "") -> UUID:
    with clock.at(day):
        return do(Plant(note=note), by=by).thing


def test_of_a_whole_record_each_table_answers_as_django_does() -> None:
    """Of every table questions by chance, with what stands in it and with what never could."""
    laid_down(ledgers()[-1])
    replay.rebuild()
    chance, asked, kept = Random(20260302), 0, 0
    for model in now_tables():
        for _question in range(4):
            words = [_word(model, chance) for _each in range(chance.randint(1, 3))]
            for end in (_rows, _values, _first, _only, Rows.exists, Rows.count):
                ours, theirs = (_answer(end, rows, words) for rows in (model.everything.all(), Rows(model)))
                assert ours == theirs, f"{model.__name__}: {words} asked for {end.__name__}"
                asked += 1
        kept += sum(each is not None for each in plain._statements.values())
        plain._statements.clear()
    assert asked > 3000 and kept > 1000, "too little was asked, or hardly anything was plain"


def _word(model: type[Now], chance: Random) -> tuple[str, dict[str, Any]]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, SealedField)]
    like = {}
    for field in chance.sample(fields, chance.randint(1, min(2, len(fields)))):
        compared = chance.choice(COMPARED)
        there = list(Rows(model).order_by("id").values_list(field.attname, flat=True)[:30]) or [None]
        value = chance.choice(there) if chance.random() < 0.8 else chance.choice(ODD)
        if compared == "__in" and chance.random() < 0.9:
            value = chance.choice((list, tuple, set))(chance.sample(there, chance.randint(0, len(there))))
        if isinstance(value, (list, tuple, set)) and compared != "__in":
            value = None
        if compared == "__isnull":
            value = chance.random() < 0.5
        if compared == "__year":
            value = 2026
        like[field.attname + compared] = value
    return chance.choice(("filter", "exclude")), like


def _answer(end: Any, rows: Any, words: list[tuple[str, dict[str, Any]]]) -> Any:
    """What is answered, or how it is refused."""
    try:
        for word, like in words:
            rows = getattr(rows, word)(**like)
        return end(rows)
    except REFUSALS as no:
        return type(no).__name__


def _rows(rows: Any) -> Any:
    return [_columns(row) for row in rows.order_by("-made_by", "id")[:20]]


def _columns(row: Any) -> list[Any]:
    names = [field.attname for field in row._meta.concrete_fields]
    return [
        bytes(value) if hasattr(value, "words") else value for value in (getattr(row, name) for name in names)
    ]


def _values(rows: Any) -> Any:
    few = rows.order_by("made_by", "id").values_list("made_by", "id")
    return list(few), list(rows.order_by("made_by").values_list("made_by", flat=True).distinct())


def _first(rows: Any) -> Any:
    first = rows.first()
    return first and first.pk


def _only(rows: Any) -> Any:
    return rows.get().pk


def test_one_statement_serves_whatever_the_values_are() -> None:
    mint, sage = planted(IRIS, "2026-03-02"), planted(IRIS, "2026-03-09")
    plain._statements.clear()
    for day, found in ((date(2026, 3, 2), [mint]), (date(2026, 3, 9), [sage]), (date(2026, 3, 3), [])):
        rows = PlantRow.everything.filter(keeper=IRIS.person, planted_on=day)
        assert list(rows.values_list("id", flat=True)) == found
    assert len(plain._statements) == 1
    for many in ([mint], [mint, sage], [mint, sage, uuid4()], [uuid4() for _each in range(4)]):
        list(PlantRow.everything.filter(id__in=many))
    assert len(plain._statements) == 4, "for one, two and four: few statements for lists of any length"


def test_what_is_worked_out_from_a_value_is_asked_anew_each_time() -> None:
    """Had the year been kept, the second reader would have been given the rows of the first one's year."""
    old, new = planted(IRIS, "2025-03-02"), planted(IRIS, "2026-03-02")
    for _again in range(2):
        assert [row.id for row in PlantRow.everything.filter(planted_on__year=2025)] == [old]
        assert [row.id for row in PlantRow.everything.filter(planted_on__year=2026)] == [new]


def test_what_was_just_written_in_this_transaction_is_counted() -> None:
    mine = PlantRow.everything.filter(keeper=IRIS.person)
    assert (mine.count(), mine.exists()) == (0, False)
    planted(IRIS, "2026-03-02")
    assert (mine.count(), mine.exists(), len(mine)) == (1, True, 1)


def test_a_plain_question_can_be_a_part_of_a_larger_one() -> None:
    mint, moss = planted(IRIS, "2026-03-02"), planted(MOSS, "2026-03-03")
    mine = PlantRow.everything.filter(keeper=IRIS.person)
    everything = PlantRow.everything
    assert [row.id for row in everything.filter(id__in=mine.values("id"))] == [mint]
    assert [row.id for row in everything.exclude(id__in=mine.values_list("id", flat=True))] == [moss]
    assert [row.id for row in everything.filter(Exists(mine.filter(id=OuterRef("id"))))] == [mint]
    assert [row.id for row in (mine | everything.filter(id=moss)).order_by("planted_on")] == [mint, moss]
    assert [row.id for row in mine.filter(Q(id=mint) | Q(id=moss))] == [mint]
    assert mine.filter(planted_on__gte=date(2026, 1, 1)).values("planted_on").get() == {
        "planted_on": date(2026, 3, 2)
    }
    assert mine.in_bulk([mint, moss]).keys() == {mint}
    assert [row.pk for row in mine.iterator()] == [mint]


def test_the_first_so_many_are_counted_off_last() -> None:
    plants = [planted(IRIS, f"2026-03-{day:02}") for day in range(1, 6)]
    mine = PlantRow.everything.filter(keeper=IRIS.person).order_by("planted_on")
    assert [row.id for row in mine[:2]] == plants[:2]
    assert (mine[0].id, mine[3].id, [row.id for row in mine[1:3]]) == (plants[0], plants[3], plants[1:3])
    assert (mine[:2].count(), mine[:2].exists(), list(mine[:0])) == (2, True, [])
    with pytest.raises(TypeError, match="slice"):
        mine[:2].filter(id=plants[0])


def test_one_row_is_got_or_it_is_said_why_not() -> None:
    mint = planted(IRIS, "2026-03-02")
    assert PlantRow.everything.get(pk=mint).id == mint
    planted(IRIS, "2026-03-02")
    with pytest.raises(PlantRow.MultipleObjectsReturned):
        PlantRow.everything.get(keeper=IRIS.person)
    with pytest.raises(PlantRow.DoesNotExist):
        PlantRow.everything.get(keeper=MOSS.person)


def test_whoever_counts_questions_counts_these_too() -> None:
    with CaptureQueriesContext(connection) as asked:
        list(PlantRow.everything.filter(keeper=IRIS.person, planted_on__lt=date.today() + timedelta(days=1)))
        PlantRow.everything.filter(keeper=IRIS.person).exists()
    assert len(asked) == 2


def test_a_value_that_is_only_a_part_of_what_is_sent_is_asked_anew_each_time() -> None:
    """A word with a mark behind it is sent: the word of whoever asked first must not stand there for all."""
    plants = [planted(IRIS, "2026-03-02"), planted(IRIS, "2026-03-02")]
    for plant in (*plants, *plants):
        assert [row.id for row in PlantRow.everything.filter(id__startswith=plant.hex[:8])] == [plant]
        assert PlantRow.everything.exclude(id__startswith=plant.hex[:8]).count() == 1
