"""Anything that anyone could send: a command filled at random, so that it often nearly makes sense.

It reads only what each command declares. A row is chosen among those that fit what was chosen before it (a
view of the same decision), so that many tries come through, and the refused ones are refused for a reason
worth refusing. A new command is tried the day it is written, without a word changed here.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import Enum
from random import Random
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from alongside.interfaces.asking import askable
from alongside.kernel import clock, rules
from alongside.kernel.command import Command, Missing, NotAllowed, Refused, Shape
from alongside.kernel.door import Done, do
from alongside.kernel.policy import THE_CLOCK, Actor, holds
from alongside.topics.decisions.models import Decision, Evidence, Option, View
from alongside.topics.people.models import Organisation, Person, WayToTell
from tests.world import Cast
from tests.written import written

WORDS = (
    "I was not asked",
    "Seven days are what I need",
    "Nobody came on Tuesday",
    "Thank you for telling me",
)
ANSWERED = 0.6  # how often an optional question is answered


def commands() -> list[type[Command]]:
    """Every command of the real rooms that somebody may send."""
    return [command for command in askable() if not command.records.startswith("toy.")]


@dataclass
class Anything:
    """Fills commands and sends them, with one source of chance."""

    chance: Random
    cast: Cast
    matters: list[UUID] = field(default_factory=list)  # prefer these decisions, where there are any
    mark: str = ""  # stands in every word that is sent

    def actor(self, command: Command) -> Actor:
        """Mostly somebody who may do this; now and then anybody, or by another way than their own hand."""
        everyone = list(self.cast.everyone().values())
        if self.chance.random() < 0.8:
            everyone = [actor for actor in everyone if may(command, actor)] or everyone
        by = self.chance.choice(everyone)
        turn = self.chance.random()
        if turn < 0.1:
            typists = [self.cast.ken, self.cast.priya, self.cast.june, self.cast.mina, self.cast.victor]
            typist = self.chance.choice([*typists, self.cast.omar])
            return replace(by, typed_by=typist.person, how="paper", strong=typist.strong)
        return replace(by, way="cli") if turn < 0.13 else by

    def filled(self, command: type[Command]) -> Command | None:
        """One command of this kind, or nothing where there is no row to do it with."""
        values = self._from_the_narrowest(command)
        for shape in command.asked_shapes():
            if shape.name in values:
                continue
            if not shape.required and self.chance.random() > ANSWERED:
                continue
            found = self._value(command, shape, values)
            if found is None:
                if shape.required:
                    return None
                continue
            values[shape.name] = [found] if shape.many else found
        try:
            return command(**values)
        except ValidationError:
            return None

    def _from_the_narrowest(self, command: type[Command]) -> dict[str, Any]:
        """Where a command names a thing and a part of it, choose the part: it says which thing it is of."""
        own = [shape for shape in command.own_links() if shape.required and not shape.many]
        if len(own) < 2 or self.chance.random() < 0.1:
            return {}
        narrow = own[-1]
        model: Any = narrow.target()
        rows = model.everything.order_by("-made_by", "pk")
        if self.matters and "decision" in {each.name for each in model._meta.concrete_fields}:
            rows = rows.filter(decision__in=self.matters)
        found = list(rows[:12])
        if not found:
            return {}
        row = found[min(int(self.chance.expovariate(0.4)), len(found) - 1)]
        values = {shape.name: getattr(row, shape.name, None) for shape in own[:-1]}
        return {narrow.name: row.pk, **{name: value for name, value in values.items() if value is not None}}

    def send(self, command: type[Command], by: Actor | None = None) -> Done | None:
        """Fill one and send it through the door. Nothing, where it was refused."""
        made = self.filled(command)
        return self.sent(made, by or self.actor(made)) if made is not None else None

    def sent(self, command: Command, by: Actor) -> Done | None:
        """Send this one. Nothing, where it was refused."""
        try:
            return do(command, by=by)
        except (Refused, NotAllowed, Missing):
            return None

    # One value of each kind -------------------------------------------------------------------------

    def _value(self, command: type[Command], shape: Shape, chosen: dict[str, Any]) -> Any:
        known = _KNOWN.get((command.records, shape.name)) or _KNOWN.get(("", shape.name))
        if known is not None:
            return known(self, chosen)
        if shape.kind in ("own", "ref"):
            return self._row(shape, chosen)
        if shape.kind == "sealed":
            return self.words()
        if shape.kind == "code":
            codes = [code for code, _name in _pack().choices(shape.list_key)]
            return self.chance.choice(codes)
        return self._plain(shape)

    def words(self) -> str:
        return f"{self.chance.choice(WORDS)}. {self.mark}{self.chance.randrange(10**9)}"

    def _row(self, shape: Shape, chosen: dict[str, Any]) -> UUID | None:
        model: Any = shape.target()
        found: list[UUID]
        first = self._first_choice(model)
        if first is not None and self.chance.random() < 0.8:
            return first
        columns = {each.name for each in model._meta.concrete_fields}
        fits = {name: value for name, value in chosen.items() if name in columns and isinstance(value, UUID)}
        rows = model.everything.filter(**fits).order_by("-made_by", "pk")
        found = list(rows.values_list("pk", flat=True)[:25])
        if not found:
            return None
        return found[min(int(self.chance.expovariate(0.3)), len(found) - 1)]  # mostly of the newest

    def _first_choice(self, model: Any) -> UUID | None:
        """Where most of what happens is about."""
        if model is Person:
            lives = [self.cast.rosa, self.cast.rosa, self.cast.lena, self.cast.ana]
            return self.chance.choice(lives).person
        if model is Organisation:
            return self.cast.council
        return self.chance.choice(self.matters) if model is Decision and self.matters else None

    def _plain(self, shape: Shape) -> Any:
        kind = shape.inner
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.chance.choice(list(kind))
        made: Callable[[], Any] = {
            "bool": lambda: self.chance.random() < 0.3,
            "int": lambda: self.chance.choice([0, 1, 2, 5, 40, 100]),
            "date": lambda: clock.today() + timedelta(days=self.chance.choice([-30, -1, 0, 5, 20, 80])),
            "str": lambda: secrets.token_hex(32),
            "UUID": lambda: UUID(bytes=self.chance.randbytes(16), version=4),
        }[kind.__name__]
        return made()

    def entry(self) -> UUID:
        """Some entry."""
        found = [each.id for each in written()]
        return self.chance.choice(found)

    def one_of(self, model: Any) -> UUID | None:
        found = list(model.everything.order_by("-made_by", "pk").values_list("pk", flat=True)[:20])
        return self.chance.choice(found) if found else None

    def argument(self) -> str:
        """What could change somebody's mind."""
        tables = {"view": View, "evidence": Evidence, "option": Option}
        kind = self.chance.choice([*tables, "other", "nothing"])
        row = self.one_of(tables[kind]) if kind in tables else None
        return f"{kind}:{row}" if row else "nothing"

    def to_take(self) -> str:
        """What somebody could take from sight."""
        kind, model = self.chance.choice([("view", View), ("evidence", Evidence)])
        return f"{kind}:{self.one_of(model)}"

    def evidence(self, chosen: dict[str, Any]) -> str:
        """Whole evidence for some ground; what is asked for is in the rule pack."""
        codes = [code for code, _name in _pack().choices("decision.grounds")]
        asked = _pack().item("decision.grounds", chosen.get("code") or self.chance.choice(codes))["evidence"]
        answers = {
            each["name"]: "2026-02-01"
            if each["type"] == "date"
            else each["options"][0]
            if each["type"] == "choice"
            else self.words()
            for each in asked
        }
        return json.dumps(answers)


def may(command: Command, actor: Actor) -> bool:
    """Whether the command's own rule lets this actor do it."""
    name = command.judged_on
    pk = getattr(command, name) if name else None
    model = command.shapes[name].target() if pk is not None else None
    try:
        return holds(command.may, actor, clock.now(), model, pk)
    except TypeError:  # the rule needs a row, and none was chosen
        return False


def _pack() -> Any:
    return rules.on("england", clock.today())


# Values whose meaning the declaration does not tell.
_KNOWN: dict[tuple[str, str], Callable[[Anything, dict[str, Any]], Any]] = {
    ("decisions.ground_recorded", "evidence"): lambda any_, chosen: any_.evidence(chosen),
    ("decisions.ground_renewed", "evidence"): lambda any_, chosen: any_.evidence(chosen),
    ("decisions.ground_recorded", "ends_on"): lambda any_, chosen: clock.today() + timedelta(days=5),
    ("decisions.ground_renewed", "ends_on"): lambda any_, chosen: clock.today() + timedelta(days=9),
    ("decisions.ground_looked_at", "how"): lambda any_, chosen: "saw",
    ("decisions.ground_looked_at", "words"): lambda any_, chosen: f"I went there myself. {any_.words()}",
    ("", "moved_by"): lambda any_, chosen: any_.argument(),
    ("decisions.evidence_brought", "source"): lambda any_, chosen: "https://wexmoor.example/counts",
    ("decisions.words_taken", "what"): lambda any_, chosen: any_.to_take(),
    ("decisions.joint_signed", "number"): lambda any_, chosen: any_.chance.choice([1, 1, 2]),
    ("decisions.support_offered", "hours"): lambda any_, chosen: 4,
    ("decisions.support_given", "hours_given"): lambda any_, chosen: 3,
    ("decisions.rule_said", "needed"): lambda any_, chosen: 2,
    ("decisions.rule_put", "needed"): lambda any_, chosen: 2,
    ("decisions.bundle_noted", "state"): lambda any_, chosen: "sent",
    ("people.board_counted", "members"): lambda any_, chosen: 8,
    ("people.board_counted", "who_draw_on_support"): lambda any_, chosen: any_.chance.choice([3, 7]),
    ("people.code_issued", "matter"): lambda any_, chosen: any_.one_of(Decision),
    ("people.code_issued", "path"): lambda any_, chosen: "/",
    ("people.hold_back_proposed", "table"): lambda any_, chosen: "decisions.View",
    ("people.hold_back_proposed", "thing_held"): lambda any_, chosen: any_.one_of(View),
    ("people.hold_back_proposed", "held_from"): lambda any_, chosen: any_.one_of(Person),
    ("people.note_removal_asked_for", "note"): lambda any_, chosen: any_.entry(),
    ("people.typed_act_answered", "act"): lambda any_, chosen: any_.entry(),
    ("people.related", "matter"): lambda any_, chosen: any_.one_of(Decision),
    ("people.address_mine", "address"): lambda any_, chosen: any_.one_of(WayToTell),
    ("people.address_check_asked_for", "address"): lambda any_, chosen: any_.one_of(WayToTell),
    ("people.code_issued", "way"): lambda any_, chosen: any_.one_of(WayToTell),
    ("promises.made", "due_on"): lambda any_, chosen: (
        clock.today() + timedelta(days=any_.chance.choice([1, 9]))
    ),
    ("promises.made", "group"): lambda any_, chosen: None if chosen.get("person") else any_.words(),
    ("promises.made", "group_of"): lambda any_, chosen: any_.cast.ulo if chosen.get("group") else None,
    ("promises.made", "group_size"): lambda any_, chosen: 40 if chosen.get("group") else None,
    ("promises.protocol_adopted", "to_body"): lambda any_, chosen: any_.cast.ulo,
    ("voice.feedback_given", "code"): lambda any_, chosen: "",
    ("voice.feedback_written_down", "code"): lambda any_, chosen: "",
    ("voice.feedback_written_down", "read_back"): lambda any_, chosen: True,
    ("promises.import_started", "what"): lambda any_, chosen: any_.chance.choice(["decisions", "promises"]),
    ("promises.import_started", "dates"): lambda any_, chosen: "dmy",
    ("promises.import_started", "rows"): lambda any_, chosen: 1,
    ("promises.import_finished", "fresh_rows"): lambda any_, chosen: 1,
}


def what_is_due(cast: Cast) -> int:
    """Let the clock do what has come due. Returns how much it did."""
    from alongside.site import DUE  # only now: the wiring page reads every room

    count = 0
    for due in DUE:
        for command in due(clock.now()):
            try:
                do(command, by=THE_CLOCK)
                count += 1
            except (Refused, NotAllowed, Missing):
                continue
    return count
