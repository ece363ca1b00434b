"""Settings from outside are read strictly: a slip is told, never guessed at."""

import threading
from pathlib import Path
from typing import Any

import pytest

from alongside.interfaces.environment import (
    SettingRefused,
    database_from_url,
    port_number,
    secret_made_once,
    where_people_find_it,
    yes_or_no,
)
from alongside.interfaces.verbs.serve import say_what_is_missing

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://ana:p%40ss@db.example:5433/alongside?sslmode=require",
            {"NAME": "alongside", "USER": "ana", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433",
             "OPTIONS": {"sslmode": "require"}},
        ),
        ("postgres:///alongside?host=%2Frun%2Fpg", {"NAME": "alongside", "HOST": "/run/pg", "OPTIONS": {}}),
    ],
)  # fmt: skip
def test_an_address_of_a_database_is_read(url: str, expected: dict[str, Any]) -> None:
    found = database_from_url(url)
    assert {name: found[name] for name in expected} == expected
    assert found["ENGINE"] == "django.db.backends.postgresql"


@pytest.mark.parametrize("url", ["sqlite:///x", "postgresql://host", "postgresql://host/", "host/alongside"])
def test_an_address_we_cannot_use_is_refused(url: str) -> None:
    with pytest.raises(SettingRefused):
        database_from_url(url)


def test_a_switch_is_never_turned_on_by_a_slip() -> None:
    assert yes_or_no("Yes") and not yes_or_no("") and not yes_or_no("off")
    with pytest.raises(SettingRefused, match="yes or no"):
        yes_or_no("ture")


def test_many_who_start_at_once_share_one_secret(tmp_path: Path) -> None:
    place, found = tmp_path / "keys" / "secret", []
    threads = [threading.Thread(target=lambda: found.append(secret_made_once(place))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 16 and len(set(found)) == 1 and len(found[0]) > 60
    assert [path.name for path in place.parent.iterdir()] == ["secret"]


def test_where_people_find_the_place_is_what_was_set_then_the_port_then_where_it_was_served(
    tmp_path: Path,
) -> None:
    assert where_people_find_it("", "", tmp_path) == ("http://127.0.0.1:8000", "guessed")
    (tmp_path / "served-at").write_text("http://127.0.0.1:8461\n")
    assert where_people_find_it("", "", tmp_path) == ("http://127.0.0.1:8461", "served")
    assert where_people_find_it("", "8123", tmp_path) == ("http://127.0.0.1:8123", "port")
    said = "https://alongside.wexmoor.example"
    assert where_people_find_it(said, "8123", tmp_path) == (said, "set")


@pytest.mark.parametrize("written", ["0", "65536", "99999", "-1", "abc", "8_000", "²"])
def test_what_is_no_port_is_refused_before_anything_is_served(written: str) -> None:
    with pytest.raises(SettingRefused, match="A port is a number from 1 to 65535"):
        port_number(written)
    assert port_number("65535") == 65535


def test_a_place_that_sends_by_notify_and_lacks_a_part_of_it_says_so_as_it_starts(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DELIVERY, settings.NOTIFY_KEY, settings.NOTIFY_TEXT_TEMPLATE = "notify", "a key", "one"
    settings.PLACE_PHONE, settings.PLACE_FREE_POST = "01632 960 000", "FREEPOST WEXMOOR"
    say_what_is_missing()
    assert "set ALONGSIDE_NOTIFY_EMAIL_TEMPLATE." in capsys.readouterr().out
    settings.DELIVERY = "folder"
    say_what_is_missing()
    assert not capsys.readouterr().out


def test_a_place_where_nobody_can_ring_or_write_says_so_as_it_starts(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PLACE_PHONE, settings.PLACE_FREE_POST = "", ""
    say_what_is_missing()
    out = capsys.readouterr().out
    assert "set ALONGSIDE_PHONE." in out and "set ALONGSIDE_FREE_POST." in out
