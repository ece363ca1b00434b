"""What each step of the ladder asks for, one fact at a time: each alone is enough, or is missing."""

from dataclasses import replace

from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.rung import Grade, grades, profile
from tests.decisions.together.plain import act, but, meeting, one, standing, together, view, way


def step(facts: Facts) -> str:
    return profile(facts).reached.step


def test_below_the_top_arnsteins_word_is_that_of_the_step_however_many_votes_were_held() -> None:
    whole = together()
    alone = but(
        whole, matter=replace(whole.matter, deciders=frozenset()), tasks=()
    )  # all the votes are theirs
    assert (step(alone), profile(alone).reached.arnstein) == ("co_design", "partnership")
    silent = but(alone, views=())
    assert (step(silent), profile(silent).reached.arnstein) == ("informing", "informing")


def test_word_that_reached_nobody_told_nobody() -> None:
    whole = together()
    posted = but(whole, told=tuple(replace(each, reached=0) for each in whole.told))
    assert step(posted) == "educating"


def test_while_it_is_open_nobody_waits_for_a_reply_that_is_not_due() -> None:
    whole = together()
    still = replace(whole.matter, decided_at=None, decided_on=None, decided_entry=None, adopted=None)
    assert profile(but(whole, matter=still, replies=())).reached.stopped_by != "reply"
    assert profile(but(whole, replies=())).reached.stopped_by == "reply"


def test_a_way_of_theirs_or_a_change_they_brought_is_each_enough_to_have_shaped_it() -> None:
    whole = together()
    only_way = but(whole, replies=tuple(replace(each, result="not_adopted") for each in whole.replies))
    only_change = but(whole, ways=(way("their way", "ken", 22),))
    neither = but(only_way, ways=only_change.ways)
    assert (step(only_way), step(only_change), step(neither)) == (
        "co_production",
        "co_production",
        "engagement",
    )


def test_a_meeting_held_after_it_was_decided_decided_nothing_whatever_it_is_called() -> None:
    whole = together()
    after = but(
        whole,
        meetings=(meeting("late vote", 50, "decide", decides=True),),
        acts=tuple(act(who, "late vote", "voted", days=50) for who in ("rosa", "sam", "ana")),
    )
    assert profile(after).finding("stage").says == "deliver"


def test_a_way_of_paid_staff_who_let_anyone_read_that_they_are_affected_is_not_theirs() -> None:
    whole = together()
    paid = but(whole, paid_by_body=frozenset({one("rosa")}))
    assert profile(whole).finding("options").value == 1
    assert profile(paid).finding("options").value == 0


def test_whoever_the_deciding_body_pays_speaks_for_no_user_led_organisation() -> None:
    whole = together()
    lee = standing("lee", "user_led", is_of_user_led=True)
    theirs = but(
        whole, standings=(lee,), tasks=tuple(replace(each, person=one("lee")) for each in whole.tasks)
    )
    assert profile(theirs).finding("delivery").value == 1
    assert profile(but(theirs, paid_by_body=frozenset({one("lee")}))).finding("delivery").value == 0


def test_the_grade_counts_whoever_is_two_things_once_as_the_one_that_weighs_more() -> None:
    """Affected and user-led: affected. Of the body and of a supplier: of the body."""
    both = Facts(
        together().matter,
        standings=(
            standing("rosa"),
            standing("rosa", "user_led", is_of_user_led=True),
            standing("ken", "manager", is_of_body=True, is_of_supplier=True),
        ),
        meetings=(meeting("hall", 5),),
        acts=(act("rosa", "hall", "spoke"), act("ken", "hall", "present")),
    )
    found: list[Grade] = grades(both)
    assert [(each.group, each.most) for each in found] == [("affected", "spoke"), ("of_body", "present")]


def test_a_view_that_others_wrote_down_opens_no_step_until_it_is_known_to_be_theirs() -> None:
    typed = but(together(), views=(view("rosa", is_firm=False),))
    assert profile(typed).reached.stopped_by == "view_of_affected"
