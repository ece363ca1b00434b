"""Check the ledger, rebuild the tables from it, and compare the two.

Replay calls `apply` and nothing else: no policy, no objections, no consequences, no outbox. It fills
temporary tables that stand before the live ones under the same names, so `apply` is the same code, and
one snapshot holds for the whole comparison.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from django.db import DatabaseError, connection, transaction

from alongside.kernel import ledger, sidedoors, writing
from alongside.kernel.command import COMMANDS, Command, Shape, Slot
from alongside.kernel.now import Now
from alongside.kernel.plans import plan_of
from alongside.kernel.scratch import Scratch, columns_of, live, quoted, scratch_tables, temporary
from alongside.kernel.seal import Box

Progress = Callable[[int], None]
REMEMBERED = 10_000  # rows that a replay holds at most
MOST_TOLD = 20  # so many things that are wrong are told, and what else is wrong is looked for no longer


class UnknownShape(Exception):
    """The ledger holds a kind of entry that this version does not know."""


@dataclass
class Findings:
    """What a check found: how many entries were read, and what is wrong, first things first."""

    entries: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


def _silent(count: int) -> None:
    return None


# Checking the chain -------------------------------------------------------------------------------


_End = tuple[int, str, int | None]  # of a chain: its length, its last leaf, that entry's number
_START: _End = (0, ledger.START, None)
_STAMPED = 2 * ledger.STAMP  # as hexadecimal words


class _Links(msgspec.Struct):
    boxes: list[int]
    id: str
    kind: str
    on: str
    place: int
    prev: str
    by: str
    about: str = ""
    typed_by: str = ""


def verify(progress: Progress = _silent) -> Findings:
    """Check every leaf, every chain, and that the columns say what the header says."""
    found = Findings()
    try:
        _check(found, progress)
    except (DatabaseError, TypeError, AttributeError):
        strange = ledger.what_no_door_writes()
        if not strange:
            raise
        found.problems.insert(0, strange)
    return found


def _check(found: Findings, progress: Progress) -> None:
    decode = msgspec.json.Decoder(_Links).decode
    sha256 = hashlib.sha256
    ends: dict[str, _End] = {}
    for number, before, about, typed_for, header, boxes, stamp in ledger.entries():
        found.entries += 1
        try:
            links = decode(header)
        except msgspec.DecodeError:
            found.problems.append(f"Entry {number} was changed: its text cannot be read.")
            continue
        on, place, kind = links.on, links.place, links.kind
        leaf = sha256(b"\x00" + header.encode() + b"\x00" + boxes).hexdigest()
        if leaf[:_STAMPED] != stamp.hex():
            leaf = stamp.hex()  # what is left of the one that the line after it names
            found.problems.append(f"Entry {number} ({kind}) was changed: its digest does not fit its text.")
        elif (links.about, links.by if links.typed_by else "") != (_hex(about), _hex(typed_for)):
            found.problems.append(f"Entry {number} ({kind}) was changed: its columns differ from its text.")
        elif not _goes_on(ends.get(on, _START), (place - 1, links.prev, before)):
            found.problems.append(
                f"Entry {number} ({kind}) does not follow the one before it:"
                " an entry was removed, moved or added."
            )
        elif sum(links.boxes) != len(boxes):
            found.problems.append(f"Entry {number} ({kind}): its sealed words are not as long as it says.")
        ends[on] = (place, leaf, number)
        if found.entries % 5000 == 0:
            progress(found.entries)
        if len(found.problems) >= MOST_TOLD:
            return
    found.problems += _heads_differ(ends)


def _goes_on(end: _End, said: _End) -> bool:
    """Whether a chain ends as is said. Of a line that was changed only the stamp is left to ask."""
    if said == end:
        return True
    return len(end[1]) == _STAMPED and said[1].startswith(end[1]) and (said[0], said[2]) == (end[0], end[2])


def _hex(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return value
    found: str = value.hex() if type(value) is bytes else value.hex
    return found


def _heads_differ(ends: dict[str, _End]) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT thing, length, leaf, last FROM kernel_head")
        heads = {_hex(row[0]): (row[1], bytes(row[2]).hex(), row[3]) for row in cursor.fetchall()}
    for thing in sorted(ends.keys() | heads.keys()):
        if thing not in ends or thing not in heads or not _goes_on(ends[thing], heads[thing]):
            yield f"The end of the chain of {thing} is not where its entries end: an entry was removed."
            return


# Rebuilding ---------------------------------------------------------------------------------------


def parsed(kind: str, version: int, fields: bytes, boxes: list[Box]) -> Command:
    """The command of an entry, sealed, as the door gave it to `apply`."""
    command = COMMANDS.get(kind)
    if command is None:
        raise UnknownShape(f"No command records “{kind}”. This ledger was written by a newer version.")
    if version > command.version:
        raise UnknownShape(f"{kind} has version {version}. This ledger was written by a newer version.")
    if version != command.version:
        fields = _upcast(command, version, fields)
    made = command.model_validate_json(fields)
    values = {s.name: _unslotted(getattr(made, s.name), boxes) for s in command.shapes_of("sealed")}
    return made.having(values) if values else made


def _unslotted(value: Any, boxes: list[Box]) -> Any:
    if isinstance(value, Slot):
        return boxes[value.number]
    if isinstance(value, list):
        return [_unslotted(one, boxes) for one in value]
    return value or None


def _upcast(command: type[Command], version: int, fields: bytes) -> bytes:
    found = msgspec.json.decode(fields)
    while version < command.version:
        step = command.upcasts.get(version)
        if step is None:
            raise UnknownShape(f"{command.records} version {version} cannot be read: its upcast is missing.")
        found, version = step(found), version + 1
    return msgspec.json.encode(found)


def _loaded(command: Command) -> Iterator[Any]:
    for shape in command.own_links():
        value = getattr(command, shape.name)
        if value is None:
            yield None
        else:
            yield [_row(shape, one) for one in value] if shape.many else _row(shape, value)


def _row(shape: Shape, pk: UUID) -> Any:
    """The row, remembered for as long as nothing changes it: nobody else writes into these tables."""
    plan, waiting = plan_of(shape.target()), writing.writing()
    answer = waiting.remembered.get((plan.model, pk))
    if answer is None:
        waiting.flush()
        if len(waiting.remembered) >= REMEMBERED:
            waiting.remembered.clear()
        answer = waiting.remembered[plan.model, pk] = writing.Answer(waiting.wire.ask(*plan.question(pk)))
    return plan.row(answer)


def replay(into: Scratch, progress: Progress = _silent) -> int:
    """Apply every entry, in order, to the scratch tables: they stand under the topics' names."""
    count = 0
    waiting = writing.begin()
    waiting.before = into.lay
    try:
        for row in ledger.entries():
            text = ledger.read_header(row.header)
            boxes = ledger.split_boxes(text.boxes, bytes(row.boxes))
            command = parsed(text.kind, text.v, bytes(text.fields), boxes)
            command.apply(*_loaded(command), text.recorded(row.number))
            count += 1
            if count % 1000 == 0:
                waiting.flush()
                progress(count)
        waiting.flush()
    finally:
        writing.end()
    return count


def _begin_snapshot(cursor: Any) -> None:
    if connection.vendor == "sqlite":
        cursor.execute("BEGIN DEFERRED")  # IMMEDIATE would keep writers out for as long as it takes
        cursor.execute("SELECT COUNT(*) FROM (SELECT 1 FROM main.kernel_entry LIMIT 1)")
        cursor.fetchall()  # the snapshot begins with the first read
    else:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of the database for as long as it takes, without keeping writers out."""
    if connection.in_atomic_block:
        sid = transaction.savepoint()
        yield
        transaction.savepoint_rollback(sid)
        return
    with connection.cursor() as cursor:
        _begin_snapshot(cursor)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def _on_disk() -> Iterator[None]:
    """The scratch tables are as large as the live ones: on SQLite they go into a file, not into memory."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA temp_store = FILE")
        try:
            yield
        finally:
            cursor.execute("PRAGMA temp_store = MEMORY")  # as settings.py has it


def compare(progress: Progress = _silent) -> Findings:
    """Rebuild every table beside the live one and name the rows that differ."""
    found = Findings()
    with _on_disk(), _snapshot(), scratch_tables() as scratch:
        found.entries = replay(scratch, progress)
        for model in scratch.in_order():  # where there is no row on either side, nothing can differ
            found.problems += _differences(model)
            if len(found.problems) >= MOST_TOLD:
                break
    return found


def _differences(model: type[Now]) -> list[str]:
    """Rows of one table that the ledger does not account for, or that are missing or changed."""
    table = quoted(model)
    columns = ", ".join(columns_of(model))
    there, made = f"{live()}.{table}", f"{temporary()}.{table}"
    names: dict[str, str] = {}
    with connection.cursor() as cursor:
        for one, other in ((there, made), (made, there)):
            # Only their names are read: on SQLite what somebody put into another column may not even be text.
            differs = f"SELECT {columns} FROM {one} EXCEPT SELECT {columns} FROM {other}"
            cursor.execute(f"SELECT id FROM ({differs} LIMIT {MOST_TOLD}) AS differs")
            for row in cursor.fetchall():
                name = str(row[0])
                names[name] = "changed" if name in names else ("added" if one == there else "removed")
    label = model._meta.label
    said = {
        "changed": "was changed outside the door: it is not what the record says.",
        "added": "was added outside the door: the record does not know it.",
        "removed": "was removed outside the door: the record has it.",
    }
    return [f"{label} row {name} {said[what]}" for name, what in sorted(names.items())]


def rebuild(progress: Progress = _silent) -> int:
    """Make every table again from the ledger, in one transaction."""
    with _on_disk(), transaction.atomic(), scratch_tables() as scratch:
        count = replay(scratch, progress)
        sidedoors.open_door(connection)
        try:
            with connection.cursor() as cursor:
                if connection.vendor == "sqlite":
                    cursor.execute("PRAGMA defer_foreign_keys = ON")
                else:
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                for model in scratch.in_order():
                    columns = ", ".join(columns_of(model))
                    cursor.execute(f"DELETE FROM {live()}.{quoted(model)}")
                    cursor.execute(
                        f"INSERT INTO {live()}.{quoted(model)} ({columns})"
                        f" SELECT {columns} FROM {temporary()}.{quoted(model)}"
                    )
        finally:
            sidedoors.close_door(connection)
    return count
