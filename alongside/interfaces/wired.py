"""What this floor asks of the rooms above it, by way of the wiring page: names, sign-in names, codes, clocks.

A lower floor may not know a higher one, so the questions are named here and answered in `site.py`'s ASKS. A
question that no room answers has no answer: nobody is found, nothing is allowed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from alongside.kernel import clock
from alongside.kernel.policy import Actor


class ActsFor(Protocol):
    """A program that a person lets act for them, and still does."""

    person: UUID
    is_strong: bool


class Figure(TypedDict):
    """One number as anybody may read it; null: a few. `at_least`: there are so many or more."""

    number: int | None
    at_least: bool


class PromisesLate(TypedDict):
    """Of one body: promises about places past their day and not said to be done, as you may see them; those
    about lives, as anybody may know it; and those it says nothing of since they no longer hold."""

    places: int
    lives: Figure
    not_answered: int


class WayIn(Protocol):
    """A code from a letter or text that is still good: whose it is, and the one matter it opens."""

    id: UUID
    person: UUID
    matter: UUID
    path: str
    given_by: UUID | None  # who saw the code, and may have typed it themself; nobody where we sent it
    is_shared: bool  # it went where somebody else can see it


def wiring(name: str, otherwise: Any = None) -> Any:
    """A table of the wiring page. Reading it also makes every command known."""
    return getattr(_page(settings.ALONGSIDE_WIRING), name, otherwise)


@cache
def _page(name: str) -> ModuleType:
    return import_module(name)


def answers(question: str) -> Callable[..., Any] | None:
    """The function that answers a question, or None when no room does."""
    asks: Mapping[str, str] = wiring("ASKS", {})
    return import_string(asks[question]) if question in asks else None


def names_of(ids: Iterable[UUID]) -> dict[UUID, str]:
    """People's, organisations' and teams' names, as the find table has them."""
    wanted = list(ids)
    ask = answers("names_of")
    found: Mapping[UUID, str] = ask(wanted) if ask and wanted else {}
    return {one: found.get(one) or nobody_named() for one in wanted}


def nobody_named() -> str:
    """What somebody is called whose name is not known, or gone."""
    return str(_("Someone"))


def told_apart(actor: Actor, ids: Iterable[str]) -> dict[str, str]:
    """What tells those of one name apart, as far as this reader may know it: work, a body, a day."""
    ask = answers("told_apart")
    found: Mapping[UUID, str] = ask(actor, [UUID(one) for one in ids]) if ask and ids else {}
    return {str(one): words for one, words in found.items()}


def name_of(person: UUID | None) -> str:
    """One name; nothing for nobody."""
    return names_of([person])[person] if person else ""


def person_for_email(email: str) -> UUID | None:
    ask = answers("person_for_email")
    return ask(email) if ask else None


class OpenTo(NamedTuple):
    """What is open to somebody who comes in: everything that is theirs, or one thing alone, and its page."""

    only: UUID | None
    page: str | None


EVERYTHING = OpenTo(None, None)


def open_to(person: UUID) -> OpenTo | None:
    """What this person finds here: one page where it is written down that they have died, and nothing where
    their record was erased: no session, link, token or code of theirs opens anything."""
    ask = answers("open_to")
    found: OpenTo | None = ask(person) if ask else EVERYTHING
    return found


def has_died(person: UUID) -> bool:
    """Whether this person has died: then nothing is sent to them."""
    ask = answers("has_died")
    return bool(ask(person)) if ask else False


def joined_records(person: UUID) -> tuple[UUID, frozenset[UUID]]:
    """The record that stands for this person now, and those that were joined into it."""
    ask = answers("joined_records")
    return ask(person) if ask else (person, frozenset())


def set_up_by(person: UUID) -> UUID | None:
    """The worker who alone wrote down how somebody signs in; nobody, where it was they or a second one."""
    ask = answers("set_up_by")
    return ask(person) if ask else None


def person_for_oidc(issuer: str, subject: str) -> UUID | None:
    ask = answers("person_for_oidc")
    return ask(issuer, subject) if ask else None


def office_of(person: UUID, at: datetime | None = None) -> UUID | None:
    """The office this person holds: what public pages show of their acts."""
    ask = answers("offices_of")
    held = ask(person, at or clock.now()) if ask else []
    return held[0] if held else None


def way_in(code: str) -> WayIn | None:
    ask = answers("way_in")
    return ask(code) if ask else None


def acting_program(program: UUID) -> ActsFor | None:
    """A program that somebody lets act for them today; nothing once it was stopped, or its time is over."""
    ask = answers("acting_program")
    return ask(program) if ask else None


def may_type_for(typist: UUID, at: datetime | None = None) -> list[tuple[UUID, str]]:
    """Whose acts this person may type in for them. Nobody's, until the people topic says whose."""
    ask = answers("may_type_for")
    return list(ask(typist, at or clock.now())) if ask else []


def matters_shown(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, tuple[Any, str]]:
    """Of these ids, the matters and promises that this reader may see: what each is about, and its page."""
    ask = answers("matters_shown")
    return dict(ask(actor, list(ids))) if ask else {}


def promises_late(actor: Actor, body: UUID) -> PromisesLate | None:
    """How many promises of a body are past their day, as its councillors read it."""
    ask = answers("promises_late")
    return ask(actor, body) if ask else None


def raised_from(actor: Actor, promise: UUID) -> list[tuple[Any, str]]:
    """The matters raised because this promise was not kept, of those that this reader may see."""
    ask = answers("raised_from")
    return list(ask(actor, promise)) if ask else []
