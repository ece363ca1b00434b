"""One promise as programs read it: all that its page shows of it, and what answers are given to."""

from __future__ import annotations

from typing import Any

from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.promises import models
from alongside.topics.promises.commands.new_day import WAITING
from alongside.topics.promises.models import Promise
from alongside.topics.promises.pages.numbers import for_programs
from alongside.topics.promises.pages.one import One
from alongside.topics.promises.pages.shown import are_enough, shown_result
from alongside.topics.promises.pages.together import of_group


def in_full(actor: Actor, promise: Promise) -> dict[str, Any]:
    """Whom it was made to, what they and its owner said and asked, and the numbers that an answer names."""
    one = One(actor, promise, here="")
    is_public = promise.is_public
    return for_programs(actor, promise) | {
        "made_to": [
            {
                "id": row.id,
                "person": row.person,
                "may_answer": row.id in one.judged,
                "has_died": row.person in one.gone,
            }
            for row in one.to
        ],
        "group_told": _group_told(one),
        "say_they_are_in_the_group": [
            {
                "id": row.id,
                "person": row.person,
                "words": words_or_none(row.words),
                "said_on": row.said_on,
                "confirmed_on": row.confirmed_on,
            }
            for row in models.GroupMember.objects.seen(actor, "said_on", "id", promise=promise.id)
        ],
        "progress": [
            {
                "percent": row.percent,
                "words": words_or_none(row.words),
                "evidence": words_or_none(row.evidence),
                "said_on": row.said_on,
            }
            for row in models.Progress.objects.seen(actor, "-made_by", at=one.at, promise=promise.id)
        ],
        "verdicts": [
            _verdict(row, is_named=not is_public or one.knows or row.person in actor.ids)
            for row in one.verdicts
        ],
        "wants": [_want(row) for row in one.wants],
        "other_days": [_day(one, row) for row in one.dates],
        "other_words": [_words(one, row) for row in reversed(one.offers)],
        "tests": [
            _test(row, promise)
            for row in models.TestResult.objects.seen(
                actor, "-looked_on", "-made_by", at=one.at, promise=promise.id
            )
        ],
        "put_right": [
            {"was": str(row.was), "why": str(row.why), "on_day": row.on_day}
            for row in models.Correction.objects.seen(actor, "made_by", at=one.at, promise=promise.id)
        ],
    }


def _group_told(one: One) -> dict[str, Any] | None:
    """How many of the group it reached; no number where that is of too few."""
    found = of_group(one.actor, one.promise, "", knows=one.knows, is_in=False)
    if not found:
        return None
    return {
        "of": found["size"],
        "at_least": found["reached"],
        "say_nobody_told_them": found["they_say"][0] if found["they_say"] else None,
        "said_if_told": found["they_say"][1] if found["they_say"] else None,
        "times": [
            {"reached": each["reached"], "how": str(each["how"]), "said_on": each["said_on"]}
            for each in found["told"]
        ],
    }


def _test(row: models.TestResult, promise: Promise) -> dict[str, Any]:
    """What a test of it showed: evidence, and never a verdict."""
    return {
        "use": row.use,
        "result": row.result,
        "shown": shown_result(row, promise)["shown"],
        "document": words_or_none(row.document),
        "number": words_or_none(row.number),
        "found": row.found,
        "out_of": row.out_of,
        "unit": row.unit or None,
        "reason": words_or_none(row.reason),
        "by_owner": row.by_owner,
        "looked_on": row.looked_on,
    }


def _verdict(row: models.Verdict, *, is_named: bool) -> dict[str, Any]:
    """What somebody said. Where it is open to all, no number ties two answers to one giver."""
    whose = {"id": row.id, "made_to": row.made_to, "person": row.person, "is_held": row.is_held}
    return (whose if is_named else dict.fromkeys(whose)) | {
        "said": row.said,
        "words": words_or_none(row.words),
        "through": row.through,
        "said_on": row.said_on,
        "counts": row.counts,
    }


def _want(row: models.WhatNow) -> dict[str, Any]:
    return {
        "id": row.id,
        "made_to": row.made_to,
        "wants": row.wants,
        "words": words_or_none(row.words),
        "new_day": row.new_day,
        "answer": words_or_none(row.answer),
        "answered_on": row.answered_on,
    }


def _counted(one: One, row: models.ProposedDate | models.OfferedWords) -> dict[str, Any]:
    """How it stands, and how many of a group agreed, where that points to nobody."""
    is_told = row.yes is not None and (one.knows or are_enough(row.yes, row.no))
    return {
        "state": row.state,
        "answer_by": row.closes_on,
        "yes": row.yes if is_told else None,
        "no": row.no if is_told else None,
    }


def _day(one: One, row: models.ProposedDate) -> dict[str, Any]:
    return {
        "id": row.id,
        "due_on": row.due_on,
        "was_due_on": row.was_due_on,
        "why": words_or_none(row.why),
        "asked_on": row.said_on,
        "has_passed": row.has_passed(clock.today()),
        **_counted(one, row),
    }


def _words(one: One, row: models.OfferedWords) -> dict[str, Any]:
    return {
        "id": row.id,
        "was": str(row.was),
        "offered": str(row.what),
        "why": str(row.why),
        "offered_on": row.said_on,
        "settled_on": row.settled_on,
        "waits": row.state == WAITING and clock.today() <= row.closes_on,
        **_counted(one, row),
    }
