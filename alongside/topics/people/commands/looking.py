"""Words that nobody put their name to are read by a named person before everyone can read them.

One piece for every room whose words wait: a room says which row it is, whose words, and about which body.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Code, Command, Lazy, Sealed
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import weigh
from alongside.topics.people.policy.looking import looker

NOT_THEIR_OWN = _("These are your own words. Somebody else must look.")
ASKED_ALREADY = _("You have asked for that. Somebody of a user-led organisation must agree.")
READ_ALREADY = _("Everyone can read them already.")


def look_by(today: date) -> date:
    """By which day somebody must have read them; then the page says who has not."""
    return rules.here(today).due("problem.words_wait_days", today)


def waits_from(today: date, *, may_be_read: bool, words: Any) -> date | None:
    """By which day somebody must read what its giver lets everyone read; nothing where there are no words."""
    return look_by(today) if may_be_read and words else None


class Weighing(Command):
    """What comes of one person's looking, settled at the door."""

    shown_on: date | None = Ask(settled=True)
    held_for: str = Ask(settled=True, default="")
    held_until: date | None = Ask(settled=True)
    shown_outside: bool = Ask(settled=True, default=False)
    asked_for: str = Ask(settled=True, default="")
    only_asks: bool = Ask(settled=True, default=False)
    writer: UUID | None = Ask(settled=True)
    for_body: UUID | None = Ask(settled=True)  # for whom they looked; nothing in what was written down before
    office: UUID | None = Ask(settled=True)

    def weighed(
        self, row: ReadFirst, body: UUID, at: At, *, is_shown: bool, reason: str, writer: UUID | None
    ) -> Mapping[str, Any]:
        today, who = at.date(), looker(at.by, body, at.moment)
        outcome = weigh(
            row,
            is_shown=is_shown,
            reason=reason,
            is_outside=who.is_outside,
            today=today,
            short_until=None if is_shown else short_until(reason, today),
        )
        kept = {name: getattr(row, name) for name in ("shown_on", "held_for", "held_until")}
        kept |= {"shown_outside": row.shown_outside, "asked_for": row.asked_for}
        told = {"writer": writer, "for_body": who.body, "office": who.office, "only_asks": outcome.asks}
        return {**kept, **outcome.columns, **told}

    def columns(self) -> dict[str, Any]:
        """What is to stand in the row."""
        names = ("shown_on", "held_for", "held_until", "shown_outside", "asked_for")
        return {name: getattr(self, name) for name in names}

    def in_the_way(
        self, row: ReadFirst, body: UUID, at: At, *, is_shown: bool, writer: UUID | None
    ) -> Iterator[tuple[str, Lazy]]:
        """What stands in the way of anybody's looking at these words."""
        if writer in at.by.ids:
            yield "", NOT_THEIR_OWN
        if row.look_by is None and row.shown_on is None and not row.held_for and is_shown:
            yield "", READ_ALREADY
        if is_shown or not row.asked_for:
            return
        if not looker(at.by, body, at.moment).is_outside:
            yield "", ASKED_ALREADY

    def tells(self, thing: UUID, link: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Whoever wrote them is told that somebody looked, without a topic."""
        if self.writer is not None:
            payload = {"person": self.writer.hex, "what": "words_were_read", "link": link}
            yield "tell", {**payload, "matter": thing.hex}


def short_until(reason: str, today: date) -> date | None:
    """The last day on which a body alone may hide words that a user-led organisation showed."""
    pack = rules.here(today)
    if reason not in pack.codes("problem.held_reasons", having="held_alone"):
        return None
    return pack.due("problem.held_alone_days", today)


class Looking(Weighing):
    """Read words, and say whether everyone may read them."""

    read_at: ClassVar[str]  # where whoever wrote them reads what came of it
    lead: ClassVar[Lazy] = _("Do they name or point to a person, or put somebody in danger? Then say no.")
    button: ClassVar[Lazy] = _("Say so")

    is_shown: bool = Ask(
        _("Have you read them, and may everyone read them?"),
        hint=_("That they say something bad about a body is no reason to say no."),
        used_for=_("Everyone, and whoever wrote them down."),
        widget="radios",
    )
    reason: Annotated[str, Code("problem.held_reasons")] = Ask(
        _("If not, why not?"), default="", widget="select"
    )
    more: Sealed = Ask(_("Say more to whoever wrote them down"), default="", belongs_to="thing")

    def looked_at(self, *rows: Any) -> Any:
        """The row whose words these are; the last of what is given is the moment or the entry."""
        return rows[-2]

    def wrote(self, row: Any) -> UUID | None:
        person: UUID | None = row.person
        return person

    def settle(self, *rows: Any) -> Mapping[str, Any]:
        row, body, at = self.looked_at(*rows), rows[0].organisation, rows[-1]
        if row is None:
            return {}
        reason = "" if self.is_shown else self.reason
        return self.weighed(row, body, at, is_shown=self.is_shown, reason=reason, writer=self.wrote(row))

    def objections(self, *rows: Any) -> Iterator[tuple[str, Lazy]]:
        row, body, at = self.looked_at(*rows), rows[0].organisation, rows[-1]
        if row is not None:
            yield from self.in_the_way(row, body, at, is_shown=self.is_shown, writer=self.wrote(row))
        if not self.is_shown and not self.reason:
            yield "reason", _("Say why not. Whoever wrote them down is told, and everyone sees why.")

    def apply(self, *rows: Any) -> None:
        row, entry = self.looked_at(*rows), rows[-1]
        if self.for_body is None:  # written down before it was kept for whom somebody looked
            held_for = "" if self.is_shown else self.reason
            row.change(entry, shown_on=self.shown_on, held_for=held_for, held_words=self.more or None)
            return
        row.change(entry, **self.columns(), held_words=self.more or None)

    def leaves(self, *rows: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return self.tells(rows[0].id, self.read_at.format(rows[0].id))
