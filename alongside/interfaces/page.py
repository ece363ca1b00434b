"""Answering with a page: in the reader's way of reading, and kindly when it cannot be shown or done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseServerError
from django.http.response import HttpResponseBase
from django.template.loader import get_template, select_template
from django.utils.functional import lazy
from django.utils.module_loading import import_string

from alongside.interfaces.drawn import Page
from alongside.interfaces.reading_preferences import EASY, easy, show
from alongside.interfaces.who import actor_of
from alongside.interfaces.wired import name_of, wiring
from alongside.kernel.command import Missing, NotAllowed, NotStrong, Refused
from alongside.kernel.packfile import RuleError

NOT_HERE, NOT_YOURS, NOT_NOW, NO_RULE = 404, 403, 422, 503
NOT_WHOLE, TOO_MUCH = 400, 413


_name_when_said = lazy(name_of, str)  # most pages do not say it, and it costs a question


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    form: BaseForm | None = None,
    status: int | None = None,
) -> HttpResponseBase:
    """A page: its Easy Read form where chosen, with who is reading it and what the place is called."""
    actor = actor_of(request)
    around = {"actor": actor, "place_name": settings.PLACE_NAME, "my_name": _name_when_said(actor.person)}
    return show(request, template, {**around, **(context or {})}, form=form, status=status, answer=Page)


def panels(request: HttpRequest) -> list[dict[str, Any]]:
    """What other rooms show on this page, in the order of the wiring page: each a template and its words."""
    found = []
    for place in wiring("PANELS", []):
        made: tuple[str, dict[str, Any]] | None = import_string(place)(request)
        if made is not None:
            found.append({**made[1], **_as_read(request, made[0])})
    return found


def _as_read(request: HttpRequest, template: str) -> dict[str, Any]:
    """The template of a panel: its Easy Read one for whoever chose Easy Read, where there is one."""
    names = easy(request, template)
    chosen: Any = select_template(names) if len(names) > 1 else None
    name = str(chosen.template.name) if chosen else template
    return {"template": name, "is_easy": name.endswith(EASY)}


def matter_panels(request: HttpRequest, matter: UUID) -> list[dict[str, Any]]:
    """What other rooms show of one matter, such as the promises that a decision left."""
    found = []
    for place in wiring("MATTER_PANELS", []):
        made: tuple[str, dict[str, Any]] | None = import_string(place)(request, matter)
        if made is not None:
            found.append({**made[1], "template": made[0]})
    return found


def body_panels(request: HttpRequest, body: UUID, *, on: str = "BODY_PANELS") -> list[dict[str, Any]]:
    """What other rooms show of one body, such as how many of its promises are overdue."""
    found = []
    for place in wiring(on, []):
        made: tuple[str, dict[str, Any]] | None = import_string(place)(request, body)
        if made is not None:
            found.append({**made[1], "template": made[0]})
    return found


class KindRefusals:
    """Turns what a view could not show or do into a page that says so, and what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        answer = kind_page(request, problem)
        draw = getattr(answer, "render", None)
        return draw() if draw else answer


def _not_yours(problem: NotAllowed) -> dict[str, Any]:
    """Who can do this; and whether it is only a surer way of signing in that is missing."""
    return {"sentence": problem.sentence, "needs_passkey": isinstance(problem, NotStrong)}


def kind_page(request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
    """The page for an expected problem; None for any other, which is ours to mend."""
    if isinstance(problem, Missing):
        return render(request, "404.html", status=NOT_HERE)
    if isinstance(problem, NotAllowed):
        return render(request, "not_allowed.html", _not_yours(problem), status=NOT_YOURS)
    if isinstance(problem, Refused):
        return render(request, "not_now.html", {"reasons": problem.reasons}, status=NOT_NOW)
    if isinstance(problem, RuleError):
        return render(request, "no_rule.html", {"problem": str(problem)}, status=NO_RULE)
    return None


def not_taken(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """The page for what came and could not be read: too much at once, or not whole."""
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = TOO_MUCH if is_too_much else NOT_WHOLE
    return render(request, "not_taken.html", {"is_too_much": is_too_much}, status=status)


def broken(request: HttpRequest) -> HttpResponseBase:
    """The page for what is ours to mend. It asks nothing of the database, which may be what is broken."""
    words = {"phone": settings.PLACE_PHONE, "dialled": "".join(settings.PLACE_PHONE.split())}
    return HttpResponseServerError(get_template("500.html").render(words))
