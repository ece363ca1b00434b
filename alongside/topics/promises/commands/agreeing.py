"""Whether those a promise was made to agree to what is put to them: another day, or other words."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Command, Hand, Lazy
from alongside.kernel.policy import INSTALLATION
from alongside.topics.people.policy.deaths import death_of, who_died
from alongside.topics.promises.commands.speaking import power_seen_by_others
from alongside.topics.promises.commands.telling import people_of
from alongside.topics.promises.models import Promise, PromisedTo
from alongside.topics.promises.policy import answers_for_it, is_own_word, may_vouch, who_judge


class AnswersWhatIsPut(Command):
    """What every answer is to what is put to those a promise was made to. Each declares its own fields, in
    the order in which its entries hold them."""

    may = who_judge
    judged_on = "made_to"
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. We have kept your answer.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_IN_LINE)

    def about(self, promise: Promise, *_more: Any) -> UUID | None:
        return promise.person


def who_answers(made_to: PromisedTo, at: At) -> dict[str, Any]:
    """Who answers, on which day, and who typed it where that is somebody else."""
    person = made_to.person or at.by.person
    typed = at.by.typed_by if at.by.typed_by != person else None
    return {"person": person, "said_on": at.date(), "typed": typed}


def nobody_agrees_for_them(
    promise: Promise, made_to: PromisedTo, person: UUID | None, typed: UUID | None, answers: Any, at: At
) -> Iterator[tuple[str, Lazy]]:
    """What stands in the way of this hand answering for this person. `answers` are those to what was put."""
    hand = at.by.typed_by or at.by.person
    is_for_other = hand != person or made_to.person is None
    if is_for_other and answers_for_it(promise, hand, at.moment):
        yield "agrees", _("Someone who answers for this promise cannot agree for them.")
    yield from power_seen_by_others(promise, person, at)
    assert person is not None  # nobody without a name passes `may`
    if hand != person and said_themself(answers, person):
        yield "agrees", _("They have said so themself. Nobody says it again for them.")
    elif typed is not None and not may_vouch(promise, typed, person, at.moment):
        yield "agrees", _("Ask their advocate, or a worker of another team, to write it down.")


def who_must_agree(promise: Promise, moment: datetime) -> list[UUID]:
    """Those it was made to by name, without those who have died, as somebody knows who does not answer for
    the promise: whoever wants another day gains nothing by writing a death."""
    people = people_of(promise.id)
    return [one for one in people if one not in _known_dead(promise, people, moment)]


def _known_dead(promise: Promise, people: list[UUID], moment: datetime) -> set[UUID]:
    found = set()
    for one in sorted(who_died(people)):
        death = death_of(one)
        says = {death.written_by, death.borne_by} - {None, INSTALLATION} if death else set()
        if any(not answers_for_it(promise, who, moment) for who in says):
            found.add(one)
    return found


def said_themself(answers: Any, person: UUID) -> bool:
    """Whether somebody answered this by their own hand: nobody answers it again for them."""
    return bool(answers.filter(person=person, by=person, typist=None).exists())


def who_agrees(promise: Promise, answers: Any, at: At) -> dict[UUID, bool]:
    """Whether each one agrees: their latest answer, of those whom somebody else knows to be among them."""
    rows = answers.filter(promise=promise.id, denied=None)
    given = sorted(rows, key=lambda row: (row.typist is None and row.by == row.person, row.made_by))
    latest = {row.person: row.agrees for row in given}  # an own word is the last, whatever was typed since
    to = {row.person: row for row in PromisedTo.everything.filter(promise=promise.id)}
    return {
        person: agrees
        for person, agrees in latest.items()
        if person in to or (None in to and not is_own_word(to[None], person, at.moment))
    }
