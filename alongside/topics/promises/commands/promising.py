"""Making a promise, saying how far it is, handing it over, putting its words right."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor, the_installation
from alongside.topics.people.policy import organisations_of, same_line, works_in_a_body
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.promises.commands.about import about_somebody
from alongside.topics.promises.commands.numbers import (
    NUMBER,
    NUMBER_IS,
    NUMBER_OF,
    OUT_OF,
    meant,
    wrong_number,
)
from alongside.topics.promises.commands.telling import (
    living_of,
    other_lines,
    tell,
    tell_all,
    tell_group,
    told_at_once,
)
from alongside.topics.promises.models import HandOver, NumberIs, Progress, Promise, PromisedTo, Said, Verdict
from alongside.topics.promises.policy import its_owner, its_owners_manager

ALL_DONE = 100
SETTLED = (Said.KEPT, Said.NO_LONGER)  # an answer before the day that makes asking again needless


TO_ONESELF = _(
    "Whoever answers for a promise, and their boss and team, cannot be whom it is made to: those it is made "
    "to say whether it was kept."
)
OF_THE_DEAD = _("One of them has died, and could never say whether it was kept. Promise it to somebody else.")


def _named(promise: Promise) -> list[UUID]:
    """To whom a promise was made, by name, beside the person whose life it is about."""
    rows = PromisedTo.everything.filter(promise=promise.id, person__isnull=False)
    return [one for one in rows.values_list("person", flat=True) if one != promise.person]


class MakePromise(Command):
    """Promise something."""

    records = "promises.made"
    may = works_in_a_body
    says = _("%(by)s made a promise.")
    judged_on = "organisation"
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Your promise is made. Those it is made to will say whether it was kept.")

    promise: Fresh[Promise] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Which organisation makes this promise?"), used_for=_("Those who see the promise see who made it.")
    )
    what: Sealed = Ask(
        _("What will be done?"),
        hint=_("One thing, in plain words. What takes something away or limits somebody is no promise."),
        used_for=_("The people you promise it to judge these words."),
        belongs_to="person",
    )
    due_on: date = Ask(
        _("By which day?"), used_for=_("From this day on we ask the people you promise it to how it went.")
    )
    person: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("Whose life is it about?"),
        hint=_("Leave this blank only for a service or a place. Then everyone can read the promise."),
        default=None,
    )
    made_to: list[Annotated[UUID, Ref("people.Person")]] = Ask(
        _("Whom do you promise it to?"),
        hint=_("Only they will say whether it was kept. Whose life it is about is always one of them."),
        default=[],
        of_others=True,
    )
    owned_by: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("Who will see that it is done?"),
        hint=_("You, if you leave this blank."),
        default=None,
        of_others=True,
    )
    office: Annotated[UUID, Ref("people.Office")] | None = Ask(
        _("Which office is that?"), hint=_("Public pages show the office, never a worker."), default=None
    )
    decision: Annotated[UUID, Ref("decisions.Decision")] | None = Ask(
        _("Which decision does it come from?"), default=None
    )
    group: Sealed = Ask(
        _("Which group of people do you promise it to?"),
        hint=_("For example: everyone who goes to the day centre in Mill Street."),
        default="",
        belongs_to="thing",
        widget="line",
    )
    group_of: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Which organisation are they members of?"),
        hint=_("Leave this blank if there is none. Others in the group can say so themselves."),
        default=None,
    )
    group_size: int | None = Ask(_("How many people are in the group?"), default=None, ge=1, le=10_000_000)
    is_private: bool = Ask(
        _("Keep this from family, carers and speakers"),
        hint=_("Then only the person and those who work for them see it."),
        default=False,
    )
    test: Sealed = Ask(
        _("How can people see that it is done?"),
        hint=_("What will be looked at, and by whom."),
        default="",
        belongs_to="thing",
    )
    number: int | None = NUMBER
    number_of: Sealed = NUMBER_OF
    number_is: NumberIs | None = NUMBER_IS
    out_of: int | None = OUT_OF
    rows: list[UUID] = Ask(settled=True, default=[])
    made_on: date | None = Ask(settled=True)
    statement: UUID | None = Ask(settled=True)
    protocol: UUID | None = Ask(settled=True)
    line: str = Ask(settled=True, default="", max_length=40)

    def settle(self, at: At) -> Mapping[str, Any]:
        theirs = [self.person] if self.person else []  # nobody promises about a life and not to whose it is
        made_to = list(dict.fromkeys([*theirs, *self.made_to]))
        wanted = len(made_to) + (1 if self.group_size else 0)
        return {
            "made_to": made_to,
            "owned_by": self.owned_by or at.by.person,
            "office": self.office or (at.by.office if self.owned_by in (None, at.by.person) else None),
            "rows": [chance.mint() for _each in range(wanted)],
            "made_on": at.date(),
            "number_is": meant(self),
        }

    def objections(self, at: At) -> Iterator[tuple[str, Lazy]]:
        if not self.what:
            yield "what", _("Say what will be done.")
        if self.due_on < at.date():
            yield "due_on", _("This day is past. Choose today or a later day.")
        if not self.made_to and not self.group_size:
            yield "made_to", _("Say whom you promise it to. Only they can say whether it was kept.")
        if who_died(self.made_to):
            yield "made_to", OF_THE_DEAD
        yield from about_somebody(self, at)
        if self.person and self.group_size:
            yield "group_of", _("A promise about one person’s life is made to people, not to a group.")
        if bool(self.group) != bool(self.group_size) or (self.group_of and not self.group_size):
            yield "group", _("For a group, say who they are and how many they are.")
        if self.owned_by is None or self.organisation not in organisations_of(self.owned_by, at.moment):
            yield "owned_by", _("Choose someone who works for the organisation that makes this promise.")
        elif any(one != self.person and same_line(one, self.owned_by, at.moment) for one in self.made_to):
            yield "made_to", TO_ONESELF
        yield from wrong_number(self)

    def about(self, at: At) -> UUID | None:
        return self.person

    def apply(self, entry: Recorded) -> None:
        Promise.begin(
            entry,
            id=self.promise,
            decision=self.decision,
            organisation=self.organisation,
            office=self.office,
            owner=self.owned_by,
            person=self.person,
            is_private=self.is_private,
            what=self.what,
            group=self.group or None,
            group_of=self.group_of,
            group_size=self.group_size,
            made_on=self.made_on,
            made_by_person=entry.by,
            first_due_on=self.due_on,
            due_on=self.due_on,
            percent=None,
            done_on=None,
            asked_on=None,
            test=self.test or None,
            number=self.number,
            number_is=self.number_is,
            out_of=self.out_of,
            number_of=self.number_of or None,
            statement=self.statement,
            protocol=self.protocol,
            line=self.line,
        )
        to: list[tuple[UUID | None, UUID | None]] = [(person, None) for person in self.made_to]
        to += [(None, self.group_of)] if self.group_size else []
        for row, (person, group) in zip(self.rows, to, strict=True):
            PromisedTo.begin(
                entry,
                id=row,
                promise=self.promise,
                matter=self.decision or self.promise,
                person=person,
                group_of=group,
            )

    def leaves(self, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        told = [person for person in self.made_to if person != recorded.by]
        found = [tell(person, "promise_made", recorded.thing) for person in told]
        if self.owned_by is not None and self.owned_by not in (recorded.by, *told):
            found.append(tell(self.owned_by, "promise_is_yours", recorded.thing))
        if not self.protocol:  # of a protocol, those it is made to are told once and not twenty times
            found += tell_group(recorded.thing, "promise_made", recorded)
        return found


class ReportProgress(Command):
    """Say how far this promise is."""

    records = "promises.progress_reported"
    may = its_owner | its_owners_manager
    says = _("%(by)s said how far this promise is.")
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. The people it was made to will say whether it was kept.")

    promise: Id[Promise]
    progress: Fresh[Progress] = Ask(settled=True)
    percent: int = Ask(
        _("How much of it is done, out of 100?"),
        hint=_("100 means you say all of it is done."),
        used_for=_("The people you promised it to see it. At 100 we ask them whether it was kept."),
        ge=0,
        le=ALL_DONE,
    )
    words: Sealed = Ask(_("What has been done?"), default="", belongs_to="person")
    evidence: Sealed = Ask(
        _("Where can people see that?"),
        hint=_("A web address, or where to go and look."),
        default="",
        belongs_to="person",
        widget="line",
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    done_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        done_on = (promise.done_on or at.date()) if self.percent == ALL_DONE else None
        return {"person": promise.person, "said_on": at.date(), "done_on": done_on}

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        Progress.begin(
            entry,
            id=self.progress,
            promise=promise.id,
            percent=self.percent,
            words=self.words or None,
            evidence=self.evidence or None,
            said_by=entry.by,
            said_on=self.said_on,
        )
        promise.change(entry, percent=self.percent, done_on=self.done_on)

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if self.percent == ALL_DONE and self.done_on == self.said_on:
            yield from tell_all(promise.id, "promise_said_done", recorded.by)
            yield from tell_group(promise.id, "promise_said_done", recorded)


class HandOverPromise(Command):
    """Let someone else answer for this promise."""

    records = "promises.handed_over"
    may = its_owner | its_owners_manager
    says = _("%(by)s handed this promise over. It is the same promise, with the same day.")
    page: ClassVar[str] = "promises:promise"

    promise: Id[Promise]
    handover: Fresh[HandOver] = Ask(settled=True)
    owned_by: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who will see that it is done?"), used_for=_("They are told, and so is everyone it was made to.")
    )
    office: Annotated[UUID, Ref("people.Office")] | None = Ask(_("Which office is that?"), default=None)
    why: Sealed = Ask(
        _("Why?"),
        used_for=_("The people it was made to can read why somebody else answers for it now."),
        belongs_to="person",
    )
    person: UUID | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    @classmethod
    def not_offered(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> list[UUID]:
        """Whoever answers for it already."""
        if field != "owned_by" or not given.get("promise"):
            return []
        rows = Promise.objects.seen_by(actor).filter(pk=given["promise"])
        return list(rows.values_list("owner", flat=True))

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        return {"person": promise.person, "on_day": at.date()}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if self.owned_by == promise.owner and self.office in (None, promise.office):
            yield "owned_by", _("They answer for it already. Choose someone else.")
        if promise.organisation not in organisations_of(self.owned_by, at.moment):
            yield "owned_by", _("Choose someone who works for the organisation that made this promise.")
        elif any(same_line(one, self.owned_by, at.moment) for one in _named(promise)):
            yield "owned_by", TO_ONESELF
        if not self.why:
            yield "why", _("Say why somebody else will answer for it.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        HandOver.begin(
            entry,
            id=self.handover,
            promise=promise.id,
            from_office=promise.office,
            from_owner=promise.owner,
            to_office=self.office,
            to_owner=self.owned_by,
            why=self.why,
            on_day=self.on_day,
        )
        promise.change(entry, owner=self.owned_by, office=self.office)

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield tell(self.owned_by, "promise_is_yours", promise.id)
        yield from tell_all(promise.id, "promise_has_new_owner", recorded.by)


class AskHowItWent(Command):
    """Ask the people a promise was made to how it went, once, when its day has come."""

    records = "promises.asked_how_it_went"
    may = the_installation
    says = _("The day of this promise came. Those it was made to were asked how it went.")

    promise: Id[Promise]
    on_day: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if promise.asked_on is not None:
            yield "promise", _("They have been asked already. We ask once.")
        if at.date() < promise.due_on:
            yield "promise", _("Its day has not come yet.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        promise.change(entry, asked_on=self.on_day)

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if other_lines(promise).filter(asked_on=self.on_day).exists():
            return  # one message says it of all lines of a protocol
        answered = {
            row.person
            for row in Verdict.everything.filter(promise=promise.id, counts=True)
            if row.said in SETTLED or row.said_on >= promise.due_on
        }
        for person in living_of(promise.id):
            if person not in answered:
                yield told_at_once(promise, tell(person, "how_did_it_go", promise.id))
        but = answered if promise.protocol is None else ()
        for told in tell_group(promise.id, "how_did_it_go", recorded, but=but):
            yield told_at_once(promise, told)
