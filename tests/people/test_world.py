"""The cast stands, and its tables are what the record says."""

from alongside.kernel import replay
from tests.world import Cast


def test_the_cast_is_built_through_the_door_and_can_be_rebuilt(cast: Cast) -> None:
    assert replay.verify().sound
    assert replay.compare().sound
