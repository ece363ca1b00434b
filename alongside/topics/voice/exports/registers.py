"""The public register of requests to be heard: the open ones only, as a visitor sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from alongside.interfaces.open_data import Column, News, Register
from alongside.kernel.policy import NOBODY
from alongside.kernel.seal import words_or_none
from alongside.topics.people.policy import names_of
from alongside.topics.voice.models import Account, Appeal, Hearing, Offer
from alongside.topics.voice.pages.hearings import line, state_of, who_asks
from alongside.topics.voice.policy import working_days_between


def _rows() -> Any:
    return Hearing.objects.seen_by(NOBODY)


def _names(rows: Sequence[Hearing]) -> Any:
    return names_of(one for row in rows for one in (row.organisation, row.office, row.body) if one)


def _shown(rows: Sequence[Hearing]) -> list[dict[str, Any]]:
    ids, names = [row.id for row in rows], _names(rows)
    offers = Counter(Offer.objects.seen_by(NOBODY).filter(hearing__in=ids).values_list("hearing", flat=True))
    appeals = Counter(
        Appeal.objects.seen_by(NOBODY).filter(hearing__in=ids).values_list("hearing", flat=True)
    )
    made = Offer.objects.seen_by(NOBODY).filter(hearing__in=ids).order_by("offered_on", "made_by")
    asked = {row.id: row.asked_on for row in rows}
    days = {
        one: working_days_between(asked[one], day)
        for one, day in dict(made.values_list("hearing", "offered_on")).items()
    }
    told: dict[tuple[UUID, bool], Account] = {}
    for one in Account.objects.seen_by(NOBODY).filter(hearing__in=ids).order_by("made_by", "id"):
        told[one.hearing, one.is_of_body] = one
    return [
        _one(row, names)
        | {
            "offers": offers[row.id],
            "days_to_last_offer": days.get(row.id),
            "appeals": appeals[row.id],
            "happened_say_those_who_asked": _happened(told.get((row.id, False))),
            "happened_says_the_body": _happened(told.get((row.id, True))),
        }
        for row in rows
    ]


def _happened(account: Account | None) -> str | None:
    return None if account is None else account.happened


def _one(row: Hearing, names: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "body": names[row.organisation],
        "office": names[row.office],
        "meeting": words_or_none(row.meeting),
        "item": words_or_none(row.item),
        "meets_on": row.meets_on,
        "who_asked": who_asks(row, names),
        "by_user_led": row.is_user_led,
        "says": words_or_none(row.says),
        "asked_on": row.asked_on,
        "answer_due_on": row.answer_due_on,
        "answered_on": row.answered_on,
        "days_taken": row.days_taken,
        "state": row.state,
        "outcome": row.outcome,
        "minutes_asked": row.minutes_asked,
        "minutes_granted": row.minutes_granted,
        "way_granted": row.way_granted or None,
        "was_refused": row.was_refused,
        "reasons": words_or_none(row.reasons),
        "would_change": words_or_none(row.would_change),
        "rules": row.pack,
    }


def _news(rows: Sequence[Hearing]) -> list[News]:
    names = _names(rows)
    return [
        News(
            id=row.id,
            title=str(row),
            says=f"{who_asks(row, names)}. {state_of(row)}.",
            path=line(row, names)["link"],
            of=names[row.organisation],
            number=row.made_by,
        )
        for row in rows
    ]


hearings = Register(
    name="hearings",
    title=gettext_lazy("Requests to be heard"),
    says=gettext_lazy("Who asked for a place on which agenda, and what was offered, granted and done."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("body", gettext_lazy("The body that was asked.")),
        Column("office", gettext_lazy("The office that answers for the agenda.")),
        Column("meeting", gettext_lazy("Which meeting.")),
        Column("item", gettext_lazy("Which item of its agenda.")),
        Column("meets_on", gettext_lazy("The day of the meeting.")),
        Column("who_asked", gettext_lazy("In whose name it was asked. One person is never named.")),
        Column("by_user_led", gettext_lazy("Whether a user-led organisation asked.")),
        Column("says", gettext_lazy("What they want to say.")),
        Column("asked_on", gettext_lazy("When they asked.")),
        Column("answer_due_on", gettext_lazy("By when they must have an answer.")),
        Column("answered_on", gettext_lazy("When they had the first answer.")),
        Column("days_taken", gettext_lazy("How many working days the first answer took.")),
        Column("state", gettext_lazy("How the request stands.")),
        Column("outcome", gettext_lazy("Whole, partly, leaflets only, refused, waiting or withdrawn.")),
        Column("minutes_asked", gettext_lazy("How many minutes they asked for.")),
        Column("minutes_granted", gettext_lazy("How many minutes they were granted.")),
        Column("way_granted", gettext_lazy("In which way they may be heard.")),
        Column("was_refused", gettext_lazy("Whether it was ever refused.")),
        Column("reasons", gettext_lazy("Why it was refused.")),
        Column("would_change", gettext_lazy("What would change the refusal.")),
        Column("offers", gettext_lazy("How many offers were made.")),
        Column("appeals", gettext_lazy("How many times somebody else was asked to look again.")),
        Column("happened_say_those_who_asked", gettext_lazy("What in fact happened, say those who asked.")),
        Column("happened_says_the_body", gettext_lazy("What in fact happened, says the body.")),
        Column("days_to_last_offer", gettext_lazy("How many working days until the last offer.")),
        Column("rules", gettext_lazy("The version of the rules it was asked under.")),
    ],
    rows=_rows,
    shown=_shown,
    news=_news,
)
