"""Sentences people read that stand in no call of gettext: names of commands, and words of the rule packs.

`tools/words` writes them to a file for as long as it gathers, so that the catalogue holds them too.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from alongside.interfaces.wired import wiring  # noqa: E402  # Django must be set up first
from alongside.kernel.command import COMMANDS  # noqa: E402

PACKS = Path(__file__).parents[1] / "alongside" / "kernel" / "packs"
SHOWN = ("name", "meaning", "question", "hint", "label")


def names_of_commands() -> Iterator[str]:
    wiring("ASKS")
    for command in COMMANDS.values():
        if command.__module__.startswith("alongside.topics.") and not command.title:
            yield (command.__doc__ or "").strip().split("\n")[0].rstrip(".")


def words_of(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            shown = SHOWN[1:] if "label" in one else SHOWN  # beside a label, a name is for programs
            yield from (one[key] for key in shown if isinstance(one.get(key), str))
            for part in one.values():
                yield from words_of(part)


def words_of_packs() -> Iterator[str]:
    for pack in sorted(PACKS.glob("*.json")):
        for rule in json.loads(pack.read_text(encoding="utf-8"))["rules"]:
            yield from words_of(rule.get("value"))


if __name__ == "__main__":
    found = dict.fromkeys([*names_of_commands(), *words_of_packs()])
    for words in filter(None, found):
        print(f"gettext_noop({words!r})")
