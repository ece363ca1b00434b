"""Rule packs: the law, its clocks and its lists, as files that can be corrected without changing the code.

    pack = rules.here(clock.today())                 of the place that this installation is for
    pack.days("decision.weighty.answer_days")        14
    pack.due("complaint.acknowledge", received_on)   the day it is due, bank holidays minded
    pack.choices("decision.grounds")                 for a form
    pack.version                                     kept with each decision: rules.version(…) gives it back

A council may change rules whose force is "local", by a file of its own in the folder `rules` of its home.
docs/rules.md lists every rule.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings

from alongside.kernel import days, packcheck
from alongside.kernel.pack import ExpiredRule, NotModelled, Pack, Test, UnknownPack, UnknownRule, WrongKind
from alongside.kernel.packfile import PackFile, PackRefused, PackRule, RuleError, local_problems, raw, read

__all__ = [
    "ExpiredRule",
    "NotModelled",
    "Pack",
    "PackRefused",
    "RuleError",
    "Test",
    "UnknownPack",
    "UnknownRule",
    "WrongKind",
    "check",
    "forget",
    "here",
    "is_of_a_place",
    "is_working_day",
    "jurisdictions",
    "local",
    "local_folder",
    "on",
    "shipped",
    "version",
]

SHIPPED = Path(__file__).parent / "packs"
BASE = "everywhere"  # what every place's pack builds on; no place of its own


def on(jurisdiction: str, day: date) -> Pack:
    """The rules of a place on a day, with what its council changed. Raises UnknownPack or NotModelled."""
    return _on(jurisdiction, day, local_folder())


def here(day: date) -> Pack:
    """The rules of the place that this installation is for, on a day."""
    return on(settings.JURISDICTION, day)


def version(version: str, on: date | None = None) -> Pack:
    """The very rules an old decision was made under. Give the day too: some rules change within a pack."""
    return replace(_version(version, local_folder()), as_of=on)


def jurisdictions() -> tuple[str, ...]:
    """The places we have a pack for, also those whose pack only says that we do not have their law."""
    return tuple(sorted({pack.jurisdiction for pack in _shipped().values()} - {BASE}))


def shipped() -> tuple[PackFile, ...]:
    """Every pack that comes with Alongside, oldest edition first."""
    return tuple(sorted(_shipped().values(), key=lambda pack: (pack.jurisdiction, pack.edition)))


def local() -> tuple[PackFile, ...]:
    """Every pack of this council's own."""
    return tuple(_local(local_folder()).values())


def is_working_day(day: date, jurisdiction: str) -> bool:
    """Whether offices are open there, by the newest pack we have for the place."""
    newest = _newest(jurisdiction)
    if newest is None:
        return day.weekday() < days.SATURDAY and day not in days.bank_holidays(jurisdiction, day.year)
    return newest.is_working_day(day)


def check(path: Path) -> list[str]:
    """All that is wrong with a pack, each with its line and what to write instead; nothing if it is good.

    A pack that `builds_on` another, or that is one of ours, is a place's own; any other is a council's.
    """
    try:
        found, text = raw(path)
    except PackRefused as refused:
        return refused.problems
    name = str(found.get("jurisdiction", "")) if isinstance(found, dict) else ""
    is_place = _is_of_a_place(found, path)
    older = [
        pack
        for pack in _shipped().values()
        if pack.jurisdiction == name and not (is_place and pack.version == found["version"])
    ]
    if name and not is_place and (not older or name == BASE):
        return [f"We have no rules for {name!r} that it could change. We have: {', '.join(jurisdictions())}."]
    base = _entries(max(older, key=lambda pack: pack.edition)) if older else {}
    problems = [each.sentence for each in packcheck.findings(text, found, base, is_local=not is_place)]
    if is_place and path.parent.resolve() != SHIPPED:
        problems += _not_next_edition(found)
    if problems or is_place:
        return problems
    try:
        _checked_local(path)
    except PackRefused as refused:
        return refused.problems
    return []


def is_of_a_place(path: Path) -> bool:
    """Whether this readable file is an edition of a whole place, and so not for a council's own folder."""
    return _is_of_a_place(raw(path)[0], path)


def _is_of_a_place(found: Any, path: Path) -> bool:
    return isinstance(found, dict) and ("builds_on" in found or path.parent.resolve() == SHIPPED)


def _not_next_edition(found: dict[str, Any]) -> Iterator[str]:
    """Why a file that builds on another is no new edition: its number is taken, or its base unknown."""
    if found.get("version") in _shipped():
        yield f"{found['version']} is the name of a pack that came with Alongside. Choose another."
    if found.get("builds_on") not in _shipped():
        yield f"builds_on: we have no pack called {found.get('builds_on')!r}. See: alongside rules list"


def forget() -> None:
    """Read every pack anew when next asked: after a file was added while we run."""
    for remembered in (_on, _version, _shipped, _local, _newest):
        remembered.cache_clear()


def local_folder() -> Path:
    """Where this council keeps packs of its own."""
    return _folder_in(settings.HOME)


@cache
def _folder_in(home: Path) -> Path:
    return Path(home) / "rules"


@cache
def _on(jurisdiction: str, day: date, folder: Path) -> Pack:
    ours = [pack for pack in _shipped().values() if pack.jurisdiction == jurisdiction != BASE]
    if not ours:
        raise UnknownPack(f"We have no rules for {jurisdiction!r}. We have: {', '.join(jurisdictions())}.")
    held = [pack for pack in ours if pack.in_force(day)]
    if not held:
        first = min(pack.effective_from for pack in ours)
        raise UnknownPack(f"We have no rules for {jurisdiction} on {day}. Our first begin on {first}.")
    newest = max(held, key=lambda pack: pack.edition)
    if not newest.modelled:
        raise NotModelled(f"{newest.name}: {newest.note}")
    name = newest.version
    own = [
        pack for pack in _local(folder).values() if pack.jurisdiction == jurisdiction and pack.in_force(day)
    ]
    if own:
        name += "+" + max(own, key=lambda pack: (pack.effective_from, pack.edition)).version
    return replace(_version(name, folder), as_of=day)


@cache
def _version(version: str, folder: Path) -> Pack:
    base, _, own = version.partition("+")
    if base not in _shipped():
        raise UnknownPack(f"We have no rule pack {base!r}. See what we have: alongside rules list")
    file = _shipped()[base]
    entries = _entries(file)
    if own:
        if own not in _local(folder):
            raise UnknownPack(f"The council’s own rule pack {own!r} is gone. Put its file back in {folder}.")
        entries |= _by_key(_local(folder)[own].rules)
    return Pack(
        jurisdiction=file.jurisdiction,
        version=version,
        name=file.name,
        note=file.note,
        effective_from=file.effective_from,
        effective_to=file.effective_to,
        as_of=None,
        entries=MappingProxyType(entries),
    )


@cache
def _shipped() -> dict[str, PackFile]:
    return {pack.version: pack for pack in map(read, sorted(SHIPPED.glob("*.json")))}


@cache
def _local(folder: Path) -> dict[str, PackFile]:
    found: dict[str, PackFile] = {}
    for path in sorted(folder.glob("*.json")):
        pack = _checked_local(path)
        if pack.version in found:
            raise PackRefused(
                path.name, [f"Another file is called {pack.version} too. Give each a new number."]
            )
        found[pack.version] = pack
    return found


@cache
def _newest(jurisdiction: str) -> Pack | None:
    ours = [pack for pack in _shipped().values() if pack.jurisdiction == jurisdiction]
    return _version(max(ours, key=lambda pack: pack.edition).version, SHIPPED) if ours else None


def _checked_local(path: Path) -> PackFile:
    pack = read(path)
    bases = [base for base in _shipped().values() if base.jurisdiction == pack.jurisdiction]
    if not bases or pack.jurisdiction == BASE:
        raise PackRefused(path.name, [f"We have no rules for {pack.jurisdiction!r} that it could change."])
    problems = local_problems(pack, _entries(max(bases, key=lambda base: base.edition)))
    if pack.version in _shipped():
        problems.append(f"{pack.version} is the name of a pack that came with Alongside. Choose another.")
    if problems:
        raise PackRefused(path.name, problems)
    return pack


def _entries(file: PackFile) -> dict[str, tuple[PackRule, ...]]:
    below = _entries(_shipped()[file.builds_on]) if file.builds_on else {}
    return below | _by_key(file.rules)


def _by_key(rules: tuple[PackRule, ...]) -> dict[str, tuple[PackRule, ...]]:
    found: dict[str, tuple[PackRule, ...]] = {}
    for rule in sorted(rules, key=lambda rule: rule.effective_from or date.min):
        found[rule.key] = (*found.get(rule.key, ()), rule)
    return found
