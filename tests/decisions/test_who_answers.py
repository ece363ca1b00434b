"""Who answers somebody who says that a decision is wrong: never the line that decided, whatever it does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import voices_of
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands import Finding
from alongside.topics.decisions.commands.asking_outside import due_to_answer
from alongside.topics.decisions.models import ChallengeAsked, ChecksAs
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.posts import EndPost, GivePost
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.people.models import Awaits, LinkKind, Waited
from tests.decisions import acts
from tests.decisions.afterwards import answered, challenged, settled
from tests.decisions.turns import came, knows
from tests.decisions.votes import hall, heard
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NO = (NotAllowed, Refused, Missing)


def asked(decision: UUID) -> list[ChallengeAsked]:
    return list(ChallengeAsked.everything.filter(decision=decision).order_by("asked_at", "made_by"))


def later(days: int) -> None:
    clock.advance(days=days)
    do_what_is_due(Work())


def moved(cast: Cast, key: str, team: UUID, *, by: Actor = BUILDER) -> None:
    """Somebody leaves their team and works in another from now on."""
    do(EndPost(link=named(f"{key} post")), by=by)
    person = named(key)
    post = GivePost(organisation=cast.council, person=person, kind=LinkKind.PRACTITIONER, team=team)
    do(post, by=by)


# What was broken ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["priya", "june", "ken", "omar", "dee", "mina", "boyd", "tom"])
def test_nobody_answers_who_was_not_asked_and_nobody_of_the_line_is_asked(cast: Cast, inside: str) -> None:
    """Priya, who works under Ken, answered Rosa for him; and so did June, his boss."""
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    actor = cast.everyone()[inside]
    [row] = asked(decision)
    assert row.asked in (cast.omar.person, cast.dee.person)
    if actor.person == row.asked:
        return
    with pytest.raises(NO):
        answered(decision, challenge.id, actor)
    assert not models.Challenge.everything.get(id=challenge.id).answered_at


def test_whoever_worked_in_the_line_when_it_was_raised_is_not_asked_though_they_moved(cast: Cast) -> None:
    decision = settled(cast)
    clock.advance(days=1)
    for key in ("omar", "dee"):
        do(EndPost(link=named(f"{key} post")), by=cast.june)
    moved(cast, "priya", cast.west, by=cast.june)
    challenged(decision, cast.rosa)
    later(days=2)
    assert asked(decision) == []


def test_whoever_came_into_the_line_since_they_were_asked_does_not_answer_and_the_next_is_asked(
    cast: Cast,
) -> None:
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    first = acts.answerer(decision)
    key = "omar" if first.person == cast.omar.person else "dee"
    moved(cast, key, cast.east)
    with pytest.raises(Refused, match="You stand in the line that decided now"):
        answered(decision, challenge.id, first)
    later(days=1)
    assert len({row.asked for row in asked(decision)}) == 2


def test_the_clock_reads_the_matters_of_all_challenges_at_once(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for _each in range(3):
        challenged(settled(cast), cast.rosa)
    with django_assert_max_num_queries(100) as asked_of:
        assert list(due_to_answer(clock.now())) == []
    matters = 'SELECT "decisions_decision"."id", "decisions_decision"."made_by"'
    assert sum(each["sql"].startswith(matters) for each in asked_of.captured_queries) == 1


def test_a_friend_whom_the_line_gave_a_post_after_it_was_raised_is_not_asked(cast: Cast) -> None:
    decision = settled(cast)
    clock.advance(hours=1)
    came("Ken’s friend", cast, cast.duty, by=cast.june)
    challenged(decision, cast.rosa)
    for _day in range(4):
        later(days=20)
    assert {row.asked for row in asked(decision)} == {cast.omar.person, cast.dee.person}


def test_who_stepped_back_and_their_line_had_a_part_too(cast: Cast) -> None:
    """Omar decided with Ken and stepped back: neither he nor anybody of West answers."""
    west = came("Wyn Harding", cast, cast.west)
    decision = acts.raised(cast.ken, cast.rosa)
    knows(cast, cast.omar)
    do(commands.TakeUp(decision=decision), by=cast.omar)
    row = models.Decider.everything.get(decision=decision, person=cast.omar.person)
    do(commands.StepBack(decision=decision, row=row.id), by=cast.omar)
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa)
    acts.replied(decision, cast.ken, view.id)
    acts.decided(decision, cast.ken)
    challenged(decision, cast.rosa)
    for _day in range(3):
        later(days=20)
    assert {one.asked for one in asked(decision)} == {cast.dee.person} and west.person is not None


def test_nobody_near_to_those_who_decided_or_to_the_person_is_asked(cast: Cast) -> None:
    link = named("ken omar")
    do(Relate(link=link, person=cast.ken.person, other=cast.omar.person, kind=LinkKind.FAMILY), by=BUILDER)
    do(AgreeToLink(link=link, shows=False), by=cast.ken)
    decision = settled(cast)
    challenged(decision, cast.rosa)
    later(days=60)
    assert {row.asked for row in asked(decision)} == {cast.dee.person}


def test_those_who_decided_are_not_told_who_is_asked_and_the_person_is(cast: Cast) -> None:
    decision = settled(cast)
    challenged(decision, cast.rosa)
    [row] = asked(decision)
    name = {cast.omar.person: "Omar Aziz", cast.dee.person: "Dee Pritchard"}[row.asked]
    address = f"/decisions/{decision}/afterwards"
    assert name in page(cast.rosa, address) and name not in page(cast.ken, address)
    assert "Nobody is asked yet" not in page(cast.ken, address)
    mine = browser_of(cast.rosa).get(f"/api{address}").json()["challenges"][0]["asked"]
    assert [one["answerer"] for one in mine] == [str(row.asked)]
    for inside in (cast.ken, cast.priya, cast.june):
        assert not ChallengeAsked.objects.seen_by(inside).exists()
    assert browser_of(cast.ken).get(f"/api{address}").json()["challenges"][0]["asked"] == []
    told = Outbox.objects.filter(kind="tell", payload__what="asked_to_help").values_list("payload", flat=True)
    assert [one["person"] for one in told] == [row.asked.hex]


def test_nobody_chooses_who_answers_by_an_id_of_their_own(cast: Cast) -> None:
    """Priya types the challenge for Rosa, with ids that she tried out beforehand."""
    for _number in range(4):
        decision = settled(cast)
        chosen = uuid4()
        typed = commands.ChallengeIt(decision=decision, challenge=chosen, wrong="It is wrong.", wants="More.")
        entry = do(typed, by=acts.typed_for(cast.rosa, cast.priya)).entry
        assert ChallengeAsked.everything.get(challenge=chosen).asked is not None and entry != chosen


# One after the other ------------------------------------------------------------------------------------


def test_each_has_half_of_the_time_that_is_left_and_nobody_is_asked_twice(cast: Cast) -> None:
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    [first] = asked(decision)
    assert first.answer_by == clock.today() + timedelta(days=(challenge.answer_by - clock.today()).days // 2)
    later(days=5)
    assert len(asked(decision)) == 1
    later(days=15)
    rows = asked(decision)
    assert len({row.asked for row in rows}) == 2 and all(row.answer_by < challenge.answer_by for row in rows)
    later(days=30)
    assert len(asked(decision)) == 2
    assert Waited.everything.get().what == Awaits.WRONG, "what outlives its day climbs"
    assert "A decision" not in page(cast.june, "/waits-too-long")
    assert "says that a decision is wrong" in page(cast.june, "/waits-too-long")
    answered(decision, challenge.id, Actor(person=rows[0].asked, strong=True))
    later(days=1)
    assert Waited.everything.get().over_at is not None
    live = [row for row in asked(decision) if row.ended_at is None]
    assert [row.asked for row in live] == [rows[0].asked], "nobody else sees it any more"


def test_who_cannot_says_so_and_the_next_is_asked_at_once(cast: Cast) -> None:
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    first = acts.answerer(decision)
    cannot = commands.CannotAnswer(decision=decision, challenge=challenge.id)
    for other in (cast.ken, cast.rosa, cast.june):
        with pytest.raises(NO):
            do(cannot, by=other)
    assert "I cannot answer this" in page(first, f"/decisions/{decision}/afterwards")
    do(cannot, by=first)
    assert acts.answerer(decision).person != first.person
    assert not models.Decision.objects.seen_by(first).filter(id=decision).exists()
    with pytest.raises(NO):
        answered(decision, challenge.id, first)


def test_of_what_they_say_they_did_not_say_nobody_reads_anything_more(cast: Cast) -> None:
    decision = settled(cast)
    typed = commands.ChallengeIt(decision=decision, wrong="It is wrong.", wants="More.")
    act = do(typed, by=acts.typed_for(cast.rosa, cast.priya)).entry
    first = acts.answerer(decision)
    assert models.Decision.objects.seen_by(first).filter(id=decision).exists()
    do(AnswerTypedAct(act=act, is_right=False), by=cast.rosa)
    assert not models.Decision.objects.seen_by(first).filter(id=decision).exists()


# Where nobody stands outside ----------------------------------------------------------------------------


def safe_office(cast: Cast, by: Actor) -> UUID:
    office = do(AddOffice(organisation=cast.advocacy, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=office, person=named("sol")), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=office), by=by)
    return office


def one_line(cast: Cast) -> tuple[UUID, models.Challenge]:
    """Only Ken’s line works here."""
    for link in ("dee post", "omar post"):
        do(EndPost(link=named(link)), by=cast.june)
    decision = settled(cast)
    return decision, challenged(decision, cast.rosa)


def test_where_nobody_stands_outside_the_person_reads_it_and_where_they_can_go_now(cast: Cast) -> None:
    decision, challenge = one_line(cast)
    later(days=3)
    assert asked(decision) == []
    text = page(cast.rosa, f"/decisions/{decision}/afterwards")
    for words in (
        "Nobody is asked yet",
        "It does not go back to those who decided",
        "You need not wait",
        "Local Government and Social Care Ombudsman",
        f"/organisations/{cast.council}/who-else-must-agree",
    ):
        assert words in text
    for inside in (cast.ken, cast.june, cast.priya):
        with pytest.raises(NO):
            answered(decision, challenge.id, inside)


def test_after_six_nobody_more_is_asked_and_the_person_reads_where_to_go(cast: Cast) -> None:
    """It went to another worker every two days, for as long as nobody answered: over twenty read her life."""
    for number in range(8):
        came(f"Colleague {number}", cast, cast.west)
    clock.advance(days=29)
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    the_next = "the next one is asked"
    assert the_next in page(cast.rosa, f"/decisions/{decision}/afterwards")
    for _day in range(40):
        later(days=3)
        if len(asked(decision)) == 6:  # also while the sixth still has time
            assert the_next not in page(cast.rosa, f"/decisions/{decision}/afterwards")
    people = [row.asked for row in asked(decision)]
    assert len(people) == len(set(people)) == 6
    text = page(cast.rosa, f"/decisions/{decision}/afterwards")
    for words in ("Six people from outside were asked", "Social Care Ombudsman"):
        assert words in text
    assert "the next one is asked" not in text
    answered(decision, challenge.id, Actor(person=people[-1], strong=True))  # who is asked still can
    assert models.Challenge.everything.get(id=challenge.id).answered_at is not None


def test_whoever_says_that_it_is_wrong_finds_on_their_own_page_how_far_that_is(cast: Cast) -> None:
    """Their page said nothing of it, whether it waited, was late or was answered."""
    clock.advance(days=29)
    decision = settled(cast)
    came("Colleague", cast, cast.west)
    challenge = challenged(decision, cast.rosa)
    said, link = "It was said that these decisions are wrong", f'href="/decisions/{decision}/afterwards"'
    mine = page(cast.rosa, "/")
    assert said in mine and link in mine and "Somebody who did not decide answers it by" in mine
    for other in (cast.ken, cast.priya, cast.devon):
        assert said not in page(other, "/")
    later(days=40)
    assert "It should have been answered by" in page(cast.rosa, "/")
    last = asked(decision)[-1].asked
    answered(decision, challenge.id, Actor(person=last, strong=True))
    assert "This was answered on" in page(cast.rosa, "/")
    clock.advance(days=31)
    assert said not in page(cast.rosa, "/")


def test_a_manager_names_an_office_and_only_whoever_says_it_is_wrong_chooses_it(cast: Cast) -> None:
    """Named by the line only now, it has no turn: but she can choose it, by her own hand."""
    decision, challenge = one_line(cast)
    office = safe_office(cast, cast.june)
    later(days=1)
    assert asked(decision) == []
    choose = commands.ChooseWhoAnswers(decision=decision, challenge=challenge.id, office=office)
    for other in (cast.ken, cast.june, cast.devon, acts.typed_for(cast.rosa, cast.priya)):
        with pytest.raises(NO):
            do(choose, by=other)
    address = f"/decisions/{decision}/afterwards"
    assert "Who keeps people safe" in page(cast.rosa, address)
    do(choose, by=cast.rosa)
    [row] = asked(decision)
    assert (row.asked, row.standing, row.office) == (cast.sol.person, ChecksAs.WISH, office)
    with pytest.raises(Refused, match="asked already"):
        do(choose, by=cast.rosa)
    answered(decision, challenge.id, replace(cast.sol, strong=True), Finding.UPHELD)
    assert models.Decision.everything.get(id=decision).is_open


def test_an_office_that_stood_long_before_has_its_turn_by_itself(cast: Cast) -> None:
    safe_office(cast, cast.june)
    clock.advance(days=29)
    decision, _challenge = one_line(cast)
    assert [row.asked for row in asked(decision)] == [cast.sol.person]


def test_no_office_held_by_the_line_can_be_chosen(cast: Cast) -> None:
    decision, challenge = one_line(cast)
    do(NameWhoAgrees(organisation=cast.council, office=cast.junes_office), by=cast.june)
    choose: Any = commands.ChooseWhoAnswers(
        decision=decision, challenge=challenge.id, office=cast.junes_office
    )
    with pytest.raises(Refused, match="This office cannot answer you"):
        do(choose, by=cast.rosa)


def test_who_said_it_without_a_name_chooses_without_a_name(cast: Cast) -> None:
    decision = hall(cast)
    heard(cast, decision)
    do(commands.DecideForPlace(decision=decision, outcome="agreed", reasons="The roof."), by=cast.june)
    wrong = commands.ChallengeIt(decision=decision, wrong="The roof is sound.", wants="Keep it open.")
    do(wrong, by=cast.devon, anonymous=True)
    challenge = acts.latest(models.Challenge, decision)
    assert cast.devon.person is not None
    devon = replace(cast.devon, voices=voices_of(cast.devon.person))
    choose = commands.ChooseWhoAnswers(
        decision=decision, challenge=challenge.id, office=safe_office(cast, cast.june)
    )
    with pytest.raises(Refused, match="without your name"):
        do(choose, by=devon)
    do(choose, by=devon, anonymous=True)
    assert [row.asked for row in asked(decision)] == [cast.sol.person]
