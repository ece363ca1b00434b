"""Who wrote a relationship down, and when: as far as its reader may know it.

Whose life it is and those who work with them read the name: it stands in what was written down lately too.
Whoever else it names reads the day alone, unless they or that person said it: who else stands in a life, an
advocate perhaps, is not told by the way. Whoever holds a power is not told who wrote it down.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.kernel import clock, reading
from alongside.kernel.command import Recorded
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, Link
from alongside.topics.people.policy import names_of


def who_wrote(
    actor: Actor, rows: Sequence[Link], *, works: bool = False, in_brief: bool = False
) -> dict[UUID, str]:
    """A sentence for each row; in a list the name and the day alone. `works`: the reader works with the
    person whose relationships these are."""
    began = reading.began({row.id: row.made_by for row in rows})
    known = {row.id for row in rows if may_know_the_author(actor, row, works=works)}
    names = names_of(row.said_by for row in rows if row.id in known)
    said = _briefly if in_brief else _sentence
    return {
        row.id: "" if on is None else said(actor, row, names, on, is_known=row.id in known)
        for row in rows
        for at in [said_at(row, began.get(row.id))]
        for on in [None if at is None else clock.day_of(at)]
    }


def may_know_the_author(actor: Actor, row: Link, *, works: bool = False) -> bool:
    """Whether this reader may be told who wrote a relationship down."""
    if row.kind in Kinds.POWERS and row.other in actor.ids:
        return False
    theirs = row.person in actor.ids or works
    return theirs or (row.other in actor.ids and row.said_by in (*actor.ids, row.person))


def said_at(row: Link, first: Recorded | None) -> datetime | None:
    """When it was written down, by the entry that began it. Nothing where that cannot be told from those that
    changed it."""
    return None if first is None or first.by != row.said_by else first.at


def _sentence(actor: Actor, row: Link, names: dict[UUID, str], on: date, *, is_known: bool) -> str:
    if not is_known:
        return _("Written down on %(on)s.") % {"on": words.day(on)}
    if row.said_by in actor.ids:
        return _("You wrote this down on %(on)s.") % {"on": words.day(on)}
    return _("%(who)s wrote this down on %(on)s.") % {"who": names[row.said_by], "on": words.day(on)}


def _briefly(actor: Actor, row: Link, names: dict[UUID, str], on: date, *, is_known: bool) -> str:
    if not is_known:
        return f"{words.day(on)}."
    who = _("You") if row.said_by in actor.ids else names[row.said_by]
    return f"{who}, {words.day(on)}."
