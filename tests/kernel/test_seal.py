"""Words are sealed to one owner, and gone for good when that owner's key is destroyed."""

import json
import os
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.kbkdf import KBKDFHMAC, CounterLocation, Mode
from cryptography.hazmat.primitives.keywrap import aes_key_wrap
from django.conf import settings
from django.db import connection

from alongside.kernel import replay
from alongside.kernel.door import do
from alongside.kernel.keyring import KeyGone, Keyring, KeyringDamaged, key_of_entry, keyring
from alongside.kernel.policy import Actor
from alongside.kernel.rewrap import rewrap
from alongside.kernel.seal import BOUND, Box, EntryKey, NotABox, Sealer, owners_of
from tests.kernel.toy.commands import Plant, Water
from tests.kernel.toy.models import Plant as PlantRow
from tests.written import written

SHARED = Path(os.environ.get("ALONGSIDE_SHARED") or Path(__file__).parents[2].parent / "shared") / "data"
VECTORS = SHARED / "crypto" / "wycheproof" / "aes_gcm_test.json"


@pytest.mark.skipif(not VECTORS.exists(), reason=f"the published vectors are not at {VECTORS}")
def test_our_cipher_passes_the_published_vectors() -> None:
    tried = 0
    for group in json.loads(VECTORS.read_text())["testGroups"]:
        if (group["keySize"], group["ivSize"], group["tagSize"]) != (256, 96, 128):
            continue
        for case in group["tests"]:
            key, nonce, bound = (bytes.fromhex(case[part]) for part in ("key", "iv", "aad"))
            message, sealed = bytes.fromhex(case["msg"]), bytes.fromhex(case["ct"] + case["tag"])
            tried += 1
            if case["result"] == "invalid":
                with pytest.raises(InvalidTag):
                    AESGCM(key).decrypt(nonce, sealed, bound)
            else:
                assert AESGCM(key).encrypt(nonce, message, bound) == sealed
                assert AESGCM(key).decrypt(nonce, sealed, bound) == message
    assert tried > 50


@pytest.mark.django_db
def test_a_box_opens_to_its_words_and_to_nothing_when_one_bit_is_changed() -> None:
    rosa = Actor(person=uuid4())
    plant = do(Plant(note="The ramp is too steep. Ω"), by=rosa).thing
    box = PlantRow.everything.get(id=plant).note
    assert box.words == "The ramp is too steep. Ω"
    for position in (0, 20, BOUND - 1, BOUND, BOUND + 12, len(box) - 1):
        changed = bytearray(box)
        changed[position] ^= 1
        assert Box(bytes(changed)).words is None
    with pytest.raises(NotABox):
        Box(b"short")


@pytest.mark.django_db
def test_the_words_stand_in_no_table_and_no_repr() -> None:
    rosa = Actor(person=uuid4())
    do(Plant(note="xyzzy-in-the-garden"), by=rosa)
    assert "xyzzy" not in repr(PlantRow.everything.get().note)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                assert b"xyzzy" not in b"".join(
                    bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for v in row
                )


@pytest.mark.django_db
def test_destroying_a_persons_keys_takes_their_words_and_nobody_elses() -> None:
    rosa, devon = Actor(person=uuid4()), Actor(person=uuid4())
    hers, his = do(Plant(note="hers"), by=rosa).thing, do(Plant(note="his"), by=devon).thing
    assert rosa.person is not None
    keyring().destroy([key for key, _purpose, _epoch in keyring().ids_of(rosa.person)])
    assert PlantRow.everything.get(id=hers).note.words is None
    assert str(PlantRow.everything.get(id=hers).note) == "These words were removed."
    assert PlantRow.everything.get(id=his).note.words == "his"
    assert replay.verify().sound
    assert replay.compare().sound


@pytest.mark.django_db
def test_one_misfiled_note_is_taken_out_and_the_rest_stays() -> None:
    rosa = Actor(person=uuid4())
    assert rosa.person is not None
    plant = do(Plant(note="first"), by=rosa).thing
    wrong = do(Water(plant=plant, note="misfiled"), by=rosa)
    kept = do(Plant(note="kept"), by=rosa).thing
    old_keys = keyring().ids_of(rosa.person)
    assert rewrap(rosa.person, "record", without_entry=wrong.entry) == 2
    assert PlantRow.everything.get(id=plant).note.words is None
    assert PlantRow.everything.get(id=kept).note.words == "kept"
    with pytest.raises(KeyGone):
        keyring().key(old_keys[0][0])
    assert sorted(bool(row.wrapped) for row in EntryKey.objects.all()) == [False, True, True]
    later = do(Water(plant=plant, note="later"), by=rosa)
    old_rows = {bytes(row.id): bytes(row.wrapped) for row in EntryKey.objects.all() if row.wrapped}
    assert rewrap(rosa.person, "record", without_entry=later.entry) == 2
    assert PlantRow.everything.get(id=plant).note.words is None
    assert PlantRow.everything.get(id=kept).note.words == "kept"
    assert all(bytes(EntryKey.objects.get(id=key).wrapped) != wrapped for key, wrapped in old_rows.items())
    assert len(keyring().ids_of(rosa.person)) == 1
    assert replay.compare().sound


@pytest.mark.django_db
def test_a_note_is_out_of_reach_before_the_old_key_is_destroyed() -> None:
    """The power may fail between the two. Then the old key is there still, and the work is done again."""
    rosa = Actor(person=uuid4())
    assert rosa.person is not None
    wrong, kept = do(Plant(note="misfiled"), by=rosa), do(Plant(note="kept"), by=rosa).thing

    old = keyring()._db.execute("SELECT * FROM owner_key WHERE owner = ?", (rosa.person.hex,)).fetchone()
    rewrap(rosa.person, "record", without_entry=wrong.entry)
    keyring()._db.execute("INSERT INTO owner_key VALUES (?, ?, ?, ?, ?, 0)", old[:5])
    assert len(keyring().ids_of(rosa.person)) == 2
    for done_again in (False, True):
        assert PlantRow.everything.get(id=wrong.thing).note.words is None
        assert PlantRow.everything.get(id=kept).note.words == "kept"
        assert done_again or rewrap(rosa.person, "record", without_entry=wrong.entry) == 1
    assert len(keyring().ids_of(rosa.person)) == 1


def box_of_the_first_kind(words: str, owner: UUID, entry: UUID) -> Box:
    """As the first installations sealed: with a key made by chance, wrapped beside the ledger."""
    made, key_id, nonce = os.urandom(32), os.urandom(16), os.urandom(12)
    wrapped_by, key = keyring().current(owner, "record")
    wrapped = aes_key_wrap(key, made)
    EntryKey.objects.create(
        id=key_id, entry=entry, owner=owner, purpose="record", wrapped_by=wrapped_by, wrapped=wrapped
    )
    bound = key_id + entry.bytes + b"\0"
    return Box(bound + nonce + AESGCM(made).encrypt(nonce, words.encode(), bound))


@pytest.mark.django_db
def test_words_of_the_first_kind_open_move_and_go_as_those_of_today() -> None:
    rosa = Actor(person=uuid4())
    assert rosa.person is not None
    wrong, old = (box_of_the_first_kind(words, rosa.person, uuid4()) for words in ("misfiled", "old"))
    new = do(Plant(note="new"), by=rosa).thing
    assert [Box(box).words for box in (wrong, old)] == ["misfiled", "old"]
    assert owners_of([old]) == owners_of([PlantRow.everything.get(id=new).note]) == [(rosa.person, "record")]
    assert rewrap(rosa.person, "record", without_entry=wrong.entry_id) == 2
    assert [Box(box).words for box in (wrong, old)] == [None, "old"]
    assert PlantRow.everything.get(id=new).note.words == "new"
    assert owners_of([wrong]) == []
    keyring().destroy([key for key, _purpose, _epoch in keyring().ids_of(rosa.person)])
    assert Box(old).words is None
    assert PlantRow.everything.get(id=new).note.words is None


def test_the_key_of_an_entry_is_the_published_derivation() -> None:
    """NIST SP 800-108r1 in counter mode, as the cryptography library does it."""
    key, entry = os.urandom(32), uuid4().bytes
    published = KBKDFHMAC(
        algorithm=SHA256(), mode=Mode.CounterMode, length=32, rlen=4, llen=4,
        location=CounterLocation.BeforeFixed, label=b"alongside entry", context=entry, fixed=None,
    )  # fmt: skip
    assert key_of_entry(key, entry) == published.derive(key)


@pytest.mark.django_db
def test_two_hundred_boxes_open_with_one_statement(django_assert_num_queries: object) -> None:
    rosa = Actor(person=uuid4())
    for number in range(20):
        do(Plant(note=f"note {number}"), by=rosa)
    rows = list(PlantRow.objects.seen_by(rosa))
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture's own type
        assert sorted(str(row.note) for row in rows) == sorted(f"note {number}" for number in range(20))


@pytest.mark.django_db
def test_a_sealed_column_cannot_be_searched_or_ordered_by() -> None:
    with pytest.raises(TypeError, match="sealed"):
        PlantRow.everything.filter(note=b"x")


def test_people_and_epoch_keys_lie_apart_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    rosa = uuid4()
    key_id, key = ring.current(rosa, "record")
    assert ring.current(rosa, "record") == (key_id, key)
    assert ring.current(rosa, "contact")[0] != key_id
    assert ring.current(uuid4(), "record")[0] != key_id
    for file in ("keyring.sqlite3", "epoch-1.key", "mac.key"):
        assert (tmp_path / "keys" / file).stat().st_mode & 0o077 == 0
    assert key not in (tmp_path / "keys" / "keyring.sqlite3").read_bytes()


def test_a_destroyed_key_leaves_no_bytes_in_the_keyring(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    rosa = uuid4()
    key_id, _key = ring.current(rosa, "record")
    wrapped = ring._db.execute("SELECT wrapped FROM owner_key WHERE id = ?", (key_id,)).fetchone()[0]
    assert wrapped in ring.path.read_bytes()
    assert ring.destroy([key_id]) == 1
    assert wrapped not in b"".join(path.read_bytes() for path in ring.folder.iterdir())
    with pytest.raises(KeyGone):
        ring.key(key_id)


def test_another_process_forgets_a_key_that_was_destroyed(tmp_path: Path) -> None:
    one, two = Keyring(tmp_path / "keys"), Keyring(tmp_path / "keys")
    key_id, key = one.current(uuid4(), "record")
    assert two.key(key_id) == key
    one.destroy([key_id])
    with pytest.raises(KeyGone):
        two.key(key_id)


def test_a_keyring_with_the_wrong_epoch_key_says_so(tmp_path: Path) -> None:
    key_id, _key = Keyring(tmp_path / "keys").current(uuid4(), "record")
    (tmp_path / "keys" / "epoch-1.key").write_bytes(b"x" * 32)
    with pytest.raises(KeyringDamaged, match="do not belong together"):
        Keyring(tmp_path / "keys").key(key_id)


def test_an_entry_holds_one_key_for_each_owner_and_purpose() -> None:
    sealer, rosa = Sealer(uuid4()), uuid4()
    for words, owner, purpose in (
        ("a", rosa, "record"),
        ("b", rosa, "record"),
        ("c", rosa, "contact"),
        ("d", uuid4(), "record"),
    ):
        sealer.seal(words, owner, purpose)
    assert len({box.key_id for box in sealer.boxes}) == 3
    other = Sealer(uuid4())
    assert other.seal("a", rosa, "record").key_id not in {box.key_id for box in sealer.boxes}
    assert len({bytes(box) for box in sealer.boxes}) == 4


@pytest.mark.django_db
def test_the_box_in_the_table_is_the_box_in_the_ledger() -> None:
    plant = do(Plant(note="same"), by=Actor(person=uuid4())).thing
    assert bytes(PlantRow.everything.get(id=plant).note) == bytes(written(thing=plant)[0].boxes)
    assert isinstance(PlantRow.everything.get(id=plant).note.entry_id, UUID)
    assert Path(settings.KEYS).is_dir()
