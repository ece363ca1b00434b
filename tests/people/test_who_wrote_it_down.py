"""Beside each row of “who is who” stands who wrote it down and when, as far as its reader may know it."""

from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.models import LinkKind
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast, named

pytestmark = pytest.mark.django_db


@pytest.fixture
def friend(cast: Cast) -> UUID:
    """Priya wrote down in March that Lena is a friend of Rosa’s; in April Rosa agreed."""
    assert cast.rosa.person is not None and cast.lena.person is not None
    with clock.at("2026-03-02"):
        row = Relate(person=cast.rosa.person, other=cast.lena.person, kind=LinkKind.FRIEND)
        pk = do(row, by=cast.priya).thing
    with clock.at("2026-04-20"):
        do(AgreeToLink(link=pk), by=cast.rosa)
    return pk


def test_whose_life_it_is_and_who_works_with_them_read_who_wrote_it_down_and_on_which_day(
    cast: Cast, friend: UUID
) -> None:
    with clock.at("2026-05-04"):
        own = page(cast.rosa, f"/people/{cast.rosa.person}")
        assert "Priya Nair, 2 March 2026." in own, "not the day on which she agreed"
        assert "You, 2 March 2026." in page(cast.priya, f"/people/{cast.rosa.person}")
        assert "Priya Nair wrote this down on 2 March 2026." in page(cast.rosa, f"/people/links/{friend}")


def test_whoever_else_it_names_reads_the_day_alone(cast: Cast, friend: UUID) -> None:
    with clock.at("2026-05-04"):
        text = page(cast.lena, f"/people/links/{friend}")
        assert "Written down on 2 March 2026." in text and "Priya Nair wrote" not in text
        rows = page(cast.lena, f"/people/{cast.lena.person}")
        assert "2 March 2026." in rows and "Priya Nair, 2 March 2026." not in rows


def test_whoever_holds_a_power_is_not_told_who_wrote_it_down(cast: Cast) -> None:
    text = page(cast.victor, f"/people/links/{named('lena victor attorney')}")
    assert "wrote this down" not in text


def test_a_program_reads_the_same(cast: Cast, friend: UUID) -> None:
    def row(reader: Actor) -> dict[str, Any]:
        items = browser_of(reader).get("/api/people/links").json()["items"]
        found: dict[str, Any] = next(one for one in items if one["id"] == str(friend))
        return found

    assert row(cast.rosa)["said_by"] == str(cast.priya.person)
    assert row(cast.rosa)["said_at"].startswith("2026-03-02")
    assert row(cast.lena)["said_by"] is None and row(cast.lena)["said_on"] == "2026-03-02"


def test_a_program_of_somebody_who_is_told_the_day_alone_reads_no_minute(cast: Cast, friend: UUID) -> None:
    """By the minute it could be laid beside what else was done then, and whoever wrote it be found."""
    for reader in (cast.lena, cast.victor):
        rows = browser_of(reader).get("/api/people/links").json()["items"]
        hidden = [one for one in rows if one["said_by"] is None]
        assert hidden and all(one["said_at"] is None and one["said_on"] for one in hidden)
