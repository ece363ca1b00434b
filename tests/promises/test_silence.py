"""When a promise no longer holds, its owner must answer by a day, and it is seen when they did not."""

from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.command import NotAllowed
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.promises.commands import AnswerErosion, NoteNoAnswer
from alongside.topics.promises.models import Erosion
from tests.interfaces.conftest import browser_of
from tests.promises.by_post import notice
from tests.promises.groups import members, to_group
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, the_clock, told
from tests.promises.making import judge
from tests.visitor import page
from tests.world import Cast

LAST_DAY, LATE = "2026-12-03", "2026-12-04"


@pytest.fixture
def gone(cast: Cast, ramp: UUID) -> Erosion:
    """Rosa says in November that her ramp is broken again."""
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
    found: Erosion = Erosion.everything.get(promise=ramp)
    return found


def test_who_must_answer_and_by_when_is_said_to_her_and_to_him(cast: Cast, ramp: UUID, gone: Erosion) -> None:
    assert str(gone.answer_by) == LAST_DAY  # 28 days, by the rules of that day
    with clock.at(LAST_DAY):
        assert "Ken Holt must answer by 3 December 2026." in page(cast.rosa, f"/promises/{ramp}")
        assert "Answer by 3 December 2026." in page(cast.ken, "/")
        assert "Ken Holt must answer by 3 December 2026." in notice("promise_no_longer_holds", cast.rosa).body
        assert "promises.erosion_overdue" not in the_clock()


def test_a_day_late_it_is_written_down_once_and_told_to_her_to_him_and_to_his_manager(
    cast: Cast, ramp: UUID, gone: Erosion
) -> None:
    with clock.at(LATE):
        assert "promises.erosion_overdue" in the_clock()
        assert "promises.erosion_overdue" not in the_clock()
        people = {cast.rosa.person, cast.ken.person, cast.june.person}
        assert told("erosion_overdue") >= {one.hex for one in people if one is not None} - {None}
        assert "Ken Holt had to answer by 3 December 2026, and has not." in page(
            cast.rosa, f"/promises/{ramp}"
        )
        assert "had to answer by 3 December 2026" in notice("erosion_overdue", cast.rosa).body
        for who in (cast.ken, cast.june):
            assert "It was due on 3 December 2026." in page(who, "/")
        with pytest.raises(NotAllowed):
            do(NoteNoAnswer(promise=ramp, erosion=gone.id), by=cast.rosa)
        do(AnswerErosion(promise=ramp, erosion=gone.id, answer="We mend it on Monday."), by=cast.june)
        assert "had to answer" not in page(cast.rosa, f"/promises/{ramp}")
        assert "It was due on" not in page(cast.june, "/") + page(cast.ken, "/")


def test_whoever_answered_in_time_is_never_late(cast: Cast, ramp: UUID, gone: Erosion) -> None:
    with clock.at(LAST_DAY):
        do(AnswerErosion(promise=ramp, erosion=gone.id, answer="We mend it."), by=cast.ken)
    with clock.at(LATE):
        assert "promises.erosion_overdue" not in the_clock()
    assert not Outbox.objects.filter(payload__what="erosion_overdue").exists()


def test_what_is_open_to_all_is_late_in_the_open_and_of_few_nobody_learns_it(cast: Cast) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    with clock.at(KEPT):
        for each in people:
            do(judge(promise, None, "kept"), by=each)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(promise, None), by=people[0])
    with clock.at(LATE):
        assert "had to answer" not in page(None, f"/promises/{promise}")
    with clock.at(HALF_A_YEAR):
        for each in people[1:5]:
            do(holds(promise, None), by=each)
    with clock.at(LATE):
        the_clock()
        assert "had to answer by 3 December 2026, and has not." in page(None, f"/promises/{promise}")
        told_to_all = Client().get(f"/api/promises/{promise}").json()["no_longer_holds"]
        assert [one["is_late"] for one in told_to_all] == [True]
        rows = Client().get("/open-data/promises.json").json()["items"]
        assert [row["answer_due_on"] for row in rows if row["id"] == str(promise)] == [LAST_DAY]
        text = browser_of(cast.boyd).get("/councillor/").content.decode()
        assert "not answered in time" in text


def test_in_easy_read_she_is_asked_whether_it_still_holds_and_sees_who_must_answer(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    client = browser_of(cast.rosa)
    client.cookies["reading"] = "..easy"
    with clock.at(HALF_A_YEAR):
        the_clock()
        shown = client.get(f"/promises/{ramp}").content.decode()
        assert "You said that they did it. Is it still so?" in shown
        assert shown.count('href="/do/promises.still_holds_said?') == 3
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
        assert "Somebody must answer by this day." in client.get(f"/promises/{ramp}").content.decode()
    with clock.at(LATE):
        assert "They did not." in client.get(f"/promises/{ramp}").content.decode()
