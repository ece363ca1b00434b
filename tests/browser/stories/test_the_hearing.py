"""Three user-led organisations ask to be heard. What was promised is kept, and later some is gone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.stories.over_time import LongStory
from tests.browser.stories.telling import Screen
from tests.serving import copied

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REGION = "tests.browser.stories.region"
MEETING = "The Three Rivers conference on care"
HELD_ON = date(2026, 3, 12)
RESOLVED = (
    "We ask that no support in Wexmoor is bought before those who will use it have said what it must do. "
    "We ask for at least eight weeks to answer, and that people are paid for their time."
)
SHORTER = "no support in Wexmoor is bought … and that people are paid for their time"
BENT = "people should be asked before support is bought, where there is time"
PROMISED = "From today, Wexmoor buys no support without the people who will use it. You have my word."
TAKEN_UP = "Ask the people who will use it before any support is bought"


@pytest.fixture
def story(small: Path, tmp_path: Path, browser: Browser) -> Iterator[LongStory]:
    told = LongStory("the_hearing", copied(small, tmp_path / "home"), browser)
    told.run(REGION, "lay")
    yield told
    told.over()


def test_they_ask_are_heard_in_part_and_what_was_promised_erodes(story: LongStory) -> None:
    story.on("2026-02-02")
    a_resolution_is_put_on_record(story)
    hearing = they_ask_for_a_place(story)
    story.on("2026-02-05")
    they_are_refused_and_appeal(story, hearing)
    story.on("2026-02-09")
    five_minutes_are_offered_and_taken_under_protest(story, hearing)
    story.on("2026-03-13")
    both_sides_say_what_happened(story, hearing)
    the_words_are_compared(story, hearing)
    a_promise_made_in_public_is_taken_up(story)
    story.on("2026-03-23")
    it_was_kept(story)
    story.on("2026-09-24")
    after_six_months_one_line_is_gone(story)
    story.on("2027-03-24")
    after_a_year_more_is_gone(story)
    anybody_can_see_it(story)


def a_resolution_is_put_on_record(story: LongStory) -> None:
    ana = story.at("Ana")
    ana.open("/").picture("Ana begins on her own page").follow("Resolutions, word for word")
    ana.follow("Put a resolution on record").choose("Whose resolution is it?", "Wexmoor Living Our Way")
    ana.write("What is it called, in a few words?", "How support is bought in Wexmoor")
    ana.write("The resolution, word for word", RESOLVED)
    ana.write("Which meeting passed it?", "Members of three organisations").date(
        "On which day?", date(2026, 1, 30)
    )
    ana.picture("She types the resolution").press("Send").sent().reads(RESOLVED)
    ana.reads("Nobody has noted a quote yet").picture("It is on record")


def asks(screen: Screen, body: str, minutes: int, says: str) -> str:
    screen.open("/").follow("Ask to be heard, and see who asked").follow("Ask to be heard")
    screen.picture("Whose meeting is it").follow("Three Rivers Care Conference")
    screen.choose("Which office answers for the agenda?", "Conference secretary")
    screen.write("Which meeting?", MEETING).date("On which day is it?", HELD_ON)
    screen.write("Which item, or what about?", "How support is bought")
    screen.write("How many minutes do you ask for?", str(minutes)).open_more()
    screen.write("What do you want to say?", says)
    screen.choose("In whose name do you ask?", "An organisation’s").choose("Which organisation asks?", body)
    screen.write("How many people is that?", "46").tick("Everyone may read this request")
    screen.picture(f"{body} asks").press("Ask to be heard").sent()
    return screen.path


def they_ask_for_a_place(story: LongStory) -> str:
    ana = story.at("Ana")
    hearing = asks(ana, "Wexmoor Living Our Way", 20, "We speak for three organisations.")
    ana.reads("Conference secretary, by").picture("They have asked, and read by when they are answered")
    asks(story.at("Signe"), "Wexmoor Deaf Voices", 10, "What it is like to ring somebody when you are Deaf.")
    asks(story.at("Marcus"), "Wexmoor People First", 10, "Plain words, please.")
    return hearing


def they_are_refused_and_appeal(story: LongStory, hearing: str) -> None:
    edwin = story.at("Edwin")
    edwin.open("/").picture("The secretary’s own page").follow("See who asked").follow("Living Our Way")
    edwin.follow("Refuse, with reasons").write("Why not?", "The programme is full.")
    edwin.write("What would change this?", "If another speaker falls out.").press("Send").sent()
    edwin.reads("It was refused on 5 February 2026").picture("It is refused, with reasons")
    ana = story.at("Ana")
    ana.open("/").follow("Living Our Way").follow("Ask somebody else to look again")
    ana.choose("Who should look again?", "Conference chair")
    ana.write("Why should you be heard?", "A whole day is about our support. Nobody who uses it is to speak.")
    ana.press("Send").sent().reads("Conference chair must answer by").picture("They appeal")
    pauline = story.at("Pauline")
    pauline.open("/").picture("The chair’s own page").open(hearing).follow("Answer the appeal")
    pauline.choose("Should they be heard after all?", "Yes").write("Why?", "They are right. Find a place.")
    pauline.press("Send").sent().reads("They are to be heard after all").picture("The appeal is upheld")


def five_minutes_are_offered_and_taken_under_protest(story: LongStory, hearing: str) -> None:
    edwin = story.at("Edwin")
    edwin.open(hearing).follow("Offer a place").write("How many minutes?", "5")
    edwin.choose("How will they be heard?", "Somebody else reads their words").date("On which day?", HELD_ON)
    edwin.write("At what time, and where?", "12:25, just before lunch").press("Send")
    edwin.refused("You offer less than they asked for. Say why.").picture("Five of twenty needs a reason")
    edwin.write("Why this, and not what they asked for?", "The other speakers know their times.")
    edwin.press("Send").sent().reads("This is less than they asked for")
    ana = story.at("Ana")
    ana.open(hearing).follow("Say yes or no to this").choose("What do you say to it?", "Taken under protest")
    ana.write("Do you want to say why?", "Five minutes are a quarter of what we asked for.").press(
        "Send"
    ).sent()
    ana.reads("5 of 20 minutes: Somebody else reads their words. Taken under protest")
    ana.picture("Taken under protest")


def both_sides_say_what_happened(story: LongStory, hearing: str) -> None:
    edwin = story.at("Edwin")
    edwin.open(f"/do/voice.hearing_told?hearing={hearing.rsplit('/', 1)[1]}")
    edwin.reads("Only those who asked to be heard").picture(
        "The secretary cannot say for them that they were heard"
    )
    edwin.open(hearing).follow("Give the body’s account").choose("What happened?", "They spoke")
    edwin.write("For how many minutes?", "20").write("Do you want to say more?", "They were heard in full.")
    edwin.press("Send").sent().reads("5 of 20 minutes")
    ana = story.at("Ana")
    ana.open(hearing).follow("Say what in fact happened")
    ana.choose("What happened?", "Their statement was read by others").write("For how many minutes?", "4")
    ana.write("Do you want to say more?", "People were leaving for lunch. We gave out 90 leaflets.")
    ana.press("Send").sent().reads("They were heard in full.").reads("The two do not say the same.")
    ana.reads("5 of 20 minutes").picture("Both accounts stand, and the minutes stay what they were")
    stranger = story.stranger("A visitor")
    stranger.open("/").follow("Who asked for a place on an agenda, and got it")
    stranger.reads("40 minutes were asked for, and 5 were granted.")
    stranger.picture("The register, as anybody sees it")


def the_words_are_compared(story: LongStory, hearing: str) -> None:
    ana = story.at("Ana")
    ana.open("/").follow("Resolutions, word for word").follow("How support is bought in Wexmoor")
    page = ana.path
    for words, where in (
        (RESOLVED, "The leaflet they gave out"),
        (SHORTER, "Notes of the day"),
        (BENT, "https://council.example/news"),
    ):
        ana.open(page).follow("Note a place that quotes it").write("The exact words quoted there", words)
        ana.write("Where is it quoted?", where).press("Send").sent()
    ana.reads("3 places. 1 with the exact words.").reads("Shortened").reads(
        "Altered: these are not the words"
    )
    ana.picture("Exact, shortened and altered")


def a_promise_made_in_public_is_taken_up(story: LongStory) -> None:
    ana = story.at("Ana")
    ana.open("/promises/").follow("What bodies said in public").follow("Write down")
    ana.choose("Which body made it?", "Wexmoor Council").write("What was said, word for word?", PROMISED)
    ana.write("Who said it?", "Director of adult services").date("On which day?", HELD_ON)
    ana.write("Where was it said?", f"{MEETING}, on film").write("On which page", "Minute 31")
    ana.write("Whom was it made to", "The members of all three organisations")
    ana.picture("Ana writes down what was promised").press("Send").sent().reads(PROMISED)
    statement = ana.path
    signe = story.at("Signe")
    signe.open(statement).follow("Read these words: may everyone?").choose("may everyone read them?", "Yes")
    signe.picture("Another user-led organisation reads the words first").press("Say so").sent()
    june = story.at("June")
    june.open(statement).follow("It is ours: take it up").write("What will be done?", TAKEN_UP)
    june.date("By which day?", date(2026, 3, 20))
    june.write("Which group of people is it made to?", "members of the three user-led organisations")
    june.write("How many people are in the group?", "80")
    june.choose("Which organisation are they members of?", "Wexmoor Living Our Way")
    june.picture("The council takes it up").press("Send").sent().reads("Taken up")
    june.open("/promises/").follow("Protocols and their tests").follow("Adopt the protocol")
    june.choose("Which user-led organisation do you promise it to?", "Wexmoor Living Our Way")
    june.write("How many members does it have?", "60").date("By which day does it hold?", date(2026, 3, 20))
    june.press("Send").sent().reads("Time to bid").picture("Twenty promises, each with a test")


def it_was_kept(story: LongStory) -> None:
    ana = story.at("Ana")
    ana.open("/promises/").picture("Ana sees what was promised to her").follow(TAKEN_UP)
    ana.follow("Yes, it was kept").press("Send").sent()
    for line in ("We ask people who draw on support", "We give small organisations time to bid"):
        ana.open("/promises/protocols/").follow("Wexmoor Council to").follow(line_of(line))
        ana.follow("Yes, it was kept").press("Send").sent()
    story.run(REGION, story.day, "kept", "bid_time", "early_voice", "public")
    ana.open("/promises/protocols/").follow("Wexmoor Council to").follow("Write down a use")
    ana.write("What is it used for?", "Evening visits, the first use").press("Send").sent()
    looked_at(ana, "Time to bid", "Pass", "61 days")
    visitor = story.at("A visitor")
    visitor.open("/").follow("What was promised to everyone").follow(TAKEN_UP)
    visitor.reads("Made to 80 people.").reads("5 kept").picture("Anybody reads how many say that it was kept")


def line_of(words: str) -> str:
    return {"We ask": "Early voice", "We giv": "Time to bid"}[words[:6]]


def looked_at(screen: Screen, line: str, result: str, number: str) -> None:
    """What the test of one line showed, in the use that is open."""
    one = screen.main.get_by_role("listitem").filter(
        has=screen.page.get_by_role("link", name=line, exact=True)
    )
    screen.follow("Write down what the test showed", within=one)
    screen.choose("What did it show?", result).write("In which document?", "The tender pack")
    screen.write("Which number did you find?", number).press("Send").sent()
    screen.reads(number).picture(f"The test of {line}: {result}")


def after_six_months_one_line_is_gone(story: LongStory) -> None:
    ana = story.at("Ana")
    ana.open("/").reads("Does it still hold?").picture("Six months later: does it still hold?")
    ana.follow("We ask people who draw on support").follow("No, it no longer holds")
    ana.write("What has changed?", "They asked us when it was written.").press("Send").sent()
    for line in (TAKEN_UP, "We give small organisations time to bid"):
        ana.open("/").follow(line).follow("Yes, it still holds").press("Send").sent()
    story.run(REGION, story.day, "no_longer", "early_voice")
    story.run(REGION, story.day, "still", "bid_time", "public")
    june = story.at("June")
    june.open("/").reads("They say that this no longer holds").picture("An alert on the council’s page")
    june.follow("We ask people who draw on support").follow("Answer them")
    june.write("What has happened, and what will you do?", "A new team did not know. They know now.")
    june.press("Send").sent().reads("A new team did not know").picture("The council answers")
    june.open("/").does_not_read("They say that this no longer holds")


def after_a_year_more_is_gone(story: LongStory) -> None:
    ana = story.at("Ana")
    ana.open("/").reads("Does it still hold?").follow(TAKEN_UP).follow("No, it no longer holds")
    ana.write("What has changed?", "Home care was bought. Nobody asked us.").press("Send").sent()
    ana.open("/").follow("We give small organisations time to bid").follow("No, it no longer holds")
    ana.write("What has changed?", "Two weeks, over a holiday.").press("Send").sent()
    story.run(REGION, story.day, "no_longer", "bid_time", "public")
    ana.open("/promises/protocols/").follow("Wexmoor Council to").follow("Write down a use")
    ana.write("What is it used for?", "Home care, the tender of this year").press("Send").sent()
    looked_at(ana, "Time to bid", "Fail", "14 days")
    ana.open("/promises/protocols/").follow("Wexmoor Council to").picture("The protocol a year later")
    story.at("June").open("/").reads("They say that this no longer holds").picture(
        "Two alerts wait for an answer"
    )


def anybody_can_see_it(story: LongStory) -> None:
    visitor = story.at("A visitor")
    visitor.open("/").follow("What was promised in public, word for word")
    visitor.follow(PROMISED).reads("It no longer holds").picture("The words, and what became of them")
    visitor.follow("All that Wexmoor Council said in public").reads("There is no score")
    visitor.reads("It no longer holds").open_more()
    visitor.reads("It was kept, and those it was made to say that it no longer holds.")
    visitor.picture("The gap between what was said and what is recorded")
    visitor.follow("Back").reads("21 promises were due.")
    visitor.reads("3 kept once, and no longer holding").open_more()
    visitor.reads("Gone again").picture("The public page of the council")
