"""What a decision did to people, as they say it; and what those who decided learnt from that."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, AsWhat, At, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.challenging import may_speak, spoken_for
from alongside.topics.decisions.commands.outside import is_their_own_word, typist
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import Did, Sees, State
from alongside.topics.decisions.policy import (
    anyone_here,
    someone_affected,
    the_person,
    their_voice,
    who_decides,
)
from alongside.topics.people.policy import own_word_stands


def has_begun(decision: models.Decision) -> bool:
    """Whether there is something to feel: it was decided, or help began."""
    return decision.decided_at is not None or decision.help_started_at is not None


class SayWhatItDid(OnDecision):
    """Say what this decision did to you."""

    records = "decisions.effect_said"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.WAITS
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said what this decision did to them.")
    says_to_you = _("You said what this decision did to you.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.WAITS)
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = _("Whoever decided this reads it, and must answer you.")

    effect: Fresh[models.Effect] = Ask(settled=True)
    said: Did = Ask(
        _("How are things since then?"), used_for=_("Whoever decided this reads it."), widget="radios"
    )
    words: Sealed = Ask(_("Say it in your own words."), default="")
    sees: Sees | None = Ask(
        _("Who may read it?"),
        hint=_("The usual about your life: you and those who decided. About a service or a place: everyone."),
        blank=_("As usual"),
        default=None,
    )
    on_behalf: UUID | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_trusted: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        usual = Sees.DECIDERS if decision.is_about_person else Sees.EVERYONE
        person = spoken_for(decision, at)
        sound = is_their_own_word(decision.id, person or at.by.person, at)
        rows = models.Effect.everything.filter(
            decision=decision.id, is_current=True, said_by__in=at.by.ids, is_spoken_for=person is not None
        )
        found = {"sees": self.sees or usual, "typed": typist(at), "on_behalf": person}
        sound = sound and not own_word_stands(rows, typist(at))  # beside their own word it counts for nothing
        return found | {"is_trusted": sound, "replaces": [row.id for row in rows] if sound else []}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.on_behalf

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from may_speak(decision, at)
        if decision.is_own:
            yield "", _("They decided this for themself. There is nobody to tell.")
        elif not has_begun(decision):
            yield "", _("Nothing was decided yet. Say what you think of it instead.")
        if decision.is_about_person and self.sees != Sees.DECIDERS and typist(at) is not None:
            yield "sees", _("Only they can show it to more people, on their own page or by their code.")
        if at.by.person is not None and _decides(decision, at) and spoken_for(decision, at) is None:
            yield "", _("You decide this. Those it affects say what it did to them.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.Effect.everything.get(id=earlier).change(entry, is_current=False)
        models.Effect.begin(
            entry,
            id=self.effect,
            decision=decision.id,
            person=self.on_behalf or entry.by,
            said=self.said,
            words=self.words,
            said_by=entry.by,
            is_spoken_for=self.on_behalf is not None,
            sees=self.sees,
            said_at=entry.at,
            how=entry.how,
            typist=self.typed,
            is_trusted=self.is_trusted,
            is_current=True,
            learnt=None,
        )


def _decides(decision: models.Decision, at: At) -> bool:
    rows = models.Decider.everything.filter(decision=decision.id, person__in=at.by.ids, until_at=None)
    return rows.exclude(is_member=True).exists()


class ShowWhatItDid(OnDecision):
    """Choose who may read what this decision did to you."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "decisions.effect_shown"
    may = the_person | someone_affected | anyone_here
    says = _("%(by)s chose who may read what it did to them.")
    says_to_you = _("You chose who may read what it did to you.")

    effect: Id[models.Effect]
    sees: Sees = Ask(_("Who may read it?"), used_for=_("Nobody else is shown it."), widget="radios")

    def objections(self, decision: models.Decision, effect: models.Effect, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, effect=effect)
        if effect.person not in at.by.ids:
            yield "effect", _("Only the one who said it can choose that.")
        if typist(at) is not None and self.sees != Sees.DECIDERS:
            yield "sees", _("Only they can show it to more people, on their own page or by their code.")

    def apply(self, decision: models.Decision, effect: models.Effect, entry: Recorded) -> None:
        effect.change(entry, sees=self.sees)


class SayWhatILearnt(OnDecision):
    """Say what you learnt from what it did to people, and what you will do."""

    records = "decisions.effect_answered"
    may = who_decides
    says = _("%(by)s said what they learnt from what it did.")

    row: Fresh[models.Learnt] = Ask(settled=True)
    effects: list[Id[models.Effect]] = Ask(
        _("To whom do you answer?"), used_for=_("They read your answer."), max_length=100
    )
    learnt: Sealed = Ask(_("What did you learn?"), used_for=_("Those it did something to read it."))
    will_do: Sealed = Ask(
        _("What will you do now?"),
        hint=_("If you will do nothing, say so and why."),
        used_for=_("Those it did something to read it."),
    )

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        decision, effects = things[0], things[1]
        person: UUID | None = effects[0].person if decision.is_about_person and effects else decision.id
        return person

    def objections(
        self, decision: models.Decision, effects: list[models.Effect], at: At
    ) -> Iterator[Objection]:
        if not effects:
            yield "effects", _("Choose whom you answer.")
        for effect in effects:
            yield from must_belong(decision, effects=effect)
            if effect.learnt is not None:
                yield "effects", _("One of these was answered already.")
            if effect.person in at.by.ids:
                yield "effects", _("You said one of these yourself. Somebody else must answer it.")
        if decision.is_about_person and len({effect.person for effect in effects}) > 1:
            yield "effects", _("These are of several people. Answer each by themselves.")
        if len({effect.sees for effect in effects}) > 1:
            yield "effects", _("Some of these are not for everyone to read. Answer those by themselves.")
        if not self.learnt:
            yield "learnt", _("Write what you learnt.")
        if not self.will_do:
            yield "will_do", _("Write what you will do now. If it is nothing, say so.")

    def apply(self, decision: models.Decision, effects: list[models.Effect], entry: Recorded) -> None:
        models.Learnt.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=effects[0].person if decision.is_about_person else None,
            learnt=self.learnt,
            will_do=self.will_do,
            by=entry.by,
            at=entry.at,
        )
        for effect in effects:
            effect.change(entry, learnt=self.row)


class AskWhatItDid(OnDecision):
    """Ask those it affects what this decision did to them."""

    records = "decisions.effects_asked"
    may = the_installation
    says = _("Those it affects were asked what this decision did to them.")

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if decision.state != State.DECIDED or decision.is_own or decision.effects_asked_at is not None:
            yield "", _("There is nothing to ask, or they were asked already.")
        elif decision.decided_at is not None and ask_on(decision) > at.date():
            yield "", _("It is too early to ask.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, effects_asked_at=entry.at)


def ask_on(decision: models.Decision) -> Any:
    """The day on which those it affects are asked what it did to them."""
    from alongside.kernel.clock import day_of

    assert decision.decided_at is not None
    return pack_of(decision).due("decision.effects.ask_days", day_of(decision.decided_at))


class AskForReview(OnDecision):
    """Ask those it affects, because the day has come to look at this again."""

    records = "decisions.review_asked"
    may = the_installation
    says = _("The day came to look at this again. Those it affects were asked.")

    review: Id[models.Review] = Ask(_("Which review?"), used_for=_("It says which one is due."))

    def objections(self, decision: models.Decision, review: models.Review, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, review=review)
        if review.asked_at is not None or review.done_at is not None or review.due_on > at.date():
            yield "review", _("They were asked already, or it is too early.")

    def apply(self, decision: models.Decision, review: models.Review, entry: Recorded) -> None:
        review.change(entry, asked_at=entry.at)
