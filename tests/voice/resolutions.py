"""Resolutions as they were passed: for the tests of this room."""

from hypothesis import strategies as st

from alongside.kernel.door import do
from alongside.topics.voice import commands
from alongside.topics.voice.models import Resolution
from tests.voice import acts
from tests.world import Cast

TEXT = "We ask that councils do not discriminate against organisations of disabled people in contracts."


WORDS = st.lists(
    st.sampled_from(["we", "ask", "that", "councils", "listen", "to", "us"]), min_size=1, max_size=9
)


def passed(cast: Cast, **more: object) -> Resolution:
    values = {
        "organisation": cast.ulo,
        "name": "On commissioning",
        "words": TEXT,
        "passed_by": "The members’ meeting",
        "passed_on": acts.day("2026-02-01"),
        "votes_for": 38,
        "votes_against": 1,
        "votes_abstained": 2,
    }
    done = do(commands.PassResolution(**{**values, **more}), by=cast.ana)
    row: Resolution = Resolution.everything.get(id=done.thing)
    return row
