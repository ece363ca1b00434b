"""The pages of people, read by somebody who is tired: each thing once, in words about the reader."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.keeping import AgreeHoldBack
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import AgreesFor
from alongside.topics.people.pages.sight import Alike, Seer, alike
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.people.keeping import a_dispute
from tests.people.outside_the_line import CHECKED, held
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def page(actor: Actor | None, name: str, *arguments: Any) -> str:
    address = reverse(name, args=arguments)
    found = browser_of(actor).get(address) if actor else Client(HTTP_HOST="localhost").get(address)
    return str(found.content.decode())


def seer(name: str, why: str, *areas: str, links: tuple[Any, ...] = ()) -> Seer:
    seen = tuple((area, 1, 1) for area in areas)
    return Seer(named(name), name, seen, links, () if links else (why,))


def test_those_who_see_the_same_for_the_same_reason_are_told_once() -> None:
    found = alike(
        [
            seer("Ada", "They work where you work.", "Your name"),
            seer("Ken", "They work where you work.", "Your name", "Your number"),
            seer("Ted", "They work where you work.", "Your name"),
        ]
    )
    assert [one.names for one in found] == [["Ada", "Ted"], ["Ken"]]
    assert all(one.has_one_reason for one in found)


def test_a_relationship_that_can_be_changed_is_told_by_itself() -> None:
    found: list[Alike] = alike([seer(name, "", "Your name", links=(object(),)) for name in ("Devon", "Ines")])
    assert [one.names for one in found] == [["Devon"], ["Ines"]]


def test_what_somebody_is_to_others_is_said_to_them_as_theirs(cast: Cast) -> None:
    own = page(cast.priya, "people:person", named("priya"))
    assert "What you are to them: named worker" in own and "They are:" not in own
    assert "What Priya Nair is to them: named worker" in page(cast.ken, "people:person", named("priya"))


def test_what_a_speaker_may_speak_about_is_a_sentence(cast: Cast) -> None:
    assert "Advocate. May speak about: everything" in page(cast.ana, "people:person", named("ana"))


def test_what_is_so_now_bears_no_mark_and_what_waits_does(cast: Cast) -> None:
    assert 'class="state' not in page(cast.rosa, "people:person", named("rosa"))


def test_a_dispute_is_told_to_whose_life_it_is_as_theirs(cast: Cast) -> None:
    do(DisputeSpeaker(link=named("lena victor attorney"), words="He reads my post."), by=cast.lena)
    assert "Who should not speak for you" in page(cast.lena, "people:person", named("lena"))
    link = page(cast.ana, "people:link", named("ana mina"))
    assert "They should not speak for me" in link and "Mina Kowalska is not told." in link


def test_whoever_has_a_worker_asks_for_another_where_they_read_of_them(cast: Cast) -> None:
    link = page(cast.rosa, "people:link", named("rosa priya"))
    assert "Ask for another worker" in link and "change=worker" in link
    assert "Ask for another worker" not in page(cast.priya, "people:link", named("rosa priya"))


def test_a_box_that_nobody_ticked_is_not_shown_as_an_answer(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    typed = Actor(person=named("rosa"), typed_by=named("priya"), how="phone", strong=True)
    acts.said(matter, typed, words="Mornings are when I need it.")
    shown = page(cast.rosa, "people:typed_for_me")
    assert "Mornings are when I need it." in shown
    assert "<dd>No</dd>" not in shown
    assert 'class="button button-voice button-small" href="/do/people.typed_act_answered' in shown


def test_a_body_says_who_is_there_before_its_numbers_and_little_of_what_was_never_counted(cast: Cast) -> None:
    shown = page(None, "people:organisation", cast.council)
    assert shown.index('id="offices"') < shown.index('id="second-person"')
    assert shown.count("Who agrees, and what this body may not do yet") == 1
    assert shown.count("Nothing of it is counted here yet.") == 3 and shown.count("How we count") == 1
    assert "Emergencies" not in shown


def test_whom_nothing_waits_for_reads_that_first(cast: Cast) -> None:
    quiet = page(cast.victor, "home")
    assert quiet.index("Nothing needs you now.") < quiet.index("To be heard")
    acts.sent(acts.raised(cast.ken, cast.rosa), cast.ken)
    assert "Nothing needs you now." not in page(cast.rosa, "home")


def test_what_stands_on_somebodys_work_is_said_to_them_as_theirs(cast: Cast) -> None:
    assert "It is your work." in page(cast.priya, "people:person", named("priya"))
    assert "It is their work." in page(cast.rosa, "people:link", named("rosa priya"))


def test_whoever_asked_for_a_second_person_reads_who_agreed(cast: Cast) -> None:
    ask = held(cast, cast.priya, a_dispute(cast))
    do(AgreeHoldBack(hold_back=ask, checked=CHECKED), by=cast.dee)
    assert "Dee Pritchard agreed on" in page(cast.priya, "people:asked_to_agree")


def test_how_somebody_is_told_comes_before_what_else_they_need(cast: Cast) -> None:
    own = page(cast.rosa, "people:ways", named("rosa"))
    assert own.index('id="ways"') < own.index('id="format"')
    assert "By a safe way, which you choose." in own
    assert "By a safe way, which they choose." in page(cast.priya, "people:ways", named("rosa"))


def test_whoever_adds_somebody_to_their_own_life_is_not_spoken_of_as_another(cast: Cast) -> None:
    assert "Someone you asked to speak for you" in page(cast.rosa, "people:add", named("rosa"))
    assert "Someone they asked to speak for them" in page(cast.priya, "people:add", named("rosa"))


def test_who_works_for_nobody_is_not_asked_for_a_number_of_the_councils_system(cast: Cast) -> None:
    assert "own system" in page(cast.priya, "people:find")
    assert "own system" not in page(cast.rosa, "people:find")


def test_whoever_names_or_ends_an_office_that_agrees_comes_to_its_page_and_reads_which(cast: Cast) -> None:
    """Both led to a page that is not there, and the form did not say which office it ends."""
    there = reverse("people:not_yet", args=[cast.council])
    browser = browser_of(cast.ken)
    named_now = {"organisation": str(cast.council), "office": str(cast.junes_office)}
    answer = browser.post("/do/people.agreeing_office_named", named_now, follow=True)
    assert answer.status_code == 200 and answer.redirect_chain[-1][0] == there
    row = AgreesFor.everything.get()
    ended = f"/do/people.agreeing_office_ended?named={row.id}"
    form = browser.get(ended).content.decode()
    assert "Head of adult social care" in form.partition("<h1>")[0]
    answer = browser.post(ended, {"named": str(row.id)}, follow=True)
    assert answer.status_code == 200 and answer.redirect_chain[-1][0] == there


def test_a_team_that_supports_somebody_is_not_said_to_draw_on_support(cast: Cast) -> None:
    own = page(cast.rosa, "people:person", named("rosa"))
    assert "They support you" in own and "Draws on care and support" not in own
    assert "They support this person" in page(cast.priya, "people:person", named("rosa"))


def test_a_way_is_added_in_one_place_in_easy_read_too(cast: Cast) -> None:
    for reading in ("", "..easy"):
        client = browser_of(cast.rosa)
        client.cookies["reading"] = reading
        found = client.get(reverse("people:ways", args=[named("rosa")])).content.decode()
        assert found.count(">Add a way</a>") == 1, reading or "in full"
