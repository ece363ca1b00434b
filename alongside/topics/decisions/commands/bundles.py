"""One message for each person and day, for all that waits for them, and no more than they want to get."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import day_of, moment_of
from alongside.kernel.command import Ask, At, Command, Fresh, Recorded, Ref
from alongside.kernel.command import Id as Own
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import arriving
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.changing import may_be_judged_on
from alongside.topics.decisions.commands.rounds import left_in_peace, who_judged
from alongside.topics.decisions.engine.sending import next_day
from alongside.topics.decisions.models import RoundKind, State
from alongside.topics.people.models import Asking
from alongside.topics.people.policy import days_asked_as_one_of_many

A_MONTH = timedelta(days=31)


def waiting_for(person: UUID) -> list[models.Waiting]:
    """What is ready to be sent to this person."""
    rows = models.Waiting.everything.filter(person=person, is_ready=True, bundle=None, left_out_at=None)
    return list(rows.order_by("made_by", "id"))


def day_for(person: UUID, today: date) -> date | None:
    """The first day on which this person may be sent a bundle, as they said how often; None for never."""
    wish = next(iter(Asking.everything.like(id=person)), None)
    sent = models.Bundle.everything.filter(person=person, sent_on__gt=today - A_MONTH)
    days = list(sent.values_list("sent_on", flat=True))
    how_often, most = (wish.how_often, wish.most_a_month) if wish else ("any", None)
    first = next_day(how_often, most, days, today)
    if wish is None or first is None or first > today:
        return first
    days += days_asked_as_one_of_many([person], moment_of(today) - A_MONTH)[person]  # by other rooms too
    return next_day(how_often, most, sorted(set(days)), today)


class SendBundle(Command):
    """Send one person one message for all that waits for them."""

    records = "decisions.bundle_sent"
    may = the_installation
    says = _("One message went to somebody for all that waited for them.")

    bundle: Fresh[models.Bundle] = Ask(settled=True)
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("To whom?"), used_for=_("They get one message and no more that day."), of_others=True
    )
    things: list[UUID] | None = Ask(settled=True)
    left_out: list[UUID] | None = Ask(settled=True)
    matters: list[UUID] | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        rows = waiting_for(self.person)
        keep = [row for row in rows if still_matters(row, at.date())]
        left = [row.id for row in rows if row not in keep]
        return {
            "things": [row.id for row in keep],
            "left_out": left,
            "matters": list(dict.fromkeys(row.decision for row in keep)),
        }

    def also_locks(self) -> Iterable[UUID]:
        return {self.person}  # so that two workers never send one person two messages

    def about(self, at: At) -> UUID | None:
        return self.person

    def objections(self, at: At) -> Iterator[Objection]:
        day = day_for(self.person, at.date())
        if day is None or day > at.date():
            yield "person", _("They asked not to be sent more now.")
        if not self.things and not self.left_out:
            yield "person", _("Nothing waits for them.")

    def apply(self, entry: Recorded) -> None:
        if self.things:
            models.Bundle.begin(
                entry,
                id=self.bundle,
                person=self.person,
                sent_on=day_of(entry.at),
                things=len(self.things),
                state="leaving",
            )
        for each in self.things or ():
            models.Waiting.everything.get(id=each).change(entry, bundle=self.bundle)
        for each in self.left_out or ():
            models.Waiting.everything.get(id=each).change(entry, left_out_at=entry.at)

    def leaves(self, *things: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
        matters = self.matters or []
        if not matters or self.bundle is None:
            return ()
        told = {"person": self.person.hex, "what": "bundle", "bundle": self.bundle.hex}
        told |= {"matter": matters[0].hex, "link": _page_of(self.things or [], matters[0])}
        return [("tell", told)]


def _page_of(things: list[UUID], matter: UUID) -> str:
    """Where a message leads: to the one change it asks to judge, or to the first matter it is about."""
    rounds = models.Waiting.everything.filter(id__in=things, decision=matter).values("round")
    changes = set(models.Round.everything.filter(id__in=rounds).values_list("of_change", flat=True))
    one = next(iter(changes)) if len(changes) == 1 else None
    return f"/decisions/{matter}" if one is None else f"/changes/{one}"


def still_matters(row: models.Waiting, today: date) -> bool:
    """Whether what waits is still so: nobody is asked about what is settled, or what they answered since."""
    if row.kind == RoundKind.JUDGE:
        return _can_be_judged(row, today)
    decision = models.Decision.everything.get(id=row.decision)
    if row.kind == RoundKind.ASK:
        return bool(decision.is_open) and row.person not in left_in_peace(decision, [row.person])
    return bool(decision.state == State.DECIDED)


def _can_be_judged(row: models.Waiting, today: date) -> bool:
    """Whether the change that somebody is asked to judge waits for that still, and they have not done so."""
    round = models.Round.everything.get(id=row.round)
    change = models.Change.everything.get(id=round.of_change)
    is_now = change.round == round.change_round and not may_be_judged_on(change, today)
    return is_now and row.person not in who_judged(round, [row.person])


class NoteBundle(Command):
    """Note what became of a message."""

    records = "decisions.bundle_noted"
    may = the_installation
    says = _("It was noted what became of a message.")

    bundle: Own[models.Bundle] = Ask(_("Which message?"), used_for=_("It says which one."))
    state: str = Ask(_("What became of it?"), used_for=_("We ring those it did not reach."), max_length=8)

    def about(self, bundle: models.Bundle, at: At) -> UUID | None:
        return bundle.person

    def objections(self, bundle: models.Bundle, at: At) -> Iterator[Objection]:
        if self.state not in ("sent", "held", "failed"):
            yield "state", _("Say: sent, held or failed.")
        came_back = bundle.state == "sent" and self.state == "failed"
        if bundle.state != "leaving" and not came_back:
            yield "bundle", _("That is noted already.")

    def apply(self, bundle: models.Bundle, entry: Recorded) -> None:
        bundle.change(entry, state=self.state)


def what_became_of_it(payload: Mapping[str, Any], state: str, channel: str) -> Iterable[Command]:
    """After the outbox: a bundle says what became of it; any other message is of one matter."""
    if payload.get("what") == "bundle" and state in ("sent", "held", "failed"):
        yield NoteBundle(bundle=UUID(str(payload["bundle"])), state=state)
    else:
        yield from arriving.what_became_of_it(payload, state, channel)


def bundles_due(now: datetime) -> Iterator[Command]:
    """One bundle for each person for whom something is ready, if today is a day for them."""
    today = day_of(now)
    rows = models.Waiting.everything.filter(is_ready=True, bundle=None, left_out_at=None)
    for person in rows.order_by("person").values_list("person", flat=True).distinct():
        day = day_for(person, today)
        if day is not None and day <= today:
            yield SendBundle(person=person)
