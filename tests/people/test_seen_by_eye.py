"""What somebody saw who looked at each page of people as a picture, and what stood there instead."""

from typing import Any

import pytest
from django.urls import reverse

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.access import LinkSignIn
from alongside.topics.people.commands.addresses import AskToCheckAddress
from alongside.topics.people.commands.deaths import WriteDownDeath
from alongside.topics.people.models import AskedToAgree, WayToTell
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def page(actor: Actor, name: str, *arguments: Any, **query: Any) -> str:
    found = browser_of(actor).get(reverse(name, args=arguments), query)
    html = str(found.content.decode())
    return html[html.index("<main") : html.index("</main>")]


def test_whoever_goes_through_it_with_somebody_reads_of_them_and_not_of_you(cast: Cast) -> None:
    acts.sent(acts.raised(cast.ken, cast.rosa), cast.ken)
    own = page(cast.rosa, "people:who_can_see", named("rosa"))
    assert "They work in the team that supports you, or lead it." in own and "Decisions about you" in own
    with_her = page(cast.priya, "people:who_can_see", named("rosa"))
    assert "They work in the team that supports this person, or lead it." in with_her
    assert "Decisions about them" in with_her and "How they were told, and what came back" in with_her
    for said_to_her in ("supports you", "about you", "How you ", "Your "):
        assert said_to_her not in with_her.replace("Your page", ""), said_to_her
    told = browser_of(cast.priya).get(f"/api/people/{named('rosa')}/who-can-see").json()
    assert "about you" not in str(told)


def test_whoever_finds_nobody_reads_what_else_to_type(cast: Cast) -> None:
    assert "Type fewer letters, or another part of the name." in page(cast.rosa, "people:find", q="zzzz")
    assert "Type fewer letters" not in page(cast.rosa, "people:find", q="Devon")


def test_beside_what_somebody_needs_stands_who_said_so_and_when(cast: Cast) -> None:
    own = page(cast.rosa, "people:person", named("rosa"))
    assert "Large print, 20 point" in own and "You said this on" in own
    assert "Rosa Marlow said this on" in page(cast.priya, "people:person", named("rosa"))


def test_whoever_is_asked_if_it_is_right_sees_what_was_typed(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    acts.said(matter, acts.typed_for(cast.rosa, cast.priya, "phone"), words="Mornings are when I need it.")
    typed = page(cast.rosa, "people:typed_for_me")
    act = typed.split("people.typed_act_answered?act=")[1][:36]
    form = page(cast.rosa, "do", "people.typed_act_answered", act=act)
    assert "Mornings are when I need it." in form and "Priya Nair, " in form
    assert "Mornings" not in page(cast.devon, "do", "people.typed_act_answered", act=act), "only theirs"


def test_of_somebody_who_has_died_nobody_is_offered_to_add_or_to_change_what_they_need(cast: Cast) -> None:
    alive = page(cast.priya, "people:person", named("rosa"))
    assert "Add somebody in their life" in alive and "Nothing written down yet" in alive
    do(WriteDownDeath(person=named("rosa"), words="Her brother rang."), by=cast.priya)
    dead = page(cast.priya, "people:person", named("rosa"))
    assert "Add somebody in their life" not in dead and "Nothing written down yet" not in dead
    assert "Large print, 20 point" in dead and f"{named('rosa')}/ways" not in dead


def test_as_what_somebody_is_added_stands_over_the_form(cast: Cast) -> None:
    form = page(cast.rosa, "do", "people.related", person=named("rosa"), kind="unpaid_carer")
    assert "You are adding: unpaid carer." in form
    assert "You are adding" not in page(cast.rosa, "do", "people.related", person=named("rosa"))


def test_where_nobody_can_be_chosen_the_form_says_who_writes_them_down(cast: Cast) -> None:
    form = page(cast.boyd, "do", "people.related", person=named("boyd"), kind="family")
    assert ("Nothing to choose" in form) == ("Nobody is here to choose yet." in form)
    assert "Nobody is here to choose yet." in form
    assert "Nobody is here to choose yet." not in page(
        cast.rosa, "do", "people.related", person=named("rosa"), kind="family"
    )


def test_whoever_says_that_a_way_is_not_safe_reads_what_happens_then(cast: Cast) -> None:
    way = WayToTell.everything.filter(person=named("rosa"), ended_at=None).first()
    assert way is not None
    form = page(cast.rosa, "do", "people.way_not_safe", way=way.id)
    assert "We never use it again." in form and ">It is not safe</button>" in form
    assert "Stop using it</button>" in page(cast.rosa, "do", "people.way_stopped", way=way.id)


def test_what_waits_stands_before_what_only_tells(cast: Cast) -> None:
    """Priya read first that a promise to somebody who has died can be judged by nobody."""
    with clock.at("2026-03-02"):
        promised(cast, to=cast.rosa)
        do(WriteDownDeath(person=named("rosa"), words="Her brother rang."), by=cast.priya)
    with clock.at("2026-11-30"):
        acts.raised(cast.ken, cast.lena)
        shown = page(cast.ken, "home")
        assert "Nobody can say any more whether it was kept." in shown
        assert shown.index('id="waits-on-you"') < shown.index('id="promises-panel"')


def test_whoever_confirms_an_address_from_outside_sees_a_number_to_ring_and_none_of_theirs(
    cast: Cast, settings: Any
) -> None:
    settings.PLACE_PHONE = "01632 960 123"
    address = do(LinkSignIn(person=cast.rosa.person, address="rosa@wexmoor.example"), by=cast.ken).thing
    do(AskToCheckAddress(person=cast.rosa.person, address=address), by=cast.ken)
    asked = AskedToAgree.everything.filter(person=named("dee")).get()
    shown = page(cast.dee, "people:one_asked", asked.id)
    assert "We ask them to ring you, or to meet you" in shown and "01632 960 123" in shown.replace(
        "\xa0", " "
    )
    assert "rosa@wexmoor.example" not in shown and "Alder Row" not in shown
