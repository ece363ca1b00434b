"""What voice shows on somebody's own page: what waits for them, and the ways to be heard."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.topics.people.policy import names_of
from alongside.topics.voice.models import Feedback, Hearing, HearingState, Note, Question
from alongside.topics.voice.models.desks import holds_q
from alongside.topics.voice.models.feedback import replies_q
from alongside.topics.voice.models.hearings import Appeal, asked_q
from alongside.topics.voice.models.speaking import reads_q, wrote_q
from alongside.topics.voice.pages.hearings import line
from alongside.topics.voice.policy import at_the_front_line

MOST = 10


def own_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Their own requests, what their office has to answer, and where to go to be heard."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    at, today = clock.now(), clock.today()
    hearings = Hearing.objects.seen_by(actor)
    mine = list(hearings.filter(asked_q(actor, at)).order_by("-asked_on", "id")[:MOST])
    open_states = (HearingState.ASKED, HearingState.OFFERED)
    asked = hearings.filter(holds_q(actor, at), state__in=open_states)
    notes = Note.objects.seen_by(actor)
    context = {
        "mine": [line(row, names_of({row.organisation, row.body})) for row in mine],
        "hearings": asked.filter(state=HearingState.ASKED).count(),
        "appeals": Appeal.objects.seen_by(actor).filter(holds_q(actor, at), answered_on=None).count(),
        "questions": Question.objects.seen_by(actor).filter(holds_q(actor, at), answered_on=None).count(),
        "feedback": Feedback.objects.seen_by(actor)
        .filter(replies_q(actor, at), is_for_duty=False, replied_on=None)
        .count(),
        "notes": notes.filter(reads_q(actor), answered_on=None).count(),
        "answers": notes.filter(wrote_q(actor), judged="").exclude(answered_on=None).count(),
        "is_frontline": bool(at_the_front_line.resolve(actor, at)),
        "today": today,
    }
    return "voice/parts/own_panel.html", context
