"""For whom somebody looks at words before everyone may read them: the body itself, or somebody outside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, LinkKind, Office, Organisation, Team
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.policy.names import offices_of
from alongside.topics.people.policy.rules import duty_elsewhere_q


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
    if found is None:
        found = _on_duty_elsewhere(actor, body, at)
    return Looker(found, _office(actor.person, found, at), is_outside=found is not None)


def _on_duty_elsewhere(actor: Actor, body: UUID, at: datetime) -> UUID | None:
    """For whom somebody of a duty team looks, where the body is the only user-led organisation there is."""
    if not Organisation.everything.filter(duty_elsewhere_q(actor, at, "id"), id=body).exists():
        return None
    duty = Team.everything.filter(is_duty=True).values("id")
    posts = posts_of(actor.person, at, Kinds.COLLEAGUES).filter(team__in=duty).exclude(organisation=body)
    found: UUID | None = posts.order_by("organisation").values_list("organisation", flat=True).first()
    return found


def _office(person: UUID, body: UUID | None, at: datetime) -> UUID | None:
    held = Office.everything.filter(id__in=offices_of(person, at), organisation=body).order_by("id")
    office: UUID | None = held.values_list("id", flat=True).first()
    return office
