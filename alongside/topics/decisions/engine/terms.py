"""Whether people were paid for taking part, and could get in: in numbers of people, never of offers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.finding import Figure, Finding, entries, median, only, some


def fair_terms(facts: Facts) -> Finding:
    """8. People who were paid, of those who said yes to pay; the days it took, and whether they could get in.

    Each number is of people, however many meetings or offers each of them had: who was paid was paid for all.
    Paid is what nobody it was due to says has not come. A no to pay is counted apart, and agrees to nothing.
    """
    offers = [offer for offer in facts.offers if offer.person not in facts.of_body]
    due = [o for o in offers if o.is_own_word and o.answer in ("accepted", "part")]
    paid = [o for o in due if _is_paid(o)]
    days = median(max((o.paid_on - o.due_on).days, 0) for o in paid if o.paid_on is not None)
    before = {o.person for o in offers if o.in_writing and o.day <= o.due_on}
    came = {act.person for act in facts.attendances if act.person in facts.affected}
    asked = [one for one in facts.access if one.met != "none"]
    figures = [Figure("offered_before", len(came & before), len(came))] if came else []
    for name, rows, holds in (
        ("upfront", offers, lambda offer: offer.upfront),
        ("advice", offers, lambda offer: offer.benefit_advice),
        ("came_by_their_word", paid, lambda offer: offer.was_received is True),
        ("access_met", asked, lambda one: one.met == "yes"),
    ):
        so_many, of = _for_whom_all(rows, holds)
        figures += [Figure(name, so_many, of)] if of else []
    figures += [Figure("days", days)] if days is not None else []
    left = some(
        Figure("declined_pay", len({o.person for o in offers if o.answer == "declined" and o.is_own_word})),
        Figure("paid_staff", len(facts.offers) - len(offers)),
        Figure("never_came", len({o.person for o in due if o.was_received is False})),
    )
    missing = only(offers=not offers, answers=bool(offers) and not due, access=not facts.access)
    value, of = _for_whom_all(due, _is_paid)
    return Finding(
        "terms", value if due else None, of if due else None, figures=tuple(figures), left_out=left,
        missing=missing, rests_on=entries(facts.offers, facts.access),
    )  # fmt: skip


def _is_paid(offer: Any) -> bool:
    return offer.paid_on is not None and offer.was_received is not False


def _for_whom_all(rows: Sequence[Any], holds: Callable[[Any], bool]) -> tuple[int, int]:
    """(for how many people it holds of each row of theirs, how many people there are)."""
    theirs: dict[UUID, bool] = {}
    for row in rows:
        theirs[row.person] = theirs.get(row.person, True) and bool(holds(row))
    return sum(theirs.values()), len(theirs)
