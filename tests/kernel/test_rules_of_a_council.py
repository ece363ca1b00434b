"""A council's own rules: what it may change, what nobody may, and what the terminal says of it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alongside.interfaces import cli
from alongside.interfaces.cli import CliError
from alongside.interfaces.verbs.rules import rules_must_hold
from alongside.kernel import rules
from tests.kernel.rules_of_a_council import a_rule, write
from tests.kernel.rules_of_a_council import own_rules as own_rules

DAY = date(2026, 3, 2)


def test_a_council_may_give_people_longer_and_its_pack_is_named_in_the_version(own_rules: Path) -> None:
    write(own_rules, a_rule(value=21))
    pack = rules.on("england", DAY)
    assert pack.days("decision.weighty.answer_days") == 21
    assert pack.days("decision.everyday.undo_days") == 14
    assert pack.version == "england-2026.8+wexmoor-1"
    assert rules.version(pack.version).digest == pack.digest
    assert rules.version("england-2026.1").days("decision.weighty.answer_days") == 14
    assert rules.on("wales", DAY).version == "wales-2026.8"


def test_a_council_s_pack_begins_on_its_day_and_a_newer_one_follows_it(own_rules: Path) -> None:
    write(own_rules, a_rule(value=21))
    write(own_rules, a_rule(value=28), name="wexmoor-2", effective_from="2026-06-01")
    assert rules.on("england", date(2025, 12, 31)).version == "england-2026.8"
    assert rules.on("england", DAY).days("decision.weighty.answer_days") == 21
    assert rules.on("england", date(2026, 6, 1)).version == "england-2026.8+wexmoor-2"
    assert rules.version("england-2026.1+wexmoor-1").days("decision.weighty.answer_days") == 21


def test_an_old_decision_asks_for_the_council_s_file_back_if_it_is_gone(own_rules: Path) -> None:
    with pytest.raises(rules.UnknownPack, match="Put its file back"):
        rules.version("england-2026.1+wexmoor-7")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (a_rule(value=3), "3 is too low. The least is 7 days"),
        (a_rule("decision.everyday.undo_days", 1), "The least is 14"),
        (a_rule("decision.urgent.involve_hours", 400, unit="hours"), "The most is 72"),
        (a_rule("complaint.acknowledge", 30, unit="working_days"), "only the law can change it"),
        (
            a_rule("decision.grounds", [{"code": "busy", "name": "We are busy"}], type="list"),
            "no council may change",
        ),
        (a_rule("decision.offers.before_help", {"channels": 0}, type="offer"), "no council may change"),
        (a_rule("decision.weighty.answer_days", 21, unit="weeks"), "must be a clock in days"),
        (a_rule("decision.made.up", 21), "no such rule to change"),
        (a_rule(force="statute"), "its force must be"),
    ],
)
def test_a_council_may_not_change_the_law_or_the_promises(
    own_rules: Path, rule: dict[str, Any], said: str
) -> None:
    path = write(own_rules, rule)
    assert any(said in problem for problem in rules.check(path))
    with pytest.raises(rules.PackRefused, match=rule["key"]):
        rules.on("england", DAY)


def test_a_council_may_add_rules_under_a_name_of_its_own(own_rules: Path) -> None:
    write(own_rules, a_rule("local.panel.sits_every", 2, unit="weeks"))
    assert rules.on("england", DAY).days("local.panel.sits_every") == 14


def test_two_files_of_one_number_are_refused(own_rules: Path) -> None:
    write(own_rules, a_rule())
    (own_rules / "other.json").write_text((own_rules / "wexmoor-1.json").read_text())
    with pytest.raises(rules.PackRefused, match="Give each a new number"):
        rules.on("england", DAY)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "england-2026.1"}, "name of a pack that came with Alongside"),
        ({"jurisdiction": "ruritania"}, "no rules for 'ruritania'"),
        ({"effective_to": "2025-01-01"}, "ends before it begins"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_pack_that_is_wrong_as_a_whole_is_refused(
    own_rules: Path, change: dict[str, Any], said: str
) -> None:
    problems = rules.check(write(own_rules, a_rule(), **change))
    assert any(said in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (a_rule(unit=None), "a clock needs a unit"),
        (a_rule(value="two weeks"), "a clock is a whole number"),
        (a_rule(value=True), "a clock is a whole number"),
        (a_rule(value=-1), "nought or more"),
        (a_rule(type="threshold", unit=None), "a threshold needs a unit"),
        (a_rule(type="list", value=[]), "at least one item"),
        (a_rule(type="list", value=[{"code": "a"}]), "each item needs code, name"),
        (a_rule(type="list", value=[{"code": "a", "name": "A"}] * 2), "'a' is there twice"),
        (
            a_rule(type="test", value={"needs": 3, "of": [{"code": "a", "name": "A"}]}),
            "no more than there are",
        ),
        (a_rule(type="test", value=3), "a test is true, false"),
        (a_rule(type="offer", value={"a": "b"}), "an offer is names"),
        (a_rule(type="form", value=[{"code": "a"}]), "each item needs name, label, type"),
        (a_rule(effective_from="2026-02-01", effective_to="2026-01-01"), "ends before it begins"),
        (a_rule(source=""), "source"),
        (a_rule("Bad Key"), "Bad Key, key"),
        (a_rule(force="gossip"), "force"),
    ],
)
def test_a_rule_we_cannot_follow_is_named_with_the_reason(
    own_rules: Path, rule: dict[str, Any], said: str
) -> None:
    problems = rules.check(write(own_rules, rule))
    assert any(said in problem and rule["key"] in problem for problem in problems), problems


def test_two_rules_of_one_name_on_one_day_are_refused(own_rules: Path) -> None:
    assert "hold on the same day" in rules.check(write(own_rules, a_rule(), a_rule(value=30)))[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "lists within lists"),
        ('{"a": 1, "a": 2}', "given twice"),
        ('{"a": 1.5}', "fraction"),
        ("[]", "The pack"),
    ],
)
def test_a_file_we_cannot_read_is_refused_with_the_place(own_rules: Path, text: str, said: str) -> None:
    path = own_rules / "broken.json"
    path.write_text(text)
    problems = rules.check(path)
    assert problems and any(said in problem for problem in problems), problems


def test_a_file_in_another_encoding_is_refused_kindly(own_rules: Path) -> None:
    path = own_rules / "latin.json"
    path.write_bytes(b'{"name": "caf\xe9"}')
    assert rules.check(path) == [
        "It is not text in the encoding UTF-8. Save it again as “UTF-8”, not as “Unicode” or “ANSI”."
    ]


def test_a_file_that_begins_with_an_editor_s_mark_is_read(own_rules: Path) -> None:
    path = write(own_rules, a_rule())
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    rules.forget()
    assert rules.check(path) == []
    assert rules.on("england", DAY).days("decision.weighty.answer_days") == 21


def test_what_is_called_good_is_followed_when_it_lies_where_it_is_told_to_lie(
    own_rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that builds on another was called good for the council's folder, and then nothing started."""
    path = write(tmp_path, a_rule(least=7), builds_on="england-2026.4", name="england-2099.1")
    assert cli.main(["rules", "check", str(path)]) == 0
    said = capsys.readouterr().out
    assert "a new edition of a whole place" in said and str(own_rules) not in said
    for change, why in (
        ({"name": "england-2026.4", "builds_on": "england-2026.3"}, "came with Alongside"),
        ({"name": "england-2099.1", "builds_on": "mars-1"}, "no pack called 'mars-1'"),
    ):
        refused = write(tmp_path, a_rule(least=7), **change)
        assert cli.main(["rules", "check", str(refused)]) == 1
        assert why in capsys.readouterr().out


def test_the_newest_edition_that_holds_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for edition, days in (("2026.9", 20), ("2026.10", 21)):
        write(tmp_path, a_rule(value=days), name=f"freedonia-{edition}", jurisdiction="freedonia")
    monkeypatch.setattr(rules, "SHIPPED", tmp_path)
    rules.forget()
    try:
        assert rules.on("freedonia", DAY).version == "freedonia-2026.10"
        assert rules.version("freedonia-2026.9").days("decision.weighty.answer_days") == 20
    finally:
        monkeypatch.undo()
        rules.forget()


# -- On the terminal --------------------------------------------------------------------------------


def test_the_terminal_lists_shows_and_checks_rules(
    own_rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "list"]) == 0
    assert "england-2026.1" in capsys.readouterr().out
    assert cli.main(["rules", "show", "wales", "complaint.acknowledge", "--on", "2026-03-02"]) == 0
    assert "2 working days" in capsys.readouterr().out
    assert (
        cli.main(["rules", "show", "england", "eligibility.adult", "--version", "england-2026.1", "--json"])
        == 0
    )
    assert json.loads(capsys.readouterr().out)[0]["key"] == "eligibility.adult.conditions"
    assert cli.main(["rules", "check", str(write(own_rules, a_rule()))]) == 0
    assert "is good" in capsys.readouterr().out
    assert cli.main(["rules", "list"]) == 0
    assert "wexmoor-1" in capsys.readouterr().out


def test_the_terminal_refuses_kindly(own_rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "show", "northern-ireland"]) == 1
    assert "We do not have the law" in capsys.readouterr().err
    assert cli.main(["rules", "show", "england", "complaint.acknowlege"]) == 1
    assert "Did you mean" in capsys.readouterr().err
    assert cli.main(["rules", "check", str(own_rules / "nothing.json")]) == 1
    assert "There is no file" in capsys.readouterr().err
    assert cli.main(["rules", "check", str(own_rules)]) == 1
    assert "is a folder" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["rules", "show", "england", "--on", "soon"])
    assert "“soon” is no day. Write it as 2026-03-02" in capsys.readouterr().err
    bad = write(own_rules, a_rule(value=1))
    assert cli.main(["rules", "check", str(bad)]) == 1
    assert "too low" in capsys.readouterr().out
    assert cli.main(["rules", "show", "england"]) == 1
    assert "too low" in capsys.readouterr().err


def test_a_pack_whose_last_day_has_gone_by_is_not_called_good(
    own_rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    over = write(own_rules, a_rule(), effective_from="2024-01-01", effective_to="2025-12-31")
    assert cli.main(["rules", "check", str(over)]) == 1
    assert "Its last day was 2025-12-31" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_spoilt_pack_is_named_on_a_page_that_needs_it_and_to_each_program(own_rules: Path) -> None:
    write(own_rules, a_rule(value=1))
    for address, kind in (
        ("/speak-up/", "text/html"),
        ("/open-data/promises.json", "application/problem+json"),
    ):
        answer = Client(HTTP_HOST="localhost").get(address)
        assert answer.status_code == 503, address
        assert answer["Content-Type"].startswith(kind)
        assert "wexmoor-1.json" in answer.content.decode() and "too low" in answer.content.decode()


def test_nothing_is_served_or_sent_with_a_spoilt_pack(
    own_rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(own_rules, a_rule(value=1))
    with pytest.raises(CliError, match="too low") as refused:
        rules_must_hold()
    assert f"alongside rules check {path}" in str(refused.value)
    write(own_rules, a_rule(value=21))
    rules_must_hold()
