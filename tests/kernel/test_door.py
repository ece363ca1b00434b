"""The one way in: who may, then what stands in the way, then one line and the tables, all or nothing."""

from uuid import UUID, uuid4, uuid5

import pytest
from django.db import connection

from alongside.kernel import replay
from alongside.kernel.command import COMMANDS, Missing, NotAllowed, Refused
from alongside.kernel.door import do, do_many
from alongside.kernel.ledger import Entry, Head
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import NOBODY, Actor
from alongside.kernel.seal import EntryKey
from tests.kernel.toy.commands import Break, Count, Creep, Join, LayBed, Plant, Water, Wave
from tests.kernel.toy.models import Bed
from tests.kernel.toy.models import Plant as PlantRow
from tests.written import entry, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def iris() -> Actor:
    return Actor(person=uuid4())


@pytest.fixture
def moss() -> Actor:
    return Actor(person=uuid4())


@pytest.fixture
def fern(iris: Actor) -> UUID:
    return do(Plant(note="by the gate"), by=iris).thing


def state() -> tuple[int, int, int, int]:
    return Entry.objects.count(), EntryKey.objects.count(), Head.objects.count(), PlantRow.everything.count()


def test_one_act_is_one_line_and_the_row_knows_its_entry(iris: Actor, fern: UUID) -> None:
    done = do(Water(plant=fern, litres=2), by=iris)
    row = PlantRow.everything.get(id=fern)
    line = entry(done.entry).entry
    assert (row.water, row.made_by) == (2, line.number)
    assert line.place == 2
    assert line.by == iris.person


def test_a_stranger_is_told_the_same_as_if_it_were_not_there(fern: UUID, moss: Actor) -> None:
    before = state()
    with pytest.raises(Missing):
        do(Water(plant=fern), by=moss)
    with pytest.raises(Missing):
        do(Water(plant=uuid4()), by=moss)
    assert state() == before


def test_who_can_is_said_to_someone_who_may_see_it() -> None:
    with pytest.raises(NotAllowed, match="someone who has signed in"):
        do(Plant(), by=NOBODY)


def test_a_refusal_says_what_to_do_and_writes_nothing(iris: Actor, fern: UUID) -> None:
    before = state()
    with pytest.raises(Refused) as refused:
        do(Water(plant=fern, litres=11), by=iris)
    assert [(r.field, r.sentence) for r in refused.value.reasons] == [
        ("litres", "That is too much. Wait until it is dry.")
    ]
    assert state() == before


def test_a_bug_in_apply_leaves_nothing_half_done(iris: Actor) -> None:
    before = state()
    with pytest.raises(ZeroDivisionError):
        do(Break(), by=iris)
    assert state() == before


def test_the_same_submission_twice_is_one_entry(iris: Actor, fern: UUID) -> None:
    first = do(Water(plant=fern, litres=2, note="wet"), by=iris, key="k")
    second = do(Water(plant=fern, litres=2, note="wet"), by=iris, key="k")
    assert (second.entry, second.again) == (first.entry, True)
    assert PlantRow.everything.get(id=fern).water == 2


def test_the_same_key_with_other_words_is_refused(iris: Actor, fern: UUID) -> None:
    do(Water(plant=fern, note="wet"), by=iris, key="k")
    with pytest.raises(Refused, match="with other words"):
        do(Water(plant=fern, note="soaked"), by=iris, key="k")


def test_a_key_is_one_persons_and_one_commands_own(iris: Actor, moss: Actor) -> None:
    first = do(Plant(note="a"), by=iris, key="k")
    second = do(Plant(note="a"), by=moss, key="k")
    third = do(LayBed(room=1), by=iris, key="k")
    assert len({first.entry, second.entry, third.entry}) == 3


def test_a_consequence_is_another_entry_in_the_same_transaction(iris: Actor) -> None:
    bed = do(LayBed(room=1), by=iris).thing
    planted = do(Plant(bed=bed), by=iris)
    assert Bed.everything.get(id=bed).plants == 1
    [counted] = written("toy.counted")
    assert f'"because":"{planted.entry.hex}"' in counted.header
    assert counted.id == uuid5(planted.entry, "toy.counted/1")  # its key follows from its parent’s


def test_a_refused_consequence_refuses_the_whole(iris: Actor) -> None:
    bed = do(LayBed(room=1), by=iris).thing
    do(Plant(bed=bed), by=iris)
    before = state()
    with pytest.raises(Refused, match="This bed is full"):
        do(Plant(bed=bed), by=iris)
    assert state() == before


def test_nobody_can_send_a_consequence_by_hand(iris: Actor) -> None:
    bed = do(LayBed(room=1), by=iris).thing
    for command in (Count(bed=bed), Creep(bed=bed)):  # Creep's own rule would let anyone
        with pytest.raises(NotAllowed, match="Only Alongside itself"):
            do(command, by=iris)


def test_many_are_done_in_one_transaction_or_none(iris: Actor) -> None:
    bed = do(LayBed(room=3), by=iris).thing
    before = state()
    with pytest.raises(Refused):
        do_many([(Plant(bed=bed), str(i)) for i in range(4)], by=iris)
    assert state() == before
    assert len(do_many([(Plant(bed=bed, note=str(i)), str(i)) for i in range(3)], by=iris)) == 3
    assert Bed.everything.get(id=bed).plants == 3
    assert replay.verify().sound
    assert replay.compare().sound


def test_an_author_can_be_a_pseudonym_for_this_matter_whose_link_is_sealed(iris: Actor, fern: UUID) -> None:
    done = do(Wave(plant=fern), by=iris, anonymous=True)
    line = entry(done.entry)
    assert iris.person is not None
    assert line.entry.by != iris.person
    assert iris.person.hex not in line.header
    again = do(Wave(plant=fern), by=iris, anonymous=True)
    assert entry(again.entry).entry.by == line.entry.by
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM kernel_pseudonym")
        row = repr(cursor.fetchall())
    assert iris.person.hex not in row
    assert str(iris.person) not in row
    from alongside.kernel.pseudonyms import person_behind, voices_of

    assert person_behind(line.entry.by) == iris.person
    assert voices_of(iris.person) == {line.entry.by}


def test_an_assisted_act_says_who_typed_and_whose_act_it_is(iris: Actor, moss: Actor, fern: UUID) -> None:
    by = Actor(person=iris.person, typed_by=moss.person, how="phone")
    line = entry(do(Water(plant=fern), by=by).entry)
    assert moss.person is not None
    assert line.entry.by == iris.person
    assert f'"typed_by":"{moss.person.hex}"' in line.header
    assert '"how":"phone"' in line.header


def test_what_is_to_leave_the_house_is_written_with_the_entry(iris: Actor, fern: UUID) -> None:
    done = do(Water(plant=fern), by=iris)
    row = Outbox.objects.get(entry=done.entry)
    assert (row.kind, row.payload, row.state) == ("tell", {"plant": fern.hex}, "waiting")


def test_someone_with_a_code_for_one_matter_can_do_nothing_in_another(iris: Actor, fern: UUID) -> None:
    other = do(Plant(), by=iris).thing
    guest = Actor(person=iris.person, only=fern, way="code")
    do(Water(plant=fern), by=guest)
    with pytest.raises(Missing):
        do(Water(plant=other), by=guest)


def test_times_and_ids_are_settled_before_the_entry_is_written(iris: Actor, fern: UUID) -> None:
    header = written(thing=fern)[0].header
    row = PlantRow.everything.get(id=fern)
    assert f'"plant":"{fern}"' in header
    assert f'"planted_on":"{row.planted_on.isoformat()}"' in header


def test_two_things_judged_together_are_locked_together(iris: Actor, fern: UUID) -> None:
    other = do(Plant(), by=iris).thing
    do(Water(plant=fern, litres=6), by=iris)
    do(Water(plant=other, litres=6), by=iris)
    with pytest.raises(Refused):
        do(Join(plant=fern, other=other), by=iris)


def test_every_command_says_who_may_and_what_it_is_for() -> None:
    for kind, command in COMMANDS.items():
        assert str(command.may.sentence), kind
        assert (command.__doc__ or "").strip(), kind
        assert str(command.says), kind
        for shape in command.asked_shapes():
            if shape.required and shape.kind != "own":
                assert str(shape.asked.used_for), f"{kind}.{shape.name} does not say who uses it and for what"


def test_a_list_that_is_left_out_is_an_empty_list_and_no_log_warns_of_it() -> None:
    for command in COMMANDS.values():
        wrong = [name for name, field in command.model_fields.items() if isinstance(field.default, tuple)]
        assert wrong == [], command.records
