"""Ana, who uses an advocate, and who brings her own matters too."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import (
    answers,
    decides,
    judges_reply,
    promises,
    raises,
    replies,
    reports,
    tells,
)
from alongside.topics.decisions.commands import (
    AddOption,
    AnswerQuestion,
    AskForHelp,
    AskQuestion,
    GiveView,
    OpenIt,
    SayIfAnswered,
)
from alongside.topics.decisions.models import View
from alongside.topics.promises.commands import GiveVerdict
from alongside.topics.promises.models import PromisedTo


def anas(place: Place) -> Iterator[Story]:
    """Ana's stories."""
    yield _hours(place)
    yield _holiday(place)


def _hours(place: Place) -> Story:
    """From 20 hours to 15; her advocate speaks too; it ends at 18, and she says why that is not enough."""
    yield place.at_work(-75, 10)
    decision = raises(
        place,
        "omar",
        "ana",
        "Change your support from 20 hours a week to 15",
        "cut",
        "The way that hours are worked out was changed in spring.",
    )
    yield place.at_work(-74, 10)
    telling = tells(place, "omar", decision, "ana")
    yield place.at(-73, 19)
    place.do("ana", OpenIt(decision=decision, telling=telling))
    question = place.named("ana asks about hours")
    place.do("ana", AskQuestion(decision=decision, question=question, words="Which five hours would go?"))
    place.do("ana", AskForHelp(decision=decision, what="advocate", companion=place.named("mina")))
    yield place.at_work(-70, 15)
    place.do(
        "omar",
        AnswerQuestion(
            decision=decision,
            question=question,
            answer="Three hours of office help, and two hours on Sunday evening.",
        ),
    )
    yield from _eighteen(place, decision)


def _eighteen(place: Place, decision: UUID) -> Story:
    """What she puts against it, what her advocate adds, and what is decided."""
    yield place.at(-66, 20)
    option = place.named("ana eighteen")
    place.do(
        "ana",
        AddOption(
            decision=decision,
            option=option,
            name="18 hours, and Sunday stays",
            change="cut",
            words="I give up two of the office hours. Sunday evening stays as it is.",
            risk="My post would pile up in a busy week.",
            risk_to="me",
        ),
    )
    view = answers(
        place,
        "ana",
        decision,
        "against",
        "Without Sunday evening I cannot get ready for work. That ends my job, and the jobs of four others.",
    )
    yield place.at_work(-65, 10)
    place.do(
        "mina",
        GiveView(
            decision=decision,
            on_behalf=place.named("ana"),
            position="against",
            words="Ana asks me to add: the letter came in a form that her software could not read.",
            instead="She would look at it again in a form that her software reads.",
        ),
    )
    yield place.at_work(-58, 11)
    reply = replies(
        place,
        "omar",
        decision,
        view,
        "partly",
        "Sunday evening stays. Two office hours go and not three. Your job matters to us too.",
    )
    yield place.at(-56, 18)
    judges_reply(place, "ana", decision, reply, "partly", "Two hours are still two hours.")
    yield place.at_work(-55, 9)
    _answer_the_advocate(place, decision)
    decides(
        place,
        "omar",
        decision,
        "agreed_with_changes",
        "You showed us what the hours are for. It is 18 and not 15, the way you put it.",
        option=option,
    )
    yield from _letters(place, decision)


def _letters(place: Place, decision: UUID) -> Story:
    """A promise that came of it, judged through her advocate."""
    yield place.at_work(-54, 9)
    promise = promises(
        place,
        "omar",
        "ana",
        "Send every letter to you as a file that your software can read",
        place.day(-30),
        decision=decision,
    )
    yield place.at_work(-32, 9)
    reports(place, "omar", promise, 100, "Your record says it now, so every letter should.")
    yield place.at_work(-27, 14)
    mina = place.who("mina")
    made_to = PromisedTo.objects.seen_by(mina).get(promise=promise, person=place.named("ana"))
    place.do(
        mina,
        GiveVerdict(
            promise=promise,
            made_to=made_to.id,
            said="partly",
            words="Ana says: letters are fine, but the bill was a picture again.",
        ),
    )


def _answer_the_advocate(place: Place, decision: UUID) -> None:
    """What the advocate added is answered too: each view that went the other way has a reply."""
    for view in View.objects.seen_by(place.who("omar")).filter(
        decision=decision, said_by=place.named("mina")
    ):
        replies(
            place,
            "omar",
            view.decision,
            view.id,
            "adopted",
            "You are right. Letters will come as text from now on.",
        )


def _holiday(place: Place) -> Story:
    """Raised by Ana herself; she has answered; it is the council's turn."""
    yield place.at(-18, 20)
    decision = raises(
        place,
        "ana",
        "ana",
        "Pay my assistants for the week when I am at my sister’s in Spain",
        "money",
        "I need them there as I do here.",
    )
    yield place.at_work(-16, 9)
    telling = tells(place, "omar", decision, "ana")
    yield place.at(-15, 21)
    view = answers(
        place,
        "ana",
        decision,
        "other",
        "I want it written into my plan, so that I need not ask each year.",
        telling=telling,
    )
    yield place.at_work(-4, 9)
    reply = replies(
        place, "omar", decision, view, "partly", "We think so too. I have to ask how it is written in."
    )
    yield place.at(-3, 20)
    place.do(
        "ana", SayIfAnswered(decision=decision, reply=reply, answered="partly", words="Ask soon, please.")
    )
