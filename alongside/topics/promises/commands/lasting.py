"""Whether a promise that was kept still holds: asked again after months, and answered when it does not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance, clock, days, rules
from alongside.kernel.command import Actor, Ask, At, Command, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.policy import smallest_shown
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.promises.commands.speaking import power_seen_by_others
from alongside.topics.promises.commands.telling import other_lines, tell, tell_all, tell_group, told_at_once
from alongside.topics.promises.commands.who_says import said_to_speaker
from alongside.topics.promises.models import (
    AskedAgain,
    Erosion,
    Holds,
    Promise,
    PromisedTo,
    Said,
    StillHolds,
    Through,
    Verdict,
    Wants,
    WhatNow,
)
from alongside.topics.promises.policy import (
    answer_that_counts,
    answers_for_it,
    is_own_word,
    its_owner,
    its_owners_manager,
    may_vouch,
    through,
    who_judge,
)
from alongside.topics.promises.policy.counting import sound

WAS_KEPT = (Said.KEPT, Said.PARTLY)
MOST_AT_ONCE = 500
SHORTEST_MONTH, LONGEST_MONTH = 28, 31


def checks_on(day: date) -> list[int]:
    """After how many months we ask again, by the rules of the place."""
    pack = rules.here(day)
    return sorted(int(item["months"]) for item in pack.items("promise.check_again"))


def to_ask(promise: UUID, months: int, day: date) -> list[UUID]:
    """Whom to ask now: they said it was kept so long ago, were not asked yet, and have been answered."""
    later = [each for each in checks_on(day) if each > months]
    found = []
    said = list(Verdict.everything.filter(promise=promise, counts=True, said__in=WAS_KEPT).order_by("id"))
    gone = who_died(row.person for row in said)
    for row in (one for one in said if one.person not in gone):
        is_time = days.month_after(row.said_on, months) <= day
        is_past = any(days.month_after(row.said_on, each) <= day for each in later)
        if is_time and not is_past and not _waits_for_us(promise, row.person, months):
            found.append(row.person)
    return found


def _waits_for_us(promise: UUID, person: UUID, months: int) -> bool:
    """Whether they were asked this already, or have not yet been told what became of their last answer."""
    if AskedAgain.everything.filter(promise=promise, person=person, months=months).exists():
        return True
    wants = WhatNow.everything.filter(promise=promise, person=person, answered_on=None)
    if wants.exclude(wants=Wants.NOTHING).exists():
        return True
    said = StillHolds.everything.filter(promise=promise, person=person, counts=True)
    unanswered = Erosion.everything.filter(promise=promise, answered_on=None).exists()
    return unanswered and said.exclude(said=Holds.STILL).exists()


def due_again(now: datetime) -> Iterable[Command]:
    """What the clock brings: each promise that was kept, when it is time to ask whether it still holds."""
    day = clock.day_of(now)
    months = checks_on(day)
    if not months:
        return
    for each in months:
        asked = AskedAgain.everything.filter(
            promise=OuterRef("promise"), person=OuterRef("person"), months=each
        )
        rows = Verdict.everything.filter(
            ~Exists(asked),
            counts=True,
            said__in=WAS_KEPT,
            said_on__lte=day - timedelta(days=SHORTEST_MONTH * each),
            said_on__gte=day - timedelta(days=LONGEST_MONTH * (each + min(months))),
        )
        for promise in rows.order_by("promise").values_list("promise", flat=True).distinct()[:MOST_AT_ONCE]:
            if to_ask(promise, each, day):
                yield AskAgain(promise=promise, months=each)


class AskAgain(Command):
    """Ask those who said that a promise was kept whether it still holds."""

    records = "promises.asked_again"
    may = the_installation
    says = _("%(months)s months had passed. Those who had said the promise was kept were asked again.")

    promise: Id[Promise]
    months: int = Ask(_("After how many months?"), used_for=_("Each is asked once for each time."), ge=1)
    people: list[UUID] = Ask(settled=True, default=[])
    rows: list[UUID] = Ask(settled=True, default=[])
    on_day: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        known = self.months in checks_on(at.date())
        people = to_ask(promise.id, self.months, at.date()) if known else []
        return {"people": people, "rows": [chance.mint() for _each in people], "on_day": at.date()}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if not self.people:
            yield "months", _("Nobody is to be asked again now.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"months": self.months}

    def apply(self, promise: Promise, entry: Recorded) -> None:
        for row, person in zip(self.rows, self.people, strict=True):
            AskedAgain.begin(
                entry, id=row, promise=promise.id, person=person, months=self.months, asked_on=self.on_day
            )

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        lines = other_lines(promise).values("id")
        today = AskedAgain.everything.filter(promise__in=lines, asked_on=self.on_day, person__in=self.people)
        told = set(today.values_list("person", flat=True))  # of another line of the same protocol
        people = [person for person in self.people if person not in told]
        return [told_at_once(promise, tell(person, "does_it_still_hold", promise.id)) for person in people]


class SayWhetherItHolds(Command):
    """Say whether this promise still holds."""

    records = "promises.still_holds_said"
    may = who_judge
    says = _("%(by)s said whether the promise still holds: %(said)s.")
    judged_on = "made_to"
    page: ClassVar[str] = "promises:after"
    page_before: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. We have kept what you said.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_IN_LINE)
    seen_by_line: ClassVar[Lazy] = _("Those who answer for this promise will see what you say.")

    promise: Id[Promise]
    made_to: Id[PromisedTo]
    still: Fresh[StillHolds] = Ask(settled=True)
    said: Holds = Ask(
        _("Does it still hold?"),
        used_for=_("If enough people it was made to say no, those who promised it must answer."),
        widget="radios",
    )
    words: Sealed = Ask(_("What has changed?"), default="", belongs_to="person")
    person: UUID | None = Ask(settled=True)
    months: int = Ask(settled=True, default=0)
    through: Through | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)

    @classmethod
    def said_to_speaker(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Lazy]:
        said = said_to_speaker(actor, given)
        asked = {"said.label": _("Do they say that it still holds?"), "words.label": _("What do they say?")}
        return said and {**said, **asked, "title": _("Say what they told you: does it still hold?")}

    def settle(self, promise: Promise, made_to: PromisedTo, at: At) -> Mapping[str, Any]:
        person = made_to.person or at.by.person
        if person is None:  # a group’s, asked by nobody we know: `may` comes next, and says no
            return {}
        asked = AskedAgain.everything.filter(promise=promise.id, person=person).order_by("-months").first()
        return {
            "person": person,
            "months": asked.months if asked is not None else 0,
            "through": through(person, at.by.person, at.by.typed_by, at.moment),
            "said_on": at.date(),
        }

    def objections(self, promise: Promise, made_to: PromisedTo, at: At) -> Iterator[tuple[str, Lazy]]:
        if made_to.promise != promise.id:
            yield "made_to", _("This was not promised to them. Please choose again.")
            return
        assert self.person is not None
        now = answer_that_counts(promise.id, self.person)
        if now is None or now.said not in WAS_KEPT:
            yield "said", _("First say whether it was kept. We ask this of promises that were.")
        yield from power_seen_by_others(promise, self.person, at)
        hand = at.by.typed_by or at.by.person
        is_for_other = hand != self.person or made_to.person is None
        if is_for_other and answers_for_it(promise, hand, at.moment):
            yield "said", _("Someone who answers for this promise cannot say whether it holds.")
        elif self.through == Through.SPOKEN and not may_vouch(promise, hand, self.person, at.moment):
            yield "said", _("Ask their advocate, or a worker of another team, to write it down.")
        if self.through in (Through.SPEAKER, Through.ADVOCATE) and self._said_it_themself(promise):
            yield "said", _("They have said so themself. Nobody says it again for them.")
        if self.through == Through.SPOKEN and self._by_own_hand(promise):
            yield "said", _("They have said so themself. Nobody says it again for them.")

    def _by_own_hand(self, promise: Promise) -> bool:
        rows = StillHolds.everything.filter(promise=promise.id, person=self.person, counts=True)
        return rows.filter(months=self.months, through=Through.THEMSELF).exists()

    def _said_it_themself(self, promise: Promise) -> bool:
        rows = StillHolds.everything.filter(promise=promise.id, person=self.person, counts=True)
        own = (Through.THEMSELF, Through.SPOKEN)
        return rows.filter(months=self.months, through__in=own).exists()

    def about(self, promise: Promise, made_to: PromisedTo, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"said": self.said.label}

    def apply(self, promise: Promise, made_to: PromisedTo, entry: Recorded) -> None:
        before = StillHolds.everything.filter(
            promise=promise.id, person=self.person, months=self.months, counts=True
        )
        for row in list(before):
            row.change(entry, counts=False)
        StillHolds.begin(
            entry,
            id=self.still,
            promise=promise.id,
            made_to=made_to.id,
            person=self.person,
            months=self.months,
            said=self.said,
            words=self.words or None,
            through=self.through,
            by=entry.typed_by or entry.by,
            said_on=self.said_on,
            counts=True,
        )

    def leaves(
        self, promise: Promise, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if self.through != Through.THEMSELF and self.person is not None:
            yield tell(self.person, "said_for_you", promise.id)


def standing_now(promise: Promise, at: datetime) -> dict[UUID, StillHolds]:
    """The latest word of each, of those whom somebody else knows to be among those it was made to."""
    rows = sound(StillHolds.everything.filter(promise=promise.id, counts=True)).order_by("months", "said_on")
    to = {row.person: row for row in PromisedTo.everything.filter(promise=promise.id)}
    return {
        row.person: row
        for row in rows
        if row.person in to or (None in to and not is_own_word(to[None], row.person, at))
    }


class NoteErosion(Command):
    """Note that a promise which was kept no longer holds, and tell those concerned."""

    records = "promises.eroded"
    may = the_installation
    says = _("%(no_longer)s of %(answered)s who answered say that the promise no longer holds.")
    only_as_consequence = True

    promise: Id[Promise]
    erosion: Fresh[Erosion] = Ask(settled=True)
    kept_on: date | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)
    no_longer: int = Ask(settled=True, default=0)
    answered: int = Ask(settled=True, default=0)
    is_open: bool = Ask(settled=True, default=False)
    answer_by: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        now = standing_now(promise, at.moment)
        gone = [one for one, row in now.items() if row.said == Holds.NO_LONGER]
        kept = Verdict.everything.filter(promise=promise.id, person__in=gone, said__in=WAS_KEPT)
        kept_on = max(kept.values_list("said_on", flat=True), default=promise.due_on)
        return {
            "kept_on": kept_on,
            "on_day": at.date(),
            "no_longer": len(gone),
            "answered": len(now),
            "is_open": promise.is_public and len(now) >= smallest_shown(at.date()),
            "answer_by": pack.due("promise.eroded_answer", at.date()),
        }

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"no_longer": self.no_longer, "answered": self.answered}

    def apply(self, promise: Promise, entry: Recorded) -> None:
        Erosion.begin(
            entry,
            id=self.erosion,
            promise=promise.id,
            kept_on=self.kept_on,
            on_day=self.on_day,
            no_longer=self.no_longer,
            answered=self.answered,
            is_open=self.is_open,
            answer=None,
            answered_by=None,
            answered_on=None,
            answer_by=self.answer_by,
            overdue_on=None,
        )

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield tell(promise.owner, "promise_no_longer_holds", promise.id)
        yield from tell_all(promise.id, "promise_no_longer_holds", promise.owner)
        if self.is_open:
            yield from tell_group(promise.id, "promise_no_longer_holds", recorded, but=[promise.owner])


def note_erosion(command: Any, recorded: Recorded) -> Iterator[Command]:
    """When enough of those who answered say that it no longer holds, it is noted: once until answered."""
    promise: Promise = Promise.everything.get(pk=command.promise)
    if command.said != Holds.NO_LONGER:
        return
    now = standing_now(promise, recorded.at)
    opens = promise.is_public and len(now) >= smallest_shown(clock.day_of(recorded.at))
    known = Erosion.everything.filter(promise=promise.id, answered_on=None)
    if known.filter(is_open=True).exists() or (known.exists() and not opens):
        return
    gone = sum(row.said == Holds.NO_LONGER for row in now.values())
    percent = rules.here(clock.day_of(recorded.at)).number("promise.eroded")
    if command.person in now and gone * 100 >= percent * len(now):
        yield NoteErosion(promise=promise.id)


class AnswerErosion(Command):
    """Answer those who say that this promise no longer holds."""

    records = "promises.erosion_answered"
    may = its_owner | its_owners_manager
    says = _("%(by)s answered those who say that the promise no longer holds.")
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("They have been told.")

    promise: Id[Promise]
    erosion: Id[Erosion]
    answer: Sealed = Ask(
        _("What has happened, and what will you do?"),
        hint=_("If you will do nothing, say why."),
        used_for=_("Those it was made to read it before we ask them again."),
        belongs_to="thing",
    )
    answered_on: date | None = Ask(settled=True)
    also: list[UUID] = Ask(settled=True, default=[])  # earlier notes of the same, which this answers too

    def settle(self, promise: Promise, erosion: Erosion, at: At) -> Mapping[str, Any]:
        same = Erosion.everything.filter(promise=promise.id, answered_on=None).exclude(id=erosion.id)
        return {"answered_on": at.date(), "also": sorted(same.values_list("id", flat=True))}

    def objections(self, promise: Promise, erosion: Erosion, at: At) -> Iterator[tuple[str, Lazy]]:
        if erosion.promise != promise.id or erosion.answered_on is not None:
            yield "erosion", _("This has been answered already.")
        if not self.answer:
            yield "answer", _("Say what has happened, and what you will do.")

    def about(self, promise: Promise, erosion: Erosion, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, erosion: Erosion, entry: Recorded) -> None:
        for row in (erosion, *Erosion.everything.filter(id__in=self.also).order_by("id")):
            row.change(entry, answer=self.answer, answered_by=entry.by, answered_on=self.answered_on)

    def leaves(
        self, promise: Promise, erosion: Erosion, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield from tell_all(promise.id, "erosion_was_answered", recorded.by)
        said = StillHolds.everything.filter(promise=promise.id).values_list("person", flat=True)
        may_read = (
            None if erosion.is_open else {person.hex for person in said}
        )  # of few, nobody else reads it
        for kind, notice in tell_group(promise.id, "erosion_was_answered", recorded):
            if may_read is None or notice["person"] in may_read:
                yield kind, notice
