"""Who decides a matter, and by which rule: one, several together, an office-holder or a panel."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.fields import Lazy
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, PrivatePart
from alongside.topics.decisions.policy import rows, seats_need_q
from alongside.topics.people.policy import not_held_back_q


class Who(models.TextChoices):
    """Who decides."""

    ONE = "one", _("One person")
    SEVERAL = "several", _("Several people together")
    OFFICE = "office", _("Whoever holds an office")
    PANEL = "panel", _("A panel")


class Agree(models.TextChoices):
    """How many of those who decide must say yes."""

    ALL = "all", _("All of them must agree")
    HALF = "half", _("More than half must agree")
    NUMBER = "number", _("So many must agree")


class Says(models.TextChoices):
    """What one of those who decide says to what was put to them."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    ASIDE = "aside", _("I stand aside")


class DecidingRule(Part):
    """Who decides this and by which rule. The last one counts; those before stay to be read."""

    number = models.IntegerField()
    who = models.CharField(max_length=8, choices=Who.choices)
    agree = models.CharField(max_length=8, choices=Agree.choices)
    needed = models.IntegerField(null=True)  # where so many must agree
    office = models.UUIDField(null=True)
    why = SealedField()
    after_told = models.BooleanField()  # people had been told of this already
    asks_again = models.BooleanField()  # it made deciding easier: so they are asked again
    said_by = models.UUIDField()
    said_at = models.DateTimeField()


class Seat(PrivatePart):
    """A vote that was offered to somebody, and whether they took it."""

    is_member = models.BooleanField()  # sits as somebody who draws on care and support, or cares for somebody
    office = models.UUIDField(null=True)
    offered_by = models.UUIDField()
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    is_taken = models.BooleanField(null=True)
    needs_agreement = models.BooleanField()  # somebody beside the one who offered it must agree first
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Those who decide, who was asked, and those without whose agreement nobody is seated."""
        if actor.person is None or actor.installation:
            return super().seen_by(actor, at)
        asked = rows("Decision").filter(seats_need_q(actor, at), id=OuterRef("decision"))
        shown = not_held_back_q(actor, at, "decision")
        return super().seen_by(actor, at) | (Q(Exists(asked)) & shown)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        found = apps.get_model("people", "Findable").everything.filter(pk=self.person).first()
        return [(_("Who it is"), found.name if found else "")]

    @property
    def waits_for_agreement(self) -> bool:
        return self.needs_agreement and self.agreed_at is None and self.answered_at is None


class Interest(Part):
    """One of those who decided said that they have a stake of their own in this, and stepped back."""

    person = models.UUIDField(db_index=True)
    office = models.UUIDField(null=True)
    words = SealedField()
    said_at = models.DateTimeField()


class Proposal(Part):
    """What was put to those who decide together: a decision, or another rule for deciding."""

    number = models.IntegerField()
    outcome = models.CharField(max_length=24)  # empty where it is about the rule
    option = models.UUIDField(null=True)
    reasons = SealedField()
    would_change = SealedField()
    without_them = SealedField()
    review_on = models.DateField(null=True)
    who = models.CharField(max_length=8)  # the new rule, where it is about that
    agree = models.CharField(max_length=8)
    needed = models.IntegerField(null=True)
    office = models.UUIDField(null=True)
    shape = models.IntegerField()  # what had been put to people by then
    put_by = models.UUIDField()
    put_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    carried = models.BooleanField(null=True)

    @property
    def is_about_the_rule(self) -> bool:
        return self.outcome == ""

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        why = [(_("Why"), self.reasons), (_("If it is a no: what would change it"), self.would_change)]
        if self.is_about_the_rule:
            return why
        names = dict(rules.here(clock.today()).choices("decision.outcomes"))
        return [(_("What is put to you"), names.get(self.outcome, self.outcome)), *why]


class Voice(Part):
    """What one of those who decide said to a proposal, and why."""

    proposal = models.UUIDField(db_index=True)
    person = models.UUIDField(db_index=True)
    office = models.UUIDField(null=True)
    is_member = models.BooleanField()
    says = models.CharField(max_length=6, choices=Says.choices)
    reasons = SealedField()
    said_at = models.DateTimeField()
    is_current = models.BooleanField()
