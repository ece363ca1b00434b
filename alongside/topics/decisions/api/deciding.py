"""What programs may read of who decides a matter, and of what comes after a decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.few import at_least_told
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.api import deciding_told as told
from alongside.topics.decisions.commands.checkers import unchecked_of
from alongside.topics.decisions.commands.checking import day_of
from alongside.topics.decisions.commands.reach import reach_of, was_listed_too_late
from alongside.topics.decisions.commands.told_words import they_say as who_say
from alongside.topics.decisions.pages.by_whom import DecidedBy, by_whom, plainly
from alongside.topics.decisions.pages.judged import fewest_told
from alongside.topics.decisions.pages.naming import numbers_told
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import Names, part_rows, reached_of, who_typed_it
from alongside.topics.decisions.pages.votes import Table
from alongside.topics.decisions.pages.whose import whose_item

router = Router()


@router.get("/{pk}/deciding")
def deciding(request: Request, pk: UUID) -> told.Deciding:
    """Who decides this: each rule there was, the seats, what was put to them, what each said; and, part by
    part, whose idea and whose words it was and who decided it. `who` is told as on the page: by office, or as
    a kind of person, where anybody can read."""
    row = opened(pk, request.actor)
    actor = request.actor
    table = Table(request, row)
    names = table.names
    proposals = sorted(table.proposals, key=lambda one: one.number)
    return {
        "decision": row.id,
        "rules": [_rule(one) for one in table.rules],
        "seats": [_seat(one, row, names) for one in table.seats],
        "interests": [_seat(one, row, names) for one in table.interests],
        "proposals": [_proposal(one, names) for one in proposals],
        "voices": [_voice(one, row, names) for one in table.voices],
        "parts": [_part(one) for one in whose_item(actor, row, table.options, table.steps, names)],
        "decided": _decided(actor, row),
    }


def _part(found: dict[str, Any]) -> told.ItsPart:
    """One part of it: who it goes back to, and as what they stood in this."""
    stands = str(found["stands"]) or None
    return {"part": found["item"], "who": found["who"], "stands": stands, "link": found.get("link")}


def _decided(actor: Actor, row: models.Decision) -> DecidedBy | None:
    """As what it was decided, and how many of those who decided together said what."""
    return None if row.decided_at is None else plainly(by_whom(actor, row.id, row))


def _rule(row: models.DecidingRule) -> told.DecidingRule:
    return {
        "number": row.number,
        "who": row.who,
        "agree": row.agree,
        "needed": row.needed,
        "office": row.office,
        "why": words_or_none(row.why),
        "after_people_were_told": row.after_told,
        "asks_again": row.asks_again,
        "said_at": row.said_at,
    }


def _seat(row: Any, matter: models.Decision, names: Names) -> told.Seat:
    """In public it is an office or a member, never a worker."""
    is_member = bool(getattr(row, "is_member", False))
    found: told.Seat = {"who": names(row.person), "office": row.office, "member": is_member}
    if matter.is_about_person:
        found["person"] = row.person
    return found


def _proposal(row: models.Proposal, names: Names) -> told.Proposal:
    return {
        "id": row.id,
        "put_by": names(row.put_by),
        "outcome": row.outcome or None,
        "option": row.option,
        "rule": {"who": row.who, "agree": row.agree, "needed": row.needed} if row.who else None,
        "reasons": words_or_none(row.reasons),
        "would_change": words_or_none(row.would_change),
        "put_at": row.put_at,
        "closed_at": row.closed_at,
        "carried": row.carried,
    }


def _voice(row: models.Voice, matter: models.Decision, names: Names) -> told.Said:
    return {
        **_seat(row, matter, names),
        "proposal": row.proposal,
        "says": row.says,
        "reasons": words_or_none(row.reasons),
        "said_at": row.said_at,
    }


# What came after ----------------------------------------------------------------------------------


@router.get("/{pk}/checks")
def checks(request: Request, pk: UUID) -> told.Checks:
    """Who was asked to check with somebody what was typed for them, by which day, and what came of it."""
    row = opened(pk, request.actor)
    asked = part_rows(models.Checker, request.actor, pk, "asked_at", "id")
    return {
        "decision": row.id,
        "checks": [
            _check(
                one,
                [each for each in asked if each.check_of == one.id],
                unchecked_of(pk, one.person, clock.now()) if not one.became else [],
            )
            for one in part_rows(models.Check, request.actor, pk, "asked_at", "id")
        ],
    }


def _check(row: models.Check, asked: list[models.Checker], unchecked: Any) -> told.Check:
    return {
        "id": row.id,
        "person": row.person,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "became": row.became or None,
        "settled_at": row.settled_at,
        "asked": [
            {
                "checker": one.checker,
                "as": one.standing,
                "asked_at": one.asked_at,
                "answer_by": one.answer_by or (day_of(one, unchecked) if one.ended_at is None else None),
                "said": one.said or None,
                "words": words_or_none(one.words),
                "ended_at": one.ended_at,
            }
            for one in asked
        ],
    }


@router.get("/{pk}/afterwards")
def afterwards(request: Request, pk: UUID) -> told.Afterwards:
    """What a decision did, what was learnt from it, who said that it is wrong: as you may see it."""
    row = opened(pk, request.actor)
    actor = request.actor
    effects = [one for one in part_rows(models.Effect, actor, pk, "said_at")[:500] if one.is_current]
    named = numbers_told(actor, row, (one.person for one in effects))
    asked = part_rows(models.ChallengeAsked, actor, pk, "asked_at", "id")
    return {
        "decision": row.id,
        "reopened_at": row.reopened_at,
        "effects_asked_at": row.effects_asked_at,
        "effects": [_effect(one, named) for one in effects],
        "learnt": [_learnt(one) for one in part_rows(models.Learnt, actor, pk, "at")],
        "challenges": [
            _challenge(one, [each for each in asked if each.challenge == one.id])
            for one in part_rows(models.Challenge, actor, pk, "made_at")
        ],
        "earlier": [_earlier(one) for one in part_rows(models.Earlier, actor, pk, "number")],
    }


def _effect(row: models.Effect, named: set[UUID]) -> told.Effect:
    return {
        "id": row.id,
        "said": row.said,
        "words": words_or_none(row.words),
        "person": row.person if row.person in named else None,
        "sees": row.sees,
        "checked": row.is_trusted,
        "said_at": row.said_at,
        "learnt": row.learnt,
    }


def _learnt(row: models.Learnt) -> told.Learnt:
    return {
        "id": row.id,
        "learnt": words_or_none(row.learnt),
        "will_do": words_or_none(row.will_do),
        "at": row.at,
    }


def _challenge(row: models.Challenge, asked: list[models.ChallengeAsked]) -> told.Challenge:
    return {
        "id": row.id,
        "wrong": words_or_none(row.wrong),
        "wants": words_or_none(row.wants),
        "made_at": row.made_at,
        "answer_by": row.answer_by,
        "answered_at": row.answered_at,
        "upheld": row.upheld,
        "reasons": words_or_none(row.reasons),
        "go_next": [code for code in row.go_next.split(",") if code],
        "asked": [
            {
                "answerer": one.asked,
                "as": one.standing,
                "office": one.office,
                "asked_at": one.asked_at,
                "answer_by": one.answer_by,
                "ended_at": one.ended_at,
            }
            for one in asked
        ],
    }


def _earlier(row: models.Earlier) -> told.Earlier:
    return {
        "number": row.number,
        "outcome": row.outcome,
        "option": row.option,
        "reasons": words_or_none(row.reasons),
        "decided_at": row.decided_at,
        "challenge": row.challenge,
        "emergency_that_nobody_saw": row.ground,
    }


# The people it affects ----------------------------------------------------------------------------


@router.get("/{pk}/people")
def people(request: Request, pk: UUID) -> told.PeopleAffected:
    """The groups it affects as counts, and what anyone needs to do the lot again."""
    row = opened(pk, request.actor)
    actor = request.actor
    groups = [one for one in part_rows(models.Affected, actor, pk, "made_by") if one.person is None]
    smallest = fewest_told(actor, row)
    tellings = part_rows(models.Telling, actor, pk, "told_at")
    names = Names(actor, [one.told_by for one in tellings if one.group is not None], matter=row)
    return {
        "decision": row.id,
        "groups": [_group(row, one, tellings, names, smallest) for one in groups if one.ended_at is None],
        "lots": [_lot(one) for one in part_rows(models.Lot, actor, pk, "drawn_at")],
        "rounds": [_round(one) for one in part_rows(models.Round, actor, pk, "number")],
    }


def _group(
    matter: models.Decision, row: models.Affected, tellings: list[models.Telling], names: Names, smallest: int
) -> told.Group:
    reach = reach_of(row.decision, row.id)
    word, may_be_more = reached_of(one for one in tellings if one.group == row.id)
    is_late = bool(row.listed) and was_listed_too_late(matter, row.id)
    they_say = who_say([row.id]).get(row.id)
    return {
        "id": row.id,
        "listed_after_decision": is_late,
        "group": words_or_none(row.group),
        "size": row.size,
        "word_reached": word if word or not row.listed else None,  # those on a list are told one by one
        "word_may_have_reached_more": may_be_more,
        "word_typed_by": who_typed_it((one for one in tellings if one.group == row.id), names),
        "say_nobody_told_them": they_say[0] if they_say else None,
        "said_if_told": they_say[1] if they_say else None,
        "body": row.body,
        "team": row.team,
        "on_record": row.listed,
        "list_mark": row.list_mark,
        # where it is late, nobody on it was asked by name before it was decided
        "asked_by_name": None if is_late else reach.asked,
        "of_these_answered": None if is_late else at_least_told(reach.answered, smallest=smallest),
        "others_spoke": None if is_late else at_least_told(reach.others, smallest=smallest),
    }


def _lot(row: models.Lot) -> told.Lot:
    return {
        "group": row.group,
        "method": row.method,
        "seed": row.seed,
        "of": row.of,
        "size": row.size,
        "numbers": [int(one) for one in row.numbers.split(",") if one],
        "drawn_at": row.drawn_at,
        "to_judge": row.of_change,
        "first_lot": row.first_lot,
        "passed_over": [int(one) for one in (row.passed or "").split(",") if one],
    }


def _round(row: models.Round) -> told.Round:
    return {
        "group": row.group,
        "kind": row.kind,
        "begun_at": row.begun_at,
        "gone_through": row.reached_number,
        "of": row.of,
        "whole_at": row.whole_at,
    }
