"""Anyone can check the ledger, and the tables are what the ledger says and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.kernel import canonical, clock, reading, replay, sidedoors
from alongside.kernel.door import do
from alongside.kernel.ledger import Entry, leaf_of, read_header
from alongside.kernel.policy import Actor
from alongside.kernel.writing import SideDoor
from tests.kernel.toy.commands import Join, LayBed, Plant, Water
from tests.kernel.toy.models import Plant as PlantRow
from tests.written import Written, written

pytestmark = pytest.mark.django_db
IRIS = Actor(person=UUID("5d6f3c1e-0000-4000-8000-000000000001"))
MOSS = UUID("5d6f3c1e-0000-4000-8000-000000000002")


@pytest.fixture
def fern() -> UUID:
    thing = do(Plant(note="by the gate"), by=IRIS).thing
    do(Water(plant=thing, litres=2, note="soaked"), by=IRIS)
    do(LayBed(room=2), by=IRIS)
    return thing


def run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def name(value: UUID) -> Any:
    return value if connection.vendor == "postgresql" else value.hex


def test_an_honest_ledger_is_sound(fern: UUID) -> None:
    found = replay.verify()
    assert (found.entries, found.problems) == (3, [])
    assert replay.compare().problems == []


def line_of(fern: UUID, place: int) -> Written:
    return written(thing=fern)[place - 1]


def forge_header(fern: UUID) -> None:
    entry = line_of(fern, 2)
    run(
        "UPDATE kernel_entry SET header = %s WHERE number = %s",
        entry.header.replace('"litres":2', '"litres":9'),
        entry.number,
    )


def forge_header_and_stamp(fern: UUID) -> None:
    entry = line_of(fern, 1)
    header = entry.header.replace("planted", "planned")
    leaf = leaf_of(header.encode(), bytes(entry.boxes))
    run("UPDATE kernel_entry SET header = %s, stamp = %s WHERE number = %s", header, leaf[:8], entry.number)


def forge_box(fern: UUID) -> None:
    entry = line_of(fern, 1)
    boxes = bytearray(entry.boxes)
    boxes[-1] ^= 1
    run("UPDATE kernel_entry SET boxes = %s WHERE number = %s", bytes(boxes), entry.number)


def forge_column(fern: UUID) -> None:
    run("UPDATE kernel_entry SET about = %s WHERE number = %s", name(uuid4()), line_of(fern, 1).number)


def forge_typist(fern: UUID) -> None:
    run("UPDATE kernel_entry SET typed_for = %s WHERE number = %s", name(uuid4()), line_of(fern, 1).number)


def forge_number_before(fern: UUID) -> None:
    run("UPDATE kernel_entry SET before = NULL WHERE number = %s", line_of(fern, 2).number)


def forge_number_of_the_last(fern: UUID) -> None:
    run("UPDATE kernel_head SET last = last - 1 WHERE thing = %s", name(fern))


def drop_last(fern: UUID) -> None:
    run("DELETE FROM kernel_entry WHERE number = %s", line_of(fern, 2).number)


def drop_first(fern: UUID) -> None:
    run("DELETE FROM kernel_entry WHERE number = %s", line_of(fern, 1).number)


def drop_whole_chain(fern: UUID) -> None:
    for each in written(thing=fern):
        run("DELETE FROM kernel_entry WHERE number = %s", each.number)


@pytest.mark.parametrize(
    "forgery",
    [
        forge_header,
        forge_header_and_stamp,
        forge_box,
        forge_column,
        forge_typist,
        forge_number_before,
        forge_number_of_the_last,
        drop_last,
        drop_first,
        drop_whole_chain,
    ],
)
def test_a_forged_ledger_is_found_out(fern: UUID, forgery: Callable[[UUID], None]) -> None:
    sidedoors.unlock(connection)
    forgery(fern)
    assert not replay.verify().sound


def forge_last_header(fern: UUID) -> None:
    entry = line_of(fern, 2)
    header = entry.header.replace('"litres":2', '"litres":9')
    run("UPDATE kernel_entry SET header = %s WHERE number = %s", header, entry.number)


@pytest.mark.parametrize(("place", "forgery"), [(1, forge_box), (2, forge_last_header)])
def test_the_one_line_that_was_changed_is_named_and_not_the_one_after_it(
    fern: UUID, place: int, forgery: Callable[[UUID], None]
) -> None:
    do(Water(plant=fern, litres=3), by=IRIS)
    sidedoors.unlock(connection)
    forgery(fern)
    [said] = replay.verify().problems
    assert said.startswith(f"Entry {line_of(fern, place).number} ") and "was changed" in said


def test_a_line_whose_stamp_was_made_to_fit_is_found_by_the_one_after_it(fern: UUID) -> None:
    sidedoors.unlock(connection)
    forge_header_and_stamp(fern)
    [said] = replay.verify().problems
    assert said.startswith(f"Entry {line_of(fern, 2).number} ") and "does not follow" in said


STRANGE = [
    "UPDATE kernel_entry SET header = '{' WHERE number = %s",
    "UPDATE kernel_entry SET header = '{\"on\":1}' WHERE number = %s",
]
STRANGE_ON_SQLITE = [
    "UPDATE kernel_entry SET header = CAST(X'FF00' AS TEXT) WHERE number = %s",
    "UPDATE kernel_entry SET header = CAST(header AS BLOB) WHERE number = %s",
    "UPDATE kernel_entry SET boxes = CAST(X'FF00' AS TEXT) WHERE number = %s",
    "UPDATE kernel_entry SET boxes = 'words' WHERE number = %s",
    "UPDATE kernel_entry SET stamp = 'words' WHERE number = %s",
    "UPDATE kernel_entry SET about = CAST(X'FF00' AS TEXT) WHERE number = %s",
]


@pytest.mark.parametrize("statement", STRANGE)
def test_a_line_whose_text_cannot_be_read_is_named(fern: UUID, statement: str) -> None:
    number = line_of(fern, 2).number
    sidedoors.unlock(connection)
    run(statement, number)
    assert replay.verify().problems[0] == f"Entry {number} was changed: its text cannot be read."


@pytest.mark.parametrize("statement", STRANGE_ON_SQLITE)
def test_a_line_into_which_somebody_put_another_kind_of_thing_is_named(fern: UUID, statement: str) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL itself keeps each column to its kind")
    number = line_of(fern, 2).number
    sidedoors.unlock(connection)
    run(statement, number)
    said = replay.verify().problems[0]
    assert said.startswith(f"Entry {number} was changed: ")


def test_the_end_of_a_chain_and_a_row_with_another_kind_of_thing_are_named(fern: UUID) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL itself keeps each column to its kind")
    sidedoors.unlock(connection)
    run("UPDATE toy_plant SET note = CAST(X'FF00' AS TEXT) WHERE id = %s", name(fern))
    [said] = replay.compare().problems
    assert said == f"toy.Plant row {name(fern)} was changed outside the door: it is not what the record says."
    run("UPDATE kernel_head SET leaf = 'words' WHERE thing = %s", name(fern))
    [said] = replay.verify().problems
    assert said.startswith(f"The end of the chain of {fern.hex} was changed")


def test_each_header_is_the_canonical_text_of_what_it_says(fern: UUID) -> None:
    """Whoever checks our record with another program must come to the same digest."""
    do(
        Water(plant=fern, note="drafodaeth ŵyl 🌿"),
        by=replace(IRIS, typed_by=MOSS, how="phone", office=uuid4()),
    )
    with clock.at("2026-03-02"):  # a whole second
        do(Plant(), by=IRIS)
    lines = written()
    assert len(lines) > 4
    assert all(canonical.dumps(canonical.loads(each.header)) == each.header for each in lines)
    assert {len(each.entry.at.isoformat()) for each in lines} == {25, 32}


def test_what_somebody_typed_for_another_is_found_by_whom_it_was_typed_for(fern: UUID) -> None:
    typed = do(Water(plant=fern), by=replace(IRIS, typed_by=MOSS)).entry
    assert [line.recorded.id for line in reading.typed_for([IRIS.author])] == [typed]
    assert reading.typed_entry([IRIS.author], typed) is not None
    first = written()[0].id
    assert reading.typed_entry([IRIS.author], first) is None, "it is theirs, and nobody typed it for them"


def add_row(fern: UUID) -> None:
    source = PlantRow.everything.filter(id=fern)
    columns = ", ".join(str(f.column) for f in PlantRow._meta.concrete_fields if f.column != "id")
    assert source
    run(
        f"INSERT INTO toy_plant (id, {columns}) SELECT %s, {columns} FROM toy_plant WHERE id = %s",
        name(uuid4()),
        name(fern),
    )


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (
            lambda fern: run("UPDATE toy_plant SET water = 9 WHERE id = %s", name(fern)),
            "was changed outside the door",
        ),
        (lambda fern: run("DELETE FROM toy_plant WHERE id = %s", name(fern)), "was removed outside the door"),
        (add_row, "was added outside the door"),
    ],
)
def test_a_row_changed_by_sql_is_named_and_a_rebuild_mends_it(
    fern: UUID, what: Callable[[UUID], None], said: str
) -> None:
    sidedoors.unlock(connection)
    what(fern)
    sidedoors.lock(connection)
    found = replay.compare()
    assert len(found.problems) == 1
    assert said in found.problems[0]
    assert replay.rebuild() == 3
    assert replay.compare().sound
    assert PlantRow.everything.get(id=fern).water == 2


def test_a_table_emptied_behind_an_open_side_door_is_found_and_not_filled_by_looking(fern: UUID) -> None:
    """An empty table is laid beside the live one only once it is written into, and never the live one is."""
    sidedoors.unlock(connection)
    run("DELETE FROM toy_plant")
    found = replay.compare()
    assert len(found.problems) == 1 and "was removed outside the door" in found.problems[0]
    assert not PlantRow.everything.exists()
    assert replay.rebuild() == 3
    assert replay.compare().sound and PlantRow.everything.exists()


@pytest.mark.postgresql  # elsewhere they are always made anew
def test_a_comparison_finds_the_same_whether_its_tables_are_kept_or_made_anew(fern: UUID) -> None:
    sidedoors.unlock(connection)
    run("UPDATE toy_plant SET water = 9")
    sidedoors.lock(connection)
    kept = replay.compare().problems
    run("DISCARD TEMP")
    run("SET LOCAL search_path TO DEFAULT")
    assert replay.compare().problems == kept != []
    assert replay.rebuild() == 3
    assert replay.compare().sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE toy_plant SET water = 9",
        "DELETE FROM toy_plant",
        "INSERT INTO toy_bed (id, made_by, room, plants) VALUES ('00000000000040008000000000000009', 1, 1, 0)",  # noqa: E501
        "UPDATE kernel_entry SET header = 'x'",
        "DELETE FROM kernel_entry",
        "DELETE FROM kernel_head",
        "INSERT INTO kernel_head VALUES ('00000000000040008000000000000009', 1, '', 1)",
    ],
)
def test_side_doors_are_locked_in_the_database(fern: UUID, statement: str) -> None:
    with pytest.raises(DatabaseError, match="only through the door"), transaction.atomic():
        run(statement)


@pytest.mark.parametrize("statement", ["UPDATE kernel_look SET page = 'x'", "DELETE FROM kernel_look"])
def test_that_somebody_looked_is_never_changed_and_never_taken_away(fern: UUID, statement: str) -> None:
    reading.Look.objects.create(person=fern, by=fern, at=clock.now(), page="record")
    with pytest.raises(DatabaseError, match="only through the door"), transaction.atomic():
        run(statement)
    assert reading.Look.objects.count() == 1


def test_even_with_the_door_open_the_ledger_is_only_added_to(fern: UUID) -> None:
    for statement in ("UPDATE kernel_entry SET header = 'x'", "DELETE FROM kernel_entry"):
        with pytest.raises(DatabaseError, match="only through the door"), transaction.atomic():
            sidedoors.open_door(connection)
            try:
                run(statement)
            finally:
                sidedoors.close_door(connection)


@pytest.mark.postgresql  # SQLite has no TRUNCATE: DELETE, above, is all there is
@pytest.mark.parametrize("table", ["kernel_entry", "kernel_look", "kernel_head", "toy_plant"])
def test_truncate_is_refused_too(fern: UUID, table: str) -> None:
    with pytest.raises(DatabaseError, match="only through the door"), transaction.atomic():
        run(f"TRUNCATE {table}")


def test_side_doors_are_locked_in_the_code(fern: UUID) -> None:
    row = PlantRow.everything.get(id=fern)
    rows = PlantRow.everything
    recorded = read_header(line_of(fern, 1).header).recorded(1)
    attempts: list[Callable[[], object]] = [
        row.save,
        row.delete,
        lambda: rows.update(water=9),
        lambda: rows.all().update(water=9),
        lambda: rows.all().delete(),
        lambda: rows.bulk_create([row]),
        lambda: rows.bulk_update([row], ["water"]),
        lambda: rows.create(water=9),
        lambda: rows.raw("SELECT 1"),
        lambda: rows.get_or_create(water=9),
        lambda: PlantRow.objects.all(),
        lambda: row.change(recorded, water=9),
    ]
    for attempt in attempts:
        with pytest.raises((SideDoor, AttributeError)):
            attempt()
    assert PlantRow.everything.get(id=fern).water == 2


def test_an_entry_of_an_older_shape_is_read_by_its_upcast(fern: UUID) -> None:
    text = canonical.loads(line_of(fern, 2).header)
    command = replay.parsed(
        "toy.watered", 1, canonical.dumps({"plant": text["fields"]["plant"], "pints": 8}).encode(), []
    )
    assert isinstance(command, Water)
    assert command.litres == 4


def test_an_entry_of_a_shape_to_come_is_not_read_as_one_of_today(fern: UUID) -> None:
    """After a step back to an older version: what its words mean nobody here knows."""
    text = canonical.loads(line_of(fern, 2).header)
    fields = canonical.dumps({"plant": text["fields"]["plant"], "litres": 8}).encode()
    with pytest.raises(replay.UnknownShape, match="written by a newer version"):
        replay.parsed("toy.watered", Water.version + 1, fields, [])


def test_a_rebuild_calls_apply_and_nothing_else(fern: UUID) -> None:
    """Nothing is sent a second time: neither what the wiring page tells, nor what a command lets leave."""
    from alongside.kernel.outbox import Outbox

    joined = do(Join(plant=fern, other=do(Plant(), by=IRIS).thing), by=IRIS)
    assert Outbox.objects.filter(entry=joined.entry).exists()
    before = Outbox.objects.count(), Entry.objects.count()
    replay.rebuild()
    assert (Outbox.objects.count(), Entry.objects.count()) == before
