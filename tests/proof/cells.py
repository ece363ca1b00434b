"""The whole matrix: every table and command, everyone of the cast, every state of the story.

python -m tests.proof.matrix --write     writes tests/proof/matrix.txt anew, for review
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel import clock
from alongside.kernel.command import COMMANDS, Command
from alongside.kernel.gaps import Kept, as_value, standing_for
from alongside.kernel.now import now_tables
from alongside.kernel.policy import NOBODY, Actor, Rule, holds
from alongside.kernel.pseudonyms import voices_of
from alongside.kernel.sight import EVERYTHING, sight_of
from alongside.kernel.writing import wire
from alongside.topics.decisions.models import Decision
from alongside.topics.promises.models import Promise
from tests.proof import deciding, oracle, powers, promising, together
from tests.proof.oracle import LIVES, Facts, Who
from tests.proof.story import story
from tests.world import Cast

SEES: dict[str, oracle.See] = {**oracle.SEES, **promising.SEES, **together.SEES, **deciding.SEES}
MAY = powers.MAY | promising.MAY | deciding.MAY
AT_MOST = 6  # rows of one table that each command is asked about, in each state


@dataclass
class Matrix:
    """What was asked, how often the answer was yes, and where policy and oracle differ."""

    cells: int = 0
    allowed: int = 0
    wrong: list[str] = field(default_factory=list)
    power: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    unlisted: set[str] = field(default_factory=set)

    def cell(self, name: str, about: str, who: str, *, said: bool, should: bool, state: str) -> None:
        self.cells += 1
        self.allowed += said
        if said:
            self.power[name][about].add(who)
        if said != should:
            told = "allows" if said else "refuses"
            self.wrong.append(f"{name} {told} {who}, on {about}, when {state}; the oracle says otherwise")


def commands() -> list[type[Command]]:
    return [COMMANDS[kind] for kind in sorted(COMMANDS) if not kind.startswith("toy.")]


def watched(cast: Cast) -> Iterator[tuple[str, Actor, Who]]:
    """Everyone who looks: the cast, the public, and two who came with a code from a letter."""
    for name, actor in cast.everyone().items():
        assert actor.person is not None
        yield name, replace(actor, voices=voices_of(actor.person)), Who(name)
    yield "the public", NOBODY, Who()
    for name, mark in (("rosa", cast.rosa), ("lena", cast.lena)):
        matter = Decision.everything.filter(person=mark.person).order_by("made_by")[0]
        coded = replace(mark, only=matter.id, way="code", office=None)
        yield f"{name} by code", coded, Who(name, matter.id)


def facts_of(cast: Cast, state: str) -> Facts:
    names = {actor.person: name for name, actor in cast.everyone().items() if actor.person}
    bodies = {getattr(cast, name): name for name in ("council", "provider", "ulo", "advocacy")}
    rows = {model._meta.label: list(model.everything.order_by("made_by", "pk")) for model in now_tables()}
    lives = dict(LIVES)
    if state in ("unshown", "released"):
        lives["lena"] = replace(lives["lena"], shown=frozenset({"mina"}))
    disputed = state in ("disputed", "unshown", "released")
    return Facts(names, bodies, rows, lives, frozenset() if disputed else frozenset({"victor"}))


def whose(facts: Facts, row: Any) -> str:
    """Whose matter a row is of, in a word, for the text."""
    for name in ("decision", "promise"):
        pk = getattr(row, name, None)
        of = facts.by_id.get((f"{name}s.{name.capitalize()}", pk)) if isinstance(pk, UUID) else None
        if of is not None:
            return whose(facts, of)
    if isinstance(row, Decision | Promise):
        return f"{facts.named(row.person)}’s matter" if row.person else "a place"
    person = facts.named(getattr(row, "person", None) or row.id)
    return person or "a body"


def built(cast: Cast) -> Matrix:
    """Ask everything, in every state."""
    matrix, chance = Matrix(), Random(20260302)
    for state in story(cast):
        facts = facts_of(cast, state)
        for who, actor, looks in watched(cast):
            _rows_seen(matrix, facts, state, who, actor, looks, chance)
            _commands_allowed(matrix, facts, state, who, actor, looks, chance)
    return matrix


def _rows_seen(
    matrix: Matrix, facts: Facts, state: str, who: str, actor: Actor, looks: Who, chance: Random
) -> None:
    for model in now_tables():
        label = model._meta.label
        rule = SEES.get(label)
        if rule is None:
            if label not in oracle.NOT_HERE:
                matrix.unlisted.add(f"table {label}: say who sees it in tests/proof/oracle.py")
            continue
        if not facts.rows[label]:
            continue  # there is nothing yet that anybody could see
        seen = _rows_of(model, model.seen_by, actor)
        for row in facts.rows[label]:
            said, should = _is_among(row, seen), rule(facts, row, looks)
            matrix.cell(f"sees {label}", whose(facts, row), who, said=said, should=should, state=state)
            if chance.random() < 0.005:
                assert model.objects.seen_by(actor).filter(pk=row.pk).exists() == said, (label, who, state)


def _commands_allowed(
    matrix: Matrix, facts: Facts, state: str, who: str, actor: Actor, looks: Who, chance: Random
) -> None:
    now = clock.now()
    answers: Answers = {}
    roles: dict[tuple[str, UUID | None], set[str]] = {}  # many commands are judged on the same few rows
    for command in commands():
        wanted = MAY.get(command.records)
        if wanted is None:
            if command.records not in powers.NOT_HERE:
                matrix.unlisted.add(f"command {command.records}: say who may in tests/proof/powers.py")
            continue
        shape = command.shapes.get(command.judged_on)
        model: Any = shape.target() if shape is not None else None
        label = model._meta.label if model is not None else ""
        rows = facts.rows[label][:AT_MOST] if label else [None]
        yes = _allowed(command.may, actor, model, answers)
        for row in rows:
            said = _is_among(row, yes)
            to_row = label, None if row is None else row.pk
            if to_row not in roles:
                roles[to_row] = _roles(facts, label, row, looks)
            should = bool(wanted & roles[to_row])
            about = whose(facts, row) if row is not None else "nobody yet"
            matrix.cell(f"may {command.records}", about, who, said=said, should=should, state=state)
            if row is not None and chance.random() < 0.005:
                assert holds(command.may, actor, now, model, row.pk) == said, (command.records, who, state)


def _is_among(row: Any, found: set[Any] | bool) -> bool:
    return found if isinstance(found, bool) else row is not None and as_value(row.pk) in found


def _roles(facts: Facts, label: str, row: Any, looks: Who) -> set[str]:
    return powers.roles(facts, label, row, looks) | deciding.roles(facts, label, row, looks)


Answers = dict[tuple[int, Any], set[Any] | bool]


def _allowed(rule: Rule, actor: Actor, model: Any, answers: Answers) -> set[Any] | bool:
    """The rows of which the rule says yes. Each plain rule is asked of all rows at once, and asked once.

    Its SQL is made once for each kind of actor, as the door has it (gaps.py).
    """
    if rule.parts is not None:
        sign, (left, right) = rule.parts
        one, other = _allowed(left, actor, model, answers), _allowed(right, actor, model, answers)
        if isinstance(one, bool) or isinstance(other, bool):
            fixed, rest = (one, other) if isinstance(one, bool) else (other, one)
            return (rest if fixed else False) if sign == "&" else (True if fixed else rest)
        return one & other if sign == "&" else one | other
    key = (id(rule), model)
    if key not in answers:
        if rule.row is None:
            answers[key] = bool(rule.resolve(actor, clock.now()))
        else:
            answers[key] = _rows_of(model, rule.row, actor)
    return answers[key]


def _rows_of(model: Any, rule: Callable[[Actor, datetime], Q], actor: Actor) -> set[Any] | bool:
    """The ids of the rows, as the database keeps them; True for all there are."""
    now, found = clock.now(), sight_of(model, rule, actor)
    if isinstance(found, Kept):
        rows = wire().ask(
            f"SELECT id FROM {model._meta.db_table} WHERE {found.sql}", found.filled(standing_for(actor, now))
        )
        return {pk for (pk,) in rows}
    if found is None:  # it is made anew each time
        return {as_value(pk) for pk in model.everything.filter(rule(actor, now)).values_list("pk", flat=True)}
    return found == EVERYTHING


def text_of(matrix: Matrix) -> str:
    """Who has which power, for a person to read: by whose matter it is, over all states of the story."""
    lines = [
        "Who may do and see what, over all states of the story in tests/proof/story.py.",
        "Made by: python -m tests.proof.matrix --write. A change here is a change of power: read it.",
        "",
    ]
    for name in sorted(matrix.power):
        grouped: dict[str, list[str]] = defaultdict(list)
        for about, people in sorted(matrix.power[name].items()):
            grouped[", ".join(sorted(people))].append(about)
        lines.append(name)
        lines += [f"    {'; '.join(about)}: {people}" for people, about in sorted(grouped.items())]
    return "\n".join(lines) + "\n"
