"""`alongside rules`: the law, clocks and lists that decisions follow, and a check of a file of your own."""

import argparse
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings

from alongside.interfaces.cli import CliError
from alongside.kernel import clock, rules
from alongside.kernel.packfile import PackFile, PackRule, read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="list | show | check")
    verbs.add_parser("list", help="the rule packs we have")
    show = verbs.add_parser("show", help="the rules of a place on a day")
    show.add_argument("place", nargs="?", default=settings.JURISDICTION, help="england, scotland or wales")
    show.add_argument("rule", nargs="?", default="", help="one rule, or the beginning of several")
    show.add_argument("--on", type=_day, metavar="2026-03-02", help="the day; today if not said")
    show.add_argument("--version", help="the rules an old decision was made under, such as england-2026.1")
    show.add_argument("--json", action="store_true", help="for a program to read")
    check = verbs.add_parser("check", help="see whether we can follow a file of your own rules")
    check.add_argument("file", type=Path)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{words}” is no day. Write it as 2026-03-02") from None


def run(arguments: argparse.Namespace) -> int:
    try:
        if arguments.what == "check":
            return _check(arguments.file)
        print("\n".join(_list() if arguments.what == "list" else _show(arguments)))
    except rules.RuleError as problem:
        raise CliError(str(problem)) from problem
    return 0


def _list() -> Iterable[str]:
    for title, packs in (("Came with Alongside:", rules.shipped()), ("Your council’s own:", rules.local())):
        if packs:
            yield title
            yield from map(_pack_line, packs)


def _pack_line(pack: PackFile) -> str:
    if not pack.modelled:
        return f"  {pack.version:<24} {pack.name}: {pack.note}"
    unchecked = sum(not rule.verified for rule in pack.rules)
    held = f"from {pack.effective_from}" + (f" to {pack.effective_to}" if pack.effective_to else "")
    many = "1 rule" if len(pack.rules) == 1 else f"{len(pack.rules)} rules"
    return f"  {pack.version:<24} {pack.name}, {held}: {many}, {unchecked} not yet checked"


def _show(arguments: argparse.Namespace) -> Iterable[str]:
    if arguments.version:
        pack = rules.version(arguments.version, on=arguments.on)
    else:
        pack = rules.on(arguments.place, arguments.on or clock.today())
    found = [rule for key in _keys(pack, arguments.rule) for rule in _held(pack, key)]
    if not found:
        pack.rule(arguments.rule)  # says why there is none, and what was perhaps meant
    if arguments.json:
        yield json.dumps([rule.model_dump(mode="json") for rule in found], ensure_ascii=False, indent=2)
        return
    yield f"{pack.name}, {pack.version}. {pack.note}"
    yield f"Digest: {pack.digest}"
    for rule in found:
        yield ""
        yield from _rule_lines(rule)


def _keys(pack: rules.Pack, beginning: str) -> list[str]:
    return [key for key in pack if key == beginning or key.startswith(f"{beginning}." if beginning else "")]


def _held(pack: rules.Pack, key: str) -> list[PackRule]:
    return [rule for rule in pack.entries[key] if pack.as_of is None or rule.in_force(pack.as_of)]


def _rule_lines(rule: PackRule) -> Iterable[str]:
    yield f"{rule.key}  {_said(rule)}"
    checked = "checked" if rule.verified else "not yet checked"
    yield f"    {rule.force}: {rule.source} ({checked})"
    if rule.effective_from or rule.effective_to:
        yield f"    from {rule.effective_from or 'the start'} to {rule.effective_to or 'now'}"
    if rule.note:
        yield f"    {rule.note}"


def _said(rule: PackRule) -> str:
    value = rule.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,} {rule.unit}".replace("_", " ")
    if isinstance(value, dict) and "of" in value:
        return f"{value['needs']} of: {_codes(value['of'])}"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {amount}" for name, amount in value.items())
    return _codes(value)


def _codes(items: object) -> str:
    assert isinstance(items, list)  # the file was refused otherwise
    return ", ".join(str(item.get("code", item.get("name"))) for item in items)


def _is_over(file: Path) -> Iterable[str]:
    """What there is to say of a file that is sound, and whose last day has gone by: nobody follows it."""
    last = read(file).effective_to
    if last is not None and last < clock.today():
        yield f"Its last day was {last}: it is followed no more. Give “effective_to” a later day, or no day."


def _check(file: Path) -> int:
    if not file.is_file():
        raise CliError(
            f"{file} is a folder. Name one file in it." if file.is_dir() else f"There is no file {file}."
        )
    problems = rules.check(file) or list(_is_over(file))
    if problems:
        print(f"We cannot follow {file.name}:")
        print("\n".join(f"  {problem}" for problem in problems))
        return 1
    if file.parent.resolve() == rules.SHIPPED:
        print(f"{file.name} is good.")
    elif rules.is_of_a_place(file):
        print(f"{file.name} is good, as a new edition of a whole place. Such comes with Alongside.")
        print("For rules of your own council, take “builds_on” out of it, and check it again.")
    else:
        print(f"{file.name} is good. To use it, put it in {rules.local_folder()} and start Alongside again.")
    return 0


def rules_must_hold() -> None:
    """Refuse to begin where the rules of this place cannot be followed today: else each page would fail, and
    whoever put a spoilt file in its place would hear of it from the people who came."""
    try:
        rules.here(clock.today())
    except rules.PackRefused as problem:
        path = rules.local_folder() / problem.source
        raise CliError(
            f"{problem}\nMend that file, or take it away. Check it: alongside rules check {path}"
        ) from problem
