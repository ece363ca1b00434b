"""Only the people a promise was made to say whether it was kept."""

from datetime import date
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import (
    ConfirmVerdict,
    LookAtVerdict,
    MakePromise,
    PassOnVerdict,
    ReleaseVerdict,
    ReportProgress,
)
from alongside.topics.promises.models import Promise, Verdict
from alongside.topics.promises.policy.counting import counts_of
from tests.promises.making import judge, promised, promised_to_members, to_whom
from tests.world import Cast

LATER = "2026-05-04"


def test_the_person_it_was_made_to_says_whether_it_was_kept_and_nobody_else(cast: Cast, ramp: UUID) -> None:
    rosa = cast.rosa.person
    with clock.at(LATER):
        for other in ("ken", "priya", "june", "devon", "tom", "omar", "boyd", "victor", "stranger", "sol"):
            with pytest.raises((Missing, NotAllowed)):
                do(judge(ramp, rosa, "kept"), by=getattr(cast, other))
        with pytest.raises((Missing, NotAllowed)):
            do(judge(ramp, rosa, "kept"), by=Actor())
        assert counts_of([ramp])[ramp].no_answer == 1
        do(judge(ramp, rosa, words="Nobody came."), by=cast.rosa)
    found = counts_of([ramp])[ramp]
    assert (found.not_kept, found.no_answer, found.of) == (1, 0, 1)


def test_before_its_day_a_promise_is_not_judged_unless_its_owner_says_it_is_done(
    cast: Cast, ramp: UUID
) -> None:
    with pytest.raises(Refused, match="from 1 May 2026"):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    do(judge(ramp, cast.rosa.person, "too_early"), by=cast.rosa)
    do(ReportProgress(promise=ramp, percent=100, words="Done on Monday."), by=cast.ken)
    do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    assert counts_of([ramp])[ramp].kept == 1


def test_the_owners_word_that_it_is_done_is_never_a_verdict(cast: Cast, ramp: UUID) -> None:
    do(ReportProgress(promise=ramp, percent=100), by=cast.ken)
    found = counts_of([ramp])[ramp]
    assert (found.kept, found.no_answer, found.of) == (0, 1, 1)


def test_a_later_answer_is_added_and_the_first_one_stays(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "not_kept", words="Nobody came."), by=cast.rosa)
        do(judge(ramp, cast.rosa.person, "partly", words="They came, and left the rail off."), by=cast.rosa)
    rows = list(Verdict.everything.filter(promise=ramp).order_by("place"))
    assert [(row.said, str(row.words), row.counts) for row in rows] == [
        ("not_kept", "Nobody came.", False),
        ("partly", "They came, and left the rail off.", True),
    ]
    assert counts_of([ramp])[ramp].partly == 1


def test_an_answer_through_an_advocate_is_marked_and_never_talks_over_the_person(cast: Cast) -> None:
    promise = promised(cast, to=cast.ana, by=cast.june)
    with clock.at(LATER):
        do(judge(promise, cast.ana.person, "kept"), by=cast.mina)
        found = counts_of([promise])[promise]
        assert (found.kept, found.through_speaker) == (1, 1)
        do(judge(promise, cast.ana.person, "not_kept"), by=cast.ana)
        do(judge(promise, cast.ana.person, "kept"), by=cast.mina)
    found = counts_of([promise])[promise]
    assert (found.kept, found.not_kept, found.through_speaker) == (0, 1, 0)


def test_a_power_over_money_is_no_power_to_say_how_a_promise_went(cast: Cast) -> None:
    promise = promised(cast, to=cast.lena)
    with clock.at(LATER), pytest.raises(NotAllowed):
        do(judge(promise, cast.lena.person, "kept"), by=cast.victor)


def test_what_somebody_says_of_a_promise_is_not_seen_by_others_in_their_life(cast: Cast) -> None:
    promise = promised(cast, to=cast.lena)
    with clock.at(LATER):
        do(judge(promise, cast.lena.person, "not_kept", words="I am not safe."), by=cast.lena)
    assert Promise.objects.seen_by(cast.victor).filter(pk=promise).exists()  # she shows him what is promised
    assert not Verdict.objects.seen_by(cast.victor).exists()
    assert not Verdict.objects.seen_by(cast.stranger).exists()
    for other in (cast.lena, cast.ken, cast.priya):
        assert Verdict.objects.seen_by(other).count() == 1


def test_a_private_promise_is_kept_from_everyone_the_person_lets_in(cast: Cast) -> None:
    promise = promised(cast, to=cast.lena, what="Find a safe place to live.", is_private=True)
    for other in ("victor", "mina", "devon", "boyd", "stranger", "tom"):
        assert not Promise.objects.seen_by(getattr(cast, other)).filter(pk=promise).exists(), other
    for other in ("lena", "priya", "ken"):
        assert Promise.objects.seen_by(getattr(cast, other)).filter(pk=promise).exists(), other


def test_a_held_answer_is_seen_and_counted_only_when_its_giver_lets_it_go(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, is_held=True), by=cast.rosa)
        held = Verdict.everything.get(promise=ramp)
        assert not Verdict.objects.seen_by(cast.ken).exists()
        assert counts_of([ramp])[ramp].no_answer == 1
        with pytest.raises((Missing, NotAllowed)):
            do(ReleaseVerdict(promise=ramp, verdict=held.id), by=cast.ken)
        do(ReleaseVerdict(promise=ramp, verdict=held.id), by=cast.rosa)
    assert Verdict.objects.seen_by(cast.ken).count() == 1
    assert counts_of([ramp])[ramp].not_kept == 1


def test_what_the_owners_team_wrote_down_counts_only_when_confirmed_from_outside(
    cast: Cast, ramp: UUID
) -> None:
    rosa = cast.rosa.person
    with clock.at(LATER):
        passed = PassOnVerdict(
            promise=ramp, made_to=to_whom(ramp, rosa), spoken_on=date(2026, 5, 3), said="kept"
        )
        do(passed, by=cast.priya)
        row = Verdict.everything.get(promise=ramp)
        found = counts_of([ramp])[ramp]
        assert (found.kept, found.no_answer, found.unconfirmed) == (0, 1, 1)
        for other in (cast.priya, cast.ken, cast.june):
            with pytest.raises((Refused, NotAllowed)):
                do(ConfirmVerdict(promise=ramp, verdict=row.id), by=other)
        do(ConfirmVerdict(promise=ramp, verdict=row.id), by=cast.rosa)
    found = counts_of([ramp])[ramp]
    assert (found.kept, found.written_down, found.unconfirmed) == (1, 1, 0)


def test_an_answer_typed_by_the_owners_team_waits_too(cast: Cast, ramp: UUID) -> None:
    typed = Actor(person=cast.rosa.person, typed_by=cast.priya.person, how="phone")
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "kept"), by=typed)
    found = counts_of([ramp])[ramp]
    assert (found.kept, found.unconfirmed) == (0, 1)
    assert Verdict.everything.get(promise=ramp).by == cast.priya.person


def test_a_worker_outside_the_owners_line_may_write_it_down_and_it_is_counted_apart(cast: Cast) -> None:
    promise = promised(cast, to=cast.ana, by=cast.june, owned_by=cast.ken.person)
    with clock.at(LATER):
        do(
            PassOnVerdict(
                promise=promise,
                made_to=to_whom(promise, cast.ana.person),
                spoken_on=date(2026, 5, 2),
                said="kept",
            ),
            by=cast.omar,
        )
    found = counts_of([promise])[promise]
    assert (found.kept, found.written_down, found.unconfirmed) == (1, 1, 0)


def test_members_of_a_group_each_judge_and_the_silent_are_counted(cast: Cast) -> None:
    promise = promised_to_members(cast)
    with clock.at(LATER):
        do(judge(promise, None, "not_kept", may_be_read=True, words="Shut again."), by=cast.ana)
        with pytest.raises(NotAllowed):
            do(judge(promise, None, "kept"), by=cast.stranger)
    found = counts_of([promise])[promise]
    assert (found.not_kept, found.no_answer, found.of) == (1, 11, 12)
    assert Promise.objects.seen_by(Actor()).count() == 1
    assert not Verdict.objects.seen_by(Actor()).exists()  # the answer counts; its words wait to be read
    verdict = Verdict.everything.get(promise=promise).id
    do(LookAtVerdict(promise=promise, verdict=verdict, is_shown=True), by=cast.ken)
    assert str(Verdict.objects.seen_by(Actor()).get().words) == "Shut again."


def test_a_promise_needs_somebody_it_is_made_to(cast: Cast) -> None:
    with pytest.raises(Refused, match="whom"):
        do(MakePromise(organisation=cast.council, what="Do better.", due_on=date(2026, 5, 1)), by=cast.ken)


@pytest.mark.parametrize("name", ["stranger", "rosa", "victor", "tom", "boyd"])
def test_an_answer_typed_by_somebody_who_does_not_work_for_them_is_not_counted(cast: Cast, name: str) -> None:
    promise = promised(cast, to=cast.ana, by=cast.june)
    typed = Actor(person=cast.ana.person, typed_by=getattr(cast, name).person, how="phone")
    with clock.at(LATER):
        do(judge(promise, cast.ana.person, "kept"), by=typed)
    found = counts_of([promise])[promise]
    assert (found.kept, found.unconfirmed) == (0, 1)


def test_someone_with_a_code_from_a_letter_judges_that_promise_and_sees_no_other(
    cast: Cast, ramp: UUID
) -> None:
    other = promised(cast, to=cast.rosa, what="Ring you on Monday.")
    with_code = Actor(person=cast.rosa.person, only=ramp, way="code")
    assert [row.id for row in Promise.objects.seen_by(with_code)] == [ramp]
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "kept"), by=with_code)
        with pytest.raises(Missing):
            do(judge(other, cast.rosa.person, "kept"), by=with_code)
    assert counts_of([ramp])[ramp].kept == 1
    assert Verdict.objects.seen_by(with_code).count() == 1
