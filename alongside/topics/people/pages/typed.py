"""What somebody else typed for the reader, each with a way to say that it is right, or is not."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import matters_shown
from alongside.kernel.command import Missing
from alongside.topics.people.models import AnswerToTyping
from alongside.topics.people.policy import names_of
from alongside.topics.people.policy.typed import ids_of, said_in, sentence_of, typed_for


@require_safe
def typed_page(request: Request) -> HttpResponseBase:
    """The reader's acts that somebody else typed in."""
    actor = request.actor
    if actor.person is None:
        raise Missing
    lines = typed_for(actor)
    if actor.only is not None and not lines:  # a code opens what was typed in one matter, and no more
        raise Missing
    names = names_of([line.recorded.typed_by for line in lines])
    given = {
        row.act: row
        for row in AnswerToTyping.objects.seen_by(actor).filter(act__in=[line.recorded.id for line in lines])
    }
    matters = matters_shown(actor, {one for line in lines for one in ids_of(line)})
    acts = [
        {
            "id": line.recorded.id,
            "at": line.recorded.at,
            "who": names[line.recorded.typed_by] if line.recorded.typed_by else "",
            "how": line.recorded.how,
            "words": sentence_of(line),
            "matter": next((matters[one] for one in ids_of(line) if one in matters), None),
            "said": said_in(line),
            "answer": given.get(line.recorded.id),
        }
        for line in lines
    ]
    return render(request, "people/typed.html", {"acts": acts})
