"""What somebody typed, when it could not be sent: they were signed out meanwhile, or may not do it any more.

Nothing of it is kept by us. It goes back to the browser it came from, on a page that says what to do; and
from there into the same form again, where its writer sends it.
"""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_failure

from alongside.interfaces.asking import command_named, label_of
from alongside.interfaces.choosing import BACK, OF_THIS_STEP, WHICH
from alongside.interfaces.page import NOT_HERE, NOT_YOURS, render
from alongside.interfaces.who import actor_of
from alongside.kernel.command import Command, Missing, NotAllowed, NotStrong, Shape

View = Callable[[HttpRequest, str], HttpResponseBase]
TOKEN = "csrfmiddlewaretoken"


def words_come_back(view: View) -> View:
    """The page of a form that loses nothing of what was typed in it when its reader may not send it."""

    @wraps(view)
    def page(request: HttpRequest, kind: str) -> HttpResponseBase:
        try:
            return view(request, kind)
        except (Missing, NotAllowed) as problem:
            answer = _not_sent(request, kind, problem) if request.method == "POST" else None
            if answer is None:
                raise
            return answer

    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A page that was drawn before its reader signed in again. What stands in it is not lost by that."""
    found = request.resolver_match
    answer = None
    if found is not None and found.url_name == "do" and _came_from_here(request):
        answer = _not_sent(request, str(found.kwargs["kind"]), None)
    if answer is not None:
        return answer
    plain: HttpResponse = plain_failure(request, reason)
    return plain


def _not_sent(request: HttpRequest, kind: str, problem: Exception | None) -> HttpResponseBase | None:
    """The page with what was typed; None where nothing was, for then there is nothing to lose."""
    command = command_named(kind)
    typed = [
        (label_of(shape), words) for shape in command.asked_shapes() if (words := _typed(request, shape))
    ]
    if not typed:
        return None
    is_out = actor_of(request).person is None
    is_weak = isinstance(problem, NotStrong)
    way_in = "account_login" if is_out else "account_reauthenticate" if is_weak else ""
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [pair for pair in kept if pair[0] not in {TOKEN, *OF_THIS_STEP}]
    context = {
        "typed": typed,
        "sentence": _sentence(command, problem, is_out=is_out),
        "is_out": is_out,
        "way_in": reverse(way_in) if way_in else "",
        "goes_on": is_out or is_weak or problem is None,
        "kept": [*kept, (WHICH, ""), (BACK, "yes")],  # back from a step: the same form, with what was typed
        "action": request.get_full_path(),
    }
    status = NOT_HERE if isinstance(problem, Missing) else NOT_YOURS
    return render(request, "not_sent.html", context, status=status)


def _sentence(command: type[Command], problem: Exception | None, *, is_out: bool) -> str:
    if is_out:
        return _("You are not signed in now.")
    if isinstance(problem, NotAllowed):
        return str(problem.sentence)
    if problem is None:
        return _("You have signed in since you opened that page.")
    return _("What it was about is not there any more, or you may not see it now.")


def _typed(request: HttpRequest, shape: Shape) -> str:
    """The words that stood in this box, if it is one for words."""
    is_for_words = shape.kind == "sealed" or (shape.kind == "plain" and shape.inner is str)
    return request.POST.get(shape.name, "").strip() if is_for_words and not shape.many else ""


def _came_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it: no other site may put words before somebody to send."""
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        return said == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
