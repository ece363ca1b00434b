"""By whose hand each command is taken, as one text for review: own session, terminal, file, code, typed.

    python -m tests.proof.hands --write     writes tests/proof/hands.txt anew

Read what changed in it: each "no" that is gone lets somebody do something whom nobody knows.
"""

import os
import subprocess
import sys
from pathlib import Path

TEXT = Path(__file__).with_suffix(".txt")


def write() -> int:
    """Make it as the tests do, and keep its text."""
    line = [sys.executable, "-m", "pytest", "-q", str(TEXT.with_name("test_hands.py")), "-k", "table"]
    return subprocess.run(line, env={**os.environ, "WRITE_HANDS": "yes"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(write() if "--write" in sys.argv else __doc__)
