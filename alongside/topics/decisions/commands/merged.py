"""What a decision does when two records of one person became one."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import OnDecision

PARTS_WITH_PEOPLE: tuple[Any, ...] = (
    models.Affected,
    models.AgreedWord,
    models.BenefitAnswer,
    models.Check,
    models.Checker,
    models.Companion,
    models.Decider,
    models.Evidence,
    models.EvidenceAnswer,
    models.Forgone,
    models.Ground,
    models.GroundAsked,
    models.GroundSaid,
    models.Judgement,
    models.MoreTime,
    models.Moved,
    models.Offer,
    models.Question,
    models.Reply,
    models.Joint,
    models.JointText,
    models.Power,
    models.Review,
    models.Risk,
    models.Safeguard,
    models.Shown,
    models.Signature,
    models.Support,
    models.Taken,
    models.TakenBox,
    models.Telling,
    models.Trial,
    models.View,
    models.PartTaken,
    models.Coming,
    models.OfThemself,
    models.ToldWord,
    models.PayOffer,
    models.AccessAnswer,
    models.Task,
    models.HowItWent,
    models.Challenge,
    models.ChallengeAsked,
    models.Effect,
    models.Learnt,
    models.Seat,
    models.Interest,
    models.Voice,
    models.Listed,
    models.LotLeft,
    models.Waiting,
)
PARTS_OF_ANYBODY: tuple[Any, ...] = (models.Option, models.Meeting, models.Claim)  # they have no `person`
OTHER_COLUMNS: dict[Any, tuple[str, ...]] = {  # beside `person`
    models.Affected: ("said_dead_by",),
    models.AgreedWord: ("said_by", "typist"),
    models.Challenge: ("made_by_person", "typist"),
    models.ChallengeAsked: ("asked",),
    models.Checker: ("checker",),
    models.Effect: ("said_by", "typist"),
    models.Companion: ("companion",),
    models.Evidence: ("used_by",),
    models.Ground: ("holder",),
    models.GroundAsked: ("about",),
    models.GroundSaid: ("said_by",),
    models.Moved: ("whose",),
    models.Option: ("proposed_by",),
    models.Risk: ("carrier",),
    models.Meeting: ("kept_by",),
    models.Claim: ("claimed_by",),
    models.PartTaken: ("written_by",),
    models.PayOffer: ("arranged_by",),
    models.Signature: ("typist",),
    models.Support: ("asked_by", "offered_by", "answered_by"),
    models.Taken: ("taken_by", "looked_by"),
    models.View: ("said_by", "typist", "confirmed_by"),
    models.Telling: ("typist", "confirmed_by"),
}


class FollowMerge(OnDecision):
    """Note that two records of one person became one."""

    records = "decisions.person_merged"
    may = the_installation
    says = _("Two records of one person became one.")
    only_as_consequence = True

    old: UUID = Ask(settled=True)
    new: UUID = Ask(settled=True)

    def about(self, *things: Any) -> UUID | None:
        return None  # the record of people says it; here it only follows

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        if decision.person == self.old:
            decision.change(entry, person=self.new)
        if decision.raised_by == self.old:
            decision.change(entry, raised_by=self.new)
        for model in (*PARTS_WITH_PEOPLE, *PARTS_OF_ANYBODY):
            columns = OTHER_COLUMNS.get(model, ())
            columns = columns if model in PARTS_OF_ANYBODY else ("person", *columns)
            for row in list(model.everything.filter(decision=decision.id)):
                moved = {name: self.new for name in columns if getattr(row, name) == self.old}
                if moved:
                    row.change(entry, **moved)
