"""Words that wait for somebody to read them first, of every room: one list for those who may look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.interfaces.acting import address_of, needs_passkey
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions.pages import looked as of_decisions
from alongside.topics.people.models import Kinds, LinkKind
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.pages.looking import ToRead, asked_words
from alongside.topics.people.policy import names_of
from alongside.topics.promises.pages import looked as of_promises
from alongside.topics.voice.pages import looked as of_voice

ROOMS = (of_decisions, of_promises, of_voice)
A_PAGE = 20
SEND_IT_THERE = 307  # the same words, by the same method, to another address


def may_look(actor: Actor) -> bool:
    """Whether this person works for any body or helps to run one: nobody else is asked to look."""
    if actor.person is None or actor.only is not None:
        return False
    return bool(_posts.count(actor))


@kept_question
def _posts(actor: Actor, at: datetime) -> Any:
    """Where the reader works, or which body they help to run."""
    return posts_of(actor.person, at, (*Kinds.COLLEAGUES, LinkKind.BOARD_MEMBER))


@kept_question
def _all_that_waits(actor: Actor, at: datetime) -> Any:
    """All words that wait for this person to read them, of every room: each id, and by which day."""
    kinds = [rows for room in ROOMS for _name, rows in room.rows_to_read(actor, at)]
    first, *others = [rows.order_by().values_list("id", "look_by") for rows in kinds]
    return first.union(*others, all=True)


def panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of whoever may look: that words wait, and the way to them."""
    actor = actor_of(request)
    waiting = _all_that_waits(actor) if may_look(actor) else []
    if not waiting:
        return None
    days = [day for _pk, day in waiting if day is not None]
    said = {"count": len(waiting), "link": reverse("to_read"), "first_day": min(days, default=None)}
    return "home/parts/to_read.html", {"place": "to_read", **said}


@require_http_methods(["GET", "HEAD", "POST"])
def to_read_page(request: Request) -> HttpResponseBase:
    """Each of the words that wait, in full, with the two ways on below it: read each, then say so of each."""
    if request.method == "POST":
        return _said_of_one(request)
    actor = request.actor
    found = sorted(_waiting(actor), key=lambda one: (one.row.look_by is None, one.row.look_by))
    names = names_of({one.body for one in found[:A_PAGE] if one.body is not None})
    here = reverse("to_read")
    context = {
        "items": [_shown(actor, one, names[one.body] if one.body else "", here) for one in found[:A_PAGE]],
        "more": max(len(found) - A_PAGE, 0),
        "here": here,
        "back": reverse("home"),
    }
    return render(request, "home/to_read.html", context)


def _said_of_one(request: Request) -> HttpResponseBase:
    """Everyone may read these, as long as they wait still: who held them back meanwhile is not gone over by
    somebody whose page is older. What was sent goes on as it is to where the form of this act stands."""
    sent = request.POST.dict().items()
    for one in _waiting(request.actor):
        asked = {"kind": one.kind, **{name: str(value) for name, value in one.given.items()}}
        if asked.items() <= sent:
            answer = HttpResponseRedirect(address_of(one.kind, **one.given))
            answer.status_code = SEND_IT_THERE
            return answer
    since = _("Somebody has looked at these words since you opened this page. So nothing was changed now.")
    messages.warning(request, since)
    return HttpResponseRedirect(reverse("to_read"))


def _waiting(actor: Actor) -> Iterator[ToRead]:
    if may_look(actor):
        for room in ROOMS:
            yield from room.to_read(actor)


def _shown(actor: Actor, one: ToRead, body: str, here: str) -> dict[str, Any]:
    is_late = one.row.look_by is not None and one.row.look_by < clock.today()
    is_look = one.hold_kind == one.kind
    hold = address_of(one.hold_kind, next=here, **one.given, **({"is_shown": "no"} if is_look else {}))
    return {
        "row": one.row,
        "title": one.title,
        "link": one.link,
        "body": body,
        "kind": one.kind,
        "given": {name: str(value) for name, value in one.given.items()},
        "asked": asked_words(one.row),
        "is_late": is_late and not one.row.asked_for,
        "words": [words for words in one.row.words_to_read if words],
        "says_yes": is_look,
        "hold": "" if needs_passkey(actor, one.hold_kind) else hold,
        "hold_words": _("Agree, and hide it") if one.row.asked_for else _("Hold it back, and say why"),
    }
