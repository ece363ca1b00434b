"""Of many: whom a matter affects, and in one sentence where they stand, for a page that shows a few."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alongside.interfaces import chart, flow, words
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import POSITIONS
from alongside.topics.decisions.pages.offices import inside
from alongside.topics.decisions.pages.shown import ShownView, part_rows
from alongside.topics.decisions.policy import CHECKED

KNOWN = flow.positions(POSITIONS)
OPEN_VIEWS = 2  # of many, before the others are folded
READ_AT_ONCE = 20  # whom a matter affects, before they are counted
IS_SOMEBODY = Q(person__isnull=False)  # and not a group
WHOM = (
    "decision",
    "person",
    "waits",
    "group",
    "size",
    "listed",
    "ended_at",
)  # what its page shows of hundreds


def where_people_stand(actor: Actor, decision: models.Decision) -> chart.Bar:
    """How many people's words this reader may read, and how many of them say what, to be drawn.

    What somebody typed for another is counted once that is checked, as it is on the map.
    """
    counts = models.View.objects.tally(
        actor, "position", where=CHECKED, decision=decision.id, is_current=True
    )
    held = [(each, counts[each.code]) for each in _positions(get_language()) if counts.get(each.code)]
    said = [each.sentence % words.number(count) for each, count in held]
    parts = [chart.Part(each.quoted, count, each.look) for each, count in held]
    drawn = chart.bar(parts, name=_("What people think"), sentence="; ".join(said))
    people = words.people(sum(counts.values()))
    return replace(drawn, caption=_("%(count)s said what they think.") % {"count": people})


class _Position(NamedTuple):
    """One position in one language, how it is drawn, and its sentence with a gap for how many hold it."""

    code: str
    look: str
    quoted: str
    sentence: str


@lru_cache(maxsize=16)
def _positions(_language: str | None) -> list[_Position]:
    """Each position in the language of this moment."""
    quoted, sentence = _("“%(what)s”"), _("“%(what)s”: %(many)s")
    return [
        _Position(
            each.code,
            each.look,
            quoted % {"what": each.words},
            sentence % {"many": "%s", "what": str(each.words).replace("%", "%%")},
        )
        for each in KNOWN
    ]


def whom_it_affects(actor: Actor, decision: UUID, held: int, *, most: int) -> tuple[list[Any], int]:
    """Whom it affects as this reader may know, and how many people they are.

    Of hundreds, the first few, the groups and the reader are read. `held`: how many rows there are at most.
    """
    if not held:
        return [], 0
    now: dict[str, Any] = {"ended_at": None, "read_only": WHOM}
    if held <= READ_AT_ONCE:
        rows = part_rows(models.Affected, actor, decision, "made_by", **now)
        return rows, sum(row.person is not None for row in rows)
    groups = part_rows(models.Affected, actor, decision, "made_by", person=None, **now)
    first = part_rows(models.Affected, actor, decision, "made_by", most=most + len(groups), **now)
    mine = part_rows(models.Affected, actor, decision, "made_by", person=actor.ids, **now)
    counts = models.Affected.objects.tally(
        actor, "waits", where=IS_SOMEBODY, decision=decision, ended_at=None
    )
    return list({row.id: row for row in (*first, *groups, *mine)}.values()), sum(counts.values())


def said_first(views: list[ShownView], *, is_about_person: bool) -> dict[str, Any]:
    """Of what is said about a service or a place: first what waits for the reader, then the newest. The
    others are folded, with their names above them."""
    if is_about_person or len(views) <= OPEN_VIEWS + 1:
        return {"views": views, "more_said": [], "more_who": []}
    waits, newest = list[ShownView](), list[ShownView]()
    for view in views:
        (waits if waits_for_reader(view) else newest).append(view)
    first = [*waits, *newest[: max(OPEN_VIEWS - len(waits), 0)]]
    are_first = {view.row.id for view in first}
    more = [view for view in views if view.row.id not in are_first]
    who = list(dict.fromkeys(str(view.who) for view in more))
    # To say “by someone” would say nothing: whoever has no name here is one of the others.
    names = [inside(name) for name in who if name != _("Someone")]
    if names and len(names) < len(who):
        names.append(_("others"))
    return {"views": first, "more_said": more, "more_who": names}


def waits_for_reader(view: ShownView) -> bool:
    """Whether the reader wrote it, can say that it is right, or is asked whether the reply answers them."""
    asked = view.reply is not None and view.reply.may_judge and not view.reply.judged
    return bool(view.show_link or view.confirm_link or asked)
