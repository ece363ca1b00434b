"""A whole cast on a day in March, and tables that must be what the ledger says when a test is done."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def on_a_day_in_march() -> Iterator[None]:
    from alongside.kernel import clock  # only now, for the models must be there first

    with clock.at("2026-03-02"):
        yield


@pytest.fixture
def as_recorded() -> Iterator[None]:
    """After the test the tables are what the ledger says, and nothing else."""
    from alongside.kernel import replay

    yield
    assert replay.verify().problems == []
    assert replay.compare().problems == []
