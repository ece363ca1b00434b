"""Naming somebody who is not on record yet. Nobody is looked up, so nobody learns who is on record."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open
from alongside.topics.decisions.commands.outside import deciders_of
from alongside.topics.decisions.models import Stake
from alongside.topics.decisions.policy import the_person, their_voice, who_decides, who_raised_it
from alongside.topics.people.commands.newcomers import Reach
from alongside.topics.people.models import Person


class NameSomebodyNew(OnDecision):
    """Add somebody this affects whom we do not know yet."""

    records = "decisions.newcomer_named"
    may = who_decides | the_person | who_raised_it | their_voice
    says = _("%(by)s named somebody this affects, who was not on record.")
    done = _("Thank you. They are named here now. If we know them already, we put the two together later.")
    person_is_named: ClassVar[bool] = False
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    person: Fresh[Person] = Ask(settled=True)
    name: Sealed = Ask(
        _("What do they like to be called?"),
        used_for=_("Those who see this decision, to greet them."),
        belongs_to="person",
        widget="line",
    )
    reach: Reach = Ask(_("How can we reach them safely?"), default=Reach.THROUGH_ME, widget="radios")
    address: Sealed = Ask(
        _("Their number, email or address for this"),
        hint=_("Leave this blank if it goes through you. We ask them first if it is safe."),
        needed=_("needed, unless it goes through you"),
        default="",
        belongs_to="person",
        widget="line",
    )
    stake: Stake = Ask(
        _("What of theirs does it touch?"),
        hint=_("It waits for someone whose life, home or money it is."),
        used_for=_("It says whether the decision waits for them."),
        default=Stake.OTHER,
    )
    is_child: bool = Ask(_("Are they under 18?"), default=False)
    held_by: UUID | None = Ask(settled=True)
    kept_by: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        """The body that decides answers for the record, and a decider keeps it: never who named them."""
        about = Person.everything.filter(pk=decision.person).first() if decision.person else None
        body = decision.organisation or (about.held_by if about else None)
        deciders = deciders_of(decision.id)
        mine = next((one for one in deciders if one in at.by.ids), None)
        return {"held_by": body, "kept_by": mine or next(iter(deciders), body)}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if self.held_by is None:
            yield "", _("No body has taken this up yet. Ring us, and we add them with you.")
        if not str(self.name).strip():
            yield "name", _("Type what they like to be called.")
        if len(str(self.name)) > 200:
            yield "name", _("Type a name with fewer than 200 letters.")
        if self.reach != Reach.THROUGH_ME and not self.address:
            yield "address", _("Type the number, email or address. Or choose that it goes through you.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        """Nothing here: the person is written down, and named in this matter, by what follows from it."""
