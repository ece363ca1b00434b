"""Names and offices. Whoever asks has shown that they may see the thing that the name stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.policy import INSTALLATION, PUBLIC, Actor
from alongside.topics.people.models import Findable, Holding, Kinds, Link, LinkKind, Office, Person, Team
from alongside.topics.people.models.bodies import offices_held
from alongside.topics.people.models.links import live


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Each id with its name: a person, a body, a team or an office. “Someone” when it is gone."""
    wanted = {one for one in ids if one is not None}
    found = _of_nobody(wanted)
    found |= {row.id: row.name for row in Findable.everything.like(id=wanted, read_only=("name",))}
    return {one: found.get(one) or _("Someone") for one in wanted}


def _of_nobody(wanted: set[UUID]) -> dict[UUID, str]:
    """What those are called who are no person: Alongside itself, and whoever spoke without a name."""
    known = {INSTALLATION: "Alongside"} if INSTALLATION in wanted else {}
    return known | {PUBLIC: _("Someone who gave no name")} if PUBLIC in wanted else known


def names_for_a_visitor(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """What somebody who has not signed in is told: bodies, offices and councillors by name, nobody else.

    Anybody may be a visitor, whoever somebody hides from among them. A councillor's office is public.
    """
    wanted = {one for one in ids if one is not None}
    rows, now = Findable.everything.like(id=wanted), clock.now()
    seats = Link.everything.like(kind=LinkKind.COUNCILLOR, person=wanted)
    open_to_all = {row.person for row in seats if row.is_live(now)}
    found = _of_nobody(wanted)
    found |= {row.id: row.name for row in rows if row.kind != Findable.PERSON or row.id in open_to_all}
    return {one: found.get(one) or _("Someone") for one in wanted}


def people_among(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these ids are people on record."""
    return {row.id for row in Person.everything.like(id=set(ids))}


def public_names_of(ids: Iterable[UUID | None], at: datetime) -> dict[UUID, str]:
    """The same for a page that anyone can read: whoever works in a body goes by their office there."""
    found = names_of(ids)
    held = Holding.everything.filter(holder__in=found, opens_at__lte=at)
    held = held.filter(Q(closes_at=None) | Q(closes_at__gt=at)).order_by("-opens_at")
    offices = dict(held.values_list("holder", "office"))
    posts = Link.everything.filter(live(at), person__in=found, other=None)
    bodies = dict(
        posts.filter(kind__in=[kind.value for kind in Kinds.COLLEAGUES], organisation__isnull=False)
        .order_by("-opens_at")
        .values_list("person", "organisation")
    )
    called = names_of([*offices.values(), *bodies.values()])
    worker = _("Someone who works for %(body)s")
    found |= {one: worker % {"body": called[body]} for one, body in bodies.items()}
    return found | {one: called[office] for one, office in offices.items()}


def name_of(one: UUID | None) -> str:
    """The name of a person, a body, a team or an office."""
    return _("Someone") if one is None else names_of([one])[one]


office_name = name_of


def offices_of(person: UUID, at: datetime) -> list[UUID]:
    """The offices somebody holds."""
    return list(offices_held(person, at).order_by("opens_at").values_list("office", flat=True))


def holders_of(office: UUID, at: datetime) -> list[UUID]:
    """Who holds an office."""
    rows = Holding.everything.filter(office=office, opens_at__lte=at)
    return list(rows.filter(Q(closes_at=None) | Q(closes_at__gt=at)).values_list("holder", flat=True))


def told_apart(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What tells those of one name apart, as far as this reader sees it: an office or a post, a body.

    Never where somebody lives, what they need or what they belong to. For two people of one name of whom
    nothing else is known: since when the reader has worked with each of them.
    """
    wanted, now = set(ids), clock.now()
    work = Link.objects.seen_by(actor).filter(live(now), other=actor.person, person__in=wanted)
    work = work.filter(kind__in=[kind.value for kind in (*Kinds.WORKERS, *Kinds.PAID, *Kinds.ADVOCATES)])
    since = dict(work.order_by("-since_on").values_list("person", "since_on"))
    found = {
        one: _("You have worked with them since %(day)s.") % {"day": date_format(day, "j F Y")}
        for one, day in since.items()
    }
    for model in (Team, Office):
        bodies = dict(model.objects.seen_by(actor).filter(id__in=wanted).values_list("id", "organisation"))
        found |= _called(bodies)
    posts = Link.objects.seen_by(actor).filter(live(now), other=None, person__in=wanted)
    posts = posts.filter(kind__in=[kind.value for kind in Kinds.POSTS]).order_by("opens_at")
    found |= _called({row.person: row.team or row.organisation for row in posts})
    held = Holding.objects.seen_by(actor).filter(holder__in=wanted, opens_at__lte=now)
    held = held.filter(Q(closes_at=None) | Q(closes_at__gt=now)).order_by("opens_at")
    found |= _called(dict(held.values_list("holder", "office")))
    return _of_one_name(actor, wanted - found.keys(), wanted) | found | _still_alike(actor, found)


def _still_alike(actor: Actor, found: Mapping[UUID, str]) -> dict[UUID, str]:
    """Of one name and of one team or body: since when each is on record here, too."""
    names = names_of(found)
    times = Counter((names[one], what) for one, what in found.items())
    alike = {one for one, what in found.items() if times[names[one], what] > 1}
    days = _of_one_name(actor, alike, alike)
    return {
        one: _("%(work)s. %(since)s") % {"work": found[one].rstrip("."), "since": day}
        for one, day in days.items()
    }


def _of_one_name(actor: Actor, unknown: set[UUID], among: set[UUID]) -> dict[UUID, str]:
    """Of whom nothing else is known and who share a name with another: the day they were written down."""
    names = names_of(among)
    shared = {name for name, count in Counter(names.values()).items() if count > 1}
    asked = [one for one in unknown if names[one] in shared]
    rows = Person.objects.seen_by(actor).filter(id__in=asked).values_list("id", "added_at")
    return {one: _("Written down here on %(day)s.") % {"day": date_format(at, "j F Y")} for one, at in rows}


def _called(pairs: Mapping[UUID, UUID | None]) -> dict[UUID, str]:
    names = names_of(pairs.values())
    return {one: names[other] for one, other in pairs.items() if other is not None}
