"""A key is replaced while somebody writes: what they write must open afterwards. On real connections."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from alongside.kernel import door, replay
from alongside.kernel.door import Submission, do
from alongside.kernel.keyring import keyring
from alongside.kernel.policy import Actor
from alongside.kernel.rewrap import rewrap
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Plant as PlantRow


@pytest.mark.usefixtures("committed")
def test_words_sealed_and_not_yet_committed_outlive_the_taking_out_of_a_note() -> None:
    rosa = Actor(person=uuid4())
    assert rosa.person is not None
    before = do(Plant(note="said before"), by=rosa)
    sealed, may_commit, moved = threading.Event(), threading.Event(), threading.Event()
    found: list[object] = []

    def writes() -> None:
        """Seals under the key of now, and is slow to commit."""
        with transaction.atomic():
            found.extend(door.within([Submission(Plant(note="said meanwhile"), rosa)]))
            sealed.set()
            may_commit.wait(20)
        connection.close()

    def takes_out() -> None:
        found.append(rewrap(rosa.person, "record", without_entry=before.entry))  # type: ignore[arg-type]  # above
        moved.set()
        connection.close()

    writer, remover = threading.Thread(target=writes), threading.Thread(target=takes_out)
    writer.start()
    assert sealed.wait(20)
    remover.start()
    assert not moved.wait(1)  # it waits for who writes
    may_commit.set()
    for thread in (writer, remover):
        thread.join(30)
    assert moved.is_set()
    words = {row.note.words for row in PlantRow.everything.all()}
    assert words == {None, "said meanwhile"}
    assert do(Plant(note="said after"), by=rosa)
    assert {row.note.words for row in PlantRow.everything.all()} == {None, "said meanwhile", "said after"}
    assert replay.verify().sound
    assert len(keyring().ids_of(rosa.person)) == 1


@pytest.mark.usefixtures("committed")
def test_whoever_comes_while_a_key_is_replaced_seals_under_the_new_one() -> None:
    """A writer that waited for the lock must look at the keyring again, and not use what it remembers."""
    rosa = Actor(person=uuid4())
    assert rosa.person is not None
    do(Plant(note="first"), by=rosa)
    for number in range(10):
        start = threading.Barrier(2)

        def replace(at_once: threading.Barrier = start) -> None:
            at_once.wait()
            rewrap(rosa.person, "record")  # type: ignore[arg-type]  # asserted above
            connection.close()

        thread = threading.Thread(target=replace)
        thread.start()
        start.wait()
        do(Plant(note=f"note {number}"), by=rosa)
        thread.join(30)
    words = {row.note.words for row in PlantRow.everything.all()}
    assert words == {"first", *(f"note {number}" for number in range(10))}
