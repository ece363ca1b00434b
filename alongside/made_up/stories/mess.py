"""What goes wrong in any place: a person twice on record, a message that came back, a misfiled note."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.kernel.policy import THE_CLOCK
from alongside.kernel.reading import history
from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import raises, tells
from alongside.topics.decisions.commands import AskQuestion, OfferHelp
from alongside.topics.decisions.commands.arriving import NoteNotArrived
from alongside.topics.people.commands.erasing import AskToRemoveNote
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import EndPost


def mess(place: Place) -> Iterator[Story]:
    """One story for each thing that goes wrong."""
    yield _twice(place)
    yield _came_back(place)
    yield _misfiled(place)
    yield _left(place)


def _twice(place: Place) -> Story:
    yield place.at_work(-64, 10)
    again = place.named("ivy again")
    add = AddPerson(
        person=again,
        draws=place.named("ivy again draws"),
        organisation=place.named("council"),
        name="Ivy Barlowe",
        team=place.named("east"),
    )
    place.do("leah", add)
    yield place.at_work(-58, 11)
    merge = place.named("ivy is one person")
    words = "The same house, and she laughs at the letter that calls her Barlowe."
    place.do("leah", AskToMerge(merge=merge, person=place.named("ivy"), other=again, words=words))
    yield place.at_work(-57, 11)
    place.do("ken", MergePeople(merge=merge))


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
    """A worker leaves. Whose worker she was is told by what nobody answers."""
    yield place.at_work(-35, 17)
    place.do("niamh", EndPost(link=place.named("niamh post")))
    yield place.at(-28, 19)
    question = "Who is my worker now? Niamh has gone."
    decision = raises(place, "ffion", "ffion", "Tell me who my worker is", "go_on")
    place.do("ffion", AskQuestion(decision=decision, words=question))
