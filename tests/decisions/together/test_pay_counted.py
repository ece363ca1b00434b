"""Row eight, one condition at a time: who was paid for taking part, when, and whether they could get in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine.finding import Finding
from tests.decisions.together.plain import FIRST, act, but, offer, one, row, together, written

Number = tuple[int, int | None] | None


def terms(*offers: engine.Offer, **more: Any) -> Finding:
    return row(but(together(), offers=offers, **more), "terms")


def said(found: Finding, name: str) -> Number:
    figure = found.figure(name)
    return None if figure is None else (figure.value, figure.of)


def day(days: int) -> Any:
    return FIRST + timedelta(days=days)


def access(who: str, met: str, at: str = "start") -> engine.Access:
    return engine.Access(**written(f"access {who} {at}", 6), person=one(who), meeting=one(at), met=met)


def test_staff_of_the_body_are_paid_anyway_and_stand_apart() -> None:
    ken = offer("ken", answer="accepted", paid_on=day(6), upfront=True)
    found = terms(offer("rosa", answer="accepted"), ken, paid_by_body=frozenset({one("ken")}))
    assert (found.value, found.of) == (0, 1)
    assert said(found, "paid_staff") == (1, None) and said(found, "upfront") == (0, 1)
    assert said(terms(offer("rosa")), "paid_staff") is None
    assert ken.entry in found.rests_on


@pytest.mark.parametrize(
    ("answer", "is_own_word", "due"),
    [
        ("accepted", True, True),
        ("part", True, True),
        ("accepted", False, False),  # a yes that another typed is no yes of theirs
        ("declined", True, False),
        ("", True, False),
    ],
)
def test_pay_is_due_to_whoever_said_yes_to_it_themself(answer: str, is_own_word: bool, due: bool) -> None:
    found = terms(offer("rosa", answer=answer, is_own_word=is_own_word, paid_on=day(6)))
    assert (found.value, found.of) == ((1, 1) if due else (None, None))
    assert ("answers" in found.missing) is not due
    assert (said(found, "declined_pay") == (1, None)) is (answer == "declined")


def test_a_no_that_another_typed_is_no_no_and_each_person_says_it_once() -> None:
    typed = terms(offer("sam", answer="declined", is_own_word=False))
    assert said(typed, "declined_pay") is None
    twice = terms(offer("sam", 1, answer="declined"), offer("sam", 2, answer="declined"))
    assert said(twice, "declined_pay") == (1, None)


def test_what_is_missing_is_said_and_nothing_that_is_there() -> None:
    nothing = terms(access=())
    assert nothing.missing == ("offers", "access")
    assert (nothing.value, nothing.of) == (None, None)
    assert terms(offer("rosa")).missing == ("answers",)
    assert terms(offer("rosa", answer="accepted")).missing == ()


def test_the_days_are_those_of_whoever_was_paid_and_early_is_no_day_less_than_none() -> None:
    late = offer("rosa", due=5, answer="accepted", paid_on=day(12))
    assert said(terms(late), "days") == (7, None)
    on_its_day = replace(late, paid_on=day(5))
    early = replace(late, paid_on=day(1))
    assert said(terms(on_its_day), "days") == said(terms(early), "days") == (0, None)
    never = replace(late, was_received=False)
    assert said(terms(never), "days") is None and said(terms(replace(late, paid_on=None)), "days") is None
    unpaid = offer("sam", answer="accepted")
    assert said(terms(late, unpaid, offer("ana", paid_on=day(99))), "days") == (7, None)


def test_an_offer_came_before_where_it_was_in_writing_by_its_day_for_whoever_came() -> None:
    came = ("rosa", "sam", "ana")
    in_time = [offer(who, 5, due=5, in_writing=True) for who in came]
    assert said(terms(*in_time), "offered_before") == (3, 3)
    late = replace(in_time[0], day=day(6))
    spoken = replace(in_time[1], in_writing=False)
    assert said(terms(late, spoken, in_time[2]), "offered_before") == (1, 3)
    absent = offer("lee", 1, in_writing=True)
    assert said(terms(in_time[0], absent), "offered_before") == (1, 3)
    staffed = (*together().acts, act("ken", "vote", days=39))
    assert said(terms(*in_time, acts=staffed), "offered_before") == (3, 3)
    assert said(terms(*in_time, acts=()), "offered_before") is None


def test_by_their_word_it_came_or_never_came_for_those_to_whom_it_was_due() -> None:
    paid: dict[str, Any] = {"answer": "accepted", "paid_on": day(6)}
    offers = (
        offer("rosa", **paid, was_received=True),
        offer("sam", **paid),
        offer("ana", **paid, was_received=False),
        offer("lee", **paid, was_received=True),
    )
    found = terms(*offers)
    assert (found.value, found.of) == (3, 4)
    assert said(found, "came_by_their_word") == (2, 3)
    assert said(found, "never_came") == (1, None)
    assert said(terms(offer("rosa", **paid)), "never_came") is None
    assert said(terms(offer("rosa")), "came_by_their_word") is None


def test_whoever_had_it_twice_had_it_only_where_it_held_both_times() -> None:
    for first, second, so_many in ((True, True, 1), (True, False, 0), (False, True, 0), (False, False, 0)):
        found = terms(
            offer("rosa", 1, upfront=first, benefit_advice=second),
            offer("rosa", 2, upfront=second, benefit_advice=first),
        )
        assert said(found, "upfront") == said(found, "advice") == (so_many, 1)


def test_whether_they_could_get_in_is_counted_of_those_who_needed_anything() -> None:
    found = terms(access=(access("rosa", "yes"), access("sam", "no"), access("ana", "none")))
    assert said(found, "access_met") == (1, 2)
    assert said(terms(access=(access("rosa", "not_asked"),)), "access_met") == (0, 1)
    nobody = terms(access=(access("ana", "none"),))
    assert said(nobody, "access_met") is None and "access" not in nobody.missing
