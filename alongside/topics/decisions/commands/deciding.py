"""Deciding: replies to what people said, the decision itself, help that starts, and taking it back."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.base import (
    OUTCOMES,
    Objection,
    OnDecision,
    must_be_open,
    must_belong,
    whose,
)
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import is_their_own_word, typist
from alongside.topics.decisions.commands.reopening import note_grounds, what_it_rests_on
from alongside.topics.decisions.commands.standing import pack_of, standing_of
from alongside.topics.decisions.guard import Ruling
from alongside.topics.decisions.models import Answered, State
from alongside.topics.decisions.policy import (
    anyone_here,
    someone_affected,
    the_person,
    their_voice,
    who_decides,
    who_raised_it,
)


def refused_by(ruling: Ruling) -> Iterator[Objection]:
    """What the guard says is in the way, as objections."""
    for each in ruling.in_the_way:
        yield "", each.sentence


def step(command: Any, decision: UUID, entry: Recorded, kind: str, words: Any) -> None:
    """Keep what was done, with the words that came with it."""
    models.Step.begin(
        entry, id=command.step, decision=decision, kind=kind, words=words, by=entry.by, at=entry.at
    )


class ReplyToView(OnDecision):
    """Answer what somebody said."""

    records = "decisions.replied"
    may = who_decides
    says = _("%(by)s answered what somebody said.")

    reply: Fresh[models.Reply] = Ask(settled=True)
    view: Id[models.View]
    result: Annotated[str, Code("decision.replies")] = Ask(
        _("What did you do with what they said?"), used_for=_("They read it, and say if it answers them.")
    )
    words: Sealed = Ask(
        _("What do you say to them?"), used_for=_("They read it, and say if it answers them.")
    )

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, view: models.View, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, view=view)
        if not any(letter.isalnum() for letter in str(self.words or "")):  # a dot is no reason
            yield "words", _("Write your answer to them.")
        if view.said_by == at.by.person:
            yield "view", _("That is your own view. Somebody else must answer it.")

    def apply(self, decision: models.Decision, view: models.View, entry: Recorded) -> None:
        models.Reply.begin(
            entry,
            id=self.reply,
            decision=decision.id,
            person=view.person,
            view=view.id,
            result=self.result,
            words=self.words,
            replied_by=entry.by,
            replied_at=entry.at,
            answered="",
            answered_words=None,
            answered_at=None,
        )


class SayIfAnswered(OnDecision):
    """Say whether the reply answers you."""

    records = "decisions.reply_judged"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said whether the reply answers them.")
    says_to_you = _("You said whether the reply answers you.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    reply: Id[models.Reply]
    answered: Answered = Ask(
        _("Does this answer you?"), used_for=_("It is shown beside the reply."), widget="radios"
    )
    words: Sealed = Ask(_("What is still missing?"), default="")

    @classmethod
    def is_of_another(cls, actor: Actor, given: Mapping[str, Any]) -> bool:
        return False  # it is asked of those alone to whom the reply was written

    def objections(self, decision: models.Decision, reply: models.Reply, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, reply=reply)
        view = models.View.everything.get(id=reply.view)
        if view.person not in at.by.ids and view.said_by not in at.by.ids:
            yield "reply", _("Only the one it was written to can say that.")
        elif not is_their_own_word(decision.id, view.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, reply: models.Reply, entry: Recorded) -> None:
        reply.change(entry, answered=self.answered, answered_words=self.words, answered_at=entry.at)


class Deciding(OnDecision):
    """Whatever the whole gate stands before. It also holds the records of all who speak and are spoken for.

    So nobody can be disputed, or stop speaking for someone, between the guard's look and the entry.
    """

    def also_locks(self) -> Iterable[UUID]:
        affected = models.Affected.everything.filter(decision=self.decision, person__isnull=False)
        views = models.View.everything.filter(decision=self.decision, is_spoken_for=True)
        holders = models.Ground.everything.filter(decision=self.decision, holder__isnull=False)
        return {
            *affected.values_list("person", flat=True),
            *views.values_list("said_by", flat=True),
            *holders.values_list("holder", flat=True),
        }


class Decide(Deciding):
    """Decide this."""

    records = "decisions.decided"
    may = who_decides
    says = _("%(by)s decided this.")
    strong = True

    step: Fresh[models.Step] = Ask(settled=True)
    outcome: Annotated[str, Code("decision.outcomes")] = Ask(
        _("What is decided?"), used_for=_("The person reads it."), widget="radios"
    )
    option: Id[models.Option] | None = Ask(_("Which way?"), default=None)
    reasons: Sealed = Ask(_("Why?"), used_for=_("The person reads it, and can answer it."))
    would_change: Sealed = Ask(
        _("If it is a no: what would change it?"), hint=_("The person reads it."), default=""
    )
    on_grounds: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        return {"on_grounds": what_it_rests_on(self, decision, *rest)}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(
        self, decision: models.Decision, option: models.Option | None, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, option=option)
        if not decision.is_about_person:
            yield "", _("This is about a service or a place. Use the page for that.")
            return
        if decision.is_own:
            yield "", _("This is theirs alone to decide.")
        yield from sound_outcome(self, decision, option)
        standing = standing_of(
            decision, at.moment, option=option, outcome=self.outcome, also_decides=at.by.person
        )
        yield from refused_by(guard.may_decide(standing))

    def apply(self, decision: models.Decision, option: models.Option | None, entry: Recorded) -> None:
        settle_decision(self, decision, option, entry)


def sound_outcome(
    command: Any, decision: models.Decision, option: models.Option | None
) -> Iterator[Objection]:
    if command.outcome not in OUTCOMES:
        yield "outcome", _("Choose: agreed, agreed with changes, or not agreed.")
    if command.outcome == "agreed_with_changes" and option is None:
        add_it = _(
            "With changes is another way. First add it on the page of this decision: “Add a way this could "
            "go”. Then people can answer it, and you can choose it here."
        )
        has_ways = models.Option.everything.filter(decision=decision.id).exists()
        yield ("option", _("Choose which way it goes.")) if has_ways else ("outcome", add_it)
    if not command.reasons:
        yield "reasons", _("Write why. A decision carries its reasons.")
    is_refusal = command.outcome == "not_agreed" and not decision.takes_away
    if is_refusal and not command.would_change:
        yield "would_change", _("Write what would change this. A no must say what would make it a yes.")


def settle_decision(
    command: Any, decision: models.Decision, option: models.Option | None, entry: Recorded, **more: Any
) -> None:
    decision.change(
        entry,
        state=State.DECIDED,
        outcome=command.outcome,
        option=option.id if option else None,
        reasons=command.reasons,
        would_change=command.would_change,
        decided_at=entry.at,
        decided_by=entry.by,
        **more,
    )
    note_grounds(command, decision, entry)
    step(command, decision.id, entry, "decided", command.reasons)


class DecideForPlace(Deciding):
    """Decide about a service or a place."""

    records = "decisions.place_decided"
    may = who_decides
    says = _("%(by)s decided this.")
    strong = True

    step: Fresh[models.Step] = Ask(settled=True)
    outcome: Annotated[str, Code("decision.outcomes")] = Ask(
        _("What is decided?"), used_for=_("Anyone can read it."), widget="radios"
    )
    option: Id[models.Option] | None = Ask(_("Which way?"), default=None)
    reasons: Sealed = Ask(_("Why?"), used_for=_("Anyone can read it."), belongs_to="thing")
    would_change: Sealed = Ask(
        _("If it is a no: what would change it?"),
        hint=_("Anyone can read it."),
        default="",
        belongs_to="thing",
    )
    without_them: Sealed = Ask(
        _("If the people it affects did not answer: why decide without them?"),
        hint=_("Anyone can read it."),
        default="",
        belongs_to="thing",
    )
    review_on: date | None = Ask(_("If so: on which day will they look at it again?"), default=None)
    is_without: bool | None = Ask(settled=True)
    on_grounds: list[UUID] | None = Ask(settled=True)
    note: Fresh[models.Step] = Ask(settled=True)
    review: Fresh[models.Review] = Ask(settled=True)

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        rests = what_it_rests_on(self, decision, *rest)
        return {"is_without": bool(self.without_them), "on_grounds": rests}

    def objections(
        self, decision: models.Decision, option: models.Option | None, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, option=option)
        if decision.is_about_person:
            yield "", _("This is about one person’s life. It waits for them.")
            return
        yield from sound_outcome(self, decision, option)
        if self.review_on is not None:
            last = pack_of(decision).due("decision.group.review_months", at.date())
            if not at.date() < self.review_on <= last:
                yield "review_on", _("Choose a day to come, and no later than the rules allow.")
        standing = standing_of(
            decision,
            at.moment,
            option=option,
            outcome=self.outcome,
            also_decides=at.by.person,
            without_reason=bool(self.without_them),
            without_review=self.review_on is not None,
        )
        yield from refused_by(guard.may_decide(standing))

    def apply(self, decision: models.Decision, option: models.Option | None, entry: Recorded) -> None:
        settle_decision(
            self, decision, option, entry, is_without_them=self.is_without, review_on=self.review_on
        )
        if self.is_without:
            note_without(entry, self.note, decision.id, self.without_them)
        if self.review_on is not None:
            begin_review(entry, self.review, decision, "without_them", self.review_on)


def note_without(entry: Recorded, row: UUID | None, decision: UUID, words: Any) -> None:
    """Keep why it was decided without the people it affects, for everyone to read."""
    models.Step.begin(
        entry, id=row, decision=decision, kind="without_them", words=words, by=entry.by, at=entry.at
    )


def begin_review(
    entry: Recorded, row: UUID | None, decision: models.Decision, why: str, due_on: date | None
) -> None:
    """Open a review: that somebody looks again is due on a day, and is not done until they say so."""
    models.Review.begin(
        entry,
        id=row,
        decision=decision.id,
        person=decision.person,
        why=why,
        due_on=due_on,
        done_at=None,
        words=None,
    )


class DecideForMyself(OnDecision):
    """Decide about your own life."""

    records = "decisions.decided_by_themself"
    may = the_person
    says = _("%(by)s decided this about their own life.")
    says_to_you = _("You decided this about your own life.")

    step: Fresh[models.Step] = Ask(settled=True)
    words: Sealed = Ask(_("What have you decided?"), used_for=_("It is kept in your own words."))

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if not decision.is_own:
            yield "", _("Somebody else has a part in this. Say what you think, and they must answer it.")
        if typist(at) is not None:
            yield (
                "",
                _("Nobody can decide this for you. Do it on your page, or with the code from your letter."),
            )
        if not self.words:
            yield "words", _("Write what you have decided.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(
            entry,
            state=State.DECIDED,
            outcome="agreed",
            reasons=self.words,
            decided_at=entry.at,
            decided_by=entry.by,
        )
        step(self, decision.id, entry, "decided", self.words)


class StartHelpWithoutAnswer(Deciding):
    """Start or go on with help, though the person has not answered."""

    records = "decisions.help_started"
    may = who_decides
    says = _("%(by)s started help while we wait for an answer.")
    strong = True

    step: Fresh[models.Step] = Ask(settled=True)
    words: Sealed = Ask(_("What help starts or goes on, and why now?"), used_for=_("The person reads it."))

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if not self.words:
            yield "words", _("Write what help starts or goes on.")
        if decision.help_started_at is not None:
            yield "", _("Help has started already.")
        yield from refused_by(guard.may_start_help(standing_of(decision, at.moment)))

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, help_started_at=entry.at)
        step(self, decision.id, entry, "help_started", self.words)


class Withdraw(OnDecision):
    """Drop this. Nothing changes."""

    records = "decisions.withdrawn"
    may = who_raised_it
    says = _("%(by)s dropped this. Nothing changes.")

    step: Fresh[models.Step] = Ask(settled=True)
    words: Sealed = Ask(_("Why do you drop it?"), default="")

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if decision.help_started_at is not None:
            yield (
                "",
                _("Help has started with this. To end that help, raise it, so that the person can answer."),
            )

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, state=State.WITHDRAWN)
        step(self, decision.id, entry, "withdrawn", self.words)
