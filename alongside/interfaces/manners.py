"""Manners towards programs: HEAD wherever there is GET, OPTIONS, and no refusal without words for it.

Ninja and Django answer a wrong method, a wrong address and what breaks in ways of their own. Here each of
those becomes the problem+json that every other refusal is, and says what to do instead.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from alongside.interfaces.refusals import PROBLEM, Unsafe, answer_json, problem, problem_of
from alongside.kernel.command import Missing

FOR_PROGRAMS = ("/api/", "/open-data/")
SAID_ALREADY: dict[int, type[Exception]] = {403: Unsafe, 404: Missing}  # refusals that have their words
KEPT = ("Allow", "ETag", "Vary", "WWW-Authenticate", "Location")


class Manners:
    """HEAD is GET without its body. A refusal under /api or /open-data says what to do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = str(request.method)
        if asked == "HEAD":
            request.method = "GET"
        answer = self.get_response(request)
        request.method = asked
        if request.path_info.startswith(FOR_PROGRAMS):
            answer = _kindly(request, answer)
        return _without_body(answer) if asked == "HEAD" else answer


def _without_body(answer: HttpResponseBase) -> HttpResponseBase:
    """The same headers and nothing else."""
    if isinstance(answer, StreamingHttpResponse):
        answer.streaming_content = []
    elif isinstance(answer, HttpResponse):
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
        answer.content = b""
    return answer


def _kindly(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer; where it is a refusal in some form of its own, the same refusal in words."""
    if answer.status_code == 405:
        allowed = _allowed(answer)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": allowed})
        answer["Allow"] = allowed
    elif answer.status_code < 400:
        return answer
    if answer.get("Content-Type", "").startswith(PROBLEM):
        return answer
    same = SAID_ALREADY.get(answer.status_code)
    told = problem_of(request, same()) if same else problem(answer.status_code, *_words(answer))
    for name in KEPT:
        if name in answer:
            told[name] = answer[name]
    return told


def _allowed(answer: HttpResponseBase) -> str:
    methods = {one.strip() for one in answer.get("Allow", "").split(",")} - {""}
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


def _words(answer: HttpResponseBase) -> tuple[str, str]:
    """What a refusal is called, and what to do about it."""
    status = answer.status_code
    if status == 405:
        detail = _("Here you can use: %(methods)s. What can be sent where is told at /api/openapi.json.")
        return _("This address is not used in that way"), detail % {"methods": answer["Allow"]}
    told = {
        400: (_("We could not read this"), _("Check the address and the headers, then send it again.")),
        412: (
            _("It is not the version you named"),
            _("Read it again and use the ETag of that answer, in its quotation marks."),
        ),
    }
    broke = _("Something went wrong on our side. Wait a little, then send it again with the same key.")
    return told.get(status, (_("That did not work"), broke))


@csrf_exempt
def begin(request: HttpRequest) -> HttpResponse:
    """Where a program that knows only /api/ goes on from."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    return answer_json({"title": "Alongside", "described_at": "/api/openapi.json", "acts_at": "/api/do/"})


@csrf_exempt
def not_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """For an address under /api/ that there is not; it leads on where only the last slash is wrong."""
    path = request.path_info
    other = path.rstrip("/") if path.endswith("/") else path + "/"
    if not _is_one_of_ours(other):
        return problem_of(request, Missing())
    question = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    told = problem(
        308, _("The last slash is different"), _("Use this address: %(address)s.") % {"address": other}
    )
    told["Location"] = request.build_absolute_uri(other + question)
    return told


def _is_one_of_ours(path: str) -> bool:
    try:
        return resolve(path).func is not not_here
    except Resolver404:
        return False
