"""A second person outside the line: who is asked, what they checked, why they said no; which office it is.

Whoever asks does not choose whom. The yes itself is a command of each thing that needs one (keeping.py,
erasing.py, merging.py); what all of them ask about whoever says it is here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import NO_ROWS, Actor, rule, the_installation
from alongside.topics.people.commands.asked import ASKED_TO_AGREE, asked_already, told_to_read
from alongside.topics.people.commands.bodies import its_managers, its_managers_by_column
from alongside.topics.people.commands.checks import PeopleCommand, Reasons, pack
from alongside.topics.people.models import (
    TAKES_TWO,
    AddressCheck,
    AgreesFor,
    AskedAs,
    AskedToAgree,
    Asks,
    Erasure,
    HoldBack,
    Link,
    Merge,
    Office,
    Organisation,
    PowerCheck,
    Said,
    is_next_ones_turn,
    not_refused,
)
from alongside.topics.people.models.links import asked_to_agree_q
from alongside.topics.people.policy.outside_line import Asking, body_of, stands_outside, who_can_agree

MOST_AT_ONCE = 500
Waiting = HoldBack | Erasure | Merge | AddressCheck | PowerCheck  # what waits for somebody outside the line
WHO_AGREES = _("So that somebody from outside agrees, or does not.")
THEY_READ = _("Whoever asked reads it, and those who work with the person.")


@rule(_("somebody from outside, who was asked to agree"))
def asked_to_agree(actor: Actor, at: datetime) -> Q:
    """For commands judged on what waits for a second person."""
    return asked_to_agree_q(actor, still=True)


class AskToAgree(PeopleCommand):
    """Ask somebody from outside to agree."""

    records = "people.agreement_asked"
    may = the_installation
    only_as_consequence = True
    says = _("Somebody from outside was asked to agree.")

    asked: Fresh[AskedToAgree] = Ask(settled=True)
    ask: UUID = Ask(used_for=WHO_AGREES)
    kind: Asks = Ask(used_for=WHO_AGREES)
    about_whom: UUID = Ask(used_for=WHO_AGREES)
    body: UUID | None = None
    asked_by: UUID = Ask(used_for=WHO_AGREES)
    person: UUID = Ask(used_for=WHO_AGREES)
    standing: AskedAs = Ask(used_for=WHO_AGREES)
    office: UUID | None = None
    answer_by: date | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.ask,)

    def settle(self, at: At) -> dict[str, object]:
        return {"answer_by": pack(at).due("second_person.answer_days", at.date())}

    def objections(self, at: At) -> Reasons:
        yield from asked_already(AskedToAgree.asked_of(self.ask), self.person)

    def apply(self, entry: Recorded) -> None:
        AskedToAgree.begin(
            entry,
            id=self.asked,
            ask=self.ask,
            kind=self.kind,
            about=self.about_whom,
            body=self.body,
            asked_by=self.asked_by,
            person=self.person,
            standing=self.standing,
            office=self.office,
            asked_at=entry.at,
            answer_by=self.answer_by,
            said=Said.NOTHING,
            words=None,
            closed_at=None,
        )

    def leaves(self, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield told_to_read(self.person, "/asked-to-agree", what=ASKED_TO_AGREE)


class DeclineToAgree(PeopleCommand):
    """Say that you do not agree, and why."""

    records = "people.agreement_declined"
    may = rule(_("whoever was asked to agree"))(lambda actor, at: _asked_themself(actor))
    says = _("%(by)s was asked to agree, and did not.")
    strong = True
    page: ClassVar[str] = ""
    lead: ClassVar[Lazy] = _("Then it is not done. It can be asked again, and your no is shown with it.")
    done: ClassVar[Lazy] = _("Your no is kept with its reason. Whoever asked is told.")

    asked: Id[AskedToAgree]
    words: Sealed = Ask(
        _("Why not?"),
        hint=_("Say what you looked at, and what is missing."),
        used_for=THEY_READ,
        belongs_to="by",
    )
    ask: UUID | None = Ask(settled=True)
    kind: Asks | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        row = AskedToAgree.everything.filter(pk=self.asked).first()
        return (row.ask,) if row is not None else ()

    def settle(self, asked: AskedToAgree, at: At) -> dict[str, object]:
        return {"ask": asked.ask, "kind": asked.kind}

    def objections(self, asked: AskedToAgree, at: At) -> Reasons:
        if asked.closed_at is not None:
            yield "", _("This was settled already.")
        if at.by.typed_by is not None:
            yield "", _("Nobody can answer this for somebody else.")
        if not self.words:
            yield "words", _("Say why.")

    def apply(self, asked: AskedToAgree, entry: Recorded) -> None:
        answered(asked.ask, entry, Said.NO, self.words)

    def leaves(self, asked: AskedToAgree, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield "tell", {"person": asked.asked_by.hex, "what": "not_agreed", "link": "/asked-to-agree"}


def _asked_themself(actor: Actor) -> Q:
    return NO_ROWS if actor.person is None or actor.only is not None else Q(person=actor.person)


def answered(ask: UUID, entry: Recorded, said: Said, words: Any) -> None:
    """For apply: whoever answered has answered, and nobody else is asked any more."""
    for row in list(AskedToAgree.asked_now(ask)):
        more = {"said": said, "words": words} if row.person == entry.by else {}
        row.change(entry, closed_at=entry.at, **more)


# What the yes asks about whoever says it ---------------------------------------------------------------


def asking_of(row: Waiting) -> Asking:
    """What one of these asks for, as far as it says who may agree."""
    if isinstance(row, HoldBack):
        return Asking(row.proposed_by, row.about, (row.held_from,), asked_at=row.proposed_at)
    return replace(_asking_of(row), asked_at=row.asked_at)


def _asking_of(row: Erasure | Merge | AddressCheck | PowerCheck) -> Asking:
    if isinstance(row, Merge):
        return Asking(row.asked_by, row.person, (row.other,))
    if isinstance(row, AddressCheck):  # whoever wrote it down cannot do it alone, and whoever asks does not
        return Asking(row.written_by, row.person, tuple({row.asked_by} - {row.written_by, row.person}))
    if isinstance(row, PowerCheck):  # nor does anybody of the line of either
        others = {row.asked_by, row.holder} - {row.written_by, row.person}
        return Asking(row.written_by, row.person, tuple(sorted(others)), (row.asked_by,))
    return Asking(row.asked_by, row.person)


def kind_of(row: Waiting) -> Asks:
    if isinstance(row, HoldBack):
        return Asks.HOLD_BACK
    if isinstance(row, Merge):
        return Asks.MERGE
    if isinstance(row, AddressCheck):
        return Asks.ADDRESS
    if isinstance(row, PowerCheck):
        return Asks.POWER
    return Asks.NOTE if row.note is not None else Asks.ERASURE


def is_outside(row: Waiting, at: At) -> bool:
    """Whether whoever acts was asked, and still stands outside the line: people change their posts."""
    person = at.by.person
    asked = AskedToAgree.everything.filter(ask=row.id, person=person, closed_at=None)
    return person is not None and asked.exists() and stands_outside(person, asking_of(row), at.moment)


def only_from_outside(row: Waiting, checked: Any, at: At) -> Reasons:
    """What stands in the way of somebody's yes to what one line may not do by itself."""
    if AskedToAgree.everything.filter(ask=row.id, said=Said.NO).exists():
        yield "", _("Somebody from outside looked, and said no. Ask again, and say what is new.")
    if asking_of(row).asked_by in at.by.records:
        yield "", _("A second person must agree, from outside your line. They have been asked.")
    elif not is_outside(row, at):
        yield "", _("Only somebody from outside can agree to this. Whoever that is has been asked.")
    if at.by.typed_by is not None:
        yield "", _("Nobody can agree to this for somebody else.")
    if not checked:
        yield "checked", _("Say what you checked.")


# Who is asked, and when the next are -------------------------------------------------------------------


def ask_outside(command: Any, entry: Recorded) -> Iterable[Command]:
    """For WHEN: something needs a second person, and those outside the line are asked."""
    yield from _asks(_TABLES[entry.kind].everything.get(pk=entry.thing), entry.at)


_TABLES: Mapping[str, Any] = {
    "people.hold_back_proposed": HoldBack,
    "people.erasure_asked_for": Erasure,
    "people.note_removal_asked_for": Erasure,
    "people.merge_asked_for": Merge,
    "people.address_check_asked_for": AddressCheck,
    "people.power_check_asked_for": PowerCheck,
}
ASKED_FOR = tuple(_TABLES)


def _asks(row: Waiting, at: datetime, but: Iterable[UUID] = ()) -> Iterator[Command]:
    asking = asking_of(row)
    for one in who_can_agree(asking, at, but=but):
        yield AskToAgree(
            ask=row.id,
            kind=kind_of(row),
            about_whom=asking.about,
            body=body_of(asking.about, at),
            asked_by=asking.asked_by,
            person=one.person,
            standing=one.standing,
            office=one.office,
        )


def waiting(now: datetime) -> Iterator[Waiting]:
    """All that waits for somebody outside the line, the longest ago first."""
    short = Q(agreed_at=None) | Q(by_line=True)
    held = HoldBack.everything.filter(short, lifted_at=None, ends_at__gt=now).order_by("proposed_at", "id")
    yield from not_refused(held)[:MOST_AT_ONCE]
    for model in TAKES_TWO:
        rows = not_refused(model.everything.filter(agreed_at=None))
        yield from rows.order_by("asked_at", "id")[:MOST_AT_ONCE]


def asked_before(rows: QuerySet[Any], at: At) -> Reasons:
    """Why the same is not asked for twice by one person while somebody outside has time to answer: the same
    people would be asked again."""
    mine = rows.filter(asked_by__in=at.by.ids, agreed_at=None).values("id")
    have_time = AskedToAgree.everything.filter(ask__in=mine, closed_at=None, answer_by__gte=at.date())
    if have_time.exists():
        yield "", _("You asked for this already. Your page shows who is asked.")


def due(now: datetime, today: date) -> Iterable[Command]:
    """What the clock brings: where nobody outside was asked yet, or none of them has answered in time, the
    next ones are asked. Nobody is asked twice."""
    for row in list(waiting(now)):
        if isinstance(row, PowerCheck) and not Link.everything.get(pk=row.link).is_live(now):
            continue  # the power has ended: there is nothing to see any more
        asked = list(AskedToAgree.asked_of(row.id))
        if is_next_ones_turn(asked, today):
            yield from _asks(row, now, but=[one.who for one in asked])


def lift_what_was_declined(command: DeclineToAgree, entry: Recorded) -> Iterable[UUID]:
    """The ids of what is held back, or was asked to be, and somebody outside the line said no to it."""
    if command.kind == Asks.HOLD_BACK and command.ask is not None:
        rows = HoldBack.everything.filter(pk=command.ask, lifted_at=None)
        yield from rows.values_list("id", flat=True)


# Which office agrees for a body -------------------------------------------------------------------------


class NameWhoAgrees(PeopleCommand):
    """Name an office that agrees for your body, from outside its lines."""

    records = "people.agreeing_office_named"
    may = its_managers
    judged_on = "organisation"
    says = _("%(by)s named an office that agrees for their body, from outside its lines.")
    strong = True
    lead: ClassVar[Lazy] = _(
        "It is asked beside the duty team. It can be of another body: of one who guards what is "
        "confidential, or who keeps people safe in a user-led organisation."
    )

    named: Fresh[AgreesFor] = Ask(settled=True)
    organisation: Id[Organisation]
    office: Id[Office] = Ask(_("Which office?"), used_for=_("Everyone, to know who agrees when two must."))

    def objections(self, organisation: Organisation, office: Office, at: At) -> Reasons:
        there = AgreesFor.everything.filter(organisation=organisation.id, office=office.id, ended_at=None)
        if there.exists():
            yield "office", _("This office is named already.")

    def apply(self, organisation: Organisation, office: Office, entry: Recorded) -> None:
        AgreesFor.begin(
            entry,
            id=self.named,
            organisation=organisation.id,
            office=office.id,
            named_by=entry.by,
            named_at=entry.at,
            ended_at=None,
        )


class EndWhoAgrees(PeopleCommand):
    """Say that an office agrees for your body no longer."""

    records = "people.agreeing_office_ended"
    may = its_managers_by_column
    says = _("%(by)s said that an office agrees for their body no longer.")
    strong = True

    named: Id[AgreesFor]

    def objections(self, named: AgreesFor, at: At) -> Reasons:
        if named.ended_at is not None:
            yield "", _("This was ended already.")

    def apply(self, named: AgreesFor, entry: Recorded) -> None:
        named.change(entry, ended_at=entry.at)
