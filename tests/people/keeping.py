"""A dispute, and a second record of Rosa, which is kept beside her first."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.door import do
from alongside.topics.people.commands.persons import AddPerson, LinkToCouncilSystem, System
from alongside.topics.people.commands.reaching import AskForFormat
from alongside.topics.people.commands.speaking import DisputeSpeaker
from tests.world import BUILDER, Cast, named


def a_dispute(cast: Cast) -> UUID:
    """A neighbour's word about Lena's attorney, which Lena would see."""
    return do(DisputeSpeaker(link=named("lena victor attorney"), words="I hear him."), by=cast.stranger).thing


def second_record_of_rosa(cast: Cast) -> UUID:
    rosie = named("Rosie Marlow")
    do(AddPerson(person=rosie, organisation=cast.council, name="Rosie Marlow", team=cast.east), by=BUILDER)
    do(AskForFormat(person=rosie, code="easy_read"), by=cast.ken)
    do(LinkToCouncilSystem(person=rosie, system=System.HOUSING, reference="H 1234"), by=cast.ken)
    return rosie
