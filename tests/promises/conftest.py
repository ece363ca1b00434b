"""What the tests of promises stand on: a stopped clock, and tables that the ledger can make again."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.world import Cast


@pytest.fixture(autouse=True)
def _the_second_of_march() -> Iterator[None]:
    from alongside.kernel import clock  # only now, for the settings must be there first

    with clock.at("2026-03-02"):
        yield


@pytest.fixture(autouse=True)
def _tables_are_what_the_ledger_says(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test with the cast, the tables can be made again from the ledger alone."""
    from alongside.kernel import replay

    with_the_cast = "cast" in request.fixturenames
    if with_the_cast:
        request.getfixturevalue("cast")
    yield
    if with_the_cast:
        found = replay.compare()
        assert found.sound, found


@pytest.fixture
def ramp(cast: "Cast") -> UUID:
    """Ken promises Rosa that her ramp is mended by the first of May."""
    from tests.promises.making import promised

    return promised(cast, to=cast.rosa)
