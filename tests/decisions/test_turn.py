"""Who checks with somebody what was typed for them: whose turn it is, whatever those who decide like."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.checkers import Checkers
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.engine.turn import in_turn
from alongside.topics.decisions.models import Became, Check, ChecksAs
from alongside.topics.people.commands.keeping import AgreeHoldBack, ProposeHoldBack
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import HoldBack, LinkKind, turns_had
from tests.decisions import acts
from tests.decisions.turns import asked, came, goes_on, knows, typed_yes
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def who_could(cast: Cast, matter: models.Decision) -> Checkers:
    """Who could check with Rosa what was typed for her in this matter."""
    rosa, tom = cast.rosa.person, cast.tom.person
    assert rosa is not None and tom is not None
    return Checkers(matter, rosa, tom, clock.now())


# Whose turn it is ---------------------------------------------------------------------------------------


def test_the_next_is_one_of_at_least_three_with_the_fewest_and_an_entry_says_which() -> None:
    a, b, c, d, e = (uuid4() for _ in range(5))
    had, entry = {a: 4, b: 2, c: 1, d: 1}, uuid4()
    first = in_turn([a, b, c, d, e], had=had, entry=entry)
    assert first[3:] == [b, a] and set(first[:3]) == {c, d, e}
    assert first == in_turn([e, c, b, d, a], had=had, entry=entry)  # whatever order they come in
    firsts = Counter(in_turn([a, b, c, d, e], had=had, entry=uuid4())[0] for _ in range(300))
    assert set(firsts) == {c, d, e}, "whoever asks would know who is next"


def test_many_are_shared_out_so_that_nobody_has_many_more_than_the_others() -> None:
    people = [uuid4() for _ in range(12)]
    had = dict.fromkeys(people, 0)
    for _number in range(240):
        had[in_turn(people, had=had, entry=uuid4())[0]] += 1
    third = sorted(had.values())[2]
    assert max(had.values()) <= third + 1, had


def test_what_others_asked_of_somebody_counts_so_that_it_is_shared_out(cast: Cast) -> None:
    came("Wyn Harding", cast, cast.duty)
    came("Ash Doyle", cast, cast.duty)
    view = acts.raised(cast.priya, cast.lena, "Fewer visits")
    acts.said(view, acts.typed_for(cast.lena, cast.priya), "for", "Yes.")
    do(DisputeSpeaker(link=named("lena mina"), words="She talks her into things."), by=cast.lena)
    first = acts.checker_asked(view, cast.priya)
    assert first.person is not None
    could = [cast.dee.person, cast.omar.person, named("Wyn Harding"), named("Ash Doyle"), first.person]
    people = [one for one in could if one is not None]
    assert turns_had(people, clock.now(), outside_of(view, clock.now()))[first.person] == 0
    other = acts.raised(cast.omar, cast.ana, "Fewer visits")
    assert turns_had(people, clock.now(), outside_of(other, clock.now()))[first.person] == 1


def test_those_who_decide_choose_nobody_and_cannot_name_an_id_that_does(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    for chooser in (cast.ken, cast.priya, cast.june, cast.mina, cast.devon):
        with pytest.raises((NotAllowed, Missing)):
            do(commands.AskToCheck(decision=decision, checker=cast.omar.person), by=chooser)
    chosen = uuid4()
    do(commands.AskForCheck(decision=decision, check=chosen), by=cast.ken)
    check = Check.everything.get(id=chosen)
    assert check.turn != chosen, "whoever asks would choose the digest"
    with pytest.raises(Refused, match="asked for already"):
        do(commands.AskForCheck(decision=decision), by=cast.ken)
    for row in asked(decision):
        assert row.checker in (cast.omar.person, cast.dee.person)
    forced = commands.AskChecker(
        decision=decision, check=chosen, checker=cast.sol.person, standing=ChecksAs.DUTY
    )
    with pytest.raises((NotAllowed, Refused, Missing)):
        do(forced, by=cast.ken)


def test_nobody_is_put_there_for_this_matter(cast: Cast) -> None:
    """A friend who is given a post by the line after it was raised has no turn; by anybody else, they do."""
    decision, _view = typed_yes(cast)
    clock.advance(hours=1)
    came("Ken’s friend", cast, cast.duty, by=cast.june)
    came("Somebody new", cast, cast.duty)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    for _day in range(9):
        goes_on(days=3)
    people = {row.checker for row in asked(decision)}
    assert named("Ken’s friend") not in people
    assert {cast.omar.person, cast.dee.person, named("Somebody new")} <= people


def test_neither_who_typed_nor_their_line_nor_who_raised_it_nor_who_decides_has_a_turn(cast: Cast) -> None:
    decision = acts.raised(cast.devon, cast.devon, "A free weekend", "start")
    do(commands.TakeUp(decision=decision), by=cast.dee)
    acts.said(decision, acts.typed_for(cast.devon, cast.dee), "for", "Yes.")
    do(commands.AskForCheck(decision=decision), by=cast.dee)
    for _day in range(6):
        goes_on(days=3)
    assert {row.checker for row in asked(decision)} == {cast.omar.person, cast.priya.person, cast.ken.person}


def test_who_is_held_back_from_something_of_theirs_or_near_to_them_has_no_turn(cast: Cast) -> None:
    decision, view = typed_yes(cast)
    hold = ProposeHoldBack(
        about_whom=cast.rosa.person,
        thing_held=view.id,
        table="decisions.View",
        held_from=cast.dee.person,
        test="serious_harm",
        reasons="She is afraid of Dee.",
        review_on=clock.today() + timedelta(days=20),
        ends_on=clock.today() + timedelta(days=60),
    )
    do(hold, by=cast.ken)
    came("Gil Marlow", cast, cast.duty)
    link = named("rosa gil")
    do(Relate(link=link, person=cast.rosa.person, other=named("Gil Marlow"), kind=LinkKind.CARER), by=BUILDER)
    do(AgreeToLink(link=link, shows=False), by=cast.rosa)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    for _day in range(3):
        goes_on(days=3)
    assert asked(decision) == [], "the word of the line alone would choose Omar"
    held = HoldBack.everything.get()
    do(AgreeHoldBack(hold_back=held.id, checked="I rang her."), by=cast.omar)
    for _day in range(6):
        goes_on(days=3)
    assert {row.checker for row in asked(decision)} == {cast.omar.person}
    matter = models.Decision.everything.get(id=decision)
    asks = who_could(cast, matter)
    dee, omar = cast.dee.person, cast.omar.person
    assert dee is not None and omar is not None
    for never in (dee, named("Gil Marlow")):  # nor if she is pressed to choose them
        assert not asks.may_be_chosen(never)
    assert asks.may_be_chosen(omar)


def test_those_who_decide_make_no_friend_of_theirs_the_worker_whose_word_counts(cast: Cast) -> None:
    """By writing down, once it was raised, that Omar works with Rosa: then he would need no turn."""
    decision, view = typed_yes(cast)
    clock.advance(hours=1)
    worker = Relate(
        person=cast.rosa.person, other=cast.omar.person, kind=LinkKind.PRACTITIONER, team=cast.west
    )
    do(worker, by=cast.ken)
    with pytest.raises((Refused, NotAllowed, Missing)):
        do(commands.ConfirmView(decision=decision, view=view.id), by=cast.omar)
    with pytest.raises((Refused, NotAllowed, Missing)):
        do(
            commands.ConfirmView(decision=decision, view=view.id),
            by=acts.typed_for(cast.rosa, cast.omar, "phone"),
        )
    told = acts.said(decision, acts.typed_for(cast.rosa, cast.omar, "phone"), "for", "Yes, she says.")
    assert not told.is_trusted
    with pytest.raises(Refused, match="outside your team"):
        acts.decided(decision, cast.ken)


# What the person wants ----------------------------------------------------------------------------------


def test_whom_the_person_chose_comes_first_and_only_by_their_own_hand(cast: Cast) -> None:
    knows(cast, cast.omar)
    decision, _view = typed_yes(cast)
    for hand in (acts.typed_for(cast.rosa, cast.priya), acts.typed_for(cast.rosa, cast.omar, "phone")):
        with pytest.raises((Refused, NotAllowed)):
            do(commands.AskToCheck(decision=decision, checker=cast.omar.person), by=hand)
    for _number in range(3):  # however much he has to do already
        other, _other_view = typed_yes(cast)
        do(commands.AskToCheck(decision=other, checker=cast.omar.person), by=cast.rosa)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    [row] = asked(decision)
    assert (row.checker, row.standing) == (cast.omar.person, ChecksAs.WISH)


def test_whom_they_choose_while_another_is_asked_is_asked_at_once(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    first = acts.checker_asked(decision, cast.ken)
    other = cast.dee if first.person == cast.omar.person else cast.omar
    knows(cast, other, cast.duty if other is cast.dee else cast.west)
    do(commands.AskToCheck(decision=decision, checker=other.person), by=cast.rosa)
    assert [row.checker for row in asked(decision)] == [first.person, other.person]
    with pytest.raises(Refused, match="Choose somebody else"):
        do(commands.AskToCheck(decision=decision, checker=cast.priya.person), by=cast.rosa)
    with pytest.raises(Refused, match="Choose somebody else"):
        do(commands.AskToCheck(decision=decision, checker=cast.tom.person), by=cast.rosa)


def test_their_advocate_is_asked_first_but_not_one_whom_the_line_wrote_down(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Fewer visits", "cut")
    acts.said(decision, acts.typed_for(cast.lena, cast.priya), "for", "Yes.")
    assert acts.checker_asked(decision, cast.ken).person == cast.mina.person
    friend = came("A friend of Ken", cast, cast.west, by=cast.june)
    link = named("rosa friend")
    related = Relate(link=link, person=cast.rosa.person, other=friend.person, kind=LinkKind.ADVOCATE)
    do(related, by=cast.ken)
    do(AgreeToLink(link=link, shows=False), by=cast.rosa)
    decision, _view = typed_yes(cast)
    for _day in range(6):
        goes_on(days=3)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    assert asked(decision)[0].checker != friend.person


def test_the_person_says_it_themself_and_nobody_need_check_or_sees_it_any_more(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    assert models.Decision.objects.seen_by(checker).filter(id=decision).exists()
    acts.said(decision, cast.rosa, "against")
    assert Check.everything.get(decision=decision).became == Became.THEIRS
    assert not models.Decision.objects.seen_by(checker).filter(id=decision).exists()
    assert goes_on(days=9) == 0


# One is asked at a time, by a day -----------------------------------------------------------------------


def test_the_next_is_asked_when_the_day_is_over_and_nobody_twice(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    [first] = asked(decision)
    assert first.answer_by is not None and first.answer_by > clock.today()
    assert goes_on() == 0
    assert goes_on(days=4) == 1
    assert len({row.checker for row in asked(decision)}) == 2
    assert goes_on(days=9) == 0  # nobody else stands outside: it waits, and does not go back to the asker
    assert Check.everything.get(decision=decision).became == Became.WAITS
    with pytest.raises(Refused, match="outside your team"):
        acts.decided(decision, cast.ken)


def test_no_day_runs_while_there_is_nothing_to_check(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    assert asked(decision)[0].answer_by is None and goes_on(days=30) == 0
    acts.said(decision, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")
    assert goes_on() == 0 and goes_on(days=4) == 1


def test_at_most_three_can_see_it_at_once(cast: Cast) -> None:
    for number in range(5):
        came(f"Worker {number}", cast, cast.west)
    decision, _view = typed_yes(cast)
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    for _day in range(5):
        goes_on(days=4)
    rows = asked(decision)
    assert len(rows) == 6 and sum(row.ended_at is None for row in rows) == 3
    gone = Actor(person=rows[0].checker, strong=True)
    assert not models.Decision.objects.seen_by(gone).filter(id=decision).exists()


def test_who_cannot_says_so_and_the_next_is_asked_at_once(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    first = acts.checker_asked(decision, cast.ken)
    check = Check.everything.get(decision=decision)
    say = commands.AnswerCheck(decision=decision, check=check.id, said="cannot", words="I know her well.")
    for other in (cast.ken, cast.priya, cast.rosa, cast.sol):
        with pytest.raises((NotAllowed, Refused, Missing)):
            do(say, by=other)
    do(say, by=first)
    assert [row.ended_at is None for row in asked(decision)] == [False, True]
    assert not models.Decision.objects.seen_by(first).filter(id=decision).exists()


# What came of it ----------------------------------------------------------------------------------------


def test_whoever_was_asked_confirms_it_and_only_then_it_is_decided(cast: Cast) -> None:
    decision, view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    with pytest.raises(Refused, match="outside your team"):
        acts.decided(decision, cast.ken)
    do(commands.ConfirmView(decision=decision, view=view.id), by=checker)
    check = Check.everything.get(decision=decision)
    assert (check.became, check.settled_by) == (Became.CHECKED, checker.person)
    acts.decided(decision, cast.ken)


def test_a_no_shuts_it_for_everyone_but_the_person_and_nobody_shops_for_a_yes(cast: Cast) -> None:
    knows(cast, cast.omar)
    decision, view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    check = Check.everything.get(decision=decision)
    no = commands.AnswerCheck(decision=decision, check=check.id, said="not_so", words="She said no to me.")
    do(no, by=checker)
    with pytest.raises(Refused, match="not what they said"):
        do(commands.AskForCheck(decision=decision), by=cast.ken)
    do(commands.AskToCheck(decision=decision, checker=cast.omar.person), by=cast.rosa)
    confirm = commands.ConfirmView(decision=decision, view=view.id)
    for by in (cast.omar, acts.typed_for(cast.rosa, cast.omar, "phone")):
        with pytest.raises(Refused, match="Only they can confirm it"):
            do(confirm, by=by)
    with pytest.raises(Refused):
        acts.decided(decision, cast.ken)
    clock.advance(days=1)
    acts.said(decision, acts.typed_for(cast.rosa, cast.priya), "against")  # she was asked anew
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    do(confirm, by=cast.rosa)


def test_after_six_nobody_more_is_asked_to_check_it(cast: Cast) -> None:
    for number in range(8):
        came(f"Colleague {number}", cast, cast.west)
    clock.advance(days=29)
    decision, _view = typed_yes(cast)
    acts.checker_asked(decision, cast.ken)
    for _day in range(30):
        clock.advance(days=2)
        do_what_is_due(Work())
    people = list(models.Checker.everything.filter(decision=decision).values_list("checker", flat=True))
    assert len(people) == len(set(people)) == 6
    assert "After them there is nobody left to ask." in page(cast.rosa, f"/decisions/{decision}")


def test_who_came_into_the_line_since_checks_nothing_and_the_next_is_asked(cast: Cast) -> None:
    decision, view = typed_yes(cast)
    checker = acts.checker_asked(decision, cast.ken)
    post = GivePost(
        organisation=cast.council, person=checker.person, kind=LinkKind.PRACTITIONER, team=cast.east
    )
    do(post, by=BUILDER)
    with pytest.raises(Refused, match="line that decides"):
        do(commands.ConfirmView(decision=decision, view=view.id), by=checker)
    assert goes_on() == 1 and len(asked(decision)) == 2


def test_a_colleague_of_whoever_typed_it_does_not_check_it(cast: Cast) -> None:
    """Tom of the provider typed it; his manager stands outside the council’s line, and not his."""
    knows(cast, cast.omar)
    do(AddPerson(person=named("Tom’s boss"), organisation=cast.provider, name="Tom’s boss"), by=BUILDER)
    post = GivePost(organisation=cast.provider, person=named("Tom’s boss"), kind=LinkKind.MANAGER)
    do(post, by=BUILDER)
    decision = acts.raised(cast.ken, cast.rosa)
    view = acts.said(decision, acts.typed_for(cast.rosa, cast.tom), "for", "Yes.")
    boss = Actor(person=named("Tom’s boss"), strong=True)
    do(commands.AskToCheck(decision=decision, checker=cast.omar.person), by=cast.rosa)
    with pytest.raises((Refused, NotAllowed, Missing)):
        do(commands.ConfirmView(decision=decision, view=view.id), by=boss)


# Where nobody stands outside ----------------------------------------------------------------------------


def test_a_body_of_one_line_falls_to_the_councils_duty_team(cast: Cast) -> None:
    decision, _view = typed_yes(cast)
    matter = models.Decision.everything.get(id=decision)
    matter.organisation = cast.provider  # decided by a body in which everybody is in one line
    asks = who_could(cast, matter)
    found = asks.next(uuid4(), set())
    assert found is not None
    assert (found.person, found.standing) == (cast.dee.person, ChecksAs.COUNCIL)
    assert asks.next(uuid4(), {found.person}) is None  # and never back to the one who asks


def test_replace_is_no_way_in(cast: Cast) -> None:
    """A code for one matter asks for nothing in the turn, and the clock’s command is nobody’s."""
    decision, _view = typed_yes(cast)
    with pytest.raises((Refused, NotAllowed, Missing)):
        do(commands.AskForCheck(decision=decision), by=replace(cast.stranger, strong=True))
    settle = commands.SettleCheck(decision=decision, check=uuid4(), became=Became.CHECKED)
    with pytest.raises((Refused, NotAllowed, Missing)):
        do(settle, by=cast.ken)
