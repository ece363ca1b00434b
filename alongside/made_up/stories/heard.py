"""Being heard in Wexmoor: a refusal, feedback with a code, and what practitioners speak up about."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.kernel.policy import NOBODY
from alongside.made_up.conductor import Story
from alongside.made_up.ground import BUILDER
from alongside.made_up.place import Place
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.voice.commands import (
    AnswerNote,
    AppealRefusal,
    AskToBeHeard,
    GiveFeedback,
    ModerateFeedback,
    NameDesk,
    RefuseHearing,
    ReplyToFeedback,
    SpeakUp,
    WriteDownFeedback,
)
from alongside.topics.voice.models import About, Purpose

SAID = (
    ("web", "The new form asks for my telephone number before I can go on. I do not hear on the telephone."),
    ("kiosk", "The day centre was cold all week."),
    ("other", "My neighbour says the new driver waits for her. She is glad of it."),
)
TOLD = (
    ("phone", "Nobody told us that the bus stop moved."),
    ("paper", "Please write bigger. I could not read the last letter."),
    ("text", "thank u for the ramp"),
)


def heard(place: Place) -> Iterator[Story]:
    """One story for each way of being heard."""
    yield _refused(place)
    yield _feedback(place)
    yield _speaking_up(place)


def _asks(place: Place, by: str, **more: object) -> UUID:
    values = {"organisation": place.named("council"), "office": place.named("june office"), **more}
    return place.do(by, AskToBeHeard(**values))


def _refused(place: Place) -> Story:
    """One person is refused, and asks somebody else to look again."""
    yield place.at_work(-25)
    hearing = _asks(
        place,
        "marcus",
        meeting="The scrutiny committee",
        item="The learning disability day centre",
        meets_on=place.day(20),
        minutes=10,
        name_of="several",
        people=12,
        who="People who go to the day centre",
        is_open=True,
    )
    yield place.at_work(-15)
    refuse = RefuseHearing(
        hearing=hearing,
        reasons="The committee hears officers only on this item.",
        would_change="A written statement that an officer can read.",
    )
    place.do("june", refuse)
    yield place.at_work(-12)
    appeal = AppealRefusal(
        hearing=hearing, office=place.named("alan office"), words="We can speak for ourselves."
    )
    place.do("marcus", appeal)


def _feedback(place: Place) -> Story:
    yield place.at_work(-45)
    council = place.named("council")
    desk = NameDesk(organisation=council, purpose=Purpose.FEEDBACK, office=place.named("alan office"))
    place.do("june", desk)
    runs = NameDesk(organisation=council, purpose=Purpose.WEBSITE, office=place.named("alan office"))
    place.do("june", runs)
    site = "The letters are too small on my telephone. I cannot find the bigger ones."
    place.do(NOBODY, GiveFeedback(about_what=About.WEBSITE, words=site, may_be_shown=True))
    given = []
    for channel, words in SAID:
        command = GiveFeedback(organisation=council, words=words, channel=channel, may_be_shown=True)
        given.append(place.do(NOBODY, command))
    for channel, words in TOLD:
        typed = WriteDownFeedback(
            at_body=council, organisation=council, words=words, channel=channel, read_back=True
        )
        given.append(place.do("dee", typed))
    yield place.at_work(-38)
    did = ReplyToFeedback(feedback=given[0], result="did", because="The number is no longer asked for.")
    place.do("alan", did)
    place.do("alan", ModerateFeedback(feedback=given[0], is_shown=True))
    no = ReplyToFeedback(
        feedback=given[1],
        result="did_not",
        because="The boiler is not ours. We have asked its owner, and will say what comes of it.",
    )
    place.do("alan", no)
    place.do("alan", ModerateFeedback(feedback=given[1], is_shown=False, reason="names_someone"))


def _speaking_up(place: Place) -> Story:
    """An independent guardian answers one practitioner, and is late with another."""
    yield place.at_work(-90)
    office = place.named("guardian office")
    body = place.named("advocacy")
    place.do(BUILDER, AddOffice(office=office, organisation=body, name="Guardian for speaking up"))
    takes = AppointToOffice(holding=place.named("sol guards"), office=office, person=place.named("sol"))
    place.do(BUILDER, takes)
    desk = NameDesk(organisation=place.named("council"), purpose=Purpose.SPEAK_UP, office=office)
    place.do("june", desk)
    for number, key in enumerate(("priya", "grace", "callum", "hana", "niamh", "omar")):
        yield place.at_work(-85 + number * 2, 12)
        words = "People wait in bed until noon since the round was cut. I was told not to write it down."
        note = place.do(key, SpeakUp(office=office, theme="cuts", words=words, to_members=True))
        if number < 4:
            yield place.at_work(-75 + number * 2, 15)
            answer = "The cut was looked at again, with the people it is about. The round starts at eight."
            place.do("sol", AnswerNote(note=note, words=answer))
