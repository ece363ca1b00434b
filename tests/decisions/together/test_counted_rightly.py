"""Each number of the yardstick leaves out what does not belong in it, one thing at a time."""

from dataclasses import replace
from datetime import timedelta

from alongside.topics.decisions.engine.facts import Facts, Same
from alongside.topics.decisions.engine.indicators import SIX_MONTHS
from tests.decisions.together.plain import (
    FIRST,
    act,
    but,
    commitment,
    decided,
    figure,
    matter,
    meeting,
    one,
    reply,
    row,
    standing,
    together,
    view,
)


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


def test_what_others_typed_of_how_it_went_is_no_judgement_of_theirs() -> None:
    whole = together()
    typed = but(whole, evaluations=tuple(replace(each, is_own_word=False) for each in whole.evaluations))
    assert row(whole, "judges").value == 3
    assert row(typed, "judges").value is None and "evaluation" in row(typed, "judges").missing


def test_what_the_body_itself_said_makes_its_share_of_answers_no_larger() -> None:
    whole = together()
    own = view("ken", is_of_body=True)
    found = row(
        but(whole, views=(*whole.views, own), replies=(*whole.replies, reply("view of ken"))), "responses"
    )
    assert (found.value, found.of) == (3, 3)
    assert own.entry not in found.rests_on


def test_votes_are_counted_of_all_who_held_one_and_only_of_the_people_it_affects() -> None:
    found = row(together(), "share")
    assert figure(found, "voting") == (3, 4)  # with Ken, who decides


def test_nobody_is_user_led_by_the_word_of_another_or_by_another_word() -> None:
    whole = together()
    tasks = tuple(replace(each, person=one("lee")) for each in whole.tasks)
    for comes_as, is_own_word, counted in (
        ("user_led", True, 1),
        ("user_led", False, 0),
        ("manager", True, 0),
    ):
        lee = standing("lee", comes_as, is_of_user_led=True, is_own_word=is_own_word)
        assert row(but(whole, standings=(lee,), tasks=tasks), "delivery").value == counted


def test_a_meeting_that_decides_nothing_is_no_room_where_it_was_decided() -> None:
    whole = together()
    open_day = tuple(replace(each, decides=False) for each in whole.meetings)
    assert "deciding_meeting" in row(but(whole, meetings=open_day), "share").missing


def test_a_promise_is_six_months_old_on_that_day_and_a_verdict_counts_from_it() -> None:
    today = {"today": FIRST + timedelta(days=SIX_MONTHS)}
    made = commitment("ramp", 0, (SIX_MONTHS, "kept"))
    found = row(Facts(matter(**today), commitments=(made,)), "persistence")
    assert (found.value, found.of) == (1, 1)
    assert found.figure("twelve") is None


def test_what_was_said_to_bind_at_the_moment_of_the_first_judgement_came_too_late() -> None:
    whole = together()
    late = but(whole, bound=tuple(replace(each, at=whole.evaluations[0].at) for each in whole.bound))
    assert (row(late, "judges").says, figure(row(late, "judges"), "bound_too_late")[0]) == ("", 1)
    assert figure(row(whole, "judges"), "bound_too_late")[0] is None


def test_a_vote_that_is_only_on_the_list_is_shown_apart_and_is_no_power() -> None:
    whole = together()
    listed = tuple(
        replace(each, is_own_word=False) if each.act == "voted" and each.person != one("rosa") else each
        for each in whole.acts
    )
    found = row(but(whole, acts=listed), "power")
    assert (found.value, found.of, figure(found, "only_on_the_list")[0]) == (1, 4, 2)
    assert figure(row(but(whole, acts=listed), "share"), "by_their_word") == (1, 3)


def test_two_views_are_not_made_one_by_somebody_who_gave_neither() -> None:
    whole = together()
    stray = Same(entry=one("entry of same"), at=whole.views[0].at, day=whole.views[0].day,
                 view=whole.views[0].id, other=one("a view of nobody"), agreed=True)  # fmt: skip
    for same in (stray, replace(stray, view=stray.other, other=stray.view)):
        assert row(but(whole, same=(same,)), "responses").of == 3
