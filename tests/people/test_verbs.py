"""`alongside people` and `alongside keys`: the same door, on a terminal."""

import re
import shlex
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from alongside.interfaces.cli import main
from alongside.interfaces.verbs.work import one_round
from alongside.kernel import replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.keyring import keyring
from alongside.topics.people.commands.erasing import ErasePerson
from alongside.topics.people.models import Erasure, Findable, Person
from alongside.topics.people.policy import name_of, person_for_email
from tests.world import Cast, named


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    found = capsys.readouterr()
    return code, found.out, found.err


def test_a_new_place_is_set_up_from_the_terminal(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = said(capsys, "people", "body", "Wexmoor Council", "--kind", "council")
    council = out.split()[-1].rstrip(".")
    assert code == 0
    _code, out, _err = said(capsys, "people", "team", "East", "--body", council)
    east = out.split()[-1].rstrip(".")
    _code, out, _err = said(
        capsys,
        "people",
        "add",
        "Ken Holt",
        "--body",
        council,
        "--works-in",
        east,
        "--manages",
        "--email",
        "k@x.example",
    )
    ken = out.split("is ")[1].split(".")[0]
    assert person_for_email("k@x.example") == UUID(ken)
    _code, out, _err = said(capsys, "people", "show", ken, "--as", ken)
    assert "Ken Holt" in out and "Manager" in out
    assert replay.compare().sound


def test_bodies_and_teams_are_named_by_their_names(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    """What the guide tells a council to type on its first day, word for word."""
    lines = re.findall(r"^    alongside (people .*)$", Path("docs/councils/running.md").read_text(), re.M)
    assert len(lines) >= 5, "the guide says how a new place begins"
    for line in lines:
        code, out, err = said(capsys, *shlex.split(line.split("  #")[0]))
        assert code == 0 and out.startswith("Done: "), (line, err)
    code, _out, err = said(capsys, "people", "team", "West", "--body", "Wexmor Council")
    assert code == 1 and "no body called “Wexmor Council”" in err and "people find" in err
    said(capsys, "people", "team", "East", "--body", "Wexmoor Council")
    code, _out, err = said(
        capsys, "people", "add", "Jo Sands", "--body", "Wexmoor Council", "--works-in", "East"
    )
    assert code == 1 and "More than one team" in err
    assert all(str(row.id) in err for row in Findable.everything.filter(kind="team", name="East"))
    assert replay.compare().sound


def test_a_name_on_the_terminal_finds_nobody_the_person_may_not_see(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, "people", "show", "Rosa Marlow", "--as", str(named("omar")))
    stranger = said(capsys, "people", "show", "No Such Person", "--as", str(named("omar")))
    assert (code, out) == (stranger[0], stranger[1]) == (1, "")
    assert err.replace("Rosa Marlow", "No Such Person") == stranger[2]
    code, out, _err = said(capsys, "people", "show", "Rosa Marlow", "--as", str(named("priya")))
    assert code == 0 and "Rosa Marlow" in out


def test_the_terminal_finds_only_whom_the_person_may_see(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, out, _err = said(capsys, "people", "find", "marlow", "--as", str(named("priya")))
    assert "Rosa Marlow" in out
    _code, out, _err = said(capsys, "people", "--as", str(named("omar")), "find", "marlow")
    assert "Rosa Marlow" not in out
    code, _out, err = said(capsys, "people", "show", str(named("rosa")), "--as", str(named("omar")))
    assert code == 1 and "cannot find that" in err


def test_keys_are_destroyed_through_the_door_by_two_people(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    rosa, priya = str(named("rosa")), str(named("priya"))
    code, _out, err = said(capsys, "keys", "destroy", rosa, "--why", "no_longer_needed", "--as", priya)
    assert code == 1 and "still goes on" in err
    code, out, _err = said(capsys, "keys", "destroy", rosa, "--why", "unlawful", "--as", priya)
    assert code == 0 and "Nothing is destroyed yet" in out
    assert "on their own page" in out, "at the terminal nobody knows whose yes it would be"
    agree = ErasePerson(erasure=Erasure.everything.get().id, checked="I read the letter of the court.")
    for by, no in ((cast.priya, NotAllowed), (cast.devon, Missing), (replace(cast.dee, way="cli"), Refused)):
        with pytest.raises(no):
            do(agree, by=by)
    assert keyring().ids_of(named("rosa"))
    do(agree, by=cast.dee)
    assert name_of(named("rosa")) == "Someone"
    assert "1 waiting" in said(capsys, "keys", "list")[1]
    one_round()
    assert keyring().ids_of(named("rosa")) == []
    assert "There are no keys" in said(capsys, "keys", "list", "--person", rosa)[1]
    assert "0 waiting" in said(capsys, "keys", "list")[1]
    assert replay.verify().sound and replay.compare().sound
    assert Person.everything.get(pk=named("rosa")).state == "erased"
    assert b"Rosa" not in (Path(settings.KEYS) / "keyring.sqlite3").read_bytes()
