"""Numbers in promises freely made: so many, of what, by when; how many it is now is said by both sides."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.promises.commands import MakePromise, PutPromiseRight, SayFigure
from alongside.topics.promises.models import Figure, Promise, Verdict
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.promises.lasting import read
from tests.promises.making import promised
from tests.visitor import page
from tests.world import Cast

SEATS = {"number": 3, "out_of": 9, "number_of": "seats", "number_is": "at_least"}


def seats(cast: Cast) -> UUID:
    made = MakePromise(
        organisation=cast.council,
        what="People who draw on care sit on the board.",
        due_on=date(2026, 6, 1),
        group="Members of Voices",
        group_of=cast.ulo,
        group_size=60,
        **SEATS,
    )
    return do(made, by=cast.june).thing


def test_an_everyday_promise_asks_for_no_number(cast: Cast, ramp: UUID) -> None:
    row = Promise.everything.get(pk=ramp)
    assert (row.number, row.number_is, row.out_of, row.number_of) == (None, None, None, None)
    assert "In numbers" not in page(cast.rosa, f"/promises/{ramp}")
    with pytest.raises(Refused, match="No number was promised here"):
        do(SayFigure(promise=ramp, number=4), by=cast.ken)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"number_of": "hours"}, "Type the number too"),
        ({"out_of": 9}, "Type the number too"),
        ({"number": 40}, "Say of what it is a number"),
        ({"number": 10, "out_of": 9, "number_of": "seats"}, "no more than the whole"),
    ],
)
def test_half_a_number_is_no_number(cast: Cast, given: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        promised(cast, to=cast.rosa, **given)


def test_both_sides_say_how_many_it_is_and_the_number_is_no_verdict(cast: Cast) -> None:
    board = seats(cast)
    do(SayFigure(promise=board, number=1), by=cast.june)
    do(SayFigure(promise=board, number=2), by=cast.june)
    do(SayFigure(promise=board, number=1), by=cast.ana)
    for other in (cast.rosa, cast.tom, cast.stranger):
        with pytest.raises((Missing, NotAllowed)):
            do(SayFigure(promise=board, number=9), by=other)
    with pytest.raises(Refused, match="no more than the whole"):
        do(SayFigure(promise=board, number=10), by=cast.june)
    assert [(row.number, row.by_owner) for row in Figure.everything.order_by("made_by")] == [
        (1, True),
        (2, True),
        (1, False),
    ]
    assert not Verdict.everything.exists()
    text = page(None, f"/promises/{board}")
    assert "At least 3 of 9 seats" in text and "Promised by 1 June 2026" in text
    assert "Those it was made to, 2 March 2026" in text and "A number is no verdict." in text
    assert "June" not in text.replace("1 June 2026", ""), "a promise that all can read names no worker"


def test_programs_read_number_unit_and_day_as_fields(cast: Cast) -> None:
    board = seats(cast)
    do(SayFigure(promise=board, number=2), by=cast.june)
    do(SayFigure(promise=board, number=1), by=cast.ana)
    asks = {"number": 3, "is": "at_least", "out_of": 9, "unit": "seats", "by_when": "2026-06-01"}
    shown = browser_of(None).get(f"/api/promises/{board}").json()
    assert shown["asks"] == asks
    assert shown["figures"] == [
        {"number": 2, "said_on": "2026-03-02", "by_its_owner": True},
        {"number": 1, "said_on": "2026-03-02", "by_its_owner": False},
    ]
    row = browser_of(None).get("/open-data/promises.json").json()["items"][0]
    assert (row["number"], row["number_is"], row["out_of"], row["unit"]) == (3, "at_least", 9, "seats")
    assert (row["owner_says_number"], row["others_say_number"]) == (2, 1)
    assert "at_least" in read("/open-data/promises.csv")


def test_the_number_of_one_life_is_in_no_register_and_for_those_near_it_alone(cast: Cast) -> None:
    hours = promised(cast, to=cast.rosa, number=40, number_of="hours a week")
    do(SayFigure(promise=hours, number=32), by=cast.ken)
    do(SayFigure(promise=hours, number=25), by=cast.rosa)
    text = page(cast.rosa, f"/promises/{hours}")
    assert "40 hours a week" in text and "You, 2 March 2026" in text and ">25<" in text and ">32<" in text
    page(None, f"/promises/{hours}", 404)
    assert "hours a week" not in read("/open-data/promises.json")


def test_a_wrong_number_is_put_right_and_the_one_before_is_kept(cast: Cast) -> None:
    hours = promised(cast, to=cast.rosa, number=4, number_of="hours a week")
    right = PutPromiseRight(promise=hours, what="Mend the ramp.", why="A nought was lost.")
    do(right, by=cast.ken)
    assert Promise.everything.get(pk=hours).number == 4
    do(right.having({"number": 40, "number_of": "hours a week", "number_is": "at_least"}), by=cast.ken)
    text = page(cast.rosa, f"/promises/{hours}")
    assert "At least 40 hours a week" in text and "The number was: 4 hours a week." in text


def test_the_form_keeps_the_number_folded_and_takes_it(cast: Cast) -> None:
    browser = browser_of(cast.ken)
    address = f"/do/promises.made?organisation={cast.council}&person={cast.rosa.person}"
    text = browser.get(address).content.decode()
    fold = text.index("If there is a number in it")
    assert text.index('name="what"') < fold < text.index('name="number"')
    answer = browser.post(
        address,
        {
            "organisation": cast.council,
            "person": cast.rosa.person,
            "what": "Help in the week.",
            "due_on_day": "1",
            "due_on_month": "5",
            "due_on_year": "2026",
            "due_on_0": "1",
            "due_on_1": "5",
            "due_on_2": "2026",
            "number": "40",
            "number_of": "hours a week",
        },
    )
    assert answer.status_code == 303, answer.content.decode()[:2000]
    row = Promise.everything.get(number=40)
    assert (str(row.number_of), row.number_is) == ("hours a week", "just")


def test_a_promise_is_not_made_smaller_by_putting_it_right(cast: Cast) -> None:
    """A slip of the pen is found on the day. After that people go by the words; less is a new decision."""
    less = {"what": "Help on 5 mornings.", "why": "A slip.", "number": 5, "number_of": "mornings"}
    seven: dict[str, Any] = {"what": "Help on 7 mornings.", "number": 7, "number_of": "mornings"}
    mornings = promised(cast, to=cast.rosa, **seven)
    with clock.at(clock.now() + timedelta(days=1)), pytest.raises(Refused, match="go by these words"):
        do(PutPromiseRight(promise=mornings, **less), by=cast.ken)
    decided = promised(cast, to=cast.rosa, decision=acts.raised(cast.ken, cast.rosa), **seven)
    with pytest.raises(Refused, match="promised in a decision"):
        do(PutPromiseRight(promise=decided, **less), by=cast.ken)
    assert {row.number for row in Promise.everything.all()} == {7}
