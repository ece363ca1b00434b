"""Two write down one death at the same moment, or one is undone while it is borne out: one thing is so."""

from functools import partial
from uuid import UUID

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Refused
from alongside.kernel.door import Done, do
from alongside.topics.people.commands.deaths import BearOutDeath, SayTheyLive, WriteDownDeath
from alongside.topics.people.commands.links import Relate
from alongside.topics.people.models import Death, Link, LinkKind, Person, PersonState
from tests.kernel.at_once import at_once
from tests.kernel.conftest import committed as committed  # the same ground as the tests of races
from tests.world import BUILDER, Cast, named

pytestmark = pytest.mark.usefixtures("committed")
ROSA, LENA = named("rosa"), named("lena")
ROUNDS = 6
KINDS = (LinkKind.FRIEND, LinkKind.FAMILY, LinkKind.CARER, LinkKind.ADVOCATE, LinkKind.SPOKESPERSON)
FOUND = "Her brother rang."


def standing(person: UUID) -> int:
    return Death.everything.filter(person=person, written_at__isnull=False, undone_at=None).count()


def test_two_who_write_it_down_at_once_write_one_death_and_a_mistake_is_undone_once(cast: Cast) -> None:
    write = WriteDownDeath(person=ROSA, words=FOUND)
    for _ in range(ROUNDS):
        found = at_once(partial(do, write, by=cast.priya), partial(do, write, by=cast.ken))
        assert sorted(type(one).__name__ for one in found) == ["Done", "Refused"], found
        assert standing(ROSA) == 1
        death = next(one.thing for one in found if isinstance(one, Done))
        undo = SayTheyLive(death=death)
        found = at_once(partial(do, undo, by=cast.priya), partial(do, undo, by=cast.rosa))
        assert sorted(type(one).__name__ for one in found) == ["Done", "Refused"], found
        assert Person.everything.get(pk=ROSA).state == PersonState.ACTIVE and standing(ROSA) == 0
    assert replay.verify().sound
    assert replay.compare().sound


def test_a_death_is_borne_out_or_undone_at_one_moment_and_both_are_never_half_true(cast: Cast) -> None:
    for _ in range(ROUNDS):
        death = do(WriteDownDeath(person=ROSA, words=FOUND), by=cast.priya).thing
        bear, undo = BearOutDeath(death=death), SayTheyLive(death=death)
        found = at_once(partial(do, bear, by=cast.ken), partial(do, undo, by=cast.priya))
        assert isinstance(found[1], Done) and isinstance(found[0], Done | Refused), found
        assert Person.everything.get(pk=ROSA).state == PersonState.ACTIVE
    assert replay.compare().sound


def test_nobody_is_given_a_voice_for_others_in_the_moment_in_which_their_death_is_written(cast: Cast) -> None:
    for kind in KINDS:
        friend = Relate(person=LENA, other=ROSA, kind=kind)
        write = WriteDownDeath(person=ROSA, words=FOUND)
        found = at_once(partial(do, friend, by=BUILDER), partial(do, write, by=cast.priya))
        assert isinstance(found[1], Done) and isinstance(found[0], Done | Refused), found
        for link in Link.everything.filter(person=LENA, other=ROSA):
            assert not link.is_live(clock.now()) and link.closes_at is not None
        do(SayTheyLive(death=found[1].thing), by=cast.priya)
    assert replay.compare().sound


def test_whoever_has_died_is_not_named_anew_in_the_life_of_another(cast: Cast) -> None:
    do(WriteDownDeath(person=ROSA, words=FOUND), by=cast.priya)
    with pytest.raises(Refused, match="they have died"):
        do(Relate(person=LENA, other=ROSA, kind=LinkKind.FRIEND), by=BUILDER)
