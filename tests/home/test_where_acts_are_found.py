"""These acts could be done, and no page led to them: each stands where one would look, for whoever may."""

import html
import re
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.deaths import WriteDownDeath
from alongside.topics.people.commands.links import Relate
from alongside.topics.voice.models import Desk, Seat, Ward
from tests.decisions import acts
from tests.decisions.groups import matter as place_of
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.voice.acts import offices
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def _the_second_of_march() -> object:
    with clock.at("2026-03-02"):
        yield


def ways(who: Actor | None, address: str, kind: str) -> list[str]:
    """Where this page leads to a form of this kind."""
    found = re.findall(rf'href="(/do/{re.escape(kind)}[^"]*)"', page(who, address))
    return [html.unescape(one) for one in found]


def sent(who: Actor, form: str, **more: str) -> None:
    """Open the form that a link leads to, and send it as it stands, with these answers."""
    client = browser_of(who)
    shown = client.get(form)
    assert shown.status_code == 200, form
    text = shown.content.decode().partition("<main")[2]
    inside = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', text)
    answer = client.post(form, {**dict(inside), **more})
    assert answer.status_code == 303, answer.content.decode().partition("error-summary")[2][:900]


def two_views(cast: Cast) -> tuple[UUID, dict[str, UUID]]:
    place, _group = place_of(cast)
    said = {}
    for name, sees in (("ana", "everyone"), ("devon", "everyone"), ("rosa", "deciders")):
        give = commands.GiveViewOnPlace(
            decision=place, position="against", words=f"{name}: keep it.", instead="As now.", sees=sees
        )
        do(give, by=cast.everyone()[name])
        said[name] = acts.latest(models.View, place).id
    return place, said


def test_of_two_who_said_the_same_one_says_so_and_the_other_is_told_and_agrees(cast: Cast) -> None:
    place, said = two_views(cast)
    here = f"/decisions/{place}/views"
    assert f'href="{here}"' in page(cast.devon, f"/decisions/{place}")
    for nobody in (None, cast.june, cast.boyd):
        assert not ways(nobody, here, "decisions.same_said"), "whoever gave no view says nothing of one"
    [way] = ways(cast.devon, here, "decisions.same_said")
    assert "ana: keep it." in page(cast.devon, way) and "devon: keep it." in page(cast.devon, way)
    told = Outbox.objects.count()
    sent(cast.devon, way)
    assert Outbox.objects.count() == told + 1, "Ana is told that there is something to read"
    assert not ways(cast.devon, here, "decisions.same_said")
    assert "They have not agreed yet." in page(cast.devon, here)
    assert not ways(cast.devon, here, "decisions.same_agreed")
    [agree] = ways(cast.ana, here, "decisions.same_agreed")
    assert "Did Devon Marlow and you say the same?" in page(cast.ana, here)
    assert "devon: keep it." in page(cast.ana, agree)
    sent(cast.ana, agree)
    assert models.SameView.everything.get(view=said["devon"]).agreed_at is not None
    for each in (cast.ana, cast.devon):
        assert "You both agree that you said the same." in page(each, here)


def test_nobody_is_asked_to_agree_to_words_they_cannot_read(cast: Cast) -> None:
    place, said = two_views(cast)
    here = f"/decisions/{place}/views"
    assert not ways(cast.rosa, here, "decisions.same_said")
    assert "first let them read what you said" in page(cast.rosa, here)
    assert ways(cast.rosa, here, "decisions.view_shown")
    do(commands.SayTheSame(decision=place, view=said["rosa"], other=said["ana"]), by=cast.rosa)
    assert not ways(cast.ana, here, "decisions.same_agreed") and "rosa: keep it." not in page(cast.ana, here)


def test_whom_it_does_not_affect_is_taken_off_by_themself_or_by_those_who_named_them_by_mistake(
    cast: Cast,
) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    assert cast.devon.person is not None
    do(commands.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake="other"), by=cast.ken)
    do(commands.SayWhoIsAffected(decision=matter, person=cast.lena.person, stake="home"), by=cast.ken)
    here = f"/decisions/{matter}/whom"
    assert f'href="{here}"' in page(cast.ken, f"/decisions/{matter}")
    assert "It does not affect me after all" in page(cast.devon, f"/decisions/{matter}")
    assert len(ways(cast.devon, f"/decisions/{matter}", "decisions.affected_ended")) == 1
    assert f'href="{here}"' not in page(cast.rosa, f"/decisions/{matter}")
    [his] = ways(cast.devon, here, "decisions.affected_ended")
    [mistaken] = ways(cast.ken, here, "decisions.affected_ended")
    assert his == mistaken, "for Lena's home it waits: only she can say"
    assert not ways(cast.rosa, here, "decisions.affected_ended")
    assert "Ask those who decide" in page(cast.rosa, here)
    sent(cast.devon, his, words="I have moved away.")
    assert not models.Affected.everything.filter(person=cast.devon.person, ended_at=None).exists()


def test_whose_life_it_is_finds_where_to_say_that_it_waits_for_somebody_who_died(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    do(commands.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake="home"), by=cast.rosa)
    here = f"/decisions/{matter}/whom"
    assert not ways(cast.rosa, here, "decisions.affected_ended")
    works = Relate(person=cast.devon.person, other=cast.priya.person, kind="named_worker", team=cast.east)
    do(works, by=Actor(installation=True, way="cli", strong=True))
    do(WriteDownDeath(person=cast.devon.person, words="His sister rang."), by=cast.priya)
    assert f'href="{here}"' in page(cast.rosa, f"/decisions/{matter}")
    [way] = ways(cast.rosa, here, "decisions.affected_ended")
    assert "Devon Marlow" in page(cast.rosa, here)
    assert not ways(cast.ken, here, "decisions.affected_ended")
    sent(cast.rosa, way, words="He has died.")
    assert not ways(cast.rosa, here, "decisions.affected_ended")


def test_a_group_is_not_taken_off_and_whoever_tries_reads_what_to_do_instead(cast: Cast) -> None:
    """It was said to be somebody's life. Whoever decides does not shed a group that was to be heard."""
    place, group = place_of(cast)
    slip = commands.NoLongerAffected(decision=place, affected=group, words="It is another place.")
    with pytest.raises(Refused, match="Correct how many they are"):
        do(slip, by=cast.june)
    assert ways(cast.june, f"/decisions/{place}/people", "decisions.group_size_corrected")


def test_one_of_two_who_decide_steps_back_and_who_decides_alone_is_not_offered_it(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    here = f"/decisions/{matter}/who-decides"
    assert not ways(cast.ken, here, "decisions.stepped_back")
    do(commands.TakeUp(decision=matter), by=cast.priya)
    assert not ways(cast.rosa, here, "decisions.stepped_back")
    [way] = ways(cast.ken, here, "decisions.stepped_back")
    sent(cast.ken, way)
    seat = models.Decider.everything.get(decision=matter, person=cast.ken.person)
    assert seat.until_at is not None


def test_whoever_manages_a_body_finds_which_of_its_offices_answer_for_what_and_ends_it(cast: Cast) -> None:
    offices(cast)
    for nobody in (None, cast.rosa, cast.priya, cast.ana):
        assert not ways(nobody, "/speak-up/", "voice.desk_ended")
    found = ways(cast.june, "/speak-up/", "voice.desk_ended")
    assert len(found) == Desk.everything.filter(organisation=cast.council, ended_at=None).count() == 1
    sent(cast.june, found[0])
    assert len(ways(cast.june, "/speak-up/", "voice.desk_ended")) == len(found) - 1


def test_whoever_manages_the_council_names_a_ward_and_says_who_stands_for_it(cast: Cast) -> None:
    for nobody in (None, cast.rosa, cast.boyd, cast.priya):
        assert not ways(nobody, "/questions/", "voice.ward_named")
    [way] = ways(cast.june, "/questions/", "voice.ward_named")
    before = Ward.everything.count()
    sent(cast.june, way, organisation=str(cast.council), name="Wexmoor North")
    assert Ward.everything.count() == before + 1
    ward = next(one for one in Ward.everything.all() if str(one) == "Wexmoor North")
    here = f"/questions/ward/{ward.id}"
    assert not ways(cast.boyd, here, "voice.ward_seated") and not ways(None, here, "voice.ward_seated")
    [seat] = ways(cast.june, here, "voice.ward_seated")
    assert "Boyd" in page(cast.june, seat) and "Rosa Marlow" not in page(cast.june, seat)
    sent(cast.june, seat, councillor=str(cast.boyd.person))
    assert Seat.everything.filter(ward=ward.id, councillor=cast.boyd.person).exists()
