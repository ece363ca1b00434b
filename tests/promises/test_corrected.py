"""A slip in a promise found after its day: other words hold once those it was made to agree, never unseen."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock, reading, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.promises.commands import JoinGroup, MakePromise, OfferCorrection, PutPromiseRight, due
from alongside.topics.promises.models import OfferedWords, Promise, WordsAnswer
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.promises.corrected import answer
from tests.promises.groups import six
from tests.promises.making import judge, promised, the_promise
from tests.visitor import page
from tests.world import BUILDER, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_a_monday")]
SLIP, RIGHT = "Mend the ramp at your back dor.", "Mend the ramp at your back door."


@pytest.fixture
def on_a_monday() -> Any:
    with clock.at("2026-03-02"):
        yield
        assert replay.compare().problems == []


def slip(cast: Cast, to: Actor | None = None, **more: Any) -> UUID:
    made = promised(cast, to=to or cast.rosa, what=SLIP, **more)
    clock.advance(days=1)
    return made


def offered(promise: UUID, by: Actor, what: str = RIGHT) -> OfferedWords:
    do(OfferCorrection(promise=promise, what=what, why="A letter was missing."), by=by)
    found: OfferedWords = OfferedWords.everything.get(promise=promise, state="waiting")
    return found


def to_group(cast: Cast, **more: Any) -> UUID:
    words = {"what": "Open on Sundys.", "due_on": date(2026, 5, 1), "group": "All who go there", **more}
    made = MakePromise(organisation=cast.council, group_of=cast.ulo, group_size=12, **words)
    promise = do(made, by=cast.june).thing
    clock.advance(days=1)
    return promise


def when_time_is_over() -> None:
    clock.advance(days=22)
    for command in list(due(clock.now())):
        do(command, by=THE_CLOCK)


def test_it_holds_once_the_person_says_yes_and_both_wordings_stay_with_who_agreed(cast: Cast) -> None:
    promise = slip(cast)
    offer = offered(promise, cast.ken)
    assert str(the_promise(promise).what) == SLIP
    told = Outbox.objects.filter(kind="tell", payload__what="may_the_words_change").get()
    assert told.payload["person"] == cast.rosa.person.hex  # type: ignore[union-attr]  # Rosa is a person
    do(answer(offer, cast.rosa.person), by=cast.rosa)
    row = OfferedWords.everything.get()
    assert (str(the_promise(promise).what), row.state) == (RIGHT, "agreed")
    assert (str(row.was), str(row.what), str(row.settled_on)) == (SLIP, RIGHT, "2026-03-03")
    assert WordsAnswer.everything.get().person == cast.rosa.person


def test_each_reads_both_wordings_on_the_page_and_a_program_does_too(cast: Cast) -> None:
    promise = slip(cast)
    assert "Offer other words for a slip" in page(cast.ken, f"/promises/{promise}")
    offer = offered(promise, cast.ken)
    shown, home = page(cast.rosa, f"/promises/{promise}"), page(cast.rosa, "/")
    for words in ("May the words of this promise change?", SLIP, RIGHT, "No answer is not a yes."):
        assert words in shown, words
    assert "may its words change?" in home and RIGHT in home
    waits = page(cast.ken, f"/promises/{promise}")
    assert "Other words wait for an answer" in waits and "Say yes or no" not in waits
    assert "Offer other words for a slip" not in waits
    form = page(cast.rosa, f"/do/promises.correction_answered?promise={promise}&offer={offer.id}")
    assert RIGHT in form and "If you say no, the promise stays as it was made." in form
    do(answer(offer, cast.rosa.person), by=cast.rosa)
    for reader in (cast.rosa, cast.ken):
        shown = page(reader, f"/promises/{promise}")
        assert "The words were changed, and this was agreed" in shown and SLIP in shown
        assert "Rosa Marlow agreed on 3 March 2026." in shown
    assert "may its words change?" not in page(cast.rosa, "/")
    read = browser_of(cast.ken).get(f"/api/promises/{promise}").json()["other_words"]
    assert [(one["was"], one["offered"], one["state"]) for one in read] == [(SLIP, RIGHT, "agreed")]
    assert browser_of(cast.stranger).get(f"/promises/{promise}").status_code == 404


def test_in_a_group_nobody_reads_who_said_no(cast: Cast) -> None:
    promise, people = to_group(cast), six(cast)
    do(JoinBody(person=people[0].person, organisation=cast.ulo), by=BUILDER)
    offer = offered(promise, cast.june, "Open on Sundays.")
    do(answer(offer, None, agrees=False, why="I like it."), by=people[0])
    assert "I like it." in page(people[0], f"/promises/{promise}")
    for reader in (cast.june, cast.ken, cast.ana, cast.boyd):
        assert "I like it." not in page(reader, f"/promises/{promise}")


def test_a_no_leaves_the_words_and_the_next_offer_waits_for_the_first(cast: Cast) -> None:
    promise = slip(cast)
    offer = offered(promise, cast.ken)
    with pytest.raises(Refused, match="Wait for that first"):
        offered(promise, cast.ken, "Something else.")
    do(answer(offer, cast.rosa.person, agrees=False, why="It was right."), by=cast.rosa)
    assert str(the_promise(promise).what) == SLIP
    with pytest.raises(Refused, match="settled"):
        do(answer(offer, cast.rosa.person), by=cast.rosa)
    offered(promise, cast.ken)


def test_silence_is_no_yes(cast: Cast) -> None:
    promise = slip(cast)
    offered(promise, cast.ken)
    when_time_is_over()
    assert str(the_promise(promise).what) == SLIP
    assert OfferedWords.everything.get().state == "declined"


def test_all_it_was_made_to_by_name_must_agree(cast: Cast) -> None:
    promise = slip(cast, made_to=[cast.rosa.person, cast.devon.person])
    offer = offered(promise, cast.ken)
    do(answer(offer, cast.rosa.person), by=cast.rosa)
    assert str(the_promise(promise).what) == SLIP
    do(answer(offer, cast.devon.person), by=cast.devon)
    assert str(the_promise(promise).what) == RIGHT


def test_nobody_who_answers_for_it_says_yes_for_them_or_types_it(cast: Cast) -> None:
    promise = slip(cast, to=cast.lena, by=cast.priya)
    offer = offered(promise, cast.priya)
    yes = answer(offer, cast.lena.person)
    for by in (cast.priya, cast.ken, cast.stranger, cast.omar, cast.boyd):
        with pytest.raises((Missing, NotAllowed, Refused)):
            do(yes, by=by)
    for typist in (cast.priya, cast.ken):
        with pytest.raises(Refused, match="cannot agree for them"):
            do(yes, by=acts.typed_for(cast.lena, typist, "phone"))
    do(answer(offer, cast.lena.person, agrees=False), by=cast.lena)
    with pytest.raises(Refused):
        do(yes, by=acts.typed_for(cast.lena, cast.mina, "phone"))
    assert str(the_promise(promise).what) == SLIP


def test_a_yes_that_they_say_they_did_not_say_puts_the_words_back(cast: Cast) -> None:
    promise = slip(cast, to=cast.lena, by=cast.priya)
    offer = offered(promise, cast.priya)
    do(answer(offer, cast.lena.person), by=acts.typed_for(cast.lena, cast.mina, "phone"))
    assert str(the_promise(promise).what) == RIGHT
    act = next(line for line in reading.typed_for(cast.lena.records) if line.recorded.thing == promise)
    do(AnswerTypedAct(act=act.recorded.id, is_right=False), by=cast.lena)
    assert str(the_promise(promise).what) == SLIP
    assert OfferedWords.everything.get().state == "declined"


def test_what_somebody_judged_is_not_reworded_afterwards(cast: Cast) -> None:
    promise = slip(cast)
    offer = offered(promise, cast.ken)
    do(judge(promise, cast.rosa.person, "no_longer"), by=cast.rosa)
    with pytest.raises(Refused, match="So the words stay"):
        do(answer(offer, cast.rosa.person), by=cast.rosa)
    other = slip(cast, to=cast.lena, by=cast.priya)
    do(judge(other, cast.lena.person, "no_longer"), by=cast.lena)
    with pytest.raises(Refused, match="said how it went"):
        offered(other, cast.priya)


def test_on_its_day_or_after_nobody_moves_the_goalposts(cast: Cast) -> None:
    promise = slip(cast, due_on=clock.today() + timedelta(days=1))
    with pytest.raises(Refused, match="too little time"):
        offered(promise, cast.ken)


def test_less_than_was_promised_is_no_slip(cast: Cast) -> None:
    """Neither the number nor what a decision promised can be changed here, nor words said in public."""
    assert "number" not in OfferCorrection.shapes
    decision = acts.raised(cast.ken, cast.rosa, "More help", "increase")
    promise = slip(cast, decision=decision)
    with pytest.raises(Refused, match="promised in a decision"):
        offered(promise, cast.ken, "Mend it if there is money.")
    for what, why in ((SLIP + " ", "already"), ("", "Type the words")):
        with pytest.raises(Refused, match=why):
            offered(slip(cast), cast.ken, what)
    with pytest.raises((Missing, NotAllowed)):
        offered(slip(cast), cast.rosa)
    with pytest.raises((Missing, NotAllowed)):
        offered(slip(cast), cast.omar)


def test_on_the_first_day_words_that_wait_are_not_put_right_beside_them(cast: Cast) -> None:
    promise = promised(cast, to=cast.rosa, what=SLIP)
    offered(promise, cast.ken)
    with pytest.raises(Refused, match="Wait for that first"):
        do(PutPromiseRight(promise=promise, what="Nothing.", why="So."), by=cast.ken)


@pytest.mark.parametrize(("yes", "no", "holds"), [(5, 0, True), (5, 1, False), (4, 0, False), (0, 0, False)])
def test_of_a_group_enough_must_answer_and_one_no_keeps_the_words(
    cast: Cast, yes: int, no: int, holds: bool
) -> None:
    promise, people = to_group(cast), six(cast)
    for each in people:
        do(JoinBody(person=each.person, organisation=cast.ulo), by=BUILDER)
    offer = offered(promise, cast.june, "Open on Sundays.")
    for place, each in enumerate(people[: yes + no]):
        do(answer(offer, None, agrees=place < yes), by=each)
        do(answer(offer, None, agrees=place < yes), by=each)  # twice is once
    assert str(the_promise(promise).what) == "Open on Sundys."
    when_time_is_over()
    row = OfferedWords.everything.get()
    assert str(the_promise(promise).what) == ("Open on Sundays." if holds else "Open on Sundys.")
    assert (row.yes, row.no) == (yes, no)


def test_of_a_group_those_count_whom_somebody_else_knows_and_never_its_owner(cast: Cast) -> None:
    promise = to_group(cast)
    offer = offered(promise, cast.june, "Open if we like.")
    for each in (cast.rosa, cast.devon, cast.lena, cast.stranger):
        do(JoinGroup(promise=promise), by=each)
        do(answer(offer, None), by=each)
    with pytest.raises((Missing, NotAllowed, Refused)):
        do(JoinGroup(promise=promise), by=cast.june)
    with pytest.raises((Missing, NotAllowed, Refused)):
        do(answer(offer, None), by=cast.june)
    when_time_is_over()
    assert str(Promise.everything.get(id=promise).what) == "Open on Sundys."
