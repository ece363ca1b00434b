"""Real commits, for the proofs that read the files of the store."""

from tests.kernel.conftest import committed as committed  # the same ground as the tests of races
