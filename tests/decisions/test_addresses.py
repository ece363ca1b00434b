"""Whoever writes down where a person’s letters go may read the code in them: it counts as typed by them."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel import replay
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import SHARED_CODE, Actor
from alongside.topics.decisions import models
from alongside.topics.people.commands.addresses import (
    AskToCheckAddress,
    ConfirmAddress,
    SayAddressIsMine,
    is_the_same,
)
from alongside.topics.people.commands.agreeing import DeclineToAgree
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.models import AskedToAgree, WayToTell
from tests.decisions import acts
from tests.decisions.codes_handed_out import answers, came_in, heard, sent_by_us
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
KENS_HOME = "9 Quarry Road, Wexmoor WX4 4KH"


def written(cast: Cast, by: Actor, channel: str = "letter_large", address: str = KENS_HOME) -> WayToTell:
    way = SetWayToTell(person=cast.rosa.person, channel=channel, address=address, is_safe=True)
    found: WayToTell = WayToTell.everything.get(id=do(way, by=by).thing)
    return found


def typed_by_of(client: Client) -> str:
    return str(client.session.get("typed_by") or "")


def asked(cast: Cast, way: WayToTell, by: Actor) -> UUID:
    return do(AskToCheckAddress(person=cast.rosa.person, address=way.id), by=by).thing


@pytest.mark.parametrize(("channel", "address"), [("letter_large", KENS_HOME), ("text", "07700 900222")])
def test_a_manager_who_has_her_letters_sent_to_himself_decides_nothing_with_the_code_in_them(
    cast: Cast, channel: str, address: str
) -> None:
    way = written(cast, cast.ken, channel, address)
    decision = acts.raised(cast.ken, cast.rosa)
    client = came_in(sent_by_us(cast.rosa, decision, way.id))
    assert typed_by_of(client) == str(cast.ken.person)
    assert answers(client, decision).status_code == 200
    view = models.View.everything.get(decision=decision)
    assert (view.person, view.typist) == (cast.rosa.person, cast.ken.person)
    assert not models.Telling.everything.filter(decision=decision, is_reached=True).exists()
    with pytest.raises(Refused):
        acts.decided(decision, cast.ken)


def test_nobody_is_written_to_at_an_old_address_because_of_it(cast: Cast) -> None:
    before = Outbox.objects.count()
    written(cast, cast.ken)
    assert Outbox.objects.count() == before


def test_somebody_outside_the_line_confirms_it_with_her_and_then_it_is_her_own_word(cast: Cast) -> None:
    way = written(cast, cast.priya)
    check = asked(cast, way, cast.priya)
    yes = ConfirmAddress(check=check, told="9 Quarry Road WX4 4KH", checked="I met her at the day centre.")
    assert not AskedToAgree.everything.filter(ask=check, person__in=[cast.ken.person, cast.priya.person])
    for of_that_line in (cast.ken, cast.priya, cast.june):
        with pytest.raises(NotAllowed, match="from outside"):
            do(yes, by=of_that_line)
    shown = page(
        cast.dee, f"/asked-to-agree/{AskedToAgree.everything.get(ask=check, person=cast.dee.person).id}"
    )
    assert "Quarry Road" not in shown and "Speak with them by another way" in shown
    with pytest.raises(Refused, match="not what is written down"):
        do(ConfirmAddress(check=check, told="3 Alder Row", checked="I rang her."), by=cast.dee)
    do(yes, by=cast.dee)
    decision = acts.raised(cast.priya, cast.rosa)
    client = came_in(sent_by_us(cast.rosa, decision, way.id))
    assert not typed_by_of(client)
    answers(client, decision)
    assert models.View.everything.get(decision=decision).typist is None
    assert heard(decision)
    assert "confirmed it on" in page(cast.rosa, f"/people/{cast.rosa.person}/ways")
    assert not replay.compare().problems


def test_a_no_from_outside_leaves_it_as_it_was_and_it_can_be_asked_for_again(cast: Cast) -> None:
    way = written(cast, cast.priya)
    check = asked(cast, way, cast.priya)
    with pytest.raises(Refused, match="asked already"):
        asked(cast, way, cast.rosa)
    row = AskedToAgree.everything.get(ask=check, person=cast.dee.person)
    do(DeclineToAgree(asked=row.id, words="She does not know this house."), by=cast.dee)
    assert WayToTell.everything.get(id=way.id).confirmed_at is None
    assert asked(cast, way, cast.rosa) != check


def test_she_says_herself_that_it_is_hers_and_by_no_hand_but_her_own(cast: Cast) -> None:
    way = written(cast, cast.ken)
    mine = SayAddressIsMine(person=cast.rosa.person, address=way.id)
    by_ken = replace(cast.rosa, typed_by=cast.ken.person, how="other")
    for by in (by_ken, replace(cast.rosa, way=SHARED_CODE), cast.ken, cast.devon):
        with pytest.raises(NotAllowed):
            do(mine, by=by)
    with pytest.raises(Refused, match="on your own page"):
        do(mine, by=replace(cast.rosa, way="cli"))
    do(mine, by=cast.rosa)
    assert WayToTell.everything.get(id=way.id).confirmed_by == cast.rosa.person
    with pytest.raises(Refused, match="nothing to confirm"):
        do(mine, by=cast.rosa)


def test_what_she_gives_herself_needs_nobody_and_what_comes_in_by_his_letter_gives_no_clean_one(
    cast: Cast,
) -> None:
    assert written(cast, cast.rosa).set_by is None
    by_ken = replace(cast.rosa, typed_by=cast.ken.person, how="other")
    assert written(cast, by_ken, "text", "07700 900333").set_by == cast.ken.person
    with pytest.raises(Refused, match="cannot be sure that it is you"):
        written(cast, replace(cast.rosa, way=SHARED_CODE), "text", "07700 900444")


def test_the_page_says_who_wrote_it_what_follows_and_how_to_answer(cast: Cast) -> None:
    way = written(cast, cast.ken)
    where = f"/people/{cast.rosa.person}/ways"
    hers = page(cast.rosa, where)
    assert "Ken Holt wrote this down" in hers and "counts as typed by Ken Holt" in hers
    assert "This is mine" in hers and "Ask somebody from outside" in hers
    his = page(cast.ken, where)
    assert "counts as typed by Ken Holt" in his and "This is mine" not in his
    read = browser_of(cast.rosa).get(f"/api/people/{cast.rosa.person}").json()
    told = {one["id"]: one["confirmed"] for one in read["ways"]}
    assert told[str(way.id)] is False
    do(SayAddressIsMine(person=cast.rosa.person, address=way.id), by=cast.rosa)
    assert "counts as typed by" not in page(cast.rosa, where)


@pytest.mark.parametrize(
    ("told", "stands", "same"),
    [
        ("07700900123", "07700 900123", True),
        ("3, alder row wexmoor", "3 Alder Row, Wexmoor WX1 2AB", True),
        ("Alder Row", "3 Alder Row, Wexmoor WX1 2AB", False),
        ("4 Alder Row, Wexmoor WX1 2AB", "3 Alder Row, Wexmoor WX1 2AB", False),
        ("", "3 Alder Row", False),
    ],
)
def test_an_address_is_told_as_people_say_it(told: str, stands: str, same: bool) -> None:
    assert is_the_same(told, stands) is same
