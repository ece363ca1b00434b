"""A run of the tests that is told to end clears away what it laid down: whoever ends one may end many."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.house
WAITS = Path(__file__).with_name("waits.py")


def test_a_run_that_is_told_to_end_leaves_no_folder_behind(tmp_path: Path) -> None:
    """Each left its home behind, and on PostgreSQL a server at work."""
    ours = ("DJANGO_SETTINGS_MODULE", "ALONGSIDE_HOME", "DATABASE_URL")
    around = {name: value for name, value in os.environ.items() if name not in ours}
    around |= {"TMPDIR": str(tmp_path)}
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(WAITS)]
    run = subprocess.Popen(line, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until = time.monotonic() + 180
    while not (tmp_path / "waits").exists() and run.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    assert any(tmp_path.glob("alongside-tests-*")), "its home is there while it is at work"
    run.terminate()
    said, _nothing = run.communicate(timeout=180)
    assert "told to end" in said
    assert [path.name for path in tmp_path.iterdir()] == ["waits"]
