"""A way to be told that a worker stops is no secret: word of it goes by the ways that are left."""

import pytest

from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.people.commands.reaching import StopWayToTell
from tests.world import Cast, named

pytestmark = pytest.mark.django_db


def words_that_left() -> list[tuple[str, str]]:
    sent = Outbox.objects.filter(kind="tell").order_by("pk")
    return [(one.payload["person"], one.payload["what"]) for one in sent]


def test_whose_way_a_worker_stops_hears_of_it(cast: Cast) -> None:
    do(StopWayToTell(way=named("lena phone")), by=cast.ken)
    assert words_that_left() == [(named("lena").hex, "way_stopped")]


def test_whoever_stops_their_own_is_not_told_what_they_know(cast: Cast) -> None:
    do(StopWayToTell(way=named("lena phone")), by=cast.lena)
    assert words_that_left() == []
