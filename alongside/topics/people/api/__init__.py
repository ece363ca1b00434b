"""People for programs to read: what the reader may see and no more. What can be done is under /api/do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from alongside.interfaces.answers import Items, Page
from alongside.interfaces.api import cut, page_of
from alongside.interfaces.who import actor_of
from alongside.interfaces.wired import matters_shown
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing, Recorded
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.api import told
from alongside.topics.people.models import (
    BoardCount,
    InformationNeed,
    Link,
    Office,
    Organisation,
    OrganisationKind,
    Person,
    Team,
    WayToTell,
)
from alongside.topics.people.pages.deaths import death_shown
from alongside.topics.people.pages.finding import search
from alongside.topics.people.pages.looks import who_looked
from alongside.topics.people.pages.members import memberships, seats_of
from alongside.topics.people.pages.sight import everyone_sees, seers
from alongside.topics.people.pages.who_wrote import may_know_the_author, said_at
from alongside.topics.people.policy import name_of, names_of, works_with

router = Router()


@router.get("/me")
def me(request: HttpRequest) -> told.Me:
    """Who you are here: the number of the person whose token it is, and whether it may decide about others.
    Without a token it is nobody."""
    actor = actor_of(request)
    name = name_of(actor.person) if actor.person is not None else None
    return {"person": actor.person, "name": name, "decides_about_others": actor.strong}


@router.get("/find")
def find(request: HttpRequest, q: str = "") -> Items[told.Found]:
    """People you may know of, by a part of the name. There is no list of everybody."""
    return {"items": [{"id": one["id"], "name": one["name"]} for one in search(actor_of(request), q)]}


@router.get("/organisations")
def organisations(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Body]:
    """Every body, with its teams, its offices and the last count of its board."""
    rows = Organisation.objects.seen_by(actor_of(request))
    return page_of(rows, lambda row: _body(request, row), cursor, limit)


@router.get("/links")
def links(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Relationship]:
    """Relationships that you may see."""
    actor = actor_of(request)
    found = cut(Link.objects.seen_by(actor), cursor, limit)
    ended = matters_shown(actor, {row.ended_by_decision for row in found["items"] if row.ended_by_decision})
    began = reading.began({row.id: row.made_by for row in found["items"]})
    items = [_link(actor, row, ended, began.get(row.id)) for row in found["items"]]
    return {"items": items, "next": found["next"]}


@router.get("/organisations/{uuid:pk}/members")
def members(request: HttpRequest, pk: UUID) -> Items[told.Member]:
    """Who belongs to a body, and who says so and waits: for those who act for it, and nobody else."""
    actor = actor_of(request)
    body: Organisation = the(Organisation, pk, seen_by=actor)
    rows = memberships(actor, body.id)
    names = names_of(row.person for row in rows)
    return {
        "items": [
            {
                "link": row.id,
                "person": row.person,
                "name": names[row.person],
                "kind": row.kind,
                "since_on": row.since_on,
                "confirmed": not row.is_own_word,
                "confirmed_by_two": not row.is_own_word and row.first_yes_by is not None,
            }
            for row in rows
        ]
    }


@router.get("/{uuid:pk}")
def person(request: HttpRequest, pk: UUID) -> told.OnePerson:
    """One person, as far as you may see them."""
    actor = actor_of(request)
    row = the(Person, pk, seen_by=actor)
    reading.looked(actor, row.id, "people:api")
    needs = InformationNeed.objects.seen_by(actor).filter(person=row.id, ended_at=None)
    ways = WayToTell.objects.seen_by(actor).filter(person=row.id, ended_at=None)
    return {
        "id": row.id,
        "name": name_of(row.id),
        "state": row.state,
        "merged_into": row.merged_into,
        "is_child": row.is_child,
        "death": _death(actor, row.id),
        "needs": [{"id": need.id, "category": need.category, "code": need.code} for need in needs],
        "ways": [
            {
                "id": way.id,
                "channel": way.channel,
                "is_safe": way.is_safe,
                "language": way.language,
                "set_by": way.set_by,
                "confirmed": way.set_by is None or way.confirmed_at is not None,
            }
            for way in ways
        ],
    }


@router.get("/{uuid:pk}/who-can-see")
def who_can_see(request: HttpRequest, pk: UUID) -> told.WhoCanSee:
    """Who can see what of this person, by the same rules as every page, and who looked, by day and person:
    for them and their workers."""
    actor, at = actor_of(request), clock.now()
    row = the(Person, pk, seen_by=actor)
    if actor.only is not None or (row.id not in actor.ids and not works_with(actor, row.id, at)):
        raise Missing
    reading.looked(actor, row.id, "people:api")
    is_me = row.id in actor.ids
    return {
        "items": [
            {
                "person": seer.person,
                "name": seer.name,
                "sees": [{"what": str(words), "rows": rows, "of": of} for words, rows, of in seer.areas],
                "because": [link.id for link in seer.links],
                "why": [str(words) for words in seer.why],
            }
            for seer in seers(row.id, at, is_me=is_me)
        ],
        "everyone_sees": [
            {"what": str(words), "rows": rows, "of": of}
            for words, rows, of in everyone_sees(row.id, at, is_me=is_me)
        ],
        "who_looked": [
            {
                "person": one.day.by,
                "name": one.who,
                "day": one.day.on,
                "pages": len(one.looks),
                "first": one.day.first,
                "last": one.day.last,
                "looks": [{"at": look.at, "page": str(look.words)} for look in one.looks],
            }
            for one in who_looked(row.id)
        ],
    }


def _body(request: HttpRequest, row: Organisation) -> told.Body:
    actor = actor_of(request)
    teams = list(Team.objects.seen_by(actor).filter(organisation=row.id))
    offices = list(Office.objects.seen_by(actor).filter(organisation=row.id).order_by("made_by"))
    names = names_of([row.id, *(one.id for one in (*teams, *offices))])
    count = (
        BoardCount.objects.seen_by(actor).filter(organisation=row.id).order_by("-counted_on", "-at").first()
    )
    seats = seats_of(row.id) if row.kind == OrganisationKind.USER_LED else {"of": 0}
    return {
        "id": row.id,
        "name": names[row.id],
        "kind": row.kind,
        "is_user_led": row.is_user_led,
        "board": {
            "counted_on": count.counted_on,
            "members": count.members,
            "who_draw_on_support": count.who_draw_on_support,
            "needed_percent": count.needed_percent,
        }
        if count is not None
        else None,
        "board_seats": {"confirmed_by_two": seats["by_two"], "of": seats["of"]} if seats["of"] else None,
        "teams": [{"id": team.id, "name": names[team.id], "is_duty": team.is_duty} for team in teams],
        "offices": [{"id": one.id, "name": names[one.id], "team": one.team} for one in offices],
    }


def _death(actor: Actor, person: UUID) -> told.Dead | None:
    """That they have died, for whoever may know it, and what was told and not written down yet."""
    found = death_shown(actor, person)
    if found is None:
        return None
    return {
        "id": found.id,
        "died_on": found.died_on,
        "written_down": found.stands,
        "at": found.written_at or found.told_at,
        "by": found.written_by or found.told_by,
    }


def _link(actor: Actor, row: Link, ended: Mapping[UUID, Any], first: Recorded | None) -> told.Relationship:
    knows, at = may_know_the_author(actor, row), said_at(row, first)
    return {
        "id": row.id,
        "person": row.person,
        "other": row.other,
        "organisation": row.organisation,
        "team": row.team,
        "kind": row.kind,
        "basis": row.basis,
        "scope": row.scope,
        "shows": row.shows,
        "since_on": row.since_on,
        "until_on": row.until_on,
        "is_live": row.is_live(clock.now()),
        "ended_by_decision": row.ended_by_decision if row.ended_by_decision in ended else None,
        "said_by": row.said_by if knows else None,
        "said_at": at if knows else None,  # by the very minute somebody could be found who wrote it
        "said_on": None if at is None else clock.day_of(at),
    }
