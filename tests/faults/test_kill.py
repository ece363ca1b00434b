"""The server is killed, again and again, in the middle of what people send. Nothing acknowledged is lost."""

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.faults.killed import around as around
from tests.faults.killed import ours
from tests.serving import wait_until_it_answers

KILLS = int(os.environ.get("ALONGSIDE_THOROUGH", "1")) * 15
CALLERS, ANSWERED = 6, 10  # how many call at once, and what is answered at least between two kills
CONCERN, QUESTION = "decisions.concern_raised", "decisions.question_asked"


@dataclass
class Callers:
    """People who each send one thing after another, and send it again until they are answered."""

    address: str
    place: dict[str, str]
    ends: threading.Event = field(default_factory=threading.Event)
    acknowledged: dict[str, tuple[str, str]] = field(default_factory=dict)  # key -> (kind, entry)
    wrong: list[str] = field(default_factory=list)

    def call(self) -> None:
        while not self.ends.is_set() and not self.wrong:
            key = uuid4().hex
            if random.random() < 0.5:
                kind, body = QUESTION, {"decision": self.place["decision"], "words": f"Why? {key}"}
            else:
                kind, body = CONCERN, {"organisation": self.place["council"], "words": f"I worry. {key}"}
            self._until_answered(kind, body, key)

    def _until_answered(self, kind: str, body: dict[str, str], key: str) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                answer = self._send(kind, body, key)
            except urllib.error.HTTPError as error:
                self.wrong.append(f"{error.code}: {error.read().decode()[:300]}")
                return
            except (OSError, ValueError, http.client.HTTPException):
                time.sleep(0.02)  # the server is gone: whether it was kept, nobody knows
                continue
            self.acknowledged[key] = (kind, answer["entry"])
            return
        self.wrong.append("there was no answer for a minute")

    def _send(self, kind: str, body: dict[str, str], key: str) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        headers["Authorization"] = f"Bearer {self.place['token']}"
        asked = urllib.request.Request(
            f"{self.address}/api/do/{kind}", json.dumps(body).encode(), headers, method="POST"
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found


def killed_again_and_again(callers: Callers, around: dict[str, str], *, kills: int) -> None:
    """Start the server, kill it at a random moment, and start it again."""
    log = Path(around["ALONGSIDE_HOME"]) / "serve.log"
    threads = [threading.Thread(target=callers.call) for _caller in range(CALLERS)]
    for turn in range(kills + 1):
        with log.open("wb") as output:
            line = [sys.executable, "-m", "alongside", "serve"]
            server = subprocess.Popen(line, env=around, stdout=output, stderr=subprocess.STDOUT)
        try:
            wait_until_it_answers(server, callers.address, log)
            if turn == 0:
                for thread in threads:
                    thread.start()
            _until_it_has_written(callers, ANSWERED * (turn + 1))
            time.sleep(random.uniform(0.05, 0.5))
            if turn == kills:  # the last one stays, until everyone is answered
                callers.ends.set()
                for thread in threads:
                    thread.join()
        finally:
            server.kill()
            server.wait()


def _until_it_has_written(callers: Callers, count: int) -> None:
    """Wait until so many were answered: a busy machine writes little in half a second."""
    until = time.monotonic() + 30
    while len(callers.acknowledged) <= count and not callers.wrong and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.both
def test_however_often_the_server_is_killed_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    around: dict[str, str],
) -> None:
    made = ours("tests.faults.place", "ready", around=around)
    assert made.returncode == 0, made.stderr
    callers = Callers(around["ALONGSIDE_BASE_URL"], json.loads(made.stdout.splitlines()[-1]))
    kills = KILLS if "DATABASE_URL" not in around else max(5, KILLS // 3)
    killed_again_and_again(callers, around, kills=kills)

    assert callers.wrong == []
    assert len(callers.acknowledged) > ANSWERED * kills, "a server that hardly writes proves nothing"
    entries = json.loads(ours("tests.faults.place", "entries", around=around).stdout.splitlines()[-1])
    kinds = {str(UUID(entry)): kind for entry, kind in entries}
    told = {str(UUID(entry)): kind for kind, entry in callers.acknowledged.values()}
    assert len(told) == len(callers.acknowledged), "two submissions were answered with one entry"
    assert told == {entry: kind for entry, kind in kinds.items() if kind in (CONCERN, QUESTION)}
    checked = ours("alongside", "verify", "--tables", around=around)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert f"{len(entries):,} entries verified" in checked.stdout
