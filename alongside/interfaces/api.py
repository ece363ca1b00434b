"""The same acts for programs: POST /api/do/<kind> for every command, and what the topics let be read.

Bodies are strict JSON. A refusal is problem+json with its reasons by field. Send an `Idempotency-Key` and a
lost answer can be asked for again: the same key with the same words is one act. Without a token, ask for a
key of your own first (`GET /api/key`): else two strangers could choose the same one.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.utils import check_csrf

from alongside.interfaces import keys_given
from alongside.interfaces.answers import Page, T, describe
from alongside.interfaces.asking import askable, from_json, in_office, title_of, typing_for
from alongside.interfaces.described import ABOUT, LONGEST_KEY, in_full, operation_id
from alongside.interfaces.keys_given import must_be_given
from alongside.interfaces.programs import actor_by_token
from alongside.interfaces.refusals import (
    REFUSALS,
    HasNoVersion,
    NotJson,
    NotKnown,
    TooLong,
    Unsafe,
    answer_json,
    only_known,
)
from alongside.interfaces.who import actor_of, forget_voices
from alongside.kernel.command import Actor, Command, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY
from alongside.kernel.seal import Box

LONGEST_BODY = 1_000_000
MOST_IN_A_PAGE = 200
Cursor = str | None  # where a page of rows begins: the `next` of the page before


# Who calls ----------------------------------------------------------------------------------------


def caller_of(request: HttpRequest) -> Actor:
    """Who calls: by a token, else by the session of the browser."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if not kind:
        actor = actor_of(request)
        if actor.person is not None and request.method != "GET" and check_csrf(request):
            raise Unsafe
        return actor
    if kind.lower() != "bearer":
        raise NotKnown
    return actor_by_token(token)


def reads(request: HttpRequest) -> Actor | None:
    """Lets a reading router know who calls; the router's own rows say what that person may see."""
    request.actor = caller_of(request)  # type: ignore[attr-defined]  # the routers read it, as pages do
    return NOBODY if request.actor.person is None else request.actor  # type: ignore[attr-defined]  # as above


# One act ------------------------------------------------------------------------------------------


def act(request: HttpRequest, command: type[Command]) -> HttpResponse:
    """Carry out one command."""
    actor = caller_of(request)
    _must_be_readable(request)
    key = request.headers.get("Idempotency-Key", "") or None
    if key is not None and len(key) > LONGEST_KEY:
        raise Refused(
            [("", _("Use an Idempotency-Key of at most %(most)s characters.") % {"most": LONGEST_KEY})]
        )
    if key is not None and actor.person is None:
        must_be_given(key)
    actor = _for_somebody(request, command, actor)
    unnamed = request.headers.get("Without-Name", "").lower() == "yes"
    if unnamed and not command.may_be_anonymous:
        raise Refused([("", _("This cannot be done without a name."))])
    made = from_json(command, request.body)
    done = do(made, by=in_office(actor), key=key, anonymous=unnamed)
    if unnamed or command.under_a_pseudonym:
        forget_voices(actor.person)
    return answer_json({"entry": str(done.entry), "thing": str(done.thing), "again": done.again})


def _must_be_readable(request: HttpRequest) -> None:
    """Refuse what is no JSON by its own word, before it is read; a program may also say nothing of it."""
    kind = request.content_type or "application/json"
    compressed = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if kind != "application/json" or compressed or charset not in ("utf-8", "utf8"):
        raise NotJson
    if "If-Match" in request.headers:
        raise HasNoVersion
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY or len(request.body) > LONGEST_BODY:
        raise TooLong


def _for_somebody(request: HttpRequest, command: type[Command], actor: Actor) -> Actor:
    whom = request.headers.get("Typed-For", "")
    if not whom:
        return actor
    if not command.assisted:
        raise Refused([("", _("Nobody can type this for somebody else."))])
    try:
        person = UUID(whom)
    except ValueError as wrong:
        raise Refused([("", _("Typed-For takes the number of a person."))]) from wrong
    return typing_for(actor, person, request.headers.get("Typed-How", ""))


# Reading ------------------------------------------------------------------------------------------


def page_of(rows: Any, shown: Callable[[Any], T], cursor: Cursor = None, limit: int = 50) -> Page[T]:
    """One page of rows, each as it is told."""
    found = cut(rows, cursor, limit)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}


def cut(rows: Any, cursor: Cursor = None, limit: int = 50) -> Page[Any]:
    """One page of rows, what changed last first: rows that come meanwhile shift nothing."""
    if not 1 <= limit <= MOST_IN_A_PAGE:
        raise Refused([("limit", _("Ask for 1 to %(most)s at a time.") % {"most": MOST_IN_A_PAGE})])
    if cursor:
        number, pk = _read_cursor(cursor)
        rows = rows.filter(Q(made_by__lt=number) | Q(made_by=number, pk__lt=pk))
    found = list(rows.order_by("-made_by", "-pk")[: limit + 1])
    if len(found) <= limit:
        return {"items": found, "next": None}
    last = found[limit - 1]
    return {"items": found[:limit], "next": f"{last.made_by}.{last.pk.hex}"}


def _read_cursor(cursor: str) -> tuple[int, UUID]:
    try:
        number, _dot, pk = cursor.partition(".")
        if len(number) > 18:
            raise ValueError
        return int(number), UUID(pk)
    except ValueError as wrong:
        raise Refused([("cursor", _("Use the cursor of the page before, as it was given."))]) from wrong


def plain(value: Any) -> Any:
    """A value as JSON has it: sealed words opened, ids and dates as text."""
    if isinstance(value, Box):
        return value.words
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


# The whole ----------------------------------------------------------------------------------------


class Api(NinjaAPI):
    """Ninja, with an order of its own that is the same every time, and an ETag on what is read."""

    def get_openapi_schema(self, **choices: Any) -> Any:
        answers, parts = describe(self, [router for _prefix, router in self._routers])
        return in_full(super().get_openapi_schema(**choices), answers, parts)

    def create_response(self, request: HttpRequest, data: Any, **choices: Any) -> HttpResponse:
        response = super().create_response(request, data, **choices)
        return with_etag(request, response)


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer 304 to a program that has these very bytes already. What is new each time has no ETag."""
    is_kept = "no-store" not in response.get("Cache-Control", "")
    if request.method != "GET" or response.status_code != 200 or not is_kept:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Vary"] = "Cookie, Authorization"
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def made(routers: Iterable[tuple[str, Router]] = ()) -> NinjaAPI:
    """The whole API: every command that a person may send, and each topic's reading."""
    api = Api(
        title="Alongside",
        version="1",
        description=ABOUT,
        docs_url=None,
        docs_decorator=_described,
        urls_namespace="api",
    )
    api.add_decorator(_only_known_questions)
    for kind, answer in REFUSALS.items():
        api.add_exception_handler(kind, answer)
    with override(settings.LANGUAGE_CODE):  # not in the language of whoever asks first
        for command in askable():
            _add(api, command)
    api.add_router("/key", keys_given.router, tags=["key"])
    for name, router in routers:
        api.add_router(f"/{name}", router, auth=reads, tags=[name])
    return api


def _described(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The description is read as everything else is: not sent again to a program that has it."""

    @csrf_exempt
    def shown(request: HttpRequest, **choices: Any) -> HttpResponse:
        if request.method != "GET":
            return HttpResponse(status=405, headers={"Allow": "GET"})
        return with_etag(request, view(request, **choices))

    return shown


def _only_known_questions(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a misspelt question in the address of any view. Each question has an answer of its own where it
    is not asked; a part of the address and a header have none."""
    parameters = signature(view).parameters.items()
    names = [name for name, one in parameters if one.default is None or type(one.default) in (str, int)]

    @wraps(view)
    def asked(request: HttpRequest, *parts: Any, **known: Any) -> Any:
        only_known(request, names)
        return view(request, *parts, **known)

    return asked


def _add(api: NinjaAPI, command: type[Command]) -> None:
    def endpoint(request: HttpRequest) -> HttpResponse:
        return act(request, command)

    endpoint.__doc__ = (command.__doc__ or "").strip()
    api.api_operation(
        ["POST"],
        f"/do/{command.records}",
        operation_id=operation_id(command),
        summary=title_of(command),
        tags=[command.records.partition(".")[0]],
        url_name=f"do-{command.records}",
    )(endpoint)
