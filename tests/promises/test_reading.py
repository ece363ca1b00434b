"""What programs read of groups, public words, protocols and the figures of a body."""

from typing import Any

from alongside.kernel import clock
from alongside.kernel.door import do
from tests.interfaces.conftest import browser_of
from tests.promises.making import judge
from tests.promises.test_groups import members, to_group
from tests.promises.test_lasting import holds, the_clock
from tests.promises.test_protocols import adopted
from tests.promises.test_said import WORDS, said, taken_up
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
