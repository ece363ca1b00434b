"""What a page about a matter tells its reader is so for that reader, and says whose words it shows."""

import re
from typing import Any
from uuid import UUID

import pytest
from django import forms

from alongside.interfaces.form import CommandForm
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.seats import named_here
from alongside.topics.people.commands.deaths import WriteDownDeath
from alongside.topics.people.models import Person
from tests.decisions import acts
from tests.decisions.acts import at
from tests.decisions.problems import raised
from tests.decisions.seats import offered
from tests.decisions.votes import hall, seated
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_of_somebody_who_has_died_nobody_is_offered_to_say_what_came_of_a_telling_or_to_promise(
    cast: Cast,
) -> None:
    decision = acts.raised(cast.ken, cast.rosa, "Two more hours", "increase")
    acts.said(decision, cast.rosa, "for", "Yes.")
    acts.sent(decision, cast.ken)
    acts.decided(decision, cast.ken)
    before = page(cast.ken, at(decision))
    assert "Say what came of it" in before and "Make a promise" in before
    do(WriteDownDeath(person=named("rosa"), words="Her brother rang."), by=cast.priya)
    after = page(cast.ken, at(decision))
    assert "How people were told about this" in after
    assert "Say what came of it" not in after and "Make a promise" not in after


def way_by_code(cast: Cast, problem: UUID) -> str:
    """The way of a problem, as Rosa reads it who came with the code from her letter."""
    by_code = browser_of(cast.rosa, only=problem).get(f"/problems/{problem}").content.decode()
    way: str = by_code[by_code.index('id="way"') :]
    return way[: way.index("</section>")]


def test_whoever_came_with_a_code_does_not_read_that_what_is_hidden_from_them_is_to_come(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    open_one = commands.RaiseAboutPlace(
        organisation=cast.council, what="Open at nine", change="start", problem=problem
    )
    do(open_one, by=cast.june)
    address = f"/problems/{problem}"
    signed_in = browser_of(cast.rosa).get(address).content.decode()
    assert "to come" in signed_in and "Decided" in signed_in
    way = way_by_code(cast, problem)
    assert "to come" not in way and "not shown with a code" in way
    assert "With your code you see that it has come to: said. It may be further." in way


def test_where_a_problem_came_to_nothing_more_a_code_hides_nothing_and_the_page_says_so(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    way = way_by_code(cast, problem)
    assert "not shown with a code" not in way and "to come" in way
    assert "It has come to: said." in way and "It may be further." not in way


def test_within_a_sentence_nobody_begins_with_a_capital_who_has_no_name_there(cast: Cast) -> None:
    decision = hall(cast)
    for one in (cast.rosa, cast.devon, cast.lena, cast.victor, cast.boyd):
        view = commands.GiveViewOnPlace(decision=decision, position="unsure", words="I do not know.")
        do(view, by=one, anonymous=False)
        clock.advance(minutes=1)
    seated(cast, decision, cast.rosa, is_member=True)
    folded = re.findall(r"more answers?, by [^<]*", page(cast.stranger, at(decision)))
    assert folded and "a member who draws on care and support" in folded[0]
    assert not re.search(r"\b(A member|Someone|You)\b", folded[0])


def test_a_vote_is_offered_to_whom_a_place_affects_though_whoever_decides_knows_them_from_nowhere_else(
    cast: Cast,
) -> None:
    decision = hall(cast)
    offer = commands.OfferVote(decision=decision, person=cast.stranger.person, is_member=True)
    given = {"decision": str(decision)}

    def choices() -> dict[UUID, Any]:
        found = commands.OfferVote.choices_within("person", cast.june, given)
        return dict(Person.choices_for(cast.june) if found is None else found)

    assert cast.stranger.person not in choices()
    with pytest.raises(Refused, match="We could not find that"):
        do(offer, by=cast.june)
    view = commands.GiveViewOnPlace(decision=decision, position="unsure", words="I eat there.")
    do(view, by=cast.stranger, anonymous=False)
    assert choices()[named("stranger")] == "Sam Stroud"
    form = f"/do/decisions.vote_offered?decision={decision}"
    sent: Any = browser_of(cast.june).post(
        form, {"decision": str(decision), "person": str(cast.stranger.person), "is_member": "on"}
    )
    assert sent.status_code == 303, sent.content.decode()[:3000]
    assert models.Seat.everything.get(decision=decision).person == cast.stranger.person


def test_nobody_is_known_from_a_matter_in_which_they_speak_without_a_name_or_for_a_body(cast: Cast) -> None:
    decision, life = hall(cast), acts.raised(cast.ken, cast.rosa)
    view = commands.GiveViewOnPlace(decision=decision, position="unsure", words="I eat there.")
    do(view, by=cast.stranger, anonymous=True)
    do(view, by=cast.tom, anonymous=False)
    do(view, by=cast.devon, anonymous=False)
    assert named_here(cast.june, decision, clock.now()) == {cast.devon.person: "Devon Marlow"}
    assert named_here(cast.ken, life, clock.now()) == {}, "a life is shown to those who work there alone"
    with pytest.raises(Refused, match="We could not find that"):
        do(commands.OfferVote(decision=decision, person=cast.stranger.person), by=cast.june)


def test_whoever_acts_for_a_user_led_organisation_finds_the_seat_that_waits_on_their_own_page(
    cast: Cast,
) -> None:
    decision = hall(cast)
    seat = offered(decision, cast.june, cast.omar)
    asked = "One more person would decide this with the others, if you agree."
    assert asked in page(cast.ana, "/")
    for other in (cast.june, cast.omar, cast.rosa, cast.tom, cast.stranger):
        assert asked not in page(other, "/")
    do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.ana)
    assert asked not in page(cast.ana, "/")


def test_whoever_answers_a_problem_reads_that_only_whom_we_know_is_told(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    form = page(cast.ken, f"/do/decisions.problem_answered?problem={problem}")
    assert "We tell whoever raised it, if we know them." in form
    assert "Whoever raised it is told." not in form


def test_beside_each_way_that_a_life_could_go_stands_who_wrote_it_and_when(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    with clock.at("2026-03-05"):
        way = commands.AddOption(
            decision=decision, name="Five days", change="cut", risk="I may fall.", risk_to="me"
        )
        do(way, by=cast.rosa)
        assert "Rosa Marlow wrote this on 5 March 2026." in page(cast.ken, at(decision))
        assert "You wrote this on 5 March 2026." in page(cast.rosa, at(decision))
        client = browser_of(cast.rosa)
        client.cookies["reading"] = "..easy"
        easy = client.get(at(decision)).content.decode()
        assert "You wrote this on 5 March 2026." in easy[: easy.index("This part is not in Easy Read")]
    place = hall(cast)
    do(commands.AddOption(decision=place, name="Six days", change="swap", risk="Cost."), by=cast.june)
    assert "wrote this on" not in page(cast.stranger, at(place))


def test_whose_life_it_is_is_asked_of_those_alone_in_whose_life_somebody_may_raise_anything(
    cast: Cast,
) -> None:
    """Rosa's own worker stood among those whose life it could be, and the door then refused her."""

    def offered(reader: Actor) -> set[str]:
        form = CommandForm(commands.RaiseDecision, reader)
        field = form.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        found: Any = field.choices
        return {str(value) for value, _words in found if value}

    assert offered(cast.rosa) == {str(cast.rosa.person)}
    for reader in (cast.priya, cast.devon):
        assert str(cast.rosa.person) in offered(reader)
    assert str(cast.priya.person) not in offered(cast.ken), "nor is it a worker's for whom they work"
    assert str(cast.rosa.person) in offered(cast.ken)
    assert str(cast.mina.person) not in offered(cast.ana) and str(cast.ana.person) in offered(cast.mina)
