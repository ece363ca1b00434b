"""Everyone of the cast, every row and act, every state: policy and oracle say the same; nothing leaks."""

import os
from collections.abc import Iterator

import pytest

from alongside.kernel import clock
from alongside.kernel.command import COMMANDS
from alongside.kernel.now import Now, now_tables
from alongside.kernel.policy import Rule
from tests.proof.cells import Matrix, built, text_of
from tests.proof.matrix import TEXT
from tests.world import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def matrix(cast: Cast) -> Iterator[Matrix]:
    with clock.at("2026-03-02"):
        yield built(cast)


@pytest.mark.slow
def test_everyone_sees_and_may_do_what_the_oracle_says_and_no_more(matrix: Matrix) -> None:
    assert sorted(matrix.unlisted) == []
    assert matrix.wrong == [], f"{len(matrix.wrong)} cells differ"
    assert matrix.cells >= 100_000
    assert matrix.allowed >= matrix.cells // 10
    if os.environ.get("WRITE_MATRIX"):
        TEXT.write_text(text_of(matrix), encoding="utf-8")
    written = TEXT.read_text(encoding="utf-8") if TEXT.exists() else ""
    assert text_of(matrix) == written, "power has changed: python -m tests.proof.matrix --write, and read it"


def test_every_table_says_who_sees_it_and_every_command_who_may() -> None:
    for model in now_tables():
        said = any("seen_by" in vars(each) for each in model.__mro__ if each is not Now)
        assert said, f"{model._meta.label} does not say who sees it: write seen_by."
    for command in COMMANDS.values():
        assert isinstance(command.may, Rule), command.records
        assert command.may.sentence, command.records
