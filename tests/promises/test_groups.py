"""A promise to a group: who judges it, how many were told, and when its day may change."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.commands.access import IssueCode
from alongside.topics.people.commands.bodies import AppointToOffice
from alongside.topics.people.commands.how_often import SetHowOftenWeAsk
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.promises.commands import (
    AnswerDate,
    ConfirmInGroup,
    JoinGroup,
    PassOnVerdict,
    ProposeDate,
    SayGroupWasTold,
    SayWhetherItHolds,
    due,
)
from alongside.topics.promises.models import GroupMember, PromisedTo, ProposedDate, Verdict
from alongside.topics.promises.policy.counting import counts_apart, counts_of, told_of_group
from tests.decisions.acts import typed_for
from tests.promises.groups import members, to_group
from tests.promises.making import judge, promised_to_members, the_promise, to_whom
from tests.visitor import page
from tests.world import BUILDER, Cast, named

LATER = "2026-05-04"


def test_anyone_in_the_definition_may_judge_by_their_own_word_and_is_counted_apart(cast: Cast) -> None:
    promise = to_group(cast)
    with clock.at(LATER):
        with pytest.raises((Missing, NotAllowed)):
            do(judge(promise, None, "kept"), by=cast.rosa)
        do(JoinGroup(promise=promise, words="I go on Mondays."), by=cast.rosa)
        do(judge(promise, None, "not_kept"), by=cast.rosa)
        with pytest.raises(Refused, match="said so already"):
            do(JoinGroup(promise=promise), by=cast.rosa)
    whole, apart = counts_of([promise])[promise], counts_apart(the_promise(promise))
    assert (whole.answered, whole.of) == (0, 40)
    assert (apart.not_kept, apart.of) == (1, 1)


def test_a_word_that_is_confirmed_counts_with_the_rest_and_its_giver_cannot_confirm_it(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    with clock.at(LATER):
        do(JoinGroup(promise=promise), by=cast.rosa)
        do(judge(promise, None, "partly"), by=cast.rosa)
        member = GroupMember.everything.get()
        confirm = ConfirmInGroup(promise=promise, member=member.id)
        for other in (cast.rosa, cast.june, cast.stranger, cast.devon, cast.priya):
            with pytest.raises((Missing, NotAllowed)):
                do(confirm, by=other)
        do(confirm, by=cast.ana)
    assert counts_of([promise])[promise].partly == 1
    assert counts_apart(the_promise(promise)).of == 0


def test_nobody_in_the_line_of_the_owner_judges_from_within_the_group(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    for other in (cast.ken, cast.priya, cast.stranger):
        do(JoinBody(person=other.person, organisation=cast.ulo), by=BUILDER)
    with clock.at(LATER):
        for other in (cast.ken, cast.priya):
            with pytest.raises(Refused, match="answers for this promise"):
                do(judge(promise, None, "kept"), by=other)
            with pytest.raises(Refused, match="answers for this promise"):
                do(JoinGroup(promise=promise), by=other)
        do(judge(promise, None, "kept"), by=cast.stranger)
    assert counts_of([promise])[promise].kept == 1


def test_one_person_is_one_answer_however_many_ways_they_belong(cast: Cast) -> None:
    promise = promised_to_members(
        cast, what="Open on Sundays.", made_to=[cast.rosa.person], group="Members", group_size=10
    )
    do(JoinBody(person=cast.rosa.person, organisation=cast.ulo), by=BUILDER)
    do(JoinGroup(promise=promise), by=cast.rosa)
    with clock.at(LATER):
        do(judge(promise, cast.rosa.person, "kept"), by=cast.rosa)
        do(judge(promise, None, "not_kept"), by=cast.rosa)
    found = counts_of([promise])[promise]
    assert (found.answered, found.not_kept, counts_apart(the_promise(promise)).of) == (1, 1, 0)


def test_a_code_or_a_worker_who_types_is_enough_to_answer_for_a_group(cast: Cast) -> None:
    promise = to_group(cast)
    other = to_group(cast)
    do(IssueCode(person=cast.rosa.person, matter=promise, path="/", digest="ab" * 32), by=cast.ken)
    coded = Actor(person=cast.rosa.person, only=promise, way="code")
    with clock.at(LATER):
        do(JoinGroup(promise=promise), by=coded)
        do(judge(promise, None, "kept"), by=coded)
        with pytest.raises((Missing, NotAllowed)):
            do(JoinGroup(promise=other), by=coded)
        do(JoinGroup(promise=promise), by=typed_for(cast.ana, cast.omar))
        do(judge(promise, None, "not_kept"), by=typed_for(cast.ana, cast.mina))
    assert counts_apart(the_promise(promise)).answered == 2
    do(JoinGroup(promise=promise), by=typed_for(cast.lena, cast.priya))
    with clock.at(LATER):
        do(judge(promise, None, "kept"), by=typed_for(cast.lena, cast.priya))  # Priya is in June's line
    assert not Verdict.everything.get(person=cast.lena.person).counts


def test_told_is_the_most_that_one_telling_reached_and_never_a_sum(cast: Cast) -> None:
    promise = to_group(cast, size=30)
    with pytest.raises(Refused, match="30 people"):
        do(SayGroupWasTold(promise=promise, reached=31, how="At the meeting."), by=cast.june)
    with pytest.raises(Refused, match="how you know that it reached them"):
        do(SayGroupWasTold(promise=promise, reached=30, how=""), by=cast.june)
    for reached in (12, 9):
        do(SayGroupWasTold(promise=promise, reached=reached, how="At the meeting."), by=cast.june)
    assert told_of_group(the_promise(promise)) == 12
    with pytest.raises((Missing, NotAllowed)):
        do(SayGroupWasTold(promise=promise, reached=1, how="I know."), by=cast.rosa)


# Another day ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("yes", "no", "moves"), [(5, 1, True), (4, 2, False), (4, 0, False)])
def test_a_group_moves_its_day_only_if_enough_answered_and_enough_agree(
    cast: Cast, yes: int, no: int, moves: bool
) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    with pytest.raises(Refused, match="until 23 March 2026"):
        do(ProposeDate(promise=promise, due_on=date(2026, 3, 20), why="Ill."), by=cast.june)
    do(ProposeDate(promise=promise, due_on=date(2026, 7, 1), why="The lift."), by=cast.june)
    proposal = ProposedDate.everything.get()
    for place, each in enumerate(people[: yes + no]):
        do(answer(promise, proposal.id, agrees=place < yes), by=each)
        do(answer(promise, proposal.id, agrees=place < yes), by=each)  # twice is once
    assert str(the_promise(promise).due_on) == "2026-05-01" and not list(due(clock.now()))
    with clock.at("2026-03-24"):
        with pytest.raises(Refused, match="over"):
            do(answer(promise, proposal.id, agrees=True), by=people[0])
        (settle,) = due(clock.now())
        do(settle, by=THE_CLOCK)
    row, now = ProposedDate.everything.get(), the_promise(promise)
    assert (row.yes, row.no, str(row.was_due_on)) == (yes, no, "2026-05-01")
    assert (str(now.due_on), str(now.first_due_on)) == ("2026-07-01" if moves else "2026-05-01", "2026-05-01")


def test_those_who_only_say_themselves_that_they_belong_cannot_move_a_day(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo, size=5)
    do(ProposeDate(promise=promise, due_on=date(2026, 7, 1), why="The lift."), by=cast.june)
    proposal = ProposedDate.everything.get()
    for each in (cast.rosa, cast.devon, cast.lena, cast.stranger):
        do(JoinGroup(promise=promise), by=each)
        do(answer(promise, proposal.id, agrees=True), by=each)
    with clock.at("2026-03-24"):
        for settle in due(clock.now()):
            do(settle, by=THE_CLOCK)
    assert str(the_promise(promise).due_on) == "2026-05-01"


def answer(promise: UUID, proposal: UUID, **more: Any) -> AnswerDate:
    from tests.promises.making import to_whom

    return AnswerDate(promise=promise, proposal=proposal, made_to=to_whom(promise), **more)


# When the day has come ----------------------------------------------------------------------------------


def test_members_are_asked_when_the_day_has_come_and_those_who_want_no_messages_are_not(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    for each in (cast.stranger, cast.rosa):
        do(JoinBody(person=each.person, organisation=cast.ulo), by=BUILDER)
    do(SetHowOftenWeAsk(person=cast.rosa.person, how_often="never"), by=cast.rosa)
    with clock.at(LATER):
        for asking in due(clock.now()):
            do(asking, by=THE_CLOCK)
    asked = Outbox.objects.filter(kind="tell", payload__what="how_did_it_go", payload__matter=promise.hex)
    people = {row.payload["person"] for row in asked}
    assert cast.stranger.person is not None and cast.rosa.person is not None
    assert cast.stranger.person.hex in people and cast.rosa.person.hex not in people


def test_whoever_holds_the_office_that_answers_now_does_not_judge_from_within_the_group(cast: Cast) -> None:
    promise = to_group(cast, by=cast.ken)
    assert the_promise(promise).office == cast.kens_office
    with clock.at(LATER):
        do(AppointToOffice(office=cast.kens_office, person=cast.omar.person), by=cast.june)
        with pytest.raises(Refused, match="answers for this promise"):
            do(JoinGroup(promise=promise), by=cast.omar)  # he is of another team, and answers for it now
        do(JoinGroup(promise=promise), by=cast.rosa)


def test_a_member_who_said_at_most_once_a_month_is_not_written_to_twice_in_one_month(cast: Cast) -> None:
    person = cast.devon.person
    assert person is not None
    do(JoinBody(person=person, organisation=cast.ulo), by=BUILDER)
    do(SetHowOftenWeAsk(person=person, how_often="monthly"), by=cast.devon)

    def told() -> int:
        return Outbox.objects.filter(kind="tell", payload__person=person.hex, payload__to_many=True).count()

    to_group(cast, of=cast.ulo)
    assert told() == 1
    clock.advance(days=10)
    to_group(cast, of=cast.ulo)
    assert told() == 1
    home = page(cast.devon, "/")
    assert "About services and places you said on 2 March 2026: At most once a month." in home
    clock.advance(days=21)
    to_group(cast, of=cast.ulo)
    assert told() == 2


def test_one_sentence_says_how_many_were_told_and_how_many_of_these_answered(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    told = SayGroupWasTold(promise=promise, reached=26, how="A letter to each, with a slip.")
    do(told, by=cast.june)
    text = page(None, f"/promises/{promise}")
    whole = "Of the 40 people it was made to, at least 26 were told, and 0 of these have said how it went."
    assert whole in text
    with clock.at(LATER):
        do(JoinGroup(promise=promise), by=cast.rosa)
        do(judge(promise, None, "partly"), by=cast.rosa)
        member = GroupMember.everything.get()
        do(ConfirmInGroup(promise=promise, member=member.id), by=cast.ana)
        text = page(None, f"/promises/{promise}")
    assert "of these have said" not in text  # one answer is somebody's own
    assert "At least 26 of 40 people were told." in text


# A slip on paper ----------------------------------------------------------------------------------


def slip(cast: Cast, promise: UUID, whose: Actor, **more: Any) -> PassOnVerdict:
    made_to = PromisedTo.everything.get(promise=promise)
    values = {"said": "not_kept", "spoken_on": date(2026, 5, 3), "paper": "Slip 41 in the post book"} | more
    return PassOnVerdict(promise=promise, made_to=made_to.id, member=whose.person, **values)


def test_a_members_slip_is_typed_by_their_own_organisation_with_who_and_which_paper_and_told_back(
    cast: Cast,
) -> None:
    """Devon belongs to the user-led organisation, and nobody works for him."""
    do(JoinBody(person=cast.devon.person, organisation=cast.ulo), by=BUILDER)
    promise = to_group(cast, of=cast.ulo)
    with clock.at(LATER):
        assert "Type a slip that came on paper" in page(cast.ana, f"/promises/{promise}")
        for missing, reason in (({"paper": ""}, "which paper"), ({"member": None}, "whose slip")):
            with pytest.raises(Refused, match=reason):
                do(slip(cast, promise, cast.devon).having(missing), by=cast.ana)
        do(slip(cast, promise, cast.devon, words="It was shut."), by=cast.ana)
        row = Verdict.everything.get(promise=promise)
        assert (row.person, row.by, str(row.paper)) == (
            cast.devon.person,
            cast.ana.person,
            "Slip 41 in the post book",
        )
        assert row.counts and not row.needs_confirming and row.spoken_on == date(2026, 5, 3)
        told = [(one.payload["person"], one.payload["what"]) for one in Outbox.objects.filter(kind="tell")]
        assert cast.devon.person is not None and (cast.devon.person.hex, "said_for_you") in told
        do(judge(promise, None, "kept"), by=cast.devon)  # his own word comes first
        do(slip(cast, promise, cast.devon), by=cast.ana)
        [counted] = Verdict.everything.filter(promise=promise, counts=True)
        assert (counted.said, counted.by) == ("kept", cast.devon.person)


def test_the_front_office_types_the_slip_of_somebody_who_fits_the_definition_and_they_are_counted_apart(
    cast: Cast,
) -> None:
    promise, bill = to_group(cast, by=cast.ken), named("bill")
    add = AddPerson(person=bill, organisation=cast.council, name="Bill Ray", team=named("duty"))
    do(add, by=BUILDER)  # the duty team looks after him: he has no worker
    with clock.at(LATER):
        do(slip(cast, promise, Actor(person=bill)), by=cast.dee)
        member = GroupMember.everything.get(promise=promise)
        assert (member.person, member.by, member.confirmed_on) == (bill, cast.dee.person, None)
        assert Verdict.everything.get(promise=promise).by_own_word
        assert counts_apart(the_promise(promise)).answered == 1


def test_no_slip_is_typed_by_whoever_answers_for_it_nor_for_somebody_they_do_not_know(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    do(JoinBody(person=cast.devon.person, organisation=cast.ulo), by=BUILDER)
    with clock.at(LATER):
        for one in (cast.june, cast.priya, cast.devon, cast.stranger):
            with pytest.raises((NotAllowed, Missing)):
                do(slip(cast, promise, cast.devon), by=one)
            assert "Type a slip" not in page(one, f"/promises/{promise}")
        with pytest.raises(Refused, match="could not find"):
            do(slip(cast, promise, cast.lena), by=cast.ana)  # she is not one of them


def test_whoever_gives_no_name_is_refused_and_nothing_breaks_over_it(cast: Cast) -> None:
    """What follows from an answer is worked out before it is asked who may give it."""
    promise = to_group(cast)
    group = PromisedTo.everything.get(promise=promise, person=None)
    with clock.at(LATER):
        for act in (
            judge(promise, None, "kept"),
            SayWhetherItHolds(promise=promise, made_to=group.id, said="still"),
        ):
            with pytest.raises((Missing, NotAllowed)):
                do(act, by=Actor())


def test_whoever_answered_by_their_own_word_is_not_passed_over_as_if_nobody_had(cast: Cast) -> None:
    promise = to_group(cast)
    with clock.at(LATER):
        do(JoinGroup(promise=promise), by=cast.rosa)
        asked = page(cast.rosa, f"/do/promises.verdict_given?promise={promise}&made_to={to_whom(promise)}")
        assert "Those who answer for this promise will see what you say" in asked
        do(judge(promise, None, "not_kept"), by=cast.rosa)
        shown = page(cast.june, f"/promises/{promise}")
        assert "Nobody it was made to has answered" not in shown
        assert "No answer of the group is counted yet." in shown
