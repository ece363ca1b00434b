"""The eleven indicators and the step, from plain facts: each number by hand, and each way to cheat, tried."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.topics.decisions.engine.facts import Claim, Facts, Same, Task
from alongside.topics.decisions.engine.indicators import INDICATORS
from alongside.topics.decisions.engine.rung import ASKS, STEPS, grades, profile
from tests.decisions.together.plain import (
    FIRST,
    act,
    bound,
    but,
    commitment,
    decided,
    evaluation,
    matter,
    meeting,
    offer,
    one,
    reply,
    row,
    standing,
    together,
    view,
    way,
    written,
)


def step(facts: Facts) -> str:
    return profile(facts).reached.step


def stopped_by(facts: Facts) -> str:
    return profile(facts).reached.stopped_by


def test_what_was_said_or_told_after_it_was_decided_opens_no_step() -> None:
    """A body that asks afterwards has asked nobody."""
    late = but(together(), views=tuple(replace(v, at=written("v", 50)["at"]) for v in together().views))
    assert (step(late), stopped_by(late)) == ("informing", "view_of_affected")
    told = but(together(), told=tuple(replace(t, at=written("t", 50)["at"]) for t in together().told))
    assert (step(told), stopped_by(told)) == ("educating", "told")


def test_a_task_that_somebody_else_typed_for_them_is_not_theirs() -> None:
    """A body that writes people down as doing the work has given them none."""
    typed = but(together(), tasks=tuple(replace(t, is_own_word=False) for t in together().tasks))
    assert (row(typed, "delivery").value, row(typed, "delivery").of) == (0, 2)
    assert (step(typed), stopped_by(typed)) == ("co_design", "delivery")


# Each number, by hand -----------------------------------------------------------------------------


def test_a_matter_done_together_from_first_to_last_reaches_the_top() -> None:
    found = profile(together())
    assert (found.reached.step, found.reached.stopped_by) == ("co_production", "")
    assert found.reached.arnstein == "delegated_power"  # three of four votes
    numbers = {each.key: (each.value, each.of) for each in found.findings}
    assert numbers == {
        "origin": (1, 1),
        "stage": (1, 5),
        "share": (3, 4),  # the three, and Ken who decides and came to nothing that was written down
        "breadth": (3, 10),
        "power": (3, 4),
        "options": (1, 1),
        "responses": (3, 3),
        "terms": (3, 3),
        "delivery": (1, 2),
        "judges": (3, 10),
        "persistence": (1, 1),
    }
    days = row(together(), "responses").figure("days")
    assert days is not None
    assert days.value == 5


def test_every_number_has_its_denominator_and_the_entries_it_rests_on() -> None:
    for found in profile(together()).findings:
        assert found.value is not None, found.key
        assert found.of, found.key
        assert 0 <= found.value <= found.of
        assert found.rests_on, found.key


def test_with_nothing_written_down_every_row_says_what_is_missing_and_the_step_is_the_lowest() -> None:
    nothing = profile(Facts(matter()))
    for found in nothing.findings:
        assert not found.is_evidenced, found.key
        assert found.missing, found.key
    assert nothing.reached.step == STEPS[0]
    assert nothing.reached.stopped_by == "in_words"


def test_there_is_no_score_in_a_profile() -> None:
    found = profile(together())
    assert set(found.__slots__) == {"findings", "reached", "claims"}
    assert len(found.findings) == len(INDICATORS) == 11


SPOILT = {
    "in_words": lambda f: but(f, matter=replace(f.matter, is_in_words=False)),
    "told": lambda f: but(f, told=()),
    "view_of_affected": lambda f: but(f, views=()),
    "reply": lambda f: but(f, replies=()),
    "from_the_start": lambda f: but(f, acts=tuple(a for a in f.acts if a.meeting != one("start"))),
    "vote": lambda f: but(f, acts=tuple(a for a in f.acts if a.act != "voted")),
    "shaped": lambda f: but(
        f, ways=(way("our way", "ken"),), replies=tuple(replace(r, result="not_adopted") for r in f.replies)
    ),
    "delivery": lambda f: but(f, tasks=()),
    "delivery_done": lambda f: but(f, tasks=tuple(replace(t, done=False) for t in f.tasks)),
    "judge": lambda f: but(f, evaluations=()),
    "binding": lambda f: but(f, bound=()),
}


@pytest.mark.parametrize("missing", [name for _step, asks in ASKS for name, _holds in asks])
def test_a_fact_that_is_missing_lowers_the_step_and_is_named(missing: str) -> None:
    below = {name: STEPS[STEPS.index(step) - 1] for step, asks in ASKS for name, _holds in asks}
    spoilt = SPOILT[missing](together())
    assert stopped_by(spoilt) == missing
    assert step(spoilt) == below[missing]


def test_nobody_affected_before_the_ways_means_no_more_than_being_asked() -> None:
    late = but(together(), meetings=tuple(replace(m, stage="options") for m in together().meetings[:2])
               + together().meetings[2:])  # fmt: skip
    assert step(late) == "consultation"


def test_arnsteins_word_follows_the_votes() -> None:
    whole = together()
    assert (
        profile(but(whole, matter=replace(whole.matter, deciders=frozenset()))).reached.arnstein
        == "citizen_control"
    )
    many = frozenset(one(f"officer {n}") for n in range(4))
    assert profile(but(whole, matter=replace(whole.matter, deciders=many))).reached.arnstein == "partnership"


# Each way to cheat --------------------------------------------------------------------------------


def test_a_join_written_down_long_after_is_shown_and_not_counted_as_early() -> None:
    whole = together()
    acts = tuple(replace(a, **_later(a.day, 30)) if a.meeting == one("start") else a for a in whole.acts)
    late = but(whole, acts=acts)
    assert row(whole, "stage").says == "frame"
    assert row(late, "stage").says == "options"
    left = row(late, "stage").figure("written_late")
    assert left is not None
    assert left.value == 3
    assert step(late) == "consultation"


def _later(day: date, days: int) -> dict[str, Any]:
    told = written("later", (day - FIRST).days + days)
    return {"at": told["at"], "day": told["day"]}


def test_a_meeting_made_up_after_the_decision_is_not_early_however_soon_it_is_written() -> None:
    whole = together()
    acts = (*(a for a in whole.acts if a.meeting != one("start")), act("rosa", "made up", days=41))
    late = but(
        whole,
        acts=acts,
        meetings=(*whole.meetings[1:], meeting("made up", 38, noted=41)),
        ways=(),  # so that nothing else makes it late
    )
    assert row(late, "stage").says == "options"


def test_a_meeting_held_after_the_first_way_was_put_is_not_about_what_the_matter_is() -> None:
    assert row(but(together(), ways=(way("their way", "ken", 1),)), "stage").says == "options"
    assert row(but(together(), ways=(way("our way", "rosa", 1),)), "stage").says == "frame"


@pytest.mark.parametrize("how", ["paid_by_body", "standing"])
def test_paid_staff_who_say_they_are_affected_are_shown_as_paid_and_not_counted(how: str) -> None:
    whole = together()
    if how == "paid_by_body":
        paid = but(whole, paid_by_body=frozenset({one("rosa")}))
    else:
        paid = but(whole, standings=(standing("rosa", is_of_body=True), *whole.standings[1:]))
    share = row(paid, "share")
    assert (share.value, share.of) == (2, 4)
    left = share.figure("paid_by_body")
    assert left is not None
    assert left.value == 1
    assert row(paid, "origin").value == 0
    assert row(paid, "origin").says == "of_body"


def test_a_supplier_who_says_they_are_affected_is_not_counted() -> None:
    whole = together()
    sold = but(whole, standings=(standing("rosa", is_of_supplier=True), *whole.standings[1:]))
    assert row(sold, "share").value == 2
    assert row(sold, "origin").says == "supplier"
    assert row(but(whole, paid_by_suppliers=frozenset({one("rosa")})), "judges").value == 2


def test_what_somebody_else_typed_of_them_makes_nobody_affected() -> None:
    whole = together()
    typed = but(whole, standings=tuple(replace(s, is_own_word=False) for s in whole.standings))
    assert row(typed, "share").value == 0
    assert step(typed) == "informing"


def test_views_are_one_only_when_both_givers_agree() -> None:
    whole = but(together(), replies=(reply("view of rosa"),))
    pair: dict[str, Any] = {"view": one("view of rosa"), "other": one("view of sam")}
    said = but(whole, same=(Same(**written("same", 12), agreed=False, **pair),))
    agreed = but(whole, same=(Same(**written("same", 12), agreed=True, **pair),))
    assert [(row(f, "responses").value, row(f, "responses").of) for f in (whole, said, agreed)] == [
        (1, 3),
        (1, 3),
        (1, 2),
    ]


def test_an_answer_with_no_reasons_answers_nothing() -> None:
    bare = but(together(), replies=tuple(replace(r, has_reasons=False) for r in together().replies))
    assert row(bare, "responses").value == 0


def test_only_the_giver_says_whether_a_refusal_addresses_what_they_said() -> None:
    answers = ("yes", "no", "")
    refused = tuple(
        reply(f"view of {who}", result="not_adopted", answered=said)
        for who, said in zip(("rosa", "sam", "ana"), answers, strict=True)
    )
    figure = row(but(together(), replies=refused), "responses").figure("addressed")
    assert figure is not None
    assert (figure.value, figure.of) == (1, 3)


def test_declining_is_no_view_and_no_agreement() -> None:
    whole = together()
    silent = but(whole, views=tuple(replace(v, declines=True) for v in whole.views))
    found = row(silent, "responses")
    assert found.value is None
    left = found.figure("declined")
    assert left is not None
    assert left.value == 3
    assert stopped_by(silent) == "view_of_affected"


def test_judging_is_counted_of_all_it_affects_and_never_of_those_who_came() -> None:
    found = row(together(), "judges")
    assert (found.value, found.of) == (3, 10)
    nobody_new = found.figure("not_there")
    assert nobody_new is not None
    assert (nobody_new.value, nobody_new.of) == (0, 3)  # every judge had been in the room
    unknown = but(together(), matter=replace(together().matter, size=None))
    assert row(unknown, "judges").value is None
    assert "size" in row(unknown, "judges").missing


def test_what_was_said_to_bind_only_after_the_first_judgement_does_not() -> None:
    found = row(but(together(), bound=(bound(55),)), "judges")
    assert found.says == ""
    assert found.figure("bound_too_late") is not None
    assert row(but(together(), bound=(bound(42), bound(43, binds=False))), "judges").says == "does_not_bind"


def test_the_same_faces_are_seen() -> None:
    times = [meeting(f"session {n}", n) for n in range(1, 9)]
    acts = [act(who, f"session {n}", days=n) for n in range(1, 9) for who in ("rosa", "sam", "ana")]
    acts.append(act("lee", "session 1", days=1))
    people = ("rosa", "sam", "ana", "lee")
    facts = Facts(matter(), tuple(standing(p) for p in people), tuple(times), tuple(acts))
    found = row(facts, "breadth")
    assert (found.value, found.of) == (4, 100)
    top = found.figure("top_three")
    assert top is not None
    assert (top.value, top.of) == (24, 25)
    assert {"equality_said", "equality_of_all"} <= set(found.missing)


def test_an_invitation_is_not_coming_and_a_leaflet_is_not_a_seat() -> None:
    for did in ("invited", "leaflet", "quoted"):
        whole = together()
        outside = but(whole, acts=tuple(replace(a, act=did) for a in whole.acts))
        assert row(outside, "stage").value is None, did
        assert row(outside, "share").value == 0, did
    left = row(but(whole, acts=tuple(replace(a, act="invited") for a in whole.acts)), "stage").figure(
        "invited_only"
    )
    assert left is not None
    assert left.value == 9


def test_many_small_meetings_do_not_make_the_share_look_larger() -> None:
    def facts(*rooms: tuple[str, ...]) -> Facts:
        held = tuple(meeting(f"room {n}", 5 + n, "decide", decides=True) for n in range(len(rooms)))
        acts = tuple(act(who, f"room {n}", days=6 + n) for n, room in enumerate(rooms) for who in room)
        return Facts(matter(deciders=frozenset({one("ken"), one("june")})), (standing("rosa"),), held, acts)

    together_ = row(facts(("rosa", "ken", "june", "boyd", "dee")), "share")
    split = row(facts(("rosa",), ("rosa", "ken"), ("rosa", "june"), ("boyd", "dee")), "share")
    unwritten = row(facts(("rosa",)), "share")
    assert (together_.value, together_.of) == (split.value, split.of) == (1, 5)
    assert (unwritten.value, unwritten.of) == (1, 3)  # those who decide were somewhere
    theirs = split.figure("meetings_with")
    assert theirs is not None
    assert (theirs.value, theirs.of) == (3, 4)


def test_a_vote_given_out_after_the_decision_is_no_power() -> None:
    whole = together()
    acts = tuple(a for a in whole.acts if a.act != "voted")
    after = but(
        whole,
        acts=(*acts, act("rosa", "afterwards", "voted", days=50)),
        meetings=(*whole.meetings, meeting("afterwards", 50, "decide", decides=True)),
    )
    assert row(after, "power").value == 0
    late = but(whole, acts=(*acts, act("rosa", "vote", "voted", days=59)))
    assert row(late, "power").value == 0


def test_what_is_only_on_somebody_elses_list_opens_no_step() -> None:
    whole = together()
    listed = but(whole, acts=tuple(replace(a, is_own_word=False) for a in whole.acts))
    assert row(listed, "share").value == 3  # shown
    assert step(listed) == "consultation"
    agreed = but(whole, acts=tuple(replace(a, is_own_word=False, is_right=True) for a in whole.acts))
    assert step(agreed) == "co_production"
    disputed = but(whole, acts=tuple(replace(a, is_own_word=False, is_right=False) for a in whole.acts))
    assert row(disputed, "share").value == 0


def test_pay_that_was_offered_and_never_came_is_not_paid() -> None:
    def paid(**more: Any) -> tuple[int | None, int | None]:
        found = row(but(together(), offers=(offer("rosa", answer="accepted", **more),)), "terms")
        return found.value, found.of

    day = FIRST + timedelta(days=9)
    assert paid(paid_on=day) == (1, 1)
    assert paid() == (0, 1)
    assert paid(paid_on=day, was_received=False) == (0, 1)
    assert row(but(together(), offers=(offer("rosa"),)), "terms").value is None  # offered, and no answer


def test_a_no_to_pay_is_counted_apart() -> None:
    offers = (offer("rosa", answer="accepted"), offer("sam", answer="declined"))
    found = row(but(together(), offers=offers), "terms")
    assert (found.value, found.of) == (0, 1)
    left = found.figure("declined_pay")
    assert left is not None
    assert left.value == 1
    typed = row(but(together(), offers=(offer("sam", answer="declined", is_own_word=False),)), "terms")
    assert typed.figure("declined_pay") is None


def test_what_the_body_claims_changes_nothing_but_the_line_beside_it() -> None:
    for facts in (Facts(matter()), together()):
        claimed = but(facts, claims=(Claim(**written("claim", 3), step="co_production"),))
        before, after = profile(facts), profile(claimed)
        assert (before.findings, before.reached) == (after.findings, after.reached)
        assert [each.step for each in after.claims] == ["co_production"]


def test_an_organisation_that_calls_itself_user_led_must_have_passed_the_test() -> None:
    task = Task(**written("task", 45), person=one("lee"))
    for passed, counted in ((True, 1), (False, 0)):
        facts = Facts(matter(), (standing("lee", "user_led", is_of_user_led=passed),), tasks=(task,))
        assert row(facts, "delivery").value == counted


def test_silence_after_six_months_is_not_kept() -> None:
    old = {"today": FIRST + timedelta(days=400)}
    made = (
        commitment("kept", 0, (190, "kept")),
        commitment("early", 0, (10, "kept")),
        commitment("broken", 0, (190, "kept"), (200, "not_kept")),
    )
    found = row(Facts(matter(**old), commitments=made), "persistence")
    assert (found.value, found.of) == (1, 3)
    silent = found.figure("silent")
    assert silent is not None
    assert silent.value == 1
    twelve = found.figure("twelve")
    assert twelve is not None
    assert (twelve.value, twelve.of) == (0, 3)


def test_what_somebody_keeps_to_themself_about_who_they_are_is_not_told_by_a_row_about_one_act() -> None:
    whole = together()
    private = but(whole, standings=tuple(replace(s, is_shown=False) for s in whole.standings))
    assert row(private, "origin").value is None
    assert row(private, "options").value == 0
    assert row(private, "share").value == 3  # a count of people, and no one’s name


# The grade ----------------------------------------------------------------------------------------


def test_the_grade_of_a_meeting_is_worked_out_from_acts() -> None:
    facts = Facts(
        decided(),
        (standing("rosa"), standing("sam"), standing("lee", "user_led", is_of_user_led=True)),
        (meeting("conference", 5, "decide"),),
        (
            act("rosa", "conference", "leaflet"),
            act("sam", "conference", "invited"),
            act("lee", "conference", "quoted"),
            act("boyd", "conference", "voted"),
        ),
    )
    found = {each.group: (each.most, dict(each.counts)) for each in grades(facts)}
    assert found == {
        "affected": ("leaflet", {"invited": 1, "leaflet": 1}),
        "user_led": ("quoted", {"quoted": 1}),
        "others": ("voted", {"voted": 1}),
    }


def test_whoever_spoke_is_not_said_to_have_handed_out_leaflets_and_no_more() -> None:
    did = (act("rosa", "hall", "leaflet"), act("rosa", "hall", "spoke"), act("sam", "hall", "leaflet"))
    found = grades(Facts(matter(), (standing("rosa"), standing("sam")), (meeting("hall", 5),), did))
    assert [(each.most, dict(each.counts)) for each in found] == [("spoke", {"leaflet": 1, "spoke": 1})]


def test_evaluations_by_others_are_shown_apart() -> None:
    found = row(but(together(), evaluations=(evaluation("ken"),)), "judges")
    assert found.value is None
    assert found.figure("others_judged") is not None
    assert view("rosa").declines is False
