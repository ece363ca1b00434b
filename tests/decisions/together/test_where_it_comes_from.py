"""Row one and who first said it, where a matter comes from a problem; and that each row leads to entries."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.facts import Facts, Source
from alongside.topics.decisions.engine.finding import Finding
from alongside.topics.decisions.engine.indicators import option_origin, origin
from alongside.topics.decisions.engine.rung import profile
from alongside.topics.decisions.pages import yardstick_words as said
from alongside.topics.decisions.pages.together import facts_of
from tests.decisions.by_whom import decided_by_five
from tests.decisions.problems import raised
from tests.decisions.together.plain import decided, matter, one, together, way, written
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def source(days: int = -5, *, joined: int = 0, said_as: str = "draws", **more: Any) -> Source:
    link = written("joined", joined)
    told = {"said_as": said_as, "joined": link["entry"], "joined_at": link["at"], **more}
    return Source(**written("problem", days), **told)


def from_problem(*sources: Source, **more: Any) -> Finding:
    return origin(Facts(matter(**more), sources=sources, paid_by_body=frozenset({one("june")})))


def test_where_it_comes_from_a_problem_whoever_said_the_problem_counts() -> None:
    assert from_problem().says == "of_body"
    for kind, value in {"draws": 1, "carer": 1, "family": 0, "practitioner": 0}.items():
        found = from_problem(source(said_as=kind))
        assert (found.value, found.of, found.says) == (value, 1, f"problem_{kind}")
        assert found.says in said.PROBLEMS
    assert from_problem(source()).rests_on == (
        one("entry of problem"), one("entry of joined"), one("entry of matter"),
    )  # fmt: skip


def test_a_problem_joined_after_it_was_decided_or_said_later_shows_no_origin() -> None:
    june = frozenset({one("june")})
    late = Facts(decided(), sources=(source(joined=41),), paid_by_body=june)
    assert origin(late).says == "of_body"
    assert from_problem(source(days=3, joined=4)).says == "of_body"


def test_a_problem_that_paid_staff_said_or_nobody_stood_by_is_not_evidence() -> None:
    for one_of in (source(said_as="unsaid"), source(is_their_word=False)):
        found = from_problem(one_of)
        assert (found.value, found.missing) == (None, ("raiser_standing",))


def ways_of(*sources: Source, **more: Any) -> Finding:
    """Row six of a matter in which Ken wrote down the way that was chosen."""
    whole = decided(adopted=one("a way"), **more)
    return option_origin(Facts(whole, ways=(way("a way", "ken"),), sources=sources))


def test_a_way_that_comes_from_what_people_said_is_theirs_whoever_wrote_it_down() -> None:
    assert ways_of().value == 0
    found = ways_of(source(way=one("a way")))
    assert (found.value, found.of) == (1, 1)
    assert [(each.value, each.of) for each in found.figures if each.name == "ways"] == [(1, 1)]
    assert one("entry of problem") in found.rests_on
    for no in (
        source(way=one("another way")),
        source(way=None),  # the whole matter came from it: that is row one
        source(way=one("a way"), said_as="practitioner"),
        source(way=one("a way"), is_their_word=False),
        source(days=25, way=one("a way")),  # said after the way was written
        source(joined=41, way=one("a way")),  # joined once it was decided
    ):
        assert ways_of(no).value == 0
    assert from_problem(source(way=one("a way"))).says == "of_body"  # one way is not the whole matter


def test_a_problem_carried_to_one_way_counts_on_the_yardstick(cast: Cast) -> None:
    problem = raised(cast, cast.rosa, standing="draws")
    clock.advance(days=1)
    wish = commands.RaiseAboutPlace(organisation=cast.council, what="Buses", change="start")
    decision = do(wish, by=cast.june).thing
    add = commands.AddOption(decision=decision, name="One more bus", change="start", words="At six.")
    option = do(add, by=cast.june) and models.Option.everything.get(decision=decision).id
    rows = Client().get(f"/api/decisions/{decision}/yardstick").json()["rows"]
    before = next(row for row in rows if row["row"] == "options")
    do(commands.CarryProblem(problem=problem, decision=decision, option=option), by=cast.ken)
    rows = Client().get(f"/api/decisions/{decision}/yardstick").json()["rows"]
    after = next(row for row in rows if row["row"] == "options")
    assert (before["figures"][0]["value"], after["figures"][0]["value"]) == (0, 1)


def raised_from(cast: Cast, problem: UUID) -> UUID:
    wish = commands.RaiseAboutPlace(
        organisation=cast.council, what="Another bus", change="start", problem=problem
    )
    return do(wish, by=cast.june).thing


def test_the_page_of_who_decides_the_origin_and_the_yardstick_say_the_same(cast: Cast) -> None:
    problem = raised(cast, cast.rosa, standing="draws")
    clock.advance(days=2)
    decision = raised_from(cast, problem)
    who = page(None, f"/decisions/{decision}/who-decides")
    assert "Someone who draws on care and support" in who and f"/problems/{problem}" in who
    assert "Who put it to be decided" in who and "Rosa Marlow" not in who
    yardstick = page(None, f"/decisions/{decision}/yardstick")
    assert "Someone who draws on care and support said it first." in yardstick
    assert "Somebody of the body that decides raised it." not in yardstick
    row = Client().get(f"/api/decisions/{decision}/yardstick").json()["rows"][0]
    assert (row["value"], row["of"], row["says"]) == (1, 1, "problem_draws")
    rests = page(None, f"/decisions/{decision}/yardstick/rests-on?row=origin")
    assert "Someone said what is wrong." in rests and f'href="/problems/{problem}"' in rests


def test_a_problem_raised_by_the_bodys_own_staff_is_not_its_alibi(cast: Cast) -> None:
    problem = raised(cast, cast.ken, standing="draws")
    decision = raised_from(cast, problem)
    row = Client().get(f"/api/decisions/{decision}/yardstick").json()["rows"][0]
    assert (row["value"], row["missing"]) == (None, ["raiser_standing"])


def test_a_panels_votes_are_what_the_rows_of_power_rest_on(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = decided_by_five(cast)
        rows = {
            row["row"]: row for row in Client().get(f"/api/decisions/{decision}/yardstick").json()["rows"]
        }
        assert (rows["power"]["value"], rows["power"]["of"]) == (1, 5)
        assert len(rows["power"]["rests_on"]) >= 5 and rows["share"]["rests_on"]
        rests = page(None, f"/decisions/{decision}/yardstick/rests-on?row=power")
    assert "With that, those who decide decided this together." in rests
    assert rests.count("said yes or no, or stood aside.") == 5
    assert "Nothing is written down." not in rests


def test_each_of_the_eleven_leads_to_its_entries_or_says_what_is_missing(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = decided_by_five(cast)
        text = page(None, f"/decisions/{decision}/yardstick")
        facts = facts_of(models.Decision.everything.get(id=decision))
        assert text.count("See what this rests on") == 11
        for found in profile(facts).findings:
            rests = page(None, f"/decisions/{decision}/yardstick/rests-on?row={found.key}")
            assert ("Nothing is written down." in rests) == (not found.rests_on), found.key
            assert found.rests_on or found.missing, found.key
            assert found.value is None or found.rests_on, found.key
    for found in profile(together()).findings:
        assert found.value is None or found.rests_on, found.key


def test_what_few_people_were_paid_is_counted_for_nobody(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = decided_by_five(cast)
        offered(cast, decision, cast.rosa, cast.devon)
        rests = page(cast.boyd, f"/decisions/{decision}/yardstick/rests-on?row=terms")
        rows = Client().get(f"/api/decisions/{decision}/yardstick").json()["rows"]
    assert "A few times" in rests and "2 times" not in rests
    terms = next(row for row in rows if row["row"] == "terms")
    assert terms["rests_on"] == [] and "rests_on" in terms["not_shown"]


def offered(cast: Cast, decision: UUID, *people: Actor) -> None:
    for who in people:
        offer = commands.OfferPay(
            decision=decision, person=who.person, activity="To read it", minutes=60, rate_pence=1500
        )
        do(offer, by=cast.june)
