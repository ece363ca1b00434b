"""What the yardstick takes as in time, as theirs and as firm, on the very day where it turns."""

from typing import Any

import pytest

from alongside.topics.decisions.engine.facts import Facts, Source
from tests.decisions.together.plain import (
    act,
    but,
    matter,
    meeting,
    one,
    row,
    standing,
    together,
    way,
    written,
)


def source(days: int, joined: int = 0, **more: Any) -> Source:
    link = written("joined", joined)
    return Source(
        **written("problem", days), said_as="draws", joined=link["entry"], joined_at=link["at"], **more
    )


@pytest.mark.parametrize(
    ("said_on", "joined_on", "theirs"), [(-5, 0, 1), (21, 40, 1), (22, 40, 0), (-5, 41, 0)]
)
def test_a_way_is_theirs_where_the_problem_came_before_it_and_was_joined_before_the_end(
    said_on: int, joined_on: int, theirs: int
) -> None:
    ways = (way("our way", "ken", 21), way("their way", "ken", 22))
    said = source(said_on, joined_on, way=one("our way"))
    assert row(but(together(), ways=ways, sources=(said,)), "options").value == theirs


def test_while_nothing_is_decided_no_problem_is_joined_too_late() -> None:
    ways, said = (way("our way", "ken", 21),), (source(-5, 50), source(-5, 50, way=one("our way")))
    figure = row(Facts(matter(), ways=ways, sources=said), "options").figure("ways")
    assert figure is not None and (figure.value, figure.of) == (1, 1)
    assert row(Facts(matter(), sources=said), "origin").says == "problem_draws"


@pytest.mark.parametrize(("written_on", "stage"), [(19, 1), (20, None)])
def test_what_is_written_down_within_fourteen_days_is_early(written_on: int, stage: int | None) -> None:
    came = act("rosa", "talk", days=written_on)
    assert row(Facts(matter(), (standing("rosa"),), (meeting("talk", 5),), (came,)), "stage").value == stage
    noted = meeting("talk", 5, noted=written_on)
    found = row(Facts(matter(), (standing("rosa"),), (noted,), (act("rosa", "talk", days=6),)), "stage")
    assert found.value == stage


def test_a_meeting_on_the_day_of_the_first_way_was_held_before_there_were_ways() -> None:
    facts = Facts(matter(), (standing("rosa"),), (meeting("talk", 5),), (act("rosa", "talk", days=6),))
    assert row(but(facts, ways=(way("a way", "ken", 5),)), "stage").says == "frame"
    assert row(but(facts, ways=(way("a way", "ken", 4),)), "stage").says == "options"


def test_of_two_words_on_one_coming_their_own_counts_whichever_was_written_first() -> None:
    own, listed = act("rosa", "talk", "spoke"), act("rosa", "talk", is_own_word=False)
    for acts in ((own, listed), (listed, own)):
        facts = Facts(matter(), (standing("rosa"),), (meeting("talk", 5),), acts)
        assert row(facts, "stage").value == 1


def test_only_who_says_that_it_affects_them_is_told_as_left_out_for_being_paid() -> None:
    boyd = standing("boyd", "manager", is_of_body=True)
    facts = Facts(matter(), (boyd,), (meeting("talk", 5),), (act("boyd", "talk"),))
    assert row(facts, "stage").figure("paid_or_not_own_word") is None
