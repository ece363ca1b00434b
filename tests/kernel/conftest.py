"""What tests of the ground floor stand on."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Real commits, for tests with several threads. What was written is cleared away afterwards."""
    from django.db import connection  # not above: this file is read before Django is set up

    from alongside.kernel import sidedoors

    sidedoors.lock(connection)
    yield
    sidedoors.unlock(connection)  # clearing away is itself a side door; the flush locks it again


@pytest.fixture
def writing_thread(committed: None) -> Iterator[None]:
    """The one fair writer, on SQLite; on PostgreSQL each thread writes for itself."""
    from alongside.kernel import writer

    writer.start()
    yield
    writer.stop()
