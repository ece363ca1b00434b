"""The registers of voice for programs to read. What can be done is under /api/do, made from the commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Header

from alongside.interfaces.answers import Items, Page
from alongside.interfaces.api import Cursor, cut, page_of
from alongside.interfaces.refusals import TooOften
from alongside.interfaces.signing_in.limits import too_many, was_right, where_from
from alongside.interfaces.who import actor_of
from alongside.interfaces.wired import promises_late
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.voice.api import told
from alongside.topics.voice.engine import STANDS, left_out
from alongside.topics.voice.models import (
    Account,
    Appeal,
    Channel,
    Check,
    Evidence,
    Feedback,
    Hearing,
    Note,
    NoteWord,
    Offer,
    Question,
    Quote,
    Resolution,
    Version,
)
from alongside.topics.voice.pages.councillor import wards_told, work_of
from alongside.topics.voice.pages.feedback import MINUTES, MOST_TRIES, TRIES, feedback_of
from alongside.topics.voice.pages.quoting import quotes_of, who_noted
from alongside.topics.voice.policy import overdue_notes, themes_for_members
from alongside.topics.voice.policy.counting import feedback_counts, hearing_counts, overdue_of_body

router = Router()
T = TypeVar("T")
CODE: Any = Header("", alias="Receipt-Code", description="The code that was given for it.")


def _page(request: HttpRequest, model: Any, shown: Callable[[Any], T], cursor: Cursor, limit: int) -> Page[T]:
    return page_of(model.objects.seen_by(actor_of(request)), shown, cursor, limit)


@router.get("/hearings")
def hearings(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.RequestToBeHeard]:
    """Requests to be heard that the reader may see, what changed last first."""
    return _page(request, Hearing, _hearing, cursor, limit)


@router.get("/hearings/counts")
def counts_of_hearings(request: HttpRequest) -> told.RequestCounts:
    """The register of hearings in numbers."""
    found = hearing_counts(clock.today())
    return {
        "asked": found.asked,
        "by_user_led": found.of_user_led,
        "granted_as_asked": found.whole,
        "granted_in_part": found.partly,
        "leaflets_only": found.leaflets,
        "waiting": found.waiting,
        "refused_now": found.refused,
        "ever_refused": found.ever_refused,
        "withdrawn": found.withdrawn,
        "appealed": found.appealed,
        "minutes": {
            "asked": found.minutes_asked,
            "granted": found.minutes_granted,
            "waiting": found.minutes_waiting,
            "withdrawn": found.minutes_withdrawn,
        },
        "median_working_days": found.days,
        "median_working_days_to_last_offer": found.days_of_offers,
        "median_working_days_of_appeals": found.days_of_appeals,
        "in_private": {"asked": found.private_total, **dict(found.private)},
    }


@router.get("/hearings/{uuid:pk}")
def hearing(request: HttpRequest, pk: UUID) -> told.WholeRequest:
    """One request, with its offers, appeals and accounts."""
    actor = actor_of(request)
    row: Hearing = the(Hearing, pk, seen_by=actor)
    return {
        **_hearing(row),
        "offers": [_offer(one) for one in _parts(Offer, actor, row)],
        "appeals": [_appeal(one) for one in _parts(Appeal, actor, row)],
        "accounts": [_account(one) for one in _parts(Account, actor, row)],
    }


def _parts(model: Any, actor: Actor, row: Hearing) -> list[Any]:
    return list(model.objects.seen_by(actor).filter(hearing=row.id).order_by("made_by", "id"))


def _hearing(row: Hearing) -> told.RequestToBeHeard:
    """Without the person who asked: the body or the group is named, one person is not."""
    return {
        "id": row.id,
        "organisation": row.organisation,
        "office": row.office,
        "meeting": words_or_none(row.meeting),
        "item": words_or_none(row.item),
        "meets_on": row.meets_on,
        "in_whose_name": row.name_of,
        "body": row.body,
        "is_user_led": row.is_user_led,
        "people": row.people,
        "says": words_or_none(row.says),
        "asked_on": row.asked_on,
        "answer_due_on": row.answer_due_on,
        "rules": row.pack,
        "days_taken": row.days_taken,
        "state": row.state,
        "outcome": row.outcome,
        "minutes_asked": row.minutes_asked,
        "minutes_granted": row.minutes_granted,
        "way_granted": row.way_granted or None,
        "was_refused": row.was_refused,
        "reasons": words_or_none(row.reasons),
        "would_change": words_or_none(row.would_change),
        "happened_by_those_who_asked": row.happened or None,
    }


def _offer(row: Offer) -> told.Offer:
    return {
        "minutes": row.minutes,
        "way": row.way,
        "on_day": row.on_day,
        "reason": words_or_none(row.reason),
        "office": row.office,
        "answer": row.answer,
        "answer_words": words_or_none(row.answer_words),
    }


def _appeal(row: Appeal) -> told.Appeal:
    return {
        "office": row.office,
        "words": words_or_none(row.words),
        "due_on": row.due_on,
        "upheld": row.upheld,
        "answer": words_or_none(row.answer),
        "answered_on": row.answered_on,
    }


def _account(row: Account) -> told.Account:
    return {
        "by_the_body": row.is_of_body,
        "happened": row.happened,
        "minutes": row.minutes,
        "words": words_or_none(row.words),
    }


@router.get("/resolutions")
def resolutions(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.Resolution]:
    """Resolutions that the reader may see."""
    found = cut(Resolution.objects.seen_by(actor_of(request)), cursor, limit)
    ids = [row.id for row in found["items"]]
    checks = quotes_of(Quote.objects.seen_by(actor_of(request)).filter(resolution__in=ids))
    return {"items": [_resolution(row, checks[row.id]) for row in found["items"]], "next": found["next"]}


@router.get("/resolutions/{uuid:pk}")
def resolution(request: HttpRequest, pk: UUID) -> told.WholeResolution:
    """One resolution, each version word for word, and each place where it is quoted."""
    actor = actor_of(request)
    row: Resolution = the(Resolution, pk, seen_by=actor)
    versions = Version.objects.seen_by(actor).filter(resolution=row.id).order_by("number")
    quotes = list(Quote.objects.seen_by(actor).filter(resolution=row.id).order_by("made_by", "id"))
    noted = who_noted(quotes)
    texts = {one.id: str(one.words or "") for one in versions}
    return {
        **_resolution(row, [one.check_says for one in quotes]),
        "versions": [_version(one) for one in versions],
        "quotes": [_quote(one, texts.get(one.version, ""), noted[one.id]) for one in quotes],
    }


def _resolution(row: Resolution, checks: list[str]) -> told.Resolution:
    """Counted are the quotes that the reader may see: what waits to be read first is in no number."""
    return {
        "id": row.id,
        "organisation": row.organisation,
        "title": words_or_none(row.title),
        "first_passed_on": row.first_passed_on,
        "latest_version": row.versions,
        "quoted": len(checks),
        "altered": checks.count(Check.ALTERED.value),
    }


def _version(row: Version) -> told.Version:
    return {
        "number": row.number,
        "words": words_or_none(row.words),
        "passed_by": words_or_none(row.passed_by),
        "passed_on": row.passed_on,
        "votes": {"for": row.votes_for, "against": row.votes_against, "abstained": row.votes_abstained},
        "why_changed": words_or_none(row.why),
    }


def _quote(row: Quote, text: str, noted: str) -> told.Quote:
    """One place that quotes it. Nobody is named: a body, an office or a role."""
    return {
        "version": row.number,
        "words": words_or_none(row.words),
        "place": words_or_none(row.place),
        "hearing": row.hearing,
        "check": row.check_says,
        "left_out": _left_out(text, str(row.words or "")),
        "quoted_by": row.quoted_by,
        "quoted_as": words_or_none(row.quoted_as),
        "noted_as": noted,
        "quoted_on": row.quoted_on,
        "found_on": row.found_on,
        "to_be_read_by": row.look_by if row.waits else None,
        "not_shown_because": row.held_for if row.is_held_on(clock.today()) else None,
    }


def _left_out(text: str, quote: str) -> told.LeftOut | None:
    missing = left_out(text, quote)
    if missing is None or missing.is_whole:
        return None
    return {"before": missing.before, "between": list(missing.between), "after": missing.after}


@router.get("/feedback")
def feedback(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.PieceOfFeedback]:
    """Feedback that the reader may see: what is shown to everyone, and what they reply to."""
    return _page(request, Feedback, _feedback, cursor, limit)


@router.get("/feedback/counts")
def counts_of_feedback(request: HttpRequest) -> told.FeedbackCounts:
    """What became of feedback, as the last whole five left it. A few is null.

    Of what was not replied to, “waits” is in time and “late” is not; the five add up to the total.
    """
    found = feedback_counts(clock.today())
    return {
        "total": found.total,
        "results": dict(zip(STANDS, found.results, strict=True)),
        "median_working_days": found.days,
        "channels": dict(found.channels),
    }


@router.get("/feedback/receipt")
def receipt(request: HttpRequest, receipt_code: str = CODE) -> told.PieceOfFeedback:
    """What became of one piece, for whoever has its code: send it in the header Receipt-Code."""
    place = where_from(request)
    if too_many(TRIES, place, most=MOST_TRIES, minutes=MINUTES):
        raise TooOften(MINUTES)
    found = feedback_of(receipt_code)
    if found is None:
        raise Missing
    was_right(TRIES, place)
    return _feedback(the(Feedback, found, seen_by=Actor(only=found, way="code")))


def _feedback(row: Feedback) -> told.PieceOfFeedback:
    return {
        "id": row.id,
        "organisation": row.organisation,
        "channel": Channel(row.channel).value,
        "words": words_or_none(row.words),
        "said_on": row.said_on,
        "due_on": row.due_on,
        "result": row.result or None,
        "because": words_or_none(row.reply),
        "replied_on": row.replied_on,
        "office": row.reply_office,
        "shown_to_everyone": row.is_open_on(clock.today()),
        "not_shown_because": row.moderation or row.held_for or None,
        "answers_its_giver": row.judged or None,
    }


@router.get("/speak-up")
def speak_up(request: HttpRequest) -> Items[told.Note]:
    """Notes that the reader wrote or is to answer. No name, no order of time, only the month."""
    actor = actor_of(request)
    rows = list(Note.objects.seen_by(actor).order_by("id")[:200])
    under: dict[UUID, list[NoteWord]] = defaultdict(list)
    for each in (
        NoteWord.objects.seen_by(actor).filter(note__in=[row.id for row in rows]).order_by("made_by", "id")
    ):
        under[each.note].append(each)
    return {"items": [_note(row, under[row.id]) for row in rows]}


def _note(row: Note, under: list[NoteWord]) -> told.Note:
    return {
        "id": row.id,
        "office": row.office,
        "standing": row.standing,
        "area": row.area,
        "theme": row.theme,
        "words": words_or_none(row.words),
        "month": row.said_on.isoformat()[:7],
        "due_on": row.due_on,
        "is_answered": row.answered_on is not None,
        "answers_its_writer": row.judged or None,
        "under_it": [{"kind": each.kind, "words": words_or_none(each.words)} for each in under],
    }


@router.get("/questions")
def questions(request: HttpRequest, cursor: str = "", limit: int = 50) -> Page[told.QuestionAsked]:
    """Questions of councillors that the reader may see."""
    return _page(request, Question, _question, cursor, limit)


@router.get("/questions/{uuid:pk}")
def question(request: HttpRequest, pk: UUID) -> told.WholeQuestion:
    """One question, its answer and what that rests on."""
    actor = actor_of(request)
    row: Question = the(Question, pk, seen_by=actor)
    rests = Evidence.objects.seen_by(actor).filter(question=row.id).order_by("made_by", "id")
    evidence: list[told.RestsOn] = [
        {"what": words_or_none(one.what), "where": words_or_none(one.where)} for one in rests
    ]
    return {**_question(row), "evidence": evidence}


def _question(row: Question) -> told.QuestionAsked:
    return {
        "id": row.id,
        "organisation": row.organisation,
        "office": row.office,
        "ward": row.ward,
        "of_a_resident": row.is_of_resident,
        "words": words_or_none(row.words),
        "follows": row.follows,
        "asked_on": row.asked_on,
        "due_on": row.due_on,
        "answer": words_or_none(row.answer),
        "answered_on": row.answered_on,
    }


@router.get("/councillor")
def councillor(request: HttpRequest) -> told.ForCouncillor:
    """What serves a councillor: their own questions, their wards, what practitioners speak up about, what is
    late. A few is null, and a theme of which few spoke is left out. To everybody else it is not there."""
    actor, today = actor_of(request), clock.today()
    mine, bodies = work_of(actor, today)
    return {
        "questions": [_question(row) for row in mine],
        "wards": [
            {
                "ward": ward["id"],
                "feedback_with_no_reply": ward["no_reply"],
                "late_of_these": ward["overdue"],
                "questions_with_no_answer": ward["questions"],
            }
            for ward in wards_told(actor, today)
        ],
        "themes": [
            {"theme": code, "people": many} for code, many in themes_for_members(today) if many is not None
        ],
        "late_to_practitioners": sorted(overdue_notes(today)),
        "late": [_late(actor, body, today) for body in bodies],
    }


def _late(actor: Actor, body: UUID, today: date) -> told.Late:
    """The same that the page says is overdue at one body."""
    late = overdue_of_body(body, today)
    return {
        "organisation": body,
        "hearings": late["hearings"],
        "questions": late["questions"],
        "promises": promises_late(actor, body),
    }
