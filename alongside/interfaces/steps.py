"""What the database has not been through yet: whether it is ready for this version."""

from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def steps_waiting() -> list[str]:
    """The migrations this version has that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


def is_new() -> bool:
    """Whether nothing was ever put in this database."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def lacks_tables(problem: Exception) -> bool:
    """Whether it went wrong because this database was never made ready, or is of an older version."""
    if not isinstance(problem, DatabaseError):
        return False
    try:
        return bool(steps_waiting())
    except DatabaseError:  # the database itself does not answer: the first problem says why
        return False


def cannot_be_reached(problem: Exception) -> bool:
    """Whether it went wrong because the server of the database does not answer, or does not let us in."""
    if not isinstance(problem, OperationalError) or connection.vendor != "postgresql":
        return False
    connection.close()
    try:
        connection.ensure_connection()
    except OperationalError:
        return True
    return False
