"""How much of each page has Welsh: its own words, its parts, the words its code gives it, those of its form.

`python -m tests.house.welsh` names each sentence that is missing. With `--write` the list of whole pages and
the figures in docs/welsh.md are made anew.
"""

import ast
import json
import os
import re
import sys
from collections.abc import Iterator
from enum import Enum
from functools import cache
from gettext import GNUTranslations
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "alongside"
KEPT_IN = ROOT / "docs" / "welsh.md"
MADE = "## Figures"  # what stands above it in docs/welsh.md is written by hand
LISTED_IN = HOUSE / "locale" / "cy" / "pages.txt"
SHELL = "base.html"  # the frame around every page; it is counted as a page of its own
NOT_PAGES = ("look.html", "500.html", "letters/", "allauth/")
SAME_IN_WELSH = frozenset(
    {"%(who)s, %(at)s", "%(who)s: %(said)s.", "%(who)s: %(meeting)s", "Rosa", "Alongside"}
)
TRANSLATES = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
SHOW_ALL = ("page.py", "drawn.py", "form.py")  # they show any page, and say only what is in the shell
ROOMS = {"home": "The first pages", "decisions": "Decisions", "promises": "Promises", "voice": "Being heard"}
ROOMS |= {"people": "Who is who", "": "The shell and signing in", "do": "Forms made from what can be done"}


@cache
def catalogue() -> frozenset[str]:
    """Every sentence that has Welsh, as `tools/words` left it for use."""
    with (HOUSE / "locale" / "cy" / "LC_MESSAGES" / "django.mo").open("rb") as made:
        kept: dict[Any, str] = GNUTranslations(made)._catalog  # type: ignore[attr-defined]  # it has no public list
    return frozenset(one[0] if isinstance(one, tuple) else one for one in kept) | SAME_IN_WELSH


@cache
def templates() -> dict[str, Path]:
    """Every template, by the name it is asked for."""
    found = sorted(HOUSE.glob("**/templates/**/*.html"))
    return {str(path).split("/templates/", 1)[1]: path for path in found}


def is_page(name: str) -> bool:
    source = templates()[name].read_text(encoding="utf-8")
    is_left = any(name.startswith(one) for one in NOT_PAGES) or "confirm_code" in name
    return "{% extends" in source and not is_left


@cache
def said_in_source(path: Path) -> frozenset[str]:
    """The sentences that stand in one template itself."""
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    gettexts = re.findall(r"\bn?gettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")", templatize(source))
    return frozenset(map(ast.literal_eval, [*gettexts, *re.findall(r"\b_\((\"[^\"]*\"|'[^']*')\)", source)]))


@cache
def said_in_template(name: str) -> frozenset[str]:
    """The sentences of one template and of what it includes or builds on, but for the shell."""
    source = templates()[name].read_text(encoding="utf-8")
    found = said_in_source(templates()[name])
    for inside in re.findall(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"", source):
        if inside in templates() and inside not in (SHELL, name):
            found |= said_in_template(inside)
    return frozenset(found)


@cache
def code() -> dict[Path, str]:
    """The files that show pages; what a command says is counted with its form."""
    found = (path for path in HOUSE.rglob("*.py") if "commands" not in path.parts)
    return {path: path.read_text(encoding="utf-8") for path in found}


@cache
def said_in_code(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in TRANSLATES and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return frozenset(found)


def said_in_form(command: Any) -> Iterator[str]:
    """What the form of one command says before anything is typed."""
    from django.utils.translation import override

    from alongside.interfaces.asking import title_of

    with override("en"):
        own = (title_of(command), command.lead, command.button, command.done, command.seen_by_line)
        yield from (str(words) for words in own)
        for shape in command.asked_shapes():
            asked = shape.asked
            is_hidden = str(asked.label) == shape.name.replace("_", " ").capitalize()  # named in the address
            yield from map(str, ("" if is_hidden else asked.label, asked.hint, asked.used_for))
            if isinstance(shape.inner, type) and issubclass(shape.inner, Enum):
                yield from (str(getattr(one, "label", "")) for one in shape.inner)


def commands() -> dict[str, Any]:
    """What a person can send, by the name of its page."""
    from alongside.interfaces.wired import wiring
    from alongside.kernel.command import COMMANDS

    wiring("ASKS")
    return {
        f"do/{kind}": command
        for kind, command in COMMANDS.items()
        if command.__module__.startswith("alongside.topics.") and not command.only_as_consequence
    }


def said_on(page: str) -> frozenset[str]:
    """Every sentence of one page that we know of before it is shown."""
    if page in commands():
        own = page.removeprefix("do/").replace(".", "/do/") + ".html"
        made = own if own in templates() else "do.html"
        return frozenset(filter(None, {*said_in_template(made), *said_in_form(commands()[page])}))
    shown = page.replace(".easy.html", ".html")
    by = [path for path, source in code().items() if f'"{shown}"' in source and path.name not in SHOW_ALL]
    forms = [one for path in by if "CommandForm" in code()[path] for one in named_in(path)]
    said = said_in_template(page).union(*map(said_in_code, by), *map(frozenset, map(said_in_form, forms)))
    return said - {""}


def named_in(path: Path) -> list[Any]:
    """The commands whose questions a page asks within itself."""
    return [one for one in commands().values() if re.search(rf"\b{one.__name__}\b", code()[path])]


def missing(page: str) -> list[str]:
    return sorted(said_on(page) - catalogue())


@cache
def said_anywhere() -> frozenset[str]:
    """Every sentence that can be put in Welsh: of templates, code, names of commands and rule packs."""
    elsewhere = SourceFileLoader("words_said_elsewhere", str(ROOT / "tools" / "words_said_elsewhere.py"))
    tool = module_from_spec(spec_from_loader(elsewhere.name, elsewhere))  # type: ignore[arg-type]  # it has a spec
    elsewhere.exec_module(tool)
    found = {*tool.names_of_commands(), *tool.words_of_packs()}
    found = found.union(
        *map(said_in_source, HOUSE.glob("**/templates/**/*.txt")), *map(said_in_template, templates())
    )
    return frozenset(found.union(*map(said_in_code, HOUSE.rglob("*.py")))) - {""}


def without_welsh() -> list[str]:
    """Every sentence that has no Welsh, whether or not a page is known to show it."""
    return sorted(said_anywhere() - catalogue())


def waiting() -> set[str]:
    """The sentences that docs/welsh.md names as having no Welsh yet."""
    lines = KEPT_IN.read_text(encoding="utf-8").partition(f"{MADE}\n")[2].splitlines()
    return {json.loads(line.removeprefix("- ")) for line in lines if line.startswith('- "')}


def pages() -> list[str]:
    """Every page, and every form that is made from a command."""
    own = {name for name in templates() if is_page(name) and "/do/" not in name and name != "do.html"}
    return sorted({SHELL, *own, *commands()})


def list_whole_pages() -> None:
    """Write the list that the pages themselves are shown by: those with every sentence in Welsh."""
    about = [line for line in LISTED_IN.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    whole = [page for page in pages() if not missing(page)]
    LISTED_IN.write_text("\n".join([*about, *whole]) + "\n", encoding="utf-8")


def room_of(page: str) -> str:
    return page.split("/")[0] if page.split("/")[0] in ROOMS else ""


def figures() -> str:
    """The made half of docs/welsh.md: what waits for its Welsh, and how much of each page has it."""
    left = without_welsh()
    lines = [
        MADE,
        "",
        f"Sentences, of all that we have, with no Welsh yet: {len(left)} of {len(said_anywhere())}.",
    ]
    lines += ["", *(f"- {json.dumps(one, ensure_ascii=False)}" for one in left)] if left else []
    lines += ["", "| room | pages in Welsh, whole | sentences in Welsh |", "|---|---|---|"]
    for room, name in ROOMS.items():
        here = [page for page in pages() if room_of(page) == room]
        said = frozenset[str]().union(*(said_on(page) for page in here))
        whole = sum(not missing(page) for page in here)
        lines.append(f"| {name} | {whole} of {len(here)} | {len(said & catalogue())} of {len(said)} |")
    lines += ["", "| page | sentences in Welsh |", "|---|---|"]
    for page in pages():
        said = said_on(page)
        lines.append(f"| {page} | {len(said & catalogue())} of {len(said)} |")
    return "\n".join(lines) + "\n"


def write_figures() -> None:
    """What stands above the figures is written by hand, and kept."""
    by_hand = KEPT_IN.read_text(encoding="utf-8").partition(f"{MADE}\n")[0]
    KEPT_IN.write_text(by_hand + figures(), encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    django.setup()
    if "--write" in sys.argv:
        list_whole_pages()
        write_figures()
    else:
        for one in pages():
            for sentence in missing(one):
                print(f"{one}: {sentence}")
        print(*without_welsh(), sep="\n")
