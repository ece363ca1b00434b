"""How people are told: in their format, by a safe way, or not at all."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.interfaces.delivery import Channel
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.reaching import (
    AskForFormat,
    EndNeed,
    SayNeedIsStillRight,
    SayWayIsNotSafe,
    SendFirstLetter,
    SetWayToTell,
    StopWayToTell,
)
from alongside.topics.people.models import Asking, InformationNeed, Person, WayToTell
from alongside.topics.people.models.kinds import HowOften
from alongside.topics.people.policy import accepted_formats, safe_way, way_in
from alongside.topics.people.policy.reaching import ways_of, who_was_asked_how
from alongside.topics.people.telling import prepare
from tests.visitor import page
from tests.world import BUILDER, Cast, named

NOTICE = {"what": "asked", "link": "/me/typed-for-you", "matter": named("a matter").hex}


def test_rosa_is_told_on_paper_in_the_size_she_needs(cast: Cast) -> None:
    message = prepare(named("rosa"), NOTICE)
    assert message is not None and message.channel is Channel.LETTER
    assert message.to.startswith("Rosa Marlow\n3 Alder Row")
    assert message.attachment is not None and message.attachment.startswith(b"%PDF-")


def test_a_letter_points_to_a_code_only_where_it_has_one(cast: Cast) -> None:
    """What is about no matter has no code, and the letter said “use the code below” all the same."""
    with_one = prepare(named("rosa"), NOTICE | {"what": "of no room"})
    without = prepare(named("rosa"), {"what": "erasure_asked", "link": "/", "soon": True})
    assert with_one is not None and "use the code below" in with_one.body and "no hurry" in with_one.body
    assert without is not None and "code" not in without.body and "sign in" in without.body
    assert "Please read it soon" in without.body and "no hurry" not in without.body


def test_devon_is_told_by_text_in_words_that_name_no_topic(cast: Cast) -> None:
    message = prepare(named("devon"), NOTICE)
    assert message is not None and message.channel is Channel.TEXT
    for word in ("decision", "care", "council", "Rosa", "Devon", "Wexmoor"):
        assert word not in message.body
    code = message.body.split("Your code is ")[1][:9]
    found = way_in(code)
    assert found is not None and found.person == named("devon") and found.matter == named("a matter")
    assert replay.compare().sound


def test_nothing_goes_to_a_telephone_that_is_not_safe(cast: Cast) -> None:
    assert prepare(named("lena"), NOTICE) is None  # her safe way is a call; her texts are read by him
    way = safe_way(named("lena"), clock.now())
    assert way is not None and way.channel == "phone" and way.address.startswith("07700 900456")


def test_a_way_that_is_no_longer_safe_is_not_used_again(cast: Cast) -> None:
    do(SayWayIsNotSafe(way=named("devon text")), by=cast.devon)
    assert prepare(named("devon"), NOTICE) is None
    assert safe_way(named("devon"), clock.now()) is None


def test_with_no_format_only_the_first_letter_goes_and_it_goes_once(cast: Cast) -> None:
    edith = named("Edith Vane")
    with clock.at("2026-03-02"):
        do(AddPerson(person=edith, organisation=cast.council, name="Edith Vane", team=cast.east), by=BUILDER)
        assert prepare(edith, NOTICE) is None
        way = SetWayToTell(person=edith, channel="letter", address="9 Mill Lane, Wexmoor", is_safe=True)
        do(way, by=cast.ken)
        first = prepare(edith, NOTICE)
        assert first is not None and first.subject == "How do you like to be told things?"
    with clock.at("2026-03-09"):
        assert prepare(edith, NOTICE) is None
        do(AskForFormat(person=edith, code="print_24"), by=Actor(person=edith, typed_by=cast.ken.person))
        letter = prepare(edith, NOTICE)
        assert letter is not None and letter.subject != first.subject
    assert replay.compare().sound


@pytest.mark.parametrize("code", ["braille", "audio", "bsl_video", "moon"])
def test_a_format_that_we_cannot_make_holds_the_message(cast: Cast, code: str) -> None:
    do(EndNeed(need=named("rosa format")), by=cast.rosa)
    do(AskForFormat(person=named("rosa"), code=code), by=cast.rosa)
    assert prepare(named("rosa"), NOTICE) is None


def test_somebody_with_no_email_no_telephone_and_no_wish_for_either_needs_none(cast: Cast) -> None:
    ways = {way.channel for way in [safe_way(named("rosa"), clock.now())] if way}
    assert ways == {"letter_large"}
    assert accepted_formats(named("rosa"), clock.now()) == ["print_20"]


@pytest.mark.parametrize("name", ["victor", "devon", "stranger", "tom", "boyd", "omar"])
def test_only_the_person_and_their_workers_say_how_they_are_told(cast: Cast, name: str) -> None:
    way = SetWayToTell(person=named("lena"), channel="text", address="07700 900111", is_safe=True)
    with pytest.raises((Missing, NotAllowed)):
        do(way, by=cast.everyone()[name])


def test_nobody_close_types_in_a_safe_way_for_somebody(cast: Cast) -> None:
    way = SetWayToTell(person=named("lena"), channel="text", address="07700 900789", is_safe=True)
    with pytest.raises(Refused):
        do(way, by=Actor(person=named("lena"), typed_by=named("victor")))
    with pytest.raises(Refused):
        do(StopWayToTell(way=named("lena phone")), by=Actor(person=named("lena"), typed_by=named("victor")))


def test_an_address_is_asked_for_where_the_way_needs_one(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        do(SetWayToTell(person=named("rosa"), channel="email", is_safe=True), by=cast.rosa)
    assert refused.value.reasons[0].field == "address"
    with pytest.raises(Refused):
        do(AskForFormat(person=named("rosa"), code="shouting"), by=cast.rosa)


def test_an_advocate_says_which_format_and_an_attorney_does_not(cast: Cast) -> None:
    do(AskForFormat(person=named("lena"), code="easy_read"), by=cast.mina)
    with pytest.raises(NotAllowed):
        do(AskForFormat(person=named("lena"), code="braille"), by=cast.victor)


def test_a_need_is_checked_again_and_ended_by_the_person(cast: Cast) -> None:
    with clock.at("2026-06-01"):
        do(SayNeedIsStillRight(need=named("rosa format")), by=cast.priya)
        assert InformationNeed.everything.get(pk=named("rosa format")).checked_at == clock.now()
        do(EndNeed(need=named("rosa format")), by=cast.rosa)
        assert accepted_formats(named("rosa"), clock.now()) == []


def test_a_person_says_how_often_they_are_asked(cast: Cast) -> None:
    do(SetHowOftenWeAsk(person=named("rosa"), how_often=HowOften.MONTHLY), by=cast.rosa)
    do(SetHowOftenWeAsk(person=named("rosa"), how_often=HowOften.NEVER, words="Not by phone."), by=cast.rosa)
    row = Asking.objects.seen_by(cast.rosa).get()
    assert (row.how_often, str(row.words)) == ("never", "Not by phone.")
    assert not Asking.objects.seen_by(cast.devon).exists()
    assert Person.everything.filter(pk=named("rosa")).exists()
    assert replay.compare().sound


def test_who_was_only_asked_how_is_two_questions_however_many_they_are(cast: Cast) -> None:
    people = [named(f"newcomer {count}") for count in range(4)]
    for person in people:
        do(AddPerson(person=person, organisation=cast.council, name="Iwan Price", team=cast.east), by=BUILDER)
        do(SendFirstLetter(person=person), by=THE_CLOCK)
    do(AskForFormat(person=people[0], code="easy_read"), by=cast.ken)
    with CaptureQueriesContext(connection) as found:
        assert who_was_asked_how(people, clock.now()) == dict.fromkeys(people[1:], clock.today())
    assert len(found) == 2


def test_a_page_says_which_way_is_tried_first_and_never_that_an_unsafe_one_is_tried(cast: Cast) -> None:
    """She reads it of the telephone that he holds too."""
    for place, address, safe in ((2, "07700 900001", False), (2, "07700 900002", True)):
        way = SetWayToTell(
            person=named("lena"), channel="text", address=address, is_safe=safe, place=place, times="at noon"
        )
        do(way, by=cast.lena)
    shown = page(cast.lena, f"/people/{named('lena')}/ways")
    assert shown.count("We try this way first") == 1
    assert shown.count("We try it as number") == len(ways_of(named("lena"), clock.now())) - 1 - shown.count(
        "Not safe: we never use it"
    )
    unsafe = shown.split("07700 900001")[1].split("</li>")[0]
    assert "Not safe: we never use it" in unsafe and "We try" not in unsafe


def test_of_two_ways_put_first_one_is_first_and_the_other_comes_second(cast: Cast) -> None:
    """The page said so already, by which was set last; a program read that both were first."""
    assert cast.rosa.person is not None
    given: dict[str, Any] = {"person": cast.rosa.person, "is_safe": True}
    do(SetWayToTell(channel="letter", address="1 Alder Row", **given), by=cast.rosa)
    before = places(cast.rosa.person)
    do(SetWayToTell(channel="phone", address="01632 960 001", **given), by=cast.rosa)
    after = places(cast.rosa.person)
    assert [place for place, _channel in after].count(1) == 1 and after[0] == (1, "phone")
    assert [channel for _place, channel in after[1:]] == [channel for _place, channel in before]
    third = SetWayToTell(channel="email", address="rosa@wexmoor.example", place=2, **given)
    do(third, by=cast.rosa)
    assert places(cast.rosa.person)[:3] == [(1, "phone"), (2, "email"), (3, "letter")]
    unsafe = SetWayToTell(person=cast.rosa.person, channel="text", address="07700 900 001", is_safe=False)
    do(unsafe, by=cast.rosa)
    assert places(cast.rosa.person)[:3] == [(1, "phone"), (2, "email"), (3, "letter")]
    assert replay.compare().sound


def places(person: UUID) -> list[tuple[int, str]]:
    """Where each safe way of somebody stands, and what it is."""
    rows = WayToTell.everything.filter(person=person, is_safe=True, ended_at=None)
    return [(row.place, row.channel) for row in rows.order_by("place", "-since")]
