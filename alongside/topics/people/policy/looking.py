"""For whom somebody looks at words before everyone may read them: the body itself, or somebody outside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, LinkKind, Office, Organisation
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.policy.names import offices_of


@dataclass(frozen=True)
class Looker:
    """The body for which somebody looks, and the office they hold there: what pages show of them."""

    body: UUID | None
    office: UUID | None
    is_outside: bool


def looker(actor: Actor, body: UUID, at: datetime) -> Looker:
    """Somebody who has any post in the body looks for the body, whatever else they belong to."""
    if actor.person is None:
        return Looker(None, None, is_outside=False)
    posts = posts_of(actor.person, at, (*Kinds.POSTS, LinkKind.BOARD_MEMBER))
    mine = set(posts.values_list("organisation", flat=True))
    if body in mine:
        return Looker(body, _office(actor.person, body, at), is_outside=False)
    led = Organisation.everything.filter(is_user_led=True, id__in=mine).order_by("id")
    runs = posts.filter(kind__in=[*Kinds.COLLEAGUES, LinkKind.BOARD_MEMBER]).values("organisation")
    found: UUID | None = led.filter(id__in=runs).values_list("id", flat=True).first()
    return Looker(found, _office(actor.person, found, at), is_outside=found is not None)


def _office(person: UUID, body: UUID | None, at: datetime) -> UUID | None:
    held = Office.everything.filter(id__in=offices_of(person, at), organisation=body).order_by("id")
    office: UUID | None = held.values_list("id", flat=True).first()
    return office
