"""What an advocate finds on their own page: their people's matters, and nothing that they may not see."""

import html

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.speaking import DisputeSpeaker
from tests.decisions import acts
from tests.promises.making import promised
from tests.visitor import page
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_an_advocate_finds_the_matters_of_those_they_speak_for_and_how_to_bring_their_answer(
    cast: Cast,
) -> None:
    matter = acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    home = page(cast.mina, "/")
    assert "People you speak for" in home and "End the visits on Mondays" in home
    assert "You can see no answer yet" in home and "Nothing will be taken away before they answer." in home
    assert f"/do/decisions.view_given?decision={matter}" in home
    assert "Ana Reyes" in home  # hers too, though nothing of hers is open
    said = acts.said(matter, cast.mina, on_behalf=cast.lena.person)
    assert said.is_spoken_for
    assert "You can see no answer yet" not in page(cast.mina, "/")


def test_what_an_advocate_said_is_seen_by_them_too_and_everybody_reads_so(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    acts.said(matter, cast.mina, on_behalf=cast.lena.person)
    of_lena, of_mina, of_priya = (
        page(who, f"/decisions/{matter}") for who in (cast.lena, cast.mina, cast.priya)
    )
    assert "Only you, Mina Kowalska and those who decide can see this." in of_lena
    assert "Only you, Lena Fox and those who decide can see this." in of_mina
    assert "Only they, Mina Kowalska and those who decide can see this." in of_priya
    for read in (of_lena, of_mina, of_priya):
        assert "Only you and those who decide can see this." not in read


def test_nobody_else_finds_them_there_not_even_who_cares_for_her_or_holds_a_power(cast: Cast) -> None:
    acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    for by in (cast.victor, cast.sol, cast.devon, cast.stranger):
        assert "People you speak for" not in page(by, "/")


def test_while_somebody_disputes_an_advocate_their_page_shows_nothing_of_it(cast: Cast) -> None:
    acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    do(DisputeSpeaker(link=named("lena mina"), words="She does not ask me."), by=cast.lena)
    home = page(cast.mina, "/")
    assert "End the visits on Mondays" not in home and "Ana Reyes" in home


def test_promises_to_those_they_speak_for_are_there_once_their_day_has_come(cast: Cast) -> None:
    promised(cast, to=cast.lena, by=cast.priya, what="A lock for the door.")
    words = "Promises to people you speak for"
    assert words not in page(cast.mina, "/")
    clock.advance(days=300)
    assert words in page(cast.mina, "/") and "A lock for the door." in page(cast.mina, "/")
    assert words not in page(cast.victor, "/")


def test_whoever_was_asked_to_check_finds_it_on_their_page_until_it_is_checked(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    do(
        commands.GiveView(decision=matter, position="for", words="Yes."),
        by=acts.typed_for(cast.rosa, cast.priya),
    )
    checker = acts.checker_asked(matter, cast.ken)
    assert "You were asked to check" in page(checker, "/") and acts.CUT.split("’")[0] in page(checker, "/")
    view = acts.latest(models.View, matter)
    card = page(checker, "/")
    assert "/do/decisions.view_confirmed?" in card and f"view={view.id}" in card, "a yes is offered too"
    assert "/do/decisions.check_answered" in card
    do(commands.ConfirmView(decision=matter, view=view.id), by=checker)
    assert "You were asked to check" not in page(checker, "/")
    assert "You were asked to check" not in page(cast.priya, "/")


def test_the_form_an_advocate_opens_on_a_matter_asks_what_they_were_told_and_not_for_whom(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "End the visits on Mondays")
    link = html.unescape(
        page(cast.mina, f"/decisions/{matter}").split(f'href="/do/decisions.view_given?decision={matter}')[1]
    ).split('"')[0]
    form = page(cast.mina, f"/do/decisions.view_given?decision={matter}{link}")
    assert "Say what they told you</h1>" in form and "Lena Fox" in form
    assert "For whom do you answer?" not in form and "Say what you think" not in form
    asked = page(cast.mina, f"/do/decisions.view_given?decision={matter}")
    assert "For myself" in asked and "I would rather not say" not in asked


def test_an_advocate_does_not_read_that_nothing_happens_where_a_legal_reason_lets_it(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    reason = acts.ground(matter, cast.ken)
    acts.safeguard(matter, cast.ken, "involved_anyway", "least_restrictive")
    stays = "Nothing will be taken away before they answer."
    assert stays in page(cast.mina, "/")
    acts.looked(reason, cast.mina)
    home = page(cast.mina, "/")
    assert "Move Lena to a home" in home and stays not in home
