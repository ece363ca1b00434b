"""What a program is told when something cannot be done: what is wrong and what to do, as RFC 9457 has it."""

import json
from collections.abc import Callable, Iterable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError as NinjaRefusal
from pydantic_core import ErrorDetails

from alongside.interfaces.asking import sentence_for
from alongside.kernel.command import Missing, NotAllowed, NotStrong, Reason, Refused
from alongside.kernel.door import SentBefore
from alongside.kernel.packfile import RuleError

PROBLEM = "application/problem+json"
Problem = Exception | type[Exception]  # as ninja names what a function raised


class NotKnown(Exception):
    """The token is not one of ours, or has run out."""


class Unsafe(Exception):
    """A browser's session was used without the token that shows the page was ours."""


class TooLong(Exception):
    """More was sent than one act can be."""


class TooOften(Exception):
    """One more try than may be made from one place in so many minutes."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


class NotJson(Exception):
    """What was sent calls itself something other than JSON."""


class HasNoVersion(Exception):
    """An act was sent on the condition that it is of some version."""


def answer_json(content: Any, *, status: int = 200, kind: str = "application/json") -> HttpResponse:
    """Content as a program reads it, with the letters as they are."""
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=kind)


def problem(status: int, title: str, detail: str, reasons: Iterable[Reason] = ()) -> HttpResponse:
    """An answer that says what is wrong and what to do."""
    told = [{"field": reason.field, "sentence": reason.sentence} for reason in reasons]
    return answer_json(
        {"type": "about:blank", "title": title, "status": status, "detail": detail, "reasons": told},
        status=status,
        kind=PROBLEM,
    )


def only_known(request: HttpRequest, known: Iterable[str]) -> None:
    """Refuse a misspelt question in the address, which would else be answered as if it were not there."""
    names = list(known)
    unknown = [name[:60] for name in request.GET if name not in names]
    if unknown:
        sentence = _("There is no question called “%(name)s” here. Take it out.")
        if names:
            sentence = _("There is no question called “%(name)s” here. There is: %(names)s.")
        told = ", ".join(names)
        raise Refused([(name, sentence % {"name": name, "names": told}) for name in unknown[:10]])


def problem_of(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem+json of an expected error; for addresses that are not the API's own but answer programs."""
    return next(answer for kind, answer in REFUSALS.items() if isinstance(error, kind))(request, error)


def _refused(request: HttpRequest, refusal: Problem) -> HttpResponse:
    assert isinstance(refusal, Refused)
    sent_before = isinstance(refusal, SentBefore)
    title = _("Sent before, with other words") if sent_before else _("This cannot be done yet")
    return problem(409 if sent_before else 422, title, str(refusal), refusal.reasons)


def _not_allowed(request: HttpRequest, refusal: Problem) -> HttpResponse:
    title = (
        _("Sign in with a passkey first") if isinstance(refusal, NotStrong) else _("Someone else can do this")
    )
    return problem(403, title, str(refusal))


def _missing(request: HttpRequest, refusal: Problem) -> HttpResponse:
    return problem(404, _("We cannot find that"), _("It is not there, or it is not for you to see."))


def _not_known(request: HttpRequest, refusal: Problem) -> HttpResponse:
    detail = _(
        "It has ended, or was never one of ours. Let your program in anew, on your page “Programs that act "
        "for you”. Whoever runs this place can make one too, to read with: alongside people token PERSON"
    )
    answer = problem(401, _("We do not know this token"), detail)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _unsafe(request: HttpRequest, refusal: Problem) -> HttpResponse:
    return problem(403, _("Please send that again"), _("Send the X-CSRFToken header, or use a token."))


def _misread(request: HttpRequest, refusal: Problem) -> HttpResponse:
    assert isinstance(refusal, NinjaRefusal)
    errors = [(str(error["loc"][-1]), cast(ErrorDetails, error)) for error in refusal.errors]
    reasons = [Reason(name, sentence_for(error, name)) for name, error in errors]
    return problem(422, _("We could not read this"), _("Check the address."), reasons)


def _no_rule(request: HttpRequest, missing: Problem) -> HttpResponse:
    """A rule that is not in the pack, or does not hold: which rule, which pack, which days, what to do."""
    return problem(503, _("A rule is missing"), str(missing))


def _too_long(request: HttpRequest, refusal: Problem) -> HttpResponse:
    return problem(413, _("This is too long"), _("Send less than one million characters at a time."))


def _too_often(request: HttpRequest, refusal: Problem) -> HttpResponse:
    assert isinstance(refusal, TooOften)
    wait = _("Wait %(minutes)s minutes, then try again.") % {"minutes": refusal.minutes}
    answer = problem(429, _("That was too many tries"), wait)
    answer["Retry-After"] = str(refusal.minutes * 60)
    return answer


def _not_json(request: HttpRequest, refusal: Problem) -> HttpResponse:
    detail = _(
        "Send JSON in UTF-8 as it is, not compressed, with the header “Content-Type: application/json”."
    )
    answer = problem(415, _("We can only read JSON"), detail)
    answer["Accept-Post"] = "application/json"
    return answer


def _has_no_version(request: HttpRequest, refusal: Problem) -> HttpResponse:
    detail = _(
        "An act has no version. Send it again without If-Match. "
        "Whether it can be done is looked at when it comes."
    )
    return problem(412, _("If-Match cannot be met here"), detail)


REFUSALS: dict[type[Exception], Callable[[HttpRequest, Problem], HttpResponse]] = {
    Refused: _refused,
    NotAllowed: _not_allowed,
    Missing: _missing,
    RuleError: _no_rule,
    Http404: _missing,
    NotKnown: _not_known,
    Unsafe: _unsafe,
    TooLong: _too_long,
    TooOften: _too_often,
    NotJson: _not_json,
    HasNoVersion: _has_no_version,
    NinjaRefusal: _misread,
}
