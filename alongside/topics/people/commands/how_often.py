"""How often somebody is asked: they alone say so, or somebody who types it for them."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Hand, Id, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import PeopleCommand, Reasons, not_in_use, typed_by_their_workers
from alongside.topics.people.models import Asking, Person
from alongside.topics.people.models.kinds import HowOften
from alongside.topics.people.policy import is_the_person


class SetHowOftenWeAsk(PeopleCommand):
    """Say how often we may ask you things."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)
    records = "people.asking_set"
    may = is_the_person("pk") | the_installation
    says = _("%(by)s said how often they want to be asked.")
    says_to_you = _("You said how often you want to be asked.")

    person: Id[Person]
    how_often: HowOften = Ask(
        _("How often may we ask you things?"),
        hint=_("We always tell you about decisions on your own life."),
        used_for=_("Everyone who plans to ask people something."),
    )
    words: Sealed = Ask(
        _("Is there anything, or anybody, you do not want to be asked by?"), default="", belongs_to="person"
    )

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        if self.how_often == HowOften.NEVER and typed_by_their_workers(person.id, at):
            yield "how_often", _("Only they, or their advocate, can say that nobody may ask them.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        row = Asking.everything.filter(pk=person.id).first()
        if row is None:
            Asking.begin(entry, id=person.id, how_often=self.how_often, words=self.words, since=entry.at)
        else:
            row.change(entry, how_often=self.how_often, words=self.words, since=entry.at)
