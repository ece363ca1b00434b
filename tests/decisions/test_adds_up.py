"""Many small things come to a large one; and a promise about a life is made to whose life it is."""

from datetime import date
from typing import Any

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.promises.commands import MakePromise, OfferCorrection
from alongside.topics.promises.models import OfferedWords, Promise, PromisedTo
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
TOGETHER = "With this one they are not small"


def agrees(cast: Cast, what: str, change: str = "swap", by: Actor | None = None) -> Any:
    small = commands.AgreeEveryday(
        person=cast.rosa.person, what=what, change=change, words="She said yes.", channel="talked_through"
    )
    return do(small, by=by or cast.priya).thing


def test_eleven_times_a_little_less_is_no_small_thing(cast: Cast) -> None:
    """Each was small, and she undid none: at the end she had lost her mornings, and nobody had decided it."""
    agrees(cast, "Come at half past eight")
    clock.advance(days=2)
    agrees(cast, "Somebody else comes on Fridays", "who", by=cast.ken)
    for day in range(9):
        clock.advance(days=2)
        for by in (cast.priya, cast.ken):
            with pytest.raises(Refused, match=TOGETHER):
                agrees(cast, f"Go a quarter of an hour earlier, {day}", "swap", by=by)
    assert models.Decision.everything.filter(person=cast.rosa.person, size="everyday").count() == 2
    acts.raised(cast.priya, cast.rosa, "Go two hours earlier", "swap")  # as the larger size


def test_she_and_who_decides_read_the_sum_on_the_page(cast: Cast) -> None:
    first = agrees(cast, "Come at half past eight")
    assert "small change" not in page(cast.rosa, f"/decisions/{first}")
    clock.advance(days=2)
    second = agrees(cast, "Come by the other door")
    for by in (cast.rosa, cast.priya):
        shown = page(by, f"/decisions/{second}")
        assert "There are 2 small changes" in shown and f"/decisions/{first}" in shown
        assert "answer first" in shown


def test_what_is_called_help_adds_up_before_her_eyes(cast: Cast) -> None:
    """Two swaps were seen as a sum; ten things called “more”, that were each a little less, were not."""
    first = agrees(cast, "Come at half past eight, and for longer on Sundays", "increase")
    clock.advance(days=2)
    agrees(cast, "Come by the other door")
    clock.advance(days=2)
    third = agrees(cast, "Two long visits for three", "start")
    for by in (cast.rosa, cast.priya):
        shown = page(by, f"/decisions/{third}")
        assert "There are 3 small changes" in shown and f"/decisions/{first}" in shown
        assert "answer first" not in shown, "help is never held back by it"
    assert "Do they take something from you together?" in page(cast.rosa, f"/decisions/{third}")


def test_what_she_undid_is_not_written_down_again_under_another_name(cast: Cast) -> None:
    """She undid it as a swap, and on the next day it was “more help”, in the same words."""
    undone = agrees(cast, "Two long visits, for three short ones")
    do(commands.UndoEveryday(decision=undone), by=cast.rosa)
    clock.advance(days=1)
    for what in ("Two long visits for three short ones", "For three short visits: two long ones"):
        with pytest.raises(Refused, match="undid a small thing"):
            agrees(cast, what, "increase")
    agrees(cast, "An hour more on Sundays", "increase")


def test_what_she_says_takes_away_is_known_again_in_nearly_the_same_words(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa, "A room in the home at Mill Lane, from tonight", "start")
    do(commands.SayItTakesAway(decision=matter), by=cast.rosa)
    alike = "A quiet room in the home at Mill Lane from tonight"
    for what in ("From tonight: a room in the home at Mill Lane", alike):
        now = commands.ActUrgently(person=cast.rosa.person, what=what, change="start", words="She fell.")
        with pytest.raises(Refused, match="said"):
            do(now, by=cast.ken)
    help_now = commands.ActUrgently(
        person=cast.rosa.person, what="Somebody comes tonight", change="start", words="She fell."
    )
    do(help_now, by=cast.ken)


def test_what_was_undone_does_not_count_nor_what_is_weeks_ago(cast: Cast) -> None:
    agrees(cast, "Come at half past eight")
    clock.advance(days=20)
    agrees(cast, "Come by the other door")
    clock.advance(days=9)
    agrees(cast, "Come by bus")
    with pytest.raises(Refused, match=TOGETHER):
        agrees(cast, "Come on foot")


def test_more_help_is_never_held_back_by_it(cast: Cast) -> None:
    for what in ("Come at half past eight", "Come by the other door"):
        agrees(cast, what)
    for number in range(4):
        agrees(cast, f"An hour more, {number}", "increase")


def test_a_promise_about_her_life_is_made_to_her_and_she_reads_it(cast: Cast) -> None:
    """“Rosa will not go out alone”, promised to her carer: he said that it was kept, and nobody told her."""
    words = {"what": "Rosa will not go out alone.", "due_on": date(2026, 5, 1)}
    make = MakePromise(
        organisation=cast.council, person=cast.rosa.person, made_to=[cast.devon.person], **words
    )
    promise = do(make, by=cast.ken).thing
    made_to = set(PromisedTo.everything.filter(promise=promise).values_list("person", flat=True))
    assert made_to == {cast.rosa.person, cast.devon.person}
    told = Outbox.objects.filter(kind="tell", payload__what="promise_made", payload__person=named("rosa").hex)
    assert told.exists()


def test_nor_is_one_reworded_behind_her_back(cast: Cast) -> None:
    words = {"what": "We bring her to the choir.", "due_on": date(2026, 5, 1)}
    make = MakePromise(
        organisation=cast.council, person=cast.rosa.person, made_to=[cast.devon.person], **words
    )
    promise = do(make, by=cast.ken).thing
    clock.advance(days=1)
    do(OfferCorrection(promise=promise, what="She stays at home.", why="A slip."), by=cast.ken)
    from tests.promises.corrected import answer

    do(answer(OfferedWords.everything.get(promise=promise), cast.devon.person), by=cast.devon)
    assert str(Promise.everything.get(id=promise).what) == "We bring her to the choir."


def test_nobody_writes_of_her_life_as_of_a_service_and_leaves_her_out(cast: Cast) -> None:
    """Promised to her carer alone, or to a group of one: everyone could read it, and she was not told."""
    day = date(2026, 5, 1)
    for what in ("Rosa will not go out alone.", "Marlow, Rosa: stays in.", "ROSA MARLOW’s door is shut."):
        make = MakePromise(organisation=cast.council, what=what, due_on=day, made_to=[cast.devon.person])
        with pytest.raises(Refused, match="These words name Rosa Marlow"):
            do(make, by=cast.priya)
    few = {"group": "Who lives at 4 Mill Lane", "group_size": 1}
    shut = MakePromise(organisation=cast.council, what="The door is shut at six.", due_on=day, **few)
    with pytest.raises(Refused, match="So few people are no group"):
        do(shut, by=cast.ken)
    many = {"group": "Everyone who eats at the hall in Marlow Street", "group_size": 40}
    do(MakePromise(organisation=cast.council, what="Mend the ramp.", due_on=day, **many), by=cast.priya)
