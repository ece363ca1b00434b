"""What somebody typed at a terminal, and what came back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.serving import surroundings


def typed(*words: str, home: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "alongside", *words]
    return subprocess.run(
        line, env=surroundings(home, **environment), capture_output=True, text=True, check=False, timeout=60
    )
