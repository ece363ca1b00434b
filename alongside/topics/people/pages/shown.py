"""How relationships, needs and ways are put into words, the same on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces.wired import matters_shown
from alongside.kernel import clock, rules
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.addresses import waits_for_somebody
from alongside.topics.people.models import Basis, InformationNeed, Kinds, Link, LinkKind, Scope, WayToTell
from alongside.topics.people.policy import names_of

WHY = {
    Basis.CONSENT: gettext_lazy("The person agreed to it."),
    Basis.LAW: gettext_lazy("The law provides it."),
    Basis.OFFICE: gettext_lazy("It is their work."),
    Basis.FACT: gettext_lazy("That is how it is."),
}


@dataclass(frozen=True)
class ShownLink:
    """A relationship, as a page shows it."""

    id: UUID
    person: UUID
    other: UUID | None
    whose: str  # the name of the one whose life it is
    who: str  # the name of the one who stands in it, or the body
    kind: str
    where: str
    why: str
    scope: str
    since_on: date
    until_on: date | None
    state: str
    look: str
    is_live: bool
    is_over: bool
    waits: bool
    shows: bool
    is_speaker: bool
    by_consent: bool
    is_twice: bool  # the same one stands here as something else too
    rests_on: tuple[Any, str] | None  # of support that ended: the decision, and its page, for who may see it
    written: str = ""  # who wrote it down, and when, as far as the reader may know it


def shown_links(
    rows: Iterable[Link],
    at: datetime | None = None,
    *,
    reader: UUID | None = None,
    matters: Mapping[UUID, tuple[Any, str]] | None = None,
) -> list[ShownLink]:
    """Relationships in words: those that count first, then those that wait, then those that ended.

    `reader` is who reads: of their own they are told as “you”. `matters` are the decisions that ended some of
    them, as far as the reader may see these.
    """
    rows = list(rows)
    moment = at or clock.now()
    names = names_of([one for row in rows for one in (row.person, row.other, row.organisation, row.team)])
    found = [_shown(row, names, moment, reader, matters or {}) for row in rows]
    times = Counter(link.who for link in found)
    found = [replace(link, is_twice=times[link.who] > 1) for link in found]
    return sorted(found, key=lambda link: (not link.is_live, not link.waits, link.since_on))


def ended_by(actor: Actor, rows: Iterable[Link]) -> dict[UUID, tuple[Any, str]]:
    """The decisions on which the end of these rests, as far as this reader may see them."""
    ids = {row.ended_by_decision for row in rows if row.ended_by_decision is not None}
    return matters_shown(actor, ids) if ids else {}


def _shown(
    row: Link,
    names: dict[UUID, str],
    at: datetime,
    reader: UUID | None,
    matters: Mapping[UUID, tuple[Any, str]],
) -> ShownLink:
    live = row.is_live(at)
    ended = row.closes_at is not None and row.closes_at <= at
    waits = row.opens_at is None and not ended
    state, look = _("Now"), "good"
    if ended:
        state, look = _("Ended"), "quiet"
    elif waits:
        mine = row.person == reader
        state = _("Waiting for you to agree") if mine else _("Waiting for the person to agree")
        look = "waiting"
    elif not live:
        state, look = _("Not yet"), "waiting"
    where = [names[one] for one in (row.team, row.organisation) if one is not None]
    is_speaker = row.kind in Kinds.SPEAKERS
    return ShownLink(
        id=row.id,
        person=row.person,
        other=row.other,
        whose=names[row.person],
        who=names[row.other] if row.other else ", ".join(where),
        kind=LinkKind(row.kind).said_to(is_me=row.person == reader),
        where=", ".join(where) if row.other else "",
        why=_why(row, reader),
        scope=str(Scope(row.scope).label) if is_speaker else "",
        since_on=row.since_on,
        until_on=row.until_on,
        state=state,
        look=look,
        is_live=live,
        is_over=ended,
        waits=waits,
        shows=row.shows,
        is_speaker=is_speaker,
        by_consent=row.basis == Basis.CONSENT,
        is_twice=False,
        rests_on=matters.get(row.ended_by_decision) if row.ended_by_decision else None,
    )


def _why(row: Link, reader: UUID | None) -> str:
    if row.basis == Basis.CONSENT and row.person == reader:
        return _("You agreed to it.")
    its_own = row.other == reader or (row.other is None and row.person == reader)
    if row.basis == Basis.OFFICE and reader is not None and its_own:
        return _("It is your work.")
    return str(WHY[Basis(row.basis)])


def choices_of(list_key: str) -> dict[str, str]:
    """The names of a list of the rules in force, in the reader's language."""
    pack = rules.here(clock.today())
    return {code: str(name) for code, name in pack.choices(list_key)}


def shown_needs(rows: Iterable[InformationNeed]) -> list[dict[str, Any]]:
    """Needs by their four categories, each with what was said and by whom. Empty categories are shown too."""
    rows = list(rows)
    names = names_of([row.said_by for row in rows])
    found = []
    for category, title in choices_of("access.categories").items():
        codes = choices_of(f"access.{category}")
        found.append(
            {
                "category": category,
                "title": title,
                "kind": ASK[category],
                "needs": [
                    {"row": row, "name": codes.get(row.code, row.code), "said_by": names[row.said_by]}
                    for row in rows
                    if row.category == category
                ],
            }
        )
    return found


ASK = {
    "contact": "people.contact_asked_for",
    "format": "people.format_asked_for",
    "support": "people.support_asked_for",
    "aids": "people.aids_asked_for",
}


def shown_ways(rows: Iterable[WayToTell]) -> list[dict[str, Any]]:
    """Ways to be told, in words: who wrote each down, and whether anybody has confirmed it.

    `turn` is when it is tried: the safe ones in their order; one that is not safe never.
    """
    rows = list(rows)
    turns = {row.id: turn for turn, row in enumerate((row for row in rows if row.is_safe), 1)}
    names = names_of([one for row in rows for one in (row.shared_with, row.set_by, row.confirmed_by)])
    channels = choices_of("told.channels")
    return [
        {
            "row": row,
            "turn": turns.get(row.id),
            "channel": channels.get(row.channel, row.channel),
            "language": row.get_language_display(),
            "shared_with": names[row.shared_with] if row.shared_with else "",
            "set_by": names[row.set_by] if row.set_by else "",
            "confirmed_by": names[row.confirmed_by] if row.confirmed_by else "",
            "unsure": row.set_by is not None and row.confirmed_at is None,
            "was_asked": row.set_by is not None and waits_for_somebody(row.id),
        }
        for row in rows
    ]
