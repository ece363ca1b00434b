"""What a worker has to do about a record is found on its page, and the person reads why others see theirs."""

import html

import pytest

from alongside.kernel.door import do
from alongside.topics.people.commands.links import WithdrawConsent
from alongside.topics.people.commands.persons import LinkToCouncilSystem
from tests.decisions import acts
from tests.decisions.test_pages import page
from tests.world import Cast, named

pytestmark = pytest.mark.django_db

ACTS = ("council_system_linked", "placed_with_team", "merge_asked_for", "hold_placed")


def test_a_worker_finds_how_to_join_two_records_and_to_add_the_councils_number(cast: Cast) -> None:
    rosa = cast.rosa.person
    of_priya = page(cast.priya, f"/people/{rosa}")
    for kind in ACTS:
        assert f'href="/do/people.{kind}?person={rosa}' in of_priya, kind
    for other in (cast.rosa, cast.devon):
        shown = page(other, f"/people/{rosa}")
        assert not any(f"/do/people.{kind}" in shown for kind in ACTS)
    form = page(cast.priya, f"/do/people.merge_asked_for?person={rosa}")
    assert "Which record is the same person?" in form


def test_the_councils_number_stands_with_the_name_of_its_system_and_can_be_taken_back(cast: Cast) -> None:
    rosa = cast.rosa.person
    assert rosa is not None
    do(LinkToCouncilSystem(person=rosa, system="social_care", reference="P-10482"), by=cast.priya)
    for reader in (cast.priya, cast.rosa):
        shown = html.unescape(page(reader, f"/people/{rosa}"))
        assert "<dt>Adult social care</dt><dd>P-10482</dd>" in shown and "Social_care" not in shown
        taking = shown.split('href="/do/people.council_system_unlinked')[1].split('"')[0]
        form = page(reader, f"/do/people.council_system_unlinked{taking}")
        assert "Take back a number from the council" in form


def test_whoever_was_somebodys_advocate_is_said_to_have_been_in_their_life(cast: Cast) -> None:
    ana = cast.ana.person
    matter = acts.raised(cast.omar, cast.ana, "End the visits on Mondays")
    acts.said(matter, cast.mina, on_behalf=ana)
    do(WithdrawConsent(link=named("ana mina")), by=cast.ana)
    shown = page(cast.ana, f"/people/{ana}/who-can-see")
    assert "They were in your life before. They still see what they took part in then." in shown
    assert "They may know of you, because of where you or they work." not in shown


def test_whoever_disputes_a_speaker_of_their_own_is_spoken_to_themself(cast: Cast) -> None:
    form = f"/do/people.speaker_disputed?link={named('ana mina')}"
    assert "Say that somebody should not speak for you</h1>" in page(cast.ana, form)
    assert "Say that somebody should not speak for this person</h1>" in page(cast.omar, form)
