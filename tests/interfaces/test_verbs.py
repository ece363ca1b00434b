"""The terminal goes through the same door: it does, refuses, checks, rebuilds and exports, in plain words."""

import argparse
import json
import re
import shlex
from io import BytesIO, TextIOWrapper
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import RequestFactory

from alongside.interfaces import cli
from alongside.interfaces.api import caller_of
from alongside.interfaces.asking import askable
from alongside.kernel import reading, sidedoors
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box
from tests.interfaces.terminal import typed
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Bed
from tests.kernel.toy.models import Plant as PlantRow
from tests.world import Cast

pytestmark = pytest.mark.django_db
GARDENER = Actor(person=uuid4())
NAME = str(GARDENER.person)
Said = pytest.CaptureFixture[str]


def spoken_of(document: Path) -> list[str]:
    """The lines of ours that a document names, in a paragraph or on a line of their own."""
    text = document.read_text()
    return re.findall(r"`alongside ([a-z][^`]*)`", text) + re.findall(r"^ {4}alongside (.*)$", text, re.M)


@pytest.mark.parametrize(
    "document", ["README.md", "ARCHITECTURE.md", *sorted(map(str, Path("docs").rglob("*.md")))]
)
def test_a_document_names_no_verb_and_no_word_of_one_that_is_not_there(document: str) -> None:
    """One said “keys list --erased”, for the day of a restore, and there was none."""
    for line in spoken_of(Path(document)):
        name, *words = shlex.split(line, comments=True)
        assert name in cli.VERBS, line
        parser = argparse.ArgumentParser(exit_on_error=False)
        cli._load(cli.VERBS[name]).add_arguments(parser)
        known, parsers = set(), [parser]
        while parsers:
            one = parsers.pop()
            known |= {word for action in one._actions for word in action.option_strings}
            under = [each for each in one._actions if isinstance(each, argparse._SubParsersAction)]
            if under and words:
                assert words[0] in under[0].choices, line
            parsers += [each for group in under for each in group.choices.values()]
        assert {word for word in words if word.startswith("--")} <= known, line


def test_one_act_on_the_terminal_is_in_the_record_as_done_there(capsys: Said) -> None:
    assert cli.main(["do", "toy.planted", "--as", NAME, "note=a damson"]) == 0
    plant = PlantRow.objects.seen_by(GARDENER).get()
    assert capsys.readouterr().out.startswith(f"Done: toy.planted {plant.pk} (entry ")
    assert isinstance(plant.note, Box) and str(plant.note) == "a damson"
    [line] = reading.history(plant.pk)
    assert (line.recorded.by, line.recorded.how) == (GARDENER.person, "terminal")


def test_a_refusal_is_kind_and_names_the_question(capsys: Said) -> None:
    plant = do(Plant(), by=GARDENER).thing
    assert cli.main(["do", "toy.watered", "--as", NAME, f"plant={plant}", "litres=11"]) == 1
    assert capsys.readouterr().err == "litres: That is too much. Wait until it is dry.\n"
    assert cli.main(["do", "toy.laid", "--as", NAME, "room=many"]) == 1
    assert capsys.readouterr().err == "room: Type a whole number.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["toy.laid", "room=1"], "Only someone who has signed in can do this."),
        (["toy.counted", "--as", NAME], "Nobody can do “toy.counted”."),
        (["toy.watered", "--as", str(uuid4()), f"plant={uuid4()}"], "We cannot find that."),
        (["toy.laid", "--as", "Nobody", "room=1"], "“Nobody” is not the number of a person."),
        (["toy.laid", "--as", NAME, "room"], "“room” is not an answer."),
        (["toy.laid", "--as", NAME, "--without-name", "room=1"], "This cannot be done without a name."),
        (["toy.laid", "--as", NAME, "--json", "/no/such/file"], "We cannot read /no/such/file"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: list[str], said: str, capsys: Said) -> None:
    assert cli.main(["do", *words]) == 1
    told = capsys.readouterr().err
    assert told.startswith(said) and told.count("\n") == 1
    assert not Bed.objects.seen_by(GARDENER).exists()


def test_the_same_key_is_one_act(capsys: Said) -> None:
    for _ in range(2):
        assert cli.main(["do", "toy.laid", "--as", NAME, "--key", "monday", "room=1"]) == 0
    assert "It was done before, with the same key." in capsys.readouterr().out
    assert Bed.objects.seen_by(GARDENER).count() == 1


def test_answers_can_be_piped_in_as_json(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b'{"room": 4}')))
    assert cli.main(["do", "toy.laid", "--as", NAME, "--json", "-"]) == 0
    file = tmp_path / "answers.json"
    file.write_text('{"room": "4"}')
    assert cli.main(["do", "toy.laid", "--as", NAME, "--json", str(file)]) == 1
    assert [bed.room for bed in Bed.objects.seen_by(GARDENER)] == [4]


def test_every_act_is_listed_and_says_what_it_asks(capsys: Said) -> None:
    assert cli.main(["do", "--list"]) == 0
    listed = capsys.readouterr().out
    assert all(command.records in listed for command in askable())
    for command in askable():
        assert cli.main(["do", command.records, "--ask"]) == 0
    assert "How many plants?" in capsys.readouterr().out


def test_a_worker_at_the_terminal_types_for_somebody(cast: Cast, capsys: Said) -> None:
    from alongside.topics.people.commands.reaching import SetWayToTell

    kind = SetWayToTell.records
    words = ["do", kind, "--as", str(cast.stranger.person), "--for", str(cast.rosa.person), "--how", "phone"]
    assert cli.main(words) == 1
    assert capsys.readouterr().err.startswith("Only someone who works with this person")


def test_verify_ends_with_how_many_entries_it_read(capsys: Said) -> None:
    do(Plant(note="a pear"), by=GARDENER)
    assert cli.main(["verify"]) == 0
    assert capsys.readouterr().out == "1 entries verified\n"
    assert cli.main(["verify", "--tables"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Every table says what the record says.",
        "1 entries verified",
    ]


def test_verify_names_the_row_that_was_changed_in_silence(capsys: Said) -> None:
    plants = [do(Plant(note=note), by=GARDENER).thing for note in ("a pear", "a quince")]
    _behind_the_back("UPDATE toy_plant SET water = 7")
    assert cli.main(["verify"]) == 0, "the record itself is whole"
    capsys.readouterr()
    assert cli.main(["verify", "--tables"]) == 1
    said = capsys.readouterr().out  # each: none hides behind another
    assert "toy.Plant row " in said and all(plant.hex in said.replace("-", "") for plant in plants)


def test_verify_names_the_entry_that_was_changed(capsys: Said) -> None:
    do(Plant(note="a pear"), by=GARDENER)
    _behind_the_back("UPDATE kernel_entry SET header = REPLACE(header, 'toy.planted', 'toy.watered')")
    assert cli.main(["verify"]) == 1
    assert re.match(r"Entry \d+ \(toy\.watered\) was changed", capsys.readouterr().out)
    assert cli.main(["rebuild"]) == 1, "nothing is rebuilt from a record that is not whole"


def test_rebuild_puts_right_what_was_changed_in_silence(capsys: Said) -> None:
    do(Plant(note="a pear"), by=GARDENER)
    _behind_the_back("UPDATE toy_plant SET water = 7")
    assert cli.main(["rebuild"]) == 0
    assert capsys.readouterr().out == "Every table was made again from 1 entries\n"
    assert PlantRow.objects.seen_by(GARDENER).get().water == 0
    assert cli.main(["verify", "--tables"]) == 0


def test_a_record_is_exported_to_a_file_that_only_you_can_open(tmp_path: Path, capsys: Said) -> None:
    do(Plant(note="a damson"), by=GARDENER)
    do(Plant(note="a secret"), by=Actor(person=uuid4()))
    file = tmp_path / "record.json"
    assert cli.main(["export", NAME, "--to", str(file)]) == 0
    record = json.loads(file.read_text())
    assert [plant["note"] for plant in record["tables"]["toy.Plant"]] == ["a damson"]
    assert "a secret" not in file.read_text() and file.stat().st_mode & 0o077 == 0
    assert cli.main(["export", NAME, "--to", str(file)]) == 1, "a file that is there is not written over"


@pytest.mark.sqlite
def test_the_verbs_work_on_a_home_of_their_own(home: Path) -> None:
    assert typed("migrate", home=home).returncode == 0
    assert typed("verify", "--tables", home=home).stdout.endswith("0 entries verified\n")
    assert typed("work", "--once", home=home).stdout.startswith("0 done by the clock, 0 sent")
    assert "decisions.raised" in typed("do", "--list", home=home).stdout
    refused = typed("do", "decisions.raised", "--as", str(uuid4()), home=home)
    assert refused.returncode == 1 and refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.sqlite
def test_a_copy_that_was_put_back_is_for_nobody_else_to_read(home: Path) -> None:
    """The tool that makes the copy lets every account read it, and so did what was put back."""
    assert typed("migrate", home=home).returncode == 0
    (home / "alongside.sqlite3").chmod(0o644)
    assert typed("migrate", home=home).returncode == 0
    assert [one for one in home.glob("alongside.sqlite3*") if one.stat().st_mode & 0o077] == []


def _behind_the_back(statement: str) -> None:
    """What somebody with the database's own password could do, once they have taken the locks away."""
    sidedoors.unlock(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    sidedoors.lock(connection)


def test_a_token_made_at_the_terminal_lets_a_program_act_for_that_person(cast: Cast, capsys: Said) -> None:
    for words, strong in (([], False), (["--strong"], True)):
        assert cli.main(["people", "token", str(cast.ken.person), *words]) == 0
        token = capsys.readouterr().out.strip()
        request = RequestFactory().get("/", headers={"Authorization": f"Bearer {token}"})
        assert (caller_of(request).person, caller_of(request).strong) == (cast.ken.person, strong)
    assert cli.main(["people", "token", str(uuid4())]) == 1
