"""What is measured: one function for each part of the table, and the names of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from alongside.bench.ground import POSTGRESQL, SQLITE, Ground
from alongside.bench.page_rows import crowded_decision, grown_place, large_decision, requests
from alongside.bench.postgresql import NoPostgreSQL
from alongside.bench.rounds import AT_MOST, Row, Target, compared, in_turn, together
from alongside.bench.side import AUDITLOG, HISTORY, OURS, Failed, Side

Targets = Sequence[Target]
MILLISECONDS = "ms of processor a page"


def one_writer(ground: Ground, targets: Targets) -> Iterator[Row]:
    """One small command through the door, against `create()` with its history in one transaction."""
    with Side(OURS, ground.home()) as ours, Side(HISTORY, ground.home()) as theirs:
        ours.ask("prepare", writers=1)
        theirs.ask("prepare", writers=1)
        count = ground.size.one
        pairs = in_turn(
            lambda: ours.ask("one", count=count),
            lambda: theirs.ask("one", count=count),
            rounds=ground.size.rounds,
        )
    yield compared(targets[0], pairs)


def eight_writers(ground: Ground, targets: Targets) -> Iterator[Row]:
    """The same with eight threads of one program, ours with the one fair writer that `serve` has."""
    with Side(OURS, ground.home()) as ours, Side(HISTORY, ground.home()) as theirs:
        ours.ask("prepare", writers=8)
        theirs.ask("prepare", writers=8)
        count = max(ground.size.one // 4, 10)
        pairs = in_turn(
            lambda: ours.ask("one", count=count, writers=8, through_writer=True),
            lambda: theirs.ask("one", count=count, writers=8),
            rounds=ground.size.rounds,
        )
    yield compared(targets[0], pairs)
    waits = [took["p99"] * 1000 for took, _theirs in pairs]
    yield Row(targets[1], value=median(waits), rounds=sorted(waits))


def two_programs(ground: Ground, targets: Targets) -> Iterator[Row]:
    """Eight writers in two programs on PostgreSQL, against `create()` with auditlog in one transaction."""
    with ExitStack() as stack:
        pairs_of_sides = []
        for role in (OURS, AUDITLOG):
            home, database = ground.home(), ground.database(POSTGRESQL)
            sides = [stack.enter_context(Side(role, home, database=database)) for _ in range(2)]
            for number, side in enumerate(sides):
                side.ask("prepare", writers=4, first=number == 0)
            pairs_of_sides.append(sides)
        count = max(ground.size.one // 4, 10)

        def both(sides: list[Side], **words: Any) -> dict[str, Any]:
            for side in sides:
                side.tell("one", count=count, writers=4, **words)
            return together([side.answer() for side in sides])

        ours, theirs = pairs_of_sides
        pairs = in_turn(
            lambda: both(ours), lambda: both(theirs, kept_by="auditlog"), rounds=ground.size.rounds
        )
    yield compared(targets[0], pairs)


def many(ground: Ground, targets: Targets, *, database: str) -> Iterator[Row]:
    """Many commands in one call, against `bulk_create_with_history` of the same rows."""
    with (
        Side(OURS, ground.home(), database=ground.database(database)) as ours,
        Side(HISTORY, ground.home(), database=ground.database(database)) as theirs,
    ):
        ours.ask("prepare", writers=1)
        theirs.ask("prepare", writers=1)
        count = ground.size.many
        pairs = in_turn(
            lambda: ours.ask("many", count=count),
            lambda: theirs.ask("many", count=count),
            rounds=ground.size.rounds,
        )
    yield compared(targets[0], pairs)


def sealing(ground: Ground, targets: Targets, *, database: str) -> Iterator[Row]:
    """Sealing, chain and line, against the same lock, reading, row and head without them.

    The two differ by less than a disk does from one second to the next: so they take shorter turns, and more.
    """
    with Side(OURS, ground.home(), database=ground.database(database)) as ours:
        ours.ask("prepare", writers=1)
        count = ground.size.one // 2
        pairs = in_turn(
            lambda: ours.ask("one", count=count),
            lambda: ours.ask("bare", count=count),
            rounds=3 * ground.size.rounds,
        )
    yield compared(targets[0], pairs)


def checking(ground: Ground, targets: Targets, *, database: str) -> Iterator[Row]:
    """`alongside verify`, against hashlib's SHA-256 of the same rows, read beforehand."""
    with Side(OURS, ground.home(), database=ground.database(database)) as ours:
        ours.ask("prepare", writers=1)
        ours.ask("many", count=ground.size.ledger)
        pairs = in_turn(lambda: ours.ask("verify"), lambda: ours.ask("digest"), rounds=ground.size.rounds)
    yield compared(targets[0], pairs)


def rebuilding(ground: Ground, targets: Targets, *, database: str) -> Iterator[Row]:
    """`alongside rebuild`, against making the same entries through the door, one writer."""
    with Side(OURS, ground.home(), database=ground.database(database)) as ours:
        ours.ask("prepare", writers=1)
        count = ground.size.one
        pairs = in_turn(
            lambda: ours.ask("rebuild"), lambda: ours.ask("one", count=count), rounds=ground.size.rounds
        )
    yield compared(targets[0], pairs)


@dataclass(frozen=True)
class RowGroup:
    """Rows that are measured together, and by what."""

    measure: Callable[..., Iterator[Row]]
    targets: Targets
    words: dict[str, Any] = field(default_factory=dict)

    def rows(self, ground: Ground) -> Iterator[Row]:
        """The measured rows; or the same rows saying what is missing here."""
        try:
            yield from self.measure(ground, self.targets, **self.words)
        except (NoPostgreSQL, Failed) as missing:
            yield from (Row(target, missing=str(missing)) for target in self.targets)


def _each(
    measure: Callable[..., Iterator[Row]], name: str, reach: dict[str, float], **words: Any
) -> Iterator[RowGroup]:
    """The same part on each database."""
    for database, least in reach.items():
        yield RowGroup(measure, [Target(f"{name}, {database}", least)], {"database": database, **words})


PARTS: list[RowGroup] = [
    RowGroup(one_writer, [Target("one command, 1 writer, SQLite", 1.2)]),
    RowGroup(
        eight_writers,
        [
            Target("one command, 8 writers, SQLite", 1.8),
            Target("99 in 100 commands done within, 8 writers, SQLite", 50, AT_MOST, "ms"),
        ],
    ),
    RowGroup(two_programs, [Target("one command, 8 writers in 2 processes, PostgreSQL", 1.0)]),
    *_each(many, "many commands in one call", {SQLITE: 0.8, POSTGRESQL: 0.8}),
    *_each(sealing, "sealing, chain and insert", {SQLITE: 0.85, POSTGRESQL: 0.8}),
    *_each(checking, "verify", {SQLITE: 0.1, POSTGRESQL: 0.07}),
    *_each(rebuilding, "rebuild", {SQLITE: 6.0, POSTGRESQL: 5.0}),
    RowGroup(large_decision, [Target("decision page, 12 options and 200 views", 1.5, AT_MOST, MILLISECONDS)]),
    RowGroup(
        crowded_decision,
        [
            Target(
                "decision page, 200 affected people, 12 options and 1,000 views", 2.0, AT_MOST, MILLISECONDS
            ),
            Target("that page, for the one who decides", 2.0, AT_MOST, MILLISECONDS),
        ],
    ),
    RowGroup(grown_place, [Target("home page, 100 times as many entries", 1.2, AT_MOST, MILLISECONDS)]),
    RowGroup(requests, [Target("home page from 2 processes", 0.6)]),
]


def named(words: str) -> list[RowGroup]:
    """The parts with a row whose name holds these words; all of them for none."""
    return [part for part in PARTS if any(words.lower() in each.name.lower() for each in part.targets)]


def measured(ground: Ground, parts: Iterable[RowGroup]) -> Iterator[Row]:
    """Every row of these parts, one after another. What one leaves to do is not done in the next."""
    for part in parts:
        yield from part.rows(ground)
        ground.rest()
