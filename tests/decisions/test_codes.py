"""A choice that is on no list comes in by no way: the door itself refuses it, and names the question."""

import pytest

from alongside.kernel import ledger
from alongside.kernel.command import Refused
from alongside.kernel.door import do, do_many
from alongside.kernel.policy import NOBODY
from alongside.topics.decisions import commands
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def wrong(cast: Cast, standing: str) -> commands.RaiseProblem:
    """Made in Python, as an import or a program makes it: no form has looked at it."""
    return commands.RaiseProblem(
        what="place", organisation=cast.council, where="The hall", words="Shut.", standing=standing
    )


@pytest.mark.parametrize("code", ["king", "", "DRAWS", "draws "])
def test_the_door_refuses_a_code_of_no_list_and_names_the_field(cast: Cast, code: str) -> None:
    before = len(list(ledger.entries()))
    with pytest.raises(Refused) as refusal:
        do(wrong(cast, code), by=NOBODY)
    assert [reason.field for reason in refusal.value.reasons] == ["standing"]
    assert "draws" in refusal.value.reasons[0].sentence
    with pytest.raises(Refused):
        do_many([(wrong(cast, "draws"), None), (wrong(cast, code), None)], by=NOBODY)
    assert len(list(ledger.entries())) == before  # nothing half in


def test_a_code_of_the_list_comes_in_and_one_that_may_be_left_out_is(cast: Cast) -> None:
    for standing in ("draws", "unsaid"):
        assert do(wrong(cast, standing), by=NOBODY).recorded is not None


def test_a_code_by_which_the_door_settles_something_is_looked_at_before_that(cast: Cast) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Heat the hall", change="reduce")
    with pytest.raises(Refused) as refusal:
        do(raised, by=cast.june)
    assert [reason.field for reason in refusal.value.reasons] == ["change"]
