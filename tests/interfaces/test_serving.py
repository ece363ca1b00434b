"""The site starts on an empty home, and stops when asked. A home of an older version, it leaves alone."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.interfaces.terminal import typed
from tests.serving import free_port, served, surroundings

A_PAGE = b"GET /who-may/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


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
@pytest.mark.parametrize("processes", ["1", "2"])
def test_when_asked_to_stop_it_finishes_and_leaves_quietly(home: Path, processes: str) -> None:
    port = free_port()
    settings = surroundings(home, PORT=str(port))
    program = subprocess.Popen(
        [sys.executable, "-m", "alongside", "serve", "--processes", processes],
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert program.stdout is not None
    while (line := program.stdout.readline()) and b"Alongside is at" not in line:
        pass
    with socket.create_connection(("127.0.0.1", port), timeout=20) as open_still:
        open_still.sendall(A_PAGE)
        assert open_still.recv(12) == b"HTTP/1.1 200"
        with socket.create_connection(("127.0.0.1", port), timeout=20):  # and says nothing
            time.sleep(0.5)
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
@pytest.mark.parametrize("words", [["serve"], ["work", "--once"]])
def test_rules_that_cannot_be_followed_are_said_before_anybody_comes(home: Path, words: list[str]) -> None:
    typed("migrate", home=home)
    (home / "rules").mkdir()
    (home / "rules" / "wexmoor-1.json").write_text("{", encoding="utf-8")
    said = typed(*words, home=home)
    assert said.returncode == 1
    assert "wexmoor-1.json" in said.stderr and "alongside rules check" in said.stderr


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one home that two processes serve."""
    home = tmp_path_factory.mktemp("together") / "home"
    home.mkdir()
    line = [sys.executable, "-m", "alongside", "serve", "--processes", "2"]
    with served(home, program=line) as address:
        yield address


@pytest.mark.sqlite
def test_several_processes_can_serve_one_home(together: str) -> None:
    with urllib.request.urlopen(f"{together}/who-may/") as page:
        assert page.status == 200


@pytest.mark.sqlite
def test_connections_that_come_at_once_are_shared_out_among_the_processes(together: str) -> None:
    """One process that has them all leaves the other with nothing to do, for as long as they stay open."""
    processes = _processes(together)
    fewest = [min(_shared_out(together, 16, processes)) for _turn in range(12)]
    assert sum(fewest) >= 56, fewest  # of 96; it was some 43


@pytest.mark.sqlite
@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system has no cores to choose")
def test_each_process_keeps_all_its_threads_to_one_core(together: str, home: Path) -> None:
    allowed = os.sched_getaffinity(0)
    _shared_out(together, 16, [])
    cores = [_cores(process) for process in _processes(together)]
    assert all(len(each) == 1 and each <= allowed for each in cores), cores
    assert len(set.union(*cores)) == min(2, len(allowed)), cores
    with served(home) as address:
        alone = _listening_at(address)
        assert len(_cores(alone)) == 1 and alone.num_threads() > 8


@pytest.mark.sqlite
def test_whoever_connects_and_says_nothing_keeps_nobody_waiting(together: str) -> None:
    """A browser opens connections before it needs them. Here are more of them than there are threads."""
    port = int(together.rpartition(":")[2])
    processes = _processes(together)
    with ExitStack() as stack:
        silent = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            for _one in range(40)
        ]
        while sum(_open_in(process) for process in processes) < 40:
            time.sleep(0.01)
        began = time.monotonic()
        with urllib.request.urlopen(f"{together}/who-may/") as page:
            assert page.status == 200
        assert time.monotonic() - began < 4, "gunicorn would wait five seconds for one of them to speak"
        silent[0].sendall(A_PAGE)
        assert silent[0].recv(12) == b"HTTP/1.1 200"


@pytest.mark.sqlite
def test_a_process_that_hangs_or_dies_keeps_nobody_from_the_other(together: str) -> None:
    hanging, well = _processes(together)
    hanging.suspend()
    assert _shared_out(together, 3, [well]) == [3]
    hanging.kill()
    assert _shared_out(together, 8, []) == []
    after = _processes(together)
    assert well in after and hanging not in after
    assert sum(_shared_out(together, 8, after)) == 8


def _listening_at(address: str) -> psutil.Process:
    """The program that was started to serve this address."""
    port = address.rpartition(":")[2]
    mine = psutil.Process().children()
    return next(each for each in mine if each.environ().get("PORT") == port)


def _processes(address: str) -> list[psutil.Process]:
    """The two processes that share this address, as soon as both are there and answer."""
    for _try in range(200):
        found = _listening_at(address).children()
        if len(found) == 2 and all(each.num_threads() > 1 for each in found):
            return sorted(found, key=lambda each: each.pid)
        time.sleep(0.05)
    raise AssertionError("the two processes did not start")


def _shared_out(address: str, many: int, processes: list[psutil.Process]) -> list[int]:
    """Open so many connections at once and get a page by each; how many each of these processes has."""
    port = int(address.rpartition(":")[2])
    with ExitStack() as stack:
        opened = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            for _one in range(many)
        ]
        for each in opened:
            each.sendall(A_PAGE)
        for each in opened:
            assert each.recv(12) == b"HTTP/1.1 200"
        found = [_open_in(process) for process in processes]
    while any(_open_in(process) for process in processes):
        time.sleep(0.01)
    return found


def _open_in(process: psutil.Process) -> int:
    return sum(
        each.status == "ESTABLISHED" or each.status == "CLOSE_WAIT" for each in process.net_connections("tcp")
    )


def _cores(process: psutil.Process) -> set[int]:
    """The cores that the threads of this process may run on."""
    return set.union(*(os.sched_getaffinity(thread.id) for thread in process.threads()))


@pytest.mark.postgresql
def test_the_same_site_runs_on_postgresql(home: Path) -> None:
    address = os.environ["DATABASE_URL"].replace("/alongside?", "/place?")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database:
        database.execute("CREATE DATABASE place")
    with served(home, DATABASE_URL=address) as site, urllib.request.urlopen(f"{site}/who-may/") as page:
        assert page.status == 200
    assert not (home / "alongside.sqlite3").exists()
    assert typed("migrate", "--check", home=home, DATABASE_URL=address).returncode == 0
