"""What people answer: a view, or that they do not want to answer. What others typed for them is checked."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, AsWhat, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import (
    Objection,
    OnDecision,
    is_for_another,
    must_be_open,
    must_belong,
)
from alongside.topics.decisions.commands.outside import can_be_relied_on, outside_of, typist, works_for
from alongside.topics.decisions.commands.spoken_for import said_to_speaker, speaker_kind, whose
from alongside.topics.decisions.commands.telling import may_confirm
from alongside.topics.decisions.commands.thinking import Thinking, answer_that_stands
from alongside.topics.decisions.models import Sees
from alongside.topics.decisions.policy import (
    anyone_here,
    someone_affected,
    the_person,
    their_voice,
    who_checks,
)
from alongside.topics.people.policy import own_word_stands

NOBODY_ELSE = _("You and those who decide can see this. You can change that.")


class Answer(OnDecision):
    """What a view and a declining have in common: whose answer it is, and who typed it."""

    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.WAITS)
    seen_by_line: ClassVar[Any] = NOBODY_ELSE

    view: Fresh[models.View] = Ask(settled=True)
    on_behalf: UUID | None = Ask(
        _("For whom do you answer?"),
        hint=_("Leave this blank if you answer for yourself."),
        default=None,
        blank=_("For myself"),
    )
    speaker_kind: str = Ask(settled=True, default="")
    is_of_body: bool | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_trusted: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)

    @classmethod
    def said_before(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Their own answer that still stands. What another typed and they never confirmed is not theirs."""
        row = answer_that_stands(actor, given.get("decision"), given.get("on_behalf"))
        if row is None or row.taken or row.denied is not None:
            return {}
        if row.typist is not None and row.confirmed_by is None:
            return {}
        return cls.answers_in(row) | {"anonymous": row.said_by in actor.voices}

    @classmethod
    def said_to_speaker(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Lazy]:
        return said_to_speaker(actor, given, declines=cls is Decline)

    @classmethod
    def is_of_another(cls, actor: Actor, given: Mapping[str, Any]) -> bool:
        return bool(given.get("on_behalf")) or is_for_another(actor, given)

    @classmethod
    def answers_in(cls, row: models.View) -> dict[str, Any]:
        """The questions of this form that a row answers."""
        return {"words": row.words} if row.is_declining else {}

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        at: At = rest[-1]
        person = self.on_behalf or whose(decision, at.by)
        kind = speaker_kind(at.by, person, at.moment)
        giver = person if kind else at.by.person
        typed = typist(at)
        earlier = models.View.everything.filter(decision=decision.id, is_current=True, said_by__in=at.by.ids)
        rows = [row for row in earlier.filter(is_spoken_for=bool(kind)) if not kind or row.person == person]
        trusted = can_be_relied_on(typed, giver, decision.id, at.moment) and not own_word_stands(rows, typed)
        sound = typed is None or (trusted and typed in outside_of(decision.id, at.moment))
        before = [row.id for row in rows]
        found = {"on_behalf": person if kind else None, "speaker_kind": kind, "shape": decision.shape}
        found |= {"typed": typed, "is_trusted": trusted}
        found["is_of_body"] = works_for(at.by.person, decision.organisation, at.moment)
        return found | {"replaces": before if sound else []}  # what we cannot rely on replaces nothing

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.on_behalf

    def objections(self, decision: models.Decision, *rest: Any) -> Iterator[Objection]:
        at: At = rest[-1]
        yield from must_be_open(decision)
        is_theirs = self.on_behalf is not None or whose(decision, at.by) is None
        if not is_theirs:
            yield "on_behalf", _("You may not speak for them in this now. Ask them to say it themself.")

    def save(self, decision: models.Decision, entry: Recorded, **values: Any) -> None:
        for earlier in self.replaces or ():
            models.View.everything.get(id=earlier).change(entry, is_current=False)
        models.View.begin(
            entry,
            id=self.view,
            decision=decision.id,
            person=self.on_behalf or entry.by,
            said_by=entry.by,
            is_spoken_for=self.on_behalf is not None,
            speaker_kind=self.speaker_kind,
            is_of_body=self.is_of_body,
            shape=self.shape,
            is_current=True,
            said_at=entry.at,
            how=entry.how,
            typist=self.typed,
            is_trusted=self.is_trusted,
            confirmed_by=None,
            confirmed_at=None,
            denied=None,
            taken="",
            **values,
        )


class GiveView(Thinking, Answer):
    """Say what you think."""

    records = "decisions.view_given"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.WAITS
    may = the_person | someone_affected | their_voice
    says = _("%(by)s said what they think.")
    says_to_you = _("You said what you think.")

    def apply(self, decision: models.Decision, option: models.Option | None, entry: Recorded) -> None:
        kept = {**self.kept(), "option": option.id if option else None, "sees": Sees.DECIDERS}
        self.save(decision, entry, is_declining=False, **kept)
        self.keep_beside(self.view, self.on_behalf or entry.by, decision, entry)


class GiveViewOnPlace(Thinking, Answer):
    """Say what you think about a service or a place."""

    records = "decisions.place_view_given"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.WAITS
    may = anyone_here
    says = _("%(by)s said what they think.")
    says_to_you = _("You said what you think.")
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = _("Anyone can read this, unless you choose otherwise.")

    words: Sealed = Ask(_("Say it in your own words."), hint=_("Name no other person."), default="")
    sees: Sees = Ask(_("Who may read it?"), default=Sees.EVERYONE, widget="radios")

    def apply(self, decision: models.Decision, option: models.Option | None, entry: Recorded) -> None:
        kept = {**self.kept(), "option": option.id if option else None, "sees": self.sees}
        self.save(decision, entry, is_declining=False, **kept)
        self.keep_beside(self.view, self.on_behalf or entry.by, decision, entry)


class Decline(Answer):
    """Say that you do not want to answer."""

    records = "decisions.declined"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.WAITS
    may = the_person | someone_affected | their_voice
    says = _("%(by)s said that they do not want to answer.")
    says_to_you = _("You said that you do not want to answer.")

    words: Sealed = Ask(_("Do you want to say why?"), default="")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        self.save(
            decision,
            entry,
            is_declining=True,
            position="",
            option=None,
            words=self.words,
            instead=None,
            interest=None,
            wants_help=False,
            sees=Sees.DECIDERS,
        )


class ChooseWhoSees(OnDecision):
    """Choose who may read what you said."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "decisions.view_shown"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s chose who may read what they said.")
    says_to_you = _("You chose who may read what you said.")

    view: Id[models.View]
    sees: Sees = Ask(_("Who may read it?"), used_for=_("Nobody else is shown it."), widget="radios")

    def objections(self, decision: models.Decision, view: models.View, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, view=view)
        if view.person not in at.by.ids:
            yield "view", _("Only the one whose view it is can choose that.")
        if typist(at) is not None and self.sees != Sees.DECIDERS:
            yield "sees", _("Only they can show it to more people, on their own page or by their code.")

    def apply(self, decision: models.Decision, view: models.View, entry: Recorded) -> None:
        view.change(entry, sees=self.sees)


class ConfirmView(OnDecision):
    """Say that what was typed for someone is what they said."""

    records = "decisions.view_confirmed"
    to_oneself = {"title": _("Say that what was typed for you is what you said")}
    may = the_person | someone_affected | their_voice | who_checks
    says = _("%(by)s confirmed what was typed.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE, Hand.NOT_WHOM)

    view: Id[models.View]
    confirmed_by: UUID | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, view: models.View, at: At) -> Mapping[str, Any]:
        earlier = models.View.everything.filter(
            decision=decision.id,
            is_current=True,
            said_by=view.said_by,
            person=view.person,
            said_at__lt=view.said_at,
        ).exclude(id=view.id)
        replaces = list(earlier.values_list("id", flat=True))
        return {"confirmed_by": at.by.typed_by or at.by.person, "replaces": replaces}

    def objections(self, decision: models.Decision, view: models.View, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, view=view)
        if view.typist is None:
            yield "view", _("They said this themself. There is nothing to confirm.")
        elif view.confirmed_by is not None:
            yield "view", _("This was confirmed already.")
        yield from may_confirm(decision, view, at)
        earlier = models.View.everything.filter(id__in=self.replaces or ())
        other = at.by.typed_by or (None if view.person in at.by.ids else at.by.person)
        if own_word_stands(earlier, other):
            yield "view", _("They said it themself before. Only they can say that they mean this now.")
        elif view.denied is not None and other is not None:
            yield "view", _("They say that this is not what they said. Only they can confirm it.")

    def apply(self, decision: models.Decision, view: models.View, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.View.everything.get(id=earlier).change(entry, is_current=False)
        view.change(
            entry, confirmed_by=self.confirmed_by, confirmed_at=entry.at, denied=None, is_current=True
        )


# Two views are the same only if their givers agree ------------------------------------------------


def _in_words(label: Lazy, actor: Actor, given: Mapping[str, Any], which: str) -> list[tuple[Lazy, Any]]:
    """One of two views in its own words, as far as this reader may read it."""
    pk = as_id(str(given.get(which, "")))
    view = models.View.objects.seen_by(actor).filter(id=pk).first() if pk else None
    return [(label, f"{view.thinks}. {view.words or ''}".strip())] if view is not None else []


class SayTheSame(OnDecision):
    """Say that your view is the same as another one."""

    records = "decisions.same_said"
    may = the_person | someone_affected | anyone_here
    says = _("%(by)s said that two views are the same.")
    title: ClassVar[Lazy] = _("You said the same")
    lead: ClassVar[Lazy] = _(
        "They are asked if they think so too. If they agree, one answer counts for both of you."
    )
    button: ClassVar[Lazy] = _("Yes, I said the same")
    page: ClassVar[str] = "decisions:views"

    row: Fresh[models.SameView] = Ask(settled=True)
    view: Id[models.View]
    other: Id[models.View]

    @classmethod
    def shown_above(cls, actor: Actor, given: Mapping[str, Any]) -> list[tuple[Lazy, Any]]:
        """Both views: nobody has to know them by heart."""
        return [
            *_in_words(_("What you said"), actor, given, "view"),
            *_in_words(_("What they said"), actor, given, "other"),
        ]

    def objections(
        self, decision: models.Decision, view: models.View, other: models.View, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, view=view, other=other)
        if view.person not in at.by.ids or typist(at) is not None:
            yield "view", _("Only the one whose view it is can say that.")
        elif view.id == other.id:
            yield "other", _("That is the same view. Choose another.")
        elif not models.View.objects.seen_by(at.by, at.moment).filter(id=other.id).exists():
            yield "other", _("We could not find that. Please choose again.")

    def apply(
        self, decision: models.Decision, view: models.View, other: models.View, entry: Recorded
    ) -> None:
        models.SameView.begin(
            entry,
            id=self.row,
            decision=decision.id,
            view=view.id,
            other=other.id,
            asked_at=entry.at,
            agreed_at=None,
        )


class AgreeTheSame(OnDecision):
    """Agree that your view is the same as another one."""

    records = "decisions.same_agreed"
    may = the_person | someone_affected | anyone_here
    says = _("%(by)s agreed that two views are the same.")
    title: ClassVar[Lazy] = _("Did you both say the same?")
    lead: ClassVar[Lazy] = _("If you agree, one answer counts for both of you. You need not agree.")
    button: ClassVar[Lazy] = _("Yes, we said the same")
    page: ClassVar[str] = "decisions:views"

    row: Id[models.SameView]
    other: UUID | None = Ask(settled=True)

    @classmethod
    def shown_above(cls, actor: Actor, given: Mapping[str, Any]) -> list[tuple[Lazy, Any]]:
        """Both views, as far as whoever is asked may read them."""
        pk = as_id(str(given.get("row", "")))
        row = models.SameView.objects.seen_by(actor).filter(id=pk).first() if pk else None
        if row is None:
            return []
        both = {"theirs": row.view, "own": row.other}
        return [
            *_in_words(_("What you said"), actor, both, "own"),
            *_in_words(_("What they said"), actor, both, "theirs"),
        ]

    def objections(self, decision: models.Decision, row: models.SameView, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, row=row)
        mine = models.View.everything.filter(id=row.other, person__in=at.by.ids)
        if typist(at) is not None or not mine.exists():
            yield "row", _("Only the giver of the other view can agree.")

    def apply(self, decision: models.Decision, row: models.SameView, entry: Recorded) -> None:
        row.change(entry, agreed_at=entry.at)
