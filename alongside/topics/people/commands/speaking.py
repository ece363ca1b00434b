"""Who should not speak for a person: anyone may say so. While it is open their words are only their own."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.policy import signed_in
from alongside.topics.people.commands.checks import (
    IN_THEIR_OWN_NAME,
    PeopleCommand,
    Reasons,
    not_away_from,
    not_strong,
    typed_by_their_workers,
)
from alongside.topics.people.models import Basis, Dispute, Kinds, Link
from alongside.topics.people.policy import is_the_person, manager_of, same_line, worker_of


class DisputeSpeaker(PeopleCommand):
    """Say that somebody should not speak for this person."""

    records = "people.speaker_disputed"
    to_oneself = {"title": _("Say that somebody should not speak for you")}
    may = signed_in
    says = _("%(by)s said that somebody should not speak for this person.")
    done = _(
        "Thank you. Until this is settled, their words count only as their own. They are not told by us. "
        "What they can see stays as it was: see “Who can see this”."
    )
    seen_by_line = _("The person and those who work for them see this. The one it is about does not.")
    judged_on = "link"
    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)

    dispute: Fresh[Dispute] = Ask(settled=True)
    link: Id[Link]
    words: Sealed = Ask(_("What should we know?"), default="", belongs_to="by")
    person: UUID | None = Ask(settled=True)
    speaker: UUID | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        link = Link.everything.filter(pk=self.link).first()
        people = [link.person, *([link.other] if link.other else [])] if link is not None else []
        return (self.link, *people)

    def settle(self, link: Link, at: At) -> dict[str, UUID | None]:
        return {"person": link.person, "speaker": link.other}

    def objections(self, link: Link, at: At) -> Reasons:
        if link.kind not in Kinds.SPEAKERS or not link.is_live(at.moment):
            yield "", _("Nobody speaks for them in this way now. There is nothing to settle.")
            return
        if at.by.person == link.other:
            yield "", _("You can say that you no longer do this.")
        if typed_by_their_workers(link.person, at):
            yield "", IN_THEIR_OWN_NAME
        before = Dispute.everything.filter(link=link.id, by__in=[*at.by.ids, at.by.author])
        if before.exists():
            yield "", _("You have told us this. If something new has happened, ring us or tell their worker.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        Dispute.begin(
            entry,
            id=self.dispute,
            link=link.id,
            person=self.person,
            speaker=self.speaker,
            by=entry.by,
            words=self.words,
            at=entry.at,
        )


class SettleDispute(PeopleCommand):
    """Say whether somebody may go on speaking."""

    records = "people.dispute_settled"
    to_oneself = {"words.used_for": _("Whoever raised it, and you, to know why.")}
    may = is_the_person() | worker_of() | manager_of()
    says = _("%(by)s settled whether somebody may speak for this person.")
    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)

    dispute: Id[Dispute]
    stands: bool = Ask(_("May they go on speaking?"), used_for=_("Alongside: if not, their standing ends."))
    words: Sealed = Ask(
        _("Why?"), used_for=_("Whoever raised it, and the person, to know why."), belongs_to="by"
    )

    def also_locks(self) -> tuple[UUID, ...]:
        row = Dispute.everything.filter(pk=self.dispute).first()
        return (row.link,) if row is not None else ()

    def objections(self, dispute: Dispute, at: At) -> Reasons:
        link = Link.everything.get(pk=dispute.link)
        if dispute.settled_at is not None:
            yield "", _("This was settled already.")
        if not self.words:
            yield "words", _("Say why.")
        if at.by.person == dispute.speaker:
            yield "", _("Somebody else must settle this.")
        if at.by.person == dispute.person:
            if link.basis != Basis.CONSENT:
                yield "", _("This does not rest on your consent, so your worker settles it with you.")
            yield from not_away_from(dispute.speaker, dispute.person, at)
            if typed_by_their_workers(dispute.person, at):
                yield "", IN_THEIR_OWN_NAME
            return
        yield from not_strong(at, dispute.person)
        if at.by.person is not None and same_line(at.by.person, dispute.by, at.moment):
            yield "", _("You or your own team raised this. Ask somebody from another team to settle it.")

    def about(self, dispute: Dispute, at: At) -> UUID | None:
        return dispute.person

    def apply(self, dispute: Dispute, entry: Recorded) -> None:
        dispute.change(
            entry, settled_at=entry.at, stands=self.stands, settled_by=entry.by, settled_words=self.words
        )
        if not self.stands:
            Link.everything.get(pk=dispute.link).change(entry, in_use=False, closes_at=entry.at)
