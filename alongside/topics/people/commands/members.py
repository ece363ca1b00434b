"""Belonging to a body: whoever acts for it confirms a membership, declines it, or ends it, and says why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import NO_ROWS, Actor, rule
from alongside.topics.people.commands.checks import PeopleCommand, Reasons
from alongside.topics.people.models import Kinds, Link, LinkKind
from alongside.topics.people.policy import bodies_of, officers_of

_WHY = _("Only the person it is about reads this, and those who work for them.")


@rule(_("someone who acts for that body: a manager there, or someone on its board"))
def acts_for_its_body(actor: Actor, at: datetime) -> Q:
    """For commands judged on a membership."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    bodies = bodies_of(actor, at, Kinds.OFFICERS)
    return Q(other=None, kind__in=Kinds.MEMBERS, organisation__in=bodies)


class OnMembership(PeopleCommand):
    """Something that whoever acts for a body does about one membership of it."""

    may = acts_for_its_body
    page: ClassVar[str] = "people:organisations"
    done: ClassVar[Lazy] = _("They have been told.")

    link: Id[Link]
    person: UUID | None = Ask(settled=True)
    organisation: UUID | None = Ask(settled=True)

    def settle(self, link: Link, at: At) -> Mapping[str, Any]:
        return {"person": link.person, "organisation": link.organisation}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[0].person
        return person

    def objections(self, link: Link, at: At) -> Reasons:
        if link.other is not None or link.kind not in Kinds.MEMBERS:
            yield "", _("This is not a membership.")
        elif not link.is_live(at.moment):
            yield "", _("This has ended already.")
        if link.person in at.by.records or at.by.typed_by == link.person:
            yield "", _("This is about you. Somebody else who acts for the body must do it.")
        if link.kind == LinkKind.BOARD_MEMBER and not at.by.strong:
            yield "", _("A seat on the board gives power. Sign in with your passkey first.")

    def leaves(self, link: Link, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """The person is told that there is something to read: the message names no body."""
        where = {"link": f"/people/links/{link.id}", "matter": link.id.hex}
        return [("tell", {"person": link.person.hex, "what": "membership_answered", **where})]


class ConfirmMember(OnMembership):
    """Confirm that somebody belongs to your group."""

    records = "people.member_confirmed"
    says = _("%(by)s confirmed that somebody belongs to their group.")
    lead: ClassVar[Lazy] = _(
        "From then on they speak and judge with its members. A seat on the board needs two of you to say so."
    )
    done: ClassVar[Lazy] = _("It is written down. A seat on the board stands once two of you have said so.")

    stands: bool | None = Ask(settled=True)  # for a seat on the board: whether two have said so now

    def settle(self, link: Link, at: At) -> Mapping[str, Any]:
        return {**super().settle(link, at), "stands": _stands(link, at)}

    def objections(self, link: Link, at: At) -> Reasons:
        yield from super().objections(link, at)
        if not link.is_own_word:
            yield "", _("This was confirmed already.")
        elif link.first_yes_by in at.by.records:
            yield "", _("You have said so. Now somebody else who acts for the body must say so too.")

    def apply(self, link: Link, entry: Recorded) -> None:
        if self.stands is False:
            link.change(entry, first_yes_by=entry.by)
        else:
            link.change(entry, confirmed_at=entry.at, answered_by=entry.by)

    def leaves(self, link: Link, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Where a second one must say so: the others who act for the body are told that somebody waits."""
        if self.stands is not False:
            yield from super().leaves(link, recorded)
            return
        page = {"link": f"/organisations/{link.organisation}/members", "matter": recorded.thing.hex}
        for officer in _others(link, recorded.by, recorded.at):
            yield "tell", {"person": officer.hex, "what": "membership_said", **page}


def _others(link: Link, by: UUID | None, at: datetime) -> list[UUID]:
    """Who else acts for the body: neither whoever says so, nor the one whose seat it is."""
    assert link.organisation is not None  # a membership names its body
    return [one for one in officers_of(link.organisation, at) if one not in (by, link.person)]


def _stands(link: Link, at: At) -> bool:
    """A membership stands on one word. A seat on the board gives power: there it takes two who act for the
    body, wherever two do."""
    if link.kind != LinkKind.BOARD_MEMBER or link.organisation is None or link.first_yes_by is not None:
        return True
    return not _others(link, at.by.person, at.moment)


class DeclineMember(OnMembership):
    """Say that somebody does not belong to your group, and why."""

    records = "people.member_declined"
    says = _("%(by)s said that somebody does not belong to their group.")

    words: Sealed = Ask(_("Why not?"), hint=_("They read this. They can say so again."), used_for=_WHY)

    def objections(self, link: Link, at: At) -> Reasons:
        yield from super().objections(link, at)
        if not link.is_own_word:
            yield "", _("This was confirmed already. You can end it, and say why.")
        if not self.words:
            yield "words", _("Say why. They are told.")

    def apply(self, link: Link, entry: Recorded) -> None:
        _closed(link, entry, self.words)


class EndMembership(OnMembership):
    """End somebody’s membership of your group, and say why."""

    records = "people.membership_ended"
    says = _("%(by)s ended a membership of their group.")

    words: Sealed = Ask(_("Why does it end?"), hint=_("They read this."), used_for=_WHY)

    def objections(self, link: Link, at: At) -> Reasons:
        yield from super().objections(link, at)
        if link.is_own_word:
            yield "", _("Nobody has confirmed this yet. You can decline it, and say why.")
        if not self.words:
            yield "words", _("Say why. They are told.")

    def apply(self, link: Link, entry: Recorded) -> None:
        _closed(link, entry, self.words)


def _closed(link: Link, entry: Recorded, words: Any) -> None:
    day = clock.day_of(entry.at)
    link.change(entry, closes_at=entry.at, until_on=day, answered_by=entry.by, answer=words)
