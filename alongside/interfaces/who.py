"""Who is here: every request carries an actor, read from the session and from nothing else.

The session holds `person`, `strong` (came by passkey or the council's single sign-on) and `only` (came with a
code from a letter, for one matter). Signing in sets them; `sign_in_as` below is the only writer.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from alongside.interfaces.wired import EVERYTHING, joined_records, open_to
from alongside.kernel.policy import NOBODY, Actor
from alongside.kernel.pseudonyms import voices_of

PERSON, STRONG, ONLY, WAY, TYPED = "person", "strong", "only", "way", "typed_by"
HANDED_OUT = "other"  # how somebody said it, who came with a code that another had seen
REMEMBERED_FOR = 30.0  # seconds that a person's pseudonyms are remembered, in memory and nowhere else
MOST_REMEMBERED = 5000
STILL_OPEN = (  # to somebody of whom it is written down that they have died: that this is wrong, and ways out
    "/do/people.death_undone",
    "/sign-out/",
    "/reading/",
    "/staying-safe/",
    "/talk",
)


class Request(HttpRequest):
    """A request as our pages get it."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor:
    """Who is here; nobody, where the middleware did not run."""
    return cast(Actor, getattr(request, "actor", NOBODY))


class WhoIsHere:
    """Puts the actor on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = _id(request.session.get(PERSON))
        found = EVERYTHING if person is None else open_to(person)
        if found is None:
            request.session.flush()  # their record was erased, and nobody acts as them any more
        actor = _from_session(request.session)
        if found is not None and found.page is not None:
            actor = replace(actor, only=found.only)
            if not request.path.startswith((found.page, *STILL_OPEN)):
                return HttpResponseRedirect(found.page)
        request.actor = actor  # type: ignore[attr-defined]  # middleware may add to it
        return self.get_response(request)


def sign_in_as(
    request: HttpRequest,
    person: UUID,
    *,
    strong: bool = False,
    only: UUID | None = None,
    way: str = "page",
    typed_by: UUID | None = None,
) -> None:
    """Let this browser act as this person from now on. What it knew of anybody else is forgotten.

    `typed_by` is who saw the code that was typed: nobody can tell whether it was they, so what comes in with
    it counts as written down by them, for the person, and the person can say that it is not theirs.
    """
    if request.session.get(PERSON) not in (None, str(person)):
        request.session.flush()
    request.session.cycle_key()
    request.session[PERSON] = str(person)
    request.session[STRONG] = strong
    request.session[ONLY] = str(only) if only else ""
    request.session[WAY] = way
    request.session[TYPED] = str(typed_by) if typed_by else ""
    request.actor = _from_session(request.session)  # type: ignore[attr-defined]  # the rest of this request too


def _from_session(session: Any) -> Actor:
    person = _id(session.get(PERSON))
    if person is None:
        return NOBODY
    typed_by = _id(session.get(TYPED))
    return actor_for(
        person,
        strong=bool(session.get(STRONG)) or _used_a_passkey(session),
        only=_id(session.get(ONLY)),
        way=str(session.get(WAY) or "page"),
        typed_by=typed_by,
        how=HANDED_OUT if typed_by else "",
    )


def _used_a_passkey(session: Any) -> bool:
    """Whether this session was opened, or confirmed since, with a passkey."""
    steps = session.get("account_authentication_methods")
    return isinstance(steps, list) and any(
        step.get("method") == "mfa" and step.get("type") == "webauthn" for step in steps
    )


def _id(text: Any) -> UUID | None:
    return UUID(text) if text else None


# A person's pseudonyms ------------------------------------------------------------------------------

_remembered: dict[UUID, tuple[float, "KnownAs"]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class KnownAs:
    """By which ids this place knows one person."""

    person: UUID  # the record that stands for them now
    former: frozenset[UUID]  # those that were joined into it
    voices: frozenset[UUID]  # the names they use in single matters


def actor_for(person: UUID, **more: Any) -> Actor:
    """The actor that is this person, by every record and name of theirs."""
    known = known_as(person)
    return Actor(person=known.person, voices=known.voices, former=known.former, **more)


def known_as(person: UUID) -> KnownAs:
    """Every id of this person. Finding the names costs a digest for each matter there is."""
    now = time.monotonic()
    known = _remembered.get(person)
    if known is not None and now - known[0] < REMEMBERED_FOR:
        return known[1]
    stands, former = joined_records(person)
    found = KnownAs(stands, former, voices_of(stands, *former))
    with _lock:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[person] = (now, found)
    return found


def forget_voices(person: UUID | None) -> None:
    """Look again next time: this person has just acted without their name."""
    with _lock:
        if person is not None:
            _remembered.pop(person, None)
