"""Somebody outside the line that decides looks at a legal reason, and says in their own words what they saw.

They are asked by their own way, and find it on their own page with its day. Where none of them has said
anything by then, the next are asked; and what waits longer is told to the next one up (site.py's WAITS).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import NEEDED, Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.letters import plain_letters
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.grounded import (
    BY_COURT,
    EMERGENCY,
    UNSEEN_DAYS,
    how_seen,
    must_be_seen,
)
from alongside.topics.decisions.commands.lookers import Lookers, pairs
from alongside.topics.decisions.commands.outside import outside_of_law, typist
from alongside.topics.decisions.engine.states import Law
from alongside.topics.decisions.models import HowLooked, Looked, SeesAs, State
from alongside.topics.decisions.policy import asked_to_look, their_voice
from alongside.topics.people.commands.asked import ASKED_TO_AGREE, asked_already, told_to_read
from alongside.topics.people.models import is_next_ones_turn

MOST_COMPARED = 100  # of what somebody said before, the newest
LEAST_WORDS = 4  # a nod is not enough: they say what they saw
SO_THAT_ONE_LOOKS = _("So that somebody from outside looks at it.")
ONLY_FROM_OUTSIDE = _(
    "Only somebody from outside can say this: an advocate of the person, their attorney or "
    "deputy, the duty team, or the office that is named for it."
)


class AskToLook(OnDecision):
    """Ask somebody from outside to look at a legal reason."""

    records = "decisions.ground_look_asked"
    may = the_installation
    only_as_consequence = True
    says = _("Somebody from outside was asked to look at a legal reason.")

    asked: Fresh[models.GroundAsked] = Ask(settled=True)
    ground: Id[models.Ground] = Ask(used_for=SO_THAT_ONE_LOOKS)
    person: UUID = Ask(used_for=SO_THAT_ONE_LOOKS)
    standing: SeesAs = Ask(used_for=SO_THAT_ONE_LOOKS)
    office: UUID | None = None
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, ground: models.Ground, at: At) -> Mapping[str, Any]:
        if ground.held_at_once and ground.holds_until is not None:
            return {"answer_by": clock.day_of(ground.holds_until)}
        return {"answer_by": rules.here(at.date()).due("second_person.answer_days", at.date())}

    def objections(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, ground=ground)
        yield from asked_already(already_asked(decision, ground), self.person)

    def apply(self, decision: models.Decision, ground: models.Ground, entry: Recorded) -> None:
        models.GroundAsked.begin(
            entry,
            id=self.asked,
            decision=decision.id,
            ground=ground.id,
            about=ground.person,
            person=self.person,
            standing=self.standing,
            office=self.office,
            writing=ground.renewals,
            shape=decision.change_shape,
            asked_at=entry.at,
            answer_by=self.answer_by,
            closed_at=None,
        )

    def leaves(self, decision: models.Decision, ground: models.Ground, entry: Recorded) -> Iterable[Any]:
        there = f"/decisions/{decision.id}/legal-reason/{ground.id}"
        yield told_to_read(self.person, there, what=ASKED_TO_AGREE, matter=decision.id)


class LookAtGround(OnDecision):
    """Say what you saw of this legal reason, or that you do not agree."""

    records = "decisions.ground_looked_at"
    may = asked_to_look | their_voice
    says = _("%(by)s, from outside, looked at a legal reason.")
    strong = True
    page: ClassVar[str] = ""
    lead: ClassVar[Lazy] = _(
        "Read what it rests on. See the person, or ring those who were asked. A page alone is not enough."
    )
    done: ClassVar[Lazy] = _("Thank you. What you said stands beside the legal reason. The person reads it.")
    seen_by_line: ClassVar[Lazy] = _("The person, who stands by them, and those who decide read it.")

    row: Fresh[models.GroundSaid] = Ask(settled=True)
    ground: Id[models.Ground]
    said: Looked = Ask(
        _("What do you say of this legal reason?"),
        hint=_("If you do not agree, nothing may be decided on it until it is written down anew."),
        used_for=_("Nothing is decided on a legal reason that nobody outside has seen."),
        widget="radios",
    )
    how: HowLooked | None = Ask(
        _("How did you look?"),
        hint=_("Those who decide wrote the papers. To say that it is so, see or ask somebody too."),
        used_for=_("The person reads it, and can say if it was not so."),
        needed=NEEDED,
        widget="radios",
        default=None,
    )
    words: Sealed = Ask(
        _("What did you see, and whom did you ask? Or why do you not agree?"),
        used_for=_("The person reads it, and those who decide."),
    )
    standing: SeesAs | None = Ask(settled=True)
    office: UUID | None = Ask(settled=True)
    writing: int | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        return SAID.get(str(fields.get("said")), cls.says)

    def also_locks(self) -> tuple[UUID, ...]:
        row = models.Ground.everything.filter(pk=self.ground).first()
        return (row.person,) if row is not None and row.person is not None else ()

    def settle(self, decision: models.Decision, ground: models.Ground, at: At) -> Mapping[str, Any]:
        looker = Lookers(decision, ground, at.moment).of(at.by.person)
        as_what = {"standing": looker.standing, "office": looker.office} if looker else {}
        return {"writing": ground.renewals, "shape": decision.shape, **as_what}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, ground=ground)
        if is_over(ground, at.moment) or how_it_is_seen(decision, ground, at.moment) is Law.LAPSED_UNSEEN:
            yield "ground", _("This legal reason has ended.")
        if self.standing is None or typist(at) is not None:
            yield "", ONLY_FROM_OUTSIDE
        yield from self._said_before(decision, ground, at)
        if self.how is None:
            yield "how", _("Say how you looked.")
        elif self.how == HowLooked.PAPER and self.said == Looked.SEEN and ground.code != BY_COURT:
            yield "how", _("Papers alone are not enough. See the person, or ask somebody who knows them.")
        if len(str(self.words or "").split()) < LEAST_WORDS:
            yield "words", _("Say it in a sentence of your own: what you saw, whom you asked, or why not.")
        elif self._said_of_another(ground, at):
            yield "words", _("You said these same words of another legal reason. Say what you saw this time.")

    def _said_of_another(self, ground: models.Ground, at: At) -> bool:
        """Whoever is asked forty times a week does not nod them through with one sentence."""
        mine = models.GroundSaid.everything.filter(said_by__in=at.by.ids).exclude(ground=ground.id)
        bare = plain_letters(str(self.words))
        last = mine.order_by("-said_at", "id")[:MOST_COMPARED]
        return any(plain_letters(str(row.words)) == bare for row in last)

    def _said_before(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        mine = models.GroundSaid.everything.filter(ground=ground.id, writing=ground.renewals)
        last = mine.filter(said_by__in=at.by.ids).order_by("said_at", "id").last()
        if last is None or last.said != self.said:
            if last is not None and last.said == Looked.NO and ground.code != BY_COURT:
                yield "", _("You do not agree with this. It must be written down anew before you look again.")
        elif last.said == Looked.NO or last.shape >= decision.change_shape:
            yield "", _("You have said this already.")

    def apply(self, decision: models.Decision, ground: models.Ground, entry: Recorded) -> None:
        models.GroundSaid.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=ground.person,
            ground=ground.id,
            said=self.said,
            how=self.how or "",
            words=self.words,
            said_by=entry.by,
            said_at=entry.at,
            standing=self.standing,
            office=self.office,
            writing=self.writing,
            shape=self.shape,
        )
        models.GroundAsked.let_go(ground.id, entry, but=None)


SAID: Mapping[str, Lazy] = {
    Looked.SEEN.value: _("%(by)s, from outside, saw a legal reason, and said what they saw."),
    Looked.NO.value: _("%(by)s, from outside, does not agree with a legal reason."),
}


def is_over(ground: models.Ground, moment: datetime) -> bool:
    return ground.ended_at is not None or ground.expires_at <= moment


def how_it_is_seen(decision: models.Decision, ground: models.Ground, moment: datetime) -> Law:
    """How far a ground is seen from outside the line as it is now."""
    looks = list(models.GroundSaid.everything.filter(ground=ground.id).order_by("said_at", "id"))
    outside = outside_of_law(decision, moment, ground.author)
    return how_seen(
        ground,
        looks,
        moment,
        counts=lambda row: (
            row.shape >= decision.change_shape and outside.takes_word_of(row.said_by, ground.person)
        ),
    )


def ends_unseen(decision: models.Decision, ground: models.Ground, moment: datetime) -> bool:
    """Whether an emergency held at once and nobody outside the line has seen it, or one of them does not
    agree: as it was when something was decided on it, or as it was written down anew since."""
    if not ground.held_at_once or ground.ended_at is not None:
        return False
    writing = ground.renewals if ground.decided_writing is None else ground.decided_writing
    looks = models.GroundSaid.everything.filter(ground=ground.id, writing__gte=writing)
    if looks.filter(said=Looked.NO).exists():
        return True
    outside = outside_of_law(decision, moment, ground.author, decision.decided_by)
    return not any(row.said_by in outside for row in looks.filter(shape__gte=decision.change_shape))


def lapses_unseen(decision: models.Decision, ground: models.Ground, moment: datetime) -> bool:
    """The same, and its day is over, or its own end has come before."""
    ends = [end for end in (ground.holds_until, ground.expires_at) if end is not None]
    return min(ends) <= moment and ends_unseen(decision, ground, moment)


def holds_unseen_until(person: UUID | None, code: str, moment: datetime, *, today: date) -> datetime | None:
    """Until when an emergency holds though nobody outside has seen it: the end of the next working day. A new
    one does not begin that day anew, in whatever matter of the person, while an earlier one went unseen; and
    where somebody outside did not agree with one, the next waits to be seen."""
    if code != EMERGENCY or person is None or not must_be_seen(today):
        return None
    pack = rules.here(today)
    own = clock.due_end_of_day(pack.due(UNSEEN_DAYS, today))
    since = moment - timedelta(days=pack.days("decision.ground.again_days"))
    earlier = models.Ground.everything.filter(
        code=EMERGENCY, person=person, holds_until__isnull=False, recorded_at__gte=since
    )
    said = models.GroundSaid.everything.filter(ground__in=earlier.values("id"))
    refused = set(said.filter(said=Looked.NO).values_list("ground", flat=True))
    seen = set(said.filter(said=Looked.SEEN).values_list("ground", flat=True)) - refused
    first = earlier.exclude(id__in=seen).order_by("holds_until").first()
    if refused:
        return moment
    if first is None or first.holds_until is None or first.holds_until >= own:
        return own
    return first.holds_until if first.holds_until > moment else moment


# Who is asked, and when the next are -------------------------------------------------------------------


def already_asked(decision: models.Decision, ground: models.Ground) -> Any:
    """Who was asked to look at this writing of it, and at what is proposed now."""
    rows = models.GroundAsked.asked_of(ground.id).filter(writing=ground.renewals)
    return rows.filter(shape=decision.change_shape)


def ask_to_look(command: Any, entry: Recorded) -> Iterable[Command]:
    """For WHEN: a legal reason was written down, or anew, and those outside the line are asked."""
    ground = models.Ground.everything.get(pk=command.ground)
    decision = models.Decision.everything.get(pk=entry.thing)
    if must_be_seen(clock.day_of(entry.at)):
        yield from _asks(decision, ground, entry.at, but=set())


def _asks(
    decision: models.Decision, ground: models.Ground, moment: datetime, *, but: set[UUID]
) -> Iterator[Command]:
    for one in Lookers(decision, ground, moment).to_ask(but):
        yield AskToLook(
            decision=decision.id,
            ground=ground.id,
            person=one.person,
            standing=one.standing,
            office=one.office,
        )


def waiting(now: datetime) -> Iterator[tuple[models.Decision, models.Ground]]:
    """Every legal reason that lives, opens something or did, and that nobody outside the line has seen."""
    if not must_be_seen(clock.day_of(now)):
        return
    rows = models.Ground.everything.filter(ended_at=None, expires_at__gt=now, person__isnull=False)
    for decision, ground in pairs(list(rows.order_by("recorded_at", "id"))):
        if not ground.held_at_once and decision.state != State.OPEN:
            continue
        if ground.held_at_once and decision.state not in (State.OPEN, State.DECIDED):
            continue
        if _nobody_has_looked(decision, ground, now):
            yield decision, ground


def _nobody_has_looked(decision: models.Decision, ground: models.Ground, now: datetime) -> bool:
    """Whether nobody has said anything of it as it is now that counts: neither a no, nor that they saw it
    while they stand outside still."""
    said = models.GroundSaid.everything.filter(ground=ground.id, writing=ground.renewals)
    if not said.filter(shape__gte=decision.change_shape).exists():
        return True
    if said.filter(said=Looked.NO).exists():
        return False
    outside = outside_of_law(decision, now, ground.author)
    return not any(outside.takes_word_of(row.said_by, ground.person) for row in said)


def due_to_ask(now: datetime) -> Iterable[Command]:
    """What the clock brings: where nobody was asked yet, or none of them has said anything in time, the next
    are asked. Nobody is asked twice of one writing."""
    today = clock.day_of(now)
    for decision, ground in waiting(now):
        asked = list(already_asked(decision, ground))
        if is_next_ones_turn(asked, today):
            yield from _asks(decision, ground, now, but={row.who for row in asked})


def due_days(now: datetime) -> Iterator[tuple[models.Decision, models.Ground, date, tuple[UUID, ...]]]:
    """What waits longer than its day: the matter, the reason, the day, and whose turn it was."""
    today = clock.day_of(now)
    for decision, ground in waiting(now):
        asked = already_asked(decision, ground).order_by("answer_by", "id")
        rows = list(asked.values_list("person", "answer_by"))
        first = min((day for _person, day in rows), default=None)
        if first is None:
            written = clock.day_of(ground.recorded_at)
            first = rules.here(written).due("second_person.answer_days", written)
        if first < today:
            yield decision, ground, first, tuple(sorted({person for person, _day in rows}))
