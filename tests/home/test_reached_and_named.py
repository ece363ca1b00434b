"""What somebody may do is reached by a link, no link leads where its reader may not go, and a form says what
it is about."""

import re
from uuid import UUID

import pytest

from alongside.interfaces.acting import address_of
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.people.models import InformationNeed, WayToTell
from alongside.topics.promises.commands import WriteDownStatement
from tests.decisions import acts
from tests.decisions.problems import raised
from tests.interfaces.conftest import browser_of
from tests.promises.making import judge, promised, to_whom
from tests.visitor import page
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def _the_second_of_march() -> object:
    with clock.at("2026-03-02"):
        yield


def test_everyone_finds_their_own_record_and_can_take_it_with_them(cast: Cast) -> None:
    for reader in (cast.rosa, cast.devon, cast.ken, cast.boyd):
        assert 'href="/my-record/"' in page(reader, "/")
        own = page(reader, f"/people/{reader.person}")
        for address in ("/my-record/", "/me/calendar"):
            assert f'href="{address}"' in own, address


def test_whoever_works_with_people_finds_how_to_find_them_and_anyone_finds_the_organisations(
    cast: Cast,
) -> None:
    for reader in (cast.ken, cast.priya, cast.mina, cast.tom):
        assert 'href="/people/"' in page(reader, "/")
    for address in ("/", "/organisations"):
        assert "Wexmoor Living Our Way" in page(None, "/organisations")
        assert 'href="/organisations"' in page(None, "/") and page(None, address)


def test_a_body_has_a_page_that_says_something(cast: Cast) -> None:
    text = page(None, f"/organisations/{cast.provider}")
    assert f'href="/promises/by/{cast.provider}"' in text and "/tell-us/say" in text
    assert "No team and no office of it is written down yet." in text
    assert "No team and no office" not in page(None, f"/organisations/{cast.council}")


def test_only_whoever_may_bring_a_file_in_is_led_there(cast: Cast) -> None:
    for where in ("/promises/reported", "/decisions/reported"):
        for reader in (None, cast.rosa, cast.devon, cast.stranger):
            assert 'href="/import/"' not in page(reader, where), reader
        assert 'href="/import/"' in page(cast.ken, where)


def test_who_has_signed_in_is_not_told_to_sign_in(cast: Cast) -> None:
    for reader in (cast.rosa, cast.ken):
        text = page(reader, "/speak-up/")
        assert "Sign in to speak up" not in text and "you do not work at the front line" in text
    assert "Sign in to speak up" in page(None, "/speak-up/")
    assert "you do not work at the front line" not in page(cast.priya, "/speak-up/")


def test_whose_life_it_is_is_asked_about_their_own_life(cast: Cast) -> None:
    own = page(cast.rosa, address_of("decisions.raised", person=cast.rosa.person))
    assert "Say what needs deciding in your life" in own and "in somebody’s life" not in own
    hers = page(cast.priya, address_of("decisions.raised", person=cast.rosa.person))
    assert "Say what needs deciding in somebody’s life" in hers


def _statement(cast: Cast) -> UUID:
    said = WriteDownStatement(
        organisation=cast.council,
        words="Nobody waits longer than a month.",
        who="Leader of the council",
        source="Full council, on film",
        made_to="Everyone who asks for help",
        said_on=clock.today(),
    )
    return do(said, by=cast.ana).thing


def test_a_form_says_what_it_is_about(cast: Cast) -> None:
    promise = promised(cast, to=cast.rosa, what="Mend the ramp.")
    problem = raised(cast, cast.ana)
    way = WayToTell.everything.filter(person=cast.devon.person).first()
    need = InformationNeed.everything.filter(person=cast.rosa.person).first()
    assert way is not None and need is not None
    about = [
        (cast.rosa, "people.consent_withdrawn", {"link": named("rosa devon")}, "Devon Marlow: Unpaid carer"),
        (cast.priya, "people.link_ended", {"link": named("rosa devon")}, "Devon Marlow: Unpaid carer"),
        (cast.devon, "people.way_stopped", {"way": way.id}, "Text message"),
        (cast.rosa, "people.need_ended", {"need": need.id}, "Large print, 20 point"),
        (cast.devon, "decisions.problem_shared", {"problem": problem}, "Mill Street"),
        (cast.june, "decisions.problem_answered", {"problem": problem}, "Mill Street"),
        (cast.june, "promises.statement_answered", {"statement": _statement(cast)}, "longer than a month."),
    ]
    for reader, kind, given, words in about:
        assert words in page(reader, address_of(kind, **given)), kind
    with clock.at("2026-05-04"):
        do(judge(promise, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at("2026-11-05"):
        made_to = to_whom(promise, cast.rosa.person)
        still = address_of("promises.still_holds_said", promise=promise, made_to=made_to)
        assert "Mend the ramp." in page(cast.rosa, still)


def test_a_problem_that_is_not_taken_on_is_not_said_to_go_on(cast: Cast) -> None:
    problem = raised(cast, cast.ana)
    address = f"/problems/{problem}"
    assert "Put to a decision" in page(None, address)
    answer = commands.AnswerProblem(
        problem=problem, answer="not_now", words="There is no money.", would_change="A grant."
    )
    do(answer, by=cast.june)
    text = page(None, address)
    assert "It goes no further, unless they answer again" in text and "to come" not in text
    place = commands.RaiseAboutPlace(
        organisation=cast.council, what="Later hours", change="swap", problem=problem
    )
    matter = do(place, by=cast.june).thing
    assert models.Decision.everything.get(id=matter).is_open
    text = page(None, address)
    assert "Put to a decision, which is not made yet" in text and "It goes no further" not in text


def test_no_promise_that_waits_is_left_out_in_silence(cast: Cast) -> None:
    more, late = (
        "More promises than these wait for your answer",
        "The day of more promises than these has come",
    )
    for count in range(5):
        promised(cast, to=cast.rosa, what=f"Mend step {count}.")
    with clock.at("2026-05-04"):
        assert more not in page(cast.rosa, "/") and late not in page(cast.ken, "/")
    promised(cast, to=cast.rosa, what="Mend the last step.")
    with clock.at("2026-05-04"):
        assert more in page(cast.rosa, "/") and late in page(cast.ken, "/")
        assert page(cast.rosa, "/").count("A promise to you") == 5


def test_who_wrote_a_relationship_down_is_said_to_the_one_it_is_about_and_to_no_other(cast: Cast) -> None:
    address = f"/people/links/{named('rosa devon')}"
    assert "Who wrote this down" in page(cast.rosa, address)
    assert "Who wrote this down" not in page(cast.devon, address)


def test_a_code_from_a_letter_is_led_to_no_page_that_it_does_not_open(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    client = browser_of(cast.rosa)
    session = client.session
    session.update({"only": str(matter), "way": "code"})
    session.save()
    own = client.get(f"/people/{cast.rosa.person}").content.decode()
    assert "What we know of you" in own
    for address in set(re.findall(r'href="(/(?:me|people|my-record)[^"#]*)"', own)):
        assert client.get(address).status_code == 200, address
