"""Promises for programs to read. What can be done is under /api/do, made from the commands."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from alongside.interfaces.answers import Page
from alongside.interfaces.api import cut, page_of
from alongside.interfaces.who import actor_of
from alongside.kernel import reading
from alongside.kernel.now import the
from alongside.kernel.seal import words_or_none
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.api import told
from alongside.topics.promises.engine import AskedNumber, Lasting, Mended, Protected
from alongside.topics.promises.models import (
    ClaimedPromise,
    Erosion,
    LinkedAct,
    Promise,
    Protocol,
    ProtocolUse,
    ReportedDecision,
    Statement,
    TestResult,
)
from alongside.topics.promises.pages.bodies import by_quarter
from alongside.topics.promises.pages.for_programs import in_full
from alongside.topics.promises.pages.numbers import asks
from alongside.topics.promises.pages.protocols import lines_of, use_chosen
from alongside.topics.promises.pages.said import gaps
from alongside.topics.promises.pages.shown import claimed_progress
from alongside.topics.promises.pages.together import is_counted, is_late
from alongside.topics.promises.policy.counting import told_of_one
from alongside.topics.promises.policy.mending import in_numbers, mended_now

router = Router()


@router.get("/")
def promises(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Promised]:
    """Promises the reader may see, newest first."""
    return page_of(Promise.objects.seen_by(actor_of(request)), _promise, cursor, limit)


@router.get("/claimed")
def claimed(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Claimed]:
    """Promises that other systems claim. None of them has a verdict."""
    return page_of(ClaimedPromise.objects.seen_by(actor_of(request)), _claim, cursor, limit)


@router.get("/reported-decisions")
def reported(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Reported]:
    """Decisions that other systems report. We do not know who was asked."""
    return page_of(ReportedDecision.objects.seen_by(actor_of(request)), _report, cursor, limit)


@router.get("/said")
def said(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.SaidInPublic]:
    """Promises made in public, as somebody wrote them down, with what is recorded of each."""
    found = cut(Statement.objects.seen_by(actor_of(request)), cursor, limit)
    return {"items": [_statement(gap) for gap in gaps(found["items"])], "next": found["next"]}


@router.get("/said/{uuid:pk}")
def one_said(request: HttpRequest, pk: UUID) -> told.OneSaidInPublic:
    """One promise made in public, and what was done since."""
    row: Statement = the(Statement, pk, seen_by=actor_of(request))
    acts = LinkedAct.objects.seen_by(actor_of(request)).filter(statement=pk).order_by("on_day", "id")
    since: list[told.DoneSince] = [
        {
            "on_day": act.on_day,
            "words": str(act.words),
            "where": str(act.where),
            "decision": act.decision,
            "by_the_body": act.by_the_body,
        }
        for act in acts
    ]
    return {**_statement(gaps([row])[0]), "since": since}


@router.get("/protocols")
def protocols(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Protocol]:
    """Protocols that bodies adopted."""
    return page_of(Protocol.objects.seen_by(actor_of(request)), _protocol, cursor, limit)


@router.get("/protocols/{uuid:pk}")
def protocol(request: HttpRequest, pk: UUID, use: str = "") -> told.WholeProtocol:
    """One protocol: each line with its test, the latest result, and what those it was made to say."""
    row: Protocol = the(Protocol, pk, seen_by=actor_of(request))
    uses = list(ProtocolUse.objects.seen_by(actor_of(request)).filter(protocol=pk).order_by("begun_on", "id"))
    chosen = use_chosen(use, uses)
    return {
        **_protocol(row),
        "uses": [{"id": each.id, "name": str(each.name), "begun_on": each.begun_on} for each in uses],
        "lines": [_line(line) for line in lines_of(row, chosen, actor_of(request))],
    }


@router.get("/by/{uuid:pk}")
def of_body(request: HttpRequest, pk: UUID) -> told.OfBody:
    """How the promises of one body turned out, by quarter of the first promised day: public figures."""
    body: Organisation = the(Organisation, pk, seen_by=actor_of(request))
    return {
        "organisation": body.id,
        "places": _quarters(by_quarter(body.id, places=True)),
        "lives": _quarters(by_quarter(body.id, places=False)),
    }


@router.get("/{uuid:pk}")
def promise(request: HttpRequest, pk: UUID) -> told.WholePromise:
    """One promise: what is said of it, as far as the reader may see, and the counts anybody may know."""
    row: Promise = the(Promise, pk, seen_by=actor_of(request))
    if row.person is not None:
        reading.looked(actor_of(request), row.person, "promise")
    gone = Erosion.objects.seen_by(actor_of(request)).filter(promise=pk).order_by("on_day", "made_by")
    return {
        **_promise(row),
        **in_full(actor_of(request), row),
        "no_longer_holds": [_gone(each, smallest_shown()) for each in gone],
        "answers": _figures(told_of_one(row.id)) if row.is_public else None,
        "holds_again": _again(mended_now([pk]).get(pk)) if row.is_public else None,
    }


def _again(found: Mended | None) -> told.HoldsAgain | None:
    """Since when it holds again, with numbers where they point to nobody."""
    if found is None:
        return None
    is_told = in_numbers(found)
    return {
        "since": found.on_day,
        "still": found.still if is_told else None,
        "answered": found.of if is_told else None,
    }


def _gone(row: Erosion, smallest: int) -> told.NoLongerHolds:
    """That it no longer holds, with the number that the owner's answer names."""
    return {
        "id": row.id,
        "kept_on": row.kept_on,
        "on_day": row.on_day,
        "no_longer": row.no_longer if is_counted(row, smallest) else None,
        "answered": row.answered if is_counted(row, smallest) else None,
        "owner_answers": None if row.answer is None else str(row.answer),
        "answer_by": row.answer_by,
        "is_late": is_late(row),
    }


def _figures(found: Protected) -> told.Answers:
    return {
        "of": found.of,
        "not_in_any_figure": found.unshown,
        "parts": [{"answers": list(part.of), "count": part.number} for part in found.parts],
    }


def _quarters(found: dict[tuple[int, int], dict[str, Any]]) -> list[told.QuarterOf]:
    return [
        {
            "year": year,
            "quarter": number,
            "answers": _figures(each["answers"]),
            "kept_and": _kept(each["lasting"]),
            "promises": each["overdue"].promises.told,
            "overdue": each["overdue"].late.told,
            "no_longer_hold": each["overdue"].gone.told,
            "hold_again": each["overdue"].mended.told,
        }
        for (year, number), each in found.items()
    ]


def _kept(found: Lasting | None) -> told.Kept | None:
    if found is None:
        return None
    return {"holds": found.holds, "gone": found.gone, "not_asked": found.not_asked}


def _statement(gap: dict[str, Any]) -> told.SaidInPublic:
    row: Statement = gap["row"]
    return {
        "id": row.id,
        "organisation": row.organisation,
        "words": str(row.words),
        "who": str(row.who),
        "made_to": str(row.made_to),
        "source": str(row.source),
        "page": words_or_none(row.page),
        "link": words_or_none(row.link),
        "said_on": row.said_on,
        "by_when": row.by_when,
        "state": row.state,
        "answer": words_or_none(row.answer),
        "answered_on": row.answered_on,
        "promise": gap["promise_id"],
        "recorded": gap["lines"],
    }


def _protocol(row: Protocol) -> told.Protocol:
    return {
        "id": row.id,
        "organisation": row.organisation,
        "made_to": row.made_to,
        "rules": row.list_key,
        "pack": row.pack,
        "adopted_on": row.adopted_on,
    }


def _line(line: dict[str, Any]) -> told.Line:
    result: TestResult | None = line["result"]
    return {
        "promise": line["row"].id,
        "line": line["row"].line,
        "what": str(line["row"].what),
        "test": str(line["row"].test),
        "result": None if result is None else result.result,
        "document": None if result is None else words_or_none(result.document),
        "number": None if result is None else words_or_none(result.number),
        "found": None if result is None else result.found,
        "out_of": None if result is None else result.out_of,
        "unit": None if result is None else result.unit or None,
        "asks": [_asked(one) for one in line["asked"]],
        "holds_from": line["row"].due_on,
        "looked_on": None if result is None else result.looked_on,
        "answers": _figures(line["figures"]),
        "no_longer_holds": line["eroded"] is not None and line["mended"] is None,
        "has_eroded_on": line["eroded"].on_day if line["eroded"] else None,
        "holds_again_since": line["mended"].on_day if line["mended"] else None,
    }


def _asked(one: AskedNumber) -> told.AskedNumber:
    return {
        "is_least": one.is_least,
        "number": one.number,
        "unit": one.unit,
        "may_have_reason": one.may_have_reason,
        "found": one.found,
        "is_met": one.is_met,
    }


def _promise(row: Promise) -> told.Promised:
    """Without the worker's name where everyone can read it: then the office answers."""
    return {
        "id": row.id,
        "what": str(row.what),
        "due_on": row.due_on,
        "first_due_on": row.first_due_on,
        "made_on": row.made_on,
        "organisation": row.organisation,
        "office": row.office,
        "owner": None if row.is_public else row.owner,
        "person": row.person,
        "decision": row.decision,
        "group": None if row.group is None else str(row.group),
        "group_size": row.group_size,
        "test": None if row.test is None else str(row.test),
        "asks": asks(row),
        "statement": row.statement,
        "protocol": row.protocol,
        "owner_says_percent": row.percent,
        "owner_says_done_on": row.done_on,
    }


def _from_elsewhere(row: ClaimedPromise | ReportedDecision) -> told.FromElsewhere:
    return {
        "id": row.id,
        "import": row.batch,
        "row": row.row,
        "line": row.line,
        "title": str(row.title),
        "words": None if row.words is None else str(row.words),
        "reference": None if row.reference is None else str(row.reference),
        "link": None if row.link is None else str(row.link),
    }


def _claim(row: ClaimedPromise) -> told.Claimed:
    return {
        **_from_elsewhere(row),
        "made_to": None if row.made_to is None else str(row.made_to),
        "due_on": row.due_on,
        "owner_says_percent": row.percent,
        "says": claimed_progress(row.percent),
    }


def _report(row: ReportedDecision) -> told.Reported:
    return {
        **_from_elsewhere(row),
        "on_day": row.on_day,
        "outcome": None if row.outcome is None else str(row.outcome),
        "votes_for": row.votes_for,
        "votes_against": row.votes_against,
        "votes_abstained": row.votes_abstained,
        "absent": row.absent,
    }
