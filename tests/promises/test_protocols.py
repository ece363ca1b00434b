"""The twenty tests: adopted as promises to a user-led organisation, looked at, and judged by its members."""

from datetime import date
from uuid import UUID

import pytest

from alongside.kernel import clock, rules
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.telling import prepare
from alongside.topics.promises.commands import AdoptProtocol, RecordTest, UseProtocol
from alongside.topics.promises.engine import against_a_pass
from alongside.topics.promises.models import Promise, Protocol, ProtocolUse, TestResult, Verdict
from alongside.topics.promises.policy.counting import counts_of
from tests.interfaces.conftest import browser_of
from tests.promises.by_post import came_in, code_of
from tests.promises.lasting import the_clock
from tests.promises.making import judge
from tests.promises.protocols import adopted, line
from tests.visitor import page
from tests.world import BUILDER, Cast


def test_the_rule_pack_has_the_twenty_tests_with_their_source(cast: Cast) -> None:
    rule = rules.on("england", clock.today()).rule("protocol.commissioning")
    assert len(rule.value) == 20 and rule.force == "local" and rule.source  # type: ignore[arg-type]  # a list


def test_a_body_adopts_it_as_twenty_promises_to_a_user_led_organisation(cast: Cast) -> None:
    wrong = AdoptProtocol(
        organisation=cast.council, to_body=cast.provider, group_size=60, due_on=date(2026, 6, 1)
    )
    with pytest.raises(Refused, match="user-led"):
        do(wrong, by=cast.june)
    for other in (cast.rosa, cast.tom, cast.ana):
        with pytest.raises((Missing, NotAllowed, Refused)):
            adopted(cast, by=other)
    do(JoinBody(person=cast.rosa.person, organisation=cast.ulo), by=BUILDER)
    protocol = adopted(cast)
    rows = list(Promise.everything.filter(protocol=protocol))
    assert len(rows) == 20
    assert {(row.group_of, row.group_size, row.owner) for row in rows} == {(cast.ulo, 60, cast.june.person)}
    assert all(row.test for row in rows)
    told = Outbox.objects.filter(kind="tell", payload__person=cast.rosa.person.hex)  # type: ignore[union-attr]  # a person
    assert told.count() == 1, "once, not twenty times"
    with pytest.raises(Refused, match="adopted it with them already"):
        adopted(cast)


def test_a_test_is_evidence_and_changes_no_verdict(cast: Cast) -> None:
    row = line(adopted(cast), "bid_time")
    bare = RecordTest(promise=row.id, result="pass")
    with pytest.raises(Refused) as refusal:
        do(bare, by=cast.june)
    assert {reason.field for reason in refusal.value.reasons} == {"document", "number"}
    for other in (cast.rosa, cast.tom, cast.stranger):
        with pytest.raises((Missing, NotAllowed)):
            do(bare, by=other)
    do(RecordTest(promise=row.id, result="pass", document="The notice", number="31 days"), by=cast.june)
    do(RecordTest(promise=row.id, result="fail", document="The pack", number="14 days"), by=cast.ana)
    told = browser_of(None).get(f"/api/promises/{row.id}").json()["tests"]
    assert {(one["result"], one["document"], one["by_owner"]) for one in told} == {
        ("pass", "The notice", True),
        ("fail", "The pack", False),
    }
    assert [one.by_owner for one in TestResult.everything.order_by("made_by")] == [True, False]
    assert not Verdict.everything.exists() and counts_of([row.id])[row.id].answered == 0
    with clock.at("2026-06-02"):
        with pytest.raises((Missing, NotAllowed, Refused)):
            do(judge(row.id, None, "kept"), by=cast.june)
        do(judge(row.id, None, "not_kept"), by=cast.ana)
    assert counts_of([row.id])[row.id].not_kept == 1


def test_results_are_published_for_each_use(cast: Cast) -> None:
    protocol = adopted(cast)
    row = line(protocol, "bid_time")
    for name in ("Home care, spring", "Day centres, autumn"):
        do(UseProtocol(protocol=protocol, name=name), by=cast.ana)
    spring, autumn = ProtocolUse.everything.order_by("made_by")
    do(
        RecordTest(promise=row.id, use=spring.id, result="fail", document="The pack", number="14 days"),
        by=cast.ana,
    )
    do(
        RecordTest(promise=row.id, use=autumn.id, result="pass", document="The pack", number="35 days"),
        by=cast.ana,
    )
    first = page(None, f"/promises/protocols/{protocol}?use={spring.id}")
    assert "14 days" in first and "35 days" not in first
    assert first.count("not evidenced") == 19
    assert "20 tests: 1 fail, 19 not looked at yet." in first
    assert "35 days" in page(None, f"/promises/protocols/{protocol}")
    page(None, f"/promises/protocols/{protocol}?use={row.id}", 404)
    with pytest.raises((Missing, NotAllowed)):
        do(UseProtocol(protocol=protocol, name="Mine"), by=cast.rosa)
    other = Protocol.everything.get()
    assert other.pack == rules.on("england", clock.today()).version


def test_a_promise_without_a_test_takes_no_result(cast: Cast, ramp: UUID) -> None:
    with pytest.raises(Refused, match="has no test"):
        do(RecordTest(promise=ramp, result="not_evidenced"), by=cast.ken)


def lines_with_a_number() -> dict[str, str]:
    return {
        item["code"]: item["test"]
        for item in rules.on("england", clock.today()).items("protocol.commissioning")
    }


@pytest.mark.parametrize(
    ("code", "number", "reason", "passes"),
    [
        ("payment", "28 days", "", True),
        ("payment", "30", "", True),
        ("payment", "90 days", "", False),
        ("payment", "90 days", "The bank was slow.", False),
        ("payment", "soon", "", False),
        ("bid_time", "29 days", "", False),
        ("bid_time", "1,030 days", "", True),
        ("term", "3 years, 6 months", "", True),
        ("term", "2 years, 6 months", "", False),
        ("term", "2 years, 6 months", "The service is a trial.", True),
        ("term", "3 years, 5 months", "The service is a trial.", False),
        ("lot_size", "0.8", "", True),
        ("lot_size", "1.4", "", False),
        ("lot_size", "1.4", "There is one road only.", True),
        ("turnover", "£200,000 to £90,000", "", False),
        ("turnover", "£180,000 to £90,000", "", True),
        ("user_control", "6 of 8", "", True),
        ("user_control", "5 of 8", "", False),
        ("user_control", "80%", "", True),
        ("price", "60 to 40", "", True),
    ],
)
def test_the_number_given_is_compared_with_the_number_of_the_test(
    code: str, number: str, reason: str, passes: bool
) -> None:
    assert (against_a_pass(lines_with_a_number()[code], number, reason) == []) is passes


def test_a_pass_against_its_own_number_or_with_nothing_to_look_at_is_refused(cast: Cast) -> None:
    row = line(adopted(cast), "payment")
    for document, number, words in (
        ("The ledger of payments", "90 days", "at most 30 days. With 90 days it is not a pass."),
        ("The ledger of payments", "quick", "Give that number, with its unit."),
        ("x", "28 days", "Name it so that others find it"),
    ):
        with pytest.raises(Refused) as refusal:
            do(RecordTest(promise=row.id, result="pass", document=document, number=number), by=cast.ana)
        assert words in str([str(reason.sentence) for reason in refusal.value.reasons])
    assert not TestResult.everything.exists()
    failed = RecordTest(promise=row.id, result="fail", document="The ledger of payments", number="90 days")
    do(failed, by=cast.ana)


def test_what_the_body_saw_and_what_those_it_was_made_to_saw_stand_apart(cast: Cast) -> None:
    protocol = adopted(cast)
    row = line(protocol, "payment")
    given = {"document": "https://wexmoor.example/payments", "number": "28 days"}
    do(RecordTest(promise=row.id, result="pass", **given), by=cast.june)
    do(RecordTest(promise=row.id, result="fail", document="Our bank book", number="41 days"), by=cast.ana)
    for address in (f"/promises/protocols/{protocol}", f"/promises/{row.id}"):
        text = page(None, address)
        assert "The body that promised it looked." in text and "Those it was made to looked." in text
        assert "28 days" in text and "41 days" in text
        assert 'href="https://wexmoor.example/payments"' in text


def test_what_a_test_asks_for_and_what_was_found_are_fields_and_not_only_words(cast: Cast) -> None:
    protocol = adopted(cast)
    row, board = line(protocol, "payment"), line(protocol, "user_control")
    late = RecordTest(promise=row.id, result="pass", document="The ledger", found=42, unit="day")
    with pytest.raises(Refused, match=r"at most 30 days\. With 42 days it is not a pass"):
        do(late, by=cast.ana)
    for wrong, told in (
        ({"unit": "day"}, "Type the number too"),
        ({"found": 9, "out_of": 8}, "no more than the whole"),
        ({"found": 6, "out_of": 8, "unit": "day"}, "has no unit"),
    ):
        with pytest.raises(Refused, match=told):
            do(RecordTest(promise=row.id, result="fail", document="The ledger", **wrong), by=cast.ana)
    do(RecordTest(promise=row.id, result="fail", document="The ledger", found=42, unit="day"), by=cast.ana)
    do(RecordTest(promise=board.id, result="pass", document="The count", found=6, out_of=8), by=cast.ana)
    lines = browser_of(None).get(f"/api/promises/protocols/{protocol}").json()["lines"]
    told_of = {one["line"]: one for one in lines}
    late_one, of_board = told_of["payment"], told_of["user_control"]
    assert (late_one["found"], late_one["unit"], late_one["out_of"]) == (42, "day", None)
    assert late_one["holds_from"] == "2026-06-01"
    assert late_one["asks"] == [
        {
            "is_least": False,
            "number": 30.0,
            "unit": "day",
            "may_have_reason": False,
            "found": 42.0,
            "is_met": False,
        }
    ]
    assert [(one["number"], one["unit"], one["is_met"]) for one in of_board["asks"]] == [
        (75.0, "in 100", True)
    ]
    text = page(None, f"/promises/protocols/{protocol}")
    assert "At most 30 days. Found: 42 days. Not met." in text and "42 days" in text
    assert "At least 75 in 100. Found: 75 in 100. Met." in text and "6 of 8" in text
    assert "From 1 June 2026 on." in text
    assert "At least 3 years." in text  # nobody has looked at that one


def test_when_its_day_comes_a_member_hears_of_all_lines_at_once_and_judges_each_by_that_code(
    cast: Cast,
) -> None:
    """Twenty texts left in one night, one for each line."""
    with clock.at("2026-03-02"):
        do(JoinBody(person=cast.devon.person, organisation=cast.ulo), by=BUILDER)
        protocol = adopted(cast)
    with clock.at("2026-06-02"):
        the_clock()
        mine = {"payload__person": cast.devon.person.hex}  # type: ignore[union-attr]  # a person
        told = Outbox.objects.filter(kind="tell", payload__what="how_did_it_go", **mine)
        assert told.count() == 1, "once, not twenty times"
        text = prepare(cast.devon.person, told.get().payload)  # type: ignore[arg-type]  # a person
        assert text is not None
        phone, there = came_in(code_of(text))
        assert there == f"/promises/protocols/{protocol}"
        one = line(protocol, "bid_time")
        assert "Was this promise kept?" in phone.get(f"/promises/{one.id}").content.decode()
