"""What the door asks before it writes: the locks, the number, the rows, and who may.

Lock the things, then draw the number, then read what is judged: in this order, each a statement of its own,
sent in one journey. One statement would read as things were before it got its lock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, receipts, rules, sidedoors, writing
from alongside.kernel.actor import AT_KEYS, SHARED_CODE
from alongside.kernel.command import At, Command, Missing, NotAllowed, NotStrong, Reason, Refused, Shape
from alongside.kernel.hands import BY_ONE_S_OWN_HAND, NOBODY_WE_KNOW
from alongside.kernel.keyring import keyring
from alongside.kernel.plans import plan_of
from alongside.kernel.policy import Actor, Rule, among_people, anyone, holds, question, the_installation
from alongside.kernel.seal import TO_SEAL
from alongside.kernel.submission import NOTHING, Sitting, Submission
from alongside.kernel.writing import Answer, Journey

Mark = tuple[bytes, bytes]  # the digests of a submission's key and of its words


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


def read(command: Command, submission: Submission, mark: Mark | None, sitting: Sitting) -> Read:
    """Lock, draw and read for one command, in one journey."""
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
    if not sitting.may_seal:
        keyring().look_again()  # only now: while we waited for that lock, keys may have been replaced
        sitting.may_seal = True
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
        sitting.heads[thing] = NOTHING
    also = command.also_locks()
    if thing in sitting.heads and not also:
        return None
    wanted = sorted({one for one in (thing, *also) if one not in sitting.heads})
    if not wanted:
        return None
    marks = ", ".join(["%s"] * len(wanted))
    sql = f"SELECT thing, length, leaf, last FROM kernel_head WHERE thing IN ({marks}) ORDER BY thing"
    wire = journey.waiting.wire
    if not wire.is_sqlite:
        sql += " FOR UPDATE"
    return journey.ask((sql, [wire.named(one) for one in wanted]))


def _take_heads(answer: Answer | None, sitting: Sitting) -> None:
    for thing, length, leaf, last in answer.rows if answer is not None else ():
        sitting.heads[thing if isinstance(thing, UUID) else UUID(thing)] = (length, bytes(leaf), last)


def _ask_numbers(journey: Journey, sitting: Sitting, *, locked: bool) -> Answer | None:
    """Draw the next entry number, once the thing is locked: replay goes by it.

    For many commands that lock nothing, PostgreSQL draws many at once; a lock makes those void. With the
    first number of a transaction comes the lock that sealing shares.
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
        return journey.ask((sql if sitting.may_seal else f"{sql}, {TO_SEAL}", ()))
    if not sitting.may_seal:
        journey.ask((f"SELECT {TO_SEAL}", ()))
    return journey.ask((f"{sql} FROM generate_series(1, %s)", [min(sitting.left, 500)]))


def _take_numbers(answer: Answer | None, sitting: Sitting) -> None:
    if answer is not None:
        sitting.numbers.extend(int(row[0]) for row in answer.rows)


def _ask_who_may(journey: Journey, command: Command, by: Actor, at: datetime, sitting: Sitting) -> Allowed:
    pk: UUID | None = getattr(command, command.judged_on) if command.judged_on else None
    if command.in_bulk and (id(type(command)), by, pk) in sitting.allowed:
        return Allowed(pk)
    found = question(command.may, by, at, _judged_model(command, pk), pk)
    return Allowed(pk, found if isinstance(found, bool) else journey.ask(found, reads=True))


def _judged_model(command: Command, pk: UUID | None) -> Any:
    shape = command.shapes.get(command.judged_on)
    return shape.target() if shape is not None and pk is not None else None


def judge(command: Command, by: Actor, at: At, allowed: Allowed, sitting: Sitting) -> None:
    """Who may. Raises Missing where this person may not know that there is anything to judge."""
    if command.only_as_consequence and not by.installation:
        raise NotAllowed(_("Only %(who)s can do this.") % {"who": the_installation.sentence})
    pk: UUID | None = getattr(command, command.judged_on) if command.judged_on else None
    asked = (id(type(command)), by, pk)  # the same person may come by another way in this sitting
    if command.in_bulk and asked in sitting.allowed:
        return
    model = _judged_model(command, pk)
    is_for_all = command.may is anyone  # what needs no sign-in at all, a code does not take away
    if by.only is not None and by.only not in (pk, command.thing_id) and not is_for_all:
        raise Missing
    may = bool(allowed) if pk == allowed.pk else holds(command.may, by, at.moment, model, pk)
    if not may:
        writing.flush()
        if model is not None and not sees(model, pk, by, at.moment):
            raise Missing
        raise not_allowed(type(command))
    if not takes_hand(type(command), by):
        raise by_ones_own_hand()
    if command.strong and not by.strong:
        raise not_strong()
    sitting.allowed.add(asked)


def not_allowed(command: type[Command]) -> NotAllowed:
    """What somebody is told who may not do this: who can."""
    return NotAllowed(_("Only %(who)s can do this.") % {"who": among_people(command.may).sentence})


def not_strong() -> NotStrong:
    return NotStrong(_("To decide about others, sign in with your passkey or your council account."))


def takes_hand(command: type[Command], by: Actor) -> bool:
    """Whether a command is taken from this hand, where somebody else’s may have been at it."""
    if by.typed_by is not None and not command.by_another:
        return False
    return by.way != SHARED_CODE or SHARED_CODE not in command.shut_to


def at_unknown_keys(command: Command, by: Actor) -> Iterator[Reason]:
    """What is said where nobody knows who is at the keys, and it is not taken there. It is said beside all
    that stands in the way besides: whoever tries a door reads why it is shut, and not only that it is. What
    the installation does is nobody’s word, and is recorded as its own."""
    if by.way in command.shut_to and by.way in AT_KEYS and not by.installation:
        yield Reason("", str(NOBODY_WE_KNOW))


def by_ones_own_hand() -> NotAllowed:
    """What somebody is told of what nobody else types for them: how to do it by their own hand."""
    return NotAllowed(BY_ONE_S_OWN_HAND)


def sees(model: Any, pk: UUID | None, by: Actor, at: datetime) -> bool:
    """Whether this actor may know that there is such a row."""
    return bool(model.objects.seen_by(by, at).filter(pk=pk).exists())


def check_codes(command: Command, at: At) -> None:
    """Whether each choice is on its list, by the rules of this place today. No way in gets round this."""
    reasons = list(unknown_codes(type(command), command.__dict__, at.date()))
    if reasons:
        raise Refused(reasons)


def unknown_codes(command: type[Command], values: Mapping[str, Any], day: date) -> Iterator[Reason]:
    """What is wrong with the choices among these values. Blank is none where that is what is usual."""
    for shape in command.shapes_of("code"):
        value, usual = values.get(shape.name), command.model_fields[shape.name].default
        if value is None or shape.asked.settled or (not value and not shape.required and not usual):
            continue
        known = rules.here(day).codes(shape.list_key)
        if not value or any(one not in known for one in (value if shape.many else [value])):
            said = {"codes": ", ".join(sorted(known))}
            yield Reason(shape.name, str(_("Choose one of these: %(codes)s.") % said))


def check_refs(command: Command, at: At, *, visible: bool) -> None:
    """Whether what is named in other topics is there, and this person may see it."""
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
            found |= wanted.intersection(command.known_here(shape.name, wanted - found, at))
        if found != wanted:
            raise Refused([(shape.name, _("We could not find that. Please choose again."))])


@lru_cache(maxsize=256)
def _sight(model: Any) -> Rule:
    """Who may see a row of this table, as a rule: compiled once, and asked of one row at a time."""
    return Rule(_("someone who may see it"), row=model.seen_by)
