"""Ana Reyes signs in with a code from her email, on a device that runs no script. Mina speaks for her."""

from datetime import date, timedelta

import pytest

from tests.browser.stories.telling import Screen, Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MATTER = "Pay for a second assistant on the days I travel for work."


def test_ana_raises_is_told_is_spoken_for_is_replied_to_and_judges(story: Story) -> None:
    ana = she_signs_in(story)
    matter = she_raises_it(ana)
    she_is_told_by_email(story, ana, matter)
    mina_answers_for_her(story, matter)
    she_is_replied_to_and_it_is_decided(story, matter)
    mina_says_how_it_went(story, ana)


def she_signs_in(story: Story) -> Screen:
    ana = story.stranger("Ana", script=False)
    ana.open("/sign-in/").picture("One question").write("What is your email?", "ana@wexmoor.example")
    ana.press("Send me a code")
    ana.main.get_by_role("textbox").fill(story.emailed_code("ana@wexmoor.example"))
    ana.picture("The code of 6 numbers").go_by(ana.main.locator("form button").first)
    return ana.picture("She is in")


def she_raises_it(ana: Screen) -> str:
    ana.open("/decisions/new").follow("Something in my own life").write("What needs deciding?", MATTER)
    ana.choose("What kind of change is it?", "Give more").write("Why?", "I cannot lift my case alone.")
    return ana.picture("Ana raises it").press("Send").sent().picture("It is hers").path


def she_is_told_by_email(story: Story, ana: Screen, matter: str) -> None:
    omar = story.at("Omar")
    omar.open(matter).open_more().follow("Write down how you told someone")
    omar.choose("How did you tell them?", "Email").press("Send").sent().picture("Omar tells her")
    story.work()
    assert MATTER not in story.messages("ana@wexmoor.example")[-1], "An email names no matter"
    ana.open(matter).reads(MATTER).picture("She reads it, so it reached her")
    omar.open(matter).reads("They opened it")
    ana.follow("I want help to answer").picture("Help to answer")
    ana.choose("What would help?", "An advocate").press("Send").sent()


def mina_answers_for_her(story: Story, matter: str) -> None:
    mina = story.at("Mina")
    mina.open(matter).reads(MATTER).picture("What her advocate reads").follow("Say what they told you")
    mina.choose("What do they think?", "I agree if something changes")
    mina.write("Say it in their own words.", "Ana wants to choose the assistant herself.")
    mina.picture("Mina says what Ana wants").press("Send").sent()


def she_is_replied_to_and_it_is_decided(story: Story, matter: str) -> None:
    omar = story.at("Omar")
    omar.open(matter).reads("said this for them").follow("Answer this")
    omar.choose("What did you do with what they said?", "We did what you said")
    omar.write("What do you say to them?", "She chooses. The money comes to her account.").press(
        "Send"
    ).sent()
    omar.reads("You can decide this now").follow("Decide")
    omar.choose("What is decided?", "Agreed").write("Why?", "Work is part of her life.").press("Send").sent()
    omar.follow("Make a promise").write("What will be done?", "Pay for 12 hours a month from May.")
    omar.date("By which day?", date.today() + timedelta(days=30)).press("Send").sent()
    ana = story.at("Ana")
    ana.open(matter).reads("Does this answer you?").picture("The reply, and whether it answers her")
    ana.follow("Yes").press("Send").sent()


def mina_says_how_it_went(story: Story, ana: Screen) -> None:
    omar = story.at("Omar")
    omar.open("/promises/").follow("Pay for 12 hours").follow("Say how far it is")
    omar.write("How much of it is done", "100").press("Send").sent()
    mina = story.at("Mina")
    mina.open("/promises/").picture("Promises that Mina may answer for Ana").follow("Pay for 12 hours")
    mina.follow("Yes, it was kept").picture("For Ana").press("Send").sent()
    ana.open("/promises/").follow("Pay for 12 hours").reads("Your advocate said this for you.")
    ana.picture("Ana sees what was said for her")
