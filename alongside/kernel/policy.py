"""Who may: rules that finish the sentence "Only … can do this", and the actor they are asked of.

A rule is either about the actor alone (signed in, the installation itself) or about a row (the person
it is about). Rules combine with | and &, and compile to one SQL predicate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.wire import Question
from alongside.kernel.writing import flush, wire

INSTALLATION = UUID("00000000-0000-4000-8000-000000000001")  # the author of what the clock alone does
PUBLIC = UUID("00000000-0000-4000-8000-000000000002")  # the author of what somebody did without a name


@dataclass(frozen=True)
class Actor:
    """Who is doing this, by which way, and how surely we know it."""

    person: UUID | None = None
    office: UUID | None = None  # the office they act for: what public pages show
    typed_by: UUID | None = None  # who typed, when they typed for somebody else
    how: str = ""  # how that somebody said it: phone, paper, in person, through an interpreter
    strong: bool = False  # came by passkey or the council's single sign-on
    installation: bool = False  # the clock, a consequence, the made-up place's builder
    way: str = "page"  # page | api | cli | import | clock | code
    only: UUID | None = None  # came with a code from a letter: this one matter and nothing else
    voices: frozenset[UUID] = field(default=frozenset())  # this person's pseudonyms

    @property
    def author(self) -> UUID:
        return INSTALLATION if self.installation else self.person or PUBLIC

    @property
    def ids(self) -> list[UUID]:
        """The person and their pseudonyms, for `in` lookups."""
        return ([self.person] if self.person else []) + sorted(self.voices)


NOBODY = Actor()
THE_CLOCK = Actor(installation=True, way="clock", strong=True)


class Rule:
    """Only <sentence> can do this."""

    def __init__(
        self,
        sentence: Any,
        *,
        row: Callable[[Actor, datetime], Q] | None = None,
        actor: Callable[[Actor], bool] | None = None,
        parts: tuple[str, tuple[Rule, ...]] | None = None,
    ) -> None:
        self._sentence, self.row, self.actor, self.parts = sentence, row, actor, parts

    @property
    def sentence(self) -> str:
        if self.parts is None:
            return str(self._sentence)
        joined = _(" or ") if self.parts[0] == "|" else _(", who must also be ")
        return str(joined).join(part.sentence for part in self.parts[1])

    def __or__(self, other: Rule) -> Rule:
        return Rule("", parts=("|", (self, other)))

    def __and__(self, other: Rule) -> Rule:
        return Rule("", parts=("&", (self, other)))

    def answers(self, actor: Actor) -> tuple[bool, ...]:
        """What the parts about the actor alone answer for this actor."""
        if self.parts is not None:
            return tuple(answer for part in self.parts[1] for answer in part.answers(actor))
        return (self.actor(actor),) if self.actor is not None else ()

    def fixed_for(self, actor: Actor) -> Rule:
        """The same rule with each part about the actor alone answered for this actor, whoever stands in."""
        if self.parts is not None:
            sign, rules = self.parts
            return Rule("", parts=(sign, tuple(part.fixed_for(actor) for part in rules)))
        if self.actor is None:
            return self
        answer = self.actor(actor)
        return Rule(self._sentence, actor=lambda _stand_in: answer)

    def resolve(self, actor: Actor, at: datetime) -> Q | bool:
        """True, False, or the predicate that the row must meet."""
        if self.actor is not None:
            return self.actor(actor)
        if self.row is not None:
            return self.row(actor, at)
        assert self.parts is not None
        sign, rules = self.parts
        left: Q | bool = sign == "&"
        for rule_ in rules:
            right = rule_.resolve(actor, at)
            if isinstance(left, bool) or isinstance(right, bool):
                fixed, other = (left, right) if isinstance(left, bool) else (right, left)
                left = (other if fixed else False) if sign == "&" else (True if fixed else other)
            else:
                left = left & right if sign == "&" else left | right
        return left


def rule(sentence: Any) -> Callable[[Callable[[Actor, datetime], Q]], Rule]:
    """Make a rule about a row: the function gives the predicate on the row the command is judged on."""
    return lambda function: Rule(sentence, row=function)


def actor_rule(sentence: Any) -> Callable[[Callable[[Actor], bool]], Rule]:
    """Make a rule about the actor alone."""
    return lambda function: Rule(sentence, actor=function)


@actor_rule(_("anyone"))
def anyone(actor: Actor) -> bool:
    return True


@actor_rule(_("someone who has signed in"))
def signed_in(actor: Actor) -> bool:
    return actor.person is not None and actor.only is None


@actor_rule(_("Alongside itself, when the time comes"))
def the_installation(actor: Actor) -> bool:
    return actor.installation


def holds(rule_: Rule, actor: Actor, at: datetime, model: type[models.Model] | None, pk: UUID | None) -> bool:
    """Ask the rule of one row, in one statement."""
    found = question(rule_, actor, at, model, pk)
    if isinstance(found, bool):
        return found
    flush()
    return bool(wire().ask(*found))


def question(
    rule_: Rule, actor: Actor, at: datetime, model: type[models.Model] | None, pk: UUID | None
) -> bool | Question:
    """What to ask the database, where the answer does not follow from the actor alone. A row means yes."""
    if actor.person is not None and model is not None and pk is not None:
        known = _known(rule_, model, actor)
        if known is not None:
            here = StandIn(pk, actor.person, at)
            return known[1], [filled(s.name, here) if isinstance(s, Gap) else s for s in known[2]]
    found = rule_.resolve(actor, at)
    if isinstance(found, bool):
        return found
    if model is None or pk is None:
        raise TypeError(f"the rule “{rule_.sentence}” needs a row, and this command names none")
    return _compiled_once(model, found, pk)


# A rule's SQL is compiled once for each kind of actor, with gaps where the values go. It is compiled twice
# with different stand-ins: a value that differs and is none of those we know was worked out from them, so
# that rule is compiled afresh each time instead.


@dataclass(frozen=True)
class StandIn:
    pk: UUID
    person: UUID
    at: datetime  # late on a summer evening, when the day in London is not the day in UTC


@dataclass(frozen=True)
class Gap:
    name: str


STAND_INS = (
    StandIn(
        UUID("fefefefe-0000-4000-8000-00000000000a"),
        UUID("fefefefe-0000-4000-8000-00000000000b"),
        datetime.fromisoformat("1999-06-15T23:30:06.789012+00:00"),
    ),
    StandIn(
        UUID("fdfdfdfd-0000-4000-8000-00000000000c"),
        UUID("fdfdfdfd-0000-4000-8000-00000000000d"),
        datetime.fromisoformat("1997-07-21T23:45:08.123456+00:00"),
    ),
)
MOST_COMPILED = 4000
_compiled: dict[Any, tuple[Rule, str, list[Any]] | None] = {}


def _known(rule_: Rule, model: type[models.Model], actor: Actor) -> tuple[Rule, str, list[Any]] | None:
    """What was compiled for this kind of actor, or None when it must be compiled each time."""
    if actor.voices or actor.only:
        return None
    as_whom = (actor.office, actor.typed_by, actor.how)  # a rule may say these: they are part of its SQL
    kind_of_actor = (actor.strong, actor.way, actor.installation, rule_.answers(actor))
    key = (id(rule_), model, wire().is_sqlite, as_whom, kind_of_actor)
    if key not in _compiled:
        if len(_compiled) >= MOST_COMPILED:
            _compiled.clear()
        _compiled[key] = _compile(rule_, model, actor)
    return _compiled[key]


def _compiled_once(model: type[models.Model], predicate: Q, pk: UUID) -> Question | Literal[False]:
    """The statement, or no for a predicate that no row can meet."""
    query = model._base_manager.filter(predicate, pk=pk).values("pk").order_by()
    try:
        sql, values = query.query.sql_with_params()
    except EmptyResultSet:
        return False
    return sql, list(values)


def _compile(rule_: Rule, model: type[models.Model], actor: Actor) -> tuple[Rule, str, list[Any]] | None:
    """(the rule, its SQL, its values with gaps), or None when it must be compiled each time."""
    fixed, made = rule_.fixed_for(actor), []
    for stand_in in STAND_INS:
        predicate = fixed.resolve(replace(actor, person=stand_in.person), stand_in.at)
        compiled = predicate if isinstance(predicate, bool) else _compiled_once(model, predicate, stand_in.pk)
        if isinstance(compiled, bool):
            return None
        made.append(compiled)
    (sql, first), (sql_again, second) = made
    if sql != sql_again:
        return None
    slots = [slot_of(a, b) for a, b in zip(first, second, strict=True)]
    return None if Gap("") in slots else (rule_, sql, slots)  # the rule is kept: its id is in the key


def slot_of(first: Any, second: Any) -> Any:
    """The value itself, the gap it stands in, or the nameless gap of a value that was worked out."""
    if first == second:
        return first
    one, two = STAND_INS
    fits = (name for name in _GAPS if (filled(name, one), filled(name, two)) == (first, second))
    return Gap(next(fits, ""))


_GAPS: dict[str, Callable[[StandIn], Any]] = {
    "pk": lambda found: found.pk,
    "person": lambda found: found.person,
    "at": lambda found: found.at,
    "day": lambda found: clock.day_of(found.at),
    "day in UTC": lambda found: found.at.date(),
}


def filled(name: str, found: StandIn) -> Any:
    """What a gap is filled with, as this database takes it."""
    value, here = _GAPS[name](found), wire()
    if isinstance(value, UUID):
        return here.named(value) if here.is_sqlite else value  # as Django itself would write it
    if isinstance(value, datetime):
        return here.moment(value)
    return here.connection.ops.adapt_datefield_value(value)
