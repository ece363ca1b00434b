"""The one way in. A person does one thing; it comes in here as one typed command.

In one transaction: lock the thing, in a statement of its own; then read and judge (who may, then what
stands in the way); then draw the number, write the line in the ledger, and let the command change the
tables. Locking and checking in one statement let a guard be passed in a race; this order does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance, clock, ledger, outbox, receipts, sidedoors, writing
from alongside.kernel.command import At, Command, Missing, NotAllowed, Reason, Recorded, Refused, Shape
from alongside.kernel.now import load
from alongside.kernel.policy import PUBLIC, Actor, holds
from alongside.kernel.pseudonyms import pseudonym_for
from alongside.kernel.seal import Sealer

TRIES = 6  # a deadlock or a lost race is tried again whole, with the same key and words
Consequence = Callable[[Command, Recorded], Iterable[Command]]
Notice = Callable[[Command, Recorded], Iterable[tuple[str, Mapping[str, Any]]]]


class SentBefore(Refused):
    """The same key came before with other words: one of the two was not meant."""


@dataclass(frozen=True)
class Done:
    """What came of a command: its entry, and whether it had been taken before."""

    entry: UUID
    thing: UUID
    recorded: Recorded | None = None  # None when this submission was taken before
    again: bool = False


@dataclass
class Sitting:
    """What one transaction remembers from command to command."""

    heads: dict[UUID, tuple[int, bytes | None]] = field(default_factory=dict)
    changed: set[UUID] = field(default_factory=set)
    allowed: set[tuple[int, UUID | None, UUID | None]] = field(default_factory=set)
    number: int = 0


@dataclass(frozen=True)
class Submission:
    """One command on its way in, and all that must be the same when it is tried again."""

    command: Command
    by: Actor
    key: str | None = None
    anonymous: bool = False
    because: UUID | None = None
    entry: UUID = field(default_factory=chance.mint)


# Set by the writer of this process, if it has one: takes a submission, or None when it is not for it.
through_writer: Callable[[Submission], Done | None] | None = None


def do(command: Command, *, by: Actor, key: str | None = None, anonymous: bool = False) -> Done:
    """Carry out one command. Raises Refused, NotAllowed or Missing, and then nothing was written.

    `key` is the submission's own: the same key with the same words is one entry, however often it comes.
    """
    submission = Submission(command, by, key, anonymous)
    if through_writer is not None:
        done = through_writer(submission)
        if done is not None:
            return done
    return carry_out([submission])[0]


def do_many(commands: Iterable[tuple[Command, str | None]], *, by: Actor) -> list[Done]:
    """Carry out many commands in one transaction: all of them, or none."""
    return carry_out([Submission(command, by, key) for command, key in commands])


def carry_out(submissions: Sequence[Submission]) -> list[Done]:
    """One transaction, tried again whole when the database asks for it."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                done = within(submissions)
            sidedoors.check_commit(connection)
            return done
        except (OperationalError, IntegrityError) as error:
            if attempt == TRIES - 1 or connection.in_atomic_block or not _worth_another_try(error):
                raise
    raise AssertionError("unreachable")


def _worth_another_try(error: Exception) -> bool:
    state = getattr(error.__cause__, "sqlstate", "") or ""
    text = str(error)
    if isinstance(error, OperationalError):
        return state in ("40001", "40P01", "55P03") or "locked" in text
    return any(name in text for name in ("kernel_receipt", "kernel_entry", "kernel_head", "entry_once"))


def within(submissions: Sequence[Submission]) -> list[Done]:
    """Carry out submissions inside a transaction that is open already. For this module and the writer."""
    sitting = Sitting()
    waiting = writing.begin()
    sidedoors.open_door(connection)
    try:
        done = [_one(submission, sitting) for submission in submissions]
        _write_heads(sitting)
        waiting.flush()
        return done
    finally:
        writing.end()
        sidedoors.close_door(connection)


# One command --------------------------------------------------------------------------------------


def _one(submission: Submission, sitting: Sitting, depth: int = 0) -> Done:
    command, by = submission.command, submission.by
    if depth > 8:
        raise RuntimeError(f"{command.records} has consequences without end.")
    mark = receipts.digests(command, by, submission.key) if submission.key is not None else None
    if mark is not None and (taken := receipts.taken(mark[0])) is not None:
        return _again(taken, mark[1])
    command = _with_ids(command)
    _lock(command, sitting)
    moment = clock.now()
    at = At(moment, by, clock.day_of(moment), submission.because)
    things = tuple(_loaded(command))
    command = _settled(command, things, at)
    if submission.because is None:
        _judge(command, by, at, sitting)
    _check_refs(command, at, visible=submission.because is None)
    _object(command, things, at)
    recorded = _recorded(command, submission, things, at, sitting)
    sealed = _write_entry(command, recorded, things, at, sitting)
    sealed.apply(*things, recorded)
    if mark is not None:
        receipts.keep(writing.writing(), *mark, recorded)
    _follow(command, recorded, things, by, sitting, depth)
    return Done(recorded.id, recorded.thing, recorded)


def _again(taken: receipts.Taken, content: bytes) -> Done:
    """The answer to a submission that comes a second time: the first one's, if its words are the same."""
    if taken.content != content:
        sentence = _("You have sent this form before, with other words. Open the page again to change it.")
        raise SentBefore([("", sentence)])
    return Done(taken.entry, taken.thing, again=True)


def _with_ids(command: Command) -> Command:
    minted = {
        s.name: [chance.mint() for _ in getattr(command, s.name)] if s.many else chance.mint()
        for s in command.shapes.values()
        if s.kind == "fresh" and getattr(command, s.name) is None
    }
    return command.model_copy(update=minted) if minted else command


def _lock(command: Command, sitting: Sitting) -> None:
    """Lock the heads of all things this command judges by, in one sorted order."""
    wanted = {command.thing_id, *command.also_locks()} - sitting.heads.keys()
    if not wanted:
        return
    if command.shapes[command.thing].kind == "fresh":
        sitting.heads[command.thing_id] = (0, None)
        wanted.discard(command.thing_id)
    if not wanted:
        return
    native = connection.features.has_native_uuid_field
    names = sorted(wanted)
    marks = ", ".join(["%s"] * len(names))
    sql = f"SELECT thing, length, leaf FROM kernel_head WHERE thing IN ({marks}) ORDER BY thing"
    if connection.features.has_select_for_update:
        sql += " FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(sql, names if native else [name.hex for name in names])
        for thing, length, leaf in cursor.fetchall():
            sitting.heads[thing if native else UUID(thing)] = (length, bytes(leaf))


def _loaded(command: Command) -> Iterator[Any]:
    """The rows of the Id fields, in order. One that is not there is Missing."""
    for shape in command.own_links():
        value = getattr(command, shape.name)
        if value is None:
            yield None
        elif shape.many:
            yield [_there(shape, one) for one in value]
        else:
            yield _there(shape, value)


def _there(shape: Shape, pk: UUID) -> Any:
    row = load(shape.target(), pk)  # type: ignore[type-var]  # an Id names a Now table
    if row is None:
        raise Missing
    return row


def _settled(command: Command, things: tuple[Any, ...], at: At) -> Command:
    values = command.settle(*things, at)
    return command.model_copy(update=dict(values)) if values else command


def _judge(command: Command, by: Actor, at: At, sitting: Sitting) -> None:
    name = command.judged_on
    shape = command.shapes.get(name)
    pk: UUID | None = getattr(command, name) if name else None
    if command.only_as_consequence and not by.installation:
        raise NotAllowed(_("Nobody does this by hand. It only follows from something else."))
    asked = (id(type(command)), by.person, pk)
    if command.in_bulk and asked in sitting.allowed:
        return
    writing.flush()
    model = shape.target() if shape is not None and pk is not None else None
    if by.only is not None and by.only not in (pk, command.thing_id):
        raise Missing
    if not holds(command.may, by, at.moment, model, pk):
        if model is not None and not _sees(model, pk, by, at):
            raise Missing
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": command.may.sentence})
    if command.strong and not by.strong:
        raise NotAllowed(_("To decide about others, sign in with your passkey or your council account."))
    sitting.allowed.add(asked)


def _sees(model: Any, pk: UUID | None, by: Actor, at: At) -> bool:
    return bool(model.objects.seen_by(by, at.moment).filter(pk=pk).exists())


def _check_refs(command: Command, at: At, *, visible: bool) -> None:
    for shape in command.shapes.values():
        value = getattr(command, shape.name)
        if shape.kind != "ref" or not value:
            continue
        writing.flush()
        model = shape.target()
        wanted = set(value) if shape.many else {value}
        unasked = not visible or shape.asked.settled or at.by.installation
        rows = model.everything if unasked else model.objects.seen_by(at.by, at.moment)  # type: ignore[attr-defined]
        found = set(rows.filter(pk__in=wanted).values_list("pk", flat=True))
        if found != wanted:
            raise Refused([(shape.name, _("We could not find that. Please choose again."))])


def _object(command: Command, things: tuple[Any, ...], at: At) -> None:
    reasons = [Reason(name, str(sentence)) for name, sentence in command.objections(*things, at)]
    if reasons:
        raise Refused(reasons)


def _recorded(
    command: Command, submission: Submission, things: tuple[Any, ...], at: At, sitting: Sitting
) -> Recorded:
    thing = command.thing_id
    length, _leaf = sitting.heads.get(thing, (0, None))
    author = submission.by.author
    if submission.anonymous and submission.by.person is not None:
        author = pseudonym_for(submission.by.person, thing)
    return Recorded(
        id=submission.entry,
        number=_next_number(sitting),
        at=at.moment,
        by=author,
        kind=command.records,
        thing=thing,
        place=length + 1,
        about=command.about(*things, at),
        office=submission.by.office,
        typed_by=submission.by.typed_by,
        how=submission.by.how,
        because=submission.because,
    )


def _next_number(sitting: Sitting) -> int:
    """The next entry number, drawn when the thing is locked. Replay goes by it."""
    if connection.vendor == "sqlite" and sitting.number:
        sitting.number += 1
        return sitting.number
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM kernel_entry")
        else:
            cursor.execute("SELECT nextval('kernel_entry_number')")
        sitting.number = int(cursor.fetchone()[0])
    return sitting.number


def _write_entry(
    command: Command, recorded: Recorded, things: tuple[Any, ...], at: At, sitting: Sitting
) -> Command:
    """Seal the words, write the line, and give back the command as `apply` sees it."""
    sealer = Sealer(recorded.id)
    fields: dict[str, Any] = command.model_dump(
        mode="json", exclude_none=True, exclude=_sealed_names(type(command))
    )
    boxes: dict[str, Any] = {}
    for shape in command.shapes.values():
        if shape.kind != "sealed":
            continue
        words = getattr(command, shape.name)
        owner = _owner(command, shape, recorded, things, at)
        purpose = shape.asked.purpose
        if shape.many:
            made = [sealer.seal(str(one), owner, purpose) for one in words or () if one]
            boxes[shape.name], fields[shape.name] = made, [{"$": sealer.boxes.index(box)} for box in made]
        elif words:
            box = boxes[shape.name] = sealer.seal(str(words), owner, purpose)
            fields[shape.name] = {"$": len(sealer.boxes) - 1}
            assert box is sealer.boxes[-1]
        else:
            boxes[shape.name] = None
    _length, previous = sitting.heads.get(recorded.thing, (0, None))
    header = ledger.header_text(recorded, fields, sealer.boxes, previous=previous, version=command.version)
    joined = b"".join(sealer.boxes)
    leaf = ledger.leaf_of(header, joined)
    ledger.add(writing.writing(), recorded, header, joined, leaf, sealer.rows)
    sitting.heads[recorded.thing] = (recorded.place, leaf)
    sitting.changed.add(recorded.thing)
    return command.model_copy(update=boxes) if boxes else command


@lru_cache(maxsize=512)
def _sealed_names(command: type[Command]) -> set[str]:
    return {s.name for s in command.shapes.values() if s.kind == "sealed"}


def _owner(command: Command, shape: Shape, recorded: Recorded, things: tuple[Any, ...], at: At) -> UUID:
    """Whose words a sealed value holds: one owner each. Without a person they belong to the matter."""
    found = command.owner(shape.name, things, at)
    if found is not None:
        return found
    whose = shape.asked.belongs_to
    if whose == "by":
        return recorded.thing if at.by.installation or recorded.by == PUBLIC else recorded.by
    if whose == "thing":
        return recorded.thing
    if whose == "about":
        return recorded.about or recorded.thing
    value: UUID | None = getattr(command, whose)
    return value or recorded.thing


def _write_heads(sitting: Sitting) -> None:
    for thing in sitting.changed:
        length, leaf = sitting.heads[thing]
        ledger.set_head(writing.writing(), thing, length, leaf or b"")


# What follows from it -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def wiring() -> tuple[Mapping[str, Sequence[Consequence]], Mapping[str, Sequence[Notice]]]:
    """(WHEN, TELL) of the wiring page."""
    site = settings.ALONGSIDE_WIRING
    return import_string(f"{site}.WHEN"), import_string(f"{site}.TELL")


def _follow(
    command: Command, recorded: Recorded, things: tuple[Any, ...], by: Actor, sitting: Sitting, depth: int
) -> None:
    when, tell = wiring()
    for kind, payload in command.leaves(*things, recorded):
        outbox.send(writing.writing(), recorded, chance.mint(), kind, payload, recorded.at)
    for notice in tell.get(command.records, ()):
        for kind, payload in notice(command, recorded):
            after = timedelta(seconds=int(payload.get("after_seconds", 0)))
            outbox.send(writing.writing(), recorded, chance.mint(), kind, payload, recorded.at + after)
    count = 0
    for consequence in when.get(command.records, ()):
        for next_command in consequence(command, recorded):
            count += 1
            entry = uuid5(recorded.id, f"{next_command.records}/{count}")
            _one(Submission(next_command, by, None, False, recorded.id, entry), sitting, depth + 1)
