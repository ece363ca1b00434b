"""Ids, however a database keeps them."""

from typing import Any
from uuid import UUID


def id_of(value: Any) -> UUID:
    """The id in a row of the ledger: words on SQLite, sixteen bytes on PostgreSQL."""
    if isinstance(value, UUID):
        return value
    return UUID(bytes=bytes(value)) if isinstance(value, bytes | memoryview) else UUID(value)
