"""What stands around a question: whom it is about, the way back, and a number to ring beside “ring us”."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from alongside.interfaces.asking import askable
from alongside.interfaces.shell import ring
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.keeping import ProposeHoldBack, WhyHeldBack
from alongside.topics.people.commands.reaching import AskForFormat
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import Dispute
from alongside.topics.people.policy import name_of
from tests.decisions.acts import raised
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


def test_a_form_that_nobody_was_led_to_leads_to_the_start(cast: Cast) -> None:
    """A form about nothing that is there yet, opened from nowhere, had no way out of it."""
    page = form(cast.priya, "decisions.raised")
    assert page.count('<a class="back" href="/">Go to the start</a>') == 1
    assert page.count('class="back"') == 1


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


def test_who_may_not_do_something_is_told_of_people_and_not_of_the_machine(cast: Cast) -> None:
    told = form(cast.rosa, "people.team_added", organisation=cast.council)
    assert "Only a manager there can do this." in told and "Alongside itself" not in told


def test_a_form_that_was_not_ours_leads_back_to_the_page_that_is() -> None:
    client = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    page = client.post("/code/?next=/talk", {"code": "K7MP-3XQ9"}).content.decode()
    assert 'class="button" href="/code/?next=/talk"' in page


def test_in_easy_read_the_question_stands_before_its_pictures() -> None:
    client = Client(HTTP_HOST="localhost")
    client.cookies["reading"] = "..easy"
    page = client.get("/code/").content.decode()
    assert page.index("<h1") < page.index('class="easy-row"')
    assert page.count("K7MP-3XQ9") == 2 and "ABCD-2345" not in page


def test_an_empty_code_is_asked_for_in_the_words_of_the_page(devon_has_an_email: Client) -> None:
    page = devon_has_an_email.post("/sign-in/code/", {"code": ""}).content.decode()
    summary = page.partition('class="govuk-error-summary"')[2].partition("</ul>")[0]
    assert "What is the code we sent you?" in summary and ">Code:" not in summary


@pytest.fixture
def devon_has_an_email() -> Client:
    """A browser that was sent a code, or was told so: nobody learns who has an account."""
    client = Client(HTTP_HOST="localhost")
    client.post("/sign-in/", {"login": "devon@example.org"})
    return client


def test_what_was_typed_for_somebody_is_in_easy_read_too(cast: Cast) -> None:
    typed = Actor(person=named("rosa"), typed_by=named("priya"), how="phone", strong=True)
    do(AskForFormat(person=named("rosa"), code="audio"), by=typed)
    client = browser_of(cast.rosa)
    client.cookies["reading"] = "..easy"
    page = client.get("/me/typed-for-you").content.decode()
    assert "There is no Easy Read" not in page and "Priya Nair" in page
    assert page.count('<details class="thing" name="one-thing" open') == 1
    assert "/do/people.typed_act_answered" in page


def test_a_form_about_what_bears_no_name_says_whose_record_it_is_of(cast: Cast) -> None:
    do(DisputeSpeaker(link=named("lena victor attorney"), words="He keeps it."), by=cast.lena)
    dispute = Dispute.everything.get().id
    who_speaks, whose = name_of(named("victor")), name_of(named("lena"))
    assert over_the_title(form(cast.lena, "people.dispute_settled", dispute=dispute)) == [who_speaks]
    assert over_the_title(form(cast.priya, "people.dispute_settled", dispute=dispute)) == [whose, who_speaks]
    held = ProposeHoldBack(
        about_whom=named("lena"),
        table="people.Dispute",
        thing_held=dispute,
        held_from=named("devon"),
        test=WhyHeldBack.THIRD_PARTY,
        reasons="The neighbour asked us not to say.",
        review_on=clock.today() + timedelta(days=30),
        ends_on=clock.today() + timedelta(days=60),
    )
    pk = do(held, by=cast.priya).thing
    assert over_the_title(form(cast.priya, "people.hold_back_lifted", hold_back=pk)) == [whose]


def test_nobody_is_offered_who_is_named_already(cast: Cast) -> None:
    matter = raised(cast.ken, cast.rosa)
    page = form(cast.rosa, "decisions.affected_named", decision=matter)
    assert f'value="{named("rosa")}"' not in page and f'value="{named("devon")}"' in page


def test_whoever_writes_down_a_worker_reads_that_the_team_is_needed(cast: Cast) -> None:
    """It said "you can leave this blank", and then that the team must be chosen."""
    address = f"/do/people.related?person={named('rosa')}&kind=named_worker"
    page = browser_of(cast.ken).get(address).content.decode()
    assert "(needed, for a worker)" in page.partition("For a worker: in which team?")[2][:200]
