"""Writing down somebody whom another person named in a matter, with the least facts."""

from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import PeopleCommand
from alongside.topics.people.commands.written_down import write_down
from alongside.topics.people.models import Organisation, Person, WayToTell
from alongside.topics.people.models.kinds import Language


class Reach(TextChoices):
    """How somebody new can be reached. The codes are those of told.channels."""

    THROUGH_ME = "through_me", _("Through me, for now")
    PHONE = "phone", _("By telephone")
    TEXT = "text", _("By text message")
    EMAIL = "email", _("By email")
    LETTER = "letter", _("By letter")


class WriteDownNewcomer(PeopleCommand):
    """Write down somebody who was named in a matter."""

    records = "people.newcomer_written_down"
    may = the_installation
    says = _("Somebody who was named in a matter was written down.")
    only_as_consequence = True

    person: Fresh[Person] = Ask(settled=True)
    way: Fresh[WayToTell] = Ask(settled=True)
    organisation: Id[Organisation]
    kept_by: UUID = Ask(_("Who looks after the record?"), used_for=_("To put right what is wrong in it."))
    name: Sealed = Ask(
        _("What do they like to be called?"), used_for=_("To greet them."), belongs_to="person", widget="line"
    )
    reach: Reach = Ask(_("How can they be reached?"), default=Reach.THROUGH_ME)
    address: Sealed = Ask(_("Where?"), default="", belongs_to="person")
    is_child: bool = Ask(_("Are they under 18?"), default=False)

    def about(self, organisation: Organisation, at: At) -> UUID | None:
        return self.person

    def apply(self, organisation: Organisation, entry: Recorded) -> None:
        whose = {"held_by": organisation.id, "added_by": self.kept_by}
        write_down(entry, self.person, self.name, is_child=self.is_child, **whose)
        if self.reach != Reach.THROUGH_ME:
            self._way(entry)

    def _way(self, entry: Recorded) -> None:
        """Not safe until they say so themselves: whoever named them may have given a number of their own."""
        WayToTell.begin(
            entry,
            id=self.way,
            person=self.person,
            channel=self.reach,
            address=self.address,
            is_safe=False,
            place=1,
            shared_with=None,
            language=Language.ENGLISH,
            times=None,
            since=entry.at,
            ended_at=None,
            set_by=None,
            confirmed_by=None,
            confirmed_at=None,
        )
