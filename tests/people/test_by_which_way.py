"""By which way somebody is told, one condition at a time: the wrong way could put them in danger."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.interfaces.delivery import Channel
from alongside.interfaces.letter import STANDARD_SIZE
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.forgetting import forget
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.reaching import (
    AskForFormat,
    EndNeed,
    SayWayIsNotSafe,
    SetWayToTell,
    StopWayToTell,
)
from alongside.topics.people.models import InformationNeed, Person
from alongside.topics.people.policy import accepted_formats, safe_way
from alongside.topics.people.policy.reaching import how_we_write, size_for, ways_of
from alongside.topics.people.telling import channel_for, prepare
from tests.world import BUILDER, Cast, named

NADIA = named("Nadia Rahman")
NOTICE = {"what": "asked", "link": "/", "matter": named("a matter").hex}
ADDRESS = {"text": "07700 900011", "email": "nadia@home.example", "phone": "07700 900012"}


@pytest.fixture
def ken(cast: Cast) -> Any:
    """Her worker, who writes down what she says of how she is told."""
    add = AddPerson(person=NADIA, organisation=cast.council, name="Nadia Rahman", team=cast.east)
    with clock.at("2026-03-01"):
        do(add, by=BUILDER)
    return cast.ken


def way(ken: Any, channel: str, *, is_safe: bool = True, **more: Any) -> UUID:
    address = ADDRESS.get(channel, "4 Ash Court, Wexmoor")
    told = SetWayToTell(person=NADIA, channel=channel, address=address, is_safe=is_safe, **more)
    return do(told, by=ken).thing


def likes(ken: Any, *codes: str) -> None:
    for code in codes:
        do(AskForFormat(person=NADIA, code=code), by=ken)


def by() -> str | None:
    found = how_we_write(NADIA, clock.now())
    return found.way.channel if found is not None else None


def first(*channels: str) -> str | None:
    found = safe_way(NADIA, clock.now(), channels or None)
    return found.channel if found is not None else None


def test_the_first_safe_way_is_taken_by_the_place_they_gave_it_and_of_two_the_newer(ken: Any) -> None:
    with clock.at("2026-03-02"):
        way(ken, "email", place=2)
        way(ken, "phone", place=1)
    with clock.at("2026-03-03"):
        newer = way(ken, "text", place=2)
    with clock.at("2026-03-04"):
        assert [row.channel for row in ways_of(NADIA, clock.now())] == ["phone", "text", "email"]
        assert first() == "phone"
        assert first("email", "text") == "text"
        assert first("email") == "email" and first("letter") is None
        do(SayWayIsNotSafe(way=newer), by=ken)
        assert first("email", "text") == "email"


def test_an_unsafe_way_is_never_taken_though_it_comes_first_or_alone(ken: Any) -> None:
    way(ken, "text", is_safe=False, place=1)
    assert first() is None and first("text") is None
    way(ken, "email", place=5)
    assert first() == first("text", "email") == "email"


def test_a_way_holds_from_its_moment_until_it_is_stopped(ken: Any) -> None:
    with clock.at("2026-03-02"):
        told = way(ken, "text")
        moment = clock.now()
        assert safe_way(NADIA, moment) is not None
        assert safe_way(NADIA, moment - timedelta(seconds=1)) is None
    with clock.at("2026-03-09"):
        do(StopWayToTell(way=told), by=ken)
        stopped = clock.now()
        assert safe_way(NADIA, stopped) is None
        assert safe_way(NADIA, stopped - timedelta(seconds=1)) is not None


def test_a_way_whose_words_are_gone_is_none_any_more(ken: Any) -> None:
    way(ken, "text")
    found = safe_way(NADIA, clock.now())
    assert found is not None and (found.address, found.times, found.shared_with) == (
        ADDRESS["text"],
        "",
        None,
    )
    forget(NADIA)
    assert safe_way(NADIA, clock.now()) is None


def test_what_they_said_of_the_way_goes_with_it(ken: Any, cast: Cast) -> None:
    way(ken, "text", times="at noon", shared_with=cast.devon.person, language="cy")
    found = safe_way(NADIA, clock.now())
    assert found is not None
    assert (found.times, found.shared_with, found.language) == ("at noon", cast.devon.person, "cy")


@pytest.mark.parametrize(
    ("codes", "channel", "size"),
    [
        ([], "text", False),  # in no format: nothing may be written
        (["plain"], "text", STANDARD_SIZE),
        (["easy_read"], "text", None),  # two short sentences suit them
        (["electronic"], "email", None),
        (["print_20"], "text", 20),
        (["braille"], "text", False),
        (["braille", "easy_read"], "text", None),
        (["plain"], "letter", STANDARD_SIZE),
        (["plain"], "letter_large", 18),
        (["coloured_paper"], "letter", STANDARD_SIZE),
        (["print_20", "plain"], "letter", 20),
        (["print_20", "print_24"], "letter", 24),
        (["easy_read"], "letter", False),  # print does not suit them
        (["braille"], "letter_large", False),
        (["plain"], "phone", False),  # by a way that nobody writes by
    ],
)
def test_what_we_write_suits_the_person_and_the_way_or_nothing_is_written(
    ken: Any, codes: list[str], channel: str, size: int | bool | None
) -> None:
    way(ken, channel)
    likes(ken, *codes)
    found = how_we_write(NADIA, clock.now())
    assert (False if found is None else found.size) == size
    if codes:
        assert (channel_for(NADIA) is None) is (size is False)
        assert (prepare(NADIA, NOTICE) is None) is (size is False)


def test_a_language_that_is_not_ours_is_written_in_by_nobody(ken: Any) -> None:
    likes(ken, "plain")
    way(ken, "text", language="pl")
    assert by() is None and channel_for(NADIA) is None
    way(ken, "email", language="cy", place=1)
    assert by() is None or by() == "email"


def test_print_goes_on_paper_large_only_where_they_asked_for_no_size(ken: Any) -> None:
    assert size_for(["plain"], "letter_large") == 18
    assert size_for(["coloured_paper"], "letter_large") == 18
    assert size_for(["plain"], "letter") == STANDARD_SIZE
    assert size_for(["print_24", "plain"], "letter_large") == 24
    assert size_for(["easy_read"], "letter") is None


def test_a_format_counts_from_its_moment_until_it_ends_and_once(ken: Any) -> None:
    with clock.at("2026-03-02"):
        likes(ken, "plain")
        moment = clock.now()
        assert accepted_formats(NADIA, moment) == ["plain"]
        assert accepted_formats(NADIA, moment - timedelta(seconds=1)) == []
    with clock.at("2026-03-09"):
        need = InformationNeed.everything.get(person=NADIA, category="format")
        do(EndNeed(need=need.id), by=ken)
        assert accepted_formats(NADIA, clock.now()) == []
        assert accepted_formats(NADIA, clock.now() - timedelta(seconds=1)) == ["plain"]
        assert accepted_formats(named("rosa"), clock.now()) == ["print_20"], "nobody else's end ends theirs"


def test_before_any_format_one_letter_alone_may_go_and_it_asks_how(ken: Any) -> None:
    with clock.at("2026-03-02"):
        way(ken, "text")
        assert channel_for(NADIA) is None and prepare(NADIA, NOTICE) is None
        way(ken, "letter", place=2)
        assert channel_for(NADIA) is Channel.LETTER
    with clock.at("2026-03-09T09:00+00:00"):
        asked = prepare(NADIA, NOTICE)
        assert asked is not None and asked.subject == "How do you like to be told things?"
        assert Person.everything.get(id=NADIA).first_letter_at == clock.now()
    with clock.at("2026-03-10T09:00+00:00"):
        assert prepare(NADIA, NOTICE) is not None, "it could not leave for a day: the same letter again"
    with clock.at("2026-03-10T09:01+00:00"):
        assert prepare(NADIA, NOTICE) is None, "it goes once"


def test_no_first_letter_goes_by_an_unsafe_way_or_in_words_that_are_not_ours(ken: Any) -> None:
    way(ken, "letter", is_safe=False)
    assert prepare(NADIA, NOTICE) is None
    way(ken, "letter", language="pl")
    assert prepare(NADIA, NOTICE) is None
    assert Person.everything.get(id=NADIA).first_letter_at is None
