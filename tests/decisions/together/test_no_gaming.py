"""Ways in which a number of the yardstick was made to rise, tried one by one in a place that runs."""

from dataclasses import replace
from uuid import UUID

import pytest

from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.finding import Finding
from alongside.topics.decisions.engine.rung import profile
from alongside.topics.decisions.models import Act, ComesAs
from alongside.topics.decisions.pages.together import facts_of
from tests.decisions import acts
from tests.decisions.together.hall import Hall, hall
from tests.decisions.together.plain import but, one, row, together
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
__all__ = ["hall"]


def finding(matter: UUID, key: str) -> Finding:
    return profile(facts_of(models.Decision.everything.get(id=matter))).finding(key)


def test_an_idea_that_a_worker_typed_for_somebody_is_not_evidence_of_theirs(cast: Cast) -> None:
    """A worker raised it in Rosa’s name, said for her that it affects her, and took it up to decide it."""
    typed = acts.typed_for(cast.rosa, cast.priya)
    raised = commands.RaiseAboutPlace(
        organisation=cast.council, what="Fewer visits", change="cut", why="Rest"
    )
    matter = do(raised, by=typed).thing
    shown = {"decision": matter, "comes_as": ComesAs.PERSON, "is_shown": True}
    do(commands.SayWhatIComeAs(**shown), by=typed)
    assert finding(matter, "origin").missing == ("raiser_standing",)
    do(commands.TakeUp(decision=matter), by=cast.priya)
    assert cast.rosa.person not in facts_of(models.Decision.everything.get(id=matter)).affected
    coming = acts.latest(models.Coming, matter)
    do(commands.TakeBackWhatIComeAs(decision=matter, coming=coming.id), by=cast.rosa)
    do(commands.SayWhatIComeAs(**shown), by=cast.rosa)  # her own word now, and still not her raising
    assert cast.rosa.person in facts_of(models.Decision.everything.get(id=matter)).affected
    assert finding(matter, "origin").missing == ("raiser_standing",)


def test_what_somebody_raised_or_put_forward_by_a_friend_s_hand_stays_theirs() -> None:
    whole = together()
    theirs = whole.matter.raised_by
    ways = tuple(replace(each, typed_by=one("ana")) for each in whole.ways)
    by_a_friend = but(whole, matter=replace(whole.matter, typed_by=one("ana")), ways=ways)
    assert row(by_a_friend, "origin").value == row(by_a_friend, "options").value == 1
    by_staff = but(by_a_friend, paid_by_body=frozenset({one("ana")}))
    assert row(by_staff, "origin").value is None and theirs in by_staff.affected
    assert row(by_staff, "options").value == 0
    as_raised = but(by_staff, matter=replace(by_staff.matter, adopted=None, is_as_raised=True))
    assert row(as_raised, "options").value == 0


def test_a_number_made_smaller_once_people_had_spoken_makes_no_share_look_larger(hall: Hall) -> None:
    group = acts.latest(models.Affected, hall.matter).id

    def corrected(size: int) -> None:
        hall.says(commands.CorrectSize, hall.cast.june, group=group, size=size, words="I counted again")

    corrected(18)  # before anybody spoke: it was a slip
    hall.says(commands.SayWhatIComeAs, hall.cast.rosa, comes_as=ComesAs.PERSON)
    hall.says(commands.SayITookPart, hall.cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    assert (hall.row("breadth").value, hall.row("breadth").of) == (1, 18)
    corrected(2)
    assert (hall.row("breadth").value, hall.row("breadth").of) == (1, 18)
    assert hall.row("breadth").figure("now_said").value == 2
    corrected(30)  # more than anybody thought lowers it, as it should
    assert hall.row("breadth").of == 30
    assert hall.row("breadth").figure("now_said") is None


def test_whoever_came_has_spoken_though_they_say_only_later_who_they_are(hall: Hall) -> None:
    """Some came, the number was made two, and only then did they say who they are: 1 of 20 was 1 of 2."""
    group, rosa = acts.latest(models.Affected, hall.matter).id, hall.cast.rosa
    smaller = {"group": group, "words": "I counted again"}
    noted = {"meeting": hall.meeting, "person": rosa.person}
    hall.says(commands.WriteDownWhoCame, hall.cast.june, act=Act.INVITED, **noted)
    hall.says(commands.CorrectSize, hall.cast.june, size=18, **smaller)  # nobody has come yet: it was a slip
    hall.says(commands.WriteDownWhoCame, hall.cast.june, act=Act.SPOKE, **noted)
    hall.says(commands.CorrectSize, hall.cast.june, size=2, **smaller)
    hall.says(commands.SayWhatIComeAs, rosa, comes_as=ComesAs.PERSON)
    part = hall.latest(models.PartTaken).id
    hall.says(commands.AnswerWhatWasWritten, rosa, part=part, is_right=True)
    assert (hall.row("breadth").value, hall.row("breadth").of) == (1, 18)


def test_a_dot_is_no_answer_with_reasons(hall: Hall) -> None:
    said = commands.GiveViewOnPlace(decision=hall.matter, position="unsure", words="What about the heating?")
    do(said, by=hall.cast.rosa)
    view = hall.latest(models.View).id
    for nothing in ("", " . ", "…"):
        with pytest.raises(Refused, match="Write your answer to them"):
            hall.says(commands.ReplyToView, hall.cast.june, view=view, result="adopted", words=nothing)
    hall.says(commands.ReplyToView, hall.cast.june, view=view, result="adopted", words="We mend it first.")
    assert (hall.row("responses").value, hall.row("responses").of) == (1, 1)
