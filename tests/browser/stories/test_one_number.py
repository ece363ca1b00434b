"""The council wants one number in place of five doors. It must show that it is fit, and that it does good."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tests.browser.stories.over_time import LongStory, tries_to_let_it_go_on
from tests.browser.stories.telling import Screen
from tests.serving import copied

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REGION = "tests.browser.stories.region"
WRONG = "I tell my life to five people to get one answer."
MATTER = "One number to ring in place of our five local doors"
CHANGE = "One number and two doors, tried in East"
PLAN = "You ring, write or walk in. Whoever answers can read what you said before, if you agree."
MENDED = PLAN + " You can write, or see a person who signs. Somebody answers while you wait."
ASKS_ALONE = "A Deaf person can ask alone"
AT_NIGHT = "Somebody answers at night"
CAMPAIGN = "Keep one door where you can walk in, and say it once there."
ENDS, CHECKED = date(2026, 10, 30), date(2026, 9, 15)


@pytest.fixture
def story(small: Path, tmp_path: Path, browser: Browser) -> Iterator[LongStory]:
    told = LongStory("one_number", copied(small, tmp_path / "home"), browser)
    told.run(REGION, "lay")
    yield told
    told.over()


def test_one_number_shows_that_it_is_fit_or_does_not_go_on(story: LongStory) -> None:
    story.on("2026-02-02")
    problem = people_say_what_is_wrong(story)
    matter = the_council_raises_its_plan(story, problem)
    people_say_what_they_think(story, matter)
    story.on("2026-03-16")
    it_is_decided_with_a_reply_to_each(story, matter)
    change = nothing_starts_before_they_have_judged_it(story, matter)
    it_says_when_it_stops_and_what_good_it_does(story, change)
    it_is_tried_and_is_not_fit(story, change)
    story.on("2026-03-30")
    it_is_mended_and_tried_again(story, change)
    those_it_affects_judge_it(story, change)
    story.on("2026-05-05")
    it_starts(story, matter, change)
    a_councillor_asks(story)
    story.on("2026-09-15")
    they_say_if_the_good_came(story, change)
    story.on("2026-11-02")
    its_permission_has_lapsed(story, matter, change)
    they_judge_what_it_did(story, change)
    story.on("2026-12-01")
    its_rule_for_stopping_is_met(story, matter, change)
    what_became_of_it(story, problem, change)


def people_say_what_is_wrong(story: LongStory) -> str:
    ewan = story.at("Ewan", script=False)
    ewan.open("/").picture("Ewan begins").follow("What people say is wrong").follow("Say what is wrong")
    ewan.follow("A service or a place").choose("Who should mend it?", "Wexmoor Council")
    ewan.write("Which service or place is it?", "Asking the council for help")
    ewan.write("What is wrong, in your own words?", WRONG)
    ewan.choose("How do you stand to it?", "I draw on care and support").press("Send").sent()
    problem = ewan.reads(WRONG).picture("It is on the list in his words").path
    ana = story.at("Ana")
    ana.open(problem).follow("Look at its words").picture("Somebody of a user-led organisation reads it")
    ana.press("Show them").sent()
    for name in ("Precious", "Meera"):
        story.at(name).open(problem).follow("Me too").press("Send").sent()
    return problem


def the_council_raises_its_plan(story: LongStory, problem: str) -> str:
    june = story.at("June")
    june.open("/").picture("Where the council officer begins").open(problem).follow(
        "Raise a decision from it"
    )
    june.write("What needs deciding?", MATTER)
    june.choose("What kind of change is it?", "Do the same in another way or at another time")
    june.write("Why?", "People say the same thing five times. One number costs less than five doors.")
    june.picture("The plan of the council").press("Send").sent().reads("Put to a decision: now")
    june.follow("Answer it").choose("What do you answer?", "We are looking")
    june.write("Why?", "The five doors do not tell each other.").press("Send").sent()
    matter = june.follow(MATTER).picture("It is raised, and nobody has been asked").path
    june.open_more().follow("Say which people it affects")
    june.write("Which people does it affect?", "Everyone who asks the council for help in a year")
    june.write("How many people", "60").press("Send").sent()
    june.open(matter).open_more().follow("Count whom it reached")
    june.choose("Which people?", "Everyone who asks").choose("How did you tell them?", "Letter")
    june.write("How many people do you know it reached?", "41").press("Send").sent()
    return matter


def people_say_what_they_think(story: LongStory, matter: str) -> None:
    for name, position, words, instead in (
        ("Ewan", "I agree if something changes", "One number, if they can read what I said before.", ""),
        ("Precious", "I do not agree", "I am Deaf. A number is a door that is shut.", CAMPAIGN),
        ("Ana", "I do not agree", "People are known by name at these doors.", CAMPAIGN),
    ):
        screen = story.at(name, narrow=name == "Precious")
        screen.open("/").follow(MATTER).follow("Say what I think").choose("What do you think?", position)
        screen.write("Say it in your own words.", words)
        if instead:
            screen.open_more().write("what do you want instead", instead)
        screen.picture(f"What {name} thinks").press("Send").sent().reads(words)


def it_is_decided_with_a_reply_to_each(story: LongStory, matter: str) -> None:
    june = story.at("June")
    june.open("/").picture("Three views wait for a reply").open(matter)
    for result, words in (
        ("We did what you said", "Two doors stay open, and you say it once at each of them."),
        ("We did what you said", "It does not start before a Deaf person can use it alone."),
        ("We did what you said", "Whoever answers can read what you said before, if you agree."),
    ):
        june.open(matter).follow("Answer this").choose("What did you do with what they said?", result)
        june.write("What do you say to them?", words).press("Send").sent()
    june.open(matter).follow("Decide").choose("What is decided?", "Agreed")
    june.write("Why?", "Five doors do not tell each other. One number alone shuts some people out.")
    june.picture("The decision and its reasons").press("Send").sent().reads("What was decided")
    june.picture("It is decided, and nothing has started")


def nothing_starts_before_they_have_judged_it(story: LongStory, matter: str) -> str:
    """By the button, by the address of the form, and with a reason to pass over them: each is refused."""
    june = story.at("June")
    june.open(matter).follow("Changes that come from this").follow("Propose a change")
    june.choose("What kind of change is it?", "One front door for many services")
    june.write("What is it called, in a few words?", CHANGE).write("What will change", PLAN)
    june.tick("It is a try-out")
    june.open_more().write("Which people does it affect?", "Everyone in East who asks for help")
    june.write("How many people are they?", "48").picture("The council proposes a try-out")
    june.press("Send").sent().follow(CHANGE)
    change = june.reads("It has not started. It waits for those it affects to judge it.").path
    june.picture("What is in the way, and what to do").follow("Start it").press("Send")
    june.refused("Ask those it affects to judge it.")
    june.refused("Say each thing it must do, so that people can try it.")
    june.refused("Say first where, for how long, what you expect, and when you would stop.")
    june.picture("It cannot start")
    june.open_more().write("why?", "It saves money.").date(
        "on which day will they look again?", date(2026, 6, 1)
    )
    june.press("Send").refused("Say what good it will do for people")
    june.picture("Nor can it be started over their heads")
    visitor = story.stranger("A visitor")
    visitor.open("/").follow("Changes to services, and whether they may start").follow(CHANGE)
    visitor.reads("It has not started.").picture("Anybody can see that it has not started")
    return change


def it_says_when_it_stops_and_what_good_it_does(story: LongStory, change: str) -> None:
    june = story.at("June")
    june.open(change).follow("Set out the try-out").write("Where is it tried out?", "East")
    june.date("Until which day?", ENDS)
    june.write("What do you expect to happen?", "People say it once, and help begins sooner.")
    june.date("On which day is that checked?", CHECKED)
    june.write("What is measured, and how?", "How many give up before anyone answers.")
    june.write(
        "Who judges it?", "Everyone in East who asked, and those who gave up. We ring, write and visit."
    )
    june.write("When would you stop it?", "If more than 6 people a month give up before anyone answers.")
    june.write("Is there a number at which you stop?", "6").picture("When it would stop").press("Send").sent()
    for words in (AT_NIGHT, ASKS_ALONE):
        june.open(change).follow("Say one thing that it must do").write("What must it do?", words)
        june.press("Send").sent()
    june.open(change).follow("Say what good it will do").write("What good will it do?", "Help begins sooner.")
    june.write("For whom?", "Everyone in East who asks for help")
    june.write("How will you measure it?", "Days from asking to the first help, for everyone.")
    june.date("On which day is it checked?", CHECKED).picture("The good it is to do").press("Send").sent()


def tries(screen: Screen, change: str, thing: str, *, as_one: str, works: str, words: str) -> Screen:
    screen.open(change)
    row = screen.main.get_by_role("article").filter(has=screen.page.get_by_role("heading", name=thing))
    screen.follow("Try this, and say if it works", within=row)
    screen.choose("Who are you, as you try it?", as_one).choose("Does it work for you?", works)
    return screen.write("What happened?", words).tick("Anyone may read my words")


DISABLED = "I am disabled"
WORKER = "I work with people who draw on care and support"


def it_is_tried_and_is_not_fit(story: LongStory, change: str) -> None:
    for name, as_one, words in (
        ("Ewan", DISABLED, "A kind man answered at two in the morning."),
        ("Devon", "I am an unpaid carer", "I rang after work. It took four minutes."),
        ("Omar", WORKER, "I rang at night. Somebody answered."),
    ):
        tries(story.at(name), change, AT_NIGHT, as_one=as_one, works="Yes", words=words).press("Send").sent()
    precious = story.at("Precious", narrow=True)
    tries(precious, change, ASKS_ALONE, as_one=DISABLED, works="No", words="It rang. I cannot hear it ring.")
    precious.picture("Precious is Deaf, and tries it").press("Send").sent()
    for name, as_one, words in (
        ("Signe", DISABLED, "They said: please call back."),
        ("Omar", WORKER, "They wrote back after two days."),
    ):
        tries(story.at(name), change, ASKS_ALONE, as_one=as_one, works="No", words=words).press("Send").sent()
    june = story.at("June")
    june.open(change).reads("It works for 0 of 3 who tried it.").picture("It is not fit")


def it_is_mended_and_tried_again(story: LongStory, change: str) -> None:
    june = story.at("June")
    june.open(change).follow("Change the plan").write("What will change", MENDED).press("Send").sent()
    for name, as_one, words in (
        ("Precious", DISABLED, "I wrote. Somebody wrote back while I waited."),
        ("Signe", DISABLED, "There is a picture now, with a person who signs."),
        ("Omar", WORKER, "Answered at once."),
    ):
        screen = tries(story.at(name), change, ASKS_ALONE, as_one=as_one, works="Yes", words=words)
        screen.press("Send").sent()
    june.open(change).reads("It works for 3 of 3 who tried it.").picture("It is mended, and it is fit")
    june.follow("Write down whom you asked").write("How many of them did this reach", "41").press(
        "Send"
    ).sent()


def judges(screen: Screen, change: str, judged: str, standing: str, words: str) -> Screen:
    screen.open(change).follow("Say what you think of it").choose("What do you say of it?", judged)
    screen.choose("How does it touch you?", standing).write("Why, or what should change?", words)
    return screen.tick("Anyone may read my words")


WOULD = "I would use it, or may need it"


def those_it_affects_judge_it(story: LongStory, change: str) -> None:
    for name, judged, words in (
        ("Samira", "I am for it", "If it is as they say, good."),
        ("Ewan", "I am for it", "Say it once: yes."),
        ("Hugh", "I am for it if something changes", "If there is a quiet room."),
        ("Precious", "I am for it", "It works for me now."),
    ):
        screen = judges(story.at(name), change, judged, WOULD, words)
        screen.picture(f"{name} judges the plan").press("Send").sent()
    mina = judges(story.at("Mina"), change, "I am for it", WOULD, "I can ring. I do not like the desk.")
    mina.typing_for("Lena Fox", "By phone").picture("Lena judges it by telephone, through her advocate")
    mina.press("Send").sent()
    priya = judges(story.at("Priya"), change, "I am for it", WOULD, "I write letters. Will you read them?")
    priya.typing_for("Rosa Marlow", "On paper").press("Send").sent()
    priya.open(change).open_more().reads("heard, not counted").reads(
        "5 of 48 people it affects have judged it."
    )
    priya.picture("What the council itself typed is heard, and not counted")
    june = story.at("June")
    june.open(change).follow("Start it").press("Send").refused("Their time to judge is not up.")
    june.refused("Answer what people said against it, or what should change.")
    june.picture("Too early, and Hugh has no answer")
    june.open(change)
    said = june.main.get_by_role("article").filter(has_text="If there is a quiet room.")
    june.follow("Answer this", within=said)
    june.write("What do you say to them?", "There is one. You can book it.")
    june.press("Send").sent()


def it_starts(story: LongStory, matter: str, change: str) -> None:
    june = story.at("June")
    june.open(change).picture("Nothing is in the way now").follow("Start it").press("Send").sent()
    june.open(change).reads("It runs. Those it affects judge it again by 30 October 2026.").picture("It runs")
    june.reads("It is too early to judge what it did.")
    tries_to_let_it_go_on(june, matter, change).refused("It is too early to judge what it did.")


def a_councillor_asks(story: LongStory) -> None:
    boyd = story.at("Boyd")
    boyd.open("/").follow("Questions, your ward").follow("Ask")
    boyd.choose("Which office should answer?", "Head of adult social care")
    boyd.write("What do you ask?", "How many people give up before anyone answers the new number?")
    boyd.picture("A councillor asks").press("Send").sent().picture("It must be answered by a day")


def they_say_if_the_good_came(story: LongStory, change: str) -> None:
    june = story.at("June")
    june.open(change).follow("Write down what was measured")
    june.write("What did you measure", "Before: 19 days. Now: 26 days.").press("Send").sent()
    for name, came, words in (
        ("Samira", "No", "One call. Then five weeks of nothing."),
        ("Ewan", "Partly", "They wrote it down. Then I waited."),
        ("Hugh", "No", "I gave up."),
    ):
        screen = story.at(name).open(change).follow("Say if it came to you")
        screen.choose("Did this good come to you?", came).tick("I am one of those it was for")
        screen.write("What happened?", words).tick("Anyone may read my words")
        screen.picture(f"Did it come to {name}").press("Send").sent()


def its_permission_has_lapsed(story: LongStory, matter: str, change: str) -> None:
    june = story.at("June")
    june.open("/").reads("Its permission lapsed on 30 October 2026.")
    june.picture("The officer’s own page after the review day").follow(CHANGE)
    june.reads("This is not allowed to go on. Its permission lapsed on 30 October 2026.")
    june.reads("Those it was for say that it did not come.").picture("It may not go on")
    tries_to_let_it_go_on(june, matter, change).refused("Ask those it affects to judge it.")
    june.picture("It cannot be let go on without them")
    june.open(change).follow("Write down whom you asked").write("How many of them did this reach", "40")
    june.write("How many used it and left?", "5").write("How many of those who left did you ask?", "4")
    june.press("Send").sent()
    visitor = story.at("A visitor")
    visitor.open("/").follow("Changes to services, and whether they may start")
    visitor.reads("This is not allowed to go on.").picture("Anybody can see that it may not go on")


def they_judge_what_it_did(story: LongStory, change: str) -> None:
    for name, judged, standing, words in (
        ("Samira", "I am against it", "I use it", "Help came later than before."),
        ("Ewan", "I am for it if something changes", "I use it", "Find out where the days go."),
        ("Precious", "I am for it", "I use it", "I can ask alone now."),
        ("Meera", "I am against it", "I use it", "Nobody knows me there."),
        ("Hugh", "I am against it", "I used it, and I left", "I ring nobody now."),
    ):
        judges(story.at(name), change, judged, standing, words).press("Send").sent()
    hugh = story.at("Hugh")
    hugh.picture("Hugh gave up, and is heard too")


def its_rule_for_stopping_is_met(story: LongStory, matter: str, change: str) -> None:
    june = story.at("June")
    june.open(change).reads("1 of 5 who judged it are for it.").picture("What they say of it")
    june.follow("Write down what came of the try-out")
    june.write("What happened", "In October 9 people gave up before anyone answered.")
    june.write("What was the number?", "9").choose("Did what you expected come?", "No")
    june.press("Send").sent().reads("The rule for stopping is met. It may not be made wider.")
    june.picture("Its rule for stopping is met").does_not_read("Make it wider")
    of = {"decision": matter.rsplit("/", 1)[1], "follows": change.rsplit("/", 1)[1], "kind": "front_door"}
    june.open(f"/do/decisions.change_proposed?{urlencode(of)}")  # whoever goes there all the same
    june.choose("Who runs it?", "Wexmoor Council")
    june.write("What is it called, in a few words?", "One number for all of Wexmoor")
    june.write("What will change", "The same, everywhere.").press("Send")
    june.refused("met its stop rule. It may not be made wider.").picture("It cannot be made wider")
    june.open(change).follow("Stop it").write("Why do you stop it?", "More than 6 people a month gave up.")
    june.write("How does help go on", "Mill Street opens again. Who has help keeps it.").press("Send").sent()


def what_became_of_it(story: LongStory, problem: str, change: str) -> None:
    precious = story.at("Precious")
    precious.open("/").follow("What became of what I said").reads("It works for me now.")
    precious.picture("Precious reads what became of what she said")
    ewan = story.at("Ewan")
    ewan.open(problem).reads(CHANGE).follow("Say if it is better now").choose("Is it better now?", "No")
    ewan.write("What has changed, or not?", "I say it once now, and wait longer.").press("Send").sent()
    ewan.picture("What became of what Ewan said was wrong")
    june = story.at("June")
    june.open("/").follow("See the questions").picture("The councillor’s question is late")
    june.follow("How many people give up").follow("Answer it")
    june.write("Your answer", "9 in October, and 4 in a usual month. We have stopped it.")
    june.write("What does it rest on?", "Every call of the month, counted.").press("Send").sent()
    boyd = story.at("Boyd")
    boyd.open("/").follow("What councillors ask").follow("How many people give up")
    boyd.reads("We have stopped it.").picture("The councillor reads the answer, and what it rests on")
    visitor = story.at("A visitor")
    visitor.open(change).reads("It was stopped.").picture("Anybody reads what became of it")
