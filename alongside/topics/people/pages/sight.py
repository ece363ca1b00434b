"""Who can see what of one person's, and why: asked of the very predicates that every page is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import answers, wiring
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.people.commands.keeping import WhyHeldBack
from alongside.topics.people.models import HoldBack, Kinds, Link, Person
from alongside.topics.people.models.links import live
from alongside.topics.people.pages.looks import who_looked
from alongside.topics.people.pages.shown import ShownLink, shown_links
from alongside.topics.people.policy import around, name_of, names_of, officers_of, teams_above, works_with


@dataclass(frozen=True)
class Sight:
    """One kind of thing that can be seen: its table, and the column that names the person."""

    words: Any  # said to whose it is
    of_them: Any  # said to whoever goes through it with them
    table: str
    column: str = "person"

    def said(self, is_me: bool) -> Any:
        return self.words if is_me else self.of_them


OWN: tuple[Sight, ...] = (
    Sight(
        _("Your name, and that you are here"), _("Their name, and that they are here"), "people.Person", "id"
    ),
    Sight(
        _("What you need to read, hear and answer"),
        _("What they need to read, hear and answer"),
        "people.InformationNeed",
    ),
    Sight(_("How you are safely told things"), _("How they are safely told things"), "people.WayToTell"),
    Sight(_("Who is who in your life"), _("Who is who in their life"), "people.Link"),
    Sight(_("Who should not speak for you"), _("Who should not speak for them"), "people.Dispute"),
    Sight(
        _("Your number in the council’s own system"),
        _("Their number in the council’s own system"),
        "people.CouncilReference",
    ),
    Sight(_("How often you want to be asked"), _("How often they want to be asked"), "people.Asking", "id"),
)


def sights() -> Iterable[Sight]:
    """What this room shows, and what others add in the wiring page: SIGHTS, each (words, the same said of
    them, table)."""
    yield from OWN
    for words, of_them, table in wiring("SIGHTS", ()):
        yield Sight(words, of_them, table)


LOOKED_FIRST = 7  # so many days and people stand open; those before are folded
FEW = 3  # so many can be read through at once, with all that each can see


@dataclass(frozen=True)
class Seer:
    """Somebody who can see something of the person's."""

    person: UUID
    name: str
    areas: tuple[tuple[Any, int, int], ...]  # (words, how many they see, of how many)
    links: tuple[ShownLink, ...]  # why
    why: tuple[Any, ...]  # the same, where no relationship says it


@dataclass(frozen=True)
class Alike:
    """Those who see the same of the person's for the same reason, told once."""

    names: list[str]
    seer: Seer  # one of them

    @property
    def has_one_reason(self) -> bool:
        return len(self.seer.links) + len(self.seer.why) == 1


def alike(found: Iterable[Seer]) -> list[Alike]:
    """Who sees what, each reason told once. A relationship is told by itself, for it can be changed."""
    together: dict[Any, Alike] = {}
    for seer in found:
        seen = tuple((str(words), count, of) for words, count, of in seer.areas)
        key = seer.person if seer.links else (seen, tuple(str(words) for words in seer.why))
        together.setdefault(key, Alike([], seer)).names.append(seer.name)
    return list(together.values())


def everyone_sees(person: UUID, at: datetime, *, is_me: bool = True) -> list[tuple[Any, int, int]]:
    """What of this person's anybody may read, without a name: (words, how many rows, of how many)."""
    rows = [(sight.said(is_me), _ids(sight, person, NOBODY, at), _ids(sight, person)) for sight in sights()]
    return [(words, len(open_to_all), len(every)) for words, open_to_all, every in rows if open_to_all]


def seers(person: UUID, at: datetime, reader: UUID | None = None, *, is_me: bool = True) -> list[Seer]:
    """Everyone who sees more of this person's than anybody may read, each with what and why. `is_me`: in
    words to the person; without it, in words of them."""
    ask = answers("who_else")
    others = set(ask(person)) if ask else set()
    candidates = sorted(around(person, at, others))
    names, because = names_of(candidates), _reasons(person, others, at, is_me)
    found = []
    areas = [(sight, _ids(sight, person) - _ids(sight, person, NOBODY, at)) for sight in sights()]
    for other in candidates:
        seen = []
        for sight, all_ids in areas:
            if all_ids:
                count = len(all_ids & _ids(sight, person, Actor(person=other, strong=True), at))
                if count:
                    seen.append((sight.said(is_me), count, len(all_ids)))
        if seen:
            links = tuple(_why(person, other, at, reader))
            why = (
                ()
                if links
                else tuple(words for words, who in because if other in who) or (BY_PLACE.said(is_me),)
            )
            found.append(Seer(other, names[other], tuple(seen), links, why))
    return sorted(found, key=lambda seer: (-len(seer.areas), seer.name))


def _ids(sight: Sight, person: UUID, actor: Actor | None = None, at: datetime | None = None) -> set[UUID]:
    """The person's rows of one kind: all of them as the person sees them, or those that an actor sees."""
    model: Any = apps.get_model(sight.table)
    who, like = actor or Actor(person=person), {sight.column: person}
    return {row.id for row in model.objects.seen(who, at=at, read_only=("id",), **like)}


def _why(person: UUID, other: UUID, at: datetime, reader: UUID | None) -> list[ShownLink]:
    """The relationships between the two."""
    rows = Link.objects.seen_by(Actor(person=person), at).filter(person=person, other=other)
    return [link for link in shown_links(rows, at, reader=reader) if link.is_live]


@dataclass(frozen=True)
class Why:
    """Why somebody in no relationship to a person can see something of theirs."""

    to_them: Any  # said to whose it is
    of_them: Any  # said to whoever goes through it with them

    def said(self, is_me: bool) -> Any:
        return self.to_them if is_me else self.of_them


SUPPORTS = Why(
    _("They work in the team that supports you, or lead it."),
    _("They work in the team that supports this person, or lead it."),
)
WORKS_THERE = Why(
    _("They work where you work, or lead it."), _("They work where this person works, or lead it.")
)
BEFORE = Why(
    _("They were in your life before. They still see what they took part in then."),
    _("They were in this person’s life before. They still see what they took part in then."),
)
IN_THEIR_LIFE = Why(_("You are somebody in their life."), _("This person is somebody in their life."))
ACTS_FOR_THEIRS = Why(
    _("They act for a body that you belong to."), _("They act for a body that this person belongs to.")
)
ADDED = Why(
    _("They wrote you down, so that you can be told and heard."),
    _("They wrote this person down, so that they can be told and heard."),
)
HAS_A_PART = Why(
    _("They have a part in something that is decided about you, or that you took part in."),
    _("They have a part in something that is decided about this person, or that this person took part in."),
)
BY_PLACE = Why(
    _("They may know of you, because of where you or they work."),
    _("They may know of this person, because of where one of the two works."),
)


def _reasons(person: UUID, others: set[UUID], at: datetime, is_me: bool) -> list[tuple[Any, set[UUID]]]:
    """Why somebody in no relationship to the person can see something: the sentence, and whom it fits."""
    rows = list(Link.everything.filter(live(at)).filter(Q(person=person) | Q(other=person)))
    mine = [row for row in rows if row.person == person]
    supports = {row.team for row in mine if row.team is not None and row.kind not in Kinds.POSTS}
    works = {row.team for row in mine if row.team is not None and row.kind in Kinds.POSTS}
    belongs = {row.organisation for row in mine if row.kind in Kinds.MEMBERS and row.organisation is not None}
    added = set(Person.everything.filter(pk=person).values_list("added_by", flat=True))
    found = (
        (SUPPORTS, _staff(supports, at)),
        (WORKS_THERE, _staff(works, at)),
        (IN_THEIR_LIFE, {row.person for row in rows if row.other == person}),
        (BEFORE, _were_in_their_life(person, rows)),
        (ACTS_FOR_THEIRS, {one for each in belongs for one in officers_of(each, at)}),
        (ADDED, added),
        (HAS_A_PART, others),
    )
    return [(why.said(is_me), who) for why, who in found]


def _were_in_their_life(person: UUID, now: list[Link]) -> set[UUID]:
    """Who was in some relationship to them that has ended."""
    ended = Link.everything.filter(person=person).exclude(id__in=[row.id for row in now])
    return set(ended.exclude(other=None).values_list("other", flat=True))


def _staff(teams: set[UUID], at: datetime) -> set[UUID]:
    """Who works in these teams, or in the larger ones they lie in."""
    teams = teams | {team for above in teams_above(teams).values() for team in above}
    rows = Link.everything.filter(live(at), other=None, team__in=teams, kind__in=list(Kinds.COLLEAGUES))
    return set(rows.values_list("person", flat=True))


def _works_at(person: UUID, actor: Actor, at: datetime) -> list[str]:
    """Where the person has a post: those who work there, or with it, may know their name."""
    posts = Link.objects.seen_by(actor, at).filter(live(at), person=person, other=None)
    bodies = posts.filter(kind__in=[kind.value for kind in Kinds.POSTS]).values_list(
        "organisation", flat=True
    )
    return sorted(names_of(bodies).values())


def was_held_back(actor: Actor, person: UUID) -> list[dict[str, Any]]:
    """What was held back from this person and is so no longer: since when, till when, by whom, on which test.
    In what words is not shown here, for those may point to somebody: they can ask."""
    rows = list(HoldBack.objects.seen_by(actor).filter(about=person).order_by("-proposed_at")[:50])
    names = names_of({one for row in rows for one in (row.proposed_by, row.agreed_by) if one is not None})
    return [
        {
            "row": row,
            "asked_by": names[row.proposed_by],
            "agreed_by": names[row.agreed_by] if row.agreed_by else "",
            "until": min(one for one in (row.lifted_at, row.ends_at) if one is not None),
            "test": WhyHeldBack(row.test).label,
        }
        for row in rows
    ]


@require_safe
def who_can_see_page(request: Request, pk: UUID) -> HttpResponseBase:
    """For the person, and for whoever works with them, to go through it together."""
    actor, at = request.actor, clock.now()
    person = the(Person, pk, seen_by=actor)
    is_me = person.id in actor.ids
    if not is_me and not works_with(actor, person.id, at):
        raise Missing
    if actor.only is not None:
        raise Missing
    reading.looked(actor, person.id, "people:who_can_see")
    looked = who_looked(person.id)
    found = seers(person.id, at, actor.person, is_me=is_me)
    context = {
        "person": person,
        "name": name_of(person.id),
        "is_me": is_me,
        "seers": alike(found),
        "are_few": len(found) <= FEW,
        "everyone": everyone_sees(person.id, at, is_me=is_me),
        "works_at": _works_at(person.id, actor, at),
        "was_held": was_held_back(actor, person.id) if is_me else [],
        "looked": looked[:LOOKED_FIRST],
        "looked_before": looked[LOOKED_FIRST:],
    }
    return render(request, "people/who_can_see.html", context)
