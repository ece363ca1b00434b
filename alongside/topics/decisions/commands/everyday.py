"""Small things agreed on one screen, and help that starts in a hurry. Neither ever takes anything away."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import Ask, At, Code, Command, Fresh, Hand, Lazy, Recorded, Ref, Sealed
from alongside.kernel.letters import nearly_same
from alongside.kernel.policy import Actor
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_live, whose
from alongside.topics.decisions.commands.beginning import (
    opened,
    settled_change,
    settled_person,
    the_one_it_is_about,
)
from alongside.topics.decisions.commands.deciding import refused_by, step
from alongside.topics.decisions.commands.outside import can_be_relied_on
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.commands.taking import (
    CALLED_HELP_AGAIN,
    called_help_again,
    they_say_it_takes_away,
)
from alongside.topics.decisions.commands.telling import begin_telling, is_typed_in_the_line
from alongside.topics.decisions.guard import Standing
from alongside.topics.decisions.models import About, SaysAgreed, State
from alongside.topics.decisions.policy import the_person, their_voice, who_decides, works_with_them
from alongside.topics.people.policy import joined_records, those_worked_with

Choices = list[tuple[Any, Lazy]]
THEY_READ = _("The person reads it.")
AFTER_A_NO = timedelta(days=28)  # so long a small thing of a kind that they said no to is not small
MOST_SMALL = 2  # so many small changes of one life in these days: the next is not small any more
NOT_SMALL_TOGETHER = _(
    "Two small changes were agreed with them in the last 28 days. With this one they are not small. Say what "
    "needs deciding, and decide it with them."
)
NOT_AGREED = (SaysAgreed.OTHERWISE, SaysAgreed.NO)
THEY_SAID_NO = _(
    "They undid a small thing of this kind lately, or said that it was not agreed like that. Say what needs "
    "deciding, and decide it with them."
)


def all_small_lately(person: UUID, moment: datetime) -> Any:
    """All that was agreed with somebody as small in the days before, also what was called help: what adds up
    is not held back by it, but it is seen."""
    stands, joined = joined_records(person)
    rows = models.Decision.everything.filter(
        person__in=[stands, *joined], size="everyday", state=State.DECIDED
    )
    since = rows.filter(decided_at__gt=moment - AFTER_A_NO, decided_at__lte=moment)
    return since.order_by("decided_at", "id")


def small_lately(person: UUID, change: str, moment: datetime) -> Any:
    """The small changes that were agreed with somebody in the days before, of every kind but help: eleven
    small ones can come to a large one. Nothing where this one is help: that may always be more."""
    kinds = {item["code"] for item in rules.here(clock.day_of(moment)).items("decision.changes")}
    kinds -= {code for code in kinds if _is_help(code, moment)}
    since = all_small_lately(person, moment).filter(change_code__in=kinds)
    return since if change in kinds else since.none()


def _is_help(change: str, moment: datetime) -> bool:
    return "urgent" in rules.here(clock.day_of(moment)).item("decision.changes", change)["sizes"]


class OfASize(Command):
    """A command that only some kinds of change are small or urgent enough for."""

    size: ClassVar[str] = ""

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Choices | None:
        """What its form offers: those whom the reader works with, the changes of that size, and the ways of
        telling that can answer back."""
        if field == "person":
            return list(those_worked_with(actor))
        return changes_of_size(cls.size, field)


def changes_of_size(size: str, field: str) -> Choices | None:
    pack = rules.here(clock.today())
    if field == "change":
        small = {item["code"] for item in pack.items("decision.changes") if size in item["sizes"]}
        return [pair for pair in pack.choices("decision.changes") if pair[0] in small]
    if field == "channel":
        return list(pack.choices("told.channels", having="live"))
    return None


def said_no_lately(person: UUID, change: str, what: str, at: At) -> bool:
    """Whether they undid a small thing of this kind lately, or said that it was not agreed so; or one in
    nearly these words, whatever kind it was said to be.

    Nobody writes it down again and again, until somebody forgets to undo it."""
    stands, joined = joined_records(person)
    since = at.moment - AFTER_A_NO
    small = models.Decision.everything.filter(person__in=[stands, *joined], size="everyday")
    said = models.AgreedWord.everything.filter(
        decision__in=small.values("id"), is_current=True, said__in=NOT_AGREED, said_at__gte=since
    )
    undone = models.Step.everything.filter(
        decision__in=small.filter(state=State.UNDONE).values("id"), kind="undone", at__gte=since
    )
    no = {*said.values_list("decision", flat=True), *undone.values_list("decision", flat=True)}
    rows = small.filter(id__in=no)
    return any(row.change_code == change or nearly_same(str(row.title), what) for row in rows)


class AgreeEveryday(OfASize):
    """Write down a small thing you agreed together."""

    records = "decisions.everyday_agreed"
    size: ClassVar[str] = "everyday"
    may = works_with_them
    says = _("%(by)s and the person agreed this together.")
    says_about_you = _("%(by)s and you agreed this together.")
    strong = True
    page: ClassVar[str] = "decisions:decision"

    decision: Fresh[models.Decision] = Ask(settled=True)
    affected: Fresh[models.Affected] = Ask(settled=True)
    decider_row: Fresh[models.Decider] = Ask(settled=True)
    telling: Fresh[models.Telling] = Ask(settled=True)
    step: Fresh[models.Step] = Ask(settled=True)
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("With whom did you agree it?"), used_for=_("They are told, and can undo it."), of_others=True
    )
    what: Sealed = Ask(_("What did you agree?"), used_for=THEY_READ, belongs_to="person", widget="line")
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of change is it?"), used_for=_("Only small things can be agreed here."), widget="radios"
    )
    words: Sealed = Ask(_("What did the person say about it?"), used_for=THEY_READ, belongs_to="person")
    channel: Annotated[str, Code("told.channels")] = Ask(
        _("How did you agree it?"), used_for=_("It shows how the person was told."), widget="radios"
    )
    format: str = Ask(settled=True, default="plain")
    sign: str = Ask(settled=True, default="talked_through")
    takes_away: bool | None = Ask(settled=True)
    may_be_unanswered: bool | None = Ask(settled=True)
    rules_version: str | None = Ask(settled=True)
    undo_days: int | None = Ask(settled=True)
    decider: UUID | None = Ask(settled=True)
    is_child: bool | None = Ask(settled=True)
    organisation: UUID | None = Ask(settled=True)
    is_live: bool | None = Ask(settled=True)
    is_reached: bool | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_trusted: bool | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        pack, who = rules.here(at.date()), at.by.typed_by or at.by.person
        live = bool(pack.item("told.channels", self.channel)["live"])
        found = settled_change(self.change, at) | settled_person(self.person, at)
        found |= {"undo_days": pack.days("decision.everyday.undo_days"), "decider": at.by.person}
        found |= {"is_live": live, "is_reached": live, "sign": "talked_through" if live else "sent"}
        trusted = can_be_relied_on(who, self.person, self.decision, at.moment)
        return found | {"typed": who, "is_trusted": trusted}

    def objections(self, at: At) -> Iterator[Objection]:
        yield from must_live(self.person)
        if not self.what:
            yield "what", _("Say in one sentence what you agreed.")
        if not self.words:
            yield "words", _("Write what the person said about it.")
        if self.person in at.by.ids:
            yield "person", _("This is your own life. Say what needs deciding, and that you decide it.")
        elif called_help_again(self.person, self.what, self.change, at):
            yield "change", CALLED_HELP_AGAIN
        elif said_no_lately(self.person, self.change, str(self.what), at):
            yield "change", THEY_SAID_NO
        elif small_lately(self.person, self.change, at.moment).count() >= MOST_SMALL:
            yield "change", NOT_SMALL_TOGETHER
        small = "everyday" in rules.here(at.date()).item("decision.changes", self.change)["sizes"]
        ruling = guard.may_agree_everyday(Standing(takes_away=bool(self.takes_away)), is_everyday=small)
        for each in ruling.in_the_way:
            yield "change", each.sentence

    def about(self, at: At) -> UUID | None:
        return self.person

    def apply(self, entry: Recorded) -> None:
        opened(
            self,
            entry,
            about=About.PERSON,
            person=self.person,
            organisation=self.organisation,
            size="everyday",
            state=State.DECIDED,
            outcome="agreed",
            reasons=self.words,
            decided_at=entry.at,
            decided_by=entry.by,
            undo_days=self.undo_days,
        )
        the_one_it_is_about(self, entry)
        begin_telling(self, self.decision or entry.thing, entry, words=self.words)
        step(self, self.decision or entry.thing, entry, "decided", self.words)


class UndoEveryday(OnDecision):
    """Undo this. It goes back to how it was."""

    records = "decisions.undone"
    may = the_person | their_voice
    says = _("%(by)s undid this. It goes back to how it was.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    step: Fresh[models.Step] = Ask(settled=True)
    words: Sealed = Ask(_("Do you want to say why?"), default="")

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[0].person
        return person

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if decision.undo_days is None or decision.state != State.DECIDED:
            yield "", _("This cannot be undone here. To change it, say what needs deciding.")
        elif decision.undo_until is not None and at.date() > decision.undo_until:
            yield "", _("The days to undo this are over. To change it, say what needs deciding.")
        if is_typed_in_the_line(decision.id, at):
            yield "", _("You work in the line that wrote it down. Somebody else must type this.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, state=State.UNDONE)
        step(self, decision.id, entry, "undone", self.words)


class ActUrgently(OfASize):
    """Start help now, because it cannot wait."""

    records = "decisions.urgent_help"
    size: ClassVar[str] = "urgent"
    may = works_with_them
    says = _("%(by)s started help at once, because it could not wait.")
    strong = True
    page: ClassVar[str] = "decisions:decision"

    decision: Fresh[models.Decision] = Ask(settled=True)
    affected: Fresh[models.Affected] = Ask(settled=True)
    decider_row: Fresh[models.Decider] = Ask(settled=True)
    step: Fresh[models.Step] = Ask(settled=True)
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who needs help now?"), used_for=_("They are told, and must be asked very soon.")
    )
    what: Sealed = Ask(_("What help starts now?"), used_for=THEY_READ, belongs_to="person", widget="line")
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of change is it?"),
        hint=_("Nothing can be taken away in a hurry."),
        used_for=_("Only help can start in a hurry."),
        widget="radios",
    )
    words: Sealed = Ask(_("Why can it not wait?"), used_for=THEY_READ, belongs_to="person")
    telling_could_harm: bool = Ask(
        _("Could someone be hurt if the person is told now?"),
        hint=_("Then our message waits half an hour. Ring a second person now: only two can hold this back."),
        default=False,
    )
    takes_away: bool | None = Ask(settled=True)
    may_be_unanswered: bool | None = Ask(settled=True)
    rules_version: str | None = Ask(settled=True)
    decider: UUID | None = Ask(settled=True)
    is_child: bool | None = Ask(settled=True)
    organisation: UUID | None = Ask(settled=True)
    involve_by: datetime | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        until = rules.here(at.date()).until("decision.urgent.involve_hours", at.moment)
        found = settled_change(self.change, at) | settled_person(self.person, at)
        return found | {"decider": at.by.person, "involve_by": until}

    def objections(self, at: At) -> Iterator[Objection]:
        yield from must_live(self.person)
        if not self.what:
            yield "what", _("Say what help starts now.")
        if not self.words:
            yield "words", _("Say why it cannot wait.")
        if called_help_again(self.person, self.what, self.change, at):
            yield "change", CALLED_HELP_AGAIN
        yield from only_help_at_once(self, at)

    def about(self, at: At) -> UUID | None:
        return self.person

    def apply(self, entry: Recorded) -> None:
        opened(
            self,
            entry,
            about=About.PERSON,
            person=self.person,
            organisation=self.organisation,
            size="urgent",
            why=self.words,
            help_started_at=entry.at,
            involve_by=self.involve_by,
        )
        the_one_it_is_about(self, entry)
        step(self, self.decision or entry.thing, entry, "urgent_help", self.words)


def only_help_at_once(command: Any, at: At) -> Iterator[Objection]:
    """Help may always start now; in a hurry nothing may be taken away."""
    item = rules.here(at.date()).item("decision.changes", command.change)
    for each in guard.may_act_now(Standing(takes_away=bool(item["taking_away"]))).in_the_way:
        yield "change", each.sentence
    if "urgent" not in item["sizes"] and not item["taking_away"]:
        yield "change", _("Only help can start in a hurry. Choose what starts, grows or goes on.")


class ActNow(OnDecision):
    """Start help now, while this is being decided, because it cannot wait."""

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        return changes_of_size("urgent", field) or super().choices_within(field, actor, given)

    records = "decisions.urgent_help_within"
    may = who_decides
    says = _("%(by)s started help at once, because it could not wait.")
    strong = True

    step: Fresh[models.Step] = Ask(settled=True)
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of help starts now?"),
        hint=_("Nothing can be taken away in a hurry."),
        used_for=_("Only help can start in a hurry."),
        widget="radios",
    )
    words: Sealed = Ask(_("What help starts now, and why can it not wait?"), used_for=THEY_READ)
    telling_could_harm: bool = Ask(
        _("Could someone be hurt if the person is told now?"),
        hint=_("Then our message waits half an hour. Ring a second person now: only two can hold this back."),
        default=False,
    )
    involve_by: datetime | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"involve_by": rules.here(at.date()).until("decision.urgent.involve_hours", at.moment)}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if they_say_it_takes_away(decision, at):
            yield "", CALLED_HELP_AGAIN
        if not decision.is_open:
            yield from refused_by(guard.may_act_now(standing_of(decision, at.moment)))
        if not self.words:
            yield "words", _("Say what help starts now, and why it cannot wait.")
        yield from only_help_at_once(self, at)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, help_started_at=entry.at, involve_by=self.involve_by)
        step(self, decision.id, entry, "urgent_help", self.words)
