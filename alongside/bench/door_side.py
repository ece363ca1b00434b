"""Our side: what can be asked of the door, the ledger and replay."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command
from django.db import connection

from alongside.bench.ours.commands import Kind, OpenMatter, ReportNote, WriteNote
from alongside.bench.timing import timed
from alongside.bench.words import WORDS
from alongside.kernel import door, inscribing, replay, writer
from alongside.kernel.command import Command, Recorded
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box

PERSON = Actor(person=uuid4())
MATTERS: list[UUID] = []
DUE = date(2099, 1, 1)
UNSEALED = Box(WORDS.encode())  # the words as they are, handed over in the kind that the row is quick to take


def prepare(writers: int, first: bool = True) -> dict[str, Any]:
    """Make the tables, unless another side has, and a matter for each writer."""
    if first:
        for run_syncdb in (False, True):  # the topic's tables point to tables that have migrations
            call_command("migrate", run_syncdb=run_syncdb, verbosity=0, interactive=False)
    MATTERS.extend(door.do(OpenMatter(), by=PERSON).thing for _ in range(writers))
    return {"terms": terms()}


def terms() -> str:
    """How safe this side keeps what it writes, as the database says it."""
    asked = ["PRAGMA journal_mode", "PRAGMA synchronous"]
    if connection.vendor != "sqlite":
        asked = ["SHOW fsync", "SHOW synchronous_commit"]
    said = []
    with connection.cursor() as cursor:
        for question in asked:
            cursor.execute(question)
            said.append(f"{question}: {cursor.fetchone()[0]}")
    return ", ".join(said)


def _note(matter: UUID) -> WriteNote:
    return WriteNote(matter=matter, kind=Kind.CALL, due_on=DUE, words=WORDS)


def one(count: int, writers: int = 1, through_writer: bool = False) -> dict[str, Any]:
    """So many notes for each writer, each in a transaction of its own."""
    if through_writer:
        writer.start()
    try:
        return timed(lambda me: door.do(_note(MATTERS[me]), by=PERSON), count=count, writers=writers)
    finally:
        if through_writer:
            writer.stop()


def many(count: int) -> dict[str, Any]:
    """So many notes in one call, as an import brings them."""
    matter = MATTERS[0]
    notes: list[tuple[Command, str | None]] = [
        (ReportNote(matter=matter, kind=Kind.CALL, due_on=DUE, words=WORDS), None) for _ in range(count)
    ]
    found = timed(lambda me: door.do_many(notes, by=PERSON), count=1)
    return found | {"count": count}


def bare(count: int) -> dict[str, Any]:
    """The same lock, reading, row and head, without sealing, header, chain, leaf and the line itself."""
    complete = inscribing.inscribe
    inscribing.inscribe = _only_the_head
    try:
        return one(count)
    finally:
        inscribing.inscribe = complete


def _only_the_head(
    command: Command, recorded: Recorded, things: tuple[Any, ...], at: Any, sitting: door.Sitting
) -> Command:
    sitting.heads[recorded.thing] = (recorded.place, b"\0" * 32, recorded.number)
    sitting.changed.setdefault(recorded.thing, recorded.place == 1)
    return command.having({"words": UNSEALED})


def verify() -> dict[str, Any]:
    """Check the chain."""
    found: list[replay.Findings] = []
    took = timed(lambda me: found.append(replay.verify()), count=1)
    if not found[0].sound:
        raise RuntimeError(found[0].problems[0])
    return took | {"count": found[0].entries}


def digest() -> dict[str, Any]:
    """The SHA-256 of every entry's text and boxes, read beforehand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT header, boxes FROM kernel_entry")
        rows = [b"\0" + header.encode() + b"\0" + bytes(boxes) for header, boxes in cursor.fetchall()]
    sha256 = hashlib.sha256
    began = time.monotonic()
    for row in rows:
        sha256(row).digest()
    return {"began": began, "ended": time.monotonic(), "count": len(rows)}


def rebuild() -> dict[str, Any]:
    """Make every table again from the ledger."""
    found: list[int] = []
    return timed(lambda me: found.append(replay.rebuild()), count=1) | {"count": found[0]}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    act.__name__: act for act in (prepare, one, many, bare, verify, digest, rebuild)
}
