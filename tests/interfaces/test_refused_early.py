"""A form that will be refused says so before anything is typed, and tells nobody what is not for them."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver

from alongside.kernel.door import do
from alongside.topics.decisions import commands
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_who_may_not_decide_reads_who_can_and_no_form(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    answer = browser_of(cast.rosa).get(f"/do/decisions.told?decision={decision}")
    text = answer.content.decode()
    assert answer.status_code == 403 and "Only one of those who decide" in text and "<textarea" not in text
    assert "<form" in browser_of(cast.ken).get(f"/do/decisions.told?decision={decision}").content.decode()


def test_a_matter_that_is_not_for_them_is_as_if_it_were_not_there(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    for other in (None, cast.stranger, cast.victor):
        there = browser_of(other).get(f"/do/decisions.told?decision={decision}")
        nowhere = browser_of(other).get(f"/do/decisions.told?decision={cast.rosa.person}")
        assert there.status_code == nowhere.status_code == 404


def test_whoever_must_sign_in_more_surely_is_told_first(cast: Cast) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(raised, by=cast.june).thing
    weak = browser_of(replace(cast.june, strong=False))
    answer = weak.get(f"/do/decisions.place_decided?decision={decision}")
    assert answer.status_code == 403 and "sign in with your passkey" in answer.content.decode()


def test_whoever_types_for_somebody_finds_the_form_of_their_act(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    answer = browser_of(cast.priya).get(f"/do/decisions.view_given?decision={decision}")
    assert answer.status_code == 200 and "Are you typing this for somebody else?" in answer.content.decode()


def test_a_form_that_anyone_may_send_shows_itself_to_anyone(cast: Cast) -> None:
    assert browser_of().get("/do/decisions.problem_raised?what=place").status_code == 200
    answer = browser_of().get("/do/decisions.place_raised")
    assert answer.status_code == 403 and "Sign in" in answer.content.decode()


def test_a_form_in_which_a_visitor_can_choose_nothing_says_who_can_send_it(cast: Cast) -> None:
    """It asked whose life it is about, with nothing to choose."""
    acts.raised(cast.ken, cast.rosa)
    answer = browser_of().get("/do/decisions.raised")
    assert answer.status_code == 403 and "Sign in" in answer.content.decode()
    assert browser_of(cast.priya).get("/do/decisions.raised").status_code == 200


def test_what_is_too_much_at_once_is_refused_on_a_page_that_says_what_to_do(cast: Cast) -> None:
    """It was two words of Django's: Bad Request."""
    much = "words=" + "x" * 11_000_000
    careful = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    careful.get("/do/decisions.concern_raised")  # so that it has our cookie, as a browser has
    answer = careful.post(
        "/do/decisions.concern_raised", much, content_type="application/x-www-form-urlencoded"
    )
    page = answer.content.decode()
    assert answer.status_code == 413 and "This is too much at once" in page and "Nothing was saved." in page
    assert 'class="leave' in page, "and with the way out"


def test_the_page_of_our_own_mistake_says_whom_to_ring_and_leads_to_the_start(settings: Any) -> None:
    """It is drawn without the database, in both languages, with the way out."""
    settings.PLACE_PHONE = "01632 960 000"
    answer = get_resolver().resolve_error_handler(500)(RequestFactory().get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500 and 'href="tel:01632960000"' in page and 'href="/"' in page
    assert '<a class="button button-quiet" href="/" lang="cy">' in page, "a button in each language"
    assert "Something went wrong" in page and "Ein bai ni yw hyn" in page and "Leave this page fast" in page
