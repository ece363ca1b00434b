"""Devon Marlow looks after Rosa. He has a telephone and no account: a code in a text is his way in."""

import re
from datetime import date, timedelta

import pytest

from tests.browser.stories.telling import Screen, Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MATTER = "Somebody else helps Rosa on Friday mornings, so that Devon can rest."


def test_devon_raises_is_told_answers_is_replied_to_and_judges_by_text(story: Story) -> None:
    devon_says_he_is_worried(story)
    matter = priya_raises_it_and_names_him(story)
    devon = he_is_told_by_text(story)
    he_says_what_he_thinks(devon)
    rosa_answers_with_the_code_in_her_letter(story, matter)
    both_are_answered_and_it_is_decided(story, matter)
    he_judges_the_promise(story, matter)


def devon_says_he_is_worried(story: Story) -> None:
    devon = story.stranger("Devon", script=False, narrow=True)
    devon.open("/decisions/new").picture("Devon may say something without an account")
    devon.follow("I am worried about somebody")
    devon.choose("Which council should know?", "Wexmoor Council")
    devon.write(
        "Who are you worried about", "My mother Rosa Marlow. I have not slept a whole night since May."
    )
    devon.picture("What worries him").press("Send").sent().picture("It was sent, and shows him nothing")
    dee = story.at("Dee")
    dee.open("/worries/").reads("I have not slept").picture("The duty team reads it")
    dee.follow("Say what you did").write("What did you do?", "I rang Devon, and told Priya.").press(
        "Send"
    ).sent()


def priya_raises_it_and_names_him(story: Story) -> str:
    priya = story.at("Priya")
    priya.open("/decisions/new").follow("Something in the life of someone I know or work with")
    priya.choose("Whose life is it about?", "Rosa Marlow").write("What needs deciding?", MATTER)
    priya.choose("What kind of change is it?", "Start something new").press("Send").sent()
    matter = priya.path
    priya.open_more().follow("Name somebody else it affects").picture("It affects Devon too")
    priya.choose("Who else does this affect?", "Devon Marlow").choose(
        "What of theirs does it touch?", "Their life"
    )
    priya.press("Send").sent()
    for name, how in (("Devon Marlow", "Text message"), ("Rosa Marlow", "Letter in large print")):
        priya.open(matter).open_more().follow("Write down how you told someone")
        priya.choose("Whom did you tell?", name).choose("How did you tell them?", how).press("Send").sent()
    priya.picture("A text to Devon and a letter to Rosa")
    story.work()
    return matter


def he_is_told_by_text(story: Story) -> Screen:
    devon = story.stranger("Devon", script=False, narrow=True)
    text = story.messages("07700")[-1]
    assert "Friday" not in text and "Rosa" not in text, f"A text names no matter: {text}"
    return (
        devon.open("/code/")
        .write("What is the code", code_in(text))
        .picture("The code of his text")
        .press("Go on")
    )


def code_in(words: str) -> str:
    found = re.search(r"\b([0-9A-Z]{4}-[0-9A-Z]{4})\b", words)
    assert found, words
    return found.group(1)


def he_says_what_he_thinks(devon: Screen) -> None:
    devon.reads(MATTER).picture("What the code opens").follow("Say what I think")
    devon.choose("What do you think?", "I agree if something changes")
    devon.write("Say it in your own words.", "Not a stranger. Tom, whom she knows.")
    devon.picture("What Devon thinks").press("Send").sent().reads("Tom, whom she knows").picture(
        "It was heard"
    )


def rosa_answers_with_the_code_in_her_letter(story: Story, matter: str) -> None:
    rosa = story.at("Rosa+code", script=False)
    rosa.open(matter).does_not_read("Tom, whom she knows").picture("Rosa does not see what Devon said")
    rosa.follow("Say what I think").choose("What do you think?", "I agree").press("Send").sent()


def both_are_answered_and_it_is_decided(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    for name, words in (("Devon Marlow", "It will be Tom."), ("Rosa Marlow", "Thank you. It will be Tom.")):
        priya.open(matter).follow(f"Answer this {name}")
        priya.choose("What did you do with what they said?", "We did what you said")
        priya.write("What do you say to them?", words).press("Send").sent()
    priya.reads("You can decide this now").follow("Decide")
    priya.choose("What is decided?", "Agreed").write("Why?", "Devon needs to rest.").press("Send").sent()
    priya.follow("Make a promise").write("What will be done?", "Tom comes every Friday from 8 to 12.")
    priya.date("By which day?", date.today() + timedelta(days=30))
    priya.open_more().choose("Whom do you promise it to?", "Devon Marlow").press("Send").sent()
    story.work()


def he_judges_the_promise(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open("/promises/").follow("Tom comes every Friday").follow("Say how far it is")
    priya.write("How much of it is done", "100").press("Send").sent()
    story.work()
    devon = story.stranger("Devon", script=False, narrow=True)
    devon.open("/code/").write("What is the code", code_in(story.messages("07700")[-1])).press("Go on")
    devon.reads("Tom comes every Friday").picture("Is it done").follow("No, it was not kept")
    devon.write("What happened?", "He came once.").picture("Devon says so").press("Send").sent()
    devon.picture("What do you want now")
    priya.open("/promises/").follow("Tom comes every Friday").reads("He came once.").picture(
        "What Priya reads"
    )
