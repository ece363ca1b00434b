"""One promise as programs read it: all that its page shows of it, and what answers are given to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from typing_extensions import TypedDict

from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.promises import models
from alongside.topics.promises.commands.new_day import WAITING
from alongside.topics.promises.models import Promise
from alongside.topics.promises.pages.numbers import InNumbers, for_programs
from alongside.topics.promises.pages.one import One
from alongside.topics.promises.pages.shown import are_enough, shown_result
from alongside.topics.promises.pages.together import of_group


class MadeTo(TypedDict):
    """One of those it was made to."""

    id: UUID
    person: UUID | None
    may_answer: bool
    has_died: bool


class ToldThem(TypedDict):
    """One time that the group was told."""

    reached: int
    how: str
    said_on: date


class GroupTold(TypedDict):
    """How many of the group it reached."""

    of: int | None
    at_least: int
    say_nobody_told_them: int | None
    said_if_told: int | None
    times: list[ToldThem]


class SaysTheyAre(TypedDict):
    """Somebody who says that they are in the group."""

    id: UUID
    person: UUID
    words: str | None
    said_on: date
    confirmed_on: date | None


class Progress(TypedDict):
    """What its owner says of it. It is no verdict."""

    percent: int
    words: str | None
    evidence: str | None
    said_on: date


class Verdict(TypedDict):
    """What one of those it was made to says. Where it is open to all, nothing ties two answers together."""

    id: UUID | None
    made_to: UUID | None
    person: UUID | None
    is_held: bool | None
    said: str
    words: str | None
    through: str
    said_on: date
    counts: bool


class Wants(TypedDict):
    """What somebody wants after “not kept”, and what was answered."""

    id: UUID
    made_to: UUID
    wants: str
    words: str | None
    new_day: date | None
    answer: str | None
    answered_on: date | None


class Counted(TypedDict):
    """How it stands, and how many agreed; null: a few."""

    state: str
    answer_by: date | None
    yes: int | None
    no: int | None


class OtherDay(Counted):
    """Another day that its owner asks for."""

    id: UUID
    due_on: date
    was_due_on: date | None
    why: str | None
    asked_on: date
    has_passed: bool


class OtherWords(Counted):
    """Other words that its owner offers."""

    id: UUID
    was: str
    offered: str
    why: str
    offered_on: date
    settled_on: date | None
    waits: bool


class Test(TypedDict):
    """What a test of it showed: evidence, and never a verdict."""

    use: UUID | None
    result: str
    shown: str
    document: str | None
    number: str | None
    found: int | None
    out_of: int | None
    unit: str | None
    reason: str | None
    by_owner: bool
    looked_on: date


class PutRight(TypedDict):
    """Words that were put right."""

    was: str
    why: str
    on_day: date


class InFull(InNumbers):
    """Whom it was made to, what they and its owner said and asked."""

    made_to: list[MadeTo]
    group_told: GroupTold | None
    say_they_are_in_the_group: list[SaysTheyAre]
    progress: list[Progress]
    verdicts: list[Verdict]
    wants: list[Wants]
    other_days: list[OtherDay]
    other_words: list[OtherWords]
    tests: list[Test]
    put_right: list[PutRight]


def in_full(actor: Actor, promise: Promise) -> InFull:
    """Whom it was made to, what they and its owner said and asked, and the numbers that an answer names."""
    one = One(actor, promise, here="")
    is_public = promise.is_public
    return {
        **for_programs(actor, promise),
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


def _group_told(one: One) -> GroupTold | None:
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


def _test(row: models.TestResult, promise: Promise) -> Test:
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


def _verdict(row: models.Verdict, *, is_named: bool) -> Verdict:
    """What somebody said. Where it is open to all, no number ties two answers to one giver."""
    return {
        "id": row.id if is_named else None,
        "made_to": row.made_to if is_named else None,
        "person": row.person if is_named else None,
        "is_held": row.is_held if is_named else None,
        "said": row.said,
        "words": words_or_none(row.words),
        "through": row.through,
        "said_on": row.said_on,
        "counts": row.counts,
    }


def _want(row: models.WhatNow) -> Wants:
    return {
        "id": row.id,
        "made_to": row.made_to,
        "wants": row.wants,
        "words": words_or_none(row.words),
        "new_day": row.new_day,
        "answer": words_or_none(row.answer),
        "answered_on": row.answered_on,
    }


def _counted(one: One, row: models.ProposedDate | models.OfferedWords) -> Counted:
    """How it stands, and how many of a group agreed, where that points to nobody."""
    is_told = row.yes is not None and (one.knows or are_enough(row.yes, row.no))
    return {
        "state": row.state,
        "answer_by": row.closes_on,
        "yes": row.yes if is_told else None,
        "no": row.no if is_told else None,
    }


def _day(one: One, row: models.ProposedDate) -> OtherDay:
    return {
        "id": row.id,
        "due_on": row.due_on,
        "was_due_on": row.was_due_on,
        "why": words_or_none(row.why),
        "asked_on": row.said_on,
        "has_passed": row.has_passed(clock.today()),
        **_counted(one, row),
    }


def _words(one: One, row: models.OfferedWords) -> OtherWords:
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
