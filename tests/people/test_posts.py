"""A post in a body is work: nobody ends support by it, and who is made a colleague hears of it."""

from dataclasses import replace
from uuid import UUID

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions.commands.gating import tally_of
from alongside.topics.people.commands.posts import EndPost, GivePost, PlaceWithTeam
from alongside.topics.people.models import Link, LinkKind
from tests.decisions import changing
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> object:
    with clock.at("2026-03-02"):
        yield
    assert replay.compare().problems == []


def test_nobody_ends_somebodys_support_by_ending_a_post(cast: Cast) -> None:
    do(PlaceWithTeam(person=cast.rosa.person, team=cast.east), by=replace(cast.priya, strong=True))
    link = Link.everything.get(person=cast.rosa.person, kind=LinkKind.DRAWS_ON_SUPPORT, closes_at=None)
    with pytest.raises(Refused, match="only by a decision made with the person"):
        do(EndPost(link=link.id), by=cast.ken)
    assert "They no longer work here" not in page(cast.ken, f"/people/links/{link.id}")
    assert Link.everything.get(id=link.id).closes_at is None


def given(cast: Cast) -> UUID:
    """Ken makes a colleague of Rosa, who judges what his council does."""
    post = GivePost(organisation=cast.council, person=cast.rosa.person, kind=LinkKind.PRACTITIONER)
    do(post, by=cast.ken)
    found: UUID = Link.everything.get(person=cast.rosa.person, kind=LinkKind.PRACTITIONER, closes_at=None).id
    return found


def test_who_is_made_a_colleague_is_told_says_that_it_is_not_so_and_counts_again(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    link = given(cast)
    assert cast.rosa.person is not None
    told = Outbox.objects.get(kind="tell", payload__what="post_given").payload
    assert (told["person"], told["link"]) == (cast.rosa.person.hex, f"/people/links/{link}")
    changing.judges(change, cast.rosa, "against")
    assert tally_of(changing.again(change)).against == 0  # a colleague is heard and not counted
    assert "I do not work here" in page(cast.rosa, f"/people/links/{link}")
    do(EndPost(link=link), by=cast.rosa)
    changing.judges(change, cast.rosa, "against")
    assert tally_of(changing.again(change)).against == 1
    with pytest.raises(Refused, match="said that they do not work there"):
        given(cast)


def test_a_post_is_given_only_by_somebody_who_signed_in_strongly(cast: Cast) -> None:
    post = GivePost(organisation=cast.council, person=cast.rosa.person, kind=LinkKind.PRACTITIONER)
    with pytest.raises(Refused, match="sign in with your passkey or your council account"):
        do(post, by=replace(cast.ken, strong=False))
    assert do(post, by=replace(cast.ken, strong=True)).thing
