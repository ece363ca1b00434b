"""A position written together: each signs, or signs with a dissent in their own words, or leaves."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import is_their_own_word, typist
from alongside.topics.decisions.models import StandsAs
from alongside.topics.decisions.policy import anyone_here
from alongside.topics.people.policy import names_of, organisations_of

IN_PUBLIC = _("Anyone can read this. Name no person.")


class OnJoint(OnDecision):
    """What the commands about a position written together have in common: they are for places."""

    page: ClassVar[str] = "decisions:joint"

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field != "body":
            return super().choices_within(field, actor, given)
        return own_bodies(actor)


def own_bodies(actor: Actor) -> list[tuple[UUID, Lazy]]:
    """The bodies that this person works for or belongs to."""
    if actor.person is None or actor.only is not None:
        return []
    return sorted(names_of(organisations_of(actor.person, clock.now())).items(), key=lambda pair: pair[1])


def must_be_of(body: UUID | None, at: At) -> Iterator[Objection]:
    """Only somebody of a body can speak for it."""
    if body is None:
        return
    if at.by.person is None or body not in organisations_of(at.by.person, at.moment):
        yield "body", _("You are not on record as part of that body. Leave it blank.")


class BeginJoint(OnJoint):
    """Write a position together with others."""

    records = "decisions.joint_begun"
    may = anyone_here
    says = _("%(by)s began a position that others can sign.")
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = IN_PUBLIC

    joint: Fresh[models.Joint] = Ask(settled=True)
    text: Fresh[models.JointText] = Ask(settled=True)
    name: Sealed = Ask(
        _("What do you call it?"),
        used_for=_("Those who may sign it read it."),
        belongs_to="thing",
        widget="line",
    )
    words: Sealed = Ask(
        _("What do you say together?"), used_for=_("Those who may sign it read it."), belongs_to="thing"
    )

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if not self.name:
            yield "name", _("Give it a short name.")
        if not self.words:
            yield "words", _("Write what you say together.")
        if typist(at) is not None:
            yield "", _("Only they can begin this, on their own page or by their code.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Joint.begin(
            entry,
            id=self.joint,
            decision=decision.id,
            person=entry.by,
            name=self.name,
            version=1,
            begun_at=entry.at,
        )
        write_text(self, self.joint, decision, entry, number=1)


def write_text(
    command: Any, joint: UUID | None, decision: models.Decision, entry: Recorded, *, number: int | None
) -> None:
    models.JointText.begin(
        entry,
        id=command.text,
        decision=decision.id,
        joint=joint,
        number=number,
        person=entry.by,
        words=command.words,
        written_at=entry.at,
        taken="",
    )


class RewriteJoint(OnJoint):
    """Put the position in other words. Everyone is asked again."""

    records = "decisions.joint_rewritten"
    may = anyone_here
    says = _("%(by)s put a position in other words. Those who signed are asked again.")
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = IN_PUBLIC

    joint: Id[models.Joint]
    text: Fresh[models.JointText] = Ask(settled=True)
    words: Sealed = Ask(
        _("What do you say together now?"), used_for=_("Those who signed read it."), belongs_to="thing"
    )
    number: int | None = Ask(settled=True)
    asked_again: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, joint: models.Joint, at: At) -> Mapping[str, Any]:
        signed = models.Signature.everything.filter(joint=joint.id, left_at=None).order_by("signed_at", "id")
        asked = list(dict.fromkeys(signed.values_list("person", flat=True)))
        return {"number": joint.version + 1, "asked_again": asked}

    def objections(self, decision: models.Decision, joint: models.Joint, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, joint=joint)
        if not self.words:
            yield "words", _("Write what you say together.")
        signed = models.Signature.everything.filter(joint=joint.id, person__in=at.by.ids, left_at=None)
        if joint.person not in at.by.ids and not signed.exists():
            yield "", _("Sign it first. Then you can put it in other words, and everyone is asked again.")
        if typist(at) is not None:
            yield "", _("Only they can do that, on their own page or by their code.")

    def apply(self, decision: models.Decision, joint: models.Joint, entry: Recorded) -> None:
        joint.change(entry, version=self.number)
        write_text(self, joint.id, decision, entry, number=self.number)


class SignJoint(OnJoint):
    """Sign this position, or sign it and say what you see another way."""

    records = "decisions.joint_signed"
    may = anyone_here
    says = _("%(by)s signed a position.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE, Hand.THEIRS)
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = IN_PUBLIC

    joint: Id[models.Joint]
    signature: Fresh[models.Signature] = Ask(settled=True)
    number: int = Ask(
        _("Which version do you sign?"), used_for=_("You sign these words and no others."), ge=1
    )
    stands_as: StandsAs = Ask(
        _("As what do you sign?"), used_for=_("It stands beside your name."), widget="radios"
    )
    body: Annotated[UUID, Ref("people.Organisation")] | None = Ask(_("For which body?"), default=None)
    words: Sealed = Ask(
        _("Is there something in it that you see another way?"),
        hint=_("It is shown with the position, as long as you sign."),
        default="",
    )
    dissents: bool | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, joint: models.Joint, at: At) -> Mapping[str, Any]:
        earlier = models.Signature.everything.filter(joint=joint.id, person__in=at.by.ids, left_at=None)
        found = {"dissents": bool(self.words), "typed": typist(at)}
        return found | {"replaces": list(earlier.values_list("id", flat=True))}

    def objections(self, decision: models.Decision, joint: models.Joint, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, joint=joint)
        if self.number != joint.version:
            yield "number", _("There are newer words. Read them, and sign those if you agree.")
        if (self.stands_as == StandsAs.BODY) != (self.body is not None):
            yield "body", _("To sign for a body, choose both that and which body. Else leave it blank.")
        yield from must_be_of(self.body, at)
        if not is_their_own_word(decision.id, at.by.person, at):
            said = _("Nobody can sign for them. Somebody from outside may type it.")
            yield "", not_their_word(decision, at, said)

    def apply(self, decision: models.Decision, joint: models.Joint, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.Signature.everything.get(id=earlier).change(entry, left_at=entry.at)
        models.Signature.begin(
            entry,
            id=self.signature,
            decision=decision.id,
            joint=joint.id,
            number=self.number,
            person=entry.by,
            stands_as=self.stands_as,
            body=self.body,
            dissents=self.dissents,
            words=self.words,
            signed_at=entry.at,
            left_at=None,
            typist=self.typed,
            taken="",
        )


class LeaveJoint(OnJoint):
    """Take your name off this position."""

    records = "decisions.joint_left"
    may = anyone_here
    says = _("%(by)s took their name off a position.")
    says_to_you = _("You took your name off a position.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    joint: Id[models.Joint]
    mine: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, joint: models.Joint, at: At) -> Mapping[str, Any]:
        rows = models.Signature.everything.filter(joint=joint.id, person__in=at.by.ids, left_at=None)
        return {"mine": list(rows.order_by("id").values_list("id", flat=True))}

    def objections(self, decision: models.Decision, joint: models.Joint, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, joint=joint)
        if not self.mine:
            yield "", _("You have not signed this.")
        elif not is_their_own_word(decision.id, at.by.person, at):
            said = _("Only they can leave. Somebody from outside may type it.")
            yield "", not_their_word(decision, at, said)

    def apply(self, decision: models.Decision, joint: models.Joint, entry: Recorded) -> None:
        for one in self.mine or ():
            models.Signature.everything.get(id=one).change(entry, left_at=entry.at)
