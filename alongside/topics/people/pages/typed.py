"""What somebody else typed for the reader, each with a way to say that it is right, or is not."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import reading
from alongside.kernel.command import Missing
from alongside.topics.people.models import AnswerToTyping
from alongside.topics.people.policy import names_of


@require_safe
def typed_page(request: Request) -> HttpResponseBase:
    """The reader's acts that somebody else typed in."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    lines = reading.typed_for(actor.person)
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
            "words": words,
            "answer": given.get(line.recorded.id),
        }
        for line in lines
        if "%(" not in (words := line.says.replace("%(by)s", _("You")))
    ]
    return render(request, "people/typed.html", {"acts": acts})
