"""Who decides here: whole quarters, small numbers kept, and nothing that one month would not have told."""

from datetime import date
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from alongside.home.counting import Figure, Figures, protected
from alongside.home.numbers import count_month
from alongside.home.who_decides import _added, _all, _share, quarter_before
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions.commands import AgreeEveryday, OpenIt, SayIfAgreed
from alongside.topics.decisions.models import Agree, Says, Telling
from tests.decisions.votes import panel, says
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_a_quarter_is_told_when_it_is_over() -> None:
    assert quarter_before(date(2026, 5, 20)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_before(date(2026, 4, 1)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter_before(date(2026, 1, 31)) == (date(2025, 10, 1), date(2025, 12, 31))


def test_what_a_month_does_not_tell_its_quarter_does_not_tell_either() -> None:
    full = protected({"own": 9, "heard": 20}, smallest=5)
    hidden = protected({"own": 2, "heard": 20}, smallest=5)
    none, few = protected({}, smallest=5), protected({"own": 3}, smallest=5)
    assert _added("own", [full, full, none]) == Figure("own", 18)
    assert _added("own", [full, full, hidden]) == Figure("own", 18, is_at_least=True)
    assert _added("own", [full, full, few]) == Figure("own", 18, is_at_least=True)
    assert _added("own", [few, few, none]) == Figure("own", None, is_at_least=True)
    assert _added("own", [Figures(12, (), 5), full, none]) == Figure("own", 9, is_at_least=True)


def small_things(cast: Cast, number: int) -> list[UUID]:
    assert cast.rosa.person is not None
    return [
        do(
            AgreeEveryday(
                person=cast.rosa.person,
                what=f"An hour more on day {day}",
                change="increase",
                words="Yes, please.",
                channel="phone",
            ),
            by=cast.priya,
        ).thing
        for day in range(number)
    ]


def test_what_a_worker_alone_wrote_down_as_agreed_is_counted_apart_and_each_line_is_of_all(
    cast: Cast, client: Client
) -> None:
    with clock.at("2026-03-20"):
        borne_out = small_things(cast, 6)
        small_things(cast, 7)
        for decision in borne_out:
            do(SayIfAgreed(decision=decision, said="yes"), by=cast.rosa)
    cache.clear()
    with clock.at("2026-04-02"):
        text = client.get("/who-decides-here").content.decode()
        found = client.get("/api/this-place/who-decides").json()["quarters"][0]
    assert found["of"] == {"number": 13, "at_least": False}
    assert {name: each["number"] for name, each in found["lives"].items()} == {"small": 6, "typed": 7}
    assert "<strong>6 of 13</strong> by the person together with those who support them" in text
    assert "<strong>7 of 13</strong> by agreement, says the worker who typed it" in text


def test_to_have_read_it_or_to_have_said_no_is_not_to_have_agreed_it(cast: Cast) -> None:
    with clock.at("2026-03-20"):
        read, agreed, denied = small_things(cast, 6), small_things(cast, 5), small_things(cast, 7)
        for decision in (*read, *denied):
            telling = Telling.objects.seen_by(cast.rosa).get(decision=decision)
            do(OpenIt(decision=decision, telling=telling.id), by=cast.rosa)
        for decision in (*agreed, *denied):
            do(SayIfAgreed(decision=decision, said="yes"), by=cast.rosa)
        for decision in denied:
            do(SayIfAgreed(decision=decision, said="no"), by=cast.rosa)
    march = count_month(date(2026, 3, 1), date(2026, 3, 31))
    assert {part.name: part.number for part in march.lives.parts} == {"small": 5, "typed": 13}


def test_a_bodys_page_says_how_many_the_person_says_were_agreed_once_there_was_time_to_say_so(
    cast: Cast, client: Client
) -> None:
    with clock.at("2026-03-20"):
        small_things(cast, 5)
        agreed, denied = small_things(cast, 6), small_things(cast, 7)
        for decision in agreed:
            do(SayIfAgreed(decision=decision, said="yes"), by=cast.rosa)
    with clock.at("2026-04-09"):  # after the quarter, and yet in time
        for decision in denied:
            do(SayIfAgreed(decision=decision, said="otherwise", words="At nine, not eight."), by=cast.rosa)
    page = f"/organisations/{cast.council}"
    with clock.at("2026-04-20"):
        assert "Small things agreed with people" not in client.get(page).content.decode()
    with clock.at("2026-05-02"):
        text = client.get(page).content.decode()
        found = client.get(f"/api/this-place/agreed/{cast.council}").json()["quarters"][0]
    assert found["of"] == 18
    assert {name: each["number"] for name, each in found["agreed"].items()} == {
        "said_so": 6,
        "worker_only": 5,
        "denied": 7,
    }
    assert "<strong>6 of 18</strong> agreed: the person has said so, or their advocate" in text
    assert "<strong>7 of 18</strong> not agreed, or not like that, says the person" in text
    assert client.get(f"/api/this-place/agreed/{cast.rosa.person}").status_code == 404


def test_what_the_person_reads_later_changes_no_month_that_is_over(cast: Cast) -> None:
    with clock.at("2026-03-20"):
        decisions = small_things(cast, 6)
    with clock.at("2026-04-01"):
        for decision in decisions:
            telling = Telling.objects.seen_by(cast.rosa).get(decision=decision)
            do(OpenIt(decision=decision, telling=telling.id), by=cast.rosa)
            do(SayIfAgreed(decision=decision, said="yes"), by=cast.rosa)
    march = count_month(date(2026, 3, 1), date(2026, 3, 31))
    assert [(part.name, part.number) for part in march.lives.parts] == [("typed", 6)]


def test_a_share_says_at_least_wherever_a_month_did_not_tell_all() -> None:
    assert _share(Figure("own", 9), Figure("all", 40)) == "9 of 40"
    assert _share(Figure("own", 9, is_at_least=True), Figure("all", 40)) == "At least 9 of 40"
    assert (
        _share(Figure("own", 9, is_at_least=True), Figure("all", 40, is_at_least=True))
        == "At least 9 of at least 40"
    )
    assert _share(Figure("own", None), Figure("all", 40)) == "Too few to say"
    few, full = protected({"own": 3}, smallest=5), protected({"own": 9, "heard": 20}, smallest=5)
    assert _all([full, full, few]) == Figure("all", 58, is_at_least=True)
    assert _all([full, full, full]) == Figure("all", 87)


def test_councillors_and_anybody_read_who_decides_here_and_no_name_stands_there(
    cast: Cast, client: Client
) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast, Agree.HALF)
        for one in (cast.june, cast.ana):
            says(decision, proposal, one, Says.YES)
    cache.clear()
    with clock.at("2026-07-02"):
        text = client.get("/who-decides-here").content.decode()
        found = client.get("/api/this-place/who-decides").json()["quarters"]
        place = client.get("/this-place").content.decode()
    assert "by several people who had to agree, people who draw on care among them" in text
    assert "/who-decides-here" in place
    assert found[0]["places"] == {"together": 1}
    assert [each["first"] for each in found] == ["2026-04-01", "2026-01-01", "2025-10-01", "2025-07-01"]
    assert not any(name in text for name in ("June Okafor", "Ana Reyes", "Omar Aziz"))
