"""A whole cast on a day in March, and tables that must be what the ledger says when a test is done."""

from tests.decisions.conftest import as_recorded, on_a_day_in_march

__all__ = ["as_recorded", "on_a_day_in_march"]
