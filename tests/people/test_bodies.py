"""Bodies are public, and what is user-led is counted, not claimed."""

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY
from alongside.topics.people.commands.bodies import AddOrganisation, AddTeam, AppointToOffice, CountTheBoard
from alongside.topics.people.models import BoardCount, Holding, Office, Organisation, OrganisationKind
from alongside.topics.people.policy import holders_of, is_user_led, name_of, offices_of
from tests.world import Cast, named


def count(cast: Cast, who_draw: int, members: int = 8) -> None:
    with clock.at("2026-04-01"):
        board = CountTheBoard(
            organisation=cast.ulo, counted_on=clock.today(), members=members, who_draw_on_support=who_draw
        )
        do(board, by=cast.ana)


@pytest.mark.parametrize(
    ("who_draw", "members", "led"), [(6, 8, True), (5, 8, False), (3, 4, True), (2, 3, False), (1, 1, True)]
)
def test_a_body_is_user_led_when_three_quarters_of_its_board_draw_on_support(
    cast: Cast, who_draw: int, members: int, led: bool
) -> None:
    count(cast, who_draw, members)
    assert is_user_led(cast.ulo) is led
    assert BoardCount.objects.seen_by(NOBODY).count() == 2  # everyone may check it
    assert replay.compare().sound


def test_the_count_is_made_there_and_only_of_user_led_bodies(cast: Cast) -> None:
    board = CountTheBoard(organisation=cast.ulo, counted_on=clock.today(), members=4, who_draw_on_support=4)
    with pytest.raises((NotAllowed, Missing)):
        do(board, by=cast.ken)
    councils = CountTheBoard(
        organisation=cast.council, counted_on=clock.today(), members=4, who_draw_on_support=4
    )
    with pytest.raises(Refused):
        do(councils, by=cast.ken)
    assert not is_user_led(cast.council)


def test_a_board_cannot_have_more_who_draw_on_support_than_members(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        count(cast, 9)
    assert refused.value.reasons[0].field == "who_draw_on_support"


def test_offices_are_public_and_who_holds_them_is_not(cast: Cast) -> None:
    assert Office.objects.seen_by(NOBODY).filter(pk=cast.kens_office).exists()
    assert Organisation.objects.seen_by(NOBODY).filter(pk=cast.council).exists()
    assert not Holding.objects.seen_by(NOBODY).exists()
    assert not Holding.objects.seen_by(cast.rosa).exists()
    assert name_of(cast.kens_office) == "Team manager, East"
    assert offices_of(named("ken"), clock.now()) == [cast.kens_office]


def test_a_new_holder_takes_over_from_the_one_before(cast: Cast) -> None:
    do(AppointToOffice(office=cast.kens_office, person=named("omar")), by=cast.june)
    assert holders_of(cast.kens_office, clock.now()) == [named("omar")]
    with pytest.raises(Refused):
        do(AppointToOffice(office=cast.kens_office, person=named("stranger")), by=cast.june)
    assert replay.compare().sound


def test_only_those_with_a_post_add_bodies_and_only_managers_add_teams(cast: Cast) -> None:
    body = AddOrganisation(kind=OrganisationKind.COMMUNITY, name="Wexmoor Choir")
    with pytest.raises(NotAllowed):
        do(body, by=cast.rosa)
    do(body, by=cast.priya)
    with pytest.raises(NotAllowed):
        do(AddTeam(organisation=cast.council, name="North"), by=cast.priya)
    do(AddTeam(organisation=cast.council, above=cast.service, name="North"), by=cast.june)
    with pytest.raises(Refused):
        do(AddTeam(organisation=cast.ulo, above=cast.service, name="Ours"), by=cast.ana)
