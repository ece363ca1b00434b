"""What programs read of groups, public words, protocols and the figures of a body."""

from datetime import date
from typing import Any

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.promises.commands import (
    JoinGroup,
    OfferCorrection,
    ProposeDate,
    PutPromiseRight,
    ReportProgress,
    SayGroupWasTold,
)
from tests.interfaces.conftest import browser_of
from tests.promises.groups import members, to_group
from tests.promises.lasting import holds, the_clock
from tests.promises.making import judge, promised
from tests.promises.protocols import adopted
from tests.promises.said import WORDS, said, taken_up
from tests.world import Cast


def read(address: str) -> Any:
    answer = browser_of(None).get(f"/api/promises/{address}")
    assert answer.status_code == 200, (address, answer.status_code, answer.content[:300])
    return answer.json()


def test_public_words_can_be_read_by_programs_with_what_is_recorded(cast: Cast) -> None:
    statement = said(cast)
    do(taken_up(statement), by=cast.june)
    (one,) = read("said")["items"]
    assert (one["words"], one["state"], one["who"]) == (WORDS, "ours", "Leader of the council")
    assert read(f"said/{statement}")["promise"] == one["promise"] is not None
    assert "Devon" not in str(one) and str(cast.devon.person) not in str(one)


def test_a_protocol_can_be_read_line_by_line(cast: Cast) -> None:
    protocol = adopted(cast)
    assert read("protocols")["items"][0]["id"] == str(protocol)
    lines = read(f"protocols/{protocol}")["lines"]
    assert len(lines) == 20 and all(line["test"] for line in lines)
    assert {line["result"] for line in lines} == {None}


def test_a_promise_that_no_longer_holds_says_so_to_programs_without_a_small_number(cast: Cast) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    with clock.at("2026-05-04"):
        for each in people:
            do(judge(promise, None, "kept"), by=each)
    with clock.at("2026-11-05"):
        the_clock()
        do(holds(promise, None), by=people[0])
        assert read(str(promise))["no_longer_holds"] == []
        for each in people[1:5]:
            do(holds(promise, None, "partly"), by=each)
        do(holds(promise, None), by=people[1])
        do(holds(promise, None), by=people[2])
        found = read(str(promise))
        (gone,) = found["no_longer_holds"]
        assert (gone["on_day"], gone["no_longer"]) == ("2026-11-05", None)
        assert found["answers"]["of"] == 40
        figures = read(f"by/{cast.council}")
    assert figures["places"][0]["no_longer_hold"] == 1
    assert figures["lives"] == []


def test_a_program_judges_a_promise_from_what_it_read_of_it_alone(cast: Cast) -> None:
    """No number of whom it was made to could be read, so no program could say whether it was kept."""
    pk = promised(cast, to=cast.rosa)
    rosa, priya = browser_of(cast.rosa), browser_of(cast.priya)
    with clock.at("2026-06-05"):
        do(ReportProgress(promise=pk, percent=100, words="The ramp is built."), by=cast.ken)
        found = rosa.get(f"/api/promises/{pk}").json()
        (to,) = (row for row in found["made_to"] if row["may_answer"])
        assert found["progress"][0]["words"] == "The ramp is built."
        body = {"promise": str(pk), "made_to": to["id"], "said": "not_kept", "words": "It is too steep."}
        sent = rosa.post("/api/do/promises.verdict_given", body, content_type="application/json")
        assert sent.status_code == 200, sent.content
        (heard,) = rosa.get(f"/api/promises/{pk}").json()["verdicts"]
        assert (heard["said"], heard["words"], heard["counts"]) == ("not_kept", "It is too steep.", True)
        wants = {"promise": str(pk), "made_to": to["id"], "wants": "call"}
        sent = rosa.post("/api/do/promises.what_now_said", wants, content_type="application/json")
        assert sent.status_code == 200, sent.content
        assert [row["wants"] for row in priya.get(f"/api/promises/{pk}").json()["wants"]] == ["call"]
        assert browser_of(cast.stranger).get(f"/api/promises/{pk}").status_code == 404


def test_a_program_of_a_stranger_reads_open_words_and_no_giver(cast: Cast) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    with clock.at("2026-05-04"):
        for each in people[:2]:
            do(judge(promise, None, "partly", words="Half of it.", may_be_read=True), by=each)
        do(judge(promise, None, "kept", words="Not for you.", may_be_read=False), by=people[2])
        for each in people:
            assert str(each.person) not in str(read(str(promise)))
        found = read(str(promise))
        assert "Not for you." not in str(found)
        assert {row["id"] for row in found["verdicts"]} <= {None}
        own = browser_of(people[0]).get(f"/api/promises/{promise}").json()
        assert str(people[0].person) in {row["person"] for row in own["verdicts"]}
        assert str(people[1].person) not in str(own)


def test_what_waits_for_an_answer_is_read_with_all_that_the_answer_needs(cast: Cast) -> None:
    """A program reads the promise, and answers with the numbers that stood there."""
    promise = promised(cast, to=cast.rosa, what="Mend the ramb.")
    do(OfferCorrection(promise=promise, what="Mend the ramp.", why="A slip."), by=cast.ken)
    do(ProposeDate(promise=promise, due_on=date(2026, 6, 1), why="The builder is ill."), by=cast.ken)
    mine = browser_of(cast.rosa)
    found = mine.get(f"/api/promises/{promise}").json()
    (me,), (words,), (day,) = found["made_to"], found["other_words"], found["other_days"]
    assert me["may_answer"] and words["waits"] and day["state"] == "waiting"
    assert (day["was_due_on"], day["due_on"]) == ("2026-05-01", "2026-06-01")
    given = {"promise": str(promise), "made_to": me["id"]}
    for kind, answer in (
        ("correction_answered", {"offer": words["id"], "agrees": True}),
        ("date_answered", {"proposal": day["id"], "agrees": False}),
        ("verdict_given", {"said": "no_longer"}),
    ):
        sent = mine.post(f"/api/do/promises.{kind}", {**given, **answer}, "application/json")
        assert sent.status_code in (200, 201), (kind, sent.content)
    found = mine.get(f"/api/promises/{promise}").json()
    assert (found["what"], found["due_on"]) == ("Mend the ramp.", "2026-05-01")
    assert [one["state"] for one in (*found["other_words"], *found["other_days"])] == ["agreed", "declined"]
    assert [(one["said"], one["counts"]) for one in found["verdicts"]] == [("no_longer", True)]
    theirs = browser_of(cast.ken).get(f"/api/promises/{promise}").json()
    assert not theirs["made_to"][0]["may_answer"]
    refused = browser_of(cast.ken).post(
        "/api/do/promises.verdict_given", {**given, "said": "kept"}, "application/json"
    )
    assert refused.status_code == 403


def test_a_promise_to_a_group_tells_programs_how_many_it_reached_and_what_was_put_right(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    do(PutPromiseRight(promise=promise, what="Open at ten.", why="It said tin."), by=cast.june)
    do(SayGroupWasTold(promise=promise, reached=30, how="A letter with a slip."), by=cast.june)
    found = read(str(promise))
    told = found["group_told"]
    assert (told["of"], told["at_least"], told["times"][0]["how"]) == (40, 30, "A letter with a slip.")
    assert [one["why"] for one in found["put_right"]] == ["It said tin."]
    do(SayGroupWasTold(promise=promise, reached=3, how="A poster."), by=cast.june)
    few = next(one for one in read(str(promise))["group_told"]["times"] if one["how"] == "A poster.")
    assert few["reached"] is None
    text = browser_of(None).get(f"/promises/{promise}").content.decode()
    assert "fewer than 5 people, says its owner." in text and ": 3 people" not in text
    assert "3 people, says its owner." in browser_of(cast.june).get(f"/promises/{promise}").content.decode()
    people = members(cast)
    with clock.at("2026-05-04"):
        do(judge(promise, None, "kept", words="Hers alone."), by=people[0])
        found = read(str(promise))
        assert found["verdicts"] == [], "who of a group said what is nobody's to read"
        own = browser_of(people[0]).get(f"/api/promises/{promise}").json()["verdicts"]
    assert [one["words"] for one in own] == ["Hers alone."]


def test_a_program_confirms_who_is_in_a_group_and_answers_what_no_longer_holds(cast: Cast) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    do(JoinGroup(promise=promise, words="I go there."), by=cast.devon)
    address = f"/api/promises/{promise}"
    (said,) = browser_of(cast.ana).get(address).json()["say_they_are_in_the_group"]
    assert (said["words"], said["confirmed_on"]) == ("I go there.", None)
    for reader in (None, cast.june):
        assert browser_of(reader).get(address).json()["say_they_are_in_the_group"] == []
    given = {"promise": str(promise), "member": said["id"]}
    sent = browser_of(cast.ana).post("/api/do/promises.in_group_confirmed", given, "application/json")
    assert sent.status_code == 200, sent.content
    with clock.at("2026-05-04"):
        for each in people:
            do(judge(promise, None, "kept"), by=each)
    with clock.at("2026-11-05"):
        the_clock()
        for each in people[:5]:
            do(holds(promise, None, "no_longer"), by=each)
        june = browser_of(cast.june)
        gone = next(row for row in june.get(address).json()["no_longer_holds"] if not row["owner_answers"])
        answer = {"promise": str(promise), "erosion": gone["id"], "answer": "We begin again on Monday."}
        sent = june.post("/api/do/promises.erosion_answered", answer, "application/json")
        assert sent.status_code == 200, sent.content
        assert "We begin again on Monday." in str(june.get(address).json()["no_longer_holds"])
