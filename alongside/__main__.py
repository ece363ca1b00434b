"""`python -m alongside` is the same as the `alongside` command."""

import sys

from alongside.interfaces.cli import main

sys.exit(main())
