"""The pages of people, looked at by each of the cast."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions.commands import GiveViewOnPlace, RaiseAboutPlace, RaiseDecision
from alongside.topics.people.commands.reaching import AskForFormat
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import Person
from alongside.topics.people.pages.sight import OWN, seers
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast, named


def page(actor: Actor | None, name: str, *arguments: Any, **query: str) -> Any:
    return browser_of(actor).get(reverse(f"people:{name}", args=arguments), query)


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_person_sees_their_own_record(cast: Cast) -> None:
    answer = page(cast.rosa, "person", named("rosa"))
    assert answer.status_code == 200
    for said in ("Devon Marlow", "Priya Nair", "Tom Ashe", "Large print, 20 point", "Who can see this"):
        assert said in words(answer), said


@pytest.mark.parametrize("name", ["stranger", "victor", "boyd", "omar", "mina", "ana", "lena"])
def test_somebody_who_is_nothing_to_rosa_gets_the_same_page_as_for_nobody(cast: Cast, name: str) -> None:
    actor = cast.everyone()[name]
    for address in ("person", "ways", "who_can_see", "code"):
        assert page(actor, address, named("rosa")).status_code == 404
        assert page(actor, address, named("no such person")).status_code == 404


def test_what_you_said_of_your_needs_is_told_you_as_yours(cast: Cast) -> None:
    assert "You said this on" in words(page(cast.rosa, "ways", named("rosa")))
    assert "Rosa Marlow said this on" in words(page(cast.priya, "ways", named("rosa")))


def test_victor_reads_nothing_that_could_hurt_lena(cast: Cast) -> None:
    do(DisputeSpeaker(link=named("lena victor attorney"), words="He reads my post."), by=cast.lena)
    shown = words(page(cast.victor, "person", named("lena")))
    assert page(cast.victor, "person", named("lena")).status_code == 200
    for kept in ("Mina", "Priya", "07700 900456", "choir", "He reads my post", "disput", "should not speak"):
        assert kept not in shown, kept
    for address in ("ways", "who_can_see", "code"):
        assert page(cast.victor, address, named("lena")).status_code == 404
    assert page(cast.victor, "link", named("lena mina")).status_code == 404
    own = words(page(cast.victor, "link", named("lena victor attorney")))
    assert "He reads" not in own and "Now" in own


def test_whoever_gives_out_a_code_reads_what_it_opens(cast: Cast) -> None:
    opens = "It opens one page: how we tell them things."
    assert opens in page(cast.priya, "code", named("rosa")).content.decode()


def test_lena_sees_the_dispute_and_that_victor_is_not_told(cast: Cast) -> None:
    do(DisputeSpeaker(link=named("lena victor attorney"), words="He reads my post."), by=cast.mina)
    assert "He reads my post" in words(page(cast.lena, "person", named("lena")))


def test_who_can_see_is_worked_out_by_the_same_rules_as_the_pages(cast: Cast) -> None:
    """Nobody of the cast sees anything that the page does not tell of, and nobody is named without cause."""
    for name in ("rosa", "lena", "ana", "priya"):
        told = {seer.person for seer in seers(named(name), clock.now())}
        truly = set()
        for other, actor in cast.everyone().items():
            for sight in OWN:
                model = sight_model(sight.table)
                rows = model.objects.seen_by(actor).filter(**{sight.column: named(name)})
                if other != name and rows.exists():
                    truly.add(named(other))
        assert told >= truly - staff_of_other_bodies(name), name
        assert told <= truly, name


def sight_model(table: str) -> Any:
    return apps.get_model(table)


def staff_of_other_bodies(name: str) -> set[Any]:
    """Staff at large know of somebody with a post there: the page says so in one line, not one by one."""
    return {
        "ana": {named(each) for each in ("priya", "ken", "dee", "tom", "sol")},
        "priya": {named(each) for each in ("omar", "dee")},
    }.get(name, set())


def test_the_page_of_who_can_see_says_what_and_why(cast: Cast) -> None:
    shown = words(page(cast.rosa, "who_can_see", named("rosa")))
    assert "Devon Marlow" in shown and "Unpaid carer" in shown and "Named worker" in shown
    assert "Victor" not in shown and "because you work there" not in shown
    assert "You agreed to it." in shown and "The person agreed" not in shown
    assert "The person agreed to it." in words(page(cast.ken, "who_can_see", named("rosa")))
    assert "Wexmoor Living Our Way" in words(page(cast.ana, "who_can_see", named("ana")))


def test_who_can_see_says_who_and_why_first_and_what_in_a_fold_where_they_are_many(cast: Cast) -> None:
    """Read on a telephone, a list of all that each of twelve people sees was 12,000 points long."""
    shown = page(cast.rosa, "who_can_see", named("rosa")).content.decode()
    for card in shown.split('<li class="card card-plain">')[1:]:
        first, _fold, rest = card.partition("<details")
        assert "Why:" in first and "They can see" not in first and "They can see" in rest
        assert "kind of thing" in rest or "kinds of things" in rest
    assert '<details class="more-about">' in shown


def test_why_somebody_can_see_is_true_of_them(cast: Cast) -> None:
    """It said of a councillor that he works in the team that supports her: he reads what anybody can."""
    asks = RaiseAboutPlace(organisation=cast.council, what="Close the lift.", change="cut", why="Money")
    lift = do(asks, by=cast.ken).thing
    do(GiveViewOnPlace(decision=lift, position="for", words="I use it."), by=cast.ana)
    told = {seer.person: seer for seer in seers(named("ana"), clock.now())}
    assert named("boyd") not in told
    shown = page(cast.ana, "who_can_see", named("ana")).content.decode()
    assert "What anybody can read" in shown
    theirs = {seer.person: seer for seer in seers(named("rosa"), clock.now())}
    assert [str(each) for each in theirs[named("ken")].why] == [
        "They work in the team that supports you, or lead it."
    ]
    assert theirs[named("priya")].links and not theirs[named("priya")].why
    for seer in (*told.values(), *theirs.values()):
        assert bool(seer.links) != bool(seer.why), seer


def test_who_can_see_tells_of_decisions_too(cast: Cast) -> None:
    raised = RaiseDecision(
        person=named("rosa"), what="Morning help from 7 days to 5", change="cut", why="Money"
    )
    do(raised, by=cast.ken)
    shown = {
        seer.name: [str(words) for words, _rows, _of in seer.areas]
        for seer in seers(named("rosa"), clock.now())
    }
    assert "Decisions about you" in shown["Ken Holt"] and "Decisions about you" in shown["Devon Marlow"]
    assert "Decisions about you" not in shown["Tom Ashe"]  # she has not let him see them


def test_who_looked_is_shown_to_the_person(cast: Cast) -> None:
    page(cast.priya, "person", named("rosa"))
    assert "Priya Nair:" in words(page(cast.rosa, "who_can_see", named("rosa")))


def test_staff_find_whom_they_work_with_and_nobody_else(cast: Cast) -> None:
    assert "Rosa Marlow" in words(page(cast.priya, "find", q="marlow"))
    assert "Devon Marlow" in words(page(cast.priya, "find", q="MARL"))
    shown = words(page(cast.omar, "find", q="marlow"))
    assert "Rosa Marlow" not in shown and "nobody you may see" in shown
    assert "Type at least 2 letters" in words(page(cast.priya, "find", q="r"))
    nobody = page(cast.priya, "find", q="Zebedee").content.decode()
    assert "Are they new here?" in nobody and f"organisation={cast.council}" in nobody
    assert "Are they new here?" not in page(cast.rosa, "find", q="Zebedee").content.decode()
    assert page(None, "find").status_code == 404


def test_an_organisation_shows_offices_and_no_worker_to_the_public(cast: Cast) -> None:
    shown = words(page(None, "organisation", cast.council))
    assert "Team manager, East" in shown and "Ken Holt" not in shown
    assert "Ken Holt" in words(page(cast.priya, "organisation", cast.council))
    led = words(page(None, "organisation", cast.ulo))
    assert "7 of 8 on the board" in led and "75 in 100" in led
    assert page(None, "organisations").status_code == 200


def test_the_page_of_anything_is_found_by_its_id(cast: Cast) -> None:
    assert page(cast.rosa, "of", named("rosa format")).url == reverse("people:ways", args=[named("rosa")])
    assert page(cast.rosa, "of", named("rosa devon")).url == reverse(
        "people:link", args=[named("rosa devon")]
    )
    assert page(cast.stranger, "of", named("rosa devon")).status_code == 404


def test_a_code_is_shown_once_and_given_by_workers_only(cast: Cast) -> None:
    browser = browser_of(cast.priya)
    address = reverse("people:code", args=[named("rosa")])
    assert browser.get(address).status_code == 200
    shown = browser.post(address).content.decode()
    assert "It is shown once" in shown
    assert browser_of(cast.devon).post(address).status_code == 404


def test_a_code_from_a_first_letter_opens_the_page_of_ways_and_no_other(cast: Cast) -> None:
    came = browser_of(cast.rosa, only=named("rosa"))
    assert came.get(reverse("people:ways", args=[named("rosa")])).status_code == 200
    assert "3 Alder Row" not in came.get(reverse("people:ways", args=[named("rosa")])).content.decode()
    assert came.get(reverse("people:who_can_see", args=[named("rosa")])).status_code == 404
    assert came.get(reverse("people:find")).status_code == 404


@pytest.mark.parametrize("reading", ["", "..easy"])
def test_a_code_for_one_matter_tells_nothing_of_what_else_was_done(cast: Cast, reading: str) -> None:
    opened, other = acts.raised(cast.ken, cast.rosa), acts.raised(cast.june, cast.rosa)
    acts.sent(other, cast.june)  # whoever opened her letter about the one must not read that there is another
    whole, came = browser_of(cast.rosa), browser_of(cast.rosa, only=opened)
    whole.cookies["reading"] = came.cookies["reading"] = reading
    address = reverse("people:person", args=[named("rosa")])
    assert "Written down lately" in words(whole.get(address)) and "June Okafor" in words(whole.get(address))
    shown = words(came.get(address))
    assert "A code opens one thing" in shown and "Large print, 20 point" in shown
    for said in ("Written down lately", "June Okafor", "You can see all of it", "Nobody is written down"):
        assert said not in shown, said
    assert "You can read all of it" not in shown and "Nobody in your life" not in shown


def test_what_was_typed_for_somebody_is_shown_to_them(cast: Cast) -> None:
    typed = Actor(person=named("rosa"), typed_by=named("priya"), how="phone", strong=True)
    do(AskForFormat(person=named("rosa"), code="audio"), by=typed)
    shown = words(page(cast.rosa, "typed_for_me"))
    assert "Priya Nair typed this" in shown and "You asked for a format" in shown
    assert "Priya Nair" not in words(page(cast.devon, "typed_for_me"))


def test_whoever_is_told_of_typed_words_reads_the_words_and_what_they_are_about(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    typed = Actor(person=named("rosa"), typed_by=named("priya"), how="phone", strong=True)
    acts.said(matter, typed, words="Mornings are when I need it.")
    shown = page(cast.rosa, "typed_for_me").content.decode()
    assert "Mornings are when I need it." in shown and f"/decisions/{matter}" in shown
    assert "I do not agree" in shown
    assert "You said what you think." in shown and "Say what you think" not in shown
    link = re.search(r'href="(/do/people.typed_act_answered[^"]+)"', shown)
    assert link is not None
    form = browser_of(cast.rosa).get(link[1].replace("&amp;", "&")).content.decode()
    assert "Which act was it?" not in form and "Is this what you said?" in form
    assert "Mornings" not in page(cast.devon, "typed_for_me").content.decode()


def test_a_form_of_this_room_can_be_filled_in_on_a_page(cast: Cast) -> None:
    browser: Any = browser_of(cast.rosa)
    address = f"/do/people.format_asked_for?person={named('rosa')}"
    assert browser.get(address).status_code == 200
    answer = browser.post(address, {"person": str(named("rosa")), "code": "audio", "words": ""})
    assert answer.status_code == 303 and answer.url.startswith("/people/of/")
    assert browser.get(answer.url).status_code == 302


def test_programs_read_what_their_person_may_see(cast: Cast) -> None:
    browser = browser_of(cast.priya)
    assert browser.get(f"/api/people/{named('rosa')}").json()["name"] == "Rosa Marlow"
    assert browser.get(f"/api/people/{named('ana')}").json()["needs"] == []
    assert browser_of(cast.stranger).get(f"/api/people/{named('rosa')}").status_code == 404
    assert browser.get("/api/people/find?q=marlow").json()["items"]
    assert browser.get("/api/people/links").json()["items"]
    bodies = browser_of().get("/api/people/organisations").json()["items"]
    offices = [one["name"] for body in bodies for one in body["offices"]]
    assert "Head of adult social care" in offices and "June Okafor" not in str(bodies)
    assert browser_of().get("/api/people/me").json()["person"] is None
    mine = browser_of(cast.june).get("/api/people/me").json()
    assert (mine["person"], mine["name"]) == (str(cast.june.person), "June Okafor")
    seen = browser_of(cast.rosa).get(f"/api/people/{named('rosa')}/who-can-see").json()["items"]
    assert {one["name"] for one in seen} >= {"Devon Marlow", "Priya Nair"}
    assert Person.objects.seen_by(cast.priya).exists()


def test_what_was_written_down_lately_says_of_which_matter_and_folds_what_came_before(cast: Cast) -> None:
    matters = [acts.raised(cast.ken, cast.rosa, f"Change number {number}") for number in range(5)]
    shown = page(cast.rosa, "person", named("rosa")).content.decode()
    first, before = shown.split("What was written down before that")
    assert f'<a href="/decisions/{matters[4]}">Change number 4</a>' in first
    assert f"/decisions/{matters[0]}" not in first and f"/decisions/{matters[0]}" in before
