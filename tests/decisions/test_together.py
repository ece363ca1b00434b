"""Positions written together, with every dissent in sight; and support for whoever has less power."""

from typing import Any
from uuid import UUID

import pytest

from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import SupportState
from tests.decisions import acts
from tests.decisions.thinking import hall, told
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def begun(decision: UUID, by: Actor) -> UUID:
    begin = commands.BeginJoint(decision=decision, name="A warm room", words="Keep it open on Mondays.")
    do(begin, by=by)
    found: UUID = acts.latest(models.Joint, decision).id
    return found


def signed(decision: UUID, joint: UUID, by: Actor, number: int = 1, **more: Any) -> None:
    sign = commands.SignJoint(decision=decision, joint=joint, number=number, **{"stands_as": "other", **more})
    do(sign, by=by)


def test_each_signs_or_signs_with_a_dissent_or_leaves(cast: Cast) -> None:
    decision = hall(cast)
    joint = begun(decision, cast.ana)
    text = page(None, f"/decisions/{decision}/joint")
    assert "Signed by 0 people" in text and "Ana Reyes" not in text  # she began it and has not signed
    signed(decision, joint, cast.devon, stands_as="carer")
    signed(decision, joint, cast.lena, stands_as="draws", words="Not on bank holidays.")
    text = page(None, f"/decisions/{decision}/joint")
    for words in (
        "Signed by 2 people",
        "Not on bank holidays.",
        "Signs, and sees this another way",
        "unpaid carer",
    ):
        assert words in text
    do(commands.LeaveJoint(decision=decision, joint=joint), by=cast.lena)
    text = page(None, f"/decisions/{decision}/joint")
    assert "Not on bank holidays." not in text and "Lena Fox" not in text and "took their name off" in text
    with pytest.raises(Refused, match="You have not signed"):
        do(commands.LeaveJoint(decision=decision, joint=joint), by=cast.lena)


def test_a_signed_text_does_not_change_under_its_signers(cast: Cast) -> None:
    decision = hall(cast)
    joint = begun(decision, cast.ana)
    signed(decision, joint, cast.devon)
    rewrite = commands.RewriteJoint(decision=decision, joint=joint, words="Close it on Mondays.")
    with pytest.raises(Refused, match="Sign it first"):
        do(rewrite, by=cast.boyd)
    do(rewrite, by=cast.ana)
    assert cast.devon.person is not None and cast.devon.person.hex in told()
    text = page(None, f"/decisions/{decision}/joint")
    assert "Signed by 0 people" in text and "is asked again" in text and "Keep it open on Mondays." in text
    with pytest.raises(Refused, match="There are newer words"):
        signed(decision, joint, cast.lena)
    signed(decision, joint, cast.devon, number=2)
    api = browser_of(None).get(f"/api/decisions/{decision}/joint").json()["items"][0]
    assert [one["version"] for one in api["signatures"]] == [2]
    assert [one["words"] for one in api["texts"]] == ["Keep it open on Mondays.", "Close it on Mondays."]


def test_nobody_signs_for_another_or_for_a_body_that_is_not_theirs(cast: Cast) -> None:
    decision = hall(cast)
    joint = begun(decision, cast.ana)
    with pytest.raises(Refused, match="Nobody can sign for them"):
        signed(decision, joint, acts.typed_for(cast.rosa, cast.june))
    with pytest.raises(Refused, match="not on record as part"):
        signed(decision, joint, cast.devon, stands_as="body", body=cast.ulo)
    signed(decision, joint, cast.ana, stands_as="body", body=cast.ulo)
    assert "Wexmoor Living Our Way" in page(None, f"/decisions/{decision}/joint")


def test_a_practitioner_may_sign_without_their_name(cast: Cast) -> None:
    decision = hall(cast)
    joint = begun(decision, cast.ana)
    sign = commands.SignJoint(decision=decision, joint=joint, number=1, stands_as="practitioner")
    do(sign, by=cast.priya, anonymous=True)
    for reader in (None, cast.june, cast.ana):
        text = page(reader, f"/decisions/{decision}/joint")
        assert "works in practice" in text and "Priya" not in text and "Someone who works for" not in text
    assert cast.priya.person is not None
    api = browser_of(cast.june).get(f"/api/decisions/{decision}/joint").content.decode()
    assert str(cast.priya.person) not in api


def test_there_is_no_joint_position_on_one_persons_life(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    with pytest.raises(NotAllowed):
        begun(decision, cast.rosa)
    assert "Positions written together" not in page(cast.rosa, f"/decisions/{decision}/map")


# Power, and support -------------------------------------------------------------------------------


def offered(decision: UUID, by: Actor, **more: Any) -> models.Support:
    given = {
        "what": "support",
        "supporter": "Mina Kowalska",
        "payer": "The council",
        "independent_of": "The council",
        "hours": 6,
    }
    do(commands.OfferSupport(decision=decision, **{**given, **more}), by=by)
    found: models.Support = acts.latest(models.Support, decision)
    return found


def test_the_matter_says_whether_the_people_it_affects_had_independent_support(cast: Cast) -> None:
    decision = hall(cast)
    not_yet = "not arranged. Those who decide find it and pay for it. Anyone it affects can ask for it."
    assert not_yet in page(None, f"/decisions/{decision}")
    do(commands.AskForSupport(decision=decision, what="support", for_all=True), by=cast.ana)
    asked = acts.latest(models.Support, decision)
    row = offered(decision, cast.june, asked=asked.id, supporting_body=cast.advocacy)
    for wrong, says in ((cast.june, "You offered this"), (cast.omar, "One of them must answer")):
        with pytest.raises(Refused, match=says):
            do(commands.AnswerSupport(decision=decision, support=row.id, wants=True), by=wrong)
    do(commands.AnswerSupport(decision=decision, support=row.id, wants=True), by=cast.ana)
    assert not_yet in page(None, f"/decisions/{decision}")
    do(commands.SayArranged(decision=decision, support=row.id), by=cast.june)
    assert "Independent support is set up" in page(None, f"/decisions/{decision}/support")
    with pytest.raises(Refused, match="must say that they had it"):
        do(commands.SayGiven(decision=decision, support=row.id, hours_given=5), by=cast.june)
    do(commands.SayGiven(decision=decision, support=row.id, hours_given=5), by=cast.ana)
    assert "had independent support." in page(None, f"/decisions/{decision}")
    assert models.Support.everything.get(id=row.id).state == SupportState.GIVEN


def test_whoever_gives_the_support_takes_it_for_nobody_and_does_not_say_that_it_was_had(cast: Cast) -> None:
    """Somebody of the advocates’ own body said it for everyone: then all read that they had had support."""
    decision = hall(cast)
    do(commands.AskForSupport(decision=decision, what="support", for_all=True), by=cast.ana)
    row = offered(
        decision, cast.june, asked=acts.latest(models.Support, decision).id, supporting_body=cast.advocacy
    )
    address = f"/decisions/{decision}/support"
    takes = commands.AnswerSupport(decision=decision, support=row.id, wants=True)
    had = commands.SayGiven(decision=decision, support=row.id, hours_given=5)
    for act, kind in ((takes, "support_answered"), (had, "support_given")):
        for wrong in (cast.sol, cast.tom, cast.omar):  # of who gives it, of a seller, of the council
            assert kind not in page(wrong, address)
            with pytest.raises(Refused, match="must"):
                do(act, by=wrong)
        assert kind in page(cast.devon, address)
        do(act, by=cast.devon)
    assert "had independent support." in page(None, f"/decisions/{decision}")


def test_support_by_the_body_that_decides_is_not_counted_as_independent(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.AskForSupport(decision=decision, what="support", for_all=True), by=cast.ana)
    asked = acts.latest(models.Support, decision)
    row = offered(decision, cast.june, asked=asked.id, supporting_body=cast.council)
    do(commands.AnswerSupport(decision=decision, support=row.id, wants=True), by=cast.ana)
    do(commands.SayArranged(decision=decision, support=row.id), by=cast.june)
    do(commands.SayGiven(decision=decision, support=row.id, hours_given=6), by=cast.ana)
    text = page(None, f"/decisions/{decision}/support")
    assert "not arranged" in text and "We do not count this as independent." in text


def test_nobody_lends_an_offer_the_name_of_a_body_that_is_not_theirs(cast: Cast) -> None:
    decision = hall(cast)
    with pytest.raises(Refused, match="not on record as part"):
        offered(decision, cast.victor, supporting_body=cast.advocacy)
    assert offered(decision, cast.mina, supporting_body=cast.advocacy).is_independent
    life = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    for other in (cast.victor, cast.stranger):
        with pytest.raises((NotAllowed, Missing)):
            offered(life, other)


def test_who_asked_for_help_for_themself_is_seen_by_those_who_decide_alone(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.AskForSupport(decision=decision, what="access", words="BSL"), by=cast.devon)
    for who, sees in ((cast.june, True), (cast.devon, True), (cast.ana, False), (cast.stranger, False)):
        assert models.Support.objects.seen_by(who).exists() is sees


def test_in_one_life_it_may_be_declined_and_is_not_for_others_to_know(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    row = offered(decision, cast.ken, supporting_body=cast.advocacy)
    assert row.person == cast.rosa.person
    with pytest.raises(Refused, match="Ask another team"):
        no = commands.AnswerSupport(decision=decision, support=row.id, wants=True)
        do(no, by=acts.typed_for(cast.rosa, cast.ken))
    do(commands.AnswerSupport(decision=decision, support=row.id, wants=False), by=cast.rosa)
    assert "Declined" in page(cast.rosa, f"/decisions/{decision}/support")
    assert "not arranged" not in page(cast.devon, f"/decisions/{decision}/support")
    assert not models.Support.objects.seen_by(cast.devon).exists()


def test_power_is_said_by_each_and_worded_anew_by_nobody_else(cast: Cast) -> None:
    decision = hall(cast)
    with pytest.raises(Refused, match="not on record as part"):
        wrong = commands.SayWhereIStand(decision=decision, words="x", paid="no", body=cast.council)
        do(wrong, by=cast.devon)
    for words in ("My job.", "My job, and my sister draws on it."):
        stand = commands.SayWhereIStand(
            decision=decision, words=words, paid="yes", body=cast.council, conflict="My sister."
        )
        do(stand, by=cast.june)
    text = page(None, f"/decisions/{decision}/support")
    assert "Head of adult social care" in text and "June Okafor" not in text
    assert "My job, and my sister" in text and text.count("My job") == 1
