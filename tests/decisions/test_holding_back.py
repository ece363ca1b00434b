"""An urgent act is held back from the person by two people, with an end: absent everywhere, then back."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from alongside.interfaces.export import record_of
from alongside.interfaces.leaving import Work, send_waiting
from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.now import now_tables
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions.models import Decision
from alongside.topics.people.commands.keeping import AgreeHoldBack, LiftHoldBack, due
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.models import HoldBack
from tests.decisions import acts
from tests.decisions.holding_back import MARK, act, proposal
from tests.interfaces.conftest import browser_of
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.OUTBOX = tmp_path / "outbox"
    yield settings.OUTBOX


def texts_to_lena(cast: Cast) -> None:
    way = SetWayToTell(person=cast.lena.person, channel="text", address="07700 900111", is_safe=True, place=1)
    do(way, by=cast.lena)


def ask_from_the_page(cast: Cast, matter: UUID) -> HoldBack:
    """Priya follows the link on the matter's page and answers its four questions."""
    priya = browser_of(cast.priya)
    page = priya.get(reverse("decisions:decision", args=[matter])).content.decode()
    assert "Ask for this to be held back for now" in page
    here = reverse("do", args=["people.hold_back_proposed"])
    link = page.split(f'href="{here}')[1].split('"')[0].replace("&amp;", "&")
    form = priya.get(here + link).content.decode()
    assert form.count("<legend") + form.count("<label") >= 4 and "Which one?" not in form
    today = clock.today()
    answers = {
        "about_whom": cast.lena.person,
        "table": "decisions.Decision",
        "thing_held": matter,
        "held_from": cast.lena.person,
        "test": "serious_harm",
        "reasons": "He reads her telephone.",
        "review_on": str(today + timedelta(days=3)),
        "ends_on": str(today + timedelta(days=7)),
    }
    answer = priya.post(here + link, answers)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    row: HoldBack = HoldBack.everything.get(thing=matter)
    return row


def traces(actor: Actor, matter: UUID) -> set[str]:
    """Every place in which this reader meets the matter."""
    found = {
        model._meta.label
        for model in now_tables()
        for row in model.objects.seen_by(actor)
        if row.pk == matter or getattr(row, "decision", None) == matter
    }
    client, coded = browser_of(actor), browser_of(actor, only=matter)
    pages = {
        "home": reverse("home"),
        "list": reverse("decisions:decisions"),
        "matter": reverse("decisions:decision", args=[matter]),
        "history": reverse("decisions:history", args=[matter]),
        "views": reverse("decisions:views", args=[matter]),
        "api list": "/api/decisions/",
        "api": f"/api/decisions/{matter}",
        "export": reverse("my_record"),
        "person": reverse("people:person", args=[named("lena")]),
        "who sees": reverse("people:who_can_see", args=[named("lena")]),
    }
    for name, address in pages.items():
        for way in (client, coded):
            answer = way.get(address)
            text = answer.content.decode()
            if MARK in text or (answer.status_code == 200 and str(matter) in text):
                found.add(name)
    if str(matter) in json.dumps(record_of(actor)):
        found.add("record")
    return found


def test_an_urgent_act_is_held_back_by_two_people_and_absent_everywhere_until_it_ends(cast: Cast) -> None:
    matter = act(cast)
    assert {"matter", "list", "export", "decisions.Telling"} <= traces(cast.lena, matter)
    row = ask_from_the_page(cast, matter)
    assert traces(cast.lena, matter), "one person alone holds nothing back"
    ken = browser_of(cast.ken)
    assert "A second person must agree" in ken.get(reverse("home")).content.decode()
    page = ken.get(reverse("decisions:decision", args=[matter])).content.decode()
    assert "He reads her telephone." in page and "Agree, as the second person" in page
    do(AgreeHoldBack(hold_back=row.id, checked="I rang them."), by=cast.dee)
    assert traces(cast.lena, matter) == set()
    assert traces(cast.victor, matter) == set()
    assert Decision.objects.seen_by(cast.priya).filter(pk=matter).exists()
    clock.advance(days=4)
    assert "Look again at what you hold back" in browser_of(cast.priya).get(reverse("home")).content.decode()
    clock.advance(days=4)
    assert {"matter", "list", "export", "decisions.Telling"} <= traces(cast.lena, matter)


def test_it_shows_again_at_once_when_one_of_them_lifts_it(cast: Cast) -> None:
    matter = act(cast)
    row = ask_from_the_page(cast, matter)
    do(AgreeHoldBack(hold_back=row.id, checked="I rang them."), by=cast.dee)
    assert not traces(cast.lena, matter)
    do(LiftHoldBack(hold_back=row.id), by=cast.ken)
    clock.advance(seconds=1)
    assert "matter" in traces(cast.lena, matter)


def test_the_message_waits_half_an_hour_for_a_second_person_and_goes_if_nobody_agrees(cast: Cast) -> None:
    texts_to_lena(cast)
    act(cast)
    send_waiting(work := Work())
    assert work.sent == 0
    clock.advance(minutes=31)
    send_waiting(work)
    assert work.sent == 1


def test_without_such_a_fear_the_person_is_told_at_once(cast: Cast) -> None:
    texts_to_lena(cast)
    act(cast, could_harm=False)
    send_waiting(work := Work())
    assert work.sent == 1


def test_no_message_leaves_while_it_is_held_back_and_it_leaves_when_that_ends(cast: Cast) -> None:
    texts_to_lena(cast)
    matter = act(cast)
    row = ask_from_the_page(cast, matter)
    do(AgreeHoldBack(hold_back=row.id, checked="I rang them."), by=cast.dee)
    theirs = Outbox.objects.filter(kind="tell", payload__person=named("lena").hex)
    for _hour in range(30):
        clock.advance(hours=3)
        send_waiting(Work())
    assert set(theirs.values_list("state", flat=True)) == {"waiting"}
    clock.advance(days=5)
    send_waiting(Work())
    assert set(theirs.values_list("state", flat=True)) == {"sent"}


def test_the_person_and_those_close_to_her_are_never_offered_it(cast: Cast) -> None:
    matter = act(cast)
    for actor in (cast.lena, cast.victor):
        page = browser_of(actor).get(reverse("decisions:decision", args=[matter])).content.decode()
        assert "held back" not in page
    calm = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    page = browser_of(cast.priya).get(reverse("decisions:decision", args=[calm])).content.decode()
    assert "held back" not in page


def test_a_matter_is_held_back_from_the_person_only_where_help_began_in_a_hurry_and_harm_is_feared(
    cast: Cast,
) -> None:
    narrow = "only where help began in a hurry"
    for what, change in (("A flat of her own", "start"), ("Fewer mornings", "cut")):
        calm = acts.raised(cast.priya, cast.lena, what, change)
        with pytest.raises(Refused, match=narrow):
            do(proposal(cast, calm), by=cast.priya)
    matter = act(cast)
    with pytest.raises(Refused, match=narrow):
        do(proposal(cast, matter, test="third_party"), by=cast.priya)
    with pytest.raises(Refused, match="about someone else"):  # as if it were about Rosa, held from Lena
        do(proposal(cast, matter, about_whom=cast.rosa.person), by=cast.priya)
    do(proposal(cast, calm, held_from=cast.victor.person), by=cast.priya)  # from whom she fears: any matter
    do(proposal(cast, matter), by=cast.priya)


def test_the_advocate_stays_in_unless_two_people_say_that_the_danger_comes_from_them(cast: Cast) -> None:
    matter = act(cast)

    def mina_sees() -> bool:
        return Decision.objects.seen_by(cast.mina).filter(pk=matter).exists()

    one = do(proposal(cast, matter), by=cast.priya).thing
    do(
        AgreeHoldBack(hold_back=one, from_advocate=True, checked="I rang them."), by=cast.dee
    )  # only the second person says so
    assert mina_sees() and not traces(cast.lena, matter) and not traces(cast.victor, matter)
    two = do(proposal(cast, matter, from_advocate=True), by=cast.priya).thing
    do(AgreeHoldBack(hold_back=two, checked="I rang them."), by=cast.dee)  # only the first
    assert mina_sees()
    three = do(proposal(cast, matter, from_advocate=True), by=cast.priya).thing
    do(AgreeHoldBack(hold_back=three, from_advocate=True, checked="I rang them."), by=cast.dee)
    assert not mina_sees()


def test_an_advocate_is_named_as_the_one_it_is_held_back_from_only_by_both(cast: Cast) -> None:
    matter = act(cast)
    from_mina = {"held_from": cast.mina.person}
    with pytest.raises(Refused, match="if the danger does not come from the advocate"):
        do(proposal(cast, matter, **from_mina), by=cast.priya)
    row = do(proposal(cast, matter, **from_mina, from_advocate=True), by=cast.priya).thing
    with pytest.raises(Refused, match="only if you say so too"):
        do(AgreeHoldBack(hold_back=row, checked="I rang them."), by=cast.dee)
    do(AgreeHoldBack(hold_back=row, from_advocate=True, checked="I rang them."), by=cast.dee)
    assert not Decision.objects.seen_by(cast.mina).filter(pk=matter).exists()


def test_what_was_held_back_is_told_to_the_person_when_it_ends_and_to_nobody_else(cast: Cast) -> None:
    texts_to_lena(cast)
    matter = act(cast)
    row = ask_from_the_page(cast, matter)
    do(AgreeHoldBack(hold_back=row.id, checked="I rang them."), by=cast.dee)
    lena, address = browser_of(cast.lena), reverse("people:who_can_see", args=[named("lena")])
    assert "held back from you" not in lena.get(address).content.decode()
    clock.advance(days=8)
    [over] = list(due(clock.now()))
    do(over, by=THE_CLOCK)
    for page in (address, reverse("decisions:decision", args=[matter])):
        text = lena.get(page).content.decode()
        assert "held back from you" in text and "Priya Nair asked for it. Dee Pritchard agreed." in text
        assert "He reads her telephone." not in text  # whoever looks over her shoulder does not read that
    told = Outbox.objects.filter(kind="tell", payload__what="was_held_back")
    assert [one.payload["person"] for one in told] == [named("lena").hex]
    for other in (cast.victor, cast.mina, cast.rosa):
        assert not HoldBack.objects.seen_by(other).exists()
    assert list(due(clock.now())) == []
