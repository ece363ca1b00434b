"""Every rule of the house is kept, and every rule still catches the line it was made for."""

import subprocess

import pytest

from tests.house import rules_of_code, rules_of_words
from tests.house.rule import ROOT, Rule, Text, every_file

pytestmark = pytest.mark.house
RULES = [
    pytest.param(rule, id=rule.name.replace(" ", "-")) for rule in rules_of_code.RULES + rules_of_words.RULES
]


@pytest.mark.parametrize("rule", RULES)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    broken = [line for text in every_file() if rule.holds_for(text.path) for line in rule.broken_in(text)]
    assert not broken, f"{rule.name}: {len(broken)} to mend\n" + "\n".join(broken)


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_catches_a_planted_bad_line_and_no_good_one(rule: Rule) -> None:
    assert rule.holds_for(rule.example_path) or not rule.example_path.startswith(rule.where[0].split("*")[0])
    assert list(rule.broken_in(Text(rule.example_path, rule.bad))), f"{rule.name} no longer catches anything"
    if rule.good:
        assert not list(rule.broken_in(Text(rule.example_path, rule.good)))


def test_no_file_that_is_kept_is_a_link_to_a_place_on_somebody_s_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert [line.split("\t")[1] for line in listed.stdout.splitlines() if line.startswith("120000")] == []
