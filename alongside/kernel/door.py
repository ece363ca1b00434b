"""The one way in. A person does one thing; it comes in here as one typed command.

In one transaction: lock the thing, in a statement of its own; then read and judge (who may, then what
stands in the way); then draw the number, write the line in the ledger, and let the command change the
tables. Locking and checking in one statement let a guard be passed in a race; this order does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance, clock, inscribing, ledger, outbox, receipts, sidedoors, writing
from alongside.kernel.asking import Mark, Read, at_unknown_keys, check_codes, check_refs, judge, read
from alongside.kernel.command import At, Command, Missing, Reason, Recorded, Refused
from alongside.kernel.keyring import keyring
from alongside.kernel.plans import plan_of
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import pseudonym_for
from alongside.kernel.submission import NOTHING, Done, SentBefore, Sitting, Submission

__all__ = [
    "Consequence",
    "Done",
    "Notice",
    "SentBefore",
    "Sitting",
    "Submission",
    "carry_out",
    "do",
    "do_many",
]

TRIES = 6  # a deadlock or a lost race is tried again whole, with the same key and words
SENT_EVERY = 1000  # commands of one call whose rows are held before they are sent
Consequence = Callable[[Command, Recorded], Iterable[Command]]
Notice = Callable[[Command, Recorded], Iterable[tuple[str, Mapping[str, Any]]]]


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

    `alone` says that nothing else is in this transaction: then on PostgreSQL the rows take its commit along,
    and its end closes the door.
    """
    waiting = writing.begin()
    sitting = Sitting(left=len(submissions))
    on_sqlite = waiting.wire.is_sqlite
    try:
        if on_sqlite:
            sidedoors.open_door(waiting.wire.connection)
        marks = [_mark(submission) for submission in submissions]
        if len(submissions) > 1:
            sitting.taken = _taken_before([mark[0] for mark in marks if mark is not None])
        done = []
        for submission, mark in zip(submissions, marks, strict=True):
            done.append(_one(submission, sitting, mark))
            sitting.left -= 1
            if sitting.left and sitting.left % SENT_EVERY == 0:
                waiting.flush()
        _write_heads(sitting)
        keyring().keep()
        waiting.flush(last=alone)
        return done
    finally:
        writing.end()
        if on_sqlite or not alone:
            sidedoors.close_door(waiting.wire.connection)


# One command --------------------------------------------------------------------------------------


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
    found = read(command, submission, mark, sitting)
    if mark is not None and (taken := found.taken.get(mark[0])) is not None:
        return _again(taken, mark[1])
    moment = clock.now()  # taken once the lock is ours: a thing's entries never go back in time
    at = At(moment, by, clock.day_of(moment), submission.because, _unnamed(submission))
    things = _loaded(found)
    if submission.because is None:
        check_codes(command, at)  # before anything is settled by what a code says
    command = _settled(command, things, at)
    if submission.because is None:
        judge(command, by, at, found.allowed, sitting)
    check_refs(command, at, visible=submission.because is None)
    _object(command, things, at)
    recorded = _recorded(command, submission, things, at, sitting)
    sealed = inscribing.inscribe(command, recorded, things, at, sitting)
    sealed.apply(*things, recorded)
    if mark is not None:
        receipts.keep(writing.writing(), *mark, recorded)
        found.taken[mark[0]] = receipts.Taken(mark[1], recorded.id, recorded.thing)
    _follow(command, recorded, things, submission, sitting, depth)
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


def _loaded(read: Read) -> tuple[Any, ...]:
    """The rows of the Id fields, in order. One that is not there is Missing."""
    found: list[Any] = []
    for shape, answers in read.links:
        rows = [plan_of(shape.target()).row(answer) for answer in answers]
        if any(row is None for row in rows):
            raise Missing
        found.append(rows if shape.many else next(iter(rows), None))
    return tuple(found)


def _settled(command: Command, things: tuple[Any, ...], at: At) -> Command:
    values = command.settle(*things, at)
    return command.having(values) if values else command


def _object(command: Command, things: tuple[Any, ...], at: At) -> None:
    reasons = [Reason(name, str(sentence)) for name, sentence in command.objections(*things, at)]
    if at.because is None:
        reasons += at_unknown_keys(command, at.by)
    if reasons:
        raise Refused(reasons)


def _recorded(
    command: Command, submission: Submission, things: tuple[Any, ...], at: At, sitting: Sitting
) -> Recorded:
    thing = command.thing_id
    length = sitting.heads.get(thing, NOTHING)[0]
    author, unnamed = submission.by.author, _unnamed(submission)
    if unnamed and submission.by.person is not None:
        author = pseudonym_for(submission.by.person, thing, submission.by.former)
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
        office=None
        if unnamed
        else submission.by.office,  # an office has few holders: it is as good as a name
        typed_by=submission.by.typed_by,
        how=submission.by.how,
        because=submission.because,
    )


def _unnamed(submission: Submission) -> bool:
    """Whether this is done without a name: because they said so, or because this is never done with one."""
    return submission.anonymous or submission.command.under_a_pseudonym


def _write_heads(sitting: Sitting) -> None:
    for thing, first in sitting.changed.items():
        ledger.set_head(writing.writing(), thing, sitting.heads[thing], first=first)


# What follows from it -----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def wiring() -> tuple[Mapping[str, Sequence[Consequence]], Mapping[str, Sequence[Notice]]]:
    """(WHEN, TELL) of the wiring page."""
    site = settings.ALONGSIDE_WIRING
    return import_string(f"{site}.WHEN"), import_string(f"{site}.TELL")


def _follow(
    command: Command,
    recorded: Recorded,
    things: tuple[Any, ...],
    parent: Submission,
    sitting: Sitting,
    depth: int,
) -> None:
    when, tell = wiring()
    by, unnamed = parent.by, _unnamed(parent)  # what follows from an act without a name has none either
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
            _one(Submission(next_command, by, None, unnamed, recorded.id, entry), sitting, None, depth + 1)
