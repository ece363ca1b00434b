"""Whether word of a matter reached those it is about, as they say it: beside what whoever told them says."""

from collections.abc import Iterable, Iterator
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Recorded
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word
from alongside.topics.decisions.commands.taking_part import must_be_a_place
from alongside.topics.decisions.policy import anyone_here
from alongside.topics.people.commands.told import SaysIfTold
from alongside.topics.people.commands.told import they_say as counted


class SayIfTold(SaysIfTold, OnDecision):
    """Say whether you were told of this."""

    records = "decisions.told_or_not_said"
    may = anyone_here
    says = _("%(by)s said whether they were told of this.")
    says_to_you = _("You said whether you were told of this.")
    page: ClassVar[str] = "decisions:groups"

    row: Fresh[models.ToldWord] = Ask(settled=True)
    group: Id[models.Affected] = Ask(_("Which people are you one of?"), used_for=_("It is counted so."))

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        yield from must_belong(decision, group=group)
        if group.person is not None:
            yield "group", _("That is one person. Whoever is told alone says so on their own page.")
        elif at.by.person in deciders_of(decision.id):
            yield "", _("You decide this. Only those whom it is about say whether they were told.")
        elif group.listed and not _is_listed(group, at):
            yield "group", _("You are not on the list of these people. Ask those who decide why not.")
        yield from self.must_be_an_answer(self.what)
        if not is_their_own_word(decision.id, at.by.person, at):
            said = _("Only they themselves say this, or somebody from outside types it.")
            yield "", not_their_word(decision, at, said)

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        models.ToldWord.begin(
            entry,
            id=self.row,
            decision=decision.id,
            group=group.id,
            person=entry.by,
            what=self.what,
            said_at=entry.at,
            denied=None,
        )


def _is_listed(group: models.Affected, at: At) -> bool:
    return models.Listed.everything.filter(group=group.id, person__in=at.by.ids).exists()


def they_say(groups: Iterable[UUID]) -> dict[UUID, tuple[int, int] | None]:
    """Of each group: how many say that nobody told them, of how many who said anything of it."""
    return counted(models.ToldWord, "group", groups)
