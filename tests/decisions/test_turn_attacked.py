"""A stranger with a manager’s post wants to settle who checks what was typed, or who answers a challenge."""

from datetime import timedelta
from uuid import UUID

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.models import ChallengeAsked, Check, View
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.keeping import ProposeHoldBack
from alongside.topics.people.commands.links import AgreeToLink, Relate, WithdrawConsent
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import LinkKind, turns_had
from tests.decisions import acts
from tests.decisions.afterwards import challenged, settled
from tests.decisions.turns import asked, came, goes_on, typed_yes
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NO = (NotAllowed, Refused, Missing)


def tried(command: object, by: Actor) -> bool:
    """Whether it was done: what is refused already needs no mending."""
    try:
        do(command, by=by)  # type: ignore[arg-type]  # a command
    except NO:
        return False
    return True


def whoever_is_asked(cast: Cast, decision: UUID, days: int = 6) -> set[UUID]:
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    for _day in range(days):
        goes_on(days=3)
    return {row.checker for row in asked(decision)}


def strikes_out(cast: Cast, how: str) -> bool:
    """Ken wants Dee, and so strikes out Omar, who is as far from him as she is."""
    omar, rosa = cast.omar.person, cast.rosa.person
    assert omar is not None and rosa is not None
    if how == "works with her":
        link = Relate(person=rosa, other=omar, kind=LinkKind.PRACTITIONER, team=cast.west)
        return tried(link, cast.ken)
    if how == "a second post":
        post = GivePost(organisation=cast.council, person=omar, kind=LinkKind.PRACTITIONER, team=cast.east)
        return tried(post, cast.ken) or tried(post, cast.june)
    if how == "a post in no team":
        post = GivePost(organisation=cast.council, person=omar, kind=LinkKind.PRACTITIONER)
        return tried(post, cast.ken) or tried(post, cast.june)
    if how == "held back from him":
        hold = ProposeHoldBack(
            about_whom=rosa,
            thing_held=View.everything.filter(person=rosa).latest("said_at").id,
            table="decisions.View",
            held_from=omar,
            test="serious_harm",
            reasons="She is afraid of him.",
            review_on=clock.today() + timedelta(days=20),
            ends_on=clock.today() + timedelta(days=60),
        )
        return tried(hold, cast.ken)
    near = Relate(person=rosa, other=omar, kind=LinkKind.FAMILY)  # a relative, whom she never agreed to
    return tried(near, cast.ken)


STRIKES = ["works with her", "a second post", "a post in no team", "held back from him", "a relative"]


@pytest.mark.parametrize("how", STRIKES)
def test_the_line_strikes_nobody_out_so_that_a_friend_is_next_to_check(cast: Cast, how: str) -> None:
    decision, _view = typed_yes(cast)
    clock.advance(hours=1)
    if not strikes_out(cast, how):
        return
    found = whoever_is_asked(cast, decision)
    assert found != {cast.dee.person}, "he chose her by leaving nobody else"


@pytest.mark.parametrize("how", STRIKES)
def test_the_line_strikes_nobody_out_so_that_a_friend_answers_that_it_is_wrong(cast: Cast, how: str) -> None:
    decision = settled(cast)
    clock.advance(hours=1)
    if not strikes_out(cast, how):
        return
    challenged(decision, cast.rosa)
    for _week in range(8):  # what is held back ends after 60 days: then both are in the draw again
        clock.advance(days=7)
        do_what_is_due(Work())
    found = {row.asked for row in ChallengeAsked.everything.filter(decision=decision)}
    assert found != {cast.dee.person}, "he chose her by leaving nobody else"


@pytest.mark.parametrize("how", STRIKES)
def test_nor_does_it_the_day_before_the_matter_is_raised(cast: Cast, how: str) -> None:
    earlier, _view = typed_yes(cast)
    do(commands.Withdraw(decision=earlier, words="Raised wrongly."), by=cast.ken)
    if not strikes_out(cast, how):
        return
    clock.advance(days=1)
    decision, _view = typed_yes(cast)
    other = settled(cast)
    assert whoever_is_asked(cast, decision) != {cast.dee.person}, "he chose her by leaving nobody else"
    challenged(other, cast.rosa)
    for _week in range(7):
        clock.advance(days=7)
        do_what_is_due(Work())
    found = {row.asked for row in ChallengeAsked.everything.filter(decision=other)}
    assert found != {cast.dee.person}, "he chose her by leaving nobody else"


def test_nor_does_it_so_make_sure_that_nobody_checks_or_answers(cast: Cast) -> None:
    """Whoever holds an office that was named long before, or by somebody outside, has a turn still."""
    office = do(AddOffice(organisation=cast.advocacy, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=office, person=cast.sol.person), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=office), by=BUILDER)
    decision, _view = typed_yes(cast)
    other = settled(cast)
    clock.advance(hours=1)
    assert strikes_out(cast, "a second post")
    assert whoever_is_asked(cast, decision) == {cast.sol.person}
    challenged(other, cast.rosa)
    assert acts.answerer(other).person == cast.sol.person


def test_the_line_does_not_strike_out_the_advocate_by_its_own_word(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Fewer visits", "cut")
    acts.said(decision, acts.typed_for(cast.lena, cast.priya), "for", "Yes.")
    dispute = DisputeSpeaker(link=named("lena mina"), words="She talks her into things.")
    if not tried(dispute, cast.ken):
        return
    assert acts.checker_asked(decision, cast.ken).person == cast.mina.person


def test_a_former_husband_who_works_there_does_not_check_what_was_typed_for_her(cast: Cast) -> None:
    """She ended it. He works in West, and it would be his turn: he would read of her life, and ring her."""
    clock.advance(days=1)
    came("A former husband", cast, cast.west)
    link = named("rosa husband")
    do(
        Relate(link=link, person=cast.rosa.person, other=named("A former husband"), kind=LinkKind.FAMILY),
        by=BUILDER,
    )
    do(AgreeToLink(link=link, shows=False), by=cast.rosa)
    clock.advance(days=1)
    do(WithdrawConsent(link=link), by=cast.rosa)
    clock.advance(days=40)
    decision, _view = typed_yes(cast)
    assert named("A former husband") not in whoever_is_asked(cast, decision)
    other = settled(cast)
    challenged(other, cast.rosa)
    for _week in range(9):
        clock.advance(days=7)
        do_what_is_due(Work())
    people = set(ChallengeAsked.everything.filter(decision=other).values_list("asked", flat=True))
    assert named("A former husband") not in people and people


def test_after_a_no_the_same_words_typed_anew_do_not_go_to_somebody_else(cast: Cast) -> None:
    """Priya types the same yes again and again, until somebody who checks has a soft heart."""
    for number in range(4):
        came(f"Worker {number}", cast, cast.west)
    decision, _view = typed_yes(cast)
    first = acts.checker_asked(decision, cast.ken)
    check = Check.everything.get(decision=decision)
    do(
        commands.AnswerCheck(decision=decision, check=check.id, said="not_so", words="She said no to me."),
        by=first,
    )
    for _again in range(3):
        clock.advance(hours=1)
        if not tried(
            commands.GiveView(decision=decision, position="for", words="Yes, she says."),
            acts.typed_for(cast.rosa, cast.priya),
        ):
            return
        assert acts.checker_asked(decision, cast.ken).person == first.person
        check = Check.everything.filter(decision=decision, became="").get()
        no = commands.AnswerCheck(decision=decision, check=check.id, said="not_so", words="Again: no.")
        do(no, by=first)


def test_a_matter_is_not_withdrawn_and_raised_anew_to_draw_again_who_checks(cast: Cast) -> None:
    for number in range(4):
        came(f"Worker {number}", cast, cast.west)
    decision, _view = typed_yes(cast)
    first = acts.checker_asked(decision, cast.ken)
    for _again in range(4):
        do(commands.Withdraw(decision=decision, words="Raised wrongly."), by=cast.ken)
        clock.advance(hours=1)
        decision, _view = typed_yes(cast)
        assert acts.checker_asked(decision, cast.ken).person == first.person
    clock.advance(days=40)
    other, _view = typed_yes(cast)
    assert acts.checker_asked(other, cast.ken).person is not None


# Whoever asks chooses the moment, the number of things, and what comes first ------------------------------


def test_who_asks_of_many_small_things_first_does_not_so_make_a_friend_the_next(cast: Cast) -> None:
    """Two of three had one; so the third was certain to have the next, which was the one that mattered."""
    for number in range(4):
        person, name = named(f"Neighbour {number}"), f"Neighbour {number}"
        do(AddPerson(person=person, organisation=cast.council, name=name, team=cast.east), by=BUILDER)
        works = {"kind": LinkKind.PRACTITIONER, "team": cast.east}
        do(Relate(person=person, other=cast.priya.person, **works), by=BUILDER)
        small = acts.raised(cast.priya, Actor(person=person), "An hour less", "cut")
        acts.said(small, acts.typed_for(Actor(person=person), cast.priya), "for", "Yes.")
        assert acts.checker_asked(small, cast.priya).person in (cast.omar.person, cast.dee.person)
    people = [one.person for one in (cast.omar, cast.dee) if one.person is not None]
    decision, _view = typed_yes(cast)
    assert set(turns_had(people, clock.now(), outside_of(decision, clock.now())).values()) == {0}


def test_who_raises_the_same_three_times_draws_once(cast: Cast) -> None:
    """Four matters stood open beside each other, and they went on with the one that a friend would check."""
    for name in ("Wyn Harding", "Ash Doyle", "Kit Brand"):
        came(name, cast, cast.west)
    clock.advance(days=1)
    drawn = {whoever_is_asked(cast, typed_yes(cast)[0], days=0).pop() for _number in range(5)}
    assert len(drawn) == 1
