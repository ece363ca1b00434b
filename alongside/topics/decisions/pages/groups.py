"""The people a matter affects: how many, how many were told and answered, and how the lot was drawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import chart, words
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.few import whole_lots
from alongside.kernel.policy import Actor
from alongside.kernel.reading import history
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.groups import is_judged_now
from alongside.topics.decisions.commands.reach import Reach, reach_of, was_listed_too_late
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.commands.told_words import they_say
from alongside.topics.decisions.models import RoundKind
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import Names, part_rows, reached_of, who_typed_it
from alongside.topics.people.policy import smallest_shown

CORRECTED = "decisions.group_size_corrected"


@require_safe
def groups_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Which people this affects, and how far we have come with them."""
    actor = request.actor
    decision = opened(pk, actor)
    here = request.get_full_path()
    rows = [row for row in part_rows(models.Affected, actor, pk, "made_by") if row.person is None]
    seats = models.Decider.objects.seen_by(actor).filter(decision=pk, person__in=actor.ids, until_at=None)
    decides = seats.exists()
    told = part_rows(models.Telling, actor, pk, "told_at")
    names = Names(actor, [one.told_by for one in told if one.group is not None], matter=decision)
    groups = [
        _group(actor, decision, row, told, here, names, decides=decides)
        for row in rows
        if row.ended_at is None
    ]
    correct = decision.is_open and may_do(actor, CORRECTED, pk)
    for each in groups:
        row = each["row"]
        each["sizes"] = sizes_before(pk, row.id)
        each["correct"] = address_of(CORRECTED, decision=pk, group=row.id, next=here) if correct else ""
    context = {
        "decision": decision,
        "back": reverse("decisions:decision", args=[pk]),
        "groups": groups,
        "all_views": reverse("decisions:views", args=[pk]),
        "define": address_of("decisions.people_defined", decision=pk, next=here)
        if decides and decision.is_open and not decision.is_about_person
        else "",
    }
    return render(request, "decisions/groups.html", context)


def _group(
    actor: Actor,
    decision: models.Decision,
    row: models.Affected,
    told: list[models.Telling],
    here: str,
    names: Names,
    *,
    decides: bool,
) -> dict[str, Any]:
    mine_told = [one for one in told if one.group == row.id]
    lots = part_rows(models.Lot, actor, decision.id, "drawn_at")
    lot = next((one for one in lots if one.group == row.id and one.of_change is None), None)
    drawn = [one for one in lots if one.group == row.id]
    latest = {one.of_change: one.id for one in drawn}  # the same people, asked again, are told so once
    rounds = [one for one in part_rows(models.Round, actor, decision.id, "number") if one.group == row.id]
    reach = reach_of(decision.id, row.id)
    is_late = bool(row.listed) and was_listed_too_late(decision, row.id)
    mine = models.Listed.objects.seen_by(actor).filter(group=row.id, person__in=actor.ids).first()
    return {
        "row": row,
        "word": reached_of(mine_told),
        "typed_by": who_typed_it(mine_told, names),
        **_told_words(actor, decision, row, here, decides=decides),
        "not_told": _to_deny(actor, decision, row, mine_told, here) if not decides else "",
        "lot": lot,
        "lots": [
            _lot(actor, one, mine, here) | {"is_latest": latest[one.of_change] == one.id} for one in drawn
        ],
        "reach": reach,
        "on_list": _on_list_so_far(row) if decides else 0,
        **(_reached(reach, lot, smallest=0 if decides else smallest_shown()) if row.listed else {}),
        "is_late": is_late,
        "rounds": [_round(one) for one in rounds],
        "mine": mine,
        "tools": _tools(decision, row, lot, rounds, here)
        if decides and (decision.is_open or is_judged_now(decision.id))
        else [],
        "messages": messages_of(row.id) if decides else [],
    }


def _on_list_so_far(row: models.Affected) -> int:
    """How many are on a list that nobody has called whole yet: for those who make it."""
    return 0 if row.listed is not None else models.Listed.everything.filter(group=row.id).count()


def sizes_before(decision: UUID, group: UUID) -> list[dict[str, Any]]:
    """How many a group was said to be before, until which day, and why that was put right. Oldest first."""
    lines = [one for one in history(decision, [CORRECTED]) if UUID(str(one.value("group"))) == group]
    return [
        {
            "was": one.value("was"),
            "until": clock.day_of(one.recorded.at),
            "why": words_or_none(one.value("words")) or "",
        }
        for one in lines
    ]


def _told_words(
    actor: Actor, decision: models.Decision, row: models.Affected, here: str, *, decides: bool
) -> dict[str, Any]:
    """How many of them say that nobody told them; and where the reader says it of themself."""
    kind, told = "decisions.told_or_not_said", they_say([row.id])
    mine = models.ToldWord.objects.seen(actor, "-made_by", group=row.id, denied=None, most=1)
    may = not decides and actor.person is not None and may_do(actor, kind, decision.id)
    given = {"decision": decision.id, "group": row.id, "next": here}
    return {
        "they_say": told.get(row.id),
        "few_said": smallest_shown() if told.get(row.id, ()) is None else 0,
        "i_said": bool(mine),
        "say_told": address_of(kind, **given) if may else "",
    }


def _to_deny(
    actor: Actor, decision: models.Decision, row: models.Affected, told: list[models.Telling], here: str
) -> str:
    """Where somebody of the group asks how it was counted, because nobody told them: those who typed the
    number must answer."""
    is_counted = any(one.reached_count for one in told)
    if not is_counted or actor.person is None or not may_do(actor, "decisions.question_asked", decision.id):
        return ""
    words = _(
        "I am one of these people: %(group)s. Nobody told me of this. How did you count whom it reached?"
    )
    given = {"decision": decision.id, "words": words % {"group": row.group}, "next": here}
    return address_of("decisions.question_asked", **given)


def _lot(actor: Actor, lot: models.Lot, mine: models.Listed | None, here: str) -> dict[str, Any]:
    """One draw: what it was for, what anyone needs to do it again, and whether the reader was drawn."""
    change = models.Change.objects.seen_by(actor).filter(id=lot.of_change).first() if lot.of_change else None
    is_mine = mine is not None and mine.number in lot.drawn
    leave = address_of("decisions.lot_left", decision=lot.decision, group=lot.group, next=here)
    return {
        "row": lot,
        "passed": (lot.passed or "").replace(",", ", "),
        "leave": leave if is_mine and change is not None else "",
        "for_change": str(change.name) if change is not None else "",
        "numbers": lot.numbers.replace(",", ", "),
        "check": f"printf %s {lot.seed}:1 | sha256sum",
        "is_mine": is_mine,
    }


def _round(row: models.Round) -> dict[str, Any]:
    return {"row": row, "what": str(RoundKind(row.kind).label)}


def _reached(reach: Reach, lot: models.Lot | None, *, smallest: int) -> dict[str, Any]:
    """Who answered: in whole lots for everyone, so that nobody can tell who has just spoken."""
    hidden = 0 < reach.answered < smallest
    return {
        "answered": words.at_least(reach.answered, smallest=smallest),
        "others": words.at_least(reach.others, smallest=smallest),
        "in_lots_of": smallest if reach.answered or reach.others else 0,
        "bar": None if hidden else _bar(reach, is_drawn=lot is not None, smallest=smallest),
    }


def _bar(reach: Reach, *, is_drawn: bool, smallest: int) -> chart.Bar:
    """Of those asked by name, how many answered."""
    asked = _("asked by lot, answered") if is_drawn else _("on the list, answered")
    answered = whole_lots(reach.answered, smallest=smallest)
    silent = _("not counted, or not answered") if smallest else _("have not answered")
    said = {
        "asked": words.number(reach.asked),
        "answered": words.at_least(reach.answered, smallest=smallest),
        "others": words.at_least(reach.others, smallest=smallest),
    }
    sentence = (
        _("Of %(asked)s drawn: %(answered)s answered. Others who spoke: %(others)s.")
        if is_drawn
        else _("Of %(asked)s on the list: %(answered)s answered. Others who spoke: %(others)s.")
    )
    parts = [chart.Part(asked, answered, "these"), chart.Part(silent, reach.asked - answered, "no-answer")]
    return chart.bar(parts, name=_("Who answered"), sentence=sentence % said)


def _tools(
    decision: models.Decision,
    row: models.Affected,
    lot: models.Lot | None,
    rounds: list[models.Round],
    here: str,
) -> list[tuple[str, str]]:
    """(address, words): what those who decide can do with this group now."""

    def act(kind: str) -> str:
        return address_of(f"decisions.{kind}", decision=decision.id, group=row.id, next=here)

    if row.listed is None:
        if row.listing_since is not None:
            return []
        return [
            (act("group_tied"), _("They are everyone who belongs to a body or draws on it")),
            (act("people_listed"), _("Put people on its list by name")),
            (act("list_closed"), _("Say that its list is whole")),
        ]
    if not decision.is_open:
        return []  # whoever is on the list is asked from the page of the change
    large = row.listed > pack_of(decision).number("decision.lot.over")
    if large and lot is None:
        return [(act("lot_drawn"), _("Draw by lot whom to ask by name"))]
    if any(one.whole_at is None for one in rounds):
        return []
    return [(act("round_begun"), _("Send word to everyone on its list"))]


def messages_of(group: UUID) -> list[tuple[str, int]]:
    """(what became of it, how many people): for those who decide, as counts and never as names."""
    rows = models.Waiting.everything.filter(group=group)
    left = rows.filter(left_out_at__isnull=False).count()
    waits = rows.filter(bundle=None, left_out_at=None).count()
    states = models.Bundle.everything.filter(id__in=rows.filter(bundle__isnull=False).values("bundle"))
    counted = dict(states.order_by().values_list("state").annotate(number=Count("id")))
    said_of = [
        (_("sent"), counted.get("sent", 0) + counted.get("leaving", 0)),
        (_("have no safe way yet: ring or visit them"), counted.get("held", 0)),
        (_("could not be delivered"), counted.get("failed", 0)),
        (_("wait for a day that suits how often they want to hear from us"), waits),
        (_("were not asked again, for they had answered"), left),
    ]
    return [(said, number) for said, number in said_of if number]
