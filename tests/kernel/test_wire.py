"""The door's own wire: fewer journeys to the database, and the same promises."""

import tempfile
import threading
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from alongside.kernel import clock, policy, reading, replay, sidedoors, writing
from alongside.kernel.command import Refused
from alongside.kernel.door import do, do_many
from alongside.kernel.keyring import keyring
from alongside.kernel.ledger import Entry
from alongside.kernel.policy import Actor
from alongside.kernel.receipts import Receipt
from alongside.kernel.wire import Insert, Wire
from tests.kernel.toy.commands import Join, Plant, Water, Wave
from tests.kernel.toy.models import Plant as PlantRow
from tests.written import written

IRIS = Actor(person=uuid4())


@pytest.mark.postgresql  # SQLite compiles nothing
@pytest.mark.django_db
def test_a_long_question_is_not_compiled_before_it_is_asked() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
        cursor.execute("SELECT reset_val FROM pg_settings WHERE name = 'jit'")
        assert cursor.fetchone() == ("on",), "the server would: it is we who say no"


@pytest.mark.postgresql  # SQLite plans each statement once
@pytest.mark.django_db
def test_what_is_asked_often_is_planned_once_whoever_asks() -> None:
    """Left to itself, PostgreSQL plans the first five anew, and a long question for ever."""
    asked = "SELECT entry.number FROM kernel_entry entry WHERE entry.about = %s AND entry.number > %s"
    for _reader in range(12):
        Wire().ask(asked, (uuid4(), 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ["SELECT entry.number FROM kernel_entry%"],
        )
        ((once, anew),) = cursor.fetchall()
    assert once > 5 and anew == 0


@pytest.mark.django_db
def test_a_long_question_has_its_values_in_their_places() -> None:
    """A mark of ours is a value; two signs of a hundred are one that stands in the words."""
    long = "/* " + "who may see what is long to say " * 200 + "*/"
    asked = f"SELECT CAST(%s AS text), '50 %%', 'ten %%s', CAST(%s AS text) {long}"
    for first, second in (("a", "b"), ("%s", "$1")):
        assert Wire().ask(asked, (first, second)) == [(first, "50 %", "ten %s", second)]
    assert Wire().ask("SELECT '1 %%'") == [("1 %",)]


@pytest.mark.postgresql  # SQLite is in this program: there is no journey
@pytest.mark.usefixtures("committed")
def test_a_command_is_two_journeys_to_the_database() -> None:
    """The begin goes with the lock and what is judged; the commit with the rows, if none must be counted."""
    fern = do(Plant(), by=IRIS).thing
    for command, journeys in ((Water(plant=fern), ["Sync", "Sync", "Query"]), (Plant(), ["Sync", "Sync"])):
        with tempfile.TemporaryFile("w+") as told:
            connection.connection.pgconn.trace(told.fileno())
            do(command, by=IRIS)
            connection.connection.pgconn.untrace()
            told.seek(0)
            sent = [line.split("\t") for line in told]
        ends = [part[3].strip() for part in sent if part[1] == "F" and part[3].strip() in ("Sync", "Query")]
        assert ends == journeys
        assert connection.connection.autocommit
    with pytest.raises(Refused):
        do(Water(plant=fern, litres=99), by=IRIS)
    with pytest.raises(DataError), transaction.atomic():  # begun along with a question that goes wrong
        Wire().ask_all([("SELECT 1 / 0", ())])
    wrong: Any = 5  # values come in a list
    with transaction.atomic():
        with pytest.raises(TypeError):  # goes wrong before it is sent
            Wire().ask_all([("SELECT 1", ()), ("SELECT %s", wrong)])
        do(Plant(), by=IRIS)
        transaction.set_rollback(True)
    assert Entry.objects.count() == 3


@pytest.mark.usefixtures("committed")
def test_what_was_sent_often_still_finds_the_rebuilt_tables() -> None:
    """A kept plan names the table it was made for: a rebuild must not write into the live one."""
    fern = do(Plant(note="by the gate"), by=IRIS).thing
    for often in (1, 2, 3):  # the first rebuild of a connection changes where names are looked for
        for _ in range(8):
            do(Water(plant=fern, litres=0), by=IRIS)
        assert replay.compare().sound
        assert replay.rebuild() == 1 + 8 * often
        assert PlantRow.everything.get(id=fern).made_by == Entry.objects.latest("number").number


@pytest.mark.usefixtures("committed")
def test_a_moment_is_taken_after_the_lock_so_that_a_chain_never_goes_back_in_time() -> None:
    fern = do(Plant(), by=IRIS).thing
    held, waiting = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            do(Water(plant=fern), by=IRIS)
            held.set()
            waiting.wait(0.5)
        connection.close()

    first = threading.Thread(target=hold)
    first.start()
    held.wait()
    do(Water(plant=fern), by=IRIS)
    first.join()
    moments = [line.recorded.at for line in reading.history(fern)]
    assert moments == sorted(moments)
    assert (moments[2] - moments[1]).total_seconds() > 0.2


@pytest.mark.usefixtures("committed")
def test_the_door_is_closed_again_after_a_commit_a_refusal_and_an_error() -> None:
    fern = do(Plant(), by=IRIS).thing
    for litres in (1, 11):
        try:
            do(Water(plant=fern, litres=litres), by=IRIS)
        except Exception as error:
            assert "too much" in str(error)
        with pytest.raises(Exception, match="only through the door"), connection.cursor() as cursor:
            cursor.execute("UPDATE toy_plant SET water = 0")


@pytest.mark.django_db
def test_the_door_is_closed_again_inside_a_transaction_of_others() -> None:
    do(Plant(), by=IRIS)
    with (
        pytest.raises(Exception, match="only through the door"),
        transaction.atomic(),
        connection.cursor() as c,
    ):
        c.execute("UPDATE toy_plant SET water = 0")


@pytest.mark.django_db
def test_errors_are_djangos_own_and_the_wire_can_be_used_again() -> None:
    wire, row, receipt = Wire(), receipt_row(b"m"), RECEIPT
    with pytest.raises(IntegrityError, match="kernel_receipt"), transaction.atomic():
        wire.send([(receipt, [row]), (receipt, [row])])
    with pytest.raises(IntegrityError, match="kernel_receipt"), transaction.atomic():
        wire.send([(receipt, [row] * 20)])
    wire.send([(receipt, [row])])
    assert Receipt.objects.count() == 1


RECEIPT = Insert("kernel_receipt", ["submission", "content", "entry", "thing", "at"])


def receipt_row(mark: bytes) -> tuple[Any, ...]:
    one = Wire().named(uuid4())
    return mark * 32, b"c" * 32, one, one, Wire().moment(clock.now())


@pytest.mark.postgresql  # SQLite is no journey away
@pytest.mark.usefixtures("committed")
def test_the_commit_goes_along_with_the_rows_and_is_not_done_when_one_of_them_fails() -> None:
    row = receipt_row(b"m")
    with pytest.raises(IntegrityError, match="kernel_receipt"), transaction.atomic():
        Wire().send([(RECEIPT, [row]), (RECEIPT, [row])], commits=True)
    assert Receipt.objects.count() == 0
    with transaction.atomic():
        Wire().send([(RECEIPT, [row])], commits=True)
        assert connection.connection.info.transaction_status.name == "IDLE"
    assert Receipt.objects.count() == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Wire().send([(RECEIPT, [receipt_row(b"n")])])
        assert connection.connection.info.transaction_status.name == "INTRANS"
        raise ZeroDivisionError
    assert Receipt.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.usefixtures("committed")
def test_what_the_commit_itself_refuses_is_an_error_and_not_there() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE late (id integer UNIQUE DEFERRABLE INITIALLY DEFERRED)")
    try:
        late = Insert("late", ["id"])
        with pytest.raises(IntegrityError, match="late"), transaction.atomic():
            Wire().send([(RECEIPT, [receipt_row(b"m")]), (late, [(1,), (1,)])], commits=True)
        assert Receipt.objects.count() == 0
        assert Wire().ask("SELECT COUNT(*) FROM late") == [(0,)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE late")


@pytest.mark.usefixtures("committed")
def test_a_row_that_is_not_there_to_change_is_counted_before_the_commit() -> None:
    def change(is_there: bool) -> None:
        waiting = writing.begin()
        try:
            waiting.insert(RECEIPT, receipt_row(b"m"))
            sql = "UPDATE kernel_receipt SET content = %s WHERE submission = %s"
            waiting.update("other", sql, (b"d" * 32, b"m" * 32 if is_there else b"x" * 32))
            waiting.flush(last=True)
        finally:
            writing.end()

    with pytest.raises(writing.SideDoor, match="not there"), transaction.atomic():
        change(is_there=False)
    assert Receipt.objects.count() == 0
    with transaction.atomic():
        change(is_there=True)
    assert bytes(Receipt.objects.get().content) == b"d" * 32


@pytest.mark.django_db
@pytest.mark.parametrize("count", [2, 9, 700])
def test_many_are_numbered_in_order_and_sent_together(count: int) -> None:
    done = do_many([(Plant(note=f"note {i}"), f"{i}") for i in range(count)], by=IRIS)
    numbers = [each.id for each in written()]
    assert numbers == [one.entry for one in done]
    assert replay.verify().entries == count
    assert replay.verify().sound
    assert {str(row.note) for row in PlantRow.objects.seen_by(IRIS)} == {f"note {i}" for i in range(count)}
    again = do_many([(Plant(note=f"note {i}"), f"{i}") for i in range(count)], by=IRIS)
    assert [one.again for one in again] == [True] * count


@pytest.mark.django_db
def test_each_of_many_is_judged_by_what_those_before_it_did() -> None:
    """What one call remembers of a thing is forgotten when the thing changes."""
    fern, moss = (do(Plant(), by=IRIS).thing for _ in range(2))
    with pytest.raises(Refused, match="too much"):
        do_many([(Water(plant=fern, litres=4), None)] * 3, by=IRIS)
    do_many([(Water(plant=fern, litres=4), None)] * 2 + [(Water(plant=moss, litres=2), None)], by=IRIS)
    do_many([(Join(plant=moss, other=fern), None), (Wave(plant=moss), None)], by=IRIS)
    assert PlantRow.everything.get(id=fern).water == 8
    assert PlantRow.everything.get(id=moss).water == 10
    with pytest.raises(Refused, match="too much"):
        do_many([(Wave(plant=moss), None), (Water(plant=moss, litres=1), None)], by=IRIS)
    assert replay.compare().sound


@pytest.mark.django_db
def test_a_rule_about_a_person_is_written_out_once() -> None:
    fern = do(Plant(), by=IRIS).thing
    assert policy.question(Water.may, IRIS, clock.now(), PlantRow, fern)
    kept = policy._known(Water.may, PlantRow, IRIS)
    assert kept is not None, "it is built from Django's parts each time"


@pytest.mark.django_db
def test_the_same_key_twice_among_many_is_one_entry() -> None:
    first, second = do_many([(Plant(note="a"), "k"), (Plant(note="a"), "k")], by=IRIS)
    assert (second.entry, second.again) == (first.entry, True)
    assert Entry.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_the_numbers_of_many_follow_the_locks_they_took() -> None:
    """Numbers drawn before a lock are void: who had the thing first comes first in a rebuild."""
    plants = [do(Plant(), by=IRIS).thing for _ in range(4)]

    def water(order: list[int]) -> None:
        do_many([(Water(plant=plants[i]), None) for i in order] + [(Plant(), None)], by=IRIS)
        connection.close()

    threads = [threading.Thread(target=water, args=([0, 1, 2, 3],)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for plant in plants:
        assert [each.entry.place for each in written(thing=plant)] == list(range(1, 6))
    assert replay.compare().sound


@pytest.mark.django_db
def test_keys_of_new_people_are_stored_before_the_words_they_seal() -> None:
    people = [Actor(person=uuid4()) for _ in range(3)]
    for person in people:
        do(Plant(note="mine"), by=person)
    stored = {key_id for person in people for key_id, _purpose, _epoch in keyring().ids_of(person.person)}  # type: ignore[arg-type]  # each has one
    assert len(stored) == 3
    assert not keyring()._waiting


@pytest.mark.django_db
@pytest.mark.postgresql  # SQLite has no copy
def test_the_triggers_hold_for_a_copy_too() -> None:
    rows: list[Sequence[Any]] = [(uuid4(), 1, 5, 0) for _ in range(20)]
    with pytest.raises(Exception, match="only through the door"), transaction.atomic():
        Wire().send([(Insert("toy_bed", ["id", "made_by", "room", "plants"]), rows)])
    sidedoors.open_door(connection)
    Wire().send([(Insert("toy_bed", ["id", "made_by", "room", "plants"]), rows)])
    sidedoors.close_door(connection)
