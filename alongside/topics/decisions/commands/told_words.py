"""Whether word of a matter reached those it is about, as they say it: beside what whoever told them says."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.few import answers_told, as_the_last_lot_stood
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word
from alongside.topics.decisions.commands.taking_part import must_be_a_place
from alongside.topics.decisions.models import WasTold
from alongside.topics.decisions.policy import anyone_here
from alongside.topics.people.policy import smallest_shown


class SayIfTold(OnDecision):
    """Say whether you were told of this."""

    records = "decisions.told_or_not_said"
    may = anyone_here
    says = _("%(by)s said whether they were told of this.")
    says_to_you = _("You said whether you were told of this.")
    page: ClassVar[str] = "decisions:groups"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)
    seen_by_line: ClassVar[Any] = _("Nobody reads what you say here. It is only counted.")
    done: ClassVar[Lazy] = _("Thank you. It is counted, once enough people have said so.")

    row: Fresh[models.ToldWord] = Ask(settled=True)
    group: Id[models.Affected] = Ask(_("Which people are you one of?"), used_for=_("It is counted so."))
    what: Sealed = Ask(
        _("Did word of this reach you?"),
        used_for=_("The number stands beside what those who decide say."),
        widget="radios",
        written="(one of: " + ", ".join(WasTold.values) + ")",
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field == "what":
            return [(one.value, one.label) for one in WasTold]
        return super().choices_within(field, actor, given)

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        yield from must_belong(decision, group=group)
        if group.person is not None:
            yield "group", _("That is one person. Whoever is told alone says so on their own page.")
        elif at.by.person in deciders_of(decision.id):
            yield "", _("You decide this. Only those whom it is about say whether they were told.")
        elif group.listed and not _is_listed(group, at):
            yield "group", _("You are not on the list of these people. Ask those who decide why not.")
        if str(self.what).strip() not in WasTold.values:
            yield "what", _("Choose one of the answers shown.")
        elif not is_their_own_word(decision.id, at.by.person, at):
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
    """Of each group: how many say that nobody told them, of how many who said anything of it. Nothing where
    that could tell of one of them: not to those who decide either. It grows by whole lots of people."""
    smallest = smallest_shown()
    rows = models.ToldWord.everything.filter(group__in=list(groups)).order_by("made_by")
    said: dict[UUID, list[tuple[int, UUID, str]]] = {}
    unsaid: dict[UUID, list[tuple[int, UUID, str]]] = {}
    for row in rows:
        word = str(row.what) if row.what is not None and row.what.words is not None else ""
        if word and row.person is not None:
            said.setdefault(row.group, []).append((row.made_by, row.person, word))
            if row.denied is not None:
                unsaid.setdefault(row.group, []).append((row.denied, row.person, word))
    found: dict[UUID, tuple[int, int] | None] = {}
    for group, words in said.items():
        last = as_the_last_lot_stood(words, smallest=smallest, unsaid=unsaid.get(group, ()))
        stood = list(last.values())
        parts = [stood.count(one.value) for one in (WasTold.NOT, WasTold.TOLD)]
        none, told = answers_told(parts, smallest=smallest)
        found[group] = (none, len(stood)) if none is not None and told is not None and stood else None
    return found
