"""Rosa and Devon: a ramp, a broken promise, small things, and the mornings that Ken wants to make fewer."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.kernel.reading import looked
from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import (
    answers,
    asks_to_check,
    decides,
    judges,
    judges_reply,
    promises,
    raises,
    replies,
    reports,
    tells,
    voice,
)
from alongside.topics.decisions.commands import (
    AddOption,
    AgreeEveryday,
    AnswerQuestion,
    AskForMoreTime,
    AskQuestion,
    ConfirmTelling,
    OfferHelp,
    OpenIt,
    RaiseDecision,
    SayWhoIsAffected,
)
from alongside.topics.decisions.models import Stake, Telling
from alongside.topics.promises.commands import AnswerWhatNow, SayWhatNow
from alongside.topics.promises.models import PromisedTo, Wants


def rosas(place: Place) -> Iterator[Story]:
    """The stories of Rosa and of Devon, her brother."""
    yield _ramp(place)
    yield _menu(place)
    yield _first_name(place)
    yield _monday(place)
    yield _mornings(place)
    yield _devons_break(place)
    yield _devons_evenings(place)


def _ramp(place: Place) -> Story:
    yield place.at_work(-210, 10)
    decision = place.do(
        place.who("rosa", typed_by="dee", how="paper"),
        RaiseDecision(
            person=place.named("rosa"),
            what="A ramp at my front door",
            change="start",
            why="I cannot get my chair over the step, so I go out only when Devon is here.",
        ),
    )
    yield place.at_work(-206, 11)
    looked(place.who("priya"), place.named("rosa"), "decision")
    telling = tells(place, "priya", decision, "rosa")
    asks_to_check(place, "priya", decision, "rosa")
    yield place.at_work(-197, 15)
    view = answers(
        place,
        "rosa",
        decision,
        "for_if",
        "Yes, and please not the steep kind. I want to go down it by myself.",
        telling=telling,
    )
    yield place.at_work(-192, 12)
    reply = replies(
        place,
        "priya",
        decision,
        view,
        "adopted",
        "It will be a long ramp with a low slope. You will try it with the fitter before it stays.",
    )
    yield place.at_work(-188, 10)
    judges_reply(place, "rosa", decision, reply, "yes")
    yield place.at_work(-186, 10)
    decides(
        place,
        "priya",
        decision,
        "agreed",
        "You want to go out by yourself. A ramp with a low slope makes that possible.",
    )
    yield place.at_work(-185, 14)
    promise = promises(
        place,
        "priya",
        "rosa",
        "Build the ramp at your front door",
        place.day(-24),
        decision=decision,
        owner="farah",
    )
    yield place.at_work(-120, 16)
    reports(place, "farah", promise, 30, "The plan is drawn. The wood is ordered.")
    yield place.at_work(-26, 16)
    reports(
        place, "farah", promise, 100, "We say the ramp is built.", "It is at your front door: go and look."
    )


def _menu(place: Place) -> Story:
    yield place.at_work(-80, 11)
    promise = promises(
        place,
        "tom",
        "rosa",
        "Send you the menu for the week in large print",
        place.day(-60),
        owner="jess",
        body="homelight",
    )
    yield place.at_work(-61, 15)
    reports(place, "jess", promise, 50, "We have a printer. The menus are not typed yet.")
    yield place.at_work(-55, 10)
    judges(
        place,
        "rosa",
        promise,
        "not_kept",
        "The menu still comes in tiny print. Devon reads it to me.",
        owner="jess",
    )
    yield place.at_work(-54, 10)
    rosa = place.who("rosa")
    made_to = PromisedTo.objects.seen_by(rosa).get(promise=promise, person=rosa.person)
    what_now = place.named("rosa menu what now")
    place.do(
        place.who("rosa", typed_by="priya", how="phone"),
        SayWhatNow(
            promise=promise,
            made_to=made_to.id,
            what_now=what_now,
            wants=Wants.NEW_DATE,
            words="I do not want a call. I want the menu.",
            new_day=place.day(9),
        ),
    )
    yield place.at_work(-50, 9)
    place.do(
        "jess",
        AnswerWhatNow(
            promise=promise,
            what_now=what_now,
            answer="You are right, and I am sorry. We will have it by the day that you named.",
        ),
    )


def _first_name(place: Place) -> Story:
    yield place.at_work(-150, 11)
    promise = promises(
        place,
        "tom",
        "rosa",
        "Send the same two people in the mornings",
        place.day(-110),
        owner="jess",
        body="homelight",
    )
    yield place.at_work(-112, 11)
    reports(place, "jess", promise, 100, "Tom and Wren come now, in turn.")
    yield place.at_work(-104, 14)
    judges(place, "rosa", promise, "kept", "Tom and Wren know how I like my tea. That matters.", owner="jess")


def _monday(place: Place) -> Story:
    yield place.at_work(-5, 9, 40)
    decision = place.do(
        "priya",
        AgreeEveryday(
            person=place.named("rosa"),
            what="On Mondays, come at eight and not at nine",
            change="swap",
            words="That suits me. I go to the choir on Mondays.",
            channel="phone",
        ),
    )
    yield place.at_work(-4, 15)
    asked = Telling.objects.seen_by(place.who("rosa")).get(decision=decision)
    place.do(
        place.who("rosa", way="code", only=decision), ConfirmTelling(decision=decision, telling=asked.id)
    )


def _mornings(place: Place) -> Story:
    """The decision that Ken cannot make yet."""
    yield place.at_work(-9, 10)
    decision = place.do(
        "ken",
        RaiseDecision(
            decision=place.named("rosa mornings"),
            person=place.named("rosa"),
            what="Change your morning help from 7 days to 5",
            change="cut",
            why="The budget for the East team is smaller this year. On two days Devon is often there.",
        ),
    )
    place.do(
        "ken",
        AddOption(
            decision=decision,
            option=place.named("rosa five mornings"),
            name="Help on five mornings",
            change="cut",
            words="Nobody comes on Saturday and Sunday morning.",
            risk="You might stay in bed until noon, and miss your tablets at eight.",
            risk_to="Rosa and Devon",
            forgone="Two mornings of help each week.",
        ),
    )
    place.do(
        "ken",
        AddOption(
            decision=decision,
            option=place.named("rosa shorter mornings"),
            name="Seven mornings, ten minutes shorter",
            change="cut",
            words="Somebody comes each morning. The visit is 35 minutes and not 45.",
            risk="There may be no time to talk, or to do your hair.",
            risk_to="Rosa",
        ),
    )
    place.do("ken", SayWhoIsAffected(decision=decision, person=place.named("devon"), stake=Stake.OTHER))
    yield place.at_work(-7, 11)
    told_devon = tells(place, "ken", decision, "devon")
    yield place.at(-5, 21)
    devon = voice(place, "devon", decision)
    place.do(devon, OpenIt(decision=decision, telling=told_devon))
    answers(
        place,
        "devon",
        decision,
        "against",
        "I start work at six on Saturdays. On those days nobody would be there at all.",
    )
    yield place.at_work(-3, 12)
    tells(place, "ken", decision, "rosa")
    for key in ("priya", "ken", "june"):
        looked(place.who(key), place.named("rosa"), "decision")


def _devons_break(place: Place) -> Story:
    yield place.at(-140, 20)
    decision = raises(place, "devon", "devon", "One free weekend in each month", "start", "I am worn out.")
    yield place.at_work(-137, 9)
    telling = tells(place, "leah", decision, "devon")
    yield place.at(-136, 21)
    answers(place, "devon", decision, "for", "I want to see my friends in Leeds again.", telling=telling)
    yield place.at_work(-130, 10)
    decides(place, "leah", decision, "agreed", "You need rest. It helps you and it helps Rosa.")
    yield place.at_work(-129, 10)
    promise = promises(
        place, "leah", "devon", "Arrange your first free weekend", place.day(-95), decision=decision
    )
    yield place.at_work(-97, 10)
    reports(place, "leah", promise, 100, "Homelight stayed with Rosa on the second weekend.")
    yield place.at(-90, 20)
    judges(place, "devon", promise, "partly", "I got one day and not two. It was a good day.")


def _devons_evenings(place: Place) -> Story:
    yield place.at_work(-16, 10)
    decision = raises(
        place,
        "leah",
        "devon",
        "Someone to sit in two evenings a week, so that you can go out",
        "start",
        "In your review you said that you have no evening for yourself.",
    )
    yield place.at_work(-15, 10)
    telling = tells(place, "leah", decision, "devon")
    yield place.at(-14, 21)
    devon = place.who("devon", way="code", only=decision)
    place.do(devon, OpenIt(decision=decision, telling=telling))
    question = place.named("devon asks who sits in")
    place.do(
        devon,
        AskQuestion(
            decision=decision, question=question, words="Will it be somebody whom Rosa knows already?"
        ),
    )
    yield place.at_work(-10, 16)
    place.do(
        "leah",
        AnswerQuestion(
            decision=decision,
            question=question,
            answer="Yes, if you both like. Tom has said that he can do Tuesdays.",
        ),
    )
    yield place.at(-8, 21)
    place.do(devon, AskForMoreTime(decision=decision))
    yield place.at_work(-6, 9)
    place.do(
        "leah",
        OfferHelp(
            decision=decision,
            person=place.named("devon"),
            what="call",
            channel="phone",
            words="Talked for ten minutes. Devon wants to ask Rosa first.",
        ),
    )
