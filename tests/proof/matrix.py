"""Who may and who sees, as one text for review.

    python -m tests.proof.matrix --write     writes tests/proof/matrix.txt anew

Read what changed in it: it is a change of power.
"""

import os
import subprocess
import sys
from pathlib import Path

TEXT = Path(__file__).parent / "matrix.txt"


def write() -> int:
    """Build it as the tests do, and keep its text."""
    line = [sys.executable, "-m", "pytest", "-q", str(TEXT.with_name("test_matrix.py"))]
    return subprocess.run(line, env={**os.environ, "WRITE_MATRIX": "yes"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(write() if "--write" in sys.argv else __doc__)
