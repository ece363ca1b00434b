"""The real program on a home of its own, for tests that look at the site from outside."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(
    home: Path, *, program: list[str] | None = None, folder: Path | None = None, **environment: str
) -> Iterator[str]:
    """Run `alongside serve` on this home, and give its address once it answers.

    `program` is another line to run than this tree's; `folder` is where it stands while it runs.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = home / "serve.log"
    with log.open("wb") as output:
        running = subprocess.Popen(
            program or [sys.executable, "-m", "alongside", "serve"],
            cwd=folder,
            env=surroundings(home, PORT=str(port), ALONGSIDE_BASE_URL=address, **environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_it_answers(running, address, log)
            yield address
        finally:
            running.terminate()
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def surroundings(home: Path, **environment: str) -> dict[str, str]:
    """What a program of ours finds around it: this home, and the settings people use, not the tests' own."""
    around = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"DJANGO_SETTINGS_MODULE": "alongside.settings", "ALONGSIDE_HOME": str(home)}
    return {**around, **ours, **environment}


def copied(home: Path, to: Path) -> Path:
    """A copy of a home that nobody is serving, to be changed freely."""
    shutil.copytree(home, to, ignore=shutil.ignore_patterns("*.log"))
    return to


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_it_answers(program: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if program.poll() is not None:
            raise AssertionError(f"The site stopped at once:\n{log.read_text()}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers, if only to refuse
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The site did not answer within a minute:\n{log.read_text()}")
