"""Whoever is erased, the record still checks out, and none of their words lie anywhere in the store."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from alongside.interfaces.leaving import Work, send_waiting
from alongside.kernel import clock, ledger, replay
from alongside.kernel.door import do
from alongside.kernel.keyring import keyring
from alongside.kernel.now import now_tables
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import voices_of
from alongside.kernel.seal import EntryKey, SealedField
from alongside.topics.people.commands.erasing import AskToErase, ErasePerson
from alongside.topics.people.models import AskedToAgree, Findable, Person
from tests.proof.anything import Anything
from tests.proof.kinds import kinds
from tests.world import BUILDER, Cast, world

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.slow]
STAY = {"ken", "june", "dee"}  # somebody must be left to ask for it, and somebody to agree
NOT_NOW = {"people.hold_placed"}  # what must be kept cannot be erased: another test's


def words_by_owner() -> dict[UUID, set[str]]:
    """Everything that can still be read in the ledger, by whose it is."""
    beside = {bytes(key.id): key.owner for key in EntryKey.objects.all()}
    people = dict(keyring()._db.execute("SELECT id, owner FROM owner_key"))
    found: dict[UUID, set[str]] = {}
    for row in ledger.entries():
        header = ledger.read_header(row.header)
        for box in ledger.split_boxes(header.boxes, bytes(row.boxes)):
            if box.words:
                by = bytes(one ^ other for one, other in zip(box[:16], box[16:32], strict=True))
                owner = beside.get(bytes(box[:16])) or UUID(people[by])
                found.setdefault(owner, set()).add(str(box.words))
    return found


def every_cell() -> Iterator[bytes]:
    """Every value of every table, as bytes."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                for cell in row:
                    yield bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def every_file(home: Path) -> Iterator[tuple[Path, bytes]]:
    for path in home.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def opened_in_tables() -> set[str]:
    """Every sealed word of every table that still opens."""
    found = set()
    for model in now_tables():
        names = [each.attname for each in model._meta.concrete_fields if isinstance(each, SealedField)]
        for row in model.everything.all():
            found |= {str(box.words) for name in names if (box := getattr(row, name)) and box.words}
    return found


def record_of(person: UUID | None) -> UUID:
    """The record that somebody's stands in now, if two were joined."""
    row = Person.everything.get(pk=person)
    return row.id if row.merged_into is None else record_of(row.merged_into)


def joined_with(people: set[UUID]) -> set[UUID]:
    """The records that were joined into these: they go with them."""
    found = set(Person.everything.filter(merged_into__in=people).values_list("id", flat=True))
    return found | joined_with(found) if found else found


def erase(person: UUID, cast: Cast) -> None:
    ask = AskToErase(person=person, why="legal_duty", words="The court has said so.")
    erasure = do(ask, by=BUILDER).thing
    asked = AskedToAgree.everything.filter(ask=erasure).order_by("asked_at", "pk")
    second = Actor(person=asked[0].person, strong=True)
    do(ErasePerson(erasure=erasure, checked="I read what the court says."), by=second)


@pytest.fixture(autouse=True)
def an_empty_outbox() -> None:
    """What another test sent lies in the same home, and is nobody's here."""
    shutil.rmtree(settings.OUTBOX, ignore_errors=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_is_erased_the_record_checks_out_and_none_of_their_words_are_left(seed: int) -> None:
    chance = Random(seed)
    with clock.at("2026-03-02"):
        cast = world()
        anything = Anything(chance, cast)
        can = [command for command in kinds(moving=False) if command.records not in NOT_NOW]
        for turn in range(max(200, 3 * len(can))):  # each kind comes up now and then, however many there are
            anything.send(chance.choice(can))
            if turn % 60 == 59:
                clock.advance(days=2)
                send_waiting(Work())
        send_waiting(Work())  # a note that was to be taken out is gone before we look
        everyone = cast.everyone()
        gone = [name for name in everyone if name not in STAY and (name == "rosa" or chance.random() < 0.4)]
        stay = {record_of(everyone[name].person) for name in STAY}
        asked_for = {record_of(everyone[name].person) for name in gone} - stay
        theirs = set(asked_for)
        theirs |= joined_with(theirs)
        theirs |= {voice for person in theirs for voice in voices_of(person)}
        before = words_by_owner()
        names = set(Findable.everything.filter(pk__in=theirs).values_list("name", flat=True))
        wanted = set[str]().union(names, *(before.get(person, set()) for person in theirs))
        others = {word for owner, said in before.items() if owner not in theirs for word in said}
        for person in asked_for:
            erase(person, cast)
        clock.advance(days=1)
        send_waiting(Work())
        _nothing_is_left(wanted - others, theirs, others)


def _nothing_is_left(wanted: set[str], theirs: set[UUID], others: set[str]) -> None:
    assert not Outbox.objects.filter(kind="destroy_keys").exclude(state="sent").exists()
    assert replay.verify().problems == []
    assert replay.compare().problems == []
    readable = words_by_owner()
    assert not theirs & set(readable)
    assert others <= set[str]().union(*readable.values()), "words of people who stay were lost"
    markers = {word.encode() for word in wanted if len(word) > 4}
    assert len(markers) > 20, "hardly a word was planted"
    assert not opened_in_tables() & wanted
    left = [marker for cell in every_cell() for marker in markers if marker in cell]
    assert left == []
    home = Path(settings.HOME)
    found = [
        (path.name, marker) for path, content in every_file(home) for marker in markers if marker in content
    ]
    assert found == []
