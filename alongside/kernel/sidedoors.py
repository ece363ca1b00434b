"""Side doors are locked: triggers on both databases refuse a change that did not come through the door.

Topic tables and the heads may be written only while the door is open on that connection. The ledger
may only be added to, and then only by the door. Who looked is added to and never changed. A person with
the database's own password can still remove a trigger: that is what `alongside verify --tables` finds.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import DatabaseError, connections

from alongside.kernel.now import now_tables
from alongside.kernel.wire import prepare_often_asked

LEDGER = ("kernel_entry",)
ADD_ONLY = ("kernel_look",)
BY_THE_DOOR = ("kernel_head",)
REFUSAL = "This table changes only through the door. See: alongside do --help"


OPEN = "set_config('alongside.door', 'open', true)"  # on PostgreSQL, until the transaction ends


class InDoubt(Exception):
    """The database could not say whether this was kept. Send it again with the same key to find out."""


def _topic_tables() -> list[str]:
    return [model._meta.db_table for model in now_tables()]


# The door on this connection -----------------------------------------------------------------------


def open_door(connection: Any) -> None:
    if connection.vendor == "sqlite":
        connection.alongside_door[:] = (True,)
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {OPEN}")


def close_door(connection: Any) -> None:
    if connection.vendor == "sqlite":
        connection.alongside_door.clear()
    elif connection.in_atomic_block and not connection.needs_rollback:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('alongside.door', '', true)")
        except DatabaseError:  # the transaction has failed: the setting ends with it
            return


def prepare(connection: Any, **kwargs: Any) -> None:
    """Each new connection knows whether its door is open, and hears the database's warnings."""
    if connection.vendor == "sqlite":
        connection.alongside_door = []  # holds one thing while it is open: to count it needs no code of ours
        # It is named by the sentence itself, so that a program which does not know it is told just that.
        connection.connection.create_function(REFUSAL, 0, connection.alongside_door.__len__)
    elif connection.vendor == "postgresql":
        connection.alongside_warning = ""
        prepare_often_asked(connection)
        connection.connection.add_notice_handler(lambda found: _heard(connection, found))


def _heard(connection: Any, found: Any) -> None:
    if found.severity_nonlocalized == "WARNING" and found.sqlstate == "01000":
        connection.alongside_warning = found.message_primary or ""


def check_commit(connection: Any) -> None:
    """A commit that came back with a replication warning is not safe anywhere but here: not a success."""
    warning = getattr(connection, "alongside_warning", "")
    if warning and "synchronous replication" in warning:
        connection.alongside_warning = ""
        raise InDoubt(warning)


# The triggers --------------------------------------------------------------------------------------


def lock(connection: Any) -> None:
    """Put every trigger in place. Run after migrations."""
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_FUNCTIONS)
        for table, statement in statements:
            if table in there:
                cursor.execute(statement)


def unlock(connection: Any) -> None:
    """Take the triggers away, for a migration that remakes tables."""
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in [*LEDGER, *ADD_ONLY, *BY_THE_DOOR, *_topic_tables()]:
            if table not in there:
                continue
            for what in ("insert", "update", "delete", "truncate"):
                if connection.vendor == "sqlite":
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{what}_door")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{what}_door ON {table}")


def _sqlite() -> list[tuple[str, str]]:
    made = []
    for table, what, closed in _rules():
        condition = f'WHEN "{REFUSAL}"() <> 1 ' if closed == "unless open" else ""
        made.append(
            (
                table,
                f"CREATE TRIGGER IF NOT EXISTS {table}_{what}_door BEFORE {what.upper()} ON {table} "
                f"{condition}BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
            )
        )
    return made


def _postgresql() -> list[tuple[str, str]]:
    made = []
    for table, what, closed in _rules():
        function = "alongside_door_needed" if closed == "unless open" else "alongside_never"
        made.append(
            (
                table,
                f"CREATE OR REPLACE TRIGGER {table}_{what}_door BEFORE {what.upper()} ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
            )
        )
    for table in [*LEDGER, *ADD_ONLY, *BY_THE_DOOR, *_topic_tables()]:
        made.append(
            (
                table,
                f"CREATE OR REPLACE TRIGGER {table}_truncate_door BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION alongside_never()",
            )
        )
    return made


def _rules() -> list[tuple[str, str, str]]:
    """(table, what, 'unless open' or 'always')."""
    found = []
    for table in [*_topic_tables(), *BY_THE_DOOR]:
        found += [(table, what, "unless open") for what in ("insert", "update", "delete")]
    for table in LEDGER:
        found += [(table, "insert", "unless open"), (table, "update", "always"), (table, "delete", "always")]
    for table in ADD_ONLY:
        found += [(table, "update", "always"), (table, "delete", "always")]
    return found


_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION alongside_door_needed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('alongside.door', true), '') <> 'open' THEN
        RAISE EXCEPTION '{REFUSAL}';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION alongside_never() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL}';
END $$;
"""


def after_migrate(using: str = "default", **kwargs: Any) -> None:
    lock(connections[using])


def before_migrate(using: str = "default", **kwargs: Any) -> None:
    if apps.ready:
        unlock(connections[using])
