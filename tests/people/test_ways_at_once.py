"""A way to tell somebody is changed while another is put before it: one waits for the other."""

from dataclasses import replace
from threading import Thread

import pytest
from django.db import connection, transaction

from alongside.kernel import replay
from alongside.kernel.door import do
from alongside.topics.people.commands.reaching import SayWayIsNotSafe, SetWayToTell, StopWayToTell
from alongside.topics.people.models import WayToTell
from tests.kernel.conftest import committed as committed  # the same ground as the tests of races
from tests.world import Cast, named

pytestmark = pytest.mark.usefixtures("committed")
ROSA = named("rosa")
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.mark.parametrize("command", [SayWayIsNotSafe, StopWayToTell])
def test_a_way_is_not_changed_while_another_is_put_before_it(
    cast: Cast, command: type[SayWayIsNotSafe | StopWayToTell]
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes at a time")
    rosa = replace(cast.rosa, strong=True)
    do(SetWayToTell(person=ROSA, channel="phone", address="01632 960 111", is_safe=True), by=rosa)
    way = WayToTell.everything.filter(person=ROSA, ended_at=None).order_by("-since").first()
    assert way is not None

    def change() -> None:
        try:
            do(command(way=way.id), by=rosa)
        finally:
            connection.close()

    waits, thread = False, Thread(target=change)
    with transaction.atomic(), connection.cursor() as cursor:  # whoever puts one before it holds her alone
        cursor.execute("SELECT thing FROM kernel_head WHERE thing = %s FOR UPDATE", [ROSA])
        thread.start()
        while thread.is_alive() and not waits:
            cursor.execute(WAITING)
            waits = cursor.fetchone() != (0,)
    thread.join()
    assert waits
    changed = WayToTell.everything.get(pk=way.id)
    assert not changed.is_safe or changed.ended_at is not None
    assert replay.compare().sound
