"""A provider who wants good figures: promises that they judge themselves, and are counted as kept."""

from datetime import date

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.members import ConfirmMember
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost, JoinBody
from alongside.topics.people.models import Link, LinkKind
from alongside.topics.promises.commands import HandOverPromise, MakePromise, ProposeDate, SayWhatNow
from alongside.topics.promises.models import Verdict
from tests.promises.making import judge, promised, the_promise, to_whom
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
NO = (NotAllowed, Refused, Missing)
DUE = date(2026, 5, 1)


def made_to(cast: Cast, *people: Actor, about: Actor | None = None, by: Actor | None = None) -> None:
    promise = MakePromise(
        organisation=cast.council,
        person=about.person if about else None,
        what="We come on time.",
        due_on=DUE,
        made_to=[one.person for one in people if one.person],
    )
    do(promise, by=by or cast.ken)


def test_nobody_promises_something_to_themself_or_their_own_line_and_says_that_it_was_kept(
    cast: Cast,
) -> None:
    with clock.at("2026-03-02"):
        for about in (None, cast.rosa):
            for to in ((cast.ken,), (cast.priya,), (cast.june,), (cast.rosa, cast.priya)):
                with pytest.raises(Refused, match="cannot be whom it is made to"):
                    made_to(cast, *to, about=about)
        made_to(cast, cast.rosa, cast.devon, about=cast.rosa)
        made_to(cast, cast.ana, about=cast.ana, by=cast.omar)


def test_a_promise_is_not_handed_to_whom_it_was_made_to_or_their_line(cast: Cast) -> None:
    """Made to a worker of another team, who is then the one who answers for it, and says that it was kept."""
    with clock.at("2026-03-02"):
        promise = promised(cast, to=cast.rosa, made_to=[cast.rosa.person, cast.omar.person])
        hand = HandOverPromise(promise=promise, owned_by=cast.omar.person, why="He knows it.")
        with pytest.raises(Refused, match="cannot be whom it is made to"):
            do(hand, by=cast.ken)
        do(AddPerson(person=named("Wyn"), organisation=cast.council, name="Wyn"), by=BUILDER)
        post = GivePost(
            organisation=cast.council, person=named("Wyn"), kind=LinkKind.PRACTITIONER, team=cast.west
        )
        do(post, by=BUILDER)
        with pytest.raises(Refused, match="cannot be whom it is made to"):
            do(HandOverPromise(promise=promise, owned_by=named("Wyn"), why="She knows it."), by=cast.ken)
    with clock.at("2026-05-02"):
        do(judge(promise, cast.omar.person, "kept"), by=cast.omar)
        with pytest.raises(NO):
            do(judge(promise, cast.omar.person, "kept"), by=cast.ken)
        assert Verdict.everything.filter(promise=promise).count() == 1


def test_a_day_they_wished_for_once_and_no_longer_want_is_no_yes(cast: Cast) -> None:
    """The owner asks for the day that she named in May, after she said that she wants another."""
    with clock.at("2026-03-02"):
        promise = promised(cast, to=cast.rosa)
    first, second = date(2026, 6, 1), date(2026, 5, 20)
    row = to_whom(promise, cast.rosa.person)
    with clock.at("2026-05-02"):
        do(judge(promise, cast.rosa.person, "not_kept"), by=cast.rosa)
        do(SayWhatNow(promise=promise, made_to=row, wants="new_date", new_day=first), by=cast.rosa)
    with clock.at("2026-05-04"):
        do(SayWhatNow(promise=promise, made_to=row, wants="new_date", new_day=second), by=cast.rosa)
    with clock.at("2026-05-05"):
        do(ProposeDate(promise=promise, due_on=first, why="It takes longer."), by=cast.ken)
    assert the_promise(promise).due_on == DUE, "the day stays as it was until she agrees"


def test_members_whom_the_provider_confirms_itself_do_not_fill_its_figures(cast: Cast) -> None:
    """The provider promises something to its own members, and confirms friends of the house as members."""
    boss = Actor(person=named("Homelight boss"), strong=True)
    with clock.at("2026-03-02"):
        do(AddPerson(person=boss.person, organisation=cast.provider, name="Homelight boss"), by=BUILDER)
        post = GivePost(organisation=cast.provider, person=boss.person, kind=LinkKind.MANAGER)
        do(post, by=BUILDER)
        promise = MakePromise(
            organisation=cast.provider,
            what="We come on time.",
            due_on=DUE,
            group="Our members",
            group_of=cast.provider,
            group_size=40,
        )
        made = do(promise, by=boss).thing
        for friend in (cast.devon, cast.stranger):
            do(JoinBody(person=friend.person, organisation=cast.provider, on_the_board=False), by=friend)
            rows = Link.everything.filter(person=friend.person, organisation=cast.provider, other=None)
            do(ConfirmMember(link=rows.get().id), by=boss)
    with clock.at("2026-05-02"):
        do(judge(made, None, "kept"), by=cast.devon)
    row = Verdict.everything.get(promise=made)
    assert row.by_own_word, "nobody but the body that promised says that they are among those it was made to"
