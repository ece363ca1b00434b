"""Rule packs: what the law says on a day, who says so, and what no council may change."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from alongside.kernel import packfile, rules
from alongside.kernel.pack import Pack

DAY = date(2026, 3, 2)
PLACES = ("england", "scotland", "wales")


def every_pack() -> list[Pack]:
    return [rules.on(place, DAY) for place in PLACES]


# -- What the packs say -----------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_the_same_promises_hold_in_every_place(place: str) -> None:
    pack = rules.on(place, DAY)
    assert pack.days("decision.everyday.undo_days") == 14
    assert pack.days("decision.weighty.answer_days") == 14
    assert pack.days("decision.weighty.more_time_days") == 7
    assert pack.hours("decision.urgent.involve_hours") == 72
    assert pack.offer("decision.offers.before_help") == {"channels": 2, "live_voices": 1, "advocate": True}
    assert pack.codes("decision.changes", having="taking_away") == ("cut", "end", "move", "restrict")


@pytest.mark.parametrize("place", PLACES)
def test_nothing_may_be_taken_away_by_an_everyday_or_an_urgent_decision_or_without_an_answer(
    place: str,
) -> None:
    pack = rules.on(place, DAY)
    for change in pack.items("decision.changes"):
        if change["taking_away"]:
            assert change["sizes"] == ("weighty",)
            assert not change["may_be_unanswered"]
    assert pack.codes("decision.sizes", having="may_take_away") == ("weighty",)


@pytest.mark.parametrize("place", PLACES)
def test_each_lawful_ground_says_its_evidence_its_law_and_when_it_must_be_looked_at_again(place: str) -> None:
    pack = rules.on(place, DAY)
    grounds = pack.items("decision.grounds")
    assert len(grounds) == 4
    for ground in grounds:
        assert ground["source"] and ground["force"] in {"statute", "local"}
        assert set(ground["safeguards"]) <= set(pack.codes("decision.safeguards"))
        assert pack.until("decision.grounds", datetime(2026, 3, 2, tzinfo=UTC), code=ground["code"])
        names = [question["name"] for question in ground["evidence"]]
        assert len(set(names)) == len(names) >= 5
        for question in ground["evidence"]:
            assert question["label"].endswith(("?", "register", "reference", "words"))
            assert question["type"] in {"words", "date", "choice"}


@pytest.mark.parametrize("place", PLACES)
def test_safeguarding_an_advocate_and_declining_are_never_grounds(place: str) -> None:
    pack = rules.on(place, DAY)
    safeguards = {*pack.codes("decision.safeguards"), *pack.codes("decision.safeguards_of_law")}
    assert safeguards.isdisjoint(pack.codes("decision.grounds"))
    assert not pack.codes("decision.safeguards", having="opens_gate")
    assert not pack.codes("decision.safeguards_of_law", having="opens_gate")


def test_imminent_serious_harm_ends_after_72_hours_to_the_minute() -> None:
    begun = datetime(2026, 3, 27, 10, tzinfo=UTC)  # across the hour that is lost in spring
    ends = rules.on("england", DAY).until("decision.grounds", begun, code="serious_harm")
    assert ends == datetime(2026, 3, 30, 10, tzinfo=UTC)


def test_a_complaint_just_before_easter_is_acknowledged_by_each_nation_s_own_clock() -> None:
    before_easter = date(2026, 4, 2)
    due = {
        place: rules.on(place, before_easter).due("complaint.acknowledge", before_easter) for place in PLACES
    }
    assert due == {"england": date(2026, 4, 9), "wales": date(2026, 4, 8), "scotland": date(2026, 4, 8)}


def test_an_adult_needs_two_outcomes_and_a_carer_one() -> None:
    pack = rules.on("england", DAY)
    adult, carer = pack.test("eligibility.adult.outcomes"), pack.test("eligibility.carer.outcomes")
    assert (len(adult.of), len(carer.of)) == (10, 8)
    assert not adult.is_met_by({"toilet"}) and adult.is_met_by({"toilet", "nutrition"})
    assert carer.is_met_by({"recreation"})
    with pytest.raises(rules.UnknownRule, match="hobbies"):
        adult.is_met_by({"hobbies", "toilet"})


def test_only_the_direct_payment_reviews_are_law() -> None:
    pack = rules.on("england", DAY)
    assert pack.rule("direct_payment.review.first").force == "statute"
    assert pack.rule("plan.review.every").force == "guidance"
    assert pack.due("direct_payment.review.first", date(2025, 8, 31)) == date(2026, 2, 28)


def test_a_rate_changes_on_its_day_and_last_year_s_is_not_used_again() -> None:
    key = "charging.minimum_income.under_25"
    assert rules.on("england", date(2026, 4, 5)).pence(key) == 8915
    assert rules.on("england", date(2026, 4, 6)).pence(key) == 9540
    with pytest.raises(rules.ExpiredRule, match=r"did not hold on 2027-06-01"):
        rules.on("england", date(2027, 6, 1)).pence(key)


def test_scotland_was_closed_for_the_world_cup_and_england_was_not() -> None:
    monday = date(2026, 6, 15)
    assert not rules.on("scotland", DAY).is_working_day(monday)
    assert rules.on("england", DAY).is_working_day(monday)


def test_the_law_of_northern_ireland_is_said_plainly_not_to_be_here() -> None:
    with pytest.raises(rules.NotModelled, match="We do not have the law of Northern Ireland"):
        rules.on("northern-ireland", DAY)
    assert "northern-ireland" in rules.jurisdictions()


def test_every_list_another_rule_names_is_there() -> None:
    for pack in every_pack():
        for category in pack.items("access.categories"):
            assert pack.choices(category["list"])


def test_no_rule_that_tells_the_reader_to_check_it_is_marked_as_checked() -> None:
    for pack in every_pack():
        for rule in (rule for held in pack.entries.values() for rule in held):
            assert not (rule.verified and "check before relying" in rule.note.lower()), rule.key


def test_nothing_a_person_reads_in_a_pack_uses_a_word_we_do_not_use() -> None:
    for path in rules.SHIPPED.glob("*.json"):
        text = path.read_text(encoding="utf-8").lower()
        for word in ("service user", "hard to reach", "vulnerable", "suffer", "the case"):
            assert word not in text, f"{path.name}: {word}"


# -- Asking -----------------------------------------------------------------------------------------


def test_a_rule_that_is_not_there_is_named_with_its_pack_and_day_and_what_was_perhaps_meant() -> None:
    with pytest.raises(rules.UnknownRule) as told:
        rules.on("england", DAY).days("complaint.acknowlege")
    said = str(told.value)
    assert "complaint.acknowlege" in said and "england-2026.8" in said and "2026-03-02" in said
    assert "Did you mean 'complaint.acknowledge'?" in said and "alongside rules show england" in said


def test_a_rule_that_has_not_begun_is_named_with_the_day_it_begins() -> None:
    with pytest.raises(rules.ExpiredRule, match="from 2026-06-19"):
        rules.on("england", DAY).days("record.complaint_acknowledge")
    assert rules.on("england", date(2026, 6, 19)).days("record.complaint_acknowledge") == 30


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda pack: pack.days("complaint.acknowledge"), "in working_days, not in days"),
        (lambda pack: pack.hours("complaint.acknowledge"), "not in hours"),
        (lambda pack: pack.due("decision.urgent.involve_hours", DAY), "Use pack.until"),
        (lambda pack: pack.choices("plan.contents"), "is a form, not a list"),
        (lambda pack: pack.number("decision.grounds"), "is a list, not a clock"),
        (lambda pack: pack.is_so("eligibility.adult.outcomes"), "Use pack.test"),
        (lambda pack: pack.test("refusal.written_reasons"), "Use pack.is_so"),
        (lambda pack: pack.offer("decision.grounds"), "is a list, not an offer"),
    ],
)
def test_a_question_of_the_wrong_kind_says_which_to_ask(asked: Any, said: str) -> None:
    with pytest.raises(rules.WrongKind, match=said):
        asked(rules.on("england", DAY))


def test_days_months_and_moments_are_counted_by_their_unit() -> None:
    pack = rules.on("england", DAY)
    assert pack.days("plan.review.first_by") == 56
    assert pack.due("plan.review.first_by", DAY) == date(2026, 4, 27)
    assert pack.months("plan.review.every") == 12
    assert pack.due("procurement.mutual_most_years", DAY) == date(2031, 3, 2)
    assert pack.until("decision.weighty.answer_days", datetime(2026, 3, 20, 12, tzinfo=UTC)) == datetime(
        2026, 4, 3, 22, 59, 59, 999999, tzinfo=UTC
    )


def test_an_item_is_found_by_its_code_and_a_stranger_is_refused_by_name() -> None:
    pack = rules.on("england", DAY)
    assert pack.item("told.channels", "phone")["live"] is True
    with pytest.raises(rules.UnknownRule, match="pigeon"):
        pack.item("told.channels", "pigeon")


def test_a_form_gets_each_code_with_its_name() -> None:
    pack = rules.on("england", DAY)
    assert ("phone", "Phone call") in [
        (code, str(name)) for code, name in pack.choices("told.channels", having="live")
    ]
    assert "letter" not in pack.codes("told.channels", having="live")


def test_a_pack_cannot_be_changed_by_whoever_asked_for_it() -> None:
    pack = rules.on("england", DAY)
    with pytest.raises(TypeError):
        pack["decision.changes"][0]["taking_away"] = False
    with pytest.raises(TypeError):
        pack.entries["decision.changes"] = ()  # type: ignore[index]  # the very thing that must fail
    with pytest.raises(AttributeError):
        pack.version = "mine"  # type: ignore[misc]  # the very thing that must fail
    assert rules.on("england", DAY) is pack


def test_an_old_decision_is_explained_by_the_version_kept_with_it() -> None:
    kept = rules.on("england", DAY).version
    again = rules.version(kept)
    assert again.days("decision.everyday.undo_days") == 14
    assert again.digest == rules.on("england", DAY).digest
    with pytest.raises(rules.ExpiredRule, match="Say which day"):
        again.pence("charging.minimum_income.under_25")
    assert rules.version(kept, on=DAY).pence("charging.minimum_income.under_25") == 8915


@pytest.mark.parametrize(
    ("place", "day", "said"),
    [
        ("ruritania", DAY, "We have: england"),
        ("england", date(1998, 1, 1), "first begin on"),
        ("everywhere", DAY, "no rules for"),
    ],
)
def test_a_place_or_a_day_without_rules_is_named(place: str, day: date, said: str) -> None:
    with pytest.raises(rules.UnknownPack, match=said):
        rules.on(place, day)


def test_a_version_nobody_has_is_named() -> None:
    with pytest.raises(rules.UnknownPack, match=r"england-1066\.1"):
        rules.version("england-1066.1")


def test_every_rule_is_in_the_list_for_readers() -> None:
    told = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    missing = {
        rule.key
        for path in rules.SHIPPED.glob("*.json")
        for rule in packfile.read(path).rules
        if f"`{rule.key}`" not in told and not rule.key.startswith("calendar.bank_holidays.")
    }
    assert not missing, "Add a line to docs/rules.md for each of these rules."
