"""The page that says who may do what, read from the commands themselves: it cannot say anything else."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponseBase
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from alongside.interfaces.asking import askable, at_the_keys, how_it_counts, title_of
from alongside.interfaces.page import render
from alongside.interfaces.wired import wiring
from alongside.kernel.command import COMMANDS, Command

ROOMS = {  # what people call each room
    "decisions": gettext_lazy("Decisions, changes and problems"),
    "people": gettext_lazy("People, organisations and who speaks for whom"),
    "promises": gettext_lazy("Promises"),
    "voice": gettext_lazy("Being heard"),
}


FOUND_FIRST = 4


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    kind: str
    what: str
    who: str
    is_strong: bool
    typed: str  # what holds of it where somebody types it for another; nothing: nobody types it
    keys: str  # as what it is taken where nobody knows who is at the keys; nothing: not at all there


def rows() -> list[Row]:
    """Every command a person may send, by its name."""
    return [_row(command) for command in askable()]


def who_words(command: type[Command]) -> str:
    """Who may do it: “Only …”, or “Anyone …”."""
    who = str(command.may.sentence)
    return capfirst(who) if _is_open_to_anyone(command) else _("Only %(who)s") % {"who": who}


def _row(command: type[Command]) -> Row:
    return Row(
        kind=command.records,
        what=title_of(command),
        who=who_words(command),
        is_strong=command.strong,
        typed=how_it_counts(command),
        keys=at_the_keys(command),
    )


def _is_open_to_anyone(command: type[Command]) -> bool:
    """Whether one of those who may is "anyone": then nobody is told that only some can."""
    with override("en"):
        return any(part.startswith("anyone") for part in str(command.may.sentence).split(" or "))


def consequences() -> list[tuple[str, str]]:
    """What nobody sends: it only follows from something else."""
    wiring("ASKS")
    return [
        (kind, title_of(COMMANDS[kind])) for kind in sorted(COMMANDS) if COMMANDS[kind].only_as_consequence
    ]


def _parts(here: list[Row], first: int) -> list[list[Row]]:
    """What stands open, and what is folded under it: never one line alone."""
    return [here] if len(here) <= first + 1 else [here[:first], here[first:]]


@require_safe
def who_may_page(request: HttpRequest) -> HttpResponseBase:
    """Who may do what, for everyone to read."""
    asked = request.GET.get("q", "")[:100].strip()
    found = [row for row in rows() if asked.casefold() in f"{row.what} {row.who} {row.kind}".casefold()]
    rooms = [(room, list(here)) for room, here in groupby(found, lambda row: row.kind.partition(".")[0])]
    is_open = bool(asked) or "whole" in request.GET
    first = FOUND_FIRST if asked else len(found)  # of very many that were found, the first in each room
    context = {
        "rooms": [
            {"name": ROOMS.get(room, room), "count": len(here), "parts": _parts(here, first)}
            for room, here in rooms
        ],
        "asked": asked,
        "is_open": is_open,
        "consequences": [] if asked else consequences(),
    }
    return render(request, "who_may.html", context)
