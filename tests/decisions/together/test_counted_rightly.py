"""Each number of the yardstick leaves out what does not belong in it, one thing at a time."""

from dataclasses import replace

from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.finding import Finding
from alongside.topics.decisions.engine.rung import profile
from tests.decisions.together.plain import (
    act,
    but,
    commitment,
    decided,
    matter,
    meeting,
    one,
    reply,
    standing,
    together,
    view,
)


def row(facts: Facts, key: str) -> Finding:
    return profile(facts).finding(key)


def figure(found: Finding, name: str) -> tuple[int | None, int | None]:
    said = found.figure(name)
    return (None, None) if said is None else (said.value, said.of)


def test_staff_in_the_room_are_none_of_the_people_it_affects_who_took_part() -> None:
    """A room full of officers is no breadth, and their coming makes nobody who came most often."""
    whole = together()
    staffed = but(whole, acts=(*whole.acts, act("ken", "start"), act("june", "start"), act("ken", "vote")))
    before, after = row(whole, "breadth"), row(staffed, "breadth")
    assert (after.value, after.of) == (before.value, before.of) == (3, 10)
    assert figure(after, "top_three") == figure(before, "top_three")


def test_who_wrote_and_did_not_come_took_part_too() -> None:
    whole = together()
    assert row(but(whole, acts=()), "breadth").value == 3
    assert row(but(whole, acts=(), views=(view("rosa"),)), "breadth").value == 1


def test_only_people_it_affects_vouch_for_their_own_coming() -> None:
    whole = together()
    staffed = but(whole, acts=(*whole.acts, act("ken", "vote", days=39)))
    assert figure(row(staffed, "share"), "by_their_word") == (3, 3)


def test_paid_people_are_shown_as_paid_only_where_they_came_and_say_that_it_affects_them() -> None:
    whole = together()
    paid = but(whole, paid_by_body=frozenset({one("ken"), one("absent")}))
    assert row(paid, "share").figure("paid_by_body") is None
    sold = but(whole, paid_by_suppliers=frozenset({one("rosa")}))
    assert figure(row(sold, "share"), "paid_by_body")[0] == 1


def test_who_was_in_a_room_and_not_counted_is_said_with_the_reason() -> None:
    whole = together()
    paid = but(whole, paid_by_body=frozenset({one("rosa")}), acts=(*whole.acts, act("boyd", "start")))
    assert figure(row(paid, "stage"), "paid_or_not_own_word")[0] == 3  # Rosa, at each of three meetings
    invited = [act(who, "start", "invited") for who in ("rosa", "boyd")]
    assert row(but(whole, acts=(*whole.acts, *invited)), "stage").figure("invited_only") is None
    assert figure(row(but(whole, acts=tuple(invited)), "stage"), "invited_only")[0] == 1


def test_a_seat_among_those_who_decide_is_power_though_nobody_wrote_down_a_vote() -> None:
    whole = together()
    seated = replace(whole.matter, deciders=frozenset({one("ken"), one("rosa")}))
    silent = but(whole, matter=seated, acts=tuple(each for each in whole.acts if each.act != "voted"))
    assert (row(silent, "power").value, row(silent, "power").of) == (1, 2)


def test_whether_a_no_was_answered_is_counted_out_of_the_noes_alone() -> None:
    whole = together()
    replies = (
        reply("view of rosa", result="adopted", answered="yes"),
        reply("view of sam", result="not_adopted", answered="no"),
        reply("view of ana", result="not_adopted", answered="partly"),
    )
    assert figure(row(but(whole, replies=replies), "responses"), "addressed") == (1, 2)


def test_what_is_missing_of_lasting_says_whether_there_is_no_promise_or_none_old_enough() -> None:
    young = Facts(matter(), commitments=(commitment("ramp", 0),))
    assert row(Facts(matter()), "persistence").missing == ("commitments",)
    assert row(young, "persistence").missing == ("six_months",)


def test_a_way_leads_to_the_acts_of_the_first_stage_alone() -> None:
    early, late = act("rosa", "start", "spoke", days=6), act("rosa", "vote", "voted", days=39)
    facts = Facts(
        decided(),
        (standing("rosa"),),
        (meeting("start", 5), meeting("vote", 39, "decide", decides=True)),
        (early, late),
    )
    assert early.entry in row(facts, "stage").rests_on
    assert late.entry not in row(facts, "stage").rests_on
