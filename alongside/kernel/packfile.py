"""What a rule pack looks like as a file, and what is wrong with one that we cannot follow."""

import json
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError, model_validator

from alongside.kernel import canonical

Kind = Literal["clock", "threshold", "list", "test", "offer", "form"]
Force = Literal["statute", "guidance", "local"]
Unit = Literal[
    "hours",
    "days",
    "working_days",
    "weeks",
    "months",
    "years",
    "pence",
    "count",
    "people",
    "percent",
    "pages",
]
CLOCK_UNITS = ("hours", "days", "working_days", "weeks", "months", "years")

Item = dict[str, JsonValue]


class RuleError(LookupError):
    """A rule was asked for that we cannot give."""


class PackRefused(RuleError):
    """This rule pack cannot be followed. Says everything that is wrong with it, a line each."""

    def __init__(self, source: str, problems: list[str]) -> None:
        self.source, self.problems = source, problems
        super().__init__("\n".join([f"We cannot follow the rule pack {source}:", *problems]))


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PackRule(_Strict):
    """One rule of law, guidance or local practice: what it says, who says so, and from when to when."""

    key: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")
    type: Kind
    value: JsonValue
    unit: Unit | None = None
    force: Force
    source: str = Field(min_length=3)
    verified: bool
    effective_from: date | None = None  # None: as long as the pack itself
    effective_to: date | None = None
    note: str = ""
    fixed: bool = False  # a promise of the whole system, so no council may change it
    least: int | None = None  # how low a council may set it
    most: int | None = None  # how high

    def in_force(self, day: date) -> bool:
        """Whether the rule held on this day."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)

    @model_validator(mode="after")
    def _value_fits_type(self) -> "PackRule":
        problem = _dates_problem(self.effective_from, self.effective_to) or _SHAPES[self.type](self)
        if problem:
            raise ValueError(problem)
        return self


class PackFile(_Strict):
    """A rule pack as it stands in its file, before what it builds on is added."""

    jurisdiction: str = Field(pattern=r"^[a-z-]+$")
    version: str = Field(pattern=r"^[a-z-]+-\d+(\.\d+)?$")
    name: str
    note: str = ""
    modelled: bool = True
    builds_on: str | None = None
    effective_from: date
    effective_to: date | None = None
    rules: tuple[PackRule, ...]

    def in_force(self, day: date) -> bool:
        """Whether the pack as a whole held on this day."""
        return self.effective_from <= day <= (self.effective_to or date.max)

    @property
    def edition(self) -> tuple[int, ...]:
        """The number of the pack, for telling which of two is newer."""
        return tuple(int(part) for part in self.version.rpartition("-")[2].split("."))

    @model_validator(mode="after")
    def _rules_do_not_clash(self) -> "PackFile":
        problem = _dates_problem(self.effective_from, self.effective_to)
        if problem:
            raise ValueError(problem)
        for earlier, later in _neighbours(self.rules):
            if (earlier.effective_to or date.max) >= (later.effective_from or date.min):
                raise ValueError(f"two rules called {earlier.key} hold on the same day")
        return self


def raw(path: Path) -> tuple[Any, str]:
    """What a pack says as JSON, and its very text; or PackRefused, where it cannot be read at all."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
        return canonical.loads(text), text
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise PackRefused(path.name, [f"It is not JSON: {error.msg} at {place}."]) from None
    except UnicodeDecodeError:
        why = "It is not text in the encoding UTF-8. Save it again as “UTF-8”, not as “Unicode” or “ANSI”."
        raise PackRefused(path.name, [why]) from None
    except RecursionError:
        why = "It has lists within lists, deeper than any pack. Begin the file with { and end it with }."
        raise PackRefused(path.name, [why]) from None
    except canonical.NotCanonical as error:
        raise PackRefused(path.name, [str(error)]) from None


def read(path: Path) -> PackFile:
    """Read one rule pack, or raise PackRefused with every reason."""
    found, _text = raw(path)
    try:
        return PackFile.model_validate_json(canonical.dumps(found))
    except ValidationError as error:
        raise PackRefused(path.name, [_plainly(found, fault) for fault in error.errors()]) from None


def local_problems(local: PackFile, shipped: Mapping[str, tuple[PackRule, ...]]) -> list[str]:
    """Why a council's own pack may not change what it changes; nothing if it may."""
    return [f"{rule.key}: {why}" for rule in local.rules for why in why_not_local(rule, shipped)]


def why_not_local(rule: PackRule, shipped: Mapping[str, tuple[PackRule, ...]]) -> list[str]:
    """Why a council may not have this rule in a pack of its own; nothing if it may."""
    if rule.force != "local":
        return [f"its force must be “local”, not “{rule.force}”."]
    if rule.key.startswith("local."):
        return []
    return _override_problems(rule, shipped.get(rule.key, ()))


def _override_problems(rule: PackRule, shipped: tuple[PackRule, ...]) -> list[str]:
    if not shipped:
        return ["there is no such rule to change. Begin your own rules with “local.”."]
    known = shipped[-1]
    if known.fixed:
        return ["no council may change this. It is one of the promises Alongside is built on."]
    if known.force != "local":
        return [f"this is {known.force} ({known.source}), so only the law can change it."]
    if (rule.type, rule.unit) != (known.type, known.unit):
        return [f"it must be a {known.type} in {known.unit or 'no unit'}, as the rule it changes is."]
    if known.least is not None and isinstance(rule.value, int) and rule.value < known.least:
        return [f"{rule.value} is too low. The least is {known.least} {known.unit}."]
    if known.most is not None and isinstance(rule.value, int) and rule.value > known.most:
        return [f"{rule.value} is too high. The most is {known.most} {known.unit}."]
    return []


def _dates_problem(start: date | None, end: date | None) -> str:
    return "it ends before it begins" if start and end and end < start else ""


def _neighbours(rules: tuple[PackRule, ...]) -> list[tuple[PackRule, PackRule]]:
    ordered = sorted(rules, key=lambda rule: (rule.key, rule.effective_from or date.min))
    return [(a, b) for a, b in pairwise(ordered) if a.key == b.key]


def _clock_problem(rule: PackRule) -> str:
    if rule.unit not in CLOCK_UNITS:
        return f"a clock needs a unit: {', '.join(CLOCK_UNITS)}"
    return "" if _is_count(rule.value) else "a clock is a whole number, nought or more"


def _threshold_problem(rule: PackRule) -> str:
    if rule.unit is None:
        return "a threshold needs a unit"
    return "" if _is_count(rule.value) else "a threshold is a whole number, nought or more"


def _list_problem(rule: PackRule) -> str:
    return _items_problem(rule.value, ("code", "name"))


def _form_problem(rule: PackRule) -> str:
    return _items_problem(rule.value, ("name", "label", "type"))


def _test_problem(rule: PackRule) -> str:
    if isinstance(rule.value, bool):
        return ""
    if not isinstance(rule.value, dict) or set(rule.value) != {"needs", "of"}:
        return "a test is true, false, or {needs: how many, of: [things]}"
    problem = _items_problem(rule.value["of"], ("code", "name"))
    if problem:
        return problem
    needs, of = rule.value["needs"], rule.value["of"]
    fits = _is_count(needs) and isinstance(of, list) and isinstance(needs, int) and 1 <= needs <= len(of)
    return "" if fits else "a test needs at least one of its things, and no more than there are"


def _offer_problem(rule: PackRule) -> str:
    fits = isinstance(rule.value, dict) and all(
        isinstance(item, bool) or _is_count(item) for item in rule.value.values()
    )
    return "" if fits else "an offer is names with whole numbers, true or false"


_SHAPES = {
    "clock": _clock_problem,
    "threshold": _threshold_problem,
    "list": _list_problem,
    "test": _test_problem,
    "offer": _offer_problem,
    "form": _form_problem,
}


def _is_count(value: JsonValue) -> bool:
    return type(value) is int and value >= 0


def _items_problem(value: JsonValue, wanted: tuple[str, ...]) -> str:
    if not isinstance(value, list) or not value:
        return "it needs at least one item"
    names = []
    for item in value:
        if not isinstance(item, dict) or not all(isinstance(item.get(part), str) for part in wanted):
            return f"each item needs {', '.join(wanted)}; this does not: {item}"
        names.append(item[wanted[0]])
    twice = [name for name in names if names.count(name) > 1]
    return f"{twice[0]!r} is there twice" if twice else ""


def _plainly(found: object, fault: object) -> str:
    """One fault as a sentence that names the rule, not its place in a list."""
    assert isinstance(fault, dict)
    place = list(fault["loc"])
    words = str(fault["msg"]).removeprefix("Value error, ")
    if len(place) >= 2 and place[0] == "rules" and isinstance(found, dict):
        rule = found["rules"][place[1]]
        key = rule.get("key", f"rule {place[1] + 1}") if isinstance(rule, dict) else f"rule {place[1] + 1}"
        place = [key, *place[2:]]
    return f"{', '.join(map(str, place)) or 'The pack'}: {words}."
