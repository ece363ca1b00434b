"""What a row tells everyone is never better than it was: lots of views, and people who had several offers."""

from dataclasses import replace
from typing import Any

import pytest

from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.finding import (
    ABOUT_FEW,
    COUNTS_OF_FEW,
    Figure,
    Finding,
    median,
    protected,
)
from alongside.topics.decisions.engine.kinds import Among, OfThemself, kinds_protected, said_by, with_kinds
from alongside.topics.decisions.engine.rung import profile
from alongside.topics.decisions.pages.yardstick_words import figure_words, says
from tests.decisions.together.plain import FIRST, but, offer, one, reply, together, view, written

SMALLEST = 5


def answered(so_many: int, of: int) -> Facts:
    """So many of these views had an answer with reasons."""
    people = [f"person {number}" for number in range(of)]
    replies = tuple(reply(f"view of {who}") for who in people[:so_many])
    return but(together(), views=tuple(view(who) for who in people), replies=replies)


def test_views_that_got_no_answer_are_not_rounded_away() -> None:
    """Of nine views five had an answer: both went down to five, and “5 of 5” was told."""
    for so_many in range(SMALLEST, 40):
        for of in range(so_many, 40):
            found = profile(answered(so_many, of)).protected(smallest=SMALLEST).finding("responses")
            assert found.value is not None and found.of is not None
            assert found.value <= so_many and found.of >= of, (so_many, of)
    told = profile(answered(5, 9)).protected(smallest=SMALLEST).finding("responses")
    assert says(told) == "At least 5 of 9 different views had an answer with reasons."


def test_what_is_told_changes_only_with_a_whole_lot_of_views() -> None:
    told = [
        (found.value, found.of)
        for of in range(10, 15)
        for found in [profile(answered(10, of)).protected(smallest=SMALLEST).finding("responses")]
    ]
    assert set(told) == {(10, 14)}


def test_people_are_counted_and_not_their_offers_or_their_meetings() -> None:
    """Two people with three offers each were told as six who were paid: more than there were, and too few."""
    whole = together()
    paid: dict[str, Any] = {
        "answer": "accepted",
        "paid_on": FIRST,
        "was_received": True,
        "in_writing": True,
        "upfront": True,
    }
    offers = tuple(offer(who, days, **paid) for who in ("rosa", "sam") for days in (1, 2, 3))
    access = tuple(
        engine.Access(**written(f"{who} {at}", 6), person=one(who), meeting=one(at), met=met)
        for who, at, met in (("rosa", "start", "yes"), ("rosa", "ways", "no"), ("sam", "start", "yes"))
    )
    found = profile(but(whole, offers=offers, access=access)).finding("terms")
    assert (found.value, found.of) == (2, 2)
    numbers = {each.name: (each.value, each.of) for each in found.figures}
    assert numbers["upfront"] == numbers["came_by_their_word"] == (2, 2)
    assert numbers["access_met"] == (1, 2), "whoever could not get in once did not have what they needed"
    met = found.figure("access_met")
    assert met is not None and figure_words(met) == "1 of 2 people had what they needed before it began."
    hidden = profile(but(whole, offers=offers, access=access)).protected(smallest=SMALLEST).finding("terms")
    assert hidden.value is None and "access_met" in hidden.hidden, "six offers are no five people"


def test_whoever_waits_for_one_of_two_payments_is_not_paid() -> None:
    both = (offer("rosa", 1, answer="accepted", paid_on=FIRST), offer("rosa", 2, answer="accepted"))
    found = profile(but(together(), offers=both)).finding("terms")
    assert (found.value, found.of) == (0, 1)


# What strangers are not told -----------------------------------------------------------------------


def hidden(found: Finding) -> set[str]:
    return set(protected(found, smallest=SMALLEST).hidden)


def shown(found: Finding) -> dict[str, tuple[int, int | None]]:
    safe = protected(found, smallest=SMALLEST)
    return {each.name: (each.value, each.of) for each in (*safe.figures, *safe.left_out)}


@pytest.mark.parametrize("of", [1, 4])
def test_a_row_about_pay_or_promises_of_few_people_tells_no_number_and_no_days(of: int) -> None:
    for key in ABOUT_FEW:
        found = Finding(key, 1, of, figures=(Figure("days", 7), Figure("upfront", 1, 9)))
        safe = protected(found, smallest=SMALLEST)
        assert (safe.value, safe.of, safe.hidden) == (None, None, ("value", "days"))
        assert [each.name for each in safe.figures] == ["upfront"]


def test_a_row_of_enough_people_or_of_nobody_keeps_its_number_and_its_days() -> None:
    for of in (SMALLEST, 0, None):
        found = Finding("terms", 0, of, figures=(Figure("days", 3),))
        safe = protected(found, smallest=SMALLEST)
        assert (safe.value, safe.of, safe.hidden) == (0, of, ())
        assert shown(found) == {"days": (3, None)}
    alone = protected(Finding("terms", 1, 2), smallest=SMALLEST)
    assert alone.hidden == ("value",), "no days are said to be hidden where there are none"


def test_each_further_number_of_such_a_row_is_hidden_where_it_is_of_few() -> None:
    figures = (Figure("advice", 4, 4), Figure("upfront", 4, 5), Figure("access_met", 0, 0))
    left = (Figure("declined_pay", 4), Figure("never_came", 5), Figure("paid_staff", 1))
    found = Finding("terms", 5, 9, figures=figures, left_out=left)
    assert hidden(found) == {"advice", "declined_pay", "paid_staff"}
    assert set(shown(found)) == {"upfront", "access_met", "never_came"}


def test_in_other_rows_only_how_few_staff_say_that_it_affects_them_is_hidden() -> None:
    for name in COUNTS_OF_FEW:
        found = Finding("share", 1, 2, figures=(Figure("voting", 1, 2),), left_out=(Figure(name, 4),))
        safe = protected(found, smallest=SMALLEST)
        assert (safe.value, safe.of, safe.hidden) == (1, 2, (name,))
        assert shown(found) == {"voting": (1, 2)}
        assert hidden(replace(found, left_out=(Figure(name, 5),))) == set()


def test_what_was_hidden_before_is_said_to_be_hidden_still() -> None:
    found = Finding("terms", 1, 2, hidden=("kind_deaf",))
    assert protected(found, smallest=SMALLEST).hidden == ("kind_deaf", "value")


def test_answers_are_told_in_whole_lots_and_their_days_only_beside_the_number() -> None:
    figures = (Figure("days", 4), Figure("addressed", 3, 7))
    enough = Finding("responses", 7, 11, figures=figures, left_out=(Figure("declined", 12),))
    safe = protected(enough, smallest=SMALLEST)
    assert (safe.value, safe.of, safe.hidden) == (5, 14, ())
    assert shown(enough) == {"days": (4, None), "addressed": (0, 9), "declined": (10, None)}
    few = protected(replace(enough, value=4), smallest=SMALLEST)
    assert (few.value, few.of, few.hidden) == (None, None, ("value", "days"))
    unknown = protected(Finding("responses", figures=(Figure("addressed", 1, 4),)), smallest=SMALLEST)
    assert (unknown.value, unknown.of, unknown.hidden) == (None, None, ("addressed",))


def test_a_row_is_evidenced_by_a_number_or_by_a_word() -> None:
    assert Finding("judges", says="binds").is_evidenced and Finding("share", 0, 4).is_evidenced
    assert not Finding("judges").is_evidenced


# What people say of themselves -----------------------------------------------------------------------


def says_of_themself(who: str, kind: str, day: int, *, ended: int | None = None) -> OfThemself:
    over = None if ended is None else written("ended", ended)["at"]
    return OfThemself(**written(f"{who} {kind}", day), person=one(who), kind=kind, ended_at=over)


def test_only_those_who_took_part_and_say_so_still_are_counted_as_of_a_kind() -> None:
    said = (
        says_of_themself("rosa", "deaf", 1),
        says_of_themself("rosa", "faith", 2, ended=5),
        says_of_themself("sam", "deaf", 3, ended=4),
        says_of_themself("boyd", "deaf", 3),  # was at nothing
    )
    facts = but(together(), kinds=said, smallest=1)
    assert said_by(facts, {one("rosa"), one("sam"), one("ana")}) == {one("rosa"): frozenset({"deaf"})}


def test_all_of_a_kind_are_counted_of_all_it_affects_as_the_body_said_last() -> None:
    among = (
        Among(**written("of the deaf", 2), kind="deaf", people=3),
        Among(**written("of the deaf, anew", 6), kind="deaf", people=4),
        Among(**written("of the young", 6), kind="under_25", people=12),
    )
    facts = but(together(), kinds=(*among, says_of_themself("rosa", "deaf", 1)), smallest=1)
    found = with_kinds(Finding("breadth"), facts, {one("rosa"), one("sam")})
    numbers = {each.name: (each.value, each.of) for each in found.figures}
    assert numbers == {
        "of_themselves": (1, 2),
        "all_deaf": (4, 10),
        "kind_deaf": (1, 1),
        "all_under_25": (12, 12),
        "kind_under_25": (0, 1),
    }
    assert found.missing == () and among[0].entry not in found.rests_on and among[1].entry in found.rests_on
    few = with_kinds(Finding("breadth"), facts, {one("rosa"), one("sam"), one("ana")})
    assert few.missing == ("equality_said",)
    nobody = with_kinds(Finding("breadth"), but(together()), {one("rosa")})
    assert (nobody.figures, nobody.missing) == ((), ("equality_said", "equality_of_all"))


@pytest.mark.parametrize(
    ("value", "of", "told"),
    [
        (0, 12, (0, 10)),  # that nobody says it is told
        (4, 12, None),
        (5, 12, (5, 10)),
        (7, 12, (5, 10)),
        (8, 12, None),  # those who are not of it would be few
        (12, 12, None),
    ],
)
def test_of_a_kind_only_whole_lots_are_told_and_only_where_neither_side_is_few(
    value: int, of: int, told: tuple[int, int] | None
) -> None:
    figures = (Figure("of_themselves", 12, 30), Figure("kind_deaf", value, of), Figure("all_deaf", 3, 40))
    safe = kinds_protected(Finding("breadth", figures=figures, hidden=("value",)), smallest=SMALLEST)
    numbers = {each.name: (each.value, each.of) for each in safe.figures}
    assert numbers.pop("of_themselves") == (10, 30) and numbers.pop("all_deaf") == (3, 40)
    assert numbers == ({} if told is None else {"kind_deaf": told})
    assert safe.hidden == (("value", "kind_deaf") if told is None else ("value",))


def test_what_is_named_as_hidden_is_shown_nowhere_in_the_row() -> None:
    figures = (Figure("addressed", 1, 4), Figure("days", 9))
    few = protected(
        Finding("responses", 4, 9, figures=figures, left_out=(Figure("declined", 4),)), smallest=5
    )
    assert (few.figures, few.left_out) == ((), ())
    assert set(few.hidden) == {"value", "addressed", "declined", "days"}
    own = protected(Finding("responses", 3, 3), smallest=0)
    assert (own.value, own.of, own.hidden) == (3, 3, ())


@pytest.mark.parametrize(
    ("numbers", "middle"),
    [([], None), ([4], 4), ([9, 1], 1), ([3, 1, 2], 2), ([4, 1, 3, 2], 2), ([5, 4, 3, 2, 1], 3)],
)
def test_the_middle_number_is_the_lower_of_two(numbers: list[int], middle: int | None) -> None:
    assert median(numbers) == middle


def test_where_nobody_said_anything_of_themselves_no_number_of_a_kind_is_told() -> None:
    among = Among(**written("of the deaf", 2), kind="deaf", people=3)
    unsized = but(together(), kinds=(among,), matter=replace(together().matter, size=None), smallest=1)
    found = with_kinds(Finding("breadth"), unsized, {one("rosa")})
    assert [(each.name, each.value, each.of) for each in found.figures] == [("all_deaf", 3, 3)]
    other = but(unsized, kinds=(among, says_of_themself("rosa", "faith", 1)))
    names = [each.name for each in with_kinds(Finding("breadth"), other, {one("rosa")}).figures]
    assert names == ["of_themselves", "all_deaf", "kind_deaf"], "the body alone says how many all are"
    assert "equality_said" in with_kinds(Finding("breadth"), unsized, set()).missing
