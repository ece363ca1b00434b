"""The one way in. A person does one thing; it comes in here as one typed command.

In one transaction: lock the thing, in a statement of its own; then read and judge (who may, then what
stands in the way); then draw the number, write the line in the ledger, and let the command change the
tables. Locking and checking in one statement let a guard be passed in a race; this order does not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance, clock, ledger, outbox, receipts, sidedoors, writing
from alongside.kernel.command import At, Command, Missing, NotAllowed, Reason, Recorded, Refused, Shape
from alongside.kernel.keyring import keyring
from alongside.kernel.now import plan_of
from alongside.kernel.policy import PUBLIC, Actor, Rule, holds, question
from alongside.kernel.pseudonyms import pseudonym_for
from alongside.kernel.seal import Sealer
from alongside.kernel.writing import Answer, Journey

TRIES = 6  # a deadlock or a lost race is tried again whole, with the same key and words
SENT_EVERY = 1000  # commands of one call whose rows are held before they are sent
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

    left: int = 1  # how many commands are still to come, this one among them
    heads: dict[UUID, tuple[int, bytes | None]] = field(default_factory=dict)
    changed: dict[UUID, bool] = field(default_factory=dict)  # things, and whether their chain begins here
    allowed: set[tuple[int, UUID | None, UUID | None]] = field(default_factory=set)
    taken: dict[bytes, receipts.Taken] | None = None  # which of many were taken before; None: not asked yet
    numbers: deque[int] = field(default_factory=deque)  # drawn since the last lock, for what comes next
    last: int = 0


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
    alone = not connection.in_atomic_block
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                done = within(submissions, alone=alone)
            sidedoors.check_commit(connection)
            return done
        except (OperationalError, IntegrityError) as error:
            if attempt == TRIES - 1 or not alone or not _worth_another_try(error):
                raise
    raise AssertionError("unreachable")


def _worth_another_try(error: Exception) -> bool:
    state = getattr(error.__cause__, "sqlstate", "") or ""
    text = str(error)
    if isinstance(error, OperationalError):
        return state in ("40001", "40P01", "55P03") or "locked" in text
    return any(name in text for name in ("kernel_receipt", "kernel_entry", "kernel_head", "entry_once"))


def within(submissions: Sequence[Submission], *, alone: bool = False) -> list[Done]:
    """Carry out submissions inside a transaction that is open already. For this module and the writer.

    `alone` says that nothing else is in this transaction, so that its end closes the door on PostgreSQL.
    """
    waiting = writing.begin()
    sitting = Sitting(left=len(submissions))
    on_sqlite = waiting.wire.is_sqlite
    try:
        if on_sqlite:
            sidedoors.open_door(waiting.wire.connection)
        keyring().look_again()
        marks = [_mark(submission) for submission in submissions]
        if len(submissions) > 1:
            sitting.taken = _taken_before([mark[0] for mark in marks if mark is not None])
        done = []
        for submission, mark in zip(submissions, marks, strict=True):
            done.append(_one(submission, sitting, mark))
            sitting.left -= 1
            if sitting.left % SENT_EVERY == 0:
                waiting.flush()
        _write_heads(sitting)
        waiting.flush()
        keyring().keep()
        return done
    finally:
        writing.end()
        if on_sqlite or not alone:
            sidedoors.close_door(waiting.wire.connection)


# One command --------------------------------------------------------------------------------------

Mark = tuple[bytes, bytes]  # the digests of a submission's key and of its words


def _mark(submission: Submission) -> Mark | None:
    if submission.key is None:
        return None
    return receipts.digests(submission.command, submission.by, submission.key)


def _taken_before(marks: Sequence[bytes]) -> dict[bytes, receipts.Taken]:
    """Which of many submissions were taken before, asked some hundreds at a time."""
    found: dict[bytes, receipts.Taken] = {}
    for start in range(0, len(marks), 500):
        found |= receipts.taken(writing.wire().ask(*receipts.question(marks[start : start + 500])))
    return found


def _one(submission: Submission, sitting: Sitting, mark: Mark | None = None, depth: int = 0) -> Done:
    command, by = submission.command, submission.by
    if depth > 8:
        raise RuntimeError(f"{command.records} has consequences without end.")
    command = _with_ids(command)
    read = _read(command, submission, mark, sitting)
    if mark is not None and (taken := read.taken.get(mark[0])) is not None:
        return _again(taken, mark[1])
    moment = clock.now()  # taken once the lock is ours: a thing's entries never go back in time
    at = At(moment, by, clock.day_of(moment), submission.because)
    things = _loaded(read)
    command = _settled(command, things, at)
    if submission.because is None:
        _judge(command, by, at, read.allowed, sitting)
    _check_refs(command, at, visible=submission.because is None)
    _object(command, things, at)
    recorded = _recorded(command, submission, things, at, sitting)
    sealed = _write_entry(command, recorded, things, at, sitting)
    sealed.apply(*things, recorded)
    if mark is not None:
        receipts.keep(writing.writing(), *mark, recorded)
        read.taken[mark[0]] = receipts.Taken(mark[1], recorded.id, recorded.thing)
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
        for s in command.shapes_of("fresh")
        if getattr(command, s.name) is None
    }
    return command.having(minted) if minted else command


@dataclass
class Read:
    """What was read for one command, once its things were locked."""

    taken: dict[bytes, receipts.Taken]
    links: list[tuple[Shape, list[Answer]]]  # the rows of the Id fields, in order
    allowed: Allowed


@dataclass
class Allowed:
    """What the rule of a command said of one row: at once, or when the journey is over."""

    pk: UUID | None
    answer: bool | Answer = True

    def __bool__(self) -> bool:
        return self.answer if isinstance(self.answer, bool) else bool(self.answer.rows)


def _read(command: Command, submission: Submission, mark: Mark | None, sitting: Sitting) -> Read:
    """Lock the things, then draw the number, then read what is judged: in this order, in one journey.

    Each is a statement of its own. One statement would read as things were before it got its lock.
    """
    journey = Journey(writing.writing())
    ask_taken = mark is not None and sitting.taken is None
    taken = journey.ask(receipts.question([mark[0]])) if mark is not None and ask_taken else Answer()
    heads = _ask_heads(journey, command, sitting)
    numbers = _ask_numbers(journey, sitting, locked=heads is not None)
    links = [(shape, _ask_rows(journey, command, shape)) for shape in command.shapes_of("own")]
    allowed = Allowed(None)
    if submission.because is None:
        allowed = _ask_who_may(journey, command, submission.by, clock.now(), sitting)
    journey.go()
    _take_heads(heads, sitting)
    _take_numbers(numbers, sitting)
    before = receipts.taken(taken.rows) if sitting.taken is None else sitting.taken
    return Read(before, links, allowed)


def _ask_rows(journey: Journey, command: Command, shape: Shape) -> list[Answer]:
    """The rows of an Id field. The thing's own is remembered: its lock is ours, and `change` forgets it."""
    value, plan = getattr(command, shape.name), plan_of(shape.target())
    remembered, answers = journey.waiting.remembered, []
    for pk in value if shape.many and value is not None else [value]:
        if pk is None:
            continue
        answer = remembered.get((plan.model, pk))
        if answer is None:
            answer = journey.ask(plan.question(pk), reads=True)
            if shape.name == command.thing:
                remembered[plan.model, pk] = answer
        answers.append(answer)
    return answers


def _ask_heads(journey: Journey, command: Command, sitting: Sitting) -> Answer | None:
    """Lock the heads of all things this command judges by, in one sorted order."""
    thing = command.thing_id
    if command.shapes[command.thing].kind == "fresh" and thing not in sitting.heads:
        sitting.heads[thing] = (0, None)
    wanted = sorted({one for one in (thing, *command.also_locks()) if one not in sitting.heads})
    if not wanted:
        return None
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT thing, length, leaf FROM kernel_head WHERE thing IN ({marks}) ORDER BY thing"
    wire = journey.waiting.wire
    if not wire.is_sqlite:
        sql += " FOR UPDATE"
    return journey.ask((sql, [wire.named(one) for one in wanted]))


def _take_heads(answer: Answer | None, sitting: Sitting) -> None:
    for thing, length, leaf in answer.rows if answer is not None else ():
        sitting.heads[thing if isinstance(thing, UUID) else UUID(thing)] = (length, bytes(leaf))


def _ask_numbers(journey: Journey, sitting: Sitting, *, locked: bool) -> Answer | None:
    """Draw the next entry number, once the thing is locked: replay goes by it.

    For many commands that lock nothing, PostgreSQL draws many at once; a lock makes those void.
    """
    if journey.waiting.wire.is_sqlite:
        if sitting.last:
            sitting.numbers.append(sitting.last + 1)
            return None
        return journey.ask(("SELECT COALESCE(MAX(number), 0) + 1 FROM kernel_entry", ()))
    if locked:
        sitting.numbers.clear()
    if sitting.numbers:
        return None
    sql = f"SELECT nextval('kernel_entry_number'), {sidedoors.OPEN}"
    if locked or sitting.left < 2:
        return journey.ask((sql, ()))
    return journey.ask((f"{sql} FROM generate_series(1, %s)", [min(sitting.left, 500)]))


def _take_numbers(answer: Answer | None, sitting: Sitting) -> None:
    if answer is not None:
        sitting.numbers.extend(int(row[0]) for row in answer.rows)


def _ask_who_may(journey: Journey, command: Command, by: Actor, at: datetime, sitting: Sitting) -> Allowed:
    pk: UUID | None = getattr(command, command.judged_on) if command.judged_on else None
    if command.in_bulk and (id(type(command)), by.person, pk) in sitting.allowed:
        return Allowed(pk)
    found = question(command.may, by, at, _judged_model(command, pk), pk)
    return Allowed(pk, found if isinstance(found, bool) else journey.ask(found, reads=True))


def _judged_model(command: Command, pk: UUID | None) -> Any:
    shape = command.shapes.get(command.judged_on)
    return shape.target() if shape is not None and pk is not None else None


def _loaded(read: Read) -> tuple[Any, ...]:
    """The rows of the Id fields, in order. One that is not there is Missing."""
    found: list[Any] = []
    for shape, answers in read.links:
        rows = [plan_of(shape.target()).row(answer) for answer in answers]
        if None in rows:
            raise Missing
        found.append(rows if shape.many else next(iter(rows), None))
    return tuple(found)


def _settled(command: Command, things: tuple[Any, ...], at: At) -> Command:
    values = command.settle(*things, at)
    return command.having(values) if values else command


def _judge(command: Command, by: Actor, at: At, allowed: Allowed, sitting: Sitting) -> None:
    pk: UUID | None = getattr(command, command.judged_on) if command.judged_on else None
    asked = (id(type(command)), by.person, pk)
    if command.in_bulk and asked in sitting.allowed:
        return
    model = _judged_model(command, pk)
    if by.only is not None and by.only not in (pk, command.thing_id):
        raise Missing
    may = bool(allowed) if pk == allowed.pk else holds(command.may, by, at.moment, model, pk)
    if not may:
        writing.flush()
        if model is not None and not _sees(model, pk, by, at):
            raise Missing
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": command.may.sentence})
    if command.strong and not by.strong:
        raise NotAllowed(_("To decide about others, sign in with your passkey or your council account."))
    sitting.allowed.add(asked)


def _sees(model: Any, pk: UUID | None, by: Actor, at: At) -> bool:
    return bool(model.objects.seen_by(by, at.moment).filter(pk=pk).exists())


def _check_refs(command: Command, at: At, *, visible: bool) -> None:
    for shape in command.shapes_of("ref"):
        value = getattr(command, shape.name)
        if not value:
            continue
        writing.flush()
        model = shape.target()
        wanted = set(value) if shape.many else {value}
        unasked = not visible or shape.asked.settled or at.by.installation
        if unasked:
            rows = model.everything.filter(pk__in=wanted)  # type: ignore[attr-defined]  # a Ref names a Now table
            found = set(rows.values_list("pk", flat=True))
        else:
            found = {pk for pk in wanted if holds(_sight(model), at.by, at.moment, model, pk)}
        if found != wanted:
            raise Refused([(shape.name, _("We could not find that. Please choose again."))])


@lru_cache(maxsize=256)
def _sight(model: Any) -> Rule:
    """Who may see a row of this table, as a rule: compiled once, and asked of one row at a time."""
    return Rule(_("someone who may see it"), row=model.seen_by)


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
    sitting.last = sitting.numbers.popleft()
    return Recorded(
        id=submission.entry,
        number=sitting.last,
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


def _write_entry(
    command: Command, recorded: Recorded, things: tuple[Any, ...], at: At, sitting: Sitting
) -> Command:
    """Seal the words, write the line, and give back the command as `apply` sees it."""
    sealer = Sealer(recorded.id)
    fields: dict[str, Any] = command.model_dump(
        mode="json", exclude_none=True, exclude=_sealed_names(type(command))
    )
    boxes: dict[str, Any] = {}
    for shape in command.shapes_of("sealed"):
        words = getattr(command, shape.name)
        owner = _owner(command, shape, recorded, things, at)
        purpose, new = shape.asked.purpose, recorded.place == 1 and owner == recorded.thing
        if shape.many:
            made = [sealer.seal(str(one), owner, purpose, new=new) for one in words or () if one]
            boxes[shape.name], fields[shape.name] = made, [{"$": sealer.boxes.index(box)} for box in made]
        elif words:
            box = boxes[shape.name] = sealer.seal(str(words), owner, purpose, new=new)
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
    sitting.changed.setdefault(recorded.thing, recorded.place == 1)
    return command.having(boxes) if boxes else command


@lru_cache(maxsize=512)
def _sealed_names(command: type[Command]) -> set[str]:
    return {shape.name for shape in command.shapes_of("sealed")}


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
    for thing, first in sitting.changed.items():
        length, leaf = sitting.heads[thing]
        ledger.set_head(writing.writing(), thing, length, leaf or b"", first=first)


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
            _one(Submission(next_command, by, None, False, recorded.id, entry), sitting, None, depth + 1)
