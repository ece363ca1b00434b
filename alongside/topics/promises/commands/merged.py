"""When two records turn out to be of one person: each promise names the one that stays."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.promises import models
from alongside.topics.promises.models import Promise, Verdict
from alongside.topics.promises.policy import best_answer

NAMING: dict[Any, tuple[str, ...]] = {
    models.PromisedTo: ("person",),
    models.Progress: ("said_by",),
    models.Figure: ("said_by",),
    models.Verdict: ("person", "by", "confirmed_by"),
    models.WhatNow: ("person", "by", "answered_by"),
    models.ProposedDate: ("said_by",),
    models.DateAnswer: ("person", "by"),
    models.Correction: ("by",),
    models.OfferedWords: ("said_by",),
    models.WordsAnswer: ("person", "by"),
    models.HandOver: ("from_owner", "to_owner"),
    models.GroupMember: ("person", "by", "confirmed_by"),
    models.GroupTold: ("said_by",),
    models.ToldWord: ("person",),
    models.AskedAgain: ("person",),
    models.StillHolds: ("person", "by"),
    models.Erosion: ("answered_by",),
    models.TestResult: ("said_by",),
}
OWN = ("person", "owner", "made_by_person")


class FollowMerge(Command):
    """Let a promise name the record that stays, after two records of one person were joined."""

    records = "promises.record_joined"
    may = the_installation
    says = _("Two records of one person were joined, and this promise names the one that stays.")
    only_as_consequence = True

    promise: Id[Promise]
    old: UUID = Ask(_("Which record goes?"), used_for=_("It is the one that is not used any more."))
    new: UUID = Ask(_("Which record stays?"), used_for=_("It is the one that everything names now."))
    answer: UUID | None = Ask(settled=True)  # of several answers of theirs, the one that is theirs now

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        both = Verdict.everything.filter(promise=promise.id, person__in=[self.old, self.new], counts=True)
        best = best_answer(both)
        return {"answer": best.id if best is not None else None}

    def about(self, promise: Promise, at: At) -> UUID | None:
        return self.new if promise.person == self.old else promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        mine = {name: self.new for name in OWN if getattr(promise, name) == self.old}
        if mine:
            promise.change(entry, **mine)
        for model, columns in NAMING.items():
            for row in list(model.everything.filter(_names(columns, self.old), promise=promise.id)):
                row.change(entry, **{name: self.new for name in columns if getattr(row, name) == self.old})
        self._only_one_counts(promise, entry)

    def _only_one_counts(self, promise: Promise, entry: Recorded) -> None:
        """Both records may have answered: one person has one answer."""
        rows = Verdict.everything.filter(promise=promise.id, person=self.new, counts=True)
        for place, row in enumerate(rows.order_by("-place")):
            if row.id != self.answer if self.answer else place:
                row.change(entry, counts=False)
        rounds = set()
        still = models.StillHolds.everything.filter(promise=promise.id, person=self.new, counts=True)
        for later in list(still.order_by("-said_on", "id")):
            if later.months in rounds:
                later.change(entry, counts=False)
            rounds.add(later.months)


def _names(columns: tuple[str, ...], person: UUID) -> Q:
    found = Q()
    for name in columns:
        found |= Q(**{name: person})
    return found


def follow_merge(command: Any, recorded: Recorded) -> Iterator[Command]:
    """Every promise in which the record that goes is named."""
    named = set(Promise.everything.filter(_names(OWN, command.other)).values_list("id", flat=True))
    for model, columns in NAMING.items():
        rows: Iterable[UUID] = model.everything.filter(_names(columns, command.other)).values_list(
            "promise", flat=True
        )
        named |= set(rows)
    for promise in sorted(named):
        yield FollowMerge(promise=promise, old=command.other, new=command.person)
