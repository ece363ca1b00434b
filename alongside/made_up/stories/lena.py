"""Lena, who is in danger from Victor: her unpaid carer, and her attorney for money. They share a phone."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import asks_to_check, raises, voice
from alongside.topics.decisions.commands import ActUrgently, AskForMoreTime, GiveView, OfferHelp, Tell
from alongside.topics.people.commands.keeping import AgreeHoldBack, ProposeHoldBack, WhyHeldBack
from alongside.topics.people.commands.speaking import DisputeSpeaker


def lenas(place: Place) -> Iterator[Story]:
    """Lena's stories."""
    yield _purse(place)
    yield _safe_place(place)


def _purse(place: Place) -> Story:
    """Her own money. Her attorney speaks against it, and his words count only as his own."""
    yield place.at_work(-40, 11)
    decision = raises(
        place,
        "mina",
        "lena",
        "My benefits come into an account of my own",
        "money",
        "Lena says: I have not held my own bank card since last year.",
    )
    yield place.at_work(-38, 11)
    place.do(
        "priya",
        Tell(decision=decision, person=place.named("lena"), channel="phone", sign="message_left", words=""),
    )
    asks_to_check(place, "priya", decision, "lena")
    yield place.at_work(-36, 15)
    place.do(
        "mina",
        DisputeSpeaker(
            link=place.named("lena victor attorney"),
            words="Lena told me, alone, that he keeps her card and reads her messages.",
        ),
    )
    yield place.at_work(-33, 15)
    place.do(
        voice(place, "lena", decision),
        GiveView(
            decision=decision,
            position="for",
            words="I want my own account. Please do not ring the house about it.",
        ),
    )
    yield place.at_work(-20, 9)
    place.do("priya", AskForMoreTime(decision=decision))


def _safe_place(place: Place) -> Story:
    """Help that started at once, and is held back from the one she fears, by two people."""
    yield place.at_work(-2, 9)
    decision = place.do(
        "priya",
        ActUrgently(
            decision=place.named("lena safe"),
            person=place.named("lena"),
            what="A worker whom you chose comes each morning while Victor is out",
            change="start",
            words="You told the choir that you are afraid to be alone with him.",
        ),
    )
    held = place.named("lena held back")
    place.do(
        "priya",
        ProposeHoldBack(
            hold_back=held,
            about_whom=place.named("lena"),
            table="decisions.Decision",
            thing_held=decision,
            held_from=place.named("victor"),
            test=WhyHeldBack.SERIOUS_HARM,
            reasons="Lena says that he hurt her when he last found out.",
            ends_on=place.day(28),
            review_on=place.day(7),
        ),
    )
    looked = "Rang the choir. Lena spoke to me herself, and Priya asked what else would keep her safe."
    place.do("ruth", AgreeHoldBack(hold_back=held, checked=looked))
    place.do(
        "priya",
        OfferHelp(
            decision=decision,
            person=place.named("lena"),
            what="advocate",
            channel="phone",
            words="Rang her friend’s number. Lena wants Mina to come on Friday.",
        ),
    )
