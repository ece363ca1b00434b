"""Saying which office answers for what, and which ward a councillor stands for."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Actor, Ask, At, Fresh, Id, Recorded, Ref, Sealed
from alongside.kernel.fields import as_id
from alongside.topics.people.models import Link, LinkKind, Office, Organisation
from alongside.topics.people.models.links import bodies_of, live
from alongside.topics.people.policy import names_of
from alongside.topics.voice.commands.base import Objections, VoiceCommand, office_is_of, somebody_holds
from alongside.topics.voice.models import Desk, Purpose, Seat, Ward
from alongside.topics.voice.policy import who_runs_it, who_runs_its_body


def bodies_run_by(actor: Actor) -> list[tuple[UUID, str]]:
    """The bodies somebody manages, with their names."""
    rows = Organisation.everything.filter(id__in=bodies_of(actor, clock.now(), [LinkKind.MANAGER]))
    return sorted(names_of(rows.values_list("id", flat=True)).items(), key=lambda pair: pair[1])


class NameDesk(VoiceCommand):
    """Say which office answers for this."""

    records = "voice.desk_named"
    may = who_runs_it
    says = _("%(by)s said which office answers for this.")
    judged_on = "organisation"
    strong = True
    page: ClassVar[str] = "voice:speak_up"

    desk: Fresh[Desk] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("For which body?"), used_for=_("Everyone sees whose office answers.")
    )
    purpose: Purpose = Ask(_("For what?"), used_for=_("Everyone sees who reads what they write."))
    office: Annotated[UUID, Ref("people.Office")] = Ask(
        _("Which office?"),
        hint=_("For speaking up it can be an office of another body. Independent is better."),
        used_for=_("Whoever holds it reads and answers."),
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        if field == "office":
            names = names_of(Office.objects.seen_by(actor).values_list("id", flat=True))
            return sorted(names.items(), key=lambda pair: pair[1])
        return bodies_run_by(actor) if field == "organisation" else None

    def objections(self, at: At) -> Objections:
        yield from somebody_holds(self.office, at)
        if self.purpose in (Purpose.FEEDBACK, Purpose.WEBSITE):
            yield from office_is_of(self.office, self.organisation)
        same = Desk.everything.filter(organisation=self.organisation, purpose=self.purpose, ended_at=None)
        if same.filter(office=self.office).exists():
            yield "office", _("This office answers for it already.")

    def apply(self, entry: Recorded) -> None:
        Desk.begin(
            entry,
            id=self.desk,
            organisation=self.organisation,
            purpose=self.purpose,
            office=self.office,
            since=entry.at,
            ended_at=None,
        )


class EndDesk(VoiceCommand):
    """Say that an office no longer answers for this."""

    records = "voice.desk_ended"
    may = who_runs_its_body
    says = _("%(by)s said that an office no longer answers for this.")
    strong = True
    page: ClassVar[str] = "voice:speak_up"

    desk: Id[Desk]

    def objections(self, desk: Desk, at: At) -> Objections:
        if desk.ended_at is not None:
            yield "", _("This has ended already.")

    def apply(self, desk: Desk, entry: Recorded) -> None:
        desk.change(entry, ended_at=entry.at)


class NameWard(VoiceCommand):
    """Name a ward."""

    records = "voice.ward_named"
    may = who_runs_it
    says = _("%(by)s named a ward.")
    judged_on = "organisation"
    page: ClassVar[str] = "voice:questions"

    ward: Fresh[Ward] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Of which council?"), used_for=_("Its councillors stand for the ward.")
    )
    name: Sealed = Ask(
        _("What is the ward called?"),
        used_for=_("People choose their ward by this name."),
        belongs_to="thing",
        widget="line",
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        return bodies_run_by(actor) if field == "organisation" else None

    def objections(self, at: At) -> Objections:
        if not self.name:
            yield "name", _("Type the name of the ward.")

    def apply(self, entry: Recorded) -> None:
        Ward.begin(entry, id=self.ward, organisation=self.organisation, name=self.name)


class SeatCouncillor(VoiceCommand):
    """Say which councillor stands for a ward."""

    records = "voice.ward_seated"
    may = who_runs_its_body
    says = _("%(by)s said who stands for a ward.")
    page: ClassVar[str] = "voice:questions"

    ward: Id[Ward]
    seat: Fresh[Seat] = Ask(settled=True)
    councillor: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Which councillor?"), used_for=_("Residents see who stands for their ward.")
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        """Those who were elected to the council of this ward. Who they are is public."""
        ward = Ward.objects.seen_by(actor).filter(pk=as_id(str(given.get("ward", "")))).first()
        if field != "councillor" or ward is None:
            return None
        posts = Link.everything.filter(live(clock.now()), kind=LinkKind.COUNCILLOR, other=None)
        elected = posts.filter(organisation=ward.organisation).values_list("person", flat=True)
        return sorted(names_of(set(elected)).items(), key=lambda pair: pair[1])

    def objections(self, ward: Ward, at: At) -> Objections:
        posts = Link.everything.filter(live(at.moment), person=self.councillor, other=None)
        if not posts.filter(kind=LinkKind.COUNCILLOR, organisation=ward.organisation).exists():
            yield "councillor", _("Choose a councillor of that council.")
        elif Seat.everything.filter(ward=ward.id, councillor=self.councillor, ended_at=None).exists():
            yield "councillor", _("They stand for this ward already.")

    def apply(self, ward: Ward, entry: Recorded) -> None:
        Seat.begin(
            entry, id=self.seat, ward=ward.id, councillor=self.councillor, since=entry.at, ended_at=None
        )
