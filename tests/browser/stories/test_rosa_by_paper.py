"""Rosa Marlow has no email and no computer. Letters go to her in 20 point, and slips come back."""

import subprocess

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
    priya.reads("We do not know if Rosa Marlow has read what we sent.")
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
    priya.open(matter).open_more().follow("Type what they wrote or told you")
    priya.typing_for("Rosa Marlow", "On paper").choose("What do you think?", "I agree if something changes")
    priya.write("Say it in your own words.", "Not on Sundays. On Sundays I go to chapel at 10.")
    priya.picture("The slip has come back").press("Send").sent()
    priya.reads("You cannot decide this yet").picture("What her own worker typed opens nothing yet")


def somebody_outside_checks_it_with_her(story: Story, matter: str) -> None:
    """Priya would decide, and typed it: somebody outside her line rings Rosa and asks."""
    priya = story.at("Priya")
    priya.follow("Ask a worker in another team to check it")
    priya.choose("Who should check?", "Omar Aziz").press("Send").sent()
    omar = story.at("Omar")
    omar.open(matter).picture("Omar rings Rosa").follow("I have checked this with them").press("Send").sent()
    omar.open(matter).picture("Rosa said so herself")
    priya.open(matter).picture("What Priya reads now")


def she_is_replied_to_and_it_is_decided(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).follow("Answer this").picture("Every view has a reply")
    priya.choose("What did you do with what they said?", "We did what you said")
    priya.write("What do you say to them?", "On Sundays Tom comes at 7, so that you are at chapel by 10.")
    priya.press("Send").sent()
    priya.reads("You can decide this now").picture("Now it can be decided").follow("Decide")
    priya.choose("What is decided?", "Agreed").write("Why?", "It is your morning. 8 suits you.")
    priya.picture("The decision and its reasons").press("Send").sent()
    priya.reads("What was decided").picture("Decided with Rosa")
    story.work()


def she_says_whether_the_promise_was_kept(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open(matter).follow("Make a promise").picture("What follows from it")
