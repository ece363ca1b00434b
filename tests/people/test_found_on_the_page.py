"""What a worker has to do about a record is found on its page, and the person reads why others see theirs."""

import html
import json
from pathlib import Path
from typing import Any

import pytest

from alongside.interfaces.cli import main
from alongside.kernel.door import do
from alongside.topics.people.commands.links import WithdrawConsent
from alongside.topics.people.commands.persons import LinkToCouncilSystem
from alongside.topics.people.commands.speaking import DisputeSpeaker
from tests.decisions import acts
from tests.visitor import page
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


def test_the_form_that_joins_two_records_says_which_name_stays(cast: Cast) -> None:
    form = page(cast.priya, f"/do/people.merge_asked_for?person={cast.rosa.person}")
    assert "The record above stays, with its name. This one leads to it from then on." in form
    asked = page(cast.priya, f"/do/people.related?person={cast.rosa.person}&kind=family")
    assert "The person and those who work for them, to know who is who." in asked
    own = page(cast.rosa, f"/do/people.related?person={cast.rosa.person}&kind=family")
    assert "You and those who work for you, to know who is who." in own


def test_in_a_made_up_place_its_people_are_named_to_every_verb_alike(
    cast: Cast, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    face = {"person": str(cast.priya.person), "name": "Priya Nair", "who": "a social worker", "strong": True}
    settings.HOME = tmp_path
    (tmp_path / "made-up").write_text(json.dumps({"faces": [face]}))
    assert main(["people", "find", "marlow", "--as", "Priya"]) == 0
    assert "Rosa Marlow" in capsys.readouterr().out
    assert main(["people", "find", "marlow", "--as", "Nobody"]) == 1
    assert "“Nobody” is not the number of a person." in capsys.readouterr().err


def test_once_a_speaker_is_disputed_their_page_says_so_and_asks_it_no_more(cast: Cast) -> None:
    link = f"/people/links/{named('ana mina')}"
    assert "They should not speak for me" in page(cast.ana, link)
    do(DisputeSpeaker(link=named("ana mina"), words="She said more than I asked."), by=cast.ana)
    hers = page(cast.ana, link)
    assert "that Mina Kowalska should not. Until it is settled, their words are only their own." in hers
    assert "They should not speak for me" not in hers and "Take back my consent" in hers
    assert "Until it is settled" in page(cast.omar, link)
    assert "Until it is settled" not in page(cast.mina, link)
