"""What a program reads is what the description says, field by field, whoever reads it."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.made_up.wexmoor import wexmoor
from tests.serving import copied, surroundings

pytestmark = pytest.mark.sqlite
NOT_THERE = {  # what nobody in the made-up place has done yet
    "RuleThen": "nothing was put to several who decide after a rule was kept with it",
    "Said.person": "no matter about one life is decided by several",
    "StepClaimedBy": "nobody claims a step for how Alongside was made",
}


@cache
def walked(folder: str) -> dict[str, Any]:
    """Everything read once, as several people, in a copy of the made-up place."""
    home = copied(wexmoor(), Path(folder) / "home")
    command = [sys.executable, "-W", "ignore", "-m", "tests.api.walk"]
    ran = subprocess.run(command, env=surroundings(home), capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@pytest.mark.slow
def test_every_answer_in_the_made_up_place_is_as_described_and_no_field_is_idle(tmp_path: Any) -> None:
    found = walked(str(tmp_path))
    assert found["wrong"] == []
    assert found["unread"] == []
    named = {one for one in found["idle"] if one.partition(".")[0] not in NOT_THERE and one not in NOT_THERE}
    assert named == set()
    assert found["read"] > 300
