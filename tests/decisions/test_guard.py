"""The gate alone, over plain rows: everything that may stand in the way, and everything that may not."""

from dataclasses import replace
from itertools import product
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from alongside.topics.decisions import guard
from alongside.topics.decisions.guard import Died, Group, Heard, Law, Point, Said, Standing, Told

ROSA, DEVON = (Heard(uuid4(), name, waits=True) for name in ("Rosa", "Devon"))


def codes(ruling: guard.Ruling) -> list[str]:
    return [each.code for each in ruling.in_the_way]


def test_for_one_person_the_gate_opens_for_an_answer_that_followed_a_telling_or_for_a_live_ground() -> None:
    for told, said, law in product(Told, Said, Law):
        standing = Standing(heard=(replace(ROSA, told=told, said=said, law=law),))
        heard = told is Told.REACHED and said in (Said.VIEW, Said.DECLINED)
        assert guard.may_decide(standing).allowed == (heard or law is Law.LIVE), (told, said, law)


def test_no_answer_is_never_a_declining() -> None:
    standing = Standing(heard=(replace(ROSA, told=Told.REACHED),))
    assert codes(guard.may_decide(standing)) == ["no_answer"]
    assert any("did not want to answer" in str(line) for line in guard.may_decide(standing).cannot)


def test_what_cannot_be_decided_yet_says_what_can_be_done() -> None:
    standing = Standing(heard=(replace(ROSA, told=Told.SENT),), takes_away=True)
    ruling = guard.may_decide(standing)
    assert {each.code for each in ruling.can} == {"tell", "offer", "time", "ground", "more_help"}
    assert str(ruling.cannot[0]) == "Cut, end or move the help of Rosa"


def test_help_is_offered_only_where_help_may_begin_without_an_answer() -> None:
    """It was offered wherever somebody had not answered, and the door refused it where something is cut."""
    for takes, may_be, has_begun in product((True, False), repeat=3):
        standing = Standing(
            heard=(ROSA,), takes_away=takes, may_be_unanswered=may_be, help_has_begun=has_begun
        )
        offered = {each.code for each in guard.may_decide(standing).can} & {"help", "more_help"}
        ever = not {"takes_away", "not_help"} & set(codes(guard.may_start_help(standing)))
        assert offered == ((set() if has_begun else {"help"}) if ever else {"more_help"})


def test_a_decision_about_nobody_is_not_decided() -> None:
    assert codes(guard.may_decide(Standing())) == ["nobody"]


def test_a_settled_matter_is_not_settled_again() -> None:
    heard = (replace(ROSA, told=Told.REACHED, said=Said.VIEW),)
    for may in (guard.may_decide, guard.may_start_help, guard.may_act_now):
        assert codes(may(Standing(is_open=False, heard=heard, may_be_unanswered=True))) == ["closed"]


def test_an_own_life_is_ones_own() -> None:
    assert guard.may_decide(Standing(is_own=True, heard=(ROSA,), takes_away=True)).allowed


def test_help_waits_for_two_ways_one_of_them_live_and_an_advocate() -> None:
    tried = replace(ROSA, ways_tried=frozenset({"letter", "phone"}), live_voices=1, advocate_offered=True)
    whole = Standing(heard=(tried,), may_be_unanswered=True)
    assert guard.may_start_help(whole).allowed
    lacking = {
        "ways": replace(tried, ways_tried=frozenset({"phone"})),
        "live": replace(tried, live_voices=0),
        "advocate": replace(tried, advocate_offered=False),
    }
    for code, heard in lacking.items():
        assert codes(guard.may_start_help(replace(whole, heard=(heard,)))) == [code]
    assert codes(guard.may_start_help(replace(whole, takes_away=True))) == ["takes_away"]
    assert codes(guard.may_start_help(replace(whole, may_be_unanswered=False))) == ["not_help"]


def test_help_may_always_start_now_and_never_takes_away() -> None:
    assert guard.may_act_now(Standing(heard=(ROSA,))).allowed
    assert codes(guard.may_act_now(Standing(takes_away=True))) == ["takes_away"]


def test_a_group_is_heard_or_the_reason_and_the_day_are_published() -> None:
    place = Standing(is_about_person=False)
    assert codes(guard.may_decide(place)) == ["no_group"]
    heard = Group(size=40, reached=30, answered=2, time_is_up=True)
    assert guard.may_decide(replace(place, group=heard)).allowed
    for less in ({"reached": 0}, {"answered": 0}, {"time_is_up": False}):
        short = replace(place, group=replace(heard, **less))
        assert codes(guard.may_decide(short)) == ["group_unheard", "no_reason", "no_review"]
        assert codes(guard.may_decide(replace(short, without_reason=True))) == ["no_review"]
        assert guard.may_decide(replace(short, without_reason=True, without_review=True)).allowed


def test_what_a_view_wanted() -> None:
    a, b = uuid4(), uuid4()

    def with_it(position: str, option: UUID | None, chosen: UUID | None, outcome: str = "agreed") -> bool:
        return guard.went_with(position, option, chosen=chosen, outcome=outcome)

    assert with_it("for", a, a) and not with_it("for", a, b) and not with_it("for", a, None)
    assert with_it("for", None, None) and not with_it("for", None, None, "not_agreed")
    assert not with_it("for", None, b, "agreed_with_changes")
    assert with_it("against", a, b) and not with_it("against", a, a)
    assert with_it("against", None, None, "not_agreed") and not with_it("against", None, None)
    assert not with_it("for_if", None, None) and not with_it("other", None, None, "not_agreed")
    assert with_it("", None, None) and with_it("unsure", None, None)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.booleans()), max_size=8))
def test_every_distinct_view_that_went_the_other_way_is_answered(rows: list[tuple[int, bool, bool]]) -> None:
    groups = [uuid4() for _ in range(4)]
    points = tuple(Point(uuid4(), groups[g], "Ana", went, replied) for g, went, replied in rows)
    heard = (replace(ROSA, told=Told.REACHED, said=Said.VIEW),)
    open_groups = {g for g, went, _replied in rows if not went} - {g for g, _went, replied in rows if replied}
    ruling = guard.may_decide(Standing(heard=heard, points=points))
    assert codes(ruling) == ["no_reply"] * len(open_groups)


def test_what_somebody_showed_they_want_is_answered_before_it_is_decided() -> None:
    """Whoever cannot say it in words is replied to as well."""
    said = Standing(heard=(replace(ROSA, told=Told.REACHED, said=Said.VIEW),), shown_without_reply=1)
    assert codes(guard.may_decide(said)) == ["shown_no_reply"]
    assert guard.may_decide(replace(said, shown_without_reply=0)).allowed


def test_who_has_died_is_waited_for_until_somebody_outside_says_so() -> None:
    both = Standing(heard=(replace(ROSA, told=Told.REACHED, said=Said.VIEW), replace(DEVON, died=Died.SAID)))
    assert codes(guard.may_decide(both)) == ["died_inside"]
    assert not any(one.person == DEVON.person for one in guard.may_decide(both).can)
    sure = replace(both, heard=(both.heard[0], replace(DEVON, died=Died.SURE)))
    assert guard.may_decide(sure).allowed
