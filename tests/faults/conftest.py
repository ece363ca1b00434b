"""Real commits for these tests, and the triggers back in their place."""

from tests.kernel.conftest import committed as committed  # the same ground as the tests of races
