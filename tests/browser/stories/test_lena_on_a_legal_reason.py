"""Lena Fox has pneumonia and cannot decide now where to live. A legal reason stands in; then it lapses."""

from datetime import date, timedelta

import pytest

from tests.browser.stories.telling import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MATTER = "Stay in a room at Park House while you are ill."
HOME = "Go home to Alder Row, with the same help as before."
EVIDENCE = {
    "Which decision can the person not make now?": "Where to live while she is ill.",
    "How does their condition cause this?": "A fever from pneumonia. She forgets within a minute.",
    "What help were they given to decide?": "Photographs, two quiet mornings, and Mina beside her.",
    "Who assessed this?": "Dr Ellen Marsh",
    "Who was asked, and what did they say?": "Mina, her advocate: ask her each day, and keep her home.",
    "What does the person show they want, and what is your reply?": "The window. She has the room with it.",
    "Which ways that limit them less did you look at?": "Night nurses at home. None was free this month.",
}


def test_a_decision_on_a_legal_reason_lapses_and_lena_decides_for_herself(story: Story) -> None:
    matter = priya_raises_it(story)
    an_enquiry_alone_opens_nothing(story, matter)
    an_attorney_for_money_cannot_decide_where_she_lives(story, matter)
    what_she_shows_is_written_down_and_her_advocate_is_heard(story, matter)
    the_legal_reason_is_written_down(story, matter)
    it_opens_nothing_until_her_advocate_has_seen_it(story, matter)
    everybody_is_answered_and_it_is_decided(story, matter)
    renewing_needs_its_evidence(story, matter)
    with story.later(12):
        it_lapses_and_everybody_is_told(story, matter)
        nothing_can_be_cut_because_it_lapsed(story)
        again = lena_is_asked_again(story, matter)
        lena_answers_for_herself(story, again)


def number(matter: str) -> str:
    return matter.rsplit("/", 1)[1]


def priya_raises_it(story: Story) -> str:
    priya = story.at("Priya")
    priya.open("/").picture("Where Priya begins").open("/decisions/")
    priya.follow("Say what needs deciding").follow("Something in the life of someone I know or work with")
    priya.choose("Whose life is it about?", "Lena Fox").write("What needs deciding?", MATTER)
    priya.choose("What kind of change is it?", "Move you, or move it somewhere else")
    priya.write("Why?", "You are very ill, and alone at night.").press("Send").sent()
    priya.reads("You cannot decide this yet").reads("Lena Fox has not answered")
    matter = priya.picture("It waits for Lena").path
    priya.follow("Ring or visit Lena Fox").choose("How did you tell them?", "Visit")
    priya.choose("What do you know?", "It is sent. I do not know").press("Send").sent()
    return matter


def an_enquiry_alone_opens_nothing(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).open_more().follow("Write down what protects the person")
    priya.choose("What protects them?", "A safeguarding enquiry")
    priya.write("How?", "An enquiry began on Monday.").press("Send").sent()
    priya.reads("You cannot decide this yet").picture("An enquiry alone opens nothing")
    priya.open(f"/do/decisions.decided?decision={number(matter)}&next={matter}")
    priya.choose("What is decided?", "Agreed").write("Why?", "There is an enquiry.").press("Send")
    priya.refused("Lena Fox has not answered").picture("The form says no")


def an_attorney_for_money_cannot_decide_where_she_lives(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).follow("Write down a legal reason, if there is one")
    priya.reads("A safeguarding enquiry is not a legal reason. Nor is having an advocate. Nor is no answer.")
    priya.choose("Which legal reason is it?", "An attorney or deputy decides this for them")
    priya.picture("Which legal reason").press("Continue")
    for question, answer in {
        "Who holds the power?": "Victor Fox",
        "What does the power cover?": "Money and property",
        "Its number in the register": "7000-1234-5678",
        "Why is this decision within it?": "He says that it is.",
        "What does the person show they want, and what is your reply?": "She turns from him.",
    }.items():
        priya.write(question, answer)
    priya.date("When did you see the register or the document?", date.today())
    priya.choose("Which attorney or deputy decides this?", "Victor Fox").press("Write it down")
    priya.refused("Their power does not cover this. Ask the person.")
    priya.picture("A power over money does not reach where she lives")
    victor = story.at("Victor")
    victor.open(f"/do/decisions.view_given?decision={number(matter)}&next={matter}")
    victor.picture("Victor cannot answer for her").reads("Someone else can do this")


def what_she_shows_is_written_down_and_her_advocate_is_heard(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).open_more().follow("Write down what they show they want")
    priya.write("What do they show they want, and how?", "She points at the window, and smiles at the birds.")
    priya.date("When?", date.today()).press("Send").sent()
    mina = story.at("Mina")
    mina.open("/").picture("Where her advocate begins")
    mina.open(matter).follow("Legal reasons, what keeps the person safe").reads("points at the window")
    mina.picture("Her advocate reads what she shows").open(matter).follow("Say what they told you")
    mina.choose("What do they think?", "I do not agree")
    mina.write("Say it in their own words.", "When the fever was low, Lena said: home, home.")
    mina.open_more().write("what do they want instead", "Home, with a nurse at night.")
    mina.picture("Her advocate speaks").press("Send").sent()
    priya.open(matter).picture("What Priya reads then")


def the_legal_reason_is_written_down(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    for protects, how in {
        "The way that limits them least": "The door is not locked. She may leave with anyone she likes.",
        "They were involved as far as they could be": "Asked each day, with pictures, when the fever is low.",
    }.items():
        priya.open(matter).open_more().follow("Write down what protects the person")
        priya.choose("What protects them?", protects).write("How?", how).press("Send").sent()
    priya.open(matter + "/legal-reason")
    priya.choose("Which legal reason is it?", "In the person’s best interests").press("Continue")
    priya.write("Who assessed this?", "Dr Ellen Marsh").press("Write it down")
    priya.refused("Answer this question.").picture("No legal reason without its evidence")
    for question, answer in EVIDENCE.items():
        priya.write(question, answer)
    priya.choose("What can they not do, even with help?", "Keep in mind")
    priya.date("When?", date.today()).date("On which day does it end?", date.today() + timedelta(days=10))
    priya.picture("The evidence").press("Write it down").sent()
    priya.reads("This opens nothing yet").reads("Dr Ellen Marsh").picture("The legal reason, with its end")


def it_opens_nothing_until_her_advocate_has_seen_it(story: Story, matter: str) -> None:
    priya, mina = story.at("Priya"), story.at("Mina", narrow=True)
    priya.open(matter).reads("Nobody outside your line has seen your legal reason about Lena Fox")
    priya.reads("We have asked: the person’s advocate.").picture("It waits to be seen from outside")
    mina.open("/").reads("Look at a legal reason").picture("Her advocate is asked to look")
    mina.follow("Somebody wants to decide without Lena Fox").reads("Dr Ellen Marsh")
    mina.picture("What it rests on").follow("Say what I saw, or that I do not agree")
    mina.choose("What do you say of this legal reason?", "I have seen what it rests on, and it is so")
    mina.choose("How did you look?", "I saw the person, or spoke with them")
    mina.write("What did you see, and whom did you ask?", "Yes.").press("Send")
    mina.refused("Say it in a sentence of your own").picture("A nod is refused")
    saw = "I sat with Lena on two mornings. She forgets within a minute, and points at the window."
    mina.write("What did you see, and whom did you ask?", saw).press("Send").sent()
    priya.open(matter).follow("Legal reasons, what keeps the person safe").reads("This holds now").reads(saw)
    priya.picture("Somebody outside has seen it")


def everybody_is_answered_and_it_is_decided(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).reads("Answer what the person shows they want").picture("Still to answer")
    priya.follow("Answer what the person shows they want").follow("Answer this")
    priya.write("How do you take it up?", "She has the room with the window. The birds are fed at eight.")
    priya.press("Send").sent().open(matter)
    priya.follow("Answer this")
    priya.choose("What did you do with what they said?", "We did part of what you said")
    priya.write("What do you say to them?", "No nurse is free this month. We look again in ten days.")
    priya.picture("The reply to her advocate").press("Send").sent()
    priya.reads("You can decide this now").picture("Now it can be decided").follow("Decide")
    priya.choose("What is decided?", "Agreed").write("Why?", "She is not safe alone tonight.")
    priya.press("Send").sent().reads("What was decided").picture("Decided on a legal reason")


def renewing_needs_its_evidence(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).follow("Legal reasons, what keeps the person safe")
    priya.follow("Write down anew why it still holds").picture("Nothing is copied from last time")
    priya.press("Write it down").refused("Answer this question.").picture("Renewing needs its evidence")


def it_lapses_and_everybody_is_told(story: Story, matter: str) -> None:
    story.work()
    priya = story.at("Priya")
    priya.open("/").reads("The legal reason ended. Care goes on meanwhile.")
    priya.picture("After the lapse, where Priya begins").follow(MATTER)
    priya.reads("This has ended").reads("Care goes on.").reads("Somebody looks again by")
    priya.picture("It has lapsed, and care goes on")
    mina = story.at("Mina")
    mina.open(matter).reads("Agreed").follow("Legal reasons, what keeps the person safe")
    mina.reads("Nothing is cut or ended because of this.").picture("Her advocate reads that it ended")


def nothing_can_be_cut_because_it_lapsed(story: Story) -> None:
    priya = story.at("Priya")
    priya.open("/decisions/new").follow("Something in the life of someone I know or work with")
    priya.choose("Whose life is it about?", "Lena Fox")
    priya.write("What needs deciding?", "End Lena’s help at home.")
    priya.choose("What kind of change is it?", "End it").press("Send").sent()
    cut = priya.path
    priya.reads("You cannot decide this yet").reads("Cut, end or move the help of Lena Fox")
    priya.picture("After the lapse nothing may be cut")
    priya.open(f"/do/decisions.decided?decision={number(cut)}&next={cut}")
    priya.choose("What is decided?", "Agreed").write("Why?", "She has a room.").press("Send")
    priya.refused("Lena Fox has not answered").picture("The cut is refused")


def lena_is_asked_again(story: Story, matter: str) -> str:
    priya = story.at("Priya")
    priya.open(matter).follow("Legal reasons, what keeps the person safe").follow("Ask them again")
    priya.write("What needs deciding?", HOME).picture("Ask her again").press("Send").sent()
    again = priya.path
    priya.follow("Ring or visit Lena Fox").choose("How did you tell them?", "Visit")
    priya.choose("What do you know?", "It is sent. I do not know").press("Send").sent()
    return again


def lena_answers_for_herself(story: Story, again: str) -> None:
    lena = story.at("Lena", narrow=True)
    lena.open("/").picture("Lena is better").follow(HOME).reads("Waiting for you")
    lena.picture("It waits for Lena herself").follow("Say what I think").choose(
        "What do you think?", "I agree"
    )
    lena.write("Say it in your own words.", "I can say it myself now. I want my own bed.")
    lena.press("Send").sent().reads("You have answered").picture("Lena has answered")
    priya = story.at("Priya")
    priya.open(again).reads("You can decide this now").picture("Lena’s own answer").follow("Decide")
    priya.choose("What is decided?", "Agreed").write("Why?", "You decide where you live.").press(
        "Send"
    ).sent()
    priya.picture("Decided again, with Lena").open("/").follow(MATTER).follow("Say what you found")
    priya.write("What did you find, with the person it is about?", "She decides this herself now.")
    priya.press("Send").sent().open("/").does_not_read("The legal reason ended.")
    lena.open(again).reads("What was decided").picture("What Lena reads")
