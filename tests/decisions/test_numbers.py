"""Numbers of people about places: whoever looks before and after somebody speaks learns nothing of them."""

from typing import Any

import pytest
from django.test import Client

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Sees
from tests.decisions import acts
from tests.decisions.groups import many, matter
from tests.decisions.problems import raised
from tests.decisions.thinking import hall, place_view
from tests.visitor import page, read
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def api(address: str) -> Any:
    return Client().get(f"/api/decisions/{address}").json()


def test_what_those_with_a_problem_say_of_it_changes_five_people_at_a_time(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    people = [cast.devon, cast.lena, cast.victor, cast.stranger, cast.tom, cast.mina]
    for by in people:
        do(commands.SayMeToo(problem=problem), by=by)
    here = f"/problems/{problem}"
    for by, better in zip(people[:4], ("yes", "yes", "no", "no"), strict=True):
        do(commands.SayIfBetter(problem=problem, better=better), by=by)
    few = read(here)
    assert "Some of those who have this problem said whether it is better. They are fewer than 5" in few
    do(commands.SayIfBetter(problem=problem, better="no"), by=people[4])
    five, told = read(here), api(f"problems/{problem}")["result"]
    assert "5 of at least 5 who have this problem said" in five
    assert (told["heard"], told["whom"], told["yes"]) == (5, 5, None)
    do(commands.SayIfBetter(problem=problem, better="yes"), by=people[5])
    do(commands.SayIfBetter(problem=problem, better="yes"), by=people[3])  # who changes their mind
    assert read(here) == five and api(f"problems/{problem}")["result"] == told


def test_one_more_who_says_me_too_changes_nothing_that_a_visitor_reads(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    for by in (cast.devon, cast.lena, cast.victor, cast.stranger, cast.tom):
        do(commands.SayMeToo(problem=problem), by=by)
    before, told = read(f"/problems/{problem}"), api(f"problems/{problem}")
    do(commands.SayMeToo(problem=problem), by=cast.mina)
    assert (read(f"/problems/{problem}"), api(f"problems/{problem}")) == (before, told)


def test_of_a_group_who_answered_is_told_in_whole_fives_and_whoever_decides_knows(cast: Cast) -> None:
    many(cast, 12)
    decision, group = matter(cast)
    do(commands.TieToBody(decision=decision, group=group, body=cast.council, team=cast.east), by=cast.june)
    do_what_is_due(Work())
    listed = list(models.Listed.everything.filter(group=group).order_by("number"))
    here = f"/decisions/{decision}/people"

    def answer(row: models.Listed) -> None:
        view = commands.GiveViewOnPlace(
            decision=decision, position="for", words="Yes.", sees=Sees.DECIDERS.value
        )
        do(view, by=acts.actor_of(row.person))

    for row in listed[:5]:
        answer(row)
    before = read(here)
    told = api(f"{decision}/people")
    assert "at least 5 answered" in before and told["groups"][0]["of_these_answered"] == 5
    answer(listed[5])
    assert (read(here), api(f"{decision}/people")) == (before, told)
    assert ": 6 answered" in page(cast.june, here)


def test_where_people_stand_is_counted_of_those_who_let_everyone_read_it(cast: Cast) -> None:
    decision = hall(cast)
    for who in (cast.ana, cast.boyd, cast.tom, cast.mina, cast.sol):
        place_view(decision, who, "for")
    for who in (cast.devon, cast.rosa, cast.lena, cast.victor, cast.stranger):
        place_view(decision, who, "unsure", sees=Sees.DECIDERS)
    addresses = [f"/decisions/{decision}/{name}" for name in ("minds", "map")]
    before = [read(one) for one in addresses]
    told = api(f"{decision}/minds")
    assert told["positions"] == [{"first": "for", "now": "for", "people": 5}]
    for text in before:
        assert "Others let only those who decide read what they think (at least 5)." in text
    place_view(decision, cast.dee, "unsure", sees=Sees.DECIDERS)
    assert [read(one) for one in addresses] == before and api(f"{decision}/minds") == told


def test_what_somebody_kept_to_those_who_decide_at_first_is_in_no_flow(cast: Cast) -> None:
    decision = hall(cast)
    place_view(decision, cast.ana, "unsure", sees=Sees.DECIDERS)
    place_view(decision, cast.ana, "for")
    assert api(f"{decision}/minds")["positions"] == [{"first": "for", "now": "for", "people": 1}]
