"""One change goes through both its gates, by those it affects; another, that nobody judged, never starts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stories.over_time import LongStory, tries_to_let_it_go_on
from tests.serving import copied

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REGION = "tests.browser.stories.region"
MATTER = "Open the hall at Mill Street on Sundays"
SUNDAYS, LATE = "Sundays from ten to four", "Late evenings in the hall"
WHO = "Everyone who comes to the hall at Mill Street"
JUDGES = ("Samira", "Ewan", "Precious", "Hugh", "Meera")


@pytest.fixture
def story(small: Path, tmp_path: Path, browser: Browser) -> Iterator[LongStory]:
    told = LongStory("two_gates", copied(small, tmp_path / "home"), browser)
    told.run(REGION, "lay")
    yield told
    told.over()


def test_a_change_goes_through_both_gates_and_one_that_nobody_judged_through_none(story: LongStory) -> None:
    story.on("2026-02-02")
    matter = it_is_decided(story)
    sundays, late = is_proposed(story, matter, SUNDAYS), is_proposed(story, matter, LATE)
    they_are_asked(story, sundays, late)
    for name in JUDGES:
        judges(story, name, sundays, "I am for it", "I would use it, or may need it")
    story.on("2026-03-04")
    where_nobody_judged_nothing_starts(story, late)
    it_starts(story, sundays)
    story.on("2026-04-10")
    asked_twice_it_still_waits_and_is_dropped(story, late)
    story.on("2026-09-10")
    its_permission_has_lapsed(story, matter, sundays)
    for name in JUDGES:
        judges(story, name, sundays, "I am for it", "I use it")
    story.on("2026-10-12")
    it_goes_on(story, matter, sundays)
    story.on("2027-05-03")
    it_is_stopped(story, matter, sundays)


def it_is_decided(story: LongStory) -> str:
    june = story.at("June", script=False)
    june.open("/decisions/").follow("Say what needs deciding")
    june.follow("A service or a place")
    june.choose("Who would decide it?", "Wexmoor Council").write("What needs deciding?", MATTER)
    june.choose("What kind of change is it?", "Start something new").press("Send").sent()
    matter = june.reads(MATTER).path
    june.open_more().follow("Say which people it affects")
    june.write("Which people does it affect?", WHO).write("How many people", "40").press("Send").sent()
    june.open(matter).open_more().follow("Correct how many it affects, or name others")
    june.picture("Whom it affects").follow("Correct how many they are")
    june.write("How many people are they?", "42").write("How do you know?", "We counted twice.")
    june.picture("The number is corrected").press("Send").sent().reads("the number was: 40 people")
    june.picture("And the one before stays to be read").follow("Name other people it affects")
    june.write("Which people does it affect?", WHO).write("How many people", "43").press("Send")
    june.refused("Correct that number instead").picture("The same people are not named again")
    june.open(matter).open_more().follow("Count whom it reached").choose("Which people?", WHO)
    june.choose("How did you tell them?", "Letter").write("How many people do you know it reached?", "30")
    june.press("Send").sent().open(matter).picture("Before it is decided")
    june.follow("Decide without them").choose("What is decided?", "Agreed")
    june.write("Why?", "It is a first try.").open_more()
    june.write("why decide without them?", "Nothing starts before they have judged it.")
    june.date("on which day will they look at it again?", date(2026, 4, 30))
    june.press("Send").sent().reads("What was decided").picture("It is decided")
    return matter


def is_proposed(story: LongStory, matter: str, name: str) -> str:
    june = story.at("June", script=False)
    june.open(matter).follow("Changes that come from this").follow("Propose a change")
    june.choose("What kind of change is it?", "A service").write("What is it called, in a few words?", name)
    june.write("What will change", "The hall is open longer, with two people at work.")
    june.press("Send").sent().follow(name)
    return (
        june.reads("It has not started. It waits for those it affects to judge it.")
        .picture(f"Proposed: {name}")
        .path
    )


def they_are_asked(story: LongStory, *changes: str) -> None:
    june = story.at("June", script=False)
    for change in changes:
        june.open(change).follow("Write down whom you asked").write("How many of them did this reach", "39")
        june.picture("Whom it reached").press("Send").sent()


def judges(story: LongStory, name: str, change: str, judged: str, standing: str) -> None:
    screen = story.at(name, script=False)
    screen.open(change).follow("Say what you think of it").choose("What do you say of it?", judged)
    screen.choose("How does it touch you?", standing).picture(f"{name} judges it").press("Send").sent()


def where_nobody_judged_nothing_starts(story: LongStory, late: str) -> None:
    june = story.at("June", script=False)
    june.open(late).reads("Nobody it affects has judged it. No reason can stand in for that.")
    june.reads("Ask a user-led organisation to go to people").picture("Nobody judged it")
    june.follow("Start it").open_more().write("why?", "It is harmless, and the hall is warm.")
    june.date("on which day will they look again?", date(2026, 5, 1)).press("Send")
    june.refused("Nobody it affects has judged it.").refused("Give more time and ask again")
    june.picture("No reason helps")
    june.open(late).follow("Give them more time, and ask again")
    june.write("How do you ask them this time", "Letters, calls, and Wexmoor Voices at the door.")
    june.write("How many of them has it reached by now", "41")
    june.picture("They are asked again").press("Send").sent()
    june.open(late).reads("They were asked again, and given more time.").picture("They have more time")
    visitor = story.stranger("A visitor", script=False)
    visitor.open(late).reads("Nobody it affects has judged it.").picture("Anybody reads what it waits for")


def it_starts(story: LongStory, sundays: str) -> None:
    june = story.at("June", script=False)
    june.open(sundays).picture("Nothing is in the way").follow("Start it").picture("To start it")
    june.press("Send").sent().open(sundays).reads("It runs.").picture("It runs")


def asked_twice_it_still_waits_and_is_dropped(story: LongStory, late: str) -> None:
    june = story.at("June", script=False)
    june.open(late).follow("Start it").press("Send").refused("Nobody it affects has judged it.")
    june.open(late).follow("Drop it").write("Why do you drop it?", "Nobody said that they want it.")
    june.press("Send").sent().open(late).reads("It was dropped before it started.").picture("It is dropped")


def its_permission_has_lapsed(story: LongStory, matter: str, sundays: str) -> None:
    june, ewan = story.at("June", script=False), story.at("Ewan", script=False)
    june.open("/").picture("The officer’s own page").open(matter)
    june.reads("This may not go on now: Sundays").reads("It waits for you to ask those it affects.")
    june.picture("The decision, for whoever decides")
    ewan.open(matter).reads("to ask those it affects.").picture("The decision, for one of them")
    story.stranger("A visitor", script=False).open(matter).picture("The decision, for anybody")
    ewan.open(sundays).picture("The change without permission")
    june.follow("Write down whom you asked to judge it").write("How many of them did this reach", "38")
    june.write("How many used it and left?", "2").write("How many of those who left did you ask?", "2")
    june.picture("Those who left are asked too").press("Send").sent()


def it_goes_on(story: LongStory, matter: str, sundays: str) -> None:
    june = story.at("June", script=False)
    june.open(matter).reads("Enough judged it and agree.").picture("Enough judged it again")
    june.follow("Let it go on").picture("To let it go on").press("Send").sent()
    june.open(sundays).reads("It runs.").open_more().picture("It goes on")


def it_is_stopped(story: LongStory, matter: str, sundays: str) -> None:
    june = story.at("June", script=False)
    for name in JUDGES:
        judges(story, name, sundays, "I am against it", "I use it")
    tries_to_let_it_go_on(june, matter, sundays).refused("0 of 5 who judged it are for it.")
    june.picture("They do not agree").open(sundays).follow("Stop it")
    june.write("Why do you stop it?", "They say that nobody comes.")
    june.write("How does help go on", "Nobody had help from it.").press("Send").sent()
    june.open(sundays).reads("Stopped.").open_more().picture("It is stopped")
    june.open(matter).does_not_read("This may not go on now").picture("The decision after all")
