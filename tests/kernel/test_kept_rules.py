"""What was shipped stays, a new edition explains nothing away, and a file with faults is told them all."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory

from alongside.interfaces import cli
from alongside.interfaces.page import kind_page
from alongside.kernel import clock, packfile, rules
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.standing import pack_of
from tests.decisions import acts
from tests.kernel import kept_rules
from tests.kernel.rules_of_a_council import a_rule, own_rules, write
from tests.world import Cast

__all__ = ["own_rules"]


def test_a_rule_that_was_shipped_is_never_changed_or_taken_out() -> None:
    now, kept = kept_rules.now(), kept_rules.kept()
    changed = [name for name, digest in kept.items() if now.get(name) != digest]
    assert not changed, "Put these back as they were, and add a new edition of the pack instead."
    assert len(kept) > 190


@pytest.mark.parametrize("place", ["england", "wales", "scotland"])
def test_bank_holidays_are_listed_for_the_years_people_plan_in(place: str) -> None:
    pack = rules.on(place, date(2026, 3, 2))
    for year in range(2025, 2029):
        assert f"calendar.bank_holidays.y{year}" in pack.entries
        assert len(pack.bank_holidays(year)) >= 8
        assert all(day.year == year for day in pack.bank_holidays(year))


def test_wales_has_clocks_and_a_duty_of_its_own() -> None:
    wales, england = (rules.on(place, date(2026, 3, 2)) for place in ("wales", "england"))
    assert (wales.number("complaint.acknowledge"), england.number("complaint.acknowledge")) == (2, 3)
    assert wales.number("complaint.talk_within") == 10
    assert wales.rule("complaint.talk_within").unit == "working_days"
    assert wales.codes("complaint.ombudsman") == ("psow",)
    assert wales.is_so("language.two_languages")
    assert "language.two_languages" not in england


# -- A second edition --------------------------------------------------------------------------------


@pytest.fixture
def second_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The packs we ship, and a second edition for England that gives people 21 days instead of 14."""
    for path in rules.SHIPPED.glob("*.json"):
        shutil.copy(path, tmp_path)
    written = {
        "jurisdiction": "england",
        "version": "england-2026.9",
        "name": "England",
        "builds_on": "england-2026.8",
        "effective_from": "2026-06-01",
        "rules": [a_rule(value=21, least=7)],
    }
    (tmp_path / "england-2026.9.json").write_text(json.dumps(written), encoding="utf-8")
    monkeypatch.setattr(rules, "SHIPPED", tmp_path)
    rules.forget()
    yield tmp_path
    monkeypatch.undo()
    rules.forget()


@pytest.mark.django_db
def test_a_decision_keeps_its_rules_when_a_new_edition_comes(cast: Cast, second_edition: Path) -> None:
    with clock.at("2026-03-02"):
        old = acts.raised(cast.ken, cast.rosa)
    with clock.at("2026-06-02"):
        new = acts.raised(cast.ken, cast.rosa, "Help at night", "increase")
        found = {pk: models.Decision.everything.get(id=pk) for pk in (old, new)}
        assert [found[pk].rules_version for pk in (old, new)] == ["england-2026.8", "england-2026.9"]
        assert pack_of(found[old]).days("decision.weighty.answer_days") == 14
        assert pack_of(found[new]).days("decision.weighty.answer_days") == 21
        do(commands.AskForMoreTime(decision=old), by=cast.rosa)  # and it is gone on with, under its own
        client = Client()
        session = client.session
        session.update({"person": str(cast.rosa.person), "strong": False})
        session.save()
        explained: Any = client.get(f"/decisions/{old}/rules")
        text = explained.content.decode()
        for words in ("rules called england-2026.8", "14 days", "Today it says:", "21 days"):
            assert words in text
        told: Any = client.get(f"/api/decisions/{old}/rules").json()
        days = [rule["value"] for rule in told["rules"] if rule["key"] == "decision.weighty.answer_days"]
        assert (told["version"], days) == ("england-2026.8", [14])


def test_a_new_edition_may_not_take_back_what_was_promised(second_edition: Path) -> None:
    path = second_edition / "england-2026.9.json"
    assert rules.check(path) == []
    written = json.loads(path.read_text())
    changes = rules.version("england-2026.1").rule("decision.changes").model_dump(mode="json")
    loose = {name: value for name, value in changes.items() if value is not None} | {"fixed": False}
    written["rules"] = [a_rule(value=3, least=2), loose, a_rule("decision.weighty.answer_dais", 9)]
    path.write_text(json.dumps(written, indent=1), encoding="utf-8")
    said = "\n".join(rules.check(path))
    for words in (
        'the least was 7. Write "least": 7.',
        'looser than the promise of 7. Write "value": 7.',
        'this rule is anchored, and the new one is not. Write "fixed": true.',
        "Did you mean “decision.weighty.answer_days”?",
    ):
        assert words in said


# -- All faults at once ------------------------------------------------------------------------------


def test_every_fault_of_a_file_is_told_with_its_line_and_what_to_write(own_rules: Path) -> None:
    undo = "decision.everyday.undo_days"
    unsourced: dict[str, Any] = a_rule(undo, 15, effective_from="2026-05-01", effective_to="2026-05-31")
    del unsourced["source"]
    path = write(
        own_rules,
        a_rule("decision.weighty.answer_dayz"),
        a_rule(undo, 3, effective_to="2026-03-01"),
        a_rule(undo, 15, effective_from="2026-05-01"),
        a_rule(undo, 16, effective_from="2026-06-01"),
        unsourced,
        a_rule("decision.weighty.more_time_days", 9, effective_to="2026-09-30"),
        a_rule("decision.changes", [{"code": "a", "name": "A"}], type="list", unit=None),
        colour="red",
    )
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1), encoding="utf-8")
    problems = rules.check(path)
    lines = path.read_text().splitlines()
    expected = {
        '"colour"': "a pack has no field of this name. Take it out",
        '"key": "decision.weighty.answer_dayz"': "Did you mean “decision.weighty.answer_days”?",
        '"value": 3,': 'too low. The least is 14 days. Write "value": 14, or more.',
        '"effective_from": "2026-05-01"': "no rule holds from 2026-03-02 to 2026-04-30.",
        '"effective_from": "2026-06-01"': 'End the first with "effective_to": "2026-05-31".',
        '"effective_to": "2026-09-30"': "after 2026-09-30 no rule would hold.",
        '"key": "decision.changes"': "no council may change this.",
    }
    for text, words in expected.items():
        line = next(number for number, each in enumerate(lines, 1) if text in each)
        found = [each for each in problems if words in each]
        assert found and found[0].startswith(f"Line {line}: "), (text, line, problems)
    assert any("source: it is missing. Write the law, guidance" in each for each in problems)


def test_what_we_ship_has_no_fault() -> None:
    for path in rules.SHIPPED.glob("*.json"):
        assert rules.check(path) == [], path.name
        assert packfile.read(path).modelled or path.name.startswith("northern")


# -- A rule that is not there ------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_that_lacks_a_rule_says_which_and_what_to_do(cast: Cast) -> None:
    with clock.at("2023-03-02"):
        answer: Any = Client().get("/do/decisions.concern_raised")
        assert answer.status_code == 200  # a page that needs no rule is there
        client = Client()
        session = client.session
        session.update({"person": str(cast.ken.person), "strong": True})
        session.save()
        answer = client.get("/do/decisions.place_raised")
        text = answer.content.decode()
        assert answer.status_code == 503
        for words in ("A rule is missing", "We have no rules for england on 2023-03-02", "2024-01-01"):
            assert words in text


def test_an_expired_rule_is_named_on_the_page_with_its_days() -> None:
    pack = rules.on("england", date(2027, 6, 1))
    with pytest.raises(rules.ExpiredRule) as expired:
        pack.pence("charging.minimum_income.under_25")
    assert "to 2027-04-04" in str(expired.value) and "put a newer rule in the pack" in str(expired.value)
    assert kind_page(RequestFactory().get("/"), ValueError("something else")) is None


@pytest.mark.django_db
def test_a_program_that_lacks_a_rule_is_told_the_same(cast: Cast) -> None:
    with clock.at("2023-03-02"):
        client = Client()
        session = client.session
        session.update({"person": str(cast.ken.person), "strong": True})
        session.save()
        sent = {"organisation": str(cast.council), "what": "Open the hall", "change": "start"}
        answer: Any = client.post("/api/do/decisions.place_raised", sent, content_type="application/json")
        assert answer.status_code == 503
        assert answer["Content-Type"] == "application/problem+json"
        assert "We have no rules for england on 2023-03-02" in answer.json()["detail"]


def test_the_terminal_says_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["rules", "show", "england", "charging.minimum_income.under_25", "--on", "2027-06-01"]
    assert cli.main(asked) == 1
    said = capsys.readouterr().err
    assert "charging.minimum_income.under_25" in said and "2027-06-01" in said and "england-2026.8" in said
