"""Day or month first: settled by the file itself, or asked; never guessed."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.interfaces.tables import (
    Ambiguous,
    DateCell,
    DateOrder,
    NotADate,
    TableRefused,
    Wanted,
    a_date,
    apply_mapping,
    read_date,
    read_table,
    require,
    settle_dates,
    suggest_mapping,
)
from alongside.interfaces.tables.require import not_before

Order = Literal["dmy", "mdy"]


def cells(*texts: str) -> list[DateCell]:
    return [DateCell(row, row, "when", text) for row, text in enumerate(texts, 2)]


def settled(*texts: str, answer: Order | None = None) -> DateOrder:
    order = settle_dates(cells(*texts), answer=answer)
    assert isinstance(order, DateOrder)
    return order


def test_one_date_with_one_reading_settles_the_whole_file() -> None:
    order = settled("03/04/2017", "30/06/2017", "01/02/2018")
    assert order.order == "dmy" and order.settled_by is not None and order.settled_by.row == 3
    assert order.read("03/04/2017") == date(2017, 4, 3)
    assert settled("03/04/2017", "06/30/2017").read("03/04/2017") == date(2017, 3, 4)


def test_two_dates_that_disagree_are_both_named() -> None:
    with pytest.raises(TableRefused) as refused:
        settle_dates(cells("30/06/2017", "06/30/2017"))
    told = str(refused.value)
    assert "“30/06/2017” in row 2" in told and "Row 3" in told and "“06/30/2017” has the month first" in told


def test_when_nothing_tells_we_ask() -> None:
    unsure = settle_dates(cells("03/04/2017", "05/06/2017"))
    assert isinstance(unsure, Ambiguous)
    assert unsure.question == "Is “03/04/2017” 3 April 2017 or 4 March 2017?"
    assert "--dates dmy" in str(unsure.refusal()) and unsure.refusal().problems[0].row == 2


def test_the_answer_is_taken_unless_the_file_says_otherwise() -> None:
    order = settled("03/04/2017", answer="mdy")
    assert order.read("03/04/2017") == date(2017, 3, 4) and order.by_answer
    with pytest.raises(TableRefused, match="You told us the month comes first"):
        settle_dates(cells("30/06/2017"), answer="mdy")


def test_the_question_reaches_the_person_who_sent_the_file() -> None:
    content = b"title,when\nRamp,03/04/2017\n"
    with pytest.raises(TableRefused, match="--dates mdy"):
        read_table(content, name="a.csv").date_order(["when"])
    assert read_table(content, name="a.csv", dates="dmy").date_order(["when"]).order == "dmy"


def test_dates_with_one_reading_need_no_settling() -> None:
    order = settled("2017-04-03", "3 April 2017", "05/05/2017", "")
    assert order.settled_by is None and order.read("") is None
    assert order.sentence == "Every date in this file can be read in only one way."


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-14",
        "2024/03/14",
        "2024-03-14T13:00:00Z",
        "2024-03-14 13:00:00.25+01:00",
        "14/03/2024",
        "14.3.2024 13:00",
        "14 - 03 - 2024",
        "Thursday, 14th March, 2024 1.00 pm",
        "Thu 14 Mar 2024",
        "14-Mar-2024",
        "14th of March 2024",
        "March 14, 2024",
        "Thursday March 14th, 2024 at 10:30",
        "14 Mawrth 2024",
        "dydd Iau 14eg Mawrth 2024",
    ],
)
def test_many_ways_of_writing_one_day(text: str) -> None:
    assert read_date(text, "dmy") == date(2024, 3, 14)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2017", "There is no such day as “31/02/2017”."),
        ("13/13/2017", "There is no such day"),
        ("2017-02-30", "There is no such day"),
        ("1/2/17", "only two figures"),
        ("14 Mar 24", "only two figures"),
        ("45365", "a spreadsheet's own number"),
        ("Monday 14 March 2024", "14 March 2024 was not a Monday."),
        ("14 Mrach 2024", "“Mrach” is not the name of a month."),
        ("soon", "“soon” is not a date we can read."),
        ("٠١/٠٢/٢٠٢٤", "not a date we can read"),
        ("01/02/0217", "The year of “01/02/0217” cannot be right."),
    ],
)
def test_what_is_no_date_says_why_and_names_its_cell(text: str, reason: str) -> None:
    with pytest.raises(NotADate) as fault:
        read_date(text, "dmy")
    assert reason in fault.value.reason and fault.value.what_to_do
    with pytest.raises(TableRefused) as refused:
        settle_dates(cells("30/06/2017", text))
    assert (refused.value.problems[0].row, refused.value.problems[0].column) == (3, "when")


def test_a_day_that_does_not_exist_settles_nothing() -> None:
    with pytest.raises(TableRefused) as refused:
        settle_dates(cells("31/02/2017", "12/30/2017"))
    assert refused.value.count == 1 and refused.value.problems[0].row == 2


def test_an_end_before_its_start_is_refused() -> None:
    table = read_table(b"start,end\n30/06/2017,01/06/2017\n", name="a.csv")
    columns = suggest_mapping(table.headings, [Wanted("start"), Wanted("end")])
    order = table.date_order(["start", "end"])
    rules = [a_date("start", order), not_before("end", "start", order)]
    with pytest.raises(TableRefused, match="is before the start"):
        require(apply_mapping(table.rows(), columns), *rules)


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@given(st.lists(days, min_size=1, max_size=20), st.sampled_from(["dmy", "mdy"]))
def test_a_file_written_one_way_is_never_read_the_other_way(written: list[date], order: Order) -> None:
    form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
    texts = [day.strftime(form) for day in written]
    found = settle_dates(cells(*texts))
    if isinstance(found, Ambiguous):
        assert all(day.day <= 12 for day in written)
        found = settled(*texts, answer=order)
    assert [found.read(text) for text in texts] == written


@given(st.text(max_size=40))
def test_any_words_are_a_date_or_are_refused_with_a_reason(text: str) -> None:
    for order in ("dmy", "mdy"):
        try:
            assert isinstance(read_date(text, order), date)
        except NotADate as fault:
            assert fault.reason and fault.what_to_do
