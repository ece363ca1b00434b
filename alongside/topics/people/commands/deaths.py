"""That somebody has died: told by those near to them, written down by those who work with them, undone again.

It is a fact and no decision. Nothing is sent to somebody who has died; the voices that others had for them
end; what was open about their life stops where it is. Nobody sees or may do more by it than before.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import canonical, chance, clock
from alongside.kernel.command import Ask, At, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.asked import told_to_read
from alongside.topics.people.commands.checks import PeopleCommand, Reasons, not_in_use, not_strong
from alongside.topics.people.models import (
    Death,
    EndedByDeath,
    Holding,
    Kinds,
    Link,
    LinkKind,
    Person,
    PersonState,
)
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import (
    is_the_person,
    joined_records,
    keepers,
    linked,
    managers_of_team,
    now_is,
    officers_of,
    same_line,
    team_of,
    worker_of,
    workers_of,
)
from alongside.topics.people.policy.deaths import (
    a_second_must_tell_first,
    advocate_until_then,
    told_of,
    who_told,
)
from alongside.topics.people.policy.rules import manager_of

NEAR = (*Kinds.CIRCLE, *Kinds.SPEAKERS, *Kinds.PAID)
LASTS = (*Kinds.CIRCLE, *Kinds.WORKERS)  # family stays family, and somebody still answers for what is left
TWO_SAY_IT = _(
    "They work for a body, or speak for somebody. So two people say this. "
    "First somebody outside your team tells us, then you write it down."
)
ON_WHICH_DAY = _("Leave it blank if you do not know the day.")


class OfDeath(PeopleCommand):
    """What is asked of whoever tells us of a death, and of whoever writes one down."""

    judged_on = "person"

    death: Fresh[Death] = Ask(settled=True)
    person: Id[Person]
    died_on: date | None = Ask(_("When did they die?"), hint=ON_WHICH_DAY, default=None)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def day_is_past(self, at: At) -> Reasons:
        """A day that is still to come cannot be the one."""
        if self.died_on is not None and self.died_on > at.date():
            yield "died_on", _("Choose today or a day before. Leave it blank if you do not know.")

    def begins(self, person: Person, entry: Recorded, **more: Any) -> None:
        """The row of it."""
        row = {"id": self.death, "person": person.id, "held_by": person.held_by, "died_on": self.died_on}
        Death.begin(entry, **row, **more)


class TellOfDeath(OfDeath):
    """Tell us that they have died."""

    records = "people.death_told"
    may = linked(NEAR, "pk") | worker_of("pk") | manager_of("pk") | keepers
    page: ClassVar[str] = "people:of"
    says = _("%(by)s told us that this person has died.")
    lead: ClassVar[Lazy] = _(
        "We are sorry. You do not have to do anything else. Those who work with them read this, write "
        "it down, and stop what we send. Would you rather talk? Ring us."
    )
    button: ClassVar[Lazy] = _("Tell those who work with them")
    done: ClassVar[Lazy] = _("Thank you for telling us. We are sorry. Those who work with them know now.")

    words: Sealed = Ask(_("Is there anything you want us to know?"), default="", belongs_to="by")

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from self.day_is_past(at)
        if told_of(person.id) is not None:
            yield "", _("We have been told, and those who work with them know. Thank you.")

    def apply(self, person: Person, entry: Recorded) -> None:
        self.begins(person, entry, words=self.words or None, told_by=entry.by, told_at=entry.at)

    def leaves(self, person: Person, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Those who work with them; where nobody does, who manages the team, or acts for the body."""
        team, at = team_of(person.id, recorded.at), recorded.at
        first = workers_of(person.id, at) or managers_of_team(team, at)
        found = first or (officers_of(person.held_by, at) if person.held_by else [])
        for who in (one for one in found if one != recorded.by):
            yield told_to_read(who, f"/people/deaths/{self.death}", what="death_told", matter=self.death)


class WriteDownDeath(OfDeath):
    """Write down that they have died."""

    records = "people.death_written_down"
    may = worker_of("pk") | manager_of("pk") | keepers | the_installation
    says = _("%(by)s wrote down that this person has died.")
    lead: ClassVar[Lazy] = _(
        "Nothing is sent to them from then on. Those who were close to them are told, gently, that there is "
        "something to read. If it is a mistake, it can be undone."
    )
    button: ClassVar[Lazy] = _("Write it down")
    done: ClassVar[Lazy] = _("It is written down. Nothing is sent to them any more.")

    words: Sealed = Ask(
        _("How do you know?"),
        hint=_("For example: their sister rang; the hospital told us."),
        used_for=_("Whoever has to find out if it was a mistake."),
        belongs_to="person",
        widget="line",
    )
    told: UUID | None = Ask(settled=True)  # what somebody near to them had told us
    ended: list[UUID] = Ask(settled=True, default=[])  # the relationships that end with it
    rows: list[UUID] = Ask(settled=True, default=[])
    offices: list[UUID] = Ask(settled=True, default=[])  # what they held: nobody holds it until it is filled

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person, *_offices_of(self.person))

    def settle(self, person: Person, at: At) -> Mapping[str, Any]:
        told = told_of(person.id)
        open_still = Q(closes_at=None) | Q(closes_at__gt=at.moment)
        goes_on = Q(person=person.id, other__isnull=False, kind__in=[kind.value for kind in LASTS])
        links = Link.everything.filter(open_still, Q(person=person.id) | Q(other=person.id)).exclude(goes_on)
        ended = sorted(links.values_list("id", flat=True))
        held = Holding.everything.filter(holder=person.id, closes_at=None)
        return {
            "offices": sorted(held.values_list("id", flat=True)),
            "told": told.id if told is not None else None,
            "ended": ended,
            "rows": [chance.mint() for _each in ended],
        }

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        if person.id in at.by.records:
            yield "", _("Somebody else must write this down.")
        yield from self.day_is_past(at)
        if not at.by.installation and a_second_must_tell_first(person.id, at.by.person, at.moment):
            yield "", TWO_SAY_IT
        if not self.words:
            yield "words", _("Say how you know.")

    def apply(self, person: Person, entry: Recorded) -> None:
        self.begins(person, entry, words=self.words, written_by=entry.by, written_at=entry.at)
        person.change(entry, state=PersonState.DIED)
        if self.told is not None:
            Death.everything.get(pk=self.told).change(entry, taken_up_at=entry.at)
        for pk, row in zip(self.ended, self.rows, strict=True):
            _end(Link.everything.get(pk=pk), person.id, self.death, row, entry)
        for pk in self.offices:
            Holding.everything.get(pk=pk).change(entry, closes_at=entry.at)

    def leaves(self, person: Person, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Who works with them, spoke or cared for them, or was let see by them. And who works with those in
        whose life they stood, for there somebody is missing now."""
        there = f"/people/deaths/{self.death}"
        near = _near(person.id, self.ended, recorded) - {recorded.by, person.id}
        for who in sorted(near | self._from_outside(person, near, recorded)):
            yield told_to_read(who, there, what="death_written_down", matter=self.death)
        for body in sorted(_bodies_of(self.offices)):
            for who in officers_of(body, recorded.at):
                if who not in (recorded.by, person.id):
                    yield told_to_read(who, f"/organisations/{body}", what="office_empty", matter=body)
        theirs = Link.everything.filter(pk__in=self.ended, other=person.id).order_by("id")
        for link in theirs:
            for who in workers_of(link.person, recorded.at):
                if who not in (recorded.by, person.id):
                    yield told_to_read(who, f"/people/links/{link.id}", what="link_ended", matter=link.id)

    def _from_outside(self, person: Person, near: set[UUID], recorded: Recorded) -> set[UUID]:
        """Where nobody outside the writer’s line would hear of it, one manager of another line: should it be
        a mistake, somebody must. Nothing goes to the home of whoever died. The number of this death, which
        the door drew, says who: so whoever writes it does not choose."""
        by, at = recorded.by, recorded.at
        if by is None or person.held_by is None or not all(same_line(by, one, at) for one in near):
            return set()
        posts = Link.everything.filter(
            live(at), other=None, organisation=person.held_by, kind=LinkKind.MANAGER
        )
        others = set(posts.values_list("person", flat=True)) - {person.id}
        found = sorted(one for one in others if not same_line(by, one, at))
        return {found[self.death.int % len(found)]} if found else set()


def _end(link: Link, person: UUID, death: UUID, row: UUID, entry: Recorded) -> None:
    stood = link.person == person and link.opens_at is not None and link.opens_at <= entry.at
    EndedByDeath.begin(
        entry,
        id=row,
        death=death,
        link=link.id,
        other=link.other if stood else None,  # whom they had not agreed to, or stood by, sees nothing by it
        was_closes_at=link.closes_at,
        was_until_on=link.until_on,
    )
    link.change(entry, closes_at=entry.at, until_on=clock.day_of(entry.at))


def _offices_of(person: UUID) -> list[UUID]:
    """Every office they hold or held: nobody is given one meanwhile."""
    return sorted(set(Holding.everything.filter(holder=person).values_list("office", flat=True)))


def _bodies_of(holdings: Iterable[UUID]) -> set[UUID]:
    rows = Holding.everything.filter(pk__in=list(holdings))
    return set(rows.values_list("organisation", flat=True))


def _near(person: UUID, ended: Iterable[UUID], entry: Recorded) -> set[UUID]:
    """Who is told: nobody who was not agreed to, and of family and friends only whom the person let see."""
    rows = Link.everything.filter(person=person, other__isnull=False, opens_at__lte=entry.at)
    workers = rows.filter(live(entry.at), kind__in=[kind.value for kind in Kinds.WORKERS])
    shown = rows.filter(live(entry.at), kind__in=[kind.value for kind in Kinds.CIRCLE], shows=True)
    stood = rows.filter(
        pk__in=list(ended)
    )  # who spoke for them, and who came to help: nobody comes for nothing
    return {now_is(who) for part in (workers, shown, stood) for who in part.values_list("other", flat=True)}


class OnDeath(PeopleCommand):
    """What is said of a death that we were told of already: it locks whose it is, and is about them."""

    death: Id[Death]
    person: UUID | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        row = Death.everything.filter(pk=self.death).first()
        return (row.person,) if row is not None else ()

    def settle(self, death: Death, at: At) -> Mapping[str, Any]:
        return {"person": death.person}

    def about(self, death: Death, at: At) -> UUID | None:
        return death.person


class BearOutDeath(OnDeath):
    """Say that you know of it too."""

    records = "people.death_borne_out"
    may = worker_of() | manager_of() | keepers
    page: ClassVar[str] = "people:death"
    says = _("%(by)s said that they know of this death too.")
    says_to_you = _("You said that you know of this death too.")
    lead: ClassVar[Lazy] = _(
        "Matters of other people may wait for them. These go on only once somebody who does not decide them, "
        "nor works in that team, says so too. Say it only if you know it yourself."
    )
    button: ClassVar[Lazy] = _("I know of it too")
    done: ClassVar[Lazy] = _("Thank you. It is written down.")

    def objections(self, death: Death, at: At) -> Reasons:
        if not death.stands:
            yield "", _("It is not written down that they have died.")
        elif at.by.person in (death.written_by, death.borne_by):
            yield "", _("You have said so already. Somebody else can say it too.")
        if death.person in at.by.records:
            yield "", _("Somebody else must say this.")
        yield from not_strong(at, death.person)

    def apply(self, death: Death, entry: Recorded) -> None:
        death.change(entry, borne_by=entry.by, borne_at=entry.at)


class SayTheyLive(OnDeath):
    """Say that it is a mistake: they have not died."""

    records = "people.death_undone"
    to_oneself = {
        "title": _("Say that it is a mistake: you have not died"),
        "lead": _(
            "Everything is as it was before. What ended begins again. What we send you goes on, and what was "
            "open about your life goes on too."
        ),
    }
    may = is_the_person() | worker_of() | manager_of() | keepers | advocate_until_then | who_told
    page: ClassVar[str] = "people:of"
    says = _("%(by)s said that this was a mistake: this person has not died.")
    lead: ClassVar[Lazy] = _(
        "Everything is as it was before. What ended with it begins again. What we send goes on, and what was "
        "open about their life goes on too."
    )
    button: ClassVar[Lazy] = _("It is a mistake")
    done: ClassVar[Lazy] = _("Thank you. It is as it was before, and we are sorry.")

    stood: bool = Ask(settled=True, default=False)  # it had been written down, and not only told
    back: list[UUID] = Ask(settled=True, default=[])  # what ended with it, and has not begun anew since
    offices: list[UUID] = Ask(settled=True, default=[])  # what they held, and nobody was given since

    def also_locks(self) -> tuple[UUID, ...]:
        whose = super().also_locks()
        return (*whose, *(office for person in whose for office in _offices_of(person)))

    def settle(self, death: Death, at: At) -> Mapping[str, Any]:
        ended = EndedByDeath.everything.filter(death=death.id)
        closed = Link.everything.filter(id__in=ended.values("link"), closes_at=death.written_at)
        back = ended.filter(link__in=closed.values("id")) if death.stands else ended.none()
        return {
            **super().settle(death, at),
            "stood": death.stands,
            "back": sorted(back.values_list("id", flat=True)),
            "offices": sorted(_still_empty(death)) if death.stands else [],
        }

    def objections(self, death: Death, at: At) -> Reasons:
        if death.undone_at is not None:
            yield "", _("This was said already.")
        elif death.taken_up_at is not None:
            yield "", _("It was written down since then. Open that, and say so there.")
        elif death.stands and Person.everything.get(pk=death.person).state != PersonState.DIED:
            yield "", _("This record was erased. Nothing can be added to it.")
        if at.by.person not in (death.person, death.told_by):
            yield from not_strong(at, death.person)

    def apply(self, death: Death, entry: Recorded) -> None:
        death.change(entry, undone_by=entry.by, undone_at=entry.at)
        if not self.stood:
            return
        Person.everything.get(pk=death.person).change(entry, state=PersonState.ACTIVE)
        for row in [EndedByDeath.everything.get(pk=pk) for pk in self.back]:
            link = Link.everything.get(pk=row.link)
            link.change(entry, closes_at=row.was_closes_at, until_on=row.was_until_on)
        for pk in self.offices:
            Holding.everything.get(pk=pk).change(entry, closes_at=None)

    def leaves(self, death: Death, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The person and all who had been told."""
        if not self.stood:
            return
        ended = EndedByDeath.everything.filter(death=death.id).values_list("link", flat=True)
        there = f"/people/deaths/{death.id}"
        for who in sorted((_near(death.person, ended, recorded) | {death.person}) - {recorded.by}):
            yield told_to_read(who, there, what="death_undone", matter=death.id)
        for payload in _not_sent_meanwhile(death):
            yield "tell", payload


def _not_sent_meanwhile(death: Death) -> Iterable[Mapping[str, Any]]:
    """What was to be sent to them and was held because they had died: it goes now, and none of it twice."""
    assert death.written_at is not None
    _stands, joined = joined_records(death.person)
    theirs = [one.hex for one in (death.person, *sorted(joined))]
    rows = Outbox.objects.filter(kind="tell", state="held", payload__person__in=theirs)
    found = rows.filter(next_at__gte=death.written_at).order_by("made_at", "id")
    return {canonical.dumps(row.payload): row.payload for row in found}.values()


def _still_empty(death: Death) -> Iterator[UUID]:
    """The offices that ended with it and that nobody holds since."""
    rows = Holding.everything.filter(holder=death.person, closes_at=death.written_at)
    for pk, office in rows.values_list("id", "office"):
        if not Holding.everything.filter(office=office, closes_at=None).exists():
            yield pk
