"""Who may: rules that finish the sentence "Only … can do this", and the actor they are asked of.

A rule is either about the actor alone (signed in, the installation itself) or about a row (the person
it is about). Rules combine with | and &, and compile to one SQL predicate.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.actor import (
    AT_KEYS,
    FACE,
    INSTALLATION,
    NOBODY,
    PROGRAM,
    PUBLIC,
    SHARED_CODE,
    TERMINAL,
    THE_CLOCK,
    UNHEARD_WAYS,
    Actor,
)
from alongside.kernel.gaps import Kept, Shelf, StandIn, has_gaps_for, kept, standing_for
from alongside.kernel.kinds import kind_of
from alongside.kernel.sight import NOTHING, sight_of
from alongside.kernel.wire import Question
from alongside.kernel.writing import flush, wire

__all__ = [
    "AT_KEYS",
    "EVERY_ROW",
    "FACE",
    "INSTALLATION",
    "NOBODY",
    "NO_ROWS",
    "PROGRAM",
    "PUBLIC",
    "SHARED_CODE",
    "TERMINAL",
    "THE_CLOCK",
    "UNHEARD_WAYS",
    "Actor",
    "Rule",
    "actor_rule",
    "anyone",
]
__all__ += ["among_people", "holds", "question", "rule", "signed_in", "the_installation"]

EVERY_ROW = Q(pk__isnull=False)  # an empty Q would vanish when it is joined with “or”
NO_ROWS = Q(pk__in=[])  # what a rule says of rows when there is nobody to whom it could apply


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
        return str(joined).join(part.sentence for part in self.parts[1] if part.sentence)

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
            if isinstance(left, bool):
                left = _fixed(sign, left, right)
            elif isinstance(right, bool):
                left = _fixed(sign, right, left)
            else:
                left = left & right if sign == "&" else left | right
        return left

    def predicate(self, actor: Actor, at: datetime) -> Q:
        """The predicate that the row must meet, also where the answer is the same for every row."""
        found = self.resolve(actor, at)
        if isinstance(found, bool):
            return Q() if found else NO_ROWS
        return found


Found = TypeVar("Found")


def _fixed(sign: str, answer: bool, other: Found) -> Found | bool:
    """`answer` and `other`, or `answer` or `other`, where the answer is known."""
    if sign == "&":
        return other if answer else False
    return True if answer else other


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


@actor_rule(_("Alongside itself (when the time comes)"))
def the_installation(actor: Actor) -> bool:
    return actor.installation


def among_people(rule_: Rule) -> Rule:
    """The same rule without Alongside itself: what a person is told who may not do it."""
    if rule_.parts is None or rule_.parts[0] != "|":
        return rule_
    others = tuple(among_people(each) for each in rule_.parts[1] if each is not the_installation)
    return Rule("", parts=("|", others)) if others else rule_


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
        if isinstance(known, Kept):
            return known.once, known.sends(standing_for(actor, at, pk))
        if known is not None:
            return known
    found = rule_.resolve(actor, at)
    if isinstance(found, bool):
        return found
    if model is None or pk is None:
        raise TypeError(f"the rule “{rule_.sentence}” needs a row, and this command names none")
    return _compiled_once(model, found, pk)


MOST_COMPILED = 4000
_compiled: Shelf[Kept | bool | None] = Shelf(MOST_COMPILED)


def _known(rule_: Rule, model: type[models.Model], actor: Actor) -> Kept | bool | None:
    """What was compiled for this kind of actor: SQL with gaps, or yes or no where the kind alone decides.

    None when it must be compiled each time (gaps.py).
    """
    if not has_gaps_for(actor):
        return None
    key = (rule_, model, kind_of(actor), rule_.answers(actor))
    return _compiled.made_once(key, lambda: _compile(rule_, model, actor))


def _compiled_once(model: type[models.Model], predicate: Q, pk: UUID) -> Question | Literal[False]:
    """The statement, or no for a predicate that no row can meet."""
    query = model._base_manager.filter(predicate, pk=pk).values("pk").order_by()
    try:
        sql, values = query.query.sql_with_params()
    except EmptyResultSet:
        return False
    return sql, list(values)


def _compile(rule_: Rule, model: type[models.Model], actor: Actor) -> Kept | bool | None:
    """The rule's SQL with gaps, or yes or no; None when it must be compiled each time."""
    together = _put_together(rule_, model, actor)
    if isinstance(together, bool):
        return together
    if together is not None:
        table, pk = (connection.ops.quote_name(name) for name in (model._meta.db_table, "id"))
        gaps = [*together.gaps, (len(together.values), "pk")]
        sql = f"SELECT {pk} FROM {table} WHERE ({together.sql}) AND {table}.{pk} = %s"
        return Kept(sql, [*together.values, None], gaps)
    fixed = rule_.fixed_for(actor)

    def write(stand_in: StandIn) -> Question | None:
        predicate = fixed.resolve(stand_in.instead_of(actor), stand_in.at)
        compiled = predicate if isinstance(predicate, bool) else _compiled_once(model, predicate, stand_in.pk)
        return None if isinstance(compiled, bool) else compiled

    found = kept(write)
    return found if isinstance(found, Kept) else None


def _put_together(rule_: Rule, model: type[models.Model], actor: Actor) -> Kept | bool | None:
    """The rule as a condition on the row, from its plain rules: each is written once for all commands.

    None where one of them is not kept, or holds for every row: that is left to Django.
    """
    if rule_.actor is not None:
        return rule_.actor(actor)
    if rule_.row is not None:
        found = sight_of(model, rule_.row, actor)
        if isinstance(found, Kept):
            return found
        return False if found == NOTHING else None
    assert rule_.parts is not None
    sign, rules = rule_.parts
    left: Kept | bool = sign == "&"
    for each in rules:
        right = _put_together(each, model, actor)
        if right is None:
            return None
        if isinstance(left, bool):
            left = _fixed(sign, left, right)
        elif isinstance(right, bool):
            left = _fixed(sign, right, left)
        else:
            left = _joined("AND" if sign == "&" else "OR", left, right)
    return left


def _joined(word: str, one: Kept, other: Kept) -> Kept:
    later = [(place + len(one.values), name) for place, name in other.gaps]
    return Kept(f"({one.sql}) {word} ({other.sql})", [*one.values, *other.values], [*one.gaps, *later])
