"""What a page or a letter about promises tells its reader is so for that reader."""

from datetime import date
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.deaths import WriteDownDeath
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.promises.commands import JoinGroup
from alongside.topics.promises.exports.letters import letter_about
from alongside.topics.promises.models import Erosion
from alongside.topics.promises.pages.panels import MOST
from tests.interfaces.conftest import browser_of
from tests.promises.groups import to_group
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, the_clock
from tests.promises.making import judge, promised, to_whom
from tests.visitor import page
from tests.world import BUILDER, Cast, named

APART = "If nobody but you says that you are in it, your word stands apart"


def test_whoever_is_in_a_group_by_their_own_word_does_not_read_that_it_alone_makes_anybody_answer(
    cast: Cast, ramp: UUID
) -> None:
    """The form said that those who promised must answer, and nobody was asked to."""
    promise = to_group(cast)
    with clock.at(KEPT):
        do(JoinGroup(promise=promise, words="I go on Mondays."), by=cast.rosa)
        do(judge(promise, None, "kept"), by=cast.rosa)
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        form = f"/do/promises.still_holds_said?promise={promise}&made_to={to_whom(promise)}&said=no_longer"
        asked = page(cast.rosa, form)
        assert "If enough people it was made to say no" in asked and APART in asked
        client = browser_of(cast.rosa)
        client.cookies["reading"] = "..easy"
        easy = client.get(form).content.decode()
        assert "If enough people say that it is not so any more" in easy and APART in easy
        assert "they must answer you" not in easy
        hers = f"/do/promises.still_holds_said?promise={ramp}&made_to={to_whom(ramp, cast.rosa.person)}"
        assert APART not in page(cast.rosa, hers), "it was promised to her alone"
        do(holds(promise, None), by=cast.rosa)
    assert not Erosion.everything.filter(promise=promise).exists()


def test_the_letter_to_a_group_says_when_those_who_promised_must_answer(cast: Cast, ramp: UUID) -> None:
    promise = to_group(cast, of=cast.ulo)
    do(JoinBody(person=cast.lena.person, organisation=cast.ulo), by=BUILDER)
    with clock.at(KEPT):
        do(judge(promise, None, "kept"), by=cast.lena)
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        asked = ((cast.lena, promise), (cast.rosa, ramp))
        of_group, of_one = (_letter(person, matter) for person, matter in asked)
    assert "must answer you if enough of those it was made to say" in of_group and APART in of_group
    assert "must answer you if it no longer holds." in of_one and APART not in of_one


def _letter(to: Actor, promise: UUID) -> str:
    assert to.person is not None
    found = letter_about(to.person, {"matter": promise.hex, "what": "does_it_still_hold"})
    assert found is not None
    return str(found)


def test_a_promise_to_somebody_who_has_died_is_not_among_those_whose_day_has_come(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        for number in range(MOST + 1):
            promised(cast, to=cast.rosa, what=f"Number {number}.", due_on=date(2026, 4, 1 + number))
        promised(cast, to=cast.lena, what="Ring Lena.", due_on=date(2026, 5, 1))
        do(WriteDownDeath(person=named("rosa"), words="Her brother rang."), by=cast.priya)
    with clock.at("2026-05-04"):
        shown = page(cast.ken, "/")
        come = shown[shown.index("You promised these, and their day has come") :]
        come, _cut, gone = come.partition("You promised these to people who have died")
        assert "Ring Lena." in come and "Number" not in come, "those who live come first"
        assert "Number 0." in gone and "Nobody can say any more whether it was kept." in gone
        left = sum(f"Number {number}." not in gone for number in range(MOST + 1))
        assert f"And {left} more, among all that you answer for" in gone, "how many more there are, and where"
        every = page(cast.ken, "/promises/")
        assert 'id="own"' in every and all(f"Number {number}." in every for number in range(MOST + 1))


def test_whoever_came_with_a_code_reads_in_easy_read_that_it_opens_one_thing(cast: Cast, ramp: UUID) -> None:
    client = browser_of(cast.rosa, only=named("some other matter"))
    client.cookies["reading"] = "..easy"
    shown = client.get("/promises/").content.decode()
    first = shown[: shown.index("<details")]
    assert "There is no promise to you here now." not in shown
    assert "The code from your letter opens one matter." in first
