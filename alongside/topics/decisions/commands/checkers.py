"""Who could check with somebody what was typed for them, and whose turn it is. Whoever asks has no choice.

First whom the person chose, then their advocate, then all who stand outside the lines of whoever typed it,
decides or asks, each in turn. Where the body has nobody outside: a council’s duty team, then another body.
Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel.policy import INSTALLATION
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.apart import Apart
from alongside.topics.decisions.commands.outside import outside_of, outside_of_law
from alongside.topics.decisions.commands.turns import AskedPerson, Could, whose_turn, work_for
from alongside.topics.decisions.models import CheckSaid, ChecksAs, State
from alongside.topics.people.models import LATELY, Kinds, Link, Organisation, OrganisationKind
from alongside.topics.people.models.links import live, posts_of
from alongside.topics.people.policy import joined_records, standings, workers_of
from alongside.topics.people.policy.outside_line import body_of

TYPED = (Q(typist__isnull=False),)
OTHER_BODIES = (OrganisationKind.USER_LED, OrganisationKind.COMMUNITY, OrganisationKind.HEALTH)


# What there is to check ---------------------------------------------------------------------------------


def typed_for(decision: UUID, person: UUID | None) -> list[Any]:
    """The answers that stand and the tellings that reached somebody, if another typed them."""
    of: dict[str, Any] = {"decision": decision, "person": person, "where": TYPED}
    views = models.View.everything.like("made_by", "id", is_current=True, **of)
    tellings = models.Telling.everything.like("made_by", "id", is_reached=True, **of)
    return [*views, *tellings]


def unchecked_of(decision: UUID, person: UUID | None, moment: datetime) -> list[Any]:
    """Of these, what opens nothing yet: typed in the line that decides, and checked by nobody outside it."""
    typed = typed_for(decision, person)
    outside = outside_of(decision, moment)
    return [row for row in typed if not outside.vouches(row)]


# Whose turn it is ---------------------------------------------------------------------------------------


class InTurn(Apart):
    """Those who work for a body and stand outside, one after the other, who was asked least of all first."""

    def drawn(self, pool: list[Could], entry: UUID, but: Collection[UUID]) -> Could | None:
        """Whose turn it is of a pool, of all but these."""
        left = [one for one in self.fairly(pool) if one.person not in but]
        return whose_turn(left, self._may_be_asked, entry=entry, moment=self.moment, outside=self.outside)

    def _may_be_asked(self, one: Could) -> bool:
        """Asked of one after the other, in the order of their turn: most often of the first alone."""
        apart = self.stands_apart(one.person) and self.was_there(one.post, one.where)
        return apart and not self.was_near(one.person)


# Who could check it -------------------------------------------------------------------------------------


class Checkers(InTurn):
    """Who could check what was typed for one person in one matter."""

    def __init__(self, decision: models.Decision, person: UUID, asked_by: UUID, moment: datetime) -> None:
        typists = {row.typist for row in unchecked_of(decision.id, person, moment)}
        line = {*typists, asked_by} - {INSTALLATION, person}
        super().__init__(decision, person, outside_of_law(decision, moment, *line), moment)

    def next(self, entry: UUID, but: Collection[UUID]) -> AskedPerson | None:
        """Whose turn it is now, of all but these."""
        chosen = [one for one in self._chosen() if one not in but]
        if chosen:
            return AskedPerson(chosen[0], ChecksAs.WISH)
        said_no = self._who_said_no()
        if said_no is not None and said_no.checker not in but:
            return AskedPerson(said_no.checker, ChecksAs(said_no.standing), said_no.office)
        drawn = self._drawn_before()
        if drawn is not None and drawn.checker not in but:
            return AskedPerson(drawn.checker, ChecksAs(drawn.standing), drawn.office)
        near = [one for one in self._advocates() if one not in but]
        if near:
            return AskedPerson(near[0], ChecksAs.ADVOCATE)
        drawn_now = (self.drawn(pool, entry, but) for pool in self._pools())
        return next((one for one in drawn_now if one is not None), None)

    # Whom the person chose --------------------------------------------------------------------------

    def may_be_chosen(self, who: UUID) -> bool:
        """Somebody who works for a body, outside the lines; not of the circle, nor holder of a power."""
        near = Link.everything.filter(live(self.moment), person=self.person, other=who)
        kept_out = (*Kinds.CIRCLE, *Kinds.POWERS, *Kinds.PAID)
        works = posts_of(who, self.moment, Kinds.COLLEAGUES).exists()
        return works and self.is_no_part_of_it(who) and not near.filter(kind__in=kept_out).exists()

    def _chosen(self) -> Iterator[UUID]:
        """Whom they chose by their own hand: in this matter first, then the last they chose in another."""
        stands, joined = joined_records(self.person)
        ids = {stands, *joined}
        rows = models.Checker.everything.filter(person__in=ids, asked_by__in=ids, check_of=None)
        found = sorted(rows, key=lambda row: (row.decision == self.decision.id, row.asked_at), reverse=True)
        for who in dict.fromkeys(row.checker for row in found):
            if self.may_be_chosen(who):
                yield who

    def _who_said_no(self) -> models.Checker | None:
        """Who was told last, in this matter, that it is not what they said: whatever is typed then goes to
        them again, so that nobody types until somebody says yes."""
        rows = models.Checker.everything.filter(decision=self.decision.id, person=self.person)
        row = rows.filter(said=CheckSaid.NOT_SO).order_by("said_at", "id").last()
        return row if row is not None and self.is_no_part_of_it(row.checker) else None

    def _drawn_before(self) -> models.Checker | None:
        """Whose turn it was first lately, in a matter of theirs of the same kind, or in one that was
        withdrawn: nobody withdraws one and raises it anew, or raises it three times, to draw again."""
        alike = Q(state=State.WITHDRAWN) | Q(change_code=self.decision.change_code)
        gone = models.Decision.everything.filter(alike, person=self.person)
        rows = models.Checker.everything.filter(
            person=self.person, check_of__isnull=False, asked_at__gte=self.moment - LATELY
        )
        rows = rows.filter(decision__in=gone.values("id")).exclude(standing=ChecksAs.WISH)
        rows = rows.exclude(said=CheckSaid.CANNOT)
        row: models.Checker | None = rows.order_by("asked_at", "id").first()
        if row is None or not self.is_no_part_of_it(row.checker) or self.was_near(row.checker):
            return None
        return row

    # Their advocate ---------------------------------------------------------------------------------

    def _advocates(self) -> Iterator[UUID]:
        for who in workers_of(self.person, self.moment, Kinds.ADVOCATES):
            held = [one for one in standings(who, self.person, self.moment) if one.kind in Kinds.ADVOCATES]
            speaks = any(one.speaks for one in held) or self.only_the_line_disputes(who)
            sound = speaks and any(self.is_independent(one, who) for one in held)
            if sound and self.is_no_part_of_it(who):
                yield who

    # All who stand outside --------------------------------------------------------------------------

    def _pools(self) -> Iterator[list[Could]]:
        """Those of the body that decides; where none is left, of a council’s desk; then of another body’s."""
        body = self.decision.organisation or body_of(self.person, self.moment)
        if body is not None:
            yield list(work_for(body, self.moment))
        others = Organisation.everything.exclude(id=body).order_by("id")
        councils = others.filter(kind=OrganisationKind.COUNCIL).values_list("id", flat=True)
        yield [one for each in councils for one in work_for(each, self.moment, as_what=ChecksAs.COUNCIL)]
        bodies = others.filter(kind__in=OTHER_BODIES).values_list("id", flat=True)
        yield [one for each in bodies for one in work_for(each, self.moment, as_what=ChecksAs.OTHER_BODY)]
