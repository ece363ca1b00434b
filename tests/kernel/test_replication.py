"""A commit that another machine never got is not called a success."""

import threading
import time
from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from alongside.kernel.door import Done, do
from alongside.kernel.policy import Actor
from alongside.kernel.sidedoors import InDoubt
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Plant as PlantRow

pytestmark = pytest.mark.postgresql  # only PostgreSQL sends its commits to other machines


@pytest.fixture
def superuser(committed: None) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    host = settings.DATABASES["default"]["HOST"]
    with psycopg.connect(f"host={host} user=postgres dbname=postgres", autocommit=True) as found:
        yield found
        found.execute("ALTER SYSTEM RESET synchronous_standby_names")
        found.execute("SELECT pg_reload_conf()")


def test_a_commit_cut_off_from_its_standby_is_in_doubt_and_the_key_settles_it(
    superuser: psycopg.Connection[tuple[object, ...]],
) -> None:
    iris = Actor(person=uuid4())
    found: list[Done | InDoubt] = []
    superuser.execute("ALTER SYSTEM SET synchronous_standby_names = 'a_standby_that_is_away'")
    superuser.execute("SELECT pg_reload_conf()")

    def plant() -> None:
        try:
            found.append(do(Plant(note="once"), by=iris, key="k"))
        except InDoubt as doubt:
            found.append(doubt)
        finally:
            connection.close()

    thread = threading.Thread(target=plant)
    thread.start()
    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
    until = time.monotonic() + 20
    while time.monotonic() < until and not (rows := superuser.execute(waiting).fetchall()):
        time.sleep(0.05)
    for (pid,) in rows:
        superuser.execute("SELECT pg_cancel_backend(%s)", [pid])
    thread.join(20)
    assert isinstance(found[0], InDoubt), found

    superuser.execute("ALTER SYSTEM RESET synchronous_standby_names")
    superuser.execute("SELECT pg_reload_conf()")
    time.sleep(0.3)
    again = do(Plant(note="once"), by=iris, key="k")
    assert again.again, "it was kept here after all, and is not done a second time"
    assert PlantRow.everything.count() == 1
