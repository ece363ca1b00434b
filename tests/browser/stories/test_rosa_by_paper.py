"""Rosa Marlow has no email and no computer. Letters go to her in 20 point, and slips come back."""

import re
import subprocess
from datetime import date, timedelta

import pytest

from tests.browser.stories.telling import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_rosa_raises_is_told_answers_is_replied_to_and_judges_by_paper(story: Story) -> None:
    matter = rosa_raises_it_on_a_slip(story)
    she_is_told_by_letter(story, matter)
    she_answers_on_the_slip(story, matter)
    somebody_outside_checks_it_with_her(story, matter)
    she_is_replied_to_and_it_is_decided(story, matter)
    she_says_whether_the_promise_was_kept(story, matter)


def rosa_raises_it_on_a_slip(story: Story) -> str:
    priya = story.at("Priya", script=False)
    priya.open("/decisions/new").picture("Priya has a note from Rosa in her hand")
    priya.follow("Something in the life of someone I know or work with")
    priya.choose("Whose life is it about?", "Rosa Marlow")
    priya.write("What needs deciding?", "Come at 8 in the morning, not at 10.")
    priya.choose("What kind of change is it?", "Do the same in another way or at another time")
    priya.write("Why?", "I have been in bed since 9 at night.")
    priya.typing_for("Rosa Marlow", "On paper")
    priya.picture("She types what Rosa wrote").press("Send").sent()
    priya.reads("Rosa Marlow raised this").reads("You cannot decide this yet")
    return priya.picture("It waits for Rosa, whoever raised it").path


def she_is_told_by_letter(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).open_more().follow("Write down how you told someone")
    priya.choose("How did you tell them?", "Letter in large print")
    priya.choose("What do you know?", "It is sent. I do not know")
    priya.picture("A letter goes to Rosa").press("Send").sent()
    priya.reads("We do not know if they have read it.")
    priya.picture("Posted is not told")
    story.work()
    letter = next(path for path in story.posted("*.pdf") if "8 in the morning" in words_of(path))
    words = words_of(letter)
    assert "Rosa Marlow" in words and "3 Alder Row" in words
    assert "What do you think?" in words and "I do not want to answer" in words  # the slip to send back
    story.keep_paper(letter, "The letter Rosa gets")


def words_of(paper: object) -> str:
    ran = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(ran.stdout.split())


def she_answers_on_the_slip(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).follow("Say what came of it").choose("What do you know?", "Their reply slip came back")
    priya.press("Send").sent()
    priya.open(matter).open_more().follow("Type what they wrote or told you")
    priya.typing_for("Rosa Marlow", "On paper").choose("What do you think?", "I agree if something changes")
    priya.write("Say it in your own words.", "Not on Sundays. On Sundays I go to chapel at 10.")
    priya.picture("The slip has come back").press("Send").sent()
    priya.reads("Somebody outside your team must check it").reads("You cannot decide this yet")
    priya.picture("What her own worker typed opens nothing yet")


def somebody_outside_checks_it_with_her(story: Story, matter: str) -> None:
    """Priya would decide, and typed it: somebody outside her line rings Rosa and asks. She chooses nobody."""
    priya = story.at("Priya")
    priya.follow("Let somebody outside your team check it").reads("You do not choose who.")
    priya.press("Send").sent()
    priya.reads("They are asked to do it by").picture("Whose turn it is to ask Rosa, and by which day")
    asked = priya.main.locator("#checks strong").first.inner_text().split()[0]
    assert asked in ("Omar", "Dee"), "nobody else stands outside her line"
    checker = story.at(asked)
    checker.open(matter).picture("Somebody outside rings Rosa")
    for _what in ("that the letter came", "what she said"):
        checker.open(matter).follow("I have checked this with them").press("Send").sent()
    checker.open(matter).does_not_read("Nobody has checked this").picture("Rosa said so herself")


def she_is_replied_to_and_it_is_decided(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).reads("Answer what they said first").picture("One view still has no reply")
    priya.follow("Answer this")
    priya.choose("What did you do with what they said?", "We did what you said")
    priya.write("What do you say to them?", "On Sundays Tom comes at 7, so that you are at chapel by 10.")
    priya.picture("The reply").press("Send").sent()
    priya.reads("You can decide this now").picture("Now it can be decided").follow("Decide")
    priya.choose("What is decided?", "Agreed").write("Why?", "It is your morning, and 8 suits you.")
    priya.picture("The decision and its reasons").press("Send").sent()
    priya.reads("What was decided").picture("Decided with Rosa")
    story.work()
    letter = next(path for path in story.posted("*.pdf") if "chapel by 10" in words_of(path))
    assert "Does our answer answer you?" in words_of(letter)
    story.keep_paper(letter, "The letter with the decision and the reply")
    rosa = story.stranger("Rosa at the library", script=False)
    rosa.open("/code/").write("What is the code", code_in(words_of(letter)).lower())
    rosa.picture("The code from the letter").press("Go on")
    rosa.reads("Does this answer you?").picture("The reply to Rosa").follow("Yes").press("Send").sent()
    priya.open(matter).reads("Rosa Marlow: Yes, it answers me")


def she_says_whether_the_promise_was_kept(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).follow("Make a promise").write("What will be done?", "Tom comes at 8 each morning.")
    priya.date("By which day?", a_month_from_now()).picture("What follows from it").press("Send").sent()
    priya.open("/promises/").follow("Tom comes at 8").follow("Say how far it is")
    priya.write("How much of it is done", "100").press("Send").sent()
    priya.reads("You cannot say whether it was kept").picture("Its owner never judges it")
    story.work()
    letter = next(path for path in reversed(story.posted("*.pdf")) if "Tom comes at 8" in words_of(path))
    assert "Was this promise kept?" in words_of(letter)
    story.keep_paper(letter, "The letter that asks whether it was kept")
    with_her_code(story, code_in(words_of(letter)))


def with_her_code(story: Story, code: str) -> None:
    """At the library, with somebody she trusts, Rosa uses the code of her letter: no account, no script."""
    rosa = story.stranger("Rosa at the library", script=False)
    rosa.open("/code/").write("What is the code", code.lower()).picture("The code from the letter").press(
        "Go on"
    )
    rosa.reads("Tom comes at 8 each morning.").picture("What she is asked").follow("Partly")
    rosa.write("What happened?", "Most days. On two days nobody came until 10.")
    rosa.picture("Her answer").press("Send").sent().picture("What do you want now")


def a_month_from_now() -> date:
    return date.today() + timedelta(days=30)


def code_in(words: str) -> str:
    found = re.search(r"Code: ([0-9A-Z]{4}-[0-9A-Z]{4})", words)
    assert found, words
    return found.group(1)
