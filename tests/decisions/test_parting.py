"""Whoever first said a problem can say that a decision does not come from it; the body can undo it."""

from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Origin, Parted
from tests.decisions import acts, changing
from tests.decisions.problems import raised, told
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def joined(cast: Cast, problem: UUID, by: Actor | None = None) -> Origin:
    """The council says that its matter of the hall comes from this problem."""
    matter = changing.hall(cast)
    do(commands.CarryProblem(problem=problem, decision=matter), by=by or cast.june)
    found: Origin = Origin.everything.get(problem=problem)
    return found


def test_whoever_first_said_it_says_that_it_is_not_theirs_and_it_counts_as_no_origin(
    cast: Cast, client: Client
) -> None:
    problem = raised(cast, cast.rosa)
    origin = joined(cast, problem)
    assert "This does not come from what I said" in page(cast.rosa, f"/problems/{problem}")
    with pytest.raises(NotAllowed):
        do(commands.SayNotMine(problem=problem, origin=origin.id), by=cast.ken)
    told_before = len(told(cast.june.person))
    said = commands.SayNotMine(problem=problem, origin=origin.id, words="I meant the bus, not the hall.")
    do(said, by=cast.rosa)
    assert Origin.everything.get(id=origin.id).ended_as == Parted.NOT_MINE
    assert len(told(cast.june.person)) > told_before  # one of those who decide it
    text = page(None, f"/problems/{problem}")
    assert "The one who first said it says that it does not come from that." in text
    assert "I meant the bus" not in text  # those who must answer read why, and nobody else
    assert "I meant the bus" in page(cast.ken, f"/problems/{problem}")
    where = page(None, f"/decisions/{origin.decision}/origin")
    assert "whoever first said it says that this does not come from it." in where
    assert "It comes from what people said is wrong" not in where
    found = client.get(f"/api/decisions/problems/{problem}").json()
    assert (found["leads_to"], found["parted"][0]["as"]) == ([], "not_mine")
    rows = client.get("/open-data/problems.json").json()["items"]
    assert [one["decisions"] for one in rows if one["id"] == str(problem)] == [[]]
    with pytest.raises(Refused, match="Only they can join it again"):
        do(commands.CarryProblem(problem=problem, decision=origin.decision), by=cast.june)
    do(commands.CarryProblem(problem=problem, decision=origin.decision), by=cast.rosa)
    assert Origin.everything.filter(problem=problem, ended_on=None).count() == 1


def test_what_comes_of_a_matter_that_is_not_theirs_is_not_told_to_them_as_theirs(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    place = commands.RaiseAboutPlace(
        organisation=cast.council, what="When the hall opens", change="swap", problem=problem
    )
    do(place, by=cast.june)
    origin = Origin.everything.get(problem=problem)
    do(commands.AddOption(decision=origin.decision, name="At eight", change="swap"), by=cast.june)
    do(commands.SayNotMine(problem=problem, origin=origin.id), by=cast.rosa)
    before = len(told(cast.rosa.person))
    do(commands.AddOption(decision=origin.decision, name="Open at nine", change="swap"), by=cast.june)
    assert len(told(cast.rosa.person)) == before


def test_the_body_that_joined_it_undoes_it_with_a_reason_and_those_who_have_it_are_told(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    origin = joined(cast, problem)
    assert "This was joined wrongly: undo it" in page(cast.june, f"/problems/{problem}")
    for stranger in (cast.devon, NOBODY):
        with pytest.raises(NotAllowed):
            do(commands.UndoCarrying(problem=problem, origin=origin.id, words="No."), by=stranger)
    with pytest.raises(Refused, match="Say why"):
        do(commands.UndoCarrying(problem=problem, origin=origin.id, words=""), by=cast.june)
    before = len(told(cast.rosa.person))
    undone = commands.UndoCarrying(problem=problem, origin=origin.id, words="That is another hall.")
    do(undone, by=cast.june)
    assert len(told(cast.rosa.person)) == before + 1
    assert "It was joined wrongly, and undone." in page(None, f"/problems/{problem}")
    with pytest.raises(Refused, match="parted already"):
        do(undone, by=cast.june)
    assert not models.Origin.everything.filter(ended_on=None).exists()


def test_the_body_cannot_type_for_them_that_it_is_not_theirs(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    origin = joined(cast, problem)
    with pytest.raises(Refused, match="work for the body"):
        do(
            commands.SayNotMine(problem=problem, origin=origin.id),
            by=acts.typed_for(cast.rosa, cast.priya, "phone"),
        )
