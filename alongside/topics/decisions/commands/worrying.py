"""A stranger’s worry about somebody. It goes to the duty team; the stranger sees nothing but a receipt."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, AsWhat, At, Command, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor, anyone
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.further import TAKEN, asked_row, day_after
from alongside.topics.decisions.policy.worries import asked_to_take_up, the_duty_team
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import duty_teams_of, names_of


class RaiseConcern(Command):
    """Tell the duty team that you are worried about somebody."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "decisions.concern_raised"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.NAMELESS
    may = anyone
    says = _("Someone told the duty team that they are worried.")
    page: ClassVar[str] = "decisions:concern_sent"
    may_be_anonymous: ClassVar[bool] = True

    concern: Fresh[models.Concern] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Which council should know?"), used_for=_("Their duty team reads it.")
    )
    words: Sealed = Ask(
        _("Who are you worried about, and why?"),
        used_for=_("The duty team uses it to see that the person is safe."),
    )
    contact: Sealed = Ask(
        _("How can we reach you?"), hint=_("Only if you want us to."), default="", widget="line"
    )
    take_by: date | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        """Only bodies where somebody reads what comes in."""
        if field != "organisation":
            return None
        bodies = Organisation.objects.seen_by(actor).values_list("pk", flat=True)
        names = names_of(pk for pk in bodies if duty_teams_of(pk))
        return sorted(names.items(), key=lambda pair: pair[1])

    def settle(self, at: At) -> Mapping[str, Any]:
        return {"take_by": day_after(at.date())}

    def objections(self, at: At) -> Iterator[Objection]:
        if not self.words:
            yield "words", _("Tell us who you are worried about, and why.")
        if not duty_teams_of(self.organisation):
            yield "organisation", _("Nobody there would read it. Choose the council where the person lives.")

    def apply(self, entry: Recorded) -> None:
        models.Concern.begin(
            entry,
            id=self.concern,
            organisation=self.organisation,
            words=self.words,
            contact=self.contact,
            raised_by=entry.by,
            raised_at=entry.at,
            take_by=self.take_by,
            further_at=None,
            nobody_at=None,
            taken_by=None,
            taken_at=None,
            came_of=None,
        )


class TakeConcern(Command):
    """Say what you did about a worry that came in."""

    records = "decisions.concern_taken"
    may = the_duty_team | asked_to_take_up
    says = _("%(by)s looked into this worry.")
    strong = True
    page: ClassVar[str] = "decisions:concerns"

    concern: Id[models.Concern]
    came_of: Sealed = Ask(
        _("What did you do?"),
        hint=_("If you were asked from outside the duty team, they do not read this, nor who you are."),
        used_for=_("Whoever looks into it uses it to follow up."),
        belongs_to="thing",
    )
    outside: UUID | None = Ask(settled=True)

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        return OUTSIDE_LOOKED if fields.get("outside") else cls.says

    def settle(self, concern: models.Concern, at: At) -> Mapping[str, Any]:
        row = asked_row(concern, at.by.ids)
        return {"outside": row.id if row is not None else None}

    def objections(self, concern: models.Concern, at: At) -> Iterator[Objection]:
        if concern.taken_at is not None:
            yield "", TAKEN
        if not self.came_of:
            yield "came_of", _("Write what you did.")

    def apply(self, concern: models.Concern, entry: Recorded) -> None:
        models.ConcernAsked.let_go(concern.id, entry, but=entry.by)
        if self.outside is None:
            concern.change(entry, taken_by=entry.by, taken_at=entry.at, came_of=self.came_of)
            return
        row = models.ConcernAsked.everything.get(pk=self.outside)
        row.change(entry, taken_at=entry.at, came_of=self.came_of)
        concern.change(entry, taken_at=entry.at)


OUTSIDE_LOOKED = _("Somebody outside the duty team looked into this worry.")
