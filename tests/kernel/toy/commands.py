"""What can be done in a garden: enough to try every rule of the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.db.models import Q

from alongside.kernel.command import Ask, AsWhat, At, Command, Fresh, Hand, Id, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor, anyone, rule, signed_in, the_installation
from tests.kernel.toy.models import Bed
from tests.kernel.toy.models import Plant as PlantRow


@rule("the keeper")
def the_keeper(actor: Actor, at: datetime) -> Q:
    return Q(keeper=actor.person)


class LayBed(Command):
    """Lay a bed."""

    records = "toy.laid"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.BOOKS
    may = signed_in
    says = "%(by)s laid a bed."

    bed: Fresh[Bed] = Ask(settled=True)
    room: int = Ask("How many plants?", used_for="to stop the bed filling up", ge=0)

    def apply(self, entry: Recorded) -> None:
        Bed.begin(entry, id=self.bed, room=self.room, plants=0)


class Count(Command):
    """Count a plant in its bed."""

    records = "toy.counted"
    may = the_installation
    says = "The bed was counted."
    only_as_consequence = True

    bed: Id[Bed]

    def objections(self, bed: Bed, at: At) -> Iterator[tuple[str, str]]:
        if bed.plants >= bed.room:
            yield "", "This bed is full. Lay another."

    def apply(self, bed: Bed, entry: Recorded) -> None:
        bed.change(entry, plants=bed.plants + 1)


class Creep(Command):
    """Let a bed grow by itself."""

    records = "toy.crept"
    may = anyone
    says = "The bed grew."
    only_as_consequence = True

    bed: Id[Bed]

    def apply(self, bed: Bed, entry: Recorded) -> None:
        bed.change(entry, room=bed.room + 1)


class Plant(Command):
    """Plant something."""

    records = "toy.planted"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.BOOKS
    may = signed_in
    says = "%(by)s planted something."

    plant: Fresh[PlantRow] = Ask(settled=True)
    bed: Annotated[UUID, Ref("toy.Bed")] | None = Ask("Which bed?", default=None)
    note: Sealed = Ask("Anything to remember?", default="")
    planted_on: date | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        return {"planted_on": at.date()}

    def about(self, at: At) -> UUID | None:
        return at.by.person

    def apply(self, entry: Recorded) -> None:
        PlantRow.begin(
            entry, id=self.plant, keeper=entry.by, water=0, planted_on=self.planted_on, note=self.note
        )


class Water(Command):
    """Water a plant."""

    records = "toy.watered"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.BOOKS
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    may = the_keeper
    says = "%(by)s watered it."
    version = 2
    upcasts: ClassVar[Any] = {1: lambda fields: {"plant": fields["plant"], "litres": fields["pints"] // 2}}

    plant: Id[PlantRow]
    litres: int = Ask("How much?", default=1)
    note: Sealed = Ask("Anything to remember?", default="")

    def objections(self, plant: PlantRow, at: At) -> Iterator[tuple[str, str]]:
        if plant.water + self.litres > 10:
            yield "litres", "That is too much. Wait until it is dry."

    def apply(self, plant: PlantRow, entry: Recorded) -> None:
        plant.change(entry, water=plant.water + self.litres, note=self.note or plant.note)


class Join(Command):
    """Put the water of one plant on another: judged by both, so both are locked."""

    records = "toy.joined"
    may = the_keeper
    says = "%(by)s joined two."
    plant: Id[PlantRow]
    other: Id[PlantRow]

    def also_locks(self) -> Iterable[UUID]:
        return [self.other]

    def objections(self, plant: PlantRow, other: PlantRow, at: At) -> Iterator[tuple[str, str]]:
        if plant.water + other.water > 10:
            yield "other", "Together that is too much."

    def leaves(
        self, plant: PlantRow, other: PlantRow, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield "tell", {"plant": other.id.hex}

    def apply(self, plant: PlantRow, other: PlantRow, entry: Recorded) -> None:
        plant.change(entry, water=plant.water + other.water)


class Wave(Command):
    """Wave at a plant. Anyone can."""

    records = "toy.waved"
    may = anyone
    says = "Somebody waved."
    plant: Id[PlantRow]

    def apply(self, plant: PlantRow, entry: Recorded) -> None:
        return None


class Break(Command):
    """Fail without a reason, as a bug does."""

    records = "toy.broke"
    may = anyone
    says = "It broke."
    plant: Fresh[PlantRow] = Ask(settled=True)

    def apply(self, entry: Recorded) -> None:
        raise ZeroDivisionError("a bug")
