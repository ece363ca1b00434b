"""How a relationship ends, and on which decision the end of somebody’s support rests."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.wired import answers
from alongside.kernel import clock
from alongside.kernel.command import NEEDED, Ask, At, Id, Recorded
from alongside.kernel.policy import Actor, the_installation
from alongside.topics.people.commands.asked import told_to_read
from alongside.topics.people.commands.checks import PeopleCommand, Reasons, not_strong
from alongside.topics.people.commands.links import WHOM_THEY_ASKED
from alongside.topics.people.models import Kinds, Link, LinkKind
from alongside.topics.people.policy import is_the_person, manager_of, worker_of


class WhyEnded(TextChoices):
    """Why a relationship ended."""

    STEPPED_DOWN = "stepped_down", _("They stepped down")
    MOVED_ON = "moved_on", _("They moved on")
    DIED = "died", _("They died")
    POWER_ENDED = "power_ended", _("The power ended")
    MISTAKE = "mistake", _("It was a mistake")
    DECIDED = "decided", _("It was decided with them")  # of support


class EndLink(PeopleCommand):
    """Say that a relationship has ended."""

    records = "people.link_ended"
    may = is_the_person("other") | worker_of() | manager_of() | the_installation
    says = _("%(by)s said that a relationship has ended.")

    link: Id[Link]
    why: WhyEnded = Ask(_("Why has it ended?"), used_for=_("The person, to know what happened."))
    decision: UUID | None = Ask(
        _("On which decision does it rest?"),
        hint=_("What was agreed with the person, and is in force."),
        used_for=_("The person, to see which decision ended their support."),
        needed=NEEDED,
        default=None,
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[UUID, str]] | None:
        """Of support, the decisions on which its end can rest; of anything else this is not asked. And why it
        can have ended: nothing is offered that would be refused."""
        if field not in ("decision", "why") or not given.get("link"):
            return [] if field == "decision" else None
        link = Link.objects.seen_by(actor).filter(pk=given["link"]).first()
        if field == "why":
            return why_it_can_have_ended(link, actor) if link is not None else None
        is_support = link is not None and link.kind == LinkKind.DRAWS_ON_SUPPORT
        return ends_decided(link, actor) if link is not None and is_support else []

    def settle(self, link: Link, at: At) -> Mapping[str, Any]:
        """Where there is one decision only, it is that one."""
        if link.kind != LinkKind.DRAWS_ON_SUPPORT or self.decision is not None:
            return {}
        found = ends_decided(link)
        return {"decision": found[0][0]} if len(found) == 1 and not at.by.installation else {}

    def objections(self, link: Link, at: At) -> Reasons:
        if link.kind == LinkKind.DRAWS_ON_SUPPORT:
            yield from self._rests_on_a_decision(link, at)
        elif link.other is None:
            yield "", _("A post is ended by the body. Ask a manager there.")
        elif (
            link.kind in WHOM_THEY_ASKED
            and self.why != WhyEnded.DIED
            and at.by.person != link.other
            and not at.by.installation
        ):
            yield "", _("Only the person can end this, or the one who speaks for them.")
        if link.closes_at is not None and link.closes_at <= at.moment:
            yield "", _("This has ended already.")
        if at.by.person != link.other:
            yield from not_strong(at, link.person)

    def _rests_on_a_decision(self, link: Link, at: At) -> Reasons:
        if at.by.installation:
            return
        found = dict(ends_decided(link))
        if self.why == WhyEnded.DIED:
            yield "why", _("Write down on their page that they have died. Their support ends with it.")
        elif not found:
            yield "", _("Support ends only by a decision made with the person. Raise one.")
        elif self.decision is None:
            yield "decision", _("More than one decision ends something. Choose on which one this rests.")
        elif self.decision not in found:
            yield "decision", _("This was not agreed with them, or is not in force. Choose another.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        ended = clock.day_of(entry.at)
        link.change(entry, closes_at=entry.at, until_on=ended, ended_by_decision=self.decision)

    def leaves(self, link: Link, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Whoever drew on support hears that this is written down, and can say that it is not so."""
        died = self.why == WhyEnded.DIED
        if link.kind == LinkKind.DRAWS_ON_SUPPORT and recorded.by != link.person and not died:
            yield told_to_read(link.person, f"/people/links/{link.id}", what="support_ended", matter=link.id)


def why_it_can_have_ended(link: Link, actor: Actor) -> list[tuple[Any, Any]]:
    """What can be answered of this one, in the words of whoever answers. That whoever draws on support has
    died is written down on their page, and everything ends with it."""
    if link.kind == LinkKind.DRAWS_ON_SUPPORT:
        return [
            (WhyEnded.DECIDED.value, WhyEnded.DECIDED.label),
            (WhyEnded.MOVED_ON.value, WhyEnded.MOVED_ON.label),
            (WhyEnded.MISTAKE.value, WhyEnded.MISTAKE.label),
        ]
    if link.other in actor.ids:
        theirs: list[tuple[Any, Any]] = [
            (WhyEnded.STEPPED_DOWN.value, _("I stepped down")),
            (WhyEnded.MOVED_ON.value, _("I moved on")),
        ]
    elif link.kind in WHOM_THEY_ASKED:
        return [(WhyEnded.DIED.value, WhyEnded.DIED.label)]
    else:
        theirs = [(one.value, one.label) for one in (WhyEnded.STEPPED_DOWN, WhyEnded.MOVED_ON, WhyEnded.DIED)]
    last = [*([WhyEnded.POWER_ENDED] if link.kind in Kinds.POWERS else []), WhyEnded.MISTAKE]
    return theirs + [(one.value, one.label) for one in last]


def ends_decided(link: Link, actor: Actor | None = None) -> list[tuple[UUID, str]]:
    """What was decided with the person since they draw on this support, and is in force: that something of it
    ends. With an actor, what that one may see."""
    ask = answers("ends_decided_with_them")
    return list(ask(link.person, link.opens_at, actor)) if ask else []
