"""Whether all kinds of people took part in a matter about a place. Nobody has to say anything of themself."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import is_their_own_word
from alongside.topics.decisions.commands.taking_part import must_be_a_place
from alongside.topics.decisions.models import ALIKE_LONG, Kind
from alongside.topics.decisions.policy import anyone_here, who_decides
from alongside.topics.people.commands.only_counted import OnlyCounted
from alongside.topics.people.policy import smallest_shown


class SayOfMyself(OnlyCounted, OnDecision):
    """Say something about yourself, so that it is counted."""

    records = "decisions.of_self_said"
    may = anyone_here
    says = _("%(by)s said something about themself, to be counted.")
    answers: ClassVar[type[TextChoices]] = Kind
    seen_by_line: ClassVar[Any] = _(
        "Nobody reads this: not those who decide, and no page shows it again. It is only counted."
    )
    lead: ClassVar[Any] = _(
        "You need not say anything. You may be several things: say them one at a time. You can take it back."
    )

    row: Fresh[models.OfThemself] = Ask(settled=True)
    what: Sealed = Ask(
        _("What is true of you?"),
        used_for=_("It shows if all kinds of people were heard. A number stands only for many people."),
        widget="radios",
        written="(one of: " + ", ".join(Kind.values) + ")",
    )

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"what": str(self.what or "").ljust(ALIKE_LONG)}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        yield from self.must_be_an_answer(self.what)
        if not is_their_own_word(decision.id, at.by.person, at):
            said = _("Only they themselves say this, or somebody from outside types it.")
            yield "", not_their_word(decision, at, said)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.OfThemself.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=entry.by,
            what=self.what,
            is_own_word=True,
            said_at=entry.at,
            ended_at=None,
        )


class TakeBackOfMyself(OnDecision):
    """Take back all that you said about yourself."""

    records = "decisions.of_self_taken_back"
    may = anyone_here
    says = _("%(by)s took back what they said about themself.")

    rows: list[UUID] | None = Ask(settled=True)

    def _found(self, decision: models.Decision, at: At) -> list[UUID]:
        mine = models.OfThemself.everything.filter(decision=decision.id, person__in=at.by.ids, ended_at=None)
        return list(mine.order_by("id").values_list("id", flat=True))

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"rows": self._found(decision, at)}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if not self._found(decision, at):
            yield "", _("You have said nothing about yourself here. There is nothing to take back.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for row in self.rows or ():
            models.OfThemself.everything.get(id=row).change(entry, ended_at=entry.at)


class SayWhoIsAmongThem(OnDecision):
    """Say how many of those it affects are of one kind."""

    records = "decisions.among_said"
    may = who_decides
    says = _("%(by)s said how many of those it affects are of one kind.")
    page: ClassVar[str] = "decisions:yardstick"
    seen_by_line: ClassVar[Any] = _("Everyone who can see this decision can read it.")

    row: Fresh[models.Among] = Ask(settled=True)
    kind: Kind = Ask(
        _("Of which people?"), used_for=_("It is set beside who took part, for anyone to compare.")
    )
    people: int = Ask(
        _("How many of all it affects are that?"),
        used_for=_("It is set beside who took part, for anyone to compare."),
        ge=1,
        le=10_000_000,
    )
    source: Sealed = Ask(
        _("From where do you know?"),
        hint=_("For example: our own list of March 2026. Do not guess."),
        used_for=_("Anyone can ask there."),
        belongs_to="thing",
        widget="line",
    )
    replaces: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        before = models.Among.everything.filter(decision=decision.id, kind=self.kind, is_current=True)
        return {"replaces": list(before.order_by("id").values_list("id", flat=True))}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        groups = models.Affected.everything.filter(decision=decision.id, person=None, ended_at=None)
        sizes = [row.size for row in groups if row.size is not None]
        few = smallest_shown(at.date())
        if not sizes:
            yield "people", _("First say how many people it affects.")
        elif self.people > sum(sizes):
            yield "people", _("That is more than all it affects: %(all)s.") % {"all": sum(sizes)}
        if self.people < few:
            yield "people", _("So few could be known by it. Leave them out.")
        if not self.source:
            yield "source", _("Say from where you know it.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.Among.everything.get(id=earlier).change(entry, is_current=False)
        models.Among.begin(
            entry,
            id=self.row,
            decision=decision.id,
            kind=self.kind,
            people=self.people,
            source=self.source,
            said_at=entry.at,
            is_current=True,
        )
