"""Rules for `may` and `seen_by`: they compile to SQL, and look at the actor and the moment alone.

`field` is the column that holds the person's id; "pk" on the table of persons itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.policy import NO_ROWS, Actor, Rule, actor_rule, rule
from alongside.topics.people.models import Kinds, LinkKind, Organisation, Team
from alongside.topics.people.models.links import (
    bodies_of,
    circle_q,
    linked_q,
    managed_q,
    posts_of,
    speaks_for_q,
    worker_q,
)


def is_the_person(field: str = "person") -> Rule:
    """Only the person themselves; with another column, the one whom that column names."""
    named = {"other": _("the one it is about"), "placed_by": _("the one who asked for it")}
    return Rule(named.get(field, _("the person themselves")), row=lambda actor, at: _self_q(actor, field))


def linked(kinds: Iterable[LinkKind | str], field: str = "person") -> Rule:
    """Only somebody who stands in the person's life as one of these."""
    codes = [LinkKind(kind) for kind in kinds]
    named = lazy(lambda: ", ".join(str(code.label) for code in codes).lower(), str)()
    return Rule(named, row=lambda actor, at: linked_q(actor, at, field, codes))


def voice_of(field: str = "person", *, scope: str | None = None, matter_field: str | None = None) -> Rule:
    """Only somebody who may speak for the person now."""
    return Rule(
        _("someone who may speak for them"),
        row=lambda actor, at: speaks_for_q(actor, at, field, scope=scope, matter_field=matter_field),
    )


def circle_of(field: str = "person") -> Rule:
    """Only somebody to whom the person shows their decisions and promises."""
    return Rule(_("someone they let see this"), row=lambda actor, at: circle_q(actor, at, field))


def worker_of(field: str = "person") -> Rule:
    """Only the person's named worker or practitioner, or the duty team that looks after them."""
    return Rule(_("their worker"), row=lambda actor, at: worker_q(actor, at, field))


def manager_of(field: str = "person") -> Rule:
    """Only a manager of the person's worker."""
    return Rule(_("their worker’s manager"), row=lambda actor, at: managed_q(actor, at, field))


the_person = is_the_person()
their_voice = voice_of()
their_circle = circle_of()
their_worker = worker_of()
their_manager = manager_of()


def in_a_body(kinds: Iterable[LinkKind], field: str = "organisation") -> Rule:
    """Only somebody who stands in that organisation as one of these."""
    codes = [LinkKind(kind) for kind in kinds]
    manages, board = LinkKind.MANAGER in codes, LinkKind.BOARD_MEMBER in codes
    named = _("a manager there, or someone on its board") if board else _("a manager there")
    return Rule(
        named if manages else _("someone who works there"),
        row=lambda actor, at: (
            NO_ROWS
            if actor.person is None or actor.only
            else Q(**{f"{field}__in": bodies_of(actor, at, codes)})
        ),
    )


@rule(_("someone who works in a council, a provider or another body"))
def works_in_a_body(actor: Actor, at: datetime) -> Q:
    """For commands judged on an organisation: the actor works for it."""
    return works_for_q(actor, at, "pk")


def _self_q(actor: Actor, field: str) -> Q:
    return NO_ROWS if actor.person is None else Q(**{f"{field}__in": actor.ids})


def works_for_q(actor: Actor, at: datetime, organisation_field: str = "organisation") -> Q:
    """Rows whose column names an organisation that the actor works for."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(**{f"{organisation_field}__in": bodies_of(actor, at, Kinds.COLLEAGUES)})


def looks_at_words_q(actor: Actor, at: datetime, organisation_field: str = "organisation") -> Q:
    """Rows about a body whose words the actor may look at before everyone does: they work for that body, or
    work for or help to run a user-led organisation. So no body alone can leave what is said of it unread."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    led = Organisation.everything.filter(is_user_led=True).values("id")
    runs_it = posts_of(actor.person, at, (*Kinds.COLLEAGUES, LinkKind.BOARD_MEMBER)).filter(
        organisation__in=led
    )
    return works_for_q(actor, at, organisation_field) | Q(Exists(runs_it))


def duty_elsewhere_q(actor: Actor, at: datetime, organisation_field: str = "organisation") -> Q:
    """Rows of the only user-led organisation there is, for somebody of a duty team of another body: else its
    own people alone read what is said of it, and nobody outside ever does."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    led = Organisation.everything.filter(is_user_led=True)
    alone = led.exclude(Exists(led.exclude(id=OuterRef("id")))).values("id")
    duty = Team.everything.filter(is_duty=True).values("id")
    posts = posts_of(actor.person, at, Kinds.COLLEAGUES).filter(team__in=duty)
    elsewhere = posts.exclude(organisation=OuterRef(organisation_field))
    return Q(**{f"{organisation_field}__in": alone}) & Q(Exists(elsewhere))


@rule(_("someone of the body it is about, or of a user-led organisation"))
def looks_at_words(actor: Actor, at: datetime) -> Q:
    return looks_at_words_q(actor, at)


@rule(_("the one who wrote this person down"))
def who_added(actor: Actor, at: datetime) -> Q:
    """For commands judged on a person: whoever made the record, until somebody works with it."""
    return NO_ROWS if actor.person is None or actor.only is not None else Q(added_by=actor.person)


@actor_rule(_("someone who works in a council, a provider or another body"))
def works_somewhere(actor: Actor) -> bool:
    """For commands about nobody yet: the actor has a post in some body."""
    if actor.person is None or actor.only is not None:
        return False
    return posts_of(actor.person, clock.now(), Kinds.COLLEAGUES).exists()


@rule(_("a manager in the body that answers for the record"))
def keepers(actor: Actor, at: datetime) -> Q:
    """Once support has ended nobody works with a record, and still somebody must answer for it."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(held_by__in=bodies_of(actor, at, [LinkKind.MANAGER]))
