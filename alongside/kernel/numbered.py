"""The column that the lines of the record are numbered by."""

from typing import Any

from django.db import models


class EntryNumber(models.BigIntegerField):  # type: ignore[type-arg]  # not generic at run time
    """The number of an entry. On SQLite the rows lie in its order, in one tree instead of two."""

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
