"""Each thing that can be done here is done once, and the tables are then what the record says."""

import pytest

from alongside.kernel.command import COMMANDS
from tests.ledgers.voice import rare_voice
from tests.proof import voice
from tests.world import Cast
from tests.written import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_one_of_every_kind_is_recorded_and_can_be_played_again(cast: Cast) -> None:
    voice.happens(cast)
    rare_voice(cast)
    done = {each.kind for each in written()}
    assert {kind for kind in COMMANDS if kind.startswith("voice.")} - done == set()
