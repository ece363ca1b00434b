"""Asking for a calendar of one's own days, and for word to a body's program; and ending both."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces import hooks
from alongside.kernel.command import Ask, At, Fresh, Id, Recorded
from alongside.topics.people.commands.bodies import its_managers, its_managers_by_column
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_by_code,
    not_by_program,
    not_in_use,
    the_person_here,
)
from alongside.topics.people.models import Calendar, Hook, Organisation, Person
from alongside.topics.people.policy import is_the_person


class AskForCalendar(PeopleCommand):
    """Put your days in your calendar."""

    records = "people.calendar_asked_for"
    may = the_person_here
    says = _("%(by)s asked for a calendar of their days.")
    says_to_you = _("You asked for a calendar of your days.")
    judged_on = "person"
    page = "people:calendar"
    lead = _("Each day will only say “Appointment”. It does not say what it is about, or with whom.")
    button = _("Turn it on")
    done = _("It is on. Put the address into your calendar.")

    calendar: Fresh[Calendar] = Ask(settled=True)
    person: Id[Person]

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_by_code(at)
        yield from not_by_program(person.id, at)
        if at.by.typed_by is not None:
            yield "", _("Only the person can turn this on, on a page of their own.")
        if Calendar.everything.filter(person=person.id, ended_at=None).exists():
            yield "", _("It is on already. To get a new address, turn it off first.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        Calendar.begin(entry, id=self.calendar, person=person.id, since=entry.at, ended_at=None)


class EndCalendar(PeopleCommand):
    """Turn your calendar off."""

    records = "people.calendar_ended"
    may = is_the_person()
    says = _("%(by)s turned off the calendar of their days.")
    says_to_you = _("You turned off the calendar of your days.")
    page = "people:calendar"
    lead = _(
        "Its address stops working at once. What your phone has copied stays there until it looks again."
    )
    button = _("Turn it off")
    done = _("It is off.")

    calendar: Id[Calendar]

    def objections(self, calendar: Calendar, at: At) -> Reasons:
        yield from not_by_code(at)
        if calendar.ended_at is not None:
            yield "", _("It is off already.")

    def about(self, calendar: Calendar, at: At) -> UUID | None:
        return calendar.person

    def apply(self, calendar: Calendar, entry: Recorded) -> None:
        calendar.change(entry, ended_at=entry.at)


class SetHook(PeopleCommand):
    """Have a program told what changes about services and places."""

    records = "people.hook_set"
    may = its_managers
    says = _("%(by)s asked for word to a program.")
    judged_on = "organisation"
    page = "people:hooks"
    lead = _(
        "We tell it which decision or promise changed. We never tell it what people said, or about one life."
    )
    strong = True

    hook: Fresh[Hook] = Ask(settled=True)
    organisation: Id[Organisation]
    address: str = Ask(
        _("What is the program’s address?"),
        hint=_("It begins with https://"),
        used_for=_("Alongside, to send word there."),
        max_length=500,
        widget="line",
    )

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.organisation,)

    def objections(self, organisation: Organisation, at: At) -> Reasons:
        why_not = hooks.refused(self.address)
        if why_not:
            yield "address", why_not
        if Hook.everything.filter(organisation=organisation.id, address=self.address, ended_at=None).exists():
            yield "address", _("This program is told already.")

    def apply(self, organisation: Organisation, entry: Recorded) -> None:
        Hook.begin(
            entry,
            id=self.hook,
            organisation=organisation.id,
            address=self.address,
            set_by=entry.by,
            since=entry.at,
            ended_at=None,
        )


class StopHook(PeopleCommand):
    """Stop telling a program."""

    records = "people.hook_stopped"
    may = its_managers_by_column
    says = _("%(by)s stopped word to a program.")
    page = "people:hooks"

    hook: Id[Hook]

    def objections(self, hook: Hook, at: At) -> Reasons:
        if hook.ended_at is not None:
            yield "", _("It was stopped already.")

    def apply(self, hook: Hook, entry: Recorded) -> None:
        hook.change(entry, ended_at=entry.at)
