"""What takes something away is typed for nobody by those from whom it protects them."""

from dataclasses import replace

import pytest

from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.ending import EndLink, WhyEnded
from alongside.topics.people.commands.links import WithdrawConsent
from tests.decisions import acts
from tests.decisions.problems import raised
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_whoever_wrote_down_a_small_thing_does_not_undo_it_in_their_name(cast: Cast) -> None:
    agree = commands.AgreeEveryday(
        person=cast.lena.person, what="A walk on Mondays", change="swap", words="Yes please.", channel="visit"
    )
    decision = do(agree, by=replace(cast.priya, strong=True)).thing
    undo = commands.UndoEveryday(decision=decision)
    for typist in (cast.priya, cast.ken):
        with pytest.raises(Refused, match="Somebody else must type this"):
            do(undo, by=acts.typed_for(cast.lena, typist, "phone"))
    do(undo, by=acts.typed_for(cast.lena, cast.mina, "phone"))
    assert models.Decision.everything.get(id=decision).state == models.State.UNDONE


def test_whoever_decides_does_not_take_back_evidence_in_their_name(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    hall = do(place, by=cast.june).thing
    told = commands.BringEvidence(decision=hall, kind="counts", words="Forty people came.", how_many=40)
    do(told, by=cast.lena)
    row = models.Evidence.everything.get(decision=hall)
    back = commands.WithdrawEvidence(decision=hall, evidence=row.id)
    with pytest.raises(Refused, match="Ask another team"):
        do(back, by=acts.typed_for(cast.lena, cast.priya, "phone"))
    assert models.Evidence.everything.get(id=row.id).words is not None
    do(back, by=cast.lena)


def test_a_body_takes_nobody_out_of_the_number_of_those_who_have_a_problem(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    do(commands.SayMeToo(problem=problem), by=cast.lena)
    with pytest.raises(Refused, match="Somebody else must write that down"):
        do(commands.NoLongerMe(problem=problem), by=acts.typed_for(cast.lena, cast.priya, "phone"))
    assert models.MeToo.everything.get(problem=problem).is_current
    do(commands.NoLongerMe(problem=problem), by=acts.typed_for(cast.lena, cast.mina, "phone"))


def test_no_worker_ends_an_advocate(cast: Cast) -> None:
    link = named("lena mina")
    for by in (replace(cast.priya, strong=True), cast.ken):
        with pytest.raises(Refused, match="Only the person can end this"):
            do(EndLink(link=link, why=WhyEnded.STEPPED_DOWN), by=by)
        with pytest.raises(Refused, match="Nobody who works with them"):
            do(WithdrawConsent(link=link), by=acts.typed_for(cast.lena, by, "phone"))
    do(WithdrawConsent(link=link), by=cast.lena)
