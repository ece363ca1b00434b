"""Who has seen the document of an attorney or a deputy: what one line wrote down, a second person sees too.

A power opens a decision without the person. So whoever decides does not write it down alone: somebody outside
of that line reads the number in the document, or in the public register, and types what they read.
"""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.agreeing import THEY_READ, answered, asked_to_agree, only_from_outside
from alongside.topics.people.commands.checks import PeopleCommand, Reasons, not_strong
from alongside.topics.people.models import Kinds, Link, PowerCheck, Said, not_refused
from alongside.topics.people.policy import is_the_person, manager_of, worker_of


def a_second_was_asked_to_see_it(link: UUID) -> bool:
    """Whether somebody outside the line was asked to see this document too, and has not said no."""
    return not_refused(PowerCheck.everything.filter(link=link, agreed_at=None)).exists()


class AskToCheckPower(PeopleCommand):
    """Ask somebody of another team to see the document too."""

    records = "people.power_check_asked_for"
    thing: ClassVar[str] = "check"
    judged_on: ClassVar[str] = "link"
    may = is_the_person() | worker_of() | manager_of() | the_installation
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    says = _("%(by)s asked that somebody of another team sees the document of a power too.")
    page: ClassVar[str] = ""
    lead: ClassVar[Lazy] = _(
        "They see the document for themselves, or look in the public register. "
        "They type the number they read."
    )
    done: ClassVar[Lazy] = _(
        "Somebody of another team has been asked. Show them the document when they ring."
    )

    check: Fresh[PowerCheck] = Ask(settled=True)
    link: Id[Link]
    person: UUID | None = Ask(settled=True)
    holder: UUID | None = Ask(settled=True)
    written_by: UUID | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.link,)

    def settle(self, link: Link, at: At) -> dict[str, UUID | None]:
        return {"person": link.person, "holder": link.other, "written_by": link.said_by}

    def objections(self, link: Link, at: At) -> Reasons:
        if link.kind not in Kinds.POWERS or link.other is None:
            yield "", _("This does not rest on a document. There is nothing to see.")
        elif not link.document:
            yield "", _("No number is written down. End this, and write it down again with its number.")
        if link.closes_at is not None and link.closes_at <= at.moment:
            yield "", _("This has ended already.")
        yield from not_strong(at, link.person)
        if a_second_was_asked_to_see_it(link.id):
            yield "", _("Somebody of another team was asked already.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        PowerCheck.begin(
            entry,
            id=self.check,
            person=self.person,
            link=link.id,
            holder=self.holder,
            written_by=self.written_by,
            asked_by=entry.by,
            asked_at=entry.at,
            agreed_by=None,
            agreed_at=None,
        )


class ConfirmPower(PeopleCommand):
    """Say that you have seen the document too, and which number you read."""

    records = "people.power_confirmed"
    may = asked_to_agree
    says = _("%(by)s saw the document of a power too, and read its number.")
    strong = True
    page: ClassVar[str] = ""
    lead: ClassVar[Lazy] = _(
        "See the document for yourself, or look in the public register. We do not show you the number."
    )

    check: Id[PowerCheck]
    told: Sealed = Ask(
        _("Which number did you read?"),
        hint=_("The number of the power or of the order, as it stands there."),
        used_for=_("It must be the one that is written down."),
        belongs_to="about",
        widget="line",
    )
    checked: Sealed = Ask(
        _("Where did you read it, and whom does it name?"), used_for=THEY_READ, belongs_to="by"
    )
    link: UUID | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        row = PowerCheck.everything.filter(pk=self.check).first()
        return (row.person, row.link) if row is not None else ()

    def settle(self, check: PowerCheck, at: At) -> dict[str, UUID]:
        return {"link": check.link}

    def objections(self, check: PowerCheck, at: At) -> Reasons:
        row = Link.everything.filter(pk=check.link).first()
        ended = row is None or (row.closes_at is not None and row.closes_at <= at.moment)
        if check.agreed_at is not None or row is None or ended:
            yield "", _("This was settled already.")
            return
        yield from only_from_outside(check, self.checked, at)
        if not is_the_same_number(str(self.told or ""), str(row.document or "")):
            yield "told", _("That is not the number that is written down. Look again, or say no and why.")

    def about(self, check: PowerCheck, at: At) -> UUID | None:
        return check.person

    def apply(self, check: PowerCheck, entry: Recorded) -> None:
        check.change(entry, agreed_by=entry.by, agreed_at=entry.at)
        answered(check.id, entry, Said.YES, self.checked)


def is_the_same_number(told: str, written: str) -> bool:
    """Whether somebody read the number that is written down: spaces, hyphens and large letters aside."""
    one, other = ("".join(c for c in words.casefold() if c.isalnum()) for words in (told, written))
    return bool(one) and one == other
