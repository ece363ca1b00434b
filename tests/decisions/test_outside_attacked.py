"""Further ways round the rule that somebody outside sees a legal reason, tried by a stranger to it."""

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands
from alongside.topics.decisions.models import State
from tests.decisions import acts
from tests.decisions.test_seen_outside import again, ground, matter, state, what_is_due
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
CLOSED = "outside"
NO = "The gas is off. Nobody is in danger."


# An emergency that does not end as it should -----------------------------------------------------------


def test_an_emergency_written_anew_with_a_nearer_end_does_not_lapse_as_if_seen(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    do(
        commands.RenewGround(
            decision=decision, ground=row.id, evidence=acts.evidence(row.code), ends_on="2026-03-02"
        ),
        by=cast.ken,
    )
    with clock.at("2026-03-03T09:00:00+00:00"):
        what_is_due()
    assert state(decision) == State.OPEN


@pytest.mark.parametrize("how", ["renewed", "ended", "beside", "elsewhere"])
def test_a_no_to_an_emergency_is_not_washed_off_by_writing_it_again(cast: Cast, how: str) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.looked(row, cast.dee, "no", NO)
    if how == "renewed":
        again(decision, row, cast.ken, immediate_action="Something else was tried.")
    elif how == "ended":
        do(commands.EndGround(decision=decision, ground=row.id), by=cast.ken)
    if how == "elsewhere":
        decision = matter(cast)
    if how != "renewed":
        ground(decision, cast.ken, "serious_harm")
    with pytest.raises(Refused, match=CLOSED):
        acts.decided(decision, cast.ken)


def test_what_was_decided_on_an_emergency_that_somebody_outside_does_not_agree_with_holds_no_longer(
    cast: Cast,
) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    acts.looked(row, cast.dee)
    acts.looked(row, cast.mina, "no", NO)
    with clock.at("2026-03-05T09:00:00+00:00"):
        what_is_due()
    assert state(decision) == State.OPEN
