"""What nobody types for somebody is not done with a code that another saw, nor by a telephone they share."""

from dataclasses import replace

import pytest

from alongside.interfaces.asking import how_it_counts
from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import SHARED_CODE, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.access import IssueCode, new_code
from alongside.topics.people.commands.erasing import AskToErase, WhyErased
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from alongside.topics.people.commands.links import Relate
from alongside.topics.people.commands.reaching import SayWayIsNotSafe
from alongside.topics.people.commands.speaking import DisputeSpeaker, SettleDispute
from alongside.topics.people.models import Dispute, Link, LinkKind, WayIn, WayToTell
from alongside.topics.people.models.kinds import HowOften
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def through_another(cast: Cast) -> list[Actor]:
    """Lena, where nobody knows that it is she: by what her worker set up, and by a shared telephone."""
    by_her_worker = replace(cast.lena, typed_by=cast.priya.person, how="other")
    return [by_her_worker, replace(cast.lena, way=SHARED_CODE)]


def test_nobody_makes_a_clean_code_out_of_one_that_they_had_seen(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena)
    issue = IssueCode(
        person=cast.lena.person, matter=decision, path=f"/decisions/{decision}", digest=new_code()[1]
    )
    for by in through_another(cast):
        with pytest.raises(NotAllowed, match="by your own hand"):
            do(issue, by=by)
    assert not WayIn.everything.filter(person=cast.lena.person).exists()
    do(issue, by=cast.lena)


def test_nobody_gives_her_a_speaker_by_a_way_in_that_they_set_up(cast: Cast) -> None:
    friend = Relate(person=cast.lena.person, other=cast.stranger.person, kind=LinkKind.SPOKESPERSON)
    for by in through_another(cast):
        with pytest.raises(NotAllowed, match="by your own hand"):
            do(friend, by=by)
    assert not Link.everything.filter(person=cast.lena.person, other=cast.stranger.person).exists()


def test_the_page_says_so_before_anything_is_typed(cast: Cast) -> None:
    client = browser_of(cast.lena)
    session = client.session
    session["typed_by"] = str(cast.priya.person)
    session.save()
    shown = client.get(f"/do/people.related?person={cast.lena.person}")
    assert shown.status_code == 403 and "by your own hand" in shown.content.decode()


def test_a_danger_can_be_said_by_any_hand(cast: Cast) -> None:
    for by in through_another(cast):
        worry = commands.RaiseConcern(organisation=cast.council, words="I am afraid.", contact="")
        assert do(worry, by=by).thing


def test_a_worker_disputes_a_speaker_in_their_own_name_and_never_in_hers(cast: Cast) -> None:
    link = named("lena mina")
    dispute = DisputeSpeaker(link=link, words="She does not want Mina.")
    for worker in (cast.priya, cast.ken):
        with pytest.raises(Refused, match="in your own name"):
            do(dispute, by=acts.typed_for(cast.lena, worker, "phone"))
    do(dispute, by=cast.priya)
    row = Dispute.everything.get(link=link)
    settle = SettleDispute(dispute=row.id, stands=False, words="She says so.")
    with pytest.raises(Refused, match="in your own name"):
        do(settle, by=acts.typed_for(cast.lena, cast.ken, "phone"))
    with pytest.raises(Refused, match="another team"):
        do(settle, by=cast.ken)
    assert Link.everything.get(pk=link).is_live(clock.now())


def test_no_worker_asks_in_her_name_for_her_record_to_be_erased_or_that_nobody_asks_her(cast: Cast) -> None:
    typed = acts.typed_for(cast.lena, cast.priya, "phone")
    for command in (
        AskToErase(person=cast.lena.person, why=next(iter(WhyErased))),
        SetHowOftenWeAsk(person=cast.lena.person, how_often=HowOften.NEVER),
    ):
        with pytest.raises(Refused) as refused:
            do(command, by=typed)
        said = [reason.sentence for reason in refused.value.reasons]
        assert any("own name" in one or "Only they" in one for one in said), said
    do(SetHowOftenWeAsk(person=cast.lena.person, how_often=HowOften.MONTHLY), by=typed)


def test_whoever_speaks_for_her_does_not_stop_a_safe_way_in_her_name(cast: Cast) -> None:
    way = WayToTell.everything.filter(person=cast.lena.person, is_safe=True).first()
    assert way is not None
    stop = SayWayIsNotSafe(way=way.id)
    with pytest.raises(Refused, match="Nobody close to you"):
        do(stop, by=acts.typed_for(cast.lena, cast.victor, "phone"))
    do(stop, by=cast.lena)


def test_a_body_takes_nobody_back_out_of_who_comes_as_what(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    hall = do(place, by=cast.june).thing
    do(commands.SayWhatIComeAs(decision=hall, comes_as="affected_person", is_shown=True), by=cast.lena)
    row = models.Coming.everything.get(decision=hall)
    back = commands.TakeBackWhatIComeAs(decision=hall, coming=row.id)
    with pytest.raises(Refused, match="Ask another team"):
        do(back, by=acts.typed_for(cast.lena, cast.priya, "phone"))
    do(back, by=cast.lena)


def test_whoever_raises_a_matter_of_their_place_decides_it_only_after_a_strong_sign_in(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    for strong in (True, False):
        hall = do(place, by=replace(cast.june, strong=strong)).thing
        deciders = models.Decider.everything.filter(decision=hall, person=cast.june.person)
        assert deciders.exists() == strong


def test_how_it_counts_stands_on_the_page_of_who_may_do_what(cast: Cast) -> None:
    text = browser_of(None).get("/who-may/?q=decisions.view_given").content.decode()
    assert "never takes the place of what they said themself" in text
    assert not how_it_counts(commands.DecideForMyself)
