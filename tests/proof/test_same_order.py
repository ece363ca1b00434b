"""What stands first on a page stands first whichever database: SQLite puts an empty day before all others,
PostgreSQL after them. So every kept question that orders by what can be empty says where that goes."""

from importlib import import_module
from uuid import uuid4

import pytest
from django.urls import get_resolver

from alongside import site
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.kept import QUESTIONS
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.pages.panel import _first_to_decide, _first_waiting
from tests.decisions import acts
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_no_kept_question_leaves_it_to_the_database_where_an_empty_value_stands(cast: Cast) -> None:
    assert get_resolver().url_patterns  # every page is read in, and so every question is known
    for path in (*site.PANELS, *site.MATTER_PANELS, *site.ORGANISATION_PANELS):
        import_module(path.rpartition(".")[0])
    looked_at = 0
    for question in QUESTIONS:
        rows = question.rows(cast.ken, clock.now(), among=[uuid4()] if question.names_ids else None)
        filled = _never_empty(rows.query.where)
        for order in rows.query.order_by:
            if isinstance(order, str) and order.lstrip("-") != "pk":
                name = order.lstrip("-")
                can_be_empty = rows.model._meta.get_field(name).null and name not in filled
                assert not can_be_empty, f"{question.write.__qualname__} orders by {name}, which can be empty"
                looked_at += 1
    assert looked_at > 20


def _never_empty(where: object) -> set[str]:
    """The columns that the question itself compares with something, so that none of them is empty."""
    found: set[str] = set()
    for child in getattr(where, "children", ()):
        if not getattr(child, "negated", False):
            column = getattr(getattr(child, "lhs", None), "target", None)
            if column is not None and getattr(child, "lookup_name", "") in ("lt", "gte", "gt", "lte"):
                found.add(column.name)
            found |= _never_empty(child)
    return found


def test_what_is_to_be_done_by_a_moment_stands_before_what_has_none(cast: Cast) -> None:
    """Help that started in a hurry stood last on SQLite, behind all that has time."""
    with clock.at("2026-03-02"):
        first, second = (acts.raised(cast.ken, cast.rosa, what) for what in ("First", "Second"))
        urgent = commands.ActUrgently(
            person=cast.rosa.person, what="More help now", change="increase", words="Now."
        )
        started = do(urgent, by=cast.ken).thing
        moments = dict(models.Decision.everything.values_list("id", "involve_by"))
        assert moments[started] and moments[first] is None and moments[second] is None
        found = [row.id for row in _first_to_decide(cast.ken) if row.id in (first, second, started)]
        assert found[0] == started and len(found) == 3
        days = dict(models.Decision.everything.values_list("id", "answer_by"))
        asked = [days[row.id] for row in _first_waiting(cast.rosa)]
        assert asked == sorted(asked, key=lambda day: (day is None, day)) and None in asked
