"""What goes wrong in any place: a person twice on record, a message that came back, a misfiled note."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.kernel.policy import THE_CLOCK
from alongside.kernel.reading import history
from alongside.made_up.conductor import Story
from alongside.made_up.ground import BUILDER
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import raises, tells
from alongside.topics.decisions.commands import AskQuestion, OfferHelp
from alongside.topics.decisions.commands.arriving import NoteNotArrived
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.erasing import AskToRemoveNote
from alongside.topics.people.commands.links import Relate
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import EndPost, GivePost
from alongside.topics.people.models import LinkKind


def mess(place: Place) -> Iterator[Story]:
    """One story for each thing that goes wrong."""
    yield _who_agrees(place)
    yield _twice(place)
    yield _waits_for_a_yes(place)
    yield _came_back(place)
    yield _misfiled(place)
    yield _left(place)


def _twice_on_record(place: Place, by: str, key: str, name: str) -> UUID:
    """A second record of somebody, under another name."""
    again = place.named(f"{key} again")
    add = AddPerson(
        person=again,
        draws=place.named(f"{key} again draws"),
        organisation=place.named("council"),
        name=name,
        team=place.named("east"),
    )
    place.do(by, add)
    return again


def _who_agrees(place: Place) -> Story:
    """The council names who agrees from outside its lines: Ana, for the people she works with."""
    yield place.at_work(-70, 9)
    office, body = place.named("safe office"), place.named("ulo")
    place.do(BUILDER, AddOffice(office=office, organisation=body, name="Safeguarding lead, Living Our Way"))
    holds = AppointToOffice(holding=place.named("ana keeps safe"), office=office, person=place.named("ana"))
    place.do(BUILDER, holds)
    place.do("june", NameWhoAgrees(organisation=place.named("council"), office=office))


def _waits_for_a_yes(place: Place) -> Story:
    """Somebody is perhaps twice on record. Nobody outside the line has looked yet."""
    yield place.at_work(-1, 15)
    again = _twice_on_record(place, "leah", "joyce", "Joy Penrose")
    words = "She signs her letters Joy, and the writing is the same."
    place.do("leah", AskToMerge(person=place.named("joyce"), other=again, words=words))


def _twice(place: Place) -> Story:
    yield place.at_work(-64, 10)
    again = _twice_on_record(place, "priya", "nell", "Nell Abbot")
    yield place.at_work(-58, 11)
    merge = place.named("nell is one person")
    words = "The same house, and she laughs at the letter that spells her with one t."
    place.do("priya", AskToMerge(merge=merge, person=place.named("nell"), other=again, words=words))
    yield place.at_work(-57, 11)
    place.do("ruth", MergePeople(merge=merge, checked="Rang her. She has one card with both spellings."))


def _came_back(place: Place) -> Story:
    yield place.at_work(-12, 10)
    what = "Your review is in the town hall and not at home"
    decision = raises(place, "bethan", "ravi", what, "move", "The room at your home is being painted.")
    yield place.at_work(-11, 10)
    telling = tells(place, "bethan", decision, "ravi")
    yield place.at_work(-10, 9)
    failed = NoteNotArrived(decision=decision, person=place.named("ravi"), telling=telling, channel="text")
    place.do(THE_CLOCK, failed)


def _misfiled(place: Place) -> Story:
    yield place.at_work(-15, 15)
    what = "Go swimming with somebody on Fridays"
    decision = raises(place, "grace", "odette", what, "start", "You asked for it in spring.")
    words = "Rang about the new boiler at number nine. The engineer comes on Tuesday."
    place.do("grace", OfferHelp(decision=decision, what="call", channel="phone", words=words))
    yield place.at_work(-14, 9)
    entry = _last_entry(decision)
    why = "This is of another person, whom I rang just before."
    place.do("grace", AskToRemoveNote(person=place.named("odette"), note=entry, words=why))


def _last_entry(decision: UUID) -> UUID:
    return [line.recorded.id for line in history(decision)][-1]


def _left(place: Place) -> Story:
    """A worker leaves, and the person they worked for asks who comes now. Nobody has answered."""
    yield place.at_work(-200, 9)
    bryn, sian, council = place.named("bryn"), place.named("sian"), place.named("council")
    learning = place.named("learning")
    for person, name, team in ((bryn, "Bryn Hale", None), (sian, "Sian Moss", learning)):
        add = AddPerson(
            person=person, draws=place.named(f"{name} draws"), organisation=council, name=name, team=team
        )
        place.do(BUILDER, add)
    post = place.named("bryn post")
    give = GivePost(link=post, organisation=council, person=bryn, kind=LinkKind.PRACTITIONER, team=learning)
    place.do(BUILDER, give)
    worker = Relate(
        link=place.named("sian bryn"), person=sian, other=bryn, kind=LinkKind.NAMED_WORKER, team=learning
    )
    place.do(BUILDER, worker)
    yield place.at_work(-35, 17)
    place.do(BUILDER, EndPost(link=post))
    yield place.at(-28, 19)
    decision = raises(place, "sian", "sian", "Tell me who my worker is", "go_on")
    place.do("sian", AskQuestion(decision=decision, words="Who is my worker now? Bryn has gone."))
