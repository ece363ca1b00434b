"""Each condition of the yardstick, right where it turns: one more or one less, and each part of it alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine.facts import Facts, Source
from alongside.topics.decisions.engine.finding import Finding
from alongside.topics.decisions.engine.rung import grades, profile
from tests.decisions.together.plain import (
    FIRST,
    act,
    bound,
    but,
    commitment,
    decided,
    evaluation,
    figure,
    matter,
    meeting,
    on,
    one,
    reply,
    row,
    standing,
    together,
    view,
    way,
    written,
)


def number(found: Finding) -> tuple[int | None, int | None]:
    return found.value, found.of


def source(days: int = -5, *, joined: int = 0, said_as: str = "draws", **more: Any) -> Source:
    link = written("joined", joined)
    told = {"said_as": said_as, "joined": link["entry"], "joined_at": link["at"], **more}
    return Source(**written("problem", days), **told)


# Who raised it --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_as", "is_their_word", "value", "says"),
    [
        ("draws", True, 1, "problem_draws"),
        ("carer", True, 1, "problem_carer"),
        ("family", True, 0, "problem_family"),
        ("family", False, 0, "problem_family"),
        ("practitioner", True, 0, "problem_practitioner"),
        ("draws", False, None, ""),
        ("carer", False, None, ""),
        ("unsaid", True, None, ""),
        ("unsaid", False, None, ""),
    ],
)
def test_of_a_problem_counts_as_what_whoever_said_it_stood_and_whether_it_was_their_word(
    said_as: str, is_their_word: bool, value: int | None, says: str
) -> None:
    said = source(said_as=said_as, is_their_word=is_their_word)
    found = row(but(together(), sources=(said,)), "origin")
    assert (found.value, found.says) == (value, says)
    assert found.of == (None if value is None else 1)
    assert found.missing == (("raiser_standing",) if value is None else ())
    assert set(found.rests_on) == {said.entry, said.joined, one("entry of matter")}


def test_a_problem_that_only_one_way_comes_from_is_not_where_the_matter_comes_from() -> None:
    assert row(but(together(), sources=(source(way=one("our way")),)), "origin").says == "affected_person"


def test_what_a_rule_raised_is_nobodys_though_its_name_stands_there() -> None:
    whole = together()
    ruled = but(whole, matter=replace(whole.matter, is_raised_by_a_rule=True))
    assert (*number(row(ruled, "origin")), row(ruled, "origin").says) == (0, 1, "a_rule")


def test_what_another_typed_of_whoever_raised_it_says_nothing_of_them_though_all_can_read_it() -> None:
    typed = Facts(matter(raised_by=one("rosa")), (standing("rosa", is_own_word=False),))
    assert row(typed, "origin").missing == ("raiser_standing",)
    staff = Facts(matter(raised_by=one("rosa")), (standing("rosa"),), paid_by_body=frozenset({one("rosa")}))
    assert number(row(staff, "origin")) == (0, 1)


@pytest.mark.parametrize(("passed", "says"), [(True, "user_led"), (False, "")])
def test_an_organisation_that_raised_it_is_user_led_once_its_board_passed_the_test(
    passed: bool, says: str
) -> None:
    lee = standing("lee", "user_led", is_of_user_led=passed)
    found = row(Facts(matter(raised_by=one("lee")), (lee,)), "origin")
    assert (found.says, found.value) == (says, 0 if passed else None)
    assert found.missing == (() if passed else ("user_led_test",))
    assert lee.entry in found.rests_on


# Who was in the room --------------------------------------------------------------------------------


def test_how_many_were_only_on_a_list_or_only_invited_is_told() -> None:
    whole = together()
    listed = tuple(replace(each, is_own_word=False) for each in whole.acts)
    assert figure(row(but(whole, acts=listed), "stage"), "only_on_the_list") == (9, None)
    others = (act("rosa", "start", "invited"), act("rosa", "ways", "quoted"), act("sam", "ways", "leaflet"))
    assert figure(row(but(whole, acts=others), "stage"), "invited_only") == (1, None)


def test_of_those_in_the_room_who_are_vouched_for_by_their_word_only_the_affected_count() -> None:
    whole = together()
    staffed = but(whole, acts=(*whole.acts, act("ken", "vote", "spoke", days=39)))
    assert figure(row(staffed, "share"), "by_their_word") == (3, 3)
    nobody = but(whole, standings=())
    assert figure(row(nobody, "share"), "by_their_word") == (None, None)


def test_those_whom_nobody_named_are_in_the_room_too() -> None:
    whole = together()
    more = tuple(replace(each, others=7) if each.decides else each for each in whole.meetings)
    assert number(row(but(whole, meetings=more), "share")) == (3, 11)


def test_a_vote_somebody_says_they_did_not_cast_is_none_and_being_there_is_none_either() -> None:
    whole = together()
    wrong = tuple(
        replace(each, is_right=False) if each.act == "voted" and each.person == one("sam") else each
        for each in whole.acts
    )
    assert number(row(but(whole, acts=wrong), "power")) == (2, 3)
    came = (*whole.acts, act("lee", "vote", "present", days=39))
    assert number(row(but(whole, acts=came), "power")) == (3, 4)
    assert figure(row(but(whole, acts=came), "share"), "voting") == (3, 4)


def test_without_anybody_who_votes_no_number_of_votes_is_told() -> None:
    silent = Facts(matter(), (standing("rosa"),), (meeting("vote", 5, "decide", decides=True),))
    assert figure(row(silent, "share"), "voting") == (None, None)


def test_how_many_took_part_is_known_only_with_the_size_and_with_anybody() -> None:
    whole = together()
    unknown = row(but(whole, matter=replace(whole.matter, size=None)), "breadth")
    assert (number(unknown), unknown.missing[0]) == ((None, None), "size")
    nobody = row(but(whole, acts=(), views=()), "breadth")
    assert number(nobody) == (None, None)
    assert nobody.missing[0] == "affected_in_the_room"
    assert "affected_in_the_room" not in row(whole, "breadth").missing


# Whose idea -----------------------------------------------------------------------------------------


def test_a_way_that_comes_from_what_somebody_affected_had_said_is_theirs_whoever_wrote_it() -> None:
    def of_a_problem(said_as: str = "draws", *, of_rosa: bool = False, **more: Any) -> Finding:
        ways = (way("our way", "rosa" if of_rosa else "ken", 21), way("their way", "ken", 22))
        said = source(said_as=said_as, way=one("our way"), **more)
        return row(but(together(), ways=ways, sources=(said,)), "options")

    assert number(of_a_problem()) == number(of_a_problem("carer")) == (1, 1)
    assert figure(of_a_problem(), "ways") == (1, 2)
    assert source(way=one("our way")).entry in of_a_problem().rests_on
    assert number(of_a_problem("family")) == number(of_a_problem(is_their_word=False)) == (0, 1)
    assert figure(of_a_problem("family"), "ways") == (0, 2)
    assert source().entry not in of_a_problem("family", of_rosa=True).rests_on


def test_where_no_way_was_put_or_nobody_said_anything_no_number_of_it_is_told() -> None:
    whole = together()
    assert figure(row(but(whole, ways=()), "options"), "ways") == (None, None)
    assert figure(row(but(whole, views=()), "options"), "changes") == (None, None)
    assert figure(row(whole, "options"), "changes") == (3, 3)


def test_an_answer_that_changed_nothing_is_no_reason_to_call_it_their_idea() -> None:
    whole = together()
    replies = (reply("view of rosa"), reply("view of sam", result="not_adopted"))
    rests_on = row(but(whole, replies=replies), "options").rests_on
    assert replies[0].entry in rests_on and replies[1].entry not in rests_on


def test_what_was_agreed_as_it_was_raised_is_the_idea_of_whoever_raised_it() -> None:
    def as_raised(by: str, *said: Source, **more: Any) -> tuple[int | None, int | None]:
        raised = decided(**{"raised_by": one(by), "is_as_raised": True, **more})
        return number(row(but(together(), matter=raised, sources=said), "options"))

    assert as_raised("rosa") == as_raised("rosa", source(said_as="family")) == (1, 1)
    assert as_raised("june") == as_raised("june", source(said_as="family")) == (0, 1)
    assert as_raised("june", source()) == as_raised("rosa", source()) == (1, 1)
    assert as_raised("rosa", adopted=one("their way")) == (0, 1)  # another way was chosen
    assert as_raised("june", adopted=one("our way")) == (1, 1)
    assert as_raised("rosa", is_as_raised=False) == (None, None)


# Answers, and who judges ----------------------------------------------------------------------------


def test_no_days_are_told_where_nothing_was_answered_and_no_noes_where_there_were_none() -> None:
    whole = together()
    silent = row(but(whole, replies=()), "responses")
    assert silent.figure("days") is None and silent.figure("addressed") is None
    assert figure(row(whole, "responses"), "addressed") == (None, None)


def test_the_body_says_in_time_whether_it_is_bound_before_the_first_of_those_who_judge() -> None:
    judged = (evaluation("rosa", 50), evaluation("sam", 60))
    between = row(but(together(), evaluations=judged, bound=(bound(55),)), "judges")
    assert (between.says, figure(between, "bound_too_late")) == ("", (1, None))


# The step -------------------------------------------------------------------------------------------


def test_what_reached_one_of_them_at_the_moment_of_deciding_or_was_said_then_was_in_time() -> None:
    whole = together()
    moment = on(40)
    just = but(
        whole,
        told=(engine.Told(entry=one("told"), reached=1, **moment),),
        views=tuple(replace(each, **moment) for each in whole.views),
        replies=tuple(replace(each, **on(45)) for each in whole.replies),
    )
    assert just.matter.decided_at == moment["at"]
    assert profile(just).reached.step == "co_production"


def test_one_reply_one_vote_one_change_one_task_and_one_judgement_are_each_enough() -> None:
    whole = together()
    least = but(
        whole,
        replies=(reply("view of rosa"),),
        acts=tuple(each for each in whole.acts if each.act != "voted" or each.person == one("rosa")),
        ways=(),
        evaluations=(evaluation("rosa"),),
    )
    found = profile(least)
    assert [found.finding(key).value for key in ("responses", "power", "delivery", "judges")] == [1] * 4
    assert figure(found.finding("options"), "changes") == (1, 3)
    assert (found.reached.step, found.reached.number) == ("co_production", 7)
    assert profile(Facts(matter())).reached.number == 1


def test_half_of_the_votes_is_partnership_and_one_more_is_delegated_power() -> None:
    whole = together()

    def word(officers: int) -> str:
        deciders = frozenset(one(f"officer {each}") for each in range(officers))
        return profile(but(whole, matter=replace(whole.matter, deciders=deciders))).reached.arnstein

    assert [word(officers) for officers in (0, 1, 2, 3, 4)] == [
        "citizen_control",
        "delegated_power",
        "delegated_power",
        "partnership",
        "partnership",
    ]


def test_where_nobody_took_anything_on_and_nothing_was_promised_that_is_what_is_missing() -> None:
    assert profile(but(together(), tasks=(), commitments=())).reached.stopped_by == "delivery"


def test_words_of_the_body_alone_leave_nothing_that_was_answered() -> None:
    only = but(together(), views=(view("rosa", is_of_body=True),))
    assert profile(only).reached.stopped_by == "reply"


def test_whoever_gave_out_leaflets_and_stayed_is_counted_as_there() -> None:
    did = (act("rosa", "hall", "leaflet"), act("rosa", "hall", "present"))
    found = grades(Facts(matter(), (standing("rosa"),), (meeting("hall", 5),), did))
    assert [(each.most, dict(each.counts)) for each in found] == [("present", {"present": 1})]


# What is added where nothing else says it ---------------------------------------------------------------


def test_whoever_raised_it_counts_as_affected_though_they_said_something_else_first() -> None:
    both = (standing("rosa", "manager"), standing("rosa"), standing("rosa", "other"))
    found = row(Facts(matter(raised_by=one("rosa")), both), "origin")
    assert (found.says, found.value) == ("affected_person", 1)
    lee = (standing("lee", "manager"), standing("lee", "other"))
    assert row(Facts(matter(raised_by=one("lee")), lee), "origin").says == "manager"


def test_only_what_somebody_says_is_wrong_of_being_there_is_told_as_disputed() -> None:
    whole = together()
    wrong = (
        act("rosa", "start", "present", is_right=False),
        act("rosa", "ways", "quoted", is_right=False),
        act("sam", "start", "spoke", is_right=True),
    )
    assert figure(row(but(whole, acts=wrong), "stage"), "disputed") == (1, None)


def test_the_stage_rests_on_the_meetings_of_that_stage_alone() -> None:
    whole = together()
    rests_on = row(whole, "stage").rests_on
    assert whole.meetings[0].entry in rests_on and whole.meetings[1].entry not in rests_on


def test_nothing_is_said_of_who_came_most_or_of_what_is_done_where_nobody_came_or_took_it_on() -> None:
    whole = together()
    assert row(but(whole, acts=()), "breadth").figure("top_three") is None
    others = tuple(replace(each, person=one("ken")) for each in whole.tasks)
    assert row(but(whole, tasks=others), "delivery").figure("done") is None
    judged = row(but(whole, evaluations=(evaluation("ken"),)), "judges")
    assert (judged.of, judged.figure("not_there")) == (None, None)


def test_the_row_of_votes_leads_to_the_deciding_where_that_has_an_entry() -> None:
    whole = together()
    assert one("entry of deciding") in row(whole, "power").rests_on
    bare = but(whole, matter=replace(whole.matter, decided_entry=None))
    assert set(row(bare, "power").rests_on) == set(row(whole, "power").rests_on) - {one("entry of deciding")}


def test_what_two_say_as_one_is_answered_with_the_first_answer_and_waits_since_the_first_view() -> None:
    views = (view("rosa", 10), view("sam", 12))
    same = engine.Same(**written("same", 13), view=views[0].id, other=views[1].id, agreed=True)
    replies = (reply("view of rosa", 20), reply("view of sam", 15))
    found = row(but(together(), views=views, same=(same,), replies=replies), "responses")
    assert (number(found), figure(found, "days")) == ((1, 1), (5, None))


def test_a_declining_is_no_source_of_a_row_about_answers() -> None:
    silent = view("lee", declines=True)
    found = row(but(together(), views=(*together().views, silent)), "responses")
    assert silent.entry not in found.rests_on and together().views[0].entry in found.rests_on


def test_whether_it_binds_is_missing_only_where_nobody_said_so_in_time() -> None:
    assert "binding" not in row(together(), "judges").missing
    assert "binding" in row(but(together(), bound=(bound(55),)), "judges").missing


@pytest.mark.parametrize(("days", "twelve"), [(364, None), (365, (1, 1))])
def test_a_promise_is_twelve_months_old_on_that_day(days: int, twelve: tuple[int, int] | None) -> None:
    today = {"today": FIRST + timedelta(days=days)}
    made = commitment("ramp", 0, (365, "kept"))
    found = row(Facts(matter(**today), commitments=(made,)), "persistence").figure("twelve")
    assert (None if found is None else (found.value, found.of)) == twelve


# What the facts say at once ------------------------------------------------------------------------------


def test_of_several_problems_the_first_that_was_said_in_time_is_where_it_comes_from() -> None:
    early, late = source(-9, said_as="carer"), source(-2, said_as="draws")
    for order in ((early, late), (late, early)):
        assert row(but(together(), sources=order), "origin").says == "problem_carer"
    for said in (source(3, joined=4), source(-5, joined=41)):  # said later; joined once it was decided
        assert row(but(together(), sources=(said,)), "origin").says == "affected_person"
    assert row(but(together(), sources=(source(0, joined=40),)), "origin").says == "problem_draws"


def test_nobody_is_what_another_says_of_themselves_nor_shown_as_what_they_keep_back() -> None:
    assert row(Facts(matter(), (standing("rosa"),)), "origin").missing == ("raiser_standing",)
    whole = together()
    kept = (standing("rosa", is_shown=False), standing("rosa", "manager"), *whole.standings[1:])
    assert number(row(but(whole, standings=kept), "options")) == (0, 1)


@pytest.mark.parametrize(("held", "came", "stage"), [(39, 39, 1), (41, 39, None), (39, 41, None)])
def test_what_tells_of_a_time_before_it_was_decided_was_all_written_before(
    held: int, came: int, stage: int | None
) -> None:
    """Whichever of the two is written last, the meeting or who came to it."""
    facts = Facts(
        decided(), (standing("rosa"),), (meeting("talk", 38, noted=held),), (act("rosa", "talk", days=came),)
    )
    assert row(facts, "stage").value == stage
