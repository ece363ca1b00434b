"""A test that waits until its run is told to end: test_told_to_end.py runs it, and nobody else."""

import os
import time
from pathlib import Path


def test_it_waits() -> None:
    Path(os.environ["TMPDIR"], "waits").touch()
    time.sleep(300)
