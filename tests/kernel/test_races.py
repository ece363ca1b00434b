"""Many at once: no guard is passed that should hold, nothing is done twice, nobody takes another down."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from alongside.kernel import replay
from alongside.kernel.command import Refused
from alongside.kernel.door import Done, do
from alongside.kernel.ledger import Entry
from alongside.kernel.policy import Actor
from tests.kernel.at_once import at_once
from tests.kernel.toy.commands import Break, Join, Plant, Water
from tests.kernel.toy.models import Plant as PlantRow
from tests.written import written

IRIS = Actor(person=uuid4())
ROUNDS = 25


def fern() -> UUID:
    return do(Plant(), by=IRIS).thing


@pytest.mark.usefixtures("committed")
def test_a_guard_is_never_passed_by_two_at_once() -> None:
    for _ in range(ROUNDS):
        plant = fern()
        found = at_once(*[partial(do, Water(plant=plant, litres=6), by=IRIS)] * 2)
        assert sorted(type(one).__name__ for one in found) == ["Done", "Refused"], found
        assert PlantRow.everything.get(id=plant).water == 6
    assert replay.verify().sound


@pytest.mark.usefixtures("committed")
def test_a_guard_over_two_things_is_never_passed_from_both_sides() -> None:
    for _ in range(ROUNDS):
        one, two = fern(), fern()
        do(Water(plant=one, litres=6), by=IRIS)
        found = at_once(
            partial(do, Join(plant=two, other=one), by=IRIS),
            partial(do, Water(plant=two, litres=6), by=IRIS),
            partial(do, Join(plant=one, other=two), by=IRIS),
        )
        assert all(isinstance(f, Done | Refused) for f in found), found
        assert PlantRow.everything.get(id=one).water <= 10
        assert PlantRow.everything.get(id=two).water <= 10
    assert replay.verify().sound
    assert replay.compare().sound


@pytest.mark.postgresql
@pytest.mark.usefixtures("committed")
def test_several_things_are_locked_in_one_order_whichever_is_named_first() -> None:
    """Whoever waits for the first of two holds no lock on the second: so no two wait for each other."""
    first, second = sorted((fern(), fern()))
    lock = "SELECT length FROM kernel_head WHERE thing = %s FOR UPDATE"
    with ThreadPoolExecutor(1) as others, connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute(lock, [first])
            joins = others.submit(at_once, partial(do, Join(plant=second, other=first), by=IRIS))
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            while not cursor.execute(waiting) or not cursor.fetchone()[0]:
                assert not joins.done(), joins.result()
            cursor.execute(f"{lock} NOWAIT", [second])
        assert isinstance(joins.result()[0], Done)


@pytest.mark.usefixtures("committed")
def test_a_submission_sent_eight_times_at_once_is_one_entry() -> None:
    plant = fern()
    before = Entry.objects.count()
    found = at_once(*[lambda: do(Water(plant=plant, litres=1), by=IRIS, key="once")] * 8)
    assert len({one.entry for one in found}) == 1, found
    assert Entry.objects.count() == before + 1


@pytest.mark.usefixtures("writing_thread")
def test_the_writer_lets_a_refusal_and_a_bug_harm_nobody_else() -> None:
    plant = fern()

    def good() -> Done:
        return do(Plant(note="mine"), by=IRIS)

    acts: list[Callable[[], Done]] = [good] * 4
    acts += [lambda: do(Water(plant=plant, litres=11), by=IRIS), lambda: do(Break(), by=IRIS)]
    for _ in range(5):
        found = at_once(*acts)
        assert [type(one).__name__ for one in found] == ["Done"] * 4 + ["Refused", "ZeroDivisionError"]
    assert PlantRow.everything.count() == 21
    assert replay.verify().sound
    assert replay.compare().sound


@pytest.mark.usefixtures("writing_thread")
def test_the_writer_keeps_guards_and_keys_too() -> None:
    plant = fern()
    found = at_once(*[lambda: do(Water(plant=plant, litres=6), by=IRIS)] * 8)
    assert sum(isinstance(one, Done) for one in found) == 1
    found = at_once(*[lambda: do(Plant(note="once"), by=IRIS, key="k")] * 8)
    assert len({one.entry for one in found}) == 1


@pytest.mark.usefixtures("committed")
def test_numbers_follow_the_order_of_each_things_chain() -> None:
    plant = fern()
    at_once(*[lambda: do(Water(plant=plant, litres=1), by=IRIS)] * 6)
    places = [each.entry.place for each in written(thing=plant)]
    assert places == list(range(1, len(places) + 1))
