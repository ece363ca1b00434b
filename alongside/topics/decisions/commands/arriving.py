"""What became of a message, once the outbox knows. One that did not arrive is no telling."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Fresh, Recorded
from alongside.kernel.fields import as_id
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision
from alongside.topics.decisions.policy import NOT_DELIVERED
from alongside.topics.people.policy import now_is

BY_PAPER, NEVER_ARRIVED = "letter", ("failed", "held")


class NoteNotArrived(OnDecision):
    """Note that a message about this did not arrive."""

    records = "decisions.telling_failed"
    may = the_installation
    says = _("A message about this did not arrive. Somebody must ring or go.")
    person_is_named = False

    row: Fresh[models.Telling] = Ask(settled=True)
    person: UUID = Ask(_("Whom did it not reach?"), used_for=_("Those who decide, to ring them or go."))
    telling: UUID | None = Ask(_("Which telling was it?"), default=None)
    channel: str = Ask(_("Which way did it go?"), used_for=_("To try another."), max_length=24)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        named = models.Affected.everything.filter(decision=decision.id, person=self.person, ended_at=None)
        if not named.exists():
            yield "person", _("This does not name that person.")
        before = models.Telling.everything.filter(decision=decision.id, person=self.person)
        if self.telling is not None:
            sent = before.filter(pk=self.telling).first()
            if sent is None or sent.is_reached or sent.sign == NOT_DELIVERED:
                yield "telling", _("What became of this is known already.")
        elif did_not_arrive(before):
            yield "", _("Those who decide already know that it does not arrive.")

    def about(self, decision: models.Decision, at: At) -> UUID | None:
        return decision.person

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        if self.telling is not None:
            sent = models.Telling.everything.get(pk=self.telling)
            sent.change(entry, sign=NOT_DELIVERED)
            return
        models.Telling.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=self.person,
            group=None,
            channel=self.channel,
            is_live=False,
            format="plain",
            sign=NOT_DELIVERED,
            told_at=entry.at,
            told_by=entry.by,
            is_reached=False,
            reached_at=None,
            reached_count=0,
            typist=None,
            is_trusted=False,
            confirmed_by=None,
            confirmed_at=None,
            words=None,
        )


def did_not_arrive(tellings: Iterable[Any]) -> bool:
    """Whether the last try to tell somebody did not arrive, and nothing came of it since."""
    rows = sorted(tellings, key=lambda row: (row.told_at, row.made_by))
    return bool(rows) and rows[-1].sign == NOT_DELIVERED and not any(row.is_reached for row in rows)


def what_became_of_it(notice: Mapping[str, Any], state: str, channel: str) -> Iterable[Command]:
    """For the outbox: the command that notes a message that never arrived. “Sent” is never “told”."""
    if state not in NEVER_ARRIVED:
        return
    matter, person = as_id(notice.get("matter")), now_is(UUID(str(notice["person"])))
    if matter is None or not models.Decision.everything.filter(pk=matter).exists():
        return
    if not models.Affected.everything.filter(decision=matter, person=person, ended_at=None).exists():
        return
    yield NoteNotArrived(
        decision=matter, person=person, telling=as_id(notice.get("telling")), channel=channel or BY_PAPER
    )
