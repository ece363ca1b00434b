"""What stands around a question: whom it is about, the way back, and a number to ring beside “ring us”."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from alongside.interfaces.asking import askable
from alongside.interfaces.shell import ring
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def form(actor: Actor, kind: str, **given: object) -> str:
    return (
        browser_of(actor).get(f"/do/{kind}", {name: str(it) for name, it in given.items()}).content.decode()
    )


def over_the_title(page: str) -> list[str]:
    return re.findall(r'<p class="kicker">([^<]*)</p>', page.partition("<h1>")[0])


def test_a_form_says_over_its_title_whom_it_is_about(cast: Cast) -> None:
    assert over_the_title(form(cast.priya, "people.format_asked_for", person=named("rosa"))) == [
        "Rosa Marlow"
    ]
    assert over_the_title(form(cast.ken, "people.appointed_to_office", office=cast.kens_office)) == [
        "Team manager, East"
    ]


def test_a_form_about_yourself_does_not_tell_you_your_own_name(cast: Cast) -> None:
    assert over_the_title(form(cast.rosa, "people.format_asked_for", person=named("rosa"))) == []


def test_a_form_leads_back_to_what_it_is_about_where_no_page_is_named(cast: Cast) -> None:
    page = form(cast.rosa, "people.name_put_right", person=named("rosa"))
    assert f'<a class="back" href="/people/of/{named("rosa")}">' in page


def test_a_form_for_something_new_leads_back_to_that_to_which_it_will_belong(cast: Cast) -> None:
    page = form(cast.ken, "people.team_added", organisation=cast.council)
    assert f'<a class="back" href="/people/of/{cast.council}">' in page
    hearing = form(cast.rosa, "voice.hearing_asked", organisation=cast.council)
    assert f"/hearings/{cast.council}" not in hearing


def test_a_form_never_leads_back_to_what_comes_after_it(cast: Cast) -> None:
    """“Back” from saying whether a promise was kept led on to the question after it."""
    with clock.at("2026-03-02"):
        ramp = promised(cast, to=cast.rosa)
    with clock.at("2027-01-04"):
        page = form(cast.rosa, "promises.verdict_given", promise=ramp)
    assert f'<a class="back" href="/promises/{ramp}">' in page


def test_who_says_how_they_are_told_reads_nothing_of_typing_for_others(cast: Cast) -> None:
    typed = "If you write it down for somebody"
    for kind in ("people.way_set", "people.sign_in_linked"):
        assert typed not in form(cast.rosa, kind, person=named("rosa"))
        assert typed in form(cast.priya, kind, person=named("rosa"))


def test_a_name_is_asked_on_one_line(cast: Cast) -> None:
    page = form(cast.rosa, "people.name_put_right", person=named("rosa"))
    assert '<input type="text" name="name"' in page and "<textarea" not in page


def test_no_question_says_twice_that_it_may_be_left_blank() -> None:
    twice = [
        f"{command.records}: {shape.name}"
        for command in askable()
        for shape in command.asked_shapes()
        if not shape.required and "You can leave this blank" in str(shape.asked.hint)
    ]
    assert not twice, twice


def test_no_hidden_box_of_a_form_is_there_twice(cast: Cast) -> None:
    given = {"about_whom": named("rosa"), "thing_held": named("rosa"), "held_from": named("devon")}
    page = form(cast.priya, "people.hold_back_proposed", table="people.Person", **given)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_number_to_ring_can_be_pressed_and_is_not_broken_in_two() -> None:
    assert ring("01632 960 000") == '<a class="phone" href="tel:01632960000">01632 960 000</a>'
    assert "tel:+4416329" in ring("+44 16329") and "<b>" not in ring("<b>1</b>")


@pytest.mark.parametrize("path", ["/nothing-here", "/code/", "/sign-in/", "/council/failed/"])
def test_where_somebody_is_stuck_the_number_stands_beside_it(path: str, settings: Any) -> None:
    settings.PLACE_PHONE = "01632 960 000"
    page = Client(HTTP_HOST="localhost").get(path).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:01632960000"' in main


@pytest.mark.parametrize("path", ["/council/stopped/", "/council/failed/"])
def test_a_sign_in_that_came_to_nothing_is_told_in_our_words_with_a_way_on(path: str) -> None:
    page = Client(HTTP_HOST="localhost").get(path).content.decode()
    assert "ogin" not in page.partition("<main")[2].partition("</main>")[0].replace("/sign-in/", "")
    assert 'class="button" href="/sign-in/"' in page


def test_without_scripts_the_sign_in_page_says_so_where_the_passkey_would_be() -> None:
    page = Client(HTTP_HOST="localhost").get("/sign-in/").content.decode()
    assert "<noscript>" in page.partition("<main")[2].partition("</main>")[0]
    assert "<noscript>" not in page.partition("</main>")[2]


def test_a_new_passkey_is_not_called_in_the_words_of_a_package(cast: Cast) -> None:
    from alongside.interfaces.signing_in.accounts import account_of
    from alongside.interfaces.signing_in.passkey import Passkeys

    assert cast.rosa.person
    request = RequestFactory().get("/passkeys/add/")
    request.user = account_of(cast.rosa.person)
    assert Passkeys(request).generate_authenticator_name(request.user, "webauthn") == "My passkey"
