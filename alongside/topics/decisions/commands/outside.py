"""Who typed something, whether that can be relied on, and who stands outside the line of those who decide."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.kernel.command import At
from alongside.kernel.policy import AT_KEYS, INSTALLATION, UNHEARD_WAYS
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.put_there import is_theirs_by_right
from alongside.topics.people.models import Kinds
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.policy import is_in_doubt, same_line


def typist(at: At) -> UUID | None:
    """Who typed this, if not the person whose act it is. At the terminal, and where a code came to a
    telephone or an address that somebody else can see, that is nobody we know: nor is whoever is said at
    the terminal to have typed it."""
    if at.by.typed_by is not None and at.by.way not in AT_KEYS:
        return at.by.typed_by
    return INSTALLATION if at.by.way in UNHEARD_WAYS else None


def can_be_relied_on(who: UUID | None, person: UUID | None, decision: UUID, moment: datetime) -> bool:
    """Whether this typist is a worker or an advocate of the person, or was asked to check."""
    if who is None:
        return True
    if who == INSTALLATION or person is None:
        return False
    if is_theirs_by_right(who, person, decision, outside_of(decision, moment), moment):
        return True
    return bool(models.Checker.everything.like(decision=decision, checker=who, person=person, ended_at=None))


def works_for(who: UUID | None, organisation: UUID | None, moment: datetime) -> bool:
    """Whether somebody works for this body."""
    if who is None or organisation is None:
        return False
    return posts_of(who, moment, Kinds.COLLEAGUES).filter(organisation=organisation).exists()


def is_their_own_word(decision: UUID, person: UUID | None, at: At) -> bool:
    """Whether this act can be taken as the person’s: done by them, or typed from outside the line."""
    who = typist(at)
    if who is None:
        return True
    return can_be_relied_on(who, person, decision, at.moment) and who in outside_of(decision, at.moment)


class Outside:
    """Who stands outside the line of those who decide: now, and at an earlier moment where that is asked."""

    def __init__(self, deciders: Iterable[UUID], moment: datetime, *, since: datetime | None = None) -> None:
        self.deciders, self.moment = frozenset(deciders), moment
        self.moments = (moment,) if since is None else (moment, since)
        self.known: dict[UUID, bool] = {}
        self.disputed: dict[tuple[UUID, UUID], bool] = {}

    def __contains__(self, who: UUID) -> bool:
        if who not in self.known:
            asked = ((d, at) for at in self.moments for d in self.deciders)
            inside = who in self.deciders or any(same_line(d, who, at) for d, at in asked)
            self.known[who] = not inside
        return self.known[who]

    def vouches(self, row: Any) -> bool:
        """Whether a typed telling or answer opens anything: typed or confirmed from outside the line."""
        if row.typist is None or (row.is_trusted and self.takes_word_of(row.typist, row.person)):
            return True
        by = row.confirmed_by
        return by is not None and by != row.typist and self.takes_word_of(by, row.person)

    def takes_word_of(self, who: UUID, person: UUID | None) -> bool:
        """Whether we may believe somebody about this person: they themself, or one outside whom nobody
        disputes now as their speaker, and whose power, if they hold one, somebody outside has seen."""
        if who == person or person is None:
            return who == person or who in self
        if (who, person) not in self.disputed:
            self.disputed[who, person] = is_in_doubt(who, person, self.moment, self)
        return who in self and not self.disputed[who, person]


def deciders_of(decision: UUID) -> list[UUID]:
    rows = models.Decider.everything.like("since_at", "id", decision=decision, until_at=None)
    return [row.person for row in rows]


def outside_of(decision: UUID, moment: datetime) -> Outside:
    return Outside(deciders_of(decision), moment)


def outside_of_law(
    decision: models.Decision, moment: datetime, *more: UUID | None, deciders: Iterable[UUID] | None = None
) -> Outside:
    """Who stands outside the line for a legal reason: of all who decide the matter now or ever did, and of
    `more`, as they work now and as they worked when it was raised. Nobody steps back for it, or is moved."""
    if deciders is None:
        deciders = models.Decider.everything.filter(decision=decision.id).values_list("person", flat=True)
    line = {*deciders, *(one for one in more if one is not None)}
    return Outside(line, moment, since=decision.raised_at)
