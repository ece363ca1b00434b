"""How people are told. Posted is not told: it must have reached them, and somebody must vouch for that."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import FACE, INSTALLATION, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.as_told import as_told
from alongside.topics.decisions.commands.base import (
    Objection,
    OnDecision,
    decision_given,
    must_be_open,
    must_belong,
)
from alongside.topics.decisions.commands.checking import is_not_so
from alongside.topics.decisions.commands.outside import can_be_relied_on, outside_of, typist
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.policy import (
    someone_affected,
    the_person,
    their_voice,
    who_checks,
    who_decides,
)
from alongside.topics.people.policy import is_advocate_of, only_written_way, same_line

_FOR_LAW = _("A decision waits until it reached the person.")

NEW_SIGNS = {  # the words of whoever told them
    "talked_through": _("We talked it through, and I write down what they said"),
    "sent": _("It is sent. I do not know if they have read it"),
    "delivered": _("It was delivered. I do not know if they have read it"),
    "message_left": _("I left a message"),
    "not_delivered": _("It could not be delivered"),
}
LATER_SIGNS = {
    "slip": _("Their reply slip came back"),
    "replied": _("They replied"),
    **{code: said for code, said in NEW_SIGNS.items() if code != "sent"},
}


def later_answer_day(decision: models.Decision, at: At) -> date:
    """The day to answer by, counted from the day a telling reached somebody, never brought forward."""
    mine = pack_of(decision).due("decision.weighty.answer_days", at.date())
    return max(mine, decision.answer_by) if decision.answer_by else mine


def undo_day(decision: models.Decision, at: At) -> date | None:
    """The last day to undo an everyday decision: it begins to count when the person has been told."""
    if decision.undo_days is None or decision.undo_until is not None:
        return decision.undo_until
    return at.date() + timedelta(days=decision.undo_days)


def it_reached_them(decision: models.Decision, entry: Recorded, command: Any) -> None:
    """What changes on the decision when a telling reached somebody."""
    decision.change(
        entry, answer_by=command.answer_by, undo_until=command.undo_until, involve_by=command.involve_by
    )


def settled_days(decision: models.Decision, person: UUID | None, at: At, *, vouched: bool) -> dict[str, Any]:
    """The days that begin to run once it reached the person it is about, and somebody can vouch for that."""
    found: dict[str, Any] = {
        "answer_by": decision.answer_by,
        "undo_until": decision.undo_until,
        "involve_by": decision.involve_by,
    }
    if not vouched or (decision.person is not None and person != decision.person):
        return found
    if decision.is_open:
        found["answer_by"] = later_answer_day(decision, at)
    return found | {"undo_until": undo_day(decision, at), "involve_by": None}


class Tell(OnDecision):
    """Tell somebody about this, and write down how."""

    records = "decisions.told"
    may = who_decides
    says = _("%(by)s sent word of this, or tried to.")
    narrower: ClassVar[Any] = {"sign": NEW_SIGNS}

    telling: Fresh[models.Telling] = Ask(settled=True)
    person: UUID | None = Ask(
        _("Whom did you tell?"), hint=_("Leave this blank for the person it is about."), default=None
    )
    channel: Annotated[str, Code("told.channels")] = Ask(
        _("How did you tell them?"), used_for=_FOR_LAW, widget="radios"
    )
    format: Annotated[str, Code("access.format")] = Ask(_("In what form?"), default="plain")
    sign: Annotated[str, Code("told.signs")] = Ask(
        _("What do you know?"),
        hint=_(
            "A letter, a text or an email: we send it, by the way they called safe, with a code. Choose that "
            "it is sent. If you posted one yourself, they get two."
        ),
        default="sent",
        widget="radios",
    )
    words: Sealed = Ask(
        _("If you talked: what did they say?"),
        hint=_("Write it as they said it. It is theirs."),
        needed=_("needed, if you talked it through"),
        default="",
    )
    is_live: bool | None = Ask(settled=True)
    is_reached: bool | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_trusted: bool | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)
    undo_until: date | None = Ask(settled=True)
    involve_by: datetime | None = Ask(settled=True)

    @classmethod
    def said_before(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Where a message of ours is to go and can go by one way alone, that one is chosen."""
        matter = decision_given(actor, given) if given.get("sign") == "sent" else None
        person = as_id(given.get("person")) or (matter.person if matter is not None else None)
        way = only_written_way(person, actor) if matter is not None and person is not None else ""
        return {"channel": way} if way else {}

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        pack, person = pack_of(decision), self.person or decision.person
        reached = bool(pack.item("told.signs", self.sign)["reached"])
        found = {"person": person, "is_live": bool(pack.item("told.channels", self.channel)["live"])}
        found |= {"is_reached": reached, "typed": at.by.typed_by or at.by.person}
        found["is_trusted"] = can_be_relied_on(at.by.typed_by or at.by.person, person, decision.id, at.moment)
        return found | settled_days(decision, person, at, vouched=False)

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.person

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if not decision.is_about_person and self.person is None:
            yield "person", _("Say whom you told. To tell many, count how many it reached.")
        elif not models.Affected.everything.filter(
            decision=decision.id, person=self.person, ended_at=None
        ).exists():
            yield "person", _("First say that this affects them. Then tell them.")
        if self.sign in ("opened", "slip", "replied"):
            yield "sign", _("Write that down when it comes: open what you sent, and say what came back.")
        if self.sign == "talked_through" and not self.words:
            yield "words", _("Write down what they said. If they said nothing, choose another answer.")
        if self.sign == "talked_through" and not self.is_live:
            yield "channel", _("Talking it through needs a call, a visit or an interpreter.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        begin_telling(self, decision.id, entry)

    def leaves(self, *things: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
        entry: Recorded = things[-1]
        if self.is_live or self.is_reached or self.sign != "sent" or self.person is None:
            return ()
        link = f"/decisions/{self.decision}"
        told = {"person": self.person.hex, "what": "matter", "link": link, "matter": self.decision.hex}
        return [("tell", told | {"worker": entry.by.hex, "telling": (self.telling or entry.id).hex})]


def begin_telling(command: Any, decision: UUID, entry: Recorded, **more: Any) -> None:
    """Add the row of a telling. What reached someone now was written down by whoever typed it."""
    first = {
        "person": command.person,
        "group": None,
        "format": command.format,
        "sign": command.sign,
        "is_reached": command.is_reached,
        "reached_at": entry.at if command.is_reached else None,
        "reached_count": 0,
        "typist": command.typed,
        "is_trusted": command.is_trusted,
        "words": command.words,
    }
    models.Telling.begin(
        entry,
        id=command.telling,
        decision=decision,
        channel=command.channel,
        is_live=command.is_live,
        told_at=entry.at,
        told_by=entry.by,
        confirmed_by=None,
        confirmed_at=None,
        **{**first, **more},
    )


class TellPeople(OnDecision):
    """Tell the people that a decision about a service or a place affects, and count whom it reached."""

    records = "decisions.people_told"
    may = who_decides
    says = _("%(by)s told the people this affects.")

    telling: Fresh[models.Telling] = Ask(settled=True)
    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("We count how many of them we reached."))
    channel: Annotated[str, Code("told.channels")] = Ask(
        _("How did you tell them?"), used_for=_("Anyone can read it."), widget="radios"
    )
    format: Annotated[str, Code("access.format")] = Ask(_("In what form?"), default="plain")
    reached: int = Ask(
        _("How many people do you know it reached?"),
        hint=_("Count those who came, wrote back or opened it. What was only sent does not count."),
        used_for=_("It is shown beside how many they are."),
        ge=0,
        le=10_000_000,
    )
    is_live: bool | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, group: models.Affected, at: At) -> Mapping[str, Any]:
        found = {"is_live": bool(pack_of(decision).item("told.channels", self.channel)["live"])}
        return found | {"answer_by": later_answer_day(decision, at) if self.reached else decision.answer_by}

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, group=group)
        if group.person is not None:
            yield "group", _("That is one person. Tell them by themselves.")
        elif self.reached > (group.size or 0):
            yield "reached", _("That is more people than there are. Check both numbers.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        models.Telling.begin(
            entry,
            id=self.telling,
            decision=decision.id,
            person=None,
            group=group.id,
            channel=self.channel,
            is_live=self.is_live,
            format=self.format,
            sign="sent",
            told_at=entry.at,
            told_by=entry.by,
            is_reached=self.reached > 0,
            reached_at=entry.at if self.reached else None,
            reached_count=self.reached,
            typist=entry.by,
            is_trusted=True,
            confirmed_by=None,
            confirmed_at=None,
            words=None,
        )
        decision.change(entry, answer_by=self.answer_by)


class OpenIt(OnDecision):
    """Open what was sent to you."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "decisions.opened"
    may = the_person | someone_affected
    says = _("%(by)s opened what was sent.")

    telling: Id[models.Telling]
    answer_by: date | None = Ask(settled=True)
    undo_until: date | None = Ask(settled=True)
    involve_by: datetime | None = Ask(settled=True)

    def settle(self, decision: models.Decision, telling: models.Telling, at: At) -> Mapping[str, Any]:
        return settled_days(decision, telling.person, at, vouched=True)

    def objections(self, decision: models.Decision, telling: models.Telling, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, telling=telling)
        if telling.person not in at.by.ids or typist(at) is not None:
            yield "", _("Only the person it was sent to can open it.")
        if at.by.way == FACE:
            yield "", _("You look through their eyes. Only they themself can open it.")
        if telling.is_reached and telling.typist is None:
            yield "", _("You have opened this before.")

    def apply(self, decision: models.Decision, telling: models.Telling, entry: Recorded) -> None:
        telling.change(
            entry, sign="opened", is_reached=True, reached_at=entry.at, typist=None, is_trusted=True
        )
        it_reached_them(decision, entry, self)


class MarkReached(OnDecision):
    """Write down what came of a letter, a call or a message."""

    records = "decisions.telling_marked"
    may = who_decides | who_checks | their_voice
    says = _("%(by)s wrote down what came of a letter, a call or a message.")
    narrower: ClassVar[Any] = {"sign": LATER_SIGNS}

    telling: Id[models.Telling]
    sign: Annotated[str, Code("told.signs")] = Ask(_("What do you know?"), used_for=_FOR_LAW, widget="radios")
    words: Sealed = Ask(
        _("What did they say or write?"), needed=_("needed, if you talked it through"), default=""
    )
    is_reached: bool | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_trusted: bool | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)
    undo_until: date | None = Ask(settled=True)
    involve_by: datetime | None = Ask(settled=True)

    def settle(self, decision: models.Decision, telling: models.Telling, at: At) -> Mapping[str, Any]:
        reached = bool(pack_of(decision).item("told.signs", self.sign)["reached"])
        who = at.by.typed_by or at.by.person
        trusted = can_be_relied_on(who, telling.person, decision.id, at.moment)
        vouched = reached and trusted and who is not None and who in outside_of(decision.id, at.moment)
        found = {"is_reached": reached, "typed": who, "is_trusted": trusted}
        return found | settled_days(decision, telling.person, at, vouched=vouched)

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, telling: models.Telling, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, telling=telling)
        if telling.is_reached:
            yield "", _("We know already that this reached them.")
        if self.sign == "opened":
            yield "sign", _("Only the person can show that they opened it, by opening it.")
        if self.sign == "talked_through" and not self.words:
            yield "words", _("Write down what they said. If they said nothing, choose another answer.")

    def apply(self, decision: models.Decision, telling: models.Telling, entry: Recorded) -> None:
        reached_at = entry.at if self.is_reached else None
        telling.change(entry, sign=self.sign, is_reached=self.is_reached, reached_at=reached_at)
        telling.change(entry, typist=self.typed, is_trusted=self.is_trusted, words=self.words)
        it_reached_them(decision, entry, self)


class ConfirmTelling(OnDecision):
    """Say that it is true that this reached the person."""

    records = "decisions.telling_confirmed"
    to_oneself = {"title": _("Say that it is true that this reached you")}
    may = the_person | someone_affected | their_voice | who_checks
    says = _("%(by)s confirmed that word of this arrived.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE, Hand.NOT_WHOM)

    @classmethod
    def shown_above(cls, actor: Actor, given: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        return as_told(actor, given)

    telling: Id[models.Telling]
    answer_by: date | None = Ask(settled=True)
    undo_until: date | None = Ask(settled=True)
    involve_by: datetime | None = Ask(settled=True)
    confirmed_by: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, telling: models.Telling, at: At) -> Mapping[str, Any]:
        found = settled_days(decision, telling.person, at, vouched=True)
        return found | {"confirmed_by": at.by.typed_by or at.by.person}

    def objections(self, decision: models.Decision, telling: models.Telling, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, telling=telling)
        if not telling.is_reached:
            yield "telling", _("Nobody has said that this reached the person. There is nothing to confirm.")
        yield from may_confirm(decision, telling, at)

    def apply(self, decision: models.Decision, telling: models.Telling, entry: Recorded) -> None:
        telling.change(entry, confirmed_by=self.confirmed_by, confirmed_at=entry.at)
        it_reached_them(decision, entry, self)


def is_typed_in_the_line(decision: UUID, at: At) -> bool:
    """Whether somebody of the line that decides typed this for another."""
    who = typist(at)
    return who is not None and who != INSTALLATION and who not in outside_of(decision, at.moment)


def may_confirm(decision: models.Decision, row: Any, at: At) -> Iterator[Objection]:
    """Who may confirm what was typed: the person, an advocate, a worker outside the line."""
    who = at.by.typed_by or at.by.person
    if who is None or who == row.typist:
        yield "", _("You typed it yourself. Somebody else must check it with the person.")
    elif at.by.typed_by is None and who == row.person:
        return
    elif who not in outside_of(decision.id, at.moment):
        yield "", _("You work in the line that decides. Ask the person, an advocate or another team.")
    elif not can_be_relied_on(who, row.person, decision.id, at.moment):
        yield "", _("Ask the person, an advocate or a worker who was asked. Only they can confirm this.")
    elif is_of_the_typists_line(who, row, at.moment):
        yield "", _("You work in one line with whoever typed it. Somebody else must check it.")
    elif is_not_so(decision.id, row.person, [row]):
        yield "", _("Somebody asked them, and it is not what they said. Only they can confirm it.")


def is_of_the_typists_line(who: UUID, row: Any, moment: datetime) -> bool:
    """Whether somebody stands in one line with the one who typed it; an advocate of the person may."""
    if row.typist == INSTALLATION or is_advocate_of(who, row.person, moment):
        return False
    return same_line(who, row.typist, moment)
