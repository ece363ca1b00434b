"""The terminal answers at once, in plain words, and never with a traceback for what was expected."""

import subprocess
import sys
from pathlib import Path

import pytest

from alongside.interfaces import cli
from tests.interfaces.terminal import typed

pytestmark = pytest.mark.sqlite


def test_help_lists_every_verb_without_waking_the_site(home: Path) -> None:
    line = [sys.executable, "-X", "importtime", "-m", "alongside", "--help"]
    said = subprocess.run(line, capture_output=True, text=True, check=True)
    assert all(name in said.stdout and verb.sentence in said.stdout for name, verb in cli.VERBS.items())
    assert "django" not in said.stderr, "help must answer at once"
    assert not list(home.iterdir())


def test_each_verb_is_told_in_one_short_sentence() -> None:
    for name, verb in cli.VERBS.items():
        assert verb.sentence.endswith("."), name
        assert verb.sentence.count(".") == 1 and len(verb.sentence.split()) <= 15, name


def test_a_word_we_do_not_know_is_answered_with_what_to_try(home: Path) -> None:
    said = typed("servee", home=home)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "There is no “servee” here. Try: alongside --help\n"


def test_a_setting_we_cannot_read_is_one_kind_sentence(home: Path) -> None:
    said = typed("migrate", home=home, DATABASE_URL="mysql://here/there")
    assert said.returncode == 1
    assert said.stderr.startswith("DATABASE_URL starts with postgresql://") and said.stderr.count("\n") == 1


def test_an_error_nobody_expected_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(cli.VERBS, "broken", cli.Verb("tests.interfaces.broken_verb", "Break."))
    with pytest.raises(ZeroDivisionError):
        cli.main(["broken"])


@pytest.mark.parametrize("name", sorted(cli.VERBS))
def test_every_verb_explains_itself(name: str, home: Path) -> None:
    said = typed(name, "--help", home=home)
    assert said.returncode == 0, said.stderr
    assert f"usage: alongside {name}" in said.stdout


@pytest.mark.parametrize("words", ["verify", "rebuild", "work --once", "keys list", "people find rosa"])
def test_a_place_that_was_never_made_ready_says_what_to_run(words: str, home: Path) -> None:
    said = typed(*words.split(), home=home)
    assert (said.returncode, said.stderr) == (1, f"{cli.NOT_READY}\n")


@pytest.mark.parametrize("words", ["verify", "serve", "migrate", "work --once"])
def test_a_database_that_does_not_answer_is_one_kind_sentence(words: str, home: Path) -> None:
    said = typed(*words.split(), home=home, DATABASE_URL="postgresql://ana@127.0.0.1:1/alongside")
    assert said.returncode == 1
    assert said.stderr.startswith("We cannot reach the database that DATABASE_URL names.")
    assert "refused" in said.stderr and said.stderr.count("\n") == 1


def test_a_port_that_there_is_not_is_refused_and_not_said_to_be_served(home: Path) -> None:
    for said in (typed("serve", home=home, PORT="99999"), typed("serve", "--port", "99999", home=home)):
        assert said.returncode != 0 and "from 1 to 65535" in said.stderr and said.stdout == ""


def test_an_empty_home_becomes_ready_and_stays_so(home: Path) -> None:
    assert typed("migrate", "--check", home=home).returncode == 1
    assert "The database is ready." in typed("migrate", home=home).stdout
    assert typed("migrate", "--check", home=home).returncode == 0
    secret = home / "keys" / "django-secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert typed("migrate", home=home).stdout == "The database was ready.\n"
