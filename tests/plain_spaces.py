"""A page as it is read out: a space that does not break is a space, so that a test says “1 December 2026”."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from alongside.interfaces.unbroken import HOLD


class PlainSpaces:
    """What a test’s browser reads. Whether days hold together is asked of what is drawn, before this."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            answer.content = answer.content.replace(HOLD.encode(), b" ")  # type: ignore[attr-defined]  # not a stream
            if "Content-Length" in answer:
                answer["Content-Length"] = str(len(answer.content))  # type: ignore[attr-defined]  # the same
        return answer
