"""Belonging to a body: said by the person, answered by whoever acts for it, seen by nobody else."""

from dataclasses import replace
from uuid import UUID

import pytest

from alongside.interfaces.who import actor_for, forget_voices
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions import models
from alongside.topics.people.commands.bodies import CountTheBoard
from alongside.topics.people.commands.links import WithdrawConsent
from alongside.topics.people.commands.members import ConfirmMember, DeclineMember, EndMembership
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.commands.posts import EndPost, GivePost, JoinBody
from alongside.topics.people.models import Link, LinkKind
from alongside.topics.people.policy import organisations_of
from alongside.topics.people.telling import prepare
from alongside.topics.promises.commands import JoinGroup
from alongside.topics.promises.policy.counting import counts_apart, counts_of
from tests.interfaces.conftest import browser_of
from tests.promises.by_post import came_in, code_of
from tests.promises.making import judge, promised_to_members, the_promise
from tests.visitor import page
from tests.world import BUILDER, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> object:
    with clock.at("2026-03-02"):
        yield
    assert replay.verify().problems == []
    assert replay.compare().problems == []


def joins(cast: Cast, by: Actor, *, board: bool = False) -> UUID:
    """They say that they belong to the user-led organisation."""
    do(JoinBody(person=by.person, organisation=cast.ulo, on_the_board=board), by=by)
    rows = Link.everything.filter(person=by.person, organisation=cast.ulo, other=None, closes_at=None)
    found: UUID = rows.order_by("-made_by").values_list("id", flat=True)[0]
    return found


def told(what: str) -> set[str]:
    return {row.payload["person"] for row in Outbox.objects.filter(kind="tell", payload__what=what)}


def of_theirs(cast: Cast, who: Actor) -> bool:
    assert who.person is not None
    return cast.ulo in organisations_of(who.person, clock.now())


def test_whoever_acts_for_the_body_hears_of_it_and_confirms_and_only_then_it_counts(cast: Cast) -> None:
    link = joins(cast, cast.rosa)
    assert cast.ana.person is not None and told("membership_said") == {cast.ana.person.hex}
    assert not of_theirs(cast, cast.rosa)
    assert "1 person, waiting for an answer" in page(cast.ana, "/")
    shown = page(cast.ana, f"/organisations/{cast.ulo}/members")
    assert "Rosa Marlow" in shown and "Yes, they belong" in shown
    assert "It counts when somebody who acts for this body" in page(cast.rosa, f"/organisations/{cast.ulo}")
    do(ConfirmMember(link=link), by=cast.ana)
    assert of_theirs(cast, cast.rosa)
    assert "You belong to it." in page(cast.rosa, f"/organisations/{cast.ulo}")
    assert "waiting for an answer" not in page(cast.ana, "/")
    with pytest.raises(Refused, match="confirmed already"):
        do(ConfirmMember(link=link), by=cast.ana)


def test_nobody_else_sees_or_answers_who_belongs(cast: Cast) -> None:
    link = joins(cast, cast.victor)
    member = joins(cast, cast.devon)
    do(ConfirmMember(link=member), by=cast.ana)
    address = f"/organisations/{cast.ulo}/members"
    api = f"/api/people{address}"
    for other in (
        None,
        cast.devon,
        cast.ken,
        cast.june,
        cast.priya,
        cast.tom,
        cast.boyd,
        cast.mina,
        cast.stranger,
    ):
        page(other, address, 404)
        assert browser_of(other).get(api).status_code == 404
        assert "Who belongs" not in page(other, f"/organisations/{cast.ulo}")
        assert not Link.objects.seen_by(other or Actor()).filter(id=link).exists()
        if other is not None:
            for answer in (ConfirmMember(link=link), DeclineMember(link=link, words="No.")):
                with pytest.raises((Missing, NotAllowed)):
                    do(answer, by=other)
    items = browser_of(cast.ana).get(api).json()["items"]
    assert {(one["person"], one["confirmed"]) for one in items} >= {
        (str(cast.victor.person), False),
        (str(cast.devon.person), True),
    }


def test_a_no_has_a_reason_that_reaches_the_person_by_a_message_that_names_no_body(cast: Cast) -> None:
    link = joins(cast, cast.devon)
    with pytest.raises(Refused, match="Say why"):
        do(DeclineMember(link=link, words=""), by=cast.ana)
    do(DeclineMember(link=link, words="We take people of East only."), by=cast.ana)
    assert not of_theirs(cast, cast.devon)
    assert cast.devon.person is not None
    notice = Outbox.objects.get(kind="tell", payload__what="membership_answered")
    text = prepare(cast.devon.person, notice.payload)
    assert text is not None and not any(word in text.body for word in ("East", "People First", "member"))
    phone, there = came_in(code_of(text))
    assert "We take people of East only." in phone.get(there).content.decode()
    assert "Devon Marlow" not in page(cast.ana, f"/organisations/{cast.ulo}/members")
    page(cast.ana, there, 404)  # what is over is theirs alone
    joins(cast, cast.devon)  # they can say so again


def test_a_member_leaves_at_any_time_without_a_reason_and_is_gone_from_the_page(cast: Cast) -> None:
    for confirm in (False, True):
        link = joins(cast, cast.rosa)
        if confirm:
            do(ConfirmMember(link=link), by=cast.ana)
        assert f"people.consent_withdrawn?link={link}" in page(cast.rosa, f"/organisations/{cast.ulo}")
        do(WithdrawConsent(link=link), by=cast.rosa)
        assert not of_theirs(cast, cast.rosa)
        assert "Rosa Marlow" not in page(cast.ana, f"/organisations/{cast.ulo}/members")


def test_ending_a_membership_is_said_why_also_by_who_manages_there(cast: Cast) -> None:
    link = joins(cast, cast.rosa)
    with pytest.raises(Refused, match="decline it"):
        do(EndMembership(link=link, words="Moved away."), by=cast.ana)
    do(ConfirmMember(link=link), by=cast.ana)
    with pytest.raises(Refused, match="End it as one, and say why"):
        do(EndPost(link=link), by=cast.ana)
    do(EndMembership(link=link, words="You moved away."), by=cast.ana)
    assert not of_theirs(cast, cast.rosa)
    assert "You moved away." in page(cast.rosa, f"/people/links/{link}")


def test_nobody_confirms_themself_or_a_seat_on_the_board_without_a_passkey(cast: Cast) -> None:
    do(GivePost(organisation=cast.ulo, person=cast.sol.person, kind=LinkKind.MANAGER), by=BUILDER)
    sol, seat = replace(cast.sol, strong=True), joins(cast, cast.sol, board=True)
    with pytest.raises(Refused, match="This is about you"):
        do(ConfirmMember(link=seat), by=sol)
    with pytest.raises(Refused, match="passkey"):
        do(ConfirmMember(link=seat), by=replace(cast.ana, strong=False))
    do(ConfirmMember(link=seat), by=replace(cast.ana, strong=True))


def test_a_seat_that_only_its_holder_claims_lets_nobody_answer_for_the_body(cast: Cast) -> None:
    joins(cast, cast.victor, board=True)
    link = joins(cast, cast.rosa)
    victor = replace(cast.victor, strong=True)
    for act in (
        ConfirmMember(link=link),
        CountTheBoard(organisation=cast.ulo, counted_on=clock.today(), members=3, who_draw_on_support=0),
    ):
        with pytest.raises((Missing, NotAllowed)):
            do(act, by=victor)
    page(victor, f"/organisations/{cast.ulo}/members", 404)


def test_an_own_word_is_no_firmer_when_two_records_are_joined(cast: Cast) -> None:
    joins(cast, cast.lena, board=True)
    asked = AskToMerge(person=cast.rosa.person, other=cast.lena.person, words="The same birthday.")
    do(MergePeople(merge=do(asked, by=cast.ken).thing, checked="I rang them."), by=cast.dee)
    forget_voices(cast.rosa.person)
    assert cast.rosa.person is not None
    assert not of_theirs(cast, actor_for(cast.rosa.person))


def test_once_confirmed_their_answers_count_with_the_members_and_not_before(cast: Cast) -> None:
    promise = promised_to_members(cast, what="Open on Sundays.", group="Members", group_size=10)
    link = joins(cast, cast.victor)
    with clock.at("2026-05-04"):
        do(JoinGroup(promise=promise), by=cast.victor)
        do(judge(promise, None, "kept"), by=cast.victor)
        assert (counts_of([promise])[promise].kept, counts_apart(the_promise(promise)).of) == (0, 1)
        do(ConfirmMember(link=link), by=cast.ana)
        assert (counts_of([promise])[promise].kept, counts_apart(the_promise(promise)).of) == (1, 0)


def test_nobody_slips_on_the_list_of_a_body_by_their_own_word(cast: Cast) -> None:
    joins(cast, cast.victor)
    member = joins(cast, cast.rosa)
    do(ConfirmMember(link=member), by=cast.ana)
    place = decisions.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    decision = do(place, by=cast.ana).thing
    do(decisions.TakeUp(decision=decision), by=cast.june)
    do(decisions.SayWhichPeople(decision=decision, group="Its members", size=5), by=cast.june)
    group = models.Affected.everything.get(decision=decision).id
    june = cast.june
    do(GivePost(organisation=cast.ulo, person=june.person, kind=LinkKind.PRACTITIONER), by=BUILDER)
    do(decisions.TieToBody(decision=decision, group=group, body=cast.ulo), by=june)
    do(decisions.ListSome(decision=decision, group=group), by=Actor(installation=True, strong=True))
    people = set(models.Listed.everything.values_list("person", flat=True))
    assert cast.rosa.person in people and cast.victor.person not in people


def test_a_seat_on_the_board_stands_once_two_who_act_for_the_body_have_said_so(cast: Cast) -> None:
    """Ana alone seats nobody, while Devon acts for it too."""
    strong = replace(cast.ana, strong=True)
    first = joins(cast, cast.devon, board=True)
    do(ConfirmMember(link=first), by=strong)  # nobody else acts for it yet: then one is enough
    assert of_theirs(cast, cast.devon)
    link = joins(cast, cast.rosa, board=True)
    do(ConfirmMember(link=link), by=strong)
    assert not of_theirs(cast, cast.rosa) and Link.everything.get(pk=link).is_own_word
    assert cast.devon.person is not None and cast.devon.person.hex in told("membership_said")
    with pytest.raises(Refused, match="somebody else who acts for the body"):
        do(ConfirmMember(link=link), by=strong)
    with pytest.raises((Missing, NotAllowed, Refused)):
        do(ConfirmMember(link=link), by=replace(cast.rosa, strong=True))
    assert "A second one must say so" in page(cast.devon, f"/organisations/{cast.ulo}/members")
    assert "waiting for an answer" not in page(cast.ana, "/")
    do(ConfirmMember(link=link), by=replace(cast.devon, strong=True))
    row = Link.everything.get(pk=link)
    assert (row.first_yes_by, row.answered_by) == (cast.ana.person, cast.devon.person)
    assert of_theirs(cast, cast.rosa)
    assert "two of you said so" in page(cast.ana, f"/organisations/{cast.ulo}/members")
    told_all = "1 of 3 seats on its board were confirmed by two people who act for it."
    assert told_all in page(None, f"/organisations/{cast.ulo}"), "everyone reads it, and of nobody by name"
    bodies = browser_of(None).get("/api/people/organisations").json()["items"]
    seats = {one["id"]: one["board_seats"] for one in bodies}
    assert seats[str(cast.ulo)] == {"confirmed_by_two": 1, "of": 3} and seats[str(cast.council)] is None


def test_who_belongs_to_a_group_needs_one_word_as_before(cast: Cast) -> None:
    strong = replace(cast.ana, strong=True)
    do(ConfirmMember(link=joins(cast, cast.devon, board=True)), by=strong)
    do(ConfirmMember(link=joins(cast, cast.rosa)), by=strong)
    assert of_theirs(cast, cast.rosa)
