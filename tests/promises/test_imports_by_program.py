"""A program that sends a list itself is held to what the page holds to, and so are two at once."""

import json
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from alongside.interfaces.tables import TableRefused
from alongside.kernel import replay
from alongside.kernel.command import Refused
from alongside.kernel.door import Done, do
from alongside.topics.promises.commands import WithdrawImport
from alongside.topics.promises.commands.importing import ClaimPromise, FinishImport, StartImport
from alongside.topics.promises.models import ClaimedPromise, Import, Taken
from alongside.topics.promises.verbs import promises
from tests.kernel.at_once import at_once
from tests.kernel.conftest import committed
from tests.tokens import own_token_of
from tests.world import Cast

__all__ = ["committed"]
ROUNDS = 6


class Program:
    """Sends what a body's own system says, as a program of Ken's."""

    def __init__(self, cast: Cast) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {own_token_of(cast.ken)}"})
        self.council = cast.council

    def send(self, kind: str, **given: Any) -> Any:
        return self.client.post(f"/api/do/promises.{kind}", json.dumps(given), "application/json")

    def file(
        self, *rows: tuple[str, str], source: str = "Council website", columns: str = "ref, title"
    ) -> UUID:
        """Begin a file and put its rows in: (the other system's number, what was promised)."""
        started = self.send(
            "import_started", organisation=str(self.council), what="promises", name="march.json",
            source=source, digest=sha256(uuid4().bytes).hexdigest(), columns=columns, rows=len(rows),
        )  # fmt: skip
        assert started.status_code == 200, started.content
        batch = started.json()["thing"]
        for at, (number, what) in enumerate(rows, start=1):
            sent = self.send(
                "promise_claimed", batch=batch, row=at, line=at, what=what, reference=number,
                row_key=sha256(f"{number} {what}".encode()).hexdigest(),
            )  # fmt: skip
            assert sent.status_code == 200, sent.content
        return UUID(batch)

    def finish(self, batch: UUID, rows: int) -> Any:
        return self.send("import_finished", batch=str(batch), fresh_rows=rows)


@pytest.mark.django_db
def test_a_number_that_is_in_already_is_refused_to_a_program_too(cast: Cast) -> None:
    program = Program(cast)
    first = program.file(("A-1", "Mend the lift"), ("A-2", "Open the hall"))
    assert program.finish(first, 2).status_code == 200
    second = program.file(("A-3", "Plant trees"), ("A-2", "Close the hall"))
    answer = program.finish(second, 2)
    assert answer.status_code == 422, answer.content
    said = "“A-2” in row 2 is in already, with other words: in row 2 of march.json."
    assert said in answer.content.decode()
    assert Import.everything.get(id=second).state == Taken.STARTED
    assert set(ClaimedPromise.objects.seen_by(cast.stranger).values_list("batch", flat=True)) == {first}
    do(WithdrawImport(batch=first, why="There is a newer one."), by=cast.ken)
    assert program.finish(second, 2).status_code == 200


@pytest.mark.django_db
def test_a_number_twice_in_what_a_program_sends_is_refused(cast: Cast) -> None:
    program = Program(cast)
    twice = program.file(("A-1", "Mend the lift"), ("A-2", "Open the hall"), ("A-1", "Close the hall"))
    answer = program.finish(twice, 3)
    assert answer.status_code == 422
    assert "“A-1” stands in row 1 and in row 3, with other words." in answer.content.decode()


@pytest.mark.django_db
def test_what_has_no_number_or_is_of_another_system_goes_in(cast: Cast) -> None:
    program = Program(cast)
    assert program.finish(program.file(("1", "Mend the lift"), ("", "Plant trees")), 2).status_code == 200
    assert program.finish(program.file(("", "Plant more trees"), ("2", "Sweep")), 2).status_code == 200
    parks = program.file(("1", "Open the hall"), source="Parks", columns="nr, text")
    assert program.finish(parks, 1).status_code == 200


@pytest.mark.django_db
def test_a_file_of_the_page_is_held_against_what_a_program_sent(cast: Cast) -> None:
    program = Program(cast)
    assert program.finish(program.file(("A-1", "Mend the lift")), 1).status_code == 200
    file = promises.read(b"ref,title\nA-1,Mend the stairs\n", name="april.csv")
    with pytest.raises(TableRefused, match="is in already, with other words"):
        promises.take_in(file, by=cast.ken, organisation=cast.council, source="Council website")


@pytest.mark.usefixtures("committed")
def test_of_two_files_at_once_with_one_number_or_one_row_only_one_is_closed(cast: Cast) -> None:
    """Both looked at what was closed before either was: two claims of one number stood side by side."""
    for turn in range(ROUNDS):
        rows = [[(f"N-{turn}", f"Mend lift {turn}")], [(f"N-{turn}", f"Mend stairs {turn}")]]
        _one_of_two(cast, rows)
        rows = [[("", f"Sweep street {turn}")], [("", f"Sweep street {turn}")]]
        _one_of_two(cast, rows)
    assert ClaimedPromise.objects.seen_by(cast.stranger).count() == 2 * ROUNDS
    assert replay.verify().sound
    assert replay.compare().sound


def _one_of_two(cast: Cast, rows: list[list[tuple[str, str]]]) -> None:
    """Ken and June bring in a file each, and close both at the same moment."""
    files = [_put_in(cast, by, each) for by, each in zip((cast.ken, cast.june), rows, strict=True)]
    found = at_once(
        partial(do, FinishImport(batch=files[0], fresh_rows=1), by=cast.ken),
        partial(do, FinishImport(batch=files[1], fresh_rows=1), by=cast.june),
    )
    assert sorted(type(one).__name__ for one in found) == [Done.__name__, Refused.__name__], found


def _put_in(cast: Cast, by: Any, rows: list[tuple[str, str]]) -> UUID:
    start = StartImport(
        organisation=cast.council, what="promises", name="list.json", source="Council website",
        digest=sha256(uuid4().bytes).hexdigest(), columns="ref, title", rows=len(rows),
    )  # fmt: skip
    batch = do(start, by=by).thing
    for at, (number, what) in enumerate(rows, start=1):
        key = sha256(f"{number} {what}".encode()).hexdigest()
        do(ClaimPromise(batch=batch, row=at, line=at, row_key=key, what=what, reference=number), by=by)
    return batch
