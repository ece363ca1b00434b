"""The front door, one's own page, and what we say of ourselves."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.home.numbers import count_month
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.kernel.reading import looked
from alongside.topics.decisions.commands import (
    AgreeEveryday,
    Decide,
    GiveView,
    OpenIt,
    RaiseAboutPlace,
    RaiseDecision,
    Tell,
    TellPeople,
)
from alongside.topics.decisions.models import Affected, Telling
from tests.decisions import acts
from tests.decisions.votes import hall
from tests.world import Cast

pytestmark = pytest.mark.django_db
SAID_OF_OURSELVES = ("/talk", "/can-everyone-use-this", "/how-this-was-made", "/tell-us", "/this-place")


@pytest.fixture(autouse=True)
def _nothing_on_the_shelf() -> None:
    cache.clear()


@pytest.fixture
def here(client: Client) -> Callable[[Actor], Client]:
    """A browser in which somebody has signed in."""

    def signed_in(actor: Actor) -> Client:
        session = client.session
        session["person"], session["strong"] = str(actor.person), actor.strong
        session.save()
        return client

    return signed_in


def raised(cast: Cast, what: str = "Change your morning help from 7 days to 5") -> RaiseDecision:
    assert cast.rosa.person is not None
    return RaiseDecision(person=cast.rosa.person, what=what, change="cut", why="The budget is smaller.")


def test_the_front_door_shows_a_visitor_no_life_at_all(cast: Cast, client: Client) -> None:
    do(raised(cast, "Move from Alder Row"), by=cast.ken)
    page = client.get("/").content.decode()
    assert "Nothing about you is decided without you." in page
    assert "Alder Row" not in page
    assert "Try to decide without Rosa" not in page  # only a made-up place has that


def test_what_is_decided_about_a_place_is_on_the_front_door(cast: Cast, client: Client) -> None:
    place = RaiseAboutPlace(
        organisation=cast.council,
        what="Evening buses until eleven",
        change="increase",
        why="Evenings end at seven.",
    )
    do(place, by=cast.boyd)
    assert "Evening buses until eleven" in client.get("/").content.decode()


def test_the_first_thing_on_your_page_is_what_needs_you(cast: Cast, here: Callable[[Actor], Client]) -> None:
    do(raised(cast), by=cast.ken)
    page = here(cast.rosa).get("/").content.decode()
    needs, buttons = page.index("One decision needs you"), page.index("Say what I think")
    assert page.index("Hello Rosa Marlow") < needs < buttons < page.index("You and this record")
    assert "Nothing will be taken away before you answer." in page


def test_a_managers_page_says_what_he_cannot_do_yet(cast: Cast, here: Callable[[Actor], Client]) -> None:
    do(raised(cast), by=cast.ken)
    page = here(cast.ken).get("/").content.decode()
    assert "You cannot decide this yet" in page and "Rosa Marlow has not answered" in page


def test_whose_work_needs_a_passkey_reads_so_on_their_own_page_and_where_to_add_one(
    cast: Cast, here: Callable[[Actor], Client]
) -> None:
    words, adds = "Your work here needs a passkey", f'href="{reverse("mfa_list_webauthn")}"'
    came_by_email = Actor(person=cast.ken.person)
    read = here(came_by_email).get("/").content.decode()
    assert words in read and adds in read.split("<main", 1)[1]
    easy = here(came_by_email)
    easy.cookies["reading"] = "..easy"
    assert f"{words}." in easy.get("/").content.decode()
    for other in (cast.ken, cast.rosa, cast.boyd):
        assert words not in here(other).get("/").content.decode()


def test_you_see_who_looked_and_nobody_else_does(cast: Cast, here: Callable[[Actor], Client]) -> None:
    assert cast.rosa.person is not None
    looked(cast.priya, cast.rosa.person, "decision")
    assert "Priya Nair" in here(cast.rosa).get("/").content.decode()
    assert "Priya Nair" not in here(cast.devon).get("/").content.decode()


def test_your_page_asks_the_database_as_often_however_much_is_there(
    cast: Cast, here: Callable[[Actor], Client]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert browser.get("/").status_code == 200
        return len(questions)

    browser = here(cast.rosa)
    for number in range(6):
        do(raised(cast, f"Change {number}"), by=cast.ken)
    browser.get("/")
    before = asked()
    for number in range(30):
        do(raised(cast, f"Another change {number}"), by=cast.ken)
    assert asked() <= before


def test_a_page_that_says_nothing_of_anybody_asks_two_questions(
    cast: Cast, here: Callable[[Actor], Client]
) -> None:
    """Which sitting it is, and what is open to its person: nothing else."""
    browser = here(cast.rosa)
    browser.get("/talk")
    with CaptureQueriesContext(connection) as questions:
        browser.get("/talk")
    assert len(questions) == 2, [each["sql"] for each in questions]


@pytest.mark.parametrize("path", SAID_OF_OURSELVES)
def test_anybody_can_read_what_we_say_of_ourselves(path: str, client: Client, db: None) -> None:
    assert client.get(path).status_code == 200


def test_we_say_that_nobody_who_draws_on_care_has_judged_this(client: Client) -> None:
    page = client.get("/how-this-was-made").content.decode()
    assert "Nobody who draws on care and support has judged this yet." in page


def test_there_are_no_doors_to_try_where_people_are_real(client: Client) -> None:
    assert client.get("/try").status_code == 404


def test_a_month_counts_how_decisions_were_made(cast: Cast) -> None:
    assert cast.rosa.person is not None
    with clock.at("2026-03-03"):
        decision = do(raised(cast), by=cast.ken).thing
        do(Tell(decision=decision, channel="letter_large"), by=cast.ken)
    with clock.at("2026-03-09"):
        telling = Telling.objects.seen_by(cast.rosa).get(decision=decision)
        do(OpenIt(decision=decision, telling=telling.id), by=cast.rosa)
        do(GiveView(decision=decision, position="for", words="Yes."), by=cast.rosa)
    with clock.at("2026-03-20"):
        do(Decide(decision=decision, outcome="agreed", reasons="You agree."), by=cast.ken)
        for number in range(6):
            small = AgreeEveryday(
                person=cast.rosa.person,
                what=f"An hour more on day {number}",
                change="increase",
                words="Yes, please.",
                channel="phone",
            )
            do(small, by=cast.priya)
    march = count_month(date(2026, 3, 1), date(2026, 3, 31))
    assert march.lives.total == 7
    assert march.lives.parts == ()  # six and one would give the one away
    assert count_month(date(2026, 4, 1), date(2026, 4, 30)).lives.total == 0


def test_of_all_they_were_ever_told_only_the_last_month_is_counted_and_all_of_it(
    cast: Cast, here: Callable[[Actor], Client]
) -> None:
    """More than the page looks up at first, and older ones that it must leave out."""
    assert cast.rosa.person is not None
    for day, times in (("2026-01-05", 3), ("2026-03-02", 9), ("2026-03-16", 8)):
        with clock.at(day):
            for number in range(times):
                small = AgreeEveryday(
                    person=cast.rosa.person,
                    what=f"An hour more on day {number}",
                    change="increase",
                    words="Yes, please.",
                    channel="phone",
                )
                do(small, by=cast.priya)
    for day, things in (("2026-03-20", "17 things"), ("2026-04-10", "8 things")):
        with clock.at(day):
            assert (
                f"we have asked you {things} in the last 30 days" in here(cast.rosa).get("/").content.decode()
            )
    with clock.at("2026-06-01"):
        assert "in the last 30 days" not in here(cast.rosa).get("/").content.decode()


def test_the_front_page_asks_for_no_answer_by_a_day_that_is_past(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        group = acts.latest(Affected, decision)
        told = TellPeople(decision=decision, group=group.id, channel="talked_through", reached=30)
        do(told, by=cast.june)
        assert "Please answer by" in Client(headers={"host": "localhost"}).get("/").content.decode()
    with clock.at("2026-06-02"):
        shown = Client(headers={"host": "localhost"}).get("/").content.decode()
        assert "Please answer by" not in shown and "You can still answer." in shown
