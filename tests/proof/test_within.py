"""What somebody may see is the same within another question, and is asked there of the rows it is about."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef

from alongside.kernel import clock
from alongside.kernel.now import now_tables
from alongside.kernel.policy import NOBODY, Actor
from tests.proof.cells import watched
from tests.proof.story import story
from tests.world import Cast

pytestmark = pytest.mark.django_db


def within(table: Any, actor: Actor, **like: Any) -> Any:
    """The rows of a table of which this actor sees one with the same id: a question within a question."""
    seen = table.objects.seen_by(actor).filter(pk=OuterRef("pk"))
    return table.everything.filter(Exists(seen), **like).values_list("pk", flat=True)


@pytest.mark.slow
def test_what_is_seen_is_the_same_within_another_question(cast: Cast) -> None:
    seen, names = Counter[bool](), set[str]()
    with clock.at("2026-03-02"):
        for number, state in enumerate(story(cast)):
            if number != 10:
                continue
            for table in now_tables():
                if not table.everything.exists():
                    continue
                for who, actor, _looks in watched(cast):
                    found = {row.pk for row in table.objects.seen(actor)}
                    assert set(within(table, actor)) == found, (table, who, state)
                    seen[bool(found)] += 1
                    names |= {table.__name__} if found else set()
    assert min(seen.values()) > 300 and len(names) > 60, (seen, len(names))


def test_no_list_is_made_of_all_that_is_seen(cast: Cast) -> None:
    """As the database says itself: it finds the row by its id, and asks of that row."""
    asked = 0
    with clock.at("2026-03-02"):
        for _state in story(cast):
            break
        with connection.cursor() as cursor:
            for table in now_tables():
                for actor in (cast.rosa, cast.ken, NOBODY):
                    try:
                        sql, values = within(table, actor, pk=cast.council).query.sql_with_params()
                    except EmptyResultSet:
                        continue
                    steps = list(_steps(cursor, sql, values, table._meta.db_table))
                    assert all(steps), (table, actor, sql)
                    asked += len(steps) > 1
    assert asked > 100


def _steps(cursor: Any, sql: str, values: Any, table: str) -> Iterator[bool]:
    """Whether the row is found by its id, for each time that the plan turns to this table."""
    if connection.vendor == "sqlite":
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        said = [row[3] for row in cursor.fetchall()]
        own = [line for line in said if line.split()[0] in ("SCAN", "SEARCH") and line.split()[1] == table]
        yield from ("(id=?)" in line for line in own)
        inner = next((line for line in said if line.split()[1] == "U0"), None)
        if inner is not None:
            yield "(id=?)" in inner
        return
    cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
    found = cursor.fetchone()[0]
    left = [node["Plan"] for node in (json.loads(found) if isinstance(found, str) else found)]
    while left:
        node = left.pop()
        left += node.get("Plans", [])
        if node.get("Relation Name") == table and node["Alias"] in (table, "u0"):
            yield "(id = " in node.get("Index Cond", "") + node.get(
                "Filter", ""
            )  # a small one it reads whole
