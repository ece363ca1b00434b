"""Who reads a worry: the duty team; and whoever is asked, from outside of it, to take it up."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.policy import NO_ROWS, Actor, rule
from alongside.topics.decisions.policy import rows
from alongside.topics.people.models import Kinds, Link, LinkKind, Team
from alongside.topics.people.models.bodies import offices_held
from alongside.topics.people.models.links import live, posts_of
from alongside.topics.people.policy import bodies_of


def worry_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names a body on whose duty team the actor works; where nobody works on one, whoever
    helps to run it. Else no manager reads what was told to the duty team, for it may be about one of them."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    mine = posts_of(actor.person, at, Kinds.COLLEAGUES).filter(team__isnull=False).values("team")
    duties = Team.everything.filter(is_duty=True)
    duty = duties.filter(id__in=mine).values("organisation")
    on_it = Link.everything.filter(live(at), other=None, kind__in=list(Kinds.COLLEAGUES))
    has_one = Exists(on_it.filter(team__in=duties.values("id"), organisation=OuterRef(field)))
    runs = Q(**{f"{field}__in": bodies_of(actor, at, [LinkKind.MANAGER])})
    return Q(**{f"{field}__in": duty}) | (runs & ~Q(has_one))


def still_there_q(actor: Actor, at: datetime) -> Q:
    """Askings of somebody who holds the office still, or works where they did: who left reads nothing."""
    works = posts_of(actor.person, at, Kinds.COLLEAGUES).filter(organisation__isnull=False)
    by_post = Q(office=None, body__in=works.values("organisation"))
    return by_post | Q(office__in=offices_held(actor.person, at))


def asked_to_take_up_q(actor: Actor, at: datetime) -> Q:
    """Worries that the actor is asked to take up, from outside the duty team, or has taken up so."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    asked = rows("ConcernAsked").filter(still_there_q(actor, at), asked__in=actor.ids, ended_at=None)
    return Q(Exists(asked.filter(concern=OuterRef("id"))))


@rule(_("the duty team"))
def the_duty_team(actor: Actor, at: datetime) -> Q:
    return worry_q(actor, at, "organisation")


@rule(_("someone outside the duty team, who was asked to take it up"))
def asked_to_take_up(actor: Actor, at: datetime) -> Q:
    return asked_to_take_up_q(actor, at)
