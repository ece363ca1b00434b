"""A change judged by lot: some are drawn and asked by name, one of them cannot, and others judge beside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stories.crowded import CHANGE, PLAN, WHO
from tests.browser.stories.over_time import LongStory
from tests.browser.stories.telling import Screen
from tests.serving import copied

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CROWD = "tests.browser.stories.crowded"
USES = "I use it"
MENDED = PLAN + " By text, by telephone or on paper."


@pytest.fixture
def story(small: Path, tmp_path: Path, browser: Browser) -> Iterator[LongStory]:
    told = LongStory("judged_by_lot", copied(small, tmp_path / "home"), browser)
    told.run(CROWD, "lay")
    yield told
    told.over()


def test_those_who_are_drawn_judge_and_nobody_draws_until_they_like_the_people(story: LongStory) -> None:
    story.on("2026-03-03")
    change = they_are_drawn(story)
    drawn, others = named(story, "drawn"), named(story, "others")
    anybody_can_draw_it_again(story, change)
    one_who_was_drawn_judges(story, drawn[0], change)
    one_who_was_drawn_cannot(story, drawn[1], change)
    one_who_was_not_drawn_judges_beside(story, others[0], change)
    story.on("2026-04-02")
    too_few_are_not_a_yes(story, change)
    story.run(CROWD, "judge", "2026-04-02", "for", "7", "against", "9")
    nor_are_enough_who_do_not_agree(story, change)
    story.on("2026-04-07")
    the_plan_is_changed_and_the_same_people_are_asked(story, change, others[0])
    story.run(CROWD, "judge", "2026-04-20", "for", "14", "against", "4")
    story.on("2026-05-07")
    it_starts(story, change)


def named(story: LongStory, which: str) -> list[str]:
    return story.run(CROWD, which).split("\n")


def people_page(screen: Screen, change: str) -> Screen:
    return screen.open(change).follow("How the lot was drawn")


def they_are_drawn(story: LongStory) -> str:
    june = story.at("June")
    june.open("/").follow(CHANGE)
    change = june.reads("It has not started.").picture("A change that waits for many people").path
    june.follow(f"Send word to everyone on the list: {WHO}").picture("June asks everyone on the list")
    june.press("Send").sent()
    story.run("tests.browser.another_day", story.day, "work", "--once")
    june.open(change).reads("Drawn by lot and asked by name: 60 people.").picture("Sixty are drawn by lot")
    return change


def anybody_can_draw_it_again(story: LongStory, change: str) -> None:
    visitor = story.stranger("A visitor", script=False)
    people_page(visitor, change).open_more().reads("60 were drawn on").picture(
        "Anybody can see how the lot was drawn"
    )


def judges(screen: Screen, change: str, judged: str, words: str) -> Screen:
    screen.open(change).follow("Say what you think of it").choose("What do you say of it?", judged)
    screen.choose("How does it touch you?", USES).write("Why, or what should change?", words)
    return screen.tick("Anyone may read my words")


def one_who_was_drawn_judges(story: LongStory, name: str, change: str) -> None:
    screen = story.at(name, narrow=True)
    people_page(screen, change).reads(f"To judge “{CHANGE}” you were drawn.")
    screen.picture("One of those drawn reads that they were")
    judges(screen, change, "I am for it", "I would know who comes.").picture("And judges it on a telephone")
    screen.press("Send").sent()


def one_who_was_drawn_cannot(story: LongStory, name: str, change: str) -> None:
    screen = story.at(name)
    people_page(screen, change).follow("I cannot judge it").picture("Another of those drawn cannot judge it")
    screen.reads("The next one drawn is asked in your place.").press("Send").sent()
    people_page(story.at("June"), change).does_not_read(name)  # nobody is told who it is


def one_who_was_not_drawn_judges_beside(story: LongStory, name: str, change: str) -> None:
    screen = story.at(name)
    people_page(screen, change).reads("you were not drawn. You may still judge it.")
    judges(screen, change, "I am against it", "It is one more thing to do.").press("Send").sent()
    screen.open(change).reads("A few others judged it too. They are counted beside, never with them.")
    screen.picture("Somebody who was not drawn is counted beside")


def too_few_are_not_a_yes(story: LongStory, change: str) -> None:
    june = story.at("June")
    june.open(change).follow("Start it").press("Send").refused("Judged by 1 of 60. It needs 17.")
    june.picture("One of sixty is not a yes")


def nor_are_enough_who_do_not_agree(story: LongStory, change: str) -> None:
    june = story.at("June")
    june.open(change).reads("Not passed: those who judged it do not agree to it.")
    june.picture("Enough have judged it, and they do not agree").follow("Start it").press("Send")
    june.refused("8 of 17 who judged it are for it.")


def the_plan_is_changed_and_the_same_people_are_asked(story: LongStory, change: str, other: str) -> None:
    june = story.at("June")
    june.open(change).follow("Change the plan").write("What will change", MENDED).press("Send").sent()
    june.open(change).reads("Ask those it affects to judge it.")
    june.picture("A new plan, and the same people judge it")
    june.follow(f"Send word to everyone on the list: {WHO}").press("Send").sent()
    people_page(june, change).open_more().reads("Nobody was drawn anew").picture(
        "Who could not is passed over by number"
    )
    screen = story.at(other)
    people_page(screen, change).reads(f"To judge “{CHANGE}” you were")


def it_starts(story: LongStory, change: str) -> None:
    june = story.at("June")
    june.open(change).reads("Passed: those who judged it agree to it.").picture("They agree to the new plan")
    june.follow("Start it").press("Send").sent()
    visitor = story.screens["A visitor"]
    visitor.open(change).reads("It runs.").open_more().reads("Each time they judged it")
    visitor.reads("Not passed: those who judged it do not agree to it.")
    visitor.reads("Passed: those who judged it agree to it.").reads("It started.")
    visitor.does_not_read("14 of 18").picture("Each judgement stays on the page for everyone")
