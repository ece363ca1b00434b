"""Holding something back from somebody, and keeping a record that must be kept."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.apps import apps
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Code, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.now import now_tables
from alongside.kernel.policy import NO_ROWS, Actor, rule, the_installation
from alongside.topics.people.commands import agreeing, climbing
from alongside.topics.people.commands.agreeing import (
    THEY_READ,
    answered,
    asked_to_agree,
    is_outside,
    only_from_outside,
)
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_in,
    not_strong,
    pack,
    those_who_work_for_them,
)
from alongside.topics.people.models import Hold, HoldBack, Person, Said
from alongside.topics.people.policy import is_advocate_of, is_the_person, keepers, manager_of, worker_of

MOST_AT_ONCE = 500
at_work_on_it = worker_of("about") | manager_of("about")


@rule(_("whoever agreed to it"))
def who_agreed(actor: Actor, at: datetime) -> Q:
    """Somebody outside the line who agreed can lift it: they answer for it too."""
    return NO_ROWS if actor.person is None or actor.only is not None else Q(agreed_by=actor.person)


class WhyHeldBack(TextChoices):
    """The test that must be met before something is held back."""

    SERIOUS_HARM = "serious_harm", _("If they see it, someone is likely to come to serious harm")
    THIRD_PARTY = "third_party", _("It would break the confidence of another person")


class ProposeHoldBack(PeopleCommand):
    """Ask for something to be held back from somebody, for now."""

    records = "people.hold_back_proposed"
    may = those_who_work_for_them
    says = _("%(by)s asked for something to be held back.")
    done = _("Nothing is held back yet. Somebody outside your line must agree. Your page shows who is asked.")

    hold_back: Fresh[HoldBack] = Ask(settled=True)
    about_whom: Id[Person]
    table: str = Ask(
        _("What kind of thing is it?"),
        used_for=_("Alongside, to find it."),
        max_length=60,
        pattern=r"^[a-z_]+\.[A-Za-z]+$",
    )
    thing_held: UUID = Ask(_("Which one?"), used_for=_("Alongside, to find it."))
    held_from: UUID = Ask(
        _("From whom?"), used_for=_("Alongside: to this person it is as if it were not there.")
    )
    test: WhyHeldBack = Ask(_("Which test is met?"), used_for=_("The second person, to check it."))
    reasons: Sealed = Ask(
        _("How is the test met?"), used_for=_("The second person, to check it."), belongs_to="by"
    )
    from_advocate: bool = Ask(
        _("The danger comes from their advocate"),
        hint=_("Their advocate goes on seeing it, unless you and the second person both say this."),
        default=False,
    )
    ends_on: date = Ask(_("Until when, at the latest?"), used_for=_("Alongside: it then shows again."))
    review_on: date = Ask(_("When do you look at it again?"), used_for=_("Both of you, to lift it early."))
    ends_at: datetime | None = Ask(settled=True)
    with_circle: bool = Ask(settled=True, default=False)

    def settle(self, about: Person, at: At) -> dict[str, object]:
        return {"ends_at": clock.due_end_of_day(self.ends_on), "with_circle": self.held_from == about.id}

    def objections(self, about: Person, at: At) -> Reasons:
        yield from not_strong(at, about.id)
        if not self.reasons:
            yield "reasons", _("Say how the test is met.")
        if self.held_from == at.by.person:
            yield "held_from", _("You cannot hold something back from yourself.")
        latest = pack(at).due("holding_back.longest_days", at.date())
        if not at.date() < self.ends_on <= latest:
            yield "ends_on", _("Choose a day from tomorrow to %(latest)s.") % {"latest": day(latest)}
        if not at.date() < self.review_on <= self.ends_on:
            yield "review_on", _("Choose a day from tomorrow to the end.")
        if is_advocate_of(self.held_from, about.id, at.moment) and not self.from_advocate:
            yield "held_from", _("Their advocate sees this, if the danger does not come from the advocate.")
        if not self._is_there_and_seen(at):
            yield "thing_held", _("We could not find that. Please choose again.")
        elif not self._can_be_held_back(at):
            yield "table", _("This kind of thing cannot be held back. Ask us how to keep people safe.")
        else:
            yield from self._narrow(about)

    def _narrow(self, about: Person) -> Reasons:
        """What the thing itself says of being held back: a whole matter is so in a narrow case only."""
        row = apps.get_model(self.table)._base_manager.get(pk=self.thing_held)
        ask = getattr(row, "why_not_held_back", None)
        why_not = ask(about.id, self.held_from, self.test) if ask else None
        if why_not is not None:
            yield "thing_held", why_not

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.about_whom, self.held_from)

    def _is_there_and_seen(self, at: At) -> bool:
        known = {model._meta.label.casefold() for model in now_tables()}
        if self.table.casefold() not in known:
            return False
        model: Any = apps.get_model(self.table)
        seen = model.objects.seen_by(at.by, at.moment)
        return bool(seen.filter(pk=self.thing_held).exists())

    def _can_be_held_back(self, at: At) -> bool:
        """Whether that table asks, of every reader, what is held back from them."""
        model: Any = apps.get_model(self.table)
        rows = model.everything.filter(model.seen_by(Actor(person=self.held_from), at.moment))
        return HoldBack._meta.db_table in str(rows.query)

    def apply(self, about: Person, entry: Recorded) -> None:
        HoldBack.begin(
            entry,
            id=self.hold_back,
            thing=self.thing_held,
            table=self.table,
            about=about.id,
            held_from=self.held_from,
            with_circle=self.with_circle,
            from_advocate=self.from_advocate,
            with_advocate=False,
            test=self.test,
            reasons=self.reasons,
            proposed_by=entry.by,
            proposed_at=entry.at,
            review_on=self.review_on,
            ends_at=self.ends_at,
        )


class AgreeHoldBack(PeopleCommand):
    """Agree, as the second person, that something is held back for now."""

    records = "people.hold_back_agreed"
    may = asked_to_agree | at_work_on_it
    says = _("%(by)s agreed that something is held back for now.")
    strong = True
    lead: ClassVar[Lazy] = _(
        "If you are of the line of whoever asked, your yes holds for a short time only, and once. "
        "Somebody from outside is asked."
    )

    hold_back: Id[HoldBack]
    checked: Sealed = Ask(
        _("What did you check?"),
        used_for=THEY_READ,
        needed=_("needed, if you stand outside their line"),
        default="",
        belongs_to="by",
    )
    from_advocate: bool = Ask(
        _("I have looked, and the danger comes from their advocate"),
        hint=_("If you leave this blank, their advocate goes on seeing it."),
        default=False,
    )
    with_advocate: bool | None = Ask(settled=True)
    by_line: bool | None = Ask(settled=True)  # nobody outside the line has agreed yet
    ends_at: datetime | None = Ask(settled=True)

    def settle(self, hold_back: HoldBack, at: At) -> dict[str, object]:
        if is_outside(hold_back, at):
            end = hold_back.asked_until or hold_back.ends_at
            said = hold_back.from_advocate and self.from_advocate
            return {"with_advocate": said, "by_line": False, "ends_at": end}
        short = clock.due_end_of_day(pack(at).due("holding_back.line_alone_days", at.date()))
        return {"with_advocate": False, "by_line": True, "ends_at": min(short, hold_back.ends_at)}

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        if fields.get("by_line") is None:
            return cls.says
        return OF_ONE_LINE if fields["by_line"] else FROM_OUTSIDE

    def objections(self, hold_back: HoldBack, at: At) -> Reasons:
        named = is_advocate_of(hold_back.held_from, hold_back.about, at.moment)
        if named and not self.from_advocate:
            yield "from_advocate", _("It is held back from an advocate only if you say so too.")
        if hold_back.proposed_by in at.by.records:
            yield "", _("A second person must agree. Whoever stands outside your line has been asked.")
        if at.by.person == hold_back.held_from:
            yield "", _("Somebody else must agree to this.")
        stands = hold_back.agreed_at is not None and (self.by_line or not hold_back.by_line)
        if stands or hold_back.lifted_at is not None:
            yield "", _("This was settled already.")
        if hold_back.ends_at <= at.moment:
            yield "", _("The end has passed. Ask again with a later one.")
        if self.by_line:
            yield from _the_line_alone(hold_back, named)
        else:
            yield from only_from_outside(hold_back, self.checked, at)

    def apply(self, hold_back: HoldBack, entry: Recorded) -> None:
        end: dict[str, Any] = {}
        if self.by_line is not None:  # before that was told apart, the end was the one that was asked for
            asked_until = hold_back.ends_at if self.by_line else hold_back.asked_until
            end = {"ends_at": self.ends_at, "asked_until": asked_until, "by_line": self.by_line}
        hold_back.change(
            entry, agreed_by=entry.by, agreed_at=entry.at, with_advocate=bool(self.with_advocate), **end
        )
        if not self.by_line:
            answered(hold_back.id, entry, Said.YES, self.checked)


FROM_OUTSIDE = _("%(by)s, from outside, agreed that something is held back for now.")
OF_ONE_LINE = _("%(by)s, of the same line, agreed that something is held back for a short time only.")


def _the_line_alone(hold_back: HoldBack, from_advocate: bool) -> Reasons:
    """Two of one line hold something back only where somebody could be hurt, for a short time, and once."""
    if hold_back.test != WhyHeldBack.SERIOUS_HARM or from_advocate:
        yield "", _("Only somebody from outside can agree to this. Whoever that is has been asked.")
    same = HoldBack.everything.filter(thing=hold_back.thing, held_from=hold_back.held_from)
    once = same.exclude(id=hold_back.id).filter(agreed_at__isnull=False).exclude(asked_until=None)
    if once.exists():
        yield "", _("Your line has held this back once by itself. Now somebody outside it must agree.")


class LiftHoldBack(PeopleCommand):
    """Show again what was held back."""

    records = "people.hold_back_lifted"
    may = at_work_on_it | who_agreed | the_installation
    says = _("%(by)s showed again what was held back.")

    hold_back: Id[HoldBack]

    def objections(self, hold_back: HoldBack, at: At) -> Reasons:
        if hold_back.lifted_at is not None:
            yield "", _("It shows again already.")
        if hold_back.held_from in at.by.records:
            yield "", _("Somebody else must do this.")

    def apply(self, hold_back: HoldBack, entry: Recorded) -> None:
        hold_back.change(entry, lifted_at=entry.at)

    def leaves(self, hold_back: HoldBack, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """What was held back from the person it was about is always told them afterwards."""
        if hold_back.held_from != hold_back.about:
            return
        link = f"/people/{hold_back.about}/who-can-see"
        payload = {"person": hold_back.about.hex, "what": "was_held_back", "link": link}
        yield "tell", {**payload, "matter": hold_back.thing.hex}


def due(now: datetime) -> Iterable[Command]:
    """What the clock brings: what was held back until now shows again, and the person is told that it was;
    where nobody outside the line has answered, the next ones are asked; what waits too long is noted."""
    over = HoldBack.everything.filter(lifted_at=None, ends_at__lte=now).order_by("ends_at", "id")
    for pk in over.values_list("id", flat=True)[:MOST_AT_ONCE]:
        yield LiftHoldBack(hold_back=pk)
    yield from agreeing.due(now, clock.day_of(now))
    yield from climbing.due(now)


def follow_no(command: agreeing.DeclineToAgree, entry: Recorded) -> Iterable[Command]:
    """Somebody outside the line said no: what was held back shows again, and the person is told of it."""
    for pk in agreeing.lift_what_was_declined(command, entry):
        yield LiftHoldBack(hold_back=pk)


WHEN: Mapping[str, Any] = {
    **{kind: [agreeing.ask_outside] for kind in agreeing.ASKED_FOR},
    "people.agreement_declined": [follow_no],
}


class PlaceHold(PeopleCommand):
    """Say that a record must be kept for now."""

    records = "people.hold_placed"
    may = those_who_work_for_them | keepers
    says = _("%(by)s said that a record must be kept for now.")

    hold: Fresh[Hold] = Ask(settled=True)
    person: Id[Person]
    reason: Annotated[str, Code("retention.holds")] = Ask(
        _("Why must it be kept?"), used_for=_("Whoever is asked to erase it, to know that they may not.")
    )
    words: Sealed = Ask(_("Anything more to say?"), default="", belongs_to="by")

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_strong(at, person.id)
        yield from not_in("retention.holds", self.reason, at, "reason")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        Hold.begin(
            entry,
            id=self.hold,
            person=person.id,
            reason=self.reason,
            words=self.words,
            placed_by=entry.by,
            placed_at=entry.at,
        )


class LiftHold(PeopleCommand):
    """Say that a record need no longer be kept for this reason."""

    records = "people.hold_lifted"
    may = is_the_person("placed_by") | worker_of() | manager_of() | the_installation
    says = _("%(by)s said that a record need no longer be kept for this reason.")
    strong = True

    hold: Id[Hold]

    def also_locks(self) -> tuple[UUID, ...]:
        row = Hold.everything.filter(pk=self.hold).first()
        return (row.person,) if row is not None else ()

    def objections(self, hold: Hold, at: At) -> Reasons:
        if hold.lifted_at is not None:
            yield "", _("This was lifted already.")

    def about(self, hold: Hold, at: At) -> UUID | None:
        return hold.person

    def apply(self, hold: Hold, entry: Recorded) -> None:
        hold.change(entry, lifted_at=entry.at)
