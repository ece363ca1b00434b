"""The site starts on an empty home, and stops when asked. A home of an older version, it leaves alone."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.interfaces.test_cli import typed
from tests.serving import free_port, served, surroundings


@pytest.mark.sqlite
def test_an_empty_home_is_served_and_everything_lies_under_it(home: Path, tmp_path: Path) -> None:
    with served(home, folder=tmp_path) as address, urllib.request.urlopen(f"{address}/who-may/") as page:
        assert page.status == 200
    assert {"alongside.sqlite3", "keys", "files", "outbox", "static"} <= {
        path.name for path in home.iterdir()
    }
    assert [path.name for path in tmp_path.iterdir()] == ["home"], "something was written outside the home"
    open_to_others = [
        path for path in home.rglob("*") if path.name != "serve.log" and path.stat().st_mode & 0o077
    ]
    assert not open_to_others, "only the account that serves may read what is kept"
    assert f"Alongside is at {address}" in (home / "serve.log").read_text()


@pytest.mark.sqlite
def test_styles_are_served_under_names_that_last(home: Path) -> None:
    with served(home) as address:
        css = next(path for path in (home / "static").rglob("*.*.css"))
        asked = urllib.request.Request(f"{address}/static/{css.relative_to(home / 'static')}")
        asked.add_header("Accept-Encoding", "br")
        with urllib.request.urlopen(asked) as styles:
            assert "immutable" in styles.headers["Cache-Control"]
            assert styles.headers["Content-Encoding"] == "br"


@pytest.mark.sqlite
def test_when_asked_to_stop_it_finishes_and_leaves_quietly(home: Path) -> None:
    port = free_port()
    settings = surroundings(home, PORT=str(port))
    program = subprocess.Popen(
        [sys.executable, "-m", "alongside", "serve"],
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert program.stdout is not None
    while (line := program.stdout.readline()) and b"Alongside is at" not in line:
        pass
    with socket.create_connection(("127.0.0.1", port), timeout=20):
        program.send_signal(signal.SIGTERM)
    rest, _nothing = program.communicate(timeout=20)
    assert program.returncode == 0 and b"Traceback" not in rest, rest


@pytest.mark.sqlite
def test_a_port_in_use_is_one_kind_sentence(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = typed("serve", "--port", str(other.getsockname()[1]), home=home)
    assert said.returncode == 1
    assert "Is something else running there?" in said.stderr and "Traceback" not in said.stderr


@pytest.mark.sqlite
def test_a_home_of_an_older_version_is_not_changed_until_someone_says_so(home: Path) -> None:
    typed("migrate", home=home)
    with sqlite3.connect(home / "alongside.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'mfa'")
    said = typed("serve", home=home)
    assert said.returncode == 1
    assert "made by an older version" in said.stderr and "alongside migrate" in said.stderr


@pytest.mark.sqlite
def test_several_processes_can_serve_one_home(home: Path) -> None:
    line = [sys.executable, "-m", "alongside", "serve", "--processes", "2"]
    with served(home, program=line) as address, urllib.request.urlopen(f"{address}/who-may/") as page:
        assert page.status == 200


@pytest.mark.postgresql
def test_the_same_site_runs_on_postgresql(home: Path) -> None:
    address = os.environ["DATABASE_URL"].replace("/alongside?", "/place?")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute("CREATE DATABASE place")
    with served(home, DATABASE_URL=address) as site, urllib.request.urlopen(f"{site}/who-may/") as page:
        assert page.status == 200
    assert not (home / "alongside.sqlite3").exists()
    assert typed("migrate", "--check", home=home, DATABASE_URL=address).returncode == 0
