"""All that people said about a matter, and everything that happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import HANDED_OUT, Request
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.policy import INSTALLATION, Actor
from alongside.kernel.reading import Line
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.same import SaidTheSame
from alongside.topics.decisions.pages.shown import Happened, Names, part_rows, shown_views
from alongside.topics.decisions.pages.taking_off import TakingOff
from alongside.topics.decisions.pages.typed_for import typed_by

A_PAGE, MANY, OPEN_LINES = 50, 200, 8
SEEN_BY_ALL = {  # what everyone who sees the matter may know has happened
    f"decisions.{kind}"
    for kind in [
        "raised",
        "place_raised",
        "change_put",
        "option_added",
        "risk_added",
        "joint_begun",
        "joint_rewritten",
        "joint_signed",
        "joint_left",
        "words_taken",
        "risk_answered",
        "forgone_said",
        "people_defined",
        "group_size_corrected",
        "people_told",
        "decided",
        "place_decided",
        "decided_by_themself",
        "everyday_agreed",
        "undone",
        "withdrawn",
        "urgent_help",
        "urgent_help_within",
        "help_started",
        "said_to_take_away",
        "said_to_be_help",
        "said_for_them_ended",
        "taken_up",
        "rule_said",
        "rule_put",
        "decision_put",
        "proposal_taken_back",
        "voice_given",
        "interest_said",
        "reopened",
        "lot_drawn",
        "list_closed",
        "round_begun",
        "stepped_back",
        "review_done",
        "involvement_missed",
        "change_proposed",
        "plan_put",
        "judgement_asked",
        "judgement_asked_again",
        "change_started",
        "change_goes_on",
        "change_reported",
        "change_stopped",
        "change_dropped",
        "permission_lapsed",
        "pilot_set_out",
        "pilot_evaluated",
        "fitness_set",
        "benefit_claimed",
        "benefit_measured",
        "benefit_settled",
        "meeting_noted",
        "judging_binds",
        "together_claimed",
        "among_said",
    ]
}
ONLY_THEIRS = {  # what nobody but its author reads here, those who decide among them
    f"decisions.{kind}"
    for kind in [
        "comes_as_said",
        "comes_as_taken_back",
        "of_self_said",
        "of_self_taken_back",
        "pay_offered",
        "pay_answered",
        "pay_sent",
        "pay_received",
        "access_said",
        "task_taken",
        "task_done",
    ]
}


@require_safe
def views_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Every view this reader may see, fifty at a time."""
    actor = request.actor
    decision = opened(pk, actor)
    same = SaidTheSame(actor, decision, request.get_full_path())
    start = _number(request.GET.get("after", "0"))
    rows = models.View.objects.seen_by(actor).filter(decision=pk, is_current=True).order_by("-said_at", "id")
    found = list(rows[start : start + A_PAGE + 1])
    replies = models.Reply.objects.seen(actor, "replied_at", view=[row.id for row in found[:A_PAGE]])
    ids = {one for row in found for one in (row.person, row.said_by, row.typist, row.confirmed_by)}
    ids |= {row.replied_by for row in replies} | {row.person for row in same.asking}
    deciders = [row.person for row in part_rows(models.Decider, actor, pk) if row.until_at is None]
    options = {row.id: str(row.name) for row in part_rows(models.Option, actor, pk)}
    names = Names(actor, ids, matter=decision)
    shown = shown_views(
        actor,
        found[:A_PAGE],
        names,
        options=options,
        decides=any(one in actor.ids for one in deciders),
        here=request.get_full_path(),
        replies=replies,
    )
    here, is_part = reverse("decisions:views", args=[pk]), bool(start) or len(found) > A_PAGE
    context = {
        "decision": decision,
        "views": [(view, same.beside(view.row)) for view in shown],
        "asks": same.asks(names),
        "must_show_first": same.must_show_first if len(shown) > 1 else "",
        "back": reverse("decisions:decision", args=[pk]),
        "first": start + 1,
        "last": start + len(shown),
        "of": rows.count() if is_part else 0,
        "taken": "" if decision.is_about_person else reverse("decisions:taken", args=[pk]),
        "older": f"{here}?after={start + A_PAGE}" if len(found) > A_PAGE else "",
        "newer": f"{here}?after={max(0, start - A_PAGE)}" if start else "",
    }
    return render(request, "decisions/views.html", context)


@require_safe
def whom_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Everyone it affects by name, for those who may know it, two hundred at a time."""
    actor = request.actor
    decision = opened(pk, actor)
    start = _number(request.GET.get("after", "0"))
    rows = models.Affected.objects.seen_by(actor).filter(decision=pk, ended_at=None, person__isnull=False)
    found = list(rows.order_by("made_by", "id")[start : start + MANY + 1])
    here = reverse("decisions:whom", args=[pk])
    taking_off = TakingOff(actor, decision, request.get_full_path(), found[:MANY])
    names = Names(actor, {row.person for row in taking_off.people}, matter=decision)
    context = {
        "decision": decision,
        "people": taking_off.lines(names),
        "why_so": taking_off.why_so,
        "back": reverse("decisions:decision", args=[pk]),
        "older": f"{here}?after={start + MANY}" if len(found) > MANY else "",
        "newer": f"{here}?after={max(0, start - MANY)}" if start else "",
    }
    return render(request, "decisions/whom.html", context)


def _number(text: str) -> int:
    if not text.isdigit() or len(text) > 6:
        raise Missing
    return int(text)


@require_safe
def history_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Everything that happened, as far as this reader may know of it."""
    actor = request.actor
    decision = opened(pk, actor)
    decides = models.Decider.objects.seen_by(actor).filter(decision=pk, person__in=actor.ids, until_at=None)
    sees_all = decides.exists()
    lines = [line for line in reading.history(pk) if _may_know(line, actor, sees_all=sees_all)]
    authors = {one for line in lines for one in (line.recorded.by, line.recorded.typed_by)}
    names = Names(actor, authors, matter=decision)
    context = {
        "decision": decision,
        "back": reverse("decisions:decision", args=[pk]),
        "months": list(_by_month([_happened(line, actor, names) for line in lines])),
    }
    return render(request, "decisions/history.html", context)


def _may_know(line: Line, actor: Actor, *, sees_all: bool) -> bool:
    kind = line.recorded.kind
    is_open = kind in SEEN_BY_ALL or (sees_all and kind not in ONLY_THEIRS)
    return is_open or line.recorded.by in actor.ids


def _by_month(lines: list[Happened]) -> Iterator[dict[str, Any]]:
    """What happened, month by month, the oldest first. The last month stands open, as far as it is short."""
    months: dict[date, list[Happened]] = {}
    for line in lines:
        months.setdefault(clock.day_of(line.at).replace(day=1), []).append(line)
    for month, found in months.items():
        is_last = month == max(months)
        begins = len(found) - OPEN_LINES if is_last and len(found) > OPEN_LINES + 2 else 0
        if begins or not is_last:
            folded = found[:begins] if begins else found
            yield {"month": month, "lines": folded, "is_open": False, "goes_on": bool(begins)}
        if is_last:
            yield {"month": month, "lines": found[begins:], "is_open": True, "goes_on": False}


def _happened(line: Line, actor: Actor, names: Names) -> Happened:
    recorded = line.recorded
    says = line.says_to(actor.ids)
    words = says % {"by": names.subject(recorded.by)} if "%(by)s" in says else says
    if recorded.typed_by is not None and recorded.typed_by != INSTALLATION:
        is_theirs, is_seen = recorded.by in actor.ids, recorded.how == HANDED_OUT
        words += " " + typed_by(names(recorded.typed_by), is_theirs=is_theirs, is_seen=is_seen)
    return Happened(recorded.at, words, is_voice=recorded.by in actor.ids)
