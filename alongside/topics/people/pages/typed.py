"""What somebody else typed for the reader, each with a way to say that it is right, or is not."""

from __future__ import annotations

from django.db.models import TextChoices
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.asking import title_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import reading
from alongside.kernel.command import COMMANDS, Missing
from alongside.topics.people.models import AnswerToTyping
from alongside.topics.people.policy import names_of


@require_safe
def typed_page(request: Request) -> HttpResponseBase:
    """The reader's acts that somebody else typed in."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    lines = reading.typed_for(actor.records)
    names = names_of([line.recorded.typed_by for line in lines])
    given = {
        row.act: row
        for row in AnswerToTyping.objects.seen_by(actor).filter(act__in=[line.recorded.id for line in lines])
    }
    acts = [
        {
            "id": line.recorded.id,
            "at": line.recorded.at,
            "who": names[line.recorded.typed_by] if line.recorded.typed_by else "",
            "how": line.recorded.how,
            "words": _sentence(line),
            "answer": given.get(line.recorded.id),
        }
        for line in lines
    ]
    return render(request, "people/typed.html", {"acts": acts})


def _sentence(line: reading.Line) -> str:
    """What was typed, with each gap filled from the entry; where one cannot be, what the act is called."""
    command = COMMANDS[line.recorded.kind]
    values = {"by": _("You")}
    for name, shape in command.model_fields.items():
        value, kind = line.fields.get(name), shape.annotation
        if isinstance(kind, type) and issubclass(kind, TextChoices) and value in kind.values:
            values[name] = str(kind(value).label)
        elif isinstance(value, str | int) and f"%({name})s" in line.says:
            values[name] = str(value)
    try:
        return line.says % values if "%(" in line.says else line.says
    except KeyError:
        return str(title_of(command))
