"""The public register of decisions: about services and places only, as a visitor sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces.open_data import Column, News, Register
from alongside.kernel.policy import NOBODY
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.pages.shown import state_words
from alongside.topics.people.policy import names_of


def _rows() -> Any:
    return models.Decision.objects.seen_by(NOBODY).filter(about=models.About.PLACE)


def _parts(model: Any, ids: Sequence[UUID]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in model.objects.seen_by(NOBODY).filter(decision__in=ids):
        found[row.decision].append(row)
    return found


def _shown(rows: Sequence[models.Decision]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    names = names_of(row.organisation for row in rows)
    groups, options = _parts(models.Affected, ids), _parts(models.Option, ids)
    rules, voices = _parts(models.DecidingRule, ids), _parts(models.Voice, ids)
    return [
        {
            "id": row.id,
            "title": str(row.title),
            "body": names[row.organisation] if row.organisation else None,
            "change": pack_of(row).item("decision.changes", row.change_code)["name"],
            "takes_away": row.takes_away,
            "state": row.state,
            "outcome": row.outcome or None,
            "reasons": None if row.reasons is None else str(row.reasons),
            "raised_at": row.raised_at,
            "answer_by": row.answer_by,
            "decided_at": row.decided_at,
            "without_them": row.is_without_them,
            "how": how_decided(row, rules[row.id], voices[row.id]),
            "review_on": row.review_on,
            "whom_it_affects": [str(one.group) for one in groups[row.id] if one.group and not one.ended_at],
            "how_many_it_affects": sum(one.size or 0 for one in groups[row.id] if not one.ended_at) or None,
            "ways": [str(one.name) for one in sorted(options[row.id], key=lambda one: one.number)],
            "rules": row.rules_version,
        }
        for row in rows
    ]


def how_decided(
    row: models.Decision, rules: Sequence[models.DecidingRule], voices: Sequence[models.Voice]
) -> str | None:
    """How a matter of a place was decided, in one word; nothing before it is."""
    if row.decided_at is None:
        return None
    if row.is_without_them:
        return "without_them"
    said = [one for one in rules if one.said_at <= row.decided_at]
    who = max(said, key=lambda one: one.number).who if said else models.Who.ONE
    if row.proposal is None:
        return "office" if who == models.Who.OFFICE else "one_person"
    counted = [one for one in voices if one.proposal == row.proposal and one.is_current]
    if any(one.is_member for one in counted):
        return "panel_with_people" if who == models.Who.PANEL else "together_with_people"
    return "panel" if who == models.Who.PANEL else "several"


def _news(rows: Sequence[models.Decision]) -> list[News]:
    names = names_of(row.organisation for row in rows)
    return [
        News(
            id=row.id,
            title=str(row.title),
            says=state_words(row, ""),
            path=reverse("decisions:decision", args=[row.id]),
            of=names[row.organisation] if row.organisation else _("Nobody has taken it up yet"),
            number=row.made_by,
        )
        for row in rows
    ]


decisions = Register(
    name="decisions",
    title=gettext_lazy("Decisions about services and places"),
    says=gettext_lazy("What is being decided, and what was decided, with its reasons."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("title", gettext_lazy("What it is about.")),
        Column("body", gettext_lazy("The body that decides.")),
        Column("change", gettext_lazy("What kind of change it is.")),
        Column("takes_away", gettext_lazy("Whether it would cut, end, move or restrict something.")),
        Column("state", gettext_lazy("How far it is: open, decided, undone or withdrawn.")),
        Column("outcome", gettext_lazy("What was decided.")),
        Column("reasons", gettext_lazy("Why.")),
        Column("raised_at", gettext_lazy("When somebody first said it needs deciding.")),
        Column("answer_by", gettext_lazy("Until when people were asked to answer.")),
        Column("decided_at", gettext_lazy("When it was decided.")),
        Column("without_them", gettext_lazy("Whether it was decided without those it affects.")),
        Column(
            "how",
            gettext_lazy(
                "How it was decided, in one word. together_with_people, panel_with_people: several had to "
                "agree, and people who draw on care voted. several, panel: they had to agree, and no such "
                "person voted. office, one_person: after people could answer. without_them: the reason is "
                "in the open."
            ),
        ),
        Column("review_on", gettext_lazy("When those it affects look at it again.")),
        Column("whom_it_affects", gettext_lazy("Which people it affects.")),
        Column("how_many_it_affects", gettext_lazy("How many people they are.")),
        Column("ways", gettext_lazy("The ways it could go.")),
        Column("rules", gettext_lazy("The version of the rules it is decided under.")),
    ],
    rows=_rows,
    shown=_shown,
    news=_news,
)
