"""Help to answer, on the page of a matter: what was asked for and offered, and who may see it to help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.pages.shown import Names, part_rows, unchecked

ALL_OF, SHOWN = 30, 10  # requests and offers that are all on the page; of more than these, how many are


def helping(
    actor: Actor,
    decision: models.Decision,
    held: Mapping[str, int],
    act: Callable[..., str],
    *,
    decides: bool,
) -> dict[str, Any]:
    """What each person asked for before they answer stands until somebody says that it was arranged."""
    offers, more = _offers(actor, decision, held.get("Offer", 0), decides=decides)
    given = {(row.person, row.what): row.made_by for row in offers if not row.is_asked_for}

    def waits(row: models.Offer) -> bool:
        return decision.is_open and row.is_asked_for and given.get((row.person, row.what), 0) < row.made_by

    beside: dict[str, Any] = {"person": actor.ids, "until_at": None}
    friends = (
        part_rows(models.Companion, actor, decision.id, "since_at", **beside) if held.get("Companion") else []
    )
    if not offers and not friends:
        return {}
    ids = {one for row in offers for one in (row.person, row.made_by_person)}
    names, pack = Names(actor, ids | {row.companion for row in friends}), pack_of(decision)
    shown = []
    for row in offers:
        arrange = act("help_offered", person=row.person, what=row.what) if waits(row) and decides else ""
        what = _(pack.item("decision.offers", row.what)["name"])
        shown.append({"row": row, "what": what, "waits": waits(row), "arrange": arrange, **_who(row, names)})
    return {
        "help_asked": shown,
        "help_more": more,
        "friends": [{"who": names(row.companion), "end": act("help_ended", row=row.id)} for row in friends],
    }


@kept_question
def _waiting(actor: Actor, at: datetime, among: Sequence[UUID]) -> Any:
    """What was asked for in these matters, and nobody has written down yet how it was arranged."""
    same = {"decision": OuterRef("decision"), "person": OuterRef("person"), "what": OuterRef("what")}
    given = models.Offer.everything.filter(**same, is_asked_for=False, made_by__gt=OuterRef("made_by"))
    rows = models.Offer.objects.seen_by(actor, at).filter(decision__in=among, is_asked_for=True)
    return rows.exclude(Exists(given)).order_by("made_by", "id")[: SHOWN + 1]


def _offers(
    actor: Actor, decision: models.Decision, count: int, *, decides: bool
) -> tuple[list[models.Offer], bool]:
    """What was asked for and offered, and whether more waits. Of very many only what waits, the first of it:
    whoever writes down how one was arranged finds the next in its place."""
    if count <= ALL_OF or not decides:
        return (part_rows(models.Offer, actor, decision.id, "made_by", "id") if count else []), False
    found = list(_waiting(actor, among=[decision.id])) if decision.is_open else []
    return found[:SHOWN], len(found) > SHOWN


def _who(row: models.Offer, names: Names) -> dict[str, Any]:
    return {
        "who": names(row.person),
        "by": names.subject(row.made_by_person),
        "is_mine": row.person in names.ids,
    }


def next_for_you(
    actor: Actor, decision: models.Decision, held: Mapping[str, int], mine: models.View | None
) -> str:
    """What comes next for who has answered: an answer to them, and whether that answers them."""
    if mine is None or mine.is_declining or not decision.is_about_person or unchecked([mine]):
        return ""
    replies = part_rows(models.Reply, actor, decision.id, view=mine.id) if held["Reply"] else []
    if any(not row.answered for row in replies):
        return _("There is an answer to what you said. Read it, and say if it answers you.")
    if replies or not decision.is_open or mine.shape < decision.change_shape:
        return ""
    return _("You have answered. Next, those who decide answer you. You are told when they do.")
