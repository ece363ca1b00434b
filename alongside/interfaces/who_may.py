"""The page that says who may do what, read from the commands themselves: it cannot say anything else."""

from dataclasses import dataclass

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
    form: str
    api: str
    terminal: str


def rows() -> list[Row]:
    """Every command a person may send, by its name."""
    return [_row(command) for command in askable()]


def _row(command: type[Command]) -> Row:
    kind = command.records
    return Row(
        kind=kind,
        what=title_of(command),
        who=_("Only %(who)s") % {"who": command.may.sentence},
        is_strong=command.strong,
        form=f"/do/{kind}",
        api=f"POST /api/do/{kind}",
        terminal=f"alongside do {kind}",
    )


def consequences() -> list[tuple[str, str]]:
    """What nobody sends: it only follows from something else."""
    wiring("ASKS")
    return [
        (kind, title_of(COMMANDS[kind])) for kind in sorted(COMMANDS) if COMMANDS[kind].only_as_consequence
    ]


@require_safe
def who_may_page(request: HttpRequest) -> HttpResponseBase:
    """Who may do what, for everyone to read."""
    return render(request, "who_may.html", {"rows": rows(), "consequences": consequences()})
