"""What the database knows of how many rows its tables hold, and how alike they are."""

from __future__ import annotations

from django.db import connection

MOST_ROWS_LOOKED_AT = 400  # of each index: a few hundredths of a second, however long the record


def take_stock() -> None:
    """Let SQLite count, so that it reads the few matters of one person before the thousands that are open.

    It guesses until it is told, and guesses that no index has more than ten rows alike. PostgreSQL counts
    by itself.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {MOST_ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
