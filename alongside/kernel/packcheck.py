"""Everything that is wrong with a rule pack, said where it is in the file and with what to write instead.

`rules.on(…)` stops at the first thing it cannot follow. Whoever writes a pack wants to mend all in one go.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from alongside.kernel.packfile import PackFile, PackRule, why_not_local

Shipped = Mapping[str, tuple[PackRule, ...]]
Sound = list[tuple[int, PackRule]]  # the rules that could be read, each with its place in the file
WANTED = {
    "key": "small letters and dots, such as “decision.weighty.answer_days”",
    "type": "clock, threshold, list, test, offer or form",
    "value": "what the rule says",
    "unit": "a unit, such as days or working_days",
    "force": "statute, guidance or local",
    "source": "the law, guidance or meeting that says so, such as “Cabinet, 2 March 2026”",
    "verified": "true if somebody looked at the source, else false",
    "effective_from": "a day, such as “2026-04-01”",
    "effective_to": "a day, such as “2027-03-31”, or leave it out",
    "version": "a name and a number, such as “wexmoor-1”",
    "jurisdiction": "england, wales or scotland",
    "rules": "a list of rules",
    "name": "what the pack is called",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the line, the rule or field, what is wrong, and what to write instead."""

    line: int
    where: str
    wrong: str
    instead: str = ""

    @property
    def sentence(self) -> str:
        place = f"Line {self.line}: " if self.line else ""
        return f"{place}{self.where}: {self.wrong} {self.instead}".strip()


class Lines:
    """Where each rule, and each field of it, stands in the text of a pack."""

    def __init__(self, text: str) -> None:
        self.text, self.spans = text, list(_rule_spans(text))

    def of_rule(self, number: int, field: str = "") -> int:
        if number >= len(self.spans):
            return 0
        start, end = self.spans[number]
        found = re.compile(rf'"{re.escape(field)}"\s*:').search(self.text, start, end) if field else None
        return self._line(found.start() if found else start)

    def of_field(self, field: str) -> int:
        found = re.search(rf'"{re.escape(field)}"\s*:', self.text)
        return self._line(found.start()) if found else 0

    def _line(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1


def findings(text: str, found: Any, shipped: Shipped, *, is_local: bool) -> list[Finding]:
    """All that is wrong with a pack that could be read as JSON. `shipped` is what it changes or follows."""
    if not isinstance(found, dict):
        return [Finding(1, "The pack", "it is not an object.", "Begin the file with { and end it with }.")]
    lines = Lines(text)
    written = found.get("rules")
    rules: list[Any] = written if isinstance(written, list) else []
    problems = list(_of_the_whole(found, lines))
    sound: Sound = []
    for number, rule in enumerate(rules):
        try:
            sound.append((number, PackRule.model_validate_json(json.dumps(rule))))
        except ValidationError as error:
            problems += _of_a_rule(rule, number, error, lines)
    problems += _of_dates(sound, lines)
    if is_local:
        problems += _of_a_council(sound, lines, shipped, str(found.get("effective_to") or ""))
    else:
        problems += _of_a_place(sound, lines, shipped)
    return sorted(problems, key=lambda each: each.line)


def _of_the_whole(found: dict[str, Any], lines: Lines) -> Iterator[Finding]:
    try:
        PackFile.model_validate_json(json.dumps({**found, "rules": []}))
    except ValidationError as error:
        for fault in error.errors():
            field = str(fault["loc"][0]) if fault["loc"] else ""
            where = field or "The pack"
            line = 1 if fault["type"] == "missing" else lines.of_field(field) or 1
            yield Finding(line, where, _wrong(fault), _instead(fault, PackFile))
    if not isinstance(found.get("rules"), list):
        yield Finding(lines.of_field("rules") or 1, "rules", "it is not a list.", 'Write "rules": [ … ].')


def _of_a_rule(rule: Any, number: int, error: ValidationError, lines: Lines) -> Iterator[Finding]:
    key = rule.get("key", f"rule {number + 1}") if isinstance(rule, dict) else f"rule {number + 1}"
    for fault in error.errors():
        field = str(fault["loc"][0]) if fault["loc"] else ""
        where = f"{key}, {field}" if field else str(key)
        yield Finding(lines.of_rule(number, field), where, _wrong(fault), _instead(fault, PackRule))


def _wrong(fault: Any) -> str:
    if fault["type"] == "extra_forbidden":
        return "a pack has no field of this name."
    if fault["type"] == "missing":
        return "it is missing."
    words = str(fault["msg"]).removeprefix("Value error, ")
    return f"{words[:1].lower()}{words[1:]}."


def _instead(fault: Any, model: type[PackFile] | type[PackRule]) -> str:
    field = str(fault["loc"][0]) if fault["loc"] else ""
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(field, model.model_fields, n=1)
        return f"Did you mean “{near[0]}”?" if near else "Take it out, or say it in “note”."
    return f"Write {WANTED[field]}." if field in WANTED else ""


def _of_dates(sound: Sound, lines: Lines) -> Iterator[Finding]:
    """Two rules of one name must follow each other day by day: never two on a day, never none."""
    ordered = sorted(sound, key=lambda each: (each[1].key, each[1].effective_from or date.min))
    for (_first, earlier), (number, later) in pairwise(ordered):
        if earlier.key != later.key:
            continue
        ends, begins = earlier.effective_to or date.max, later.effective_from or date.min
        line = lines.of_rule(number, "effective_from")
        if ends >= begins:
            until = f'End the first with "effective_to": "{begins - _A_DAY}".' if begins > date.min else ""
            overlap = f"two rules called {later.key} hold on the same day, from {_said(begins)}."
            yield Finding(line, later.key, overlap, until or "Give each its days, or keep one.")
        elif ends + _A_DAY < begins:
            gap = f"no rule holds from {ends + _A_DAY} to {begins - _A_DAY}."
            yield Finding(line, later.key, gap, f'Write "effective_from": "{ends + _A_DAY}".')


_A_DAY = timedelta(days=1)


def _said(day: date) -> str:
    return "the start" if day == date.min else str(day)


def _of_a_council(sound: Sound, lines: Lines, shipped: Shipped, last: str) -> Iterator[Finding]:
    """What a council may not change, and a day after which nothing would hold."""
    for number, rule in sound:
        for wrong in why_not_local(rule, shipped):
            line = lines.of_rule(number, _blamed(wrong))
            yield Finding(line, rule.key, wrong, _mended(rule, shipped, wrong))
        ends = rule.effective_to
        follows = (
            any(each.key == rule.key and (each.effective_from or date.min) > ends for _n, each in sound)
            if ends
            else True
        )
        if ends and not follows and str(ends) != last:
            wrong = f"after {ends} no rule would hold."
            line = lines.of_rule(number, "effective_to")
            yield Finding(line, rule.key, wrong, "Leave “effective_to” out, or add the rule that follows.")


def _of_a_place(sound: Sound, lines: Lines, shipped: Shipped) -> Iterator[Finding]:
    """Where a new edition of a place's pack is looser than the one before."""
    for number, rule in sound:
        for field, wrong, instead in _loosened(rule, shipped):
            yield Finding(lines.of_rule(number, field), rule.key, wrong, instead)


def _blamed(wrong: str) -> str:
    marks = {"force must": "force", "too low": "value", "too high": "value", "it must be a": "type"}
    return next((field for words, field in marks.items() if words in wrong), "key")


def _mended(rule: PackRule, shipped: Shipped, wrong: str) -> str:
    if "no such rule" in wrong:
        near = difflib.get_close_matches(rule.key, shipped, n=1)
        return f"Did you mean “{near[0]}”?" if near else ""
    known = shipped.get(rule.key, ())
    if "too low" in wrong and known:
        return f'Write "value": {known[-1].least}, or more.'
    if "too high" in wrong and known:
        return f'Write "value": {known[-1].most}, or less.'
    if "force must" in wrong:
        return 'Write "force": "local".'
    return "Take this rule out." if "change" in wrong else ""


def _loosened(rule: PackRule, shipped: Shipped) -> Iterator[tuple[str, str, str]]:
    """Where a new edition of a place's pack takes back what an older one promised."""
    known = shipped.get(rule.key, ())
    if not known:
        near = difflib.get_close_matches(rule.key, shipped, n=1, cutoff=0.85)
        if near:
            yield "key", "no pack has had a rule of this name.", f"Did you mean “{near[0]}”?"
        return
    old = known[-1]
    if old.fixed and not rule.fixed:
        yield "key", "this rule is anchored, and the new one is not.", 'Write "fixed": true.'
    if (old.type, old.unit) != (rule.type, rule.unit):
        yield (
            "type",
            f"it was a {old.type} in {old.unit or 'no unit'}.",
            "Keep its type, or give it a new name.",
        )
    for field, is_looser in (("least", _lower), ("most", _higher)):
        before, now = getattr(old, field), getattr(rule, field)
        if before is None:
            continue
        if now is None or is_looser(now, before):
            yield field, f"it is looser than before: the {field} was {before}.", f'Write "{field}": {before}.'
        if isinstance(rule.value, int) and is_looser(rule.value, before):
            yield (
                "value",
                f"{rule.value} is looser than the promise of {before}.",
                f'Write "value": {before}.',
            )


def _lower(one: int, other: int) -> bool:
    return one < other


def _higher(one: int, other: int) -> bool:
    return one > other


def _rule_spans(text: str) -> Iterator[tuple[int, int]]:
    """The first and last place of each rule in the text, which is known to be JSON."""
    start = re.search(r'"rules"\s*:\s*\[', text)
    if start is None:
        return
    decoder, place = json.JSONDecoder(), start.end()
    while True:
        place = _past(text, place, " \t\r\n,")
        if place >= len(text) or text[place] == "]":
            return
        _value, end = decoder.raw_decode(text, place)
        yield place, end
        place = end


def _past(text: str, place: int, skipped: str) -> int:
    while place < len(text) and text[place] in skipped:
        place += 1
    return place
