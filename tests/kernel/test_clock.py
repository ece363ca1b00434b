"""The only clock: it can be stopped everywhere at once, and it knows which days offices are open."""

import threading
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import partial
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock, days

PLACES = ("england", "wales", "scotland")
dates = st.dates(date(2020, 1, 1), date(2035, 12, 31))

# As published for each nation. England and Wales have the same days.
ENGLAND = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}
SCOTLAND = {
    2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
    2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
    2028: "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
}


def closed_weekdays(place: str, year: int) -> str:
    first = date(year, 1, 1)
    every = [first + timedelta(days=count) for count in range((date(year + 1, 1, 1) - first).days)]
    shut = [day for day in every if day.weekday() < 5 and not clock.is_working_day(day, place)]
    return " ".join(f"{day:%m-%d}" for day in shut)


def test_a_running_clock_gives_moments_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)
    assert clock.now().tzinfo is UTC
    assert not clock.is_stopped()


def test_a_stopped_clock_stays_where_it_was_put_until_the_block_ends() -> None:
    with clock.at("2026-03-02"):
        assert clock.now() == clock.now() == datetime(2026, 3, 2, 9, tzinfo=UTC)
        assert clock.today() == date(2026, 3, 2)
    assert not clock.is_stopped()


def test_a_named_day_means_nine_that_morning_in_summer_too() -> None:
    with clock.at(date(2026, 7, 1)) as morning:
        assert morning == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_a_moment_late_on_a_summer_evening_in_utc_is_already_tomorrow_here() -> None:
    with clock.at("2026-07-01T23:30:00Z"):
        assert clock.today() == date(2026, 7, 2)


def test_a_moment_from_another_zone_is_the_same_moment_in_utc() -> None:
    with clock.at(datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=2)))):
        assert clock.now() == datetime(2026, 3, 2, 10, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


@pytest.mark.parametrize("moment", [datetime(2026, 3, 2, 9), "2026-03-02T09:00:00"])
def test_a_moment_without_a_zone_is_refused_not_guessed(moment: datetime | str) -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(moment):
        pass
    assert not clock.is_stopped()


def test_a_stopped_clock_is_stopped_in_threads_begun_inside_and_before() -> None:
    asked, stopped = threading.Event(), threading.Event()
    seen: list[datetime] = []

    def begun_before() -> None:
        asked.set()
        stopped.wait(5)
        seen.append(clock.now())

    early = threading.Thread(target=begun_before)
    early.start()
    asked.wait(5)
    with clock.at("2026-03-02") as moment:
        stopped.set()
        inside = threading.Thread(target=lambda: seen.append(clock.now()))
        inside.start()
        inside.join()
        early.join()
    assert seen == [moment, moment]


def test_blocks_inside_blocks_give_the_outer_time_back_even_after_a_fault() -> None:
    with clock.at("2026-03-02"):
        with pytest.raises(ZeroDivisionError), clock.at("2026-05-01"):
            _ = 1 / 0
        assert clock.today() == date(2026, 3, 2)


def test_a_stopped_clock_can_be_moved_on_and_a_running_one_cannot() -> None:
    with clock.at("2026-03-02"):
        assert clock.advance(days=1, hours=2) == datetime(2026, 3, 3, 11, tzinfo=UTC) == clock.now()
    with pytest.raises(clock.ClockIsRunning, match="Stop it first"):
        clock.advance(days=1)


def test_something_due_on_a_day_is_not_late_until_that_day_is_over_here() -> None:
    due = clock.due_end_of_day(date(2026, 7, 1))
    with clock.at("2026-07-01T22:59:59Z"):
        assert clock.now() <= due
    with clock.at("2026-07-01T23:00:00Z"):
        assert clock.now() > due
    assert clock.day_of(due) == date(2026, 7, 1)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_days_the_clocks_change_end_at_midnight_too(day: date) -> None:
    due = clock.due_end_of_day(day)
    assert clock.day_of(due) == day
    assert clock.day_of(due + timedelta(microseconds=1)) == day + timedelta(days=1)


@pytest.mark.parametrize("year", ENGLAND)
def test_the_bank_holidays_of_england_and_wales_are_the_published_ones(year: int) -> None:
    assert closed_weekdays("england", year) == closed_weekdays("wales", year) == ENGLAND[year]


@pytest.mark.parametrize("year", SCOTLAND)
def test_the_bank_holidays_of_scotland_are_the_published_ones(year: int) -> None:
    assert closed_weekdays("scotland", year) == SCOTLAND[year]


@pytest.mark.parametrize(
    ("year", "easter"),
    [
        (1961, "04-02"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2024, "03-31"),
        (2025, "04-20"),
        (2038, "04-25"),
        (2285, "03-22"),
    ],
)
def test_easter_falls_where_it_falls(year: int, easter: str) -> None:
    assert f"{days.easter_sunday(year):%m-%d}" == easter


@given(st.integers(1600, 4000))
def test_easter_is_always_a_sunday_between_22_march_and_25_april(year: int) -> None:
    easter = days.easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@given(st.integers(2018, 2100), st.sampled_from(["england", "scotland", "northern-ireland"]))
def test_every_bank_holiday_is_a_weekday_and_none_is_lost_when_it_moves(year: int, place: str) -> None:
    found = days.bank_holidays(place, year)
    assert all(day.weekday() < 5 and day.year == year for day in found)
    assert len(found) == {"england": 8, "scotland": 9, "northern-ireland": 10}[place]
    assert list(found) == sorted(found)


def test_a_year_no_pack_lists_is_worked_out() -> None:
    assert not clock.is_working_day(date(2031, 12, 25), "england")
    assert not clock.is_working_day(date(2031, 1, 2), "scotland")
    assert clock.is_working_day(date(2031, 1, 2), "england")


def test_working_days_in_a_place_we_do_not_know_are_refused_by_name() -> None:
    with pytest.raises(days.UnknownJurisdiction, match="ruritania"):
        clock.is_working_day(date(2026, 3, 2), "ruritania")


def working_days_after(day: date, count: int, place: str = "england") -> date:
    return days.working_days_after(day, count, partial(clock.is_working_day, jurisdiction=place))


def test_three_working_days_over_easter_reach_the_next_week() -> None:
    assert working_days_after(date(2026, 4, 2), 3, "england") == date(2026, 4, 9)
    assert working_days_after(date(2026, 4, 2), 3, "scotland") == date(2026, 4, 8)


def test_no_working_days_after_a_saturday_is_the_monday() -> None:
    assert working_days_after(date(2026, 3, 7), 0) == date(2026, 3, 9)
    assert working_days_after(date(2026, 3, 9), 0) == date(2026, 3, 9)


@given(dates, st.integers(1, 60), st.sampled_from(PLACES))
def test_the_working_days_between_are_exactly_as_many_as_asked(start: date, count: int, place: str) -> None:
    end = working_days_after(start, count, place)
    between = [start + timedelta(days=step) for step in range(1, (end - start).days + 1)]
    assert sum(clock.is_working_day(day, place) for day in between) == count
    assert clock.is_working_day(end, place)


@given(dates, st.integers(1, 30), st.integers(1, 30), st.sampled_from(PLACES))
def test_counting_on_in_two_steps_is_counting_on_in_one(start: date, one: int, two: int, place: str) -> None:
    half_way = working_days_after(start, one, place)
    assert working_days_after(half_way, two, place) == working_days_after(start, one + two, place)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-03-31", 1, "2026-04-30"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-05-10", 0, "2026-05-10"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one_there_is(day: str, months: int, then: str) -> None:
    assert clock.month_after(date.fromisoformat(day), months) == date.fromisoformat(then)


@given(dates, st.integers(0, 40))
def test_months_later_land_in_the_right_month_and_never_later_in_it(day: date, months: int) -> None:
    then = clock.month_after(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        clock.month_after(date(2026, 3, 2), -1)
    with pytest.raises(ValueError, match="forwards"):
        working_days_after(date(2026, 3, 2), -1)


def test_time_stands_still_while_the_clock_of_the_machine_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What had ended by then would be live again: somebody whose leave was taken back saw once more."""

    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) - timedelta(hours=1)

    before = clock.now()
    monkeypatch.setattr(clock, "datetime", SetBack)
    assert clock.now() == before
    assert clock.today() == days.day_of(before)
    monkeypatch.undo()
    assert clock.now() > before
