"""The public register of promises: about services and places only, with the answers anybody may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces import words
from alongside.interfaces.open_data import Column, News, Register
from alongside.kernel.policy import NOBODY
from alongside.kernel.seal import words_or_none
from alongside.topics.people.policy import names_of
from alongside.topics.promises.engine import FIGURES
from alongside.topics.promises.models import Erosion, Figure, Promise
from alongside.topics.promises.pages.lasting import lasts
from alongside.topics.promises.pages.numbers import latest_said
from alongside.topics.promises.policy.counting import published
from alongside.topics.promises.policy.mending import mended_now


def _rows() -> Any:
    return Promise.objects.seen_by(NOBODY).filter(person=None)


def _shown(rows: Sequence[Promise]) -> list[dict[str, Any]]:
    names = names_of(one for row in rows for one in (row.organisation, row.office))
    told = published({row.id: [row.id] for row in rows})
    now, gone = lasts(told), _gone(told)
    again = mended_now(gone)
    said = latest_said(told, NOBODY)
    return [
        _one(row, names, told[row.id])
        | _in_numbers(row, said)
        | {"lasts": now.get(row.id), **_since(gone.get(row.id))}
        | {"holds_again_since": again[row.id].on_day if row.id in again else None}
        for row in rows
    ]


def _in_numbers(row: Promise, said: Mapping[tuple[UUID, bool], Figure]) -> dict[str, Any]:
    """The number that was promised, and the latest of each side."""
    owner, theirs = said.get((row.id, True)), said.get((row.id, False))
    return {
        "number": row.number,
        "number_is": row.number_is,
        "out_of": row.out_of,
        "unit": words_or_none(row.number_of),
        "owner_says_number": owner and owner.number,
        "owner_said_number_on": owner and owner.said_on,
        "others_say_number": theirs and theirs.number,
        "others_said_number_on": theirs and theirs.said_on,
    }


def _since(gone: Erosion | None) -> dict[str, Any]:
    """Since when it no longer holds, by when its owner must answer that, and when they did."""
    if gone is None:
        return dict.fromkeys(("no_longer_holds_since", "answer_due_on", "owner_answered_on"))
    return {
        "no_longer_holds_since": gone.on_day,
        "answer_due_on": gone.answer_by,
        "owner_answered_on": gone.answered_on,
    }


def _gone(promises: Iterable[UUID] | None = None) -> dict[UUID, Erosion]:
    """The latest note that each promise no longer holds, as a visitor sees them."""
    found = Erosion.objects.seen_by(NOBODY).order_by("made_by", "id")
    if promises is not None:
        found = found.filter(promise__in=list(promises))
    return {row.promise: row for row in found}


def _one(row: Promise, names: Any, told: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "what": str(row.what),
        "body": names[row.organisation],
        "office": names[row.office] if row.office else None,
        "made_on": row.made_on,
        "first_due_on": row.first_due_on,
        "due_on": row.due_on,
        "owner_says_percent": row.percent,
        "owner_says_done_on": row.done_on,
        "made_to": None if row.group is None else str(row.group),
        "decision": row.decision,
        "people": told.of,
        **{name: told.number(name) for name in FIGURES},
    }


def _eroded(count: int) -> list[News]:
    """Promises that no longer hold: that is news of the promise, though its own line has not changed."""
    notes = sorted(_gone().values(), key=lambda row: row.made_by)[-count:]
    rows = {row.id: row for row in _rows().filter(id__in=[note.promise for note in notes])}
    words_of = {one.id: one for one in _news(list(rows.values()))}
    says = _("It was kept, and no longer holds. Those it was made to said so by %(day)s.")
    return [
        replace(words_of[note.promise], says=says % {"day": words.day(note.on_day)}, number=note.made_by)
        for note in notes
        if note.promise in words_of
    ]


def _news(rows: Sequence[Promise]) -> list[News]:
    names = names_of(row.organisation for row in rows)
    return [
        News(
            id=row.id,
            title=str(row.what),
            says=_("By %(day)s.") % {"day": words.day(row.due_on)},
            path=reverse("promises:promise", args=[row.id]),
            of=names[row.organisation],
            number=row.made_by,
        )
        for row in rows
    ]


promises = Register(
    name="promises",
    title=gettext_lazy("Promises about services and places"),
    says=gettext_lazy("Who promised what by when, and what the people it was made to say of it."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("what", gettext_lazy("What was promised.")),
        Column("body", gettext_lazy("The body that promised it.")),
        Column("office", gettext_lazy("The office that answers for it.")),
        Column("made_on", gettext_lazy("When it was promised.")),
        Column("first_due_on", gettext_lazy("The day that was promised first.")),
        Column("due_on", gettext_lazy("The day that holds now.")),
        Column("owner_says_percent", gettext_lazy("How far its owner says it is, out of 100.")),
        Column("owner_says_done_on", gettext_lazy("When its owner said that it is done.")),
        Column("made_to", gettext_lazy("The people it was made to.")),
        Column("decision", gettext_lazy("The number of the decision it comes from.")),
        Column("people", gettext_lazy("How many people it was made to. Empty where they are too few.")),
        Column("kept", gettext_lazy("How many of them said, when they were first asked, that it was kept.")),
        Column("partly", gettext_lazy("How many of them say it was partly kept.")),
        Column("not_kept", gettext_lazy("How many of them say it was not kept.")),
        Column("too_early", gettext_lazy("How many of them say it is too early to say.")),
        Column("no_longer", gettext_lazy("How many of them say it no longer matters to them.")),
        Column("no_answer", gettext_lazy("How many of them have not answered.")),
        Column("lasts", gettext_lazy("Of one that was kept: holds, gone, or empty where it is not known.")),
        Column(
            "no_longer_holds_since", gettext_lazy("Since when those it was made to say it no longer holds.")
        ),
        Column("holds_again_since", gettext_lazy("Since when more than half of them say it holds again.")),
        Column("answer_due_on", gettext_lazy("By when its owner must answer that it no longer holds.")),
        Column("owner_answered_on", gettext_lazy("When its owner answered that.")),
        Column("number", gettext_lazy("The number that was promised, if there was one.")),
        Column("number_is", gettext_lazy("Whether it is just that many, at least or at most.")),
        Column("out_of", gettext_lazy("Out of how many, where it is a part of something.")),
        Column("unit", gettext_lazy("Of what it is a number.")),
        Column("owner_says_number", gettext_lazy("How many it is now, as its owner says.")),
        Column("owner_said_number_on", gettext_lazy("When its owner said that.")),
        Column("others_say_number", gettext_lazy("How many it is now, as those it was made to say.")),
        Column("others_said_number_on", gettext_lazy("When they said that.")),
    ],
    rows=_rows,
    shown=_shown,
    news=_news,
    also=_eroded,
)
