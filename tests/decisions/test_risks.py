"""What could go wrong, who carries it, and the good that would be lost."""

from dataclasses import replace

import pytest

from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.lies_behind import way
from tests.decisions.thinking import hall
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_a_way_has_many_risks_and_the_one_named_says_whether_they_carry_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    option = way(decision, cast.ken)
    for words, carrier in (("She may fall.", cast.rosa), ("The budget may not hold.", cast.ken)):
        add = commands.AddRisk(
            decision=decision, option=option, words=words, to_whom="Rosa", carrier=carrier.person
        )
        do(add, by=cast.ken if carrier is cast.rosa else cast.rosa)
    first, second = models.Risk.everything.filter(decision=decision).order_by("made_by")
    with pytest.raises(Refused, match="Only the one who is named"):
        do(commands.AnswerRisk(decision=decision, risk=first.id, carries="yes"), by=cast.ken)
    text = page(cast.ken, f"/decisions/{decision}/risks")
    assert text.count("has not said yet if they carry it") == 1 and "An old risk." in text
    assert text.count("You: have not said yet if you carry it") == 1
    do(commands.AnswerRisk(decision=decision, risk=first.id, carries="yes"), by=cast.rosa)
    no = commands.AnswerRisk(decision=decision, risk=second.id, carries="no", words="Ask June.")
    do(no, by=cast.ken)
    text = page(cast.ken, f"/decisions/{decision}/risks")
    for words in ("Yes, I carry it", "No, I do not carry it", "Ask June.", "It is their choice to take it."):
        assert words in text
    assert "It is your choice to take it." in page(cast.rosa, f"/decisions/{decision}/risks")


def test_nobody_of_the_deciding_line_can_say_for_rosa_that_she_carries_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    add = commands.AddRisk(
        decision=decision, option=way(decision, cast.ken), words="Falls.", carrier=cast.rosa.person
    )
    do(add, by=cast.ken)
    risk = acts.latest(models.Risk, decision)
    yes = commands.AnswerRisk(decision=decision, risk=risk.id, carries="yes")
    with pytest.raises(Refused, match="Ask another team"):
        do(yes, by=acts.typed_for(cast.rosa, cast.ken))
    terminal = replace(cast.rosa, way="cli", how="terminal")
    with pytest.raises(Refused, match="We cannot know who is at the keys here"):
        do(yes, by=terminal)
    assert models.Risk.everything.get(id=risk.id).carries == ""
    do(yes, by=cast.rosa)


def test_whoever_stands_outside_but_cannot_vouch_is_told_who_can(cast: Cast) -> None:
    """Devon does not decide it: to tell him that he works in the line that decides was untrue."""
    decision = acts.raised(cast.ken, cast.rosa)
    add = commands.AddRisk(
        decision=decision, option=way(decision, cast.ken), words="Falls.", carrier=cast.rosa.person
    )
    do(add, by=cast.ken)
    yes = commands.AnswerRisk(decision=decision, risk=acts.latest(models.Risk, decision).id, carries="yes")
    with pytest.raises(Refused, match="Their worker or an advocate can"):
        do(yes, by=acts.typed_for(cast.rosa, cast.devon))


def test_of_a_matter_about_a_place_an_office_is_offered_as_carrier_and_no_worker(cast: Cast) -> None:
    place = hall(cast)
    way(place, cast.june)
    form = page(cast.ana, f"/do/decisions.risk_added?decision={place}")
    assert "Head of adult social care" in form and "June" not in form
    life = acts.raised(cast.ken, cast.rosa)
    way(life, cast.ken)
    assert "Ken Holt" in page(cast.rosa, f"/do/decisions.risk_added?decision={life}")


def test_a_risk_is_not_laid_on_somebody_who_has_no_part_in_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    option = way(decision, cast.ken)
    for carrier in (cast.stranger, cast.boyd):
        with pytest.raises(Refused, match="Choose someone it affects"):
            do(
                commands.AddRisk(decision=decision, option=option, words="x", carrier=carrier.person),
                by=cast.ken,
            )


def test_a_stranger_neither_adds_nor_reads_a_risk_in_rosas_life(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    option = way(decision, cast.ken)
    add = commands.AddRisk(decision=decision, option=option, words="x")
    with pytest.raises((Missing, NotAllowed)):
        do(add, by=cast.stranger)
    do(add, by=cast.rosa)
    assert models.Risk.objects.seen_by(cast.devon).exists()
    assert not models.Risk.objects.seen_by(cast.stranger).exists()
    assert browser_of(cast.stranger).get(f"/decisions/{decision}/risks").status_code == 404


def test_where_anyone_can_read_a_worker_goes_by_office_and_nobody_else_by_name(cast: Cast) -> None:
    decision = hall(cast)
    option = way(decision, cast.june)
    for carrier in (cast.june.person, None):
        add = commands.AddRisk(
            decision=decision,
            option=option,
            words="It may be cold.",
            carrier=carrier,
            carried_by="The council",
        )
        do(add, by=cast.ana)
    text = page(None, f"/decisions/{decision}/risks")
    assert "Head of adult social care" in text and "June Okafor" not in text and "The council" in text
    told = browser_of(None).get(f"/api/decisions/{decision}/risks").json()["items"]
    assert {one["carrier"] for one in told} == {"Head of adult social care", None}
    assert "June" not in str(told) and "Ana" not in str(told) and all(one["who"] for one in told)


def test_the_good_that_would_be_lost_stands_beside_each_way(cast: Cast) -> None:
    decision = hall(cast)
    option = way(decision, cast.june)
    do(commands.SayWhatIsLost(decision=decision, option=option, words="A warm morning."), by=cast.ana)
    assert "A warm morning." in page(None, f"/decisions/{decision}/risks")
    api = browser_of(None).get(f"/api/decisions/{decision}/forgone").json()
    assert [one["words"] for one in api["items"]] == ["A warm morning."]
    assert browser_of(None).get(f"/api/decisions/{decision}/risks").json()["items"] == []


def test_what_could_go_wrong_and_what_good_would_be_lost_stand_where_people_answer(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    add = commands.AddOption(
        decision=decision, name="Five days", change="cut", risk="She may fall.", forgone="Her Saturdays."
    )
    do(add, by=cast.ken)
    option = acts.latest(models.Option, decision).id
    shown = page(cast.rosa, f"/decisions/{decision}")
    assert "What good would be lost if this is not chosen" in shown and "Her Saturdays." in shown
    assert "What people say could go wrong" not in shown  # nobody has added anything yet
    do(commands.SayWhatIsLost(decision=decision, option=option, words="My garden."), by=cast.rosa)
    do(commands.AddRisk(decision=decision, option=option, words="I may be cold."), by=cast.rosa)
    shown = page(cast.rosa, f"/decisions/{decision}")
    assert "My garden." not in shown and f'href="/decisions/{decision}/risks">What people say' in shown
    form = page(cast.rosa, f"/do/decisions.view_given?decision={decision}")
    before, folded = form.split("<summary>Before you answer: ")
    for words in ("She may fall.", "I may be cold.", "Her Saturdays.", "My garden."):
        assert words not in before and words in folded
    place = hall(cast)
    assert "Before you answer" not in page(cast.rosa, f"/do/decisions.place_view_given?decision={place}")
    way(place, cast.june)
    assert "An old risk." in page(cast.rosa, f"/do/decisions.place_view_given?decision={place}")
