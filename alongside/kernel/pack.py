"""A rule pack as the code asks it: typed questions, and errors that say what to do next."""

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy

from alongside.kernel import canonical, days
from alongside.kernel.packfile import PackRule, RuleError

Lazy = Any  # a translatable sentence: gettext_lazy's proxy, which typing cannot name


class UnknownRule(RuleError):
    """No such rule is in the pack."""


class ExpiredRule(RuleError):
    """The rule is in the pack, but did not hold on that day."""


class UnknownPack(RuleError):
    """We have no rules for that place, day or version."""


class NotModelled(UnknownPack):
    """We know of the place, and say plainly that we do not have its law yet."""


class WrongKind(TypeError):
    """The rule is there, but is not the kind of thing that was asked for."""


@dataclass(frozen=True)
class Test:
    """A legal test: how many of these things must be so."""

    needs: int
    of: tuple[Mapping[str, Any], ...]

    __test__ = False  # so that pytest does not take it for one of its own

    def is_met_by(self, found: set[str]) -> bool:
        """Whether enough of the things are so. Raises UnknownRule for a code the test does not name."""
        strange = found - {item["code"] for item in self.of}
        if strange:
            raise UnknownRule(f"The test does not name {', '.join(sorted(strange))}.")
        return len(found) >= self.needs


@dataclass(frozen=True, eq=False)
class Pack:
    """The rules of one place as they stood on one day. It never changes."""

    jurisdiction: str
    version: str
    name: str
    note: str
    effective_from: date
    effective_to: date | None
    as_of: date | None  # None: asked for by version alone, whatever the day
    entries: Mapping[str, tuple[PackRule, ...]] = field(repr=False)

    def __getitem__(self, key: str) -> Any:
        """What the rule says, as it stands in the file but unchangeable."""
        return _frozen(self.rule(key).value)

    def __contains__(self, key: str) -> bool:
        return any(self.as_of is None or rule.in_force(self.as_of) for rule in self.entries.get(key, ()))

    def __iter__(self) -> Iterator[str]:
        """The names of every rule that holds."""
        return (key for key in sorted(self.entries) if key in self)

    def rule(self, key: str) -> PackRule:
        """The whole rule: its value, unit, force, source, note, and whether it has been checked."""
        held = self.entries.get(key)
        if held is None:
            raise UnknownRule(self._no_such(key))
        found = [rule for rule in held if self.as_of is None or rule.in_force(self.as_of)]
        if len(found) == 1:
            return found[0]
        spans = "; ".join(_span(rule) for rule in held)
        if found:
            raise ExpiredRule(
                f"{self.version} has {len(found)} rules called {key!r}, for different days ({spans}). "
                f"Say which day: rules.version({self.version!r}, on=…)."
            )
        raise ExpiredRule(
            f"The rule {key!r} in {self.version} did not hold on {self.as_of} ({spans}). "
            "Ask for a day on which it held, or put a newer rule in the pack."
        )

    def days(self, key: str) -> int:
        """A number of days. Weeks are counted out; months and working days need a start: see `due`."""
        rule = self._of_unit(key, "days", "weeks")
        return _whole(rule) * (7 if rule.unit == "weeks" else 1)

    def hours(self, key: str) -> int:
        """A number of hours."""
        return _whole(self._of_unit(key, "hours"))

    def months(self, key: str) -> int:
        """A number of months. Years are counted out."""
        rule = self._of_unit(key, "months", "years")
        return _whole(rule) * (12 if rule.unit == "years" else 1)

    def pence(self, key: str) -> int:
        """An amount of money, in pence."""
        return _whole(self._of_unit(key, "pence"))

    def number(self, key: str) -> int:
        """The whole number of a clock or a threshold, whatever its unit."""
        return _whole(self._of_type(key, "clock", "threshold"))

    def is_so(self, key: str) -> bool:
        """Whether the law says yes or no to this."""
        value = self._of_type(key, "test").value
        if not isinstance(value, bool):
            raise WrongKind(f"{key!r} in {self.version} is a test with parts. Use pack.test({key!r}).")
        return value

    def test(self, key: str) -> Test:
        """A test with parts: how many of which things must be so."""
        value = _frozen(self._of_type(key, "test").value)
        if isinstance(value, bool):
            raise WrongKind(f"{key!r} in {self.version} is only yes or no. Use pack.is_so({key!r}).")
        return Test(needs=value["needs"], of=value["of"])

    def offer(self, key: str) -> Mapping[str, int | bool]:
        """What must have been offered, each part with its number or yes."""
        offered: Mapping[str, int | bool] = _frozen(self._of_type(key, "offer").value)
        return offered

    def items(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """Every item of a list, or every field of a form, with all that is said of each."""
        found: tuple[Mapping[str, Any], ...] = _frozen(self._of_type(key, "list", "form").value)
        return found

    def item(self, key: str, code: str) -> Mapping[str, Any]:
        """The one item of a list that has this code."""
        for item in self.items(key):
            if item.get("code", item.get("name")) == code:
                return item
        raise UnknownRule(f"{key!r} in {self.version} has no {code!r}. It has: {', '.join(self.codes(key))}.")

    def codes(self, key: str, *, having: str = "") -> tuple[str, ...]:
        """The codes of a list; with `having`, only those of which that is said and is not false."""
        return tuple(
            item.get("code", item["name"]) for item in self.items(key) if not having or item.get(having)
        )

    def choices(self, key: str, *, having: str = "") -> tuple[tuple[str, Lazy], ...]:
        """The list as a form wants it: each code with its name, in the reader's language where we have it."""
        wanted = set(self.codes(key, having=having))
        return tuple(
            (item["code"], gettext_lazy(item["name"]))
            for item in self._of_items(key, "list")
            if item["code"] in wanted
        )

    def due(self, key: str, start: date) -> date:
        """The last day for something whose clock began on `start`, which is not itself counted."""
        rule = self._of_type(key, "clock", "threshold")
        return self._days_on(start, _whole(rule), rule.unit or "", asked=key)

    def until(self, key: str, start: datetime, *, code: str = "") -> datetime:
        """The last moment: so many hours on, or the end of the day it is due, in UTC.

        With a code, the clock is what the list says is the longest for the item of that code.
        """
        if code:
            longest = self.item(key, code)["longest"]
            count, unit = longest["value"], longest["unit"]
        else:
            rule = self._of_type(key, "clock", "threshold")
            count, unit = _whole(rule), rule.unit or ""
        if unit == "hours":
            return days.aware(start) + timedelta(hours=count)
        return days.due_end_of_day(self._days_on(days.day_of(start), count, unit, asked=key))

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open: not a Saturday, a Sunday or a bank holiday there."""
        return day.weekday() < days.SATURDAY and day not in self.bank_holidays(day.year)

    def bank_holidays(self, year: int) -> Mapping[date, str]:
        """The bank holidays of a year: as this pack lists them, or else as the law works out."""
        held = self.entries.get(f"calendar.bank_holidays.y{year}")
        if held is None:
            return days.bank_holidays(self.jurisdiction, year)
        return _listed_holidays(held[-1])

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the pack in canonical JSON, to show that nobody edited it since."""
        rules = [rule.model_dump(mode="json") for key in sorted(self.entries) for rule in self.entries[key]]
        return hashlib.sha256(canonical.dumps([self.version, rules]).encode()).hexdigest()

    def _days_on(self, start: date, count: int, unit: str, *, asked: str) -> date:
        if unit in ("days", "weeks"):
            return start + timedelta(**{unit: count})
        if unit in ("months", "years"):
            return days.month_after(start, count * (12 if unit == "years" else 1))
        if unit == "working_days":
            return days.working_days_after(start, count, self.is_working_day)
        raise WrongKind(f"{asked!r} in {self.version} is in {unit}. Use pack.until({asked!r}, moment).")

    def _of_type(self, key: str, *kinds: str) -> PackRule:
        rule = self.rule(key)
        if rule.type not in kinds:
            asked = " or ".join(map(_with_article, kinds))
            raise WrongKind(f"{key!r} in {self.version} is {_with_article(rule.type)}, not {asked}.")
        return rule

    def _of_unit(self, key: str, *units: str) -> PackRule:
        rule = self._of_type(key, "clock", "threshold")
        if rule.unit not in units:
            raise WrongKind(f"{key!r} in {self.version} is in {rule.unit}, not in {' or '.join(units)}.")
        return rule

    def _of_items(self, key: str, kind: str) -> tuple[Mapping[str, Any], ...]:
        self._of_type(key, kind)
        return self.items(key)

    def _no_such(self, key: str) -> str:
        on = f" on {self.as_of}" if self.as_of else ""
        near = difflib.get_close_matches(key, self.entries, n=1)
        meant = f" Did you mean {near[0]!r}?" if near else ""
        return (
            f"The rule pack {self.version} has no rule called {key!r}{on}.{meant} "
            f"To see them all: alongside rules show {self.jurisdiction}"
        )


def _listed_holidays(rule: PackRule) -> Mapping[date, str]:
    return {date.fromisoformat(item["code"]): item["name"] for item in _frozen(rule.value)}


def _whole(rule: PackRule) -> int:
    assert isinstance(rule.value, int)  # the file was refused otherwise
    return rule.value


def _with_article(kind: str) -> str:
    return f"an {kind}" if kind == "offer" else f"a {kind}"


def _span(rule: PackRule) -> str:
    return f"from {rule.effective_from or 'the start'} to {rule.effective_to or 'now'}"


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return MappingProxyType({name: _frozen(item) for name, item in value.items()})
    return value
