"""Rounds of word to a group: everyone on its list is gone through first, and only then something is sent."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.groups import A_CHUNK, fresh_ids, must_be_a_group
from alongside.topics.decisions.commands.lots import is_large
from alongside.topics.decisions.commands.telling import later_answer_day
from alongside.topics.decisions.models import RoundKind, State
from alongside.topics.decisions.policy import who_decides


class BeginRound(OnDecision):
    """Send word to everyone in a group who is on record, each in their safe way."""

    records = "decisions.round_begun"
    may = who_decides
    says = _("%(by)s sends word to everyone of a group who is on record.")

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("They are told, each in their safe way."))
    round: Fresh[models.Round] = Ask(settled=True)
    number: int | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        found = settled_round(group)
        return found | {"answer_by": later_answer_day(decision, at)}

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from may_begin(decision, group)
        drawn = models.Lot.everything.filter(group=group.id, of_change=None)
        if is_large(decision, group) and not drawn.exists():
            yield "group", _("This group is large. Draw by lot first whom to ask by name.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        begin_round(entry, self, decision.id, group, RoundKind.ASK)
        decision.change(entry, answer_by=self.answer_by)


class BeginRoundAfter(OnDecision):
    """Send word of what was decided, or ask what it did, to everyone of a group who is on record."""

    records = "decisions.round_begun_after"
    may = the_installation
    says = _("Word goes to everyone of a group who is on record.")

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("They are told, each in their safe way."))
    kind: RoundKind = Ask(_("What for?"), used_for=_("They are told what for."))
    round: Fresh[models.Round] = Ask(settled=True)
    number: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        return settled_round(group)

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from may_begin(decision, group)
        if decision.state != State.DECIDED or self.kind == RoundKind.ASK:
            yield "kind", _("This is not decided yet.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        begin_round(entry, self, decision.id, group, self.kind)


def settled_round(group: models.Affected) -> dict[str, Any]:
    return {"number": models.Round.everything.filter(group=group.id).count() + 1}


def may_begin(decision: models.Decision, group: models.Affected) -> Iterator[Objection]:
    yield from must_belong(decision, group=group)
    yield from must_be_a_group(group)
    if group.listed is None:
        yield "group", _("Nobody of this group is on a whole list yet. Make its list first.")
    if models.Round.everything.filter(group=group.id, whole_at=None).exists():
        yield "group", _("Word is being sent to this group now. Wait until that is whole.")


def begin_round(
    entry: Recorded, command: Any, decision: UUID, group: models.Affected, kind: RoundKind, **of_change: Any
) -> None:
    models.Round.begin(
        entry,
        id=command.round,
        decision=decision,
        group=group.id,
        kind=kind,
        number=command.number,
        of=group.listed,
        reached_number=0,
        begun_at=entry.at,
        whole_at=None,
        **of_change,
    )


class GoOnWithRound(OnDecision):
    """Go through the next people of a group. Nothing is sent before we have gone through all of them."""

    records = "decisions.round_went_on"
    may = the_installation
    says = _("The next people of a group were gone through.")

    round: Id[models.Round] = Ask(_("Which round?"), used_for=_("It says which one goes on."))
    people: list[UUID] | None = Ask(settled=True)
    by_name: list[UUID] | None = Ask(settled=True)
    rows: list[UUID] | None = Ask(settled=True)
    until: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, round: models.Round, at: At) -> Mapping[str, Any]:
        first = round.reached_number
        until = min(first + A_CHUNK, round.of)
        listed = list(
            models.Listed.everything.filter(group=round.group, number__gt=first, number__lte=until).order_by(
                "number"
            )
        )
        drawn = drawn_for(round)
        kept: set[UUID] = set()
        if round.kind == RoundKind.ASK:
            kept = left_in_peace(decision, [row.person for row in listed])
        elif round.kind == RoundKind.JUDGE:
            kept = who_judged(round, [row.person for row in listed])
        asked = [row for row in listed if row.person not in kept]
        by_name = [row.person for row in asked if drawn is None or row.number in drawn]
        people = [row.person for row in asked]
        return {"people": people, "by_name": by_name, "rows": fresh_ids(len(people)), "until": until}

    def objections(self, decision: models.Decision, round: models.Round, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, round=round)
        if round.whole_at is not None:
            yield "round", _("This round is whole.")

    def apply(self, decision: models.Decision, round: models.Round, entry: Recorded) -> None:
        is_whole = self.until == round.of
        named = set(self.by_name or ())
        for person, row in zip(self.people or (), self.rows or (), strict=True):
            models.Waiting.begin(
                entry,
                id=row,
                decision=decision.id,
                group=round.group,
                round=round.id,
                person=person,
                kind=round.kind,
                by_name=person in named,
                is_ready=is_whole,
                bundle=None,
                left_out_at=None,
            )
        round.change(entry, reached_number=self.until, whole_at=entry.at if is_whole else None)
        if is_whole:
            for waiting in models.Waiting.everything.filter(round=round.id, is_ready=False).order_by("id"):
                waiting.change(entry, is_ready=True)


def drawn_for(round: models.Round) -> set[int] | None:
    """The numbers drawn for what a round is about; nothing, where no lot was drawn and all are asked."""
    lots = models.Lot.everything.filter(
        group=round.group, of_change=round.of_change, change_round=round.change_round
    )
    lot: models.Lot | None = lots.order_by("-made_by").first()
    return None if lot is None else set(lot.drawn)


def who_judged(round: models.Round, people: Sequence[UUID]) -> set[UUID]:
    """Who of these have judged the change in its present round, by name: they are left in peace."""
    said = models.Judgement.everything.filter(
        of_change=round.of_change, round=round.change_round, is_current=True, person__in=people
    )
    return set(said.values_list("person", flat=True))


def left_in_peace(decision: models.Decision, people: Sequence[UUID]) -> set[UUID]:
    """Those who answered and have not been told what became of that: nobody is asked again before."""
    replied = models.Reply.everything.filter(decision=decision.id).values("view")
    said = models.View.everything.filter(decision=decision.id, person__in=people, is_current=True)
    waits = said.filter(is_declining=False, shape__gte=decision.change_shape).exclude(id__in=replied)
    declined = said.filter(is_declining=True, shape__gte=decision.change_shape)
    return set(waits.values_list("person", flat=True)) | set(declined.values_list("person", flat=True))
