"""The page that says who may do what, read from the commands themselves: it cannot say anything else."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.asking import askable, title_of
from alongside.interfaces.page import render
from alongside.interfaces.wired import wiring
from alongside.kernel.command import COMMANDS, Command


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    kind: str
    what: str
    who: str
    is_strong: bool


def rows() -> list[Row]:
    """Every command a person may send, by its name."""
    return [_row(command) for command in askable()]


def _row(command: type[Command]) -> Row:
    who = _("Only %(who)s") % {"who": command.may.sentence}
    return Row(kind=command.records, what=title_of(command), who=who, is_strong=command.strong)


def consequences() -> list[tuple[str, str]]:
    """What nobody sends: it only follows from something else."""
    wiring("ASKS")
    return [
        (kind, title_of(COMMANDS[kind])) for kind in sorted(COMMANDS) if COMMANDS[kind].only_as_consequence
    ]


@require_safe
def who_may_page(request: HttpRequest) -> HttpResponseBase:
    """Who may do what, for everyone to read."""
    rooms = [(room, list(found)) for room, found in groupby(rows(), lambda row: row.kind.partition(".")[0])]
    return render(request, "who_may.html", {"rooms": rooms, "consequences": consequences()})
