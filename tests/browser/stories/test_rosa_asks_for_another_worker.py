"""Rosa Marlow asks for another worker than Priya. She is told no, says that it is wrong, and is heard."""

from datetime import date, timedelta

import pytest

from tests.browser.stories.telling import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = "She talks to Devon and not to me. I want someone more robust, who argues with me to my face."
AFTER = "What came after, and how to say that it is wrong"
NEW_WORKER = "You have a new worker, whom you met first."
HANDOVER = "Priya hands over to the new worker while you are in the room."


def test_rosa_asks_for_another_worker_is_refused_and_is_heard(story: Story) -> None:
    matter = rosa_asks(story)
    her_worker_does_not_decide_it_and_does_not_read_it(story, matter)
    it_is_not_agreed_and_says_what_would_change_it(story, matter)
    she_says_that_it_is_wrong(story, matter)
    somebody_outside_the_line_answers(story, matter)
    it_is_decided_again_and_promised(story, matter)
    she_shows_her_worker_what_she_said(story, matter)
    with story.later(50):
        she_judges_both_promises(story)
        she_says_what_it_did_and_ken_learns(story, matter)


def rosa_asks(story: Story) -> str:
    rosa = story.at("Rosa", script=False, narrow=True)
    rosa.open("/").picture("Rosa begins").follow("Say what needs deciding")
    rosa.picture("What needs deciding").follow("I want another worker")
    rosa.reads("Nobody may hold this against you.").reads("Your worker does not decide this.")
    rosa.picture("She asks").press("Send").sent()
    matter = rosa.reads("Ken Holt will see your answer.").picture("It is asked").path
    rosa.follow("Say what I think").choose("What do you think?", "I agree")
    rosa.write("Say it in your own words.", SAID).open_more()
    rosa.write("What matters to you about this?", "Somebody who knows direct payments, and comes on time.")
    rosa.picture("In her own words, and what she wants in a worker").press("Send").sent()
    rosa.reads(SAID).reads("Only you and those who decide can see this.").picture("Who can see it")
    return matter


def her_worker_does_not_decide_it_and_does_not_read_it(story: Story, matter: str) -> None:
    priya = story.at("Priya")
    priya.open("/decisions/").follow("I ask for another worker.")
    priya.reads("Their worker does not decide it.").does_not_read("robust")
    priya.does_not_read("I am one of those who decide this").picture("Priya does not read it")
    for page in ("/views", "/map", "/minds", "/history", "/afterwards"):
        priya.open(matter + page).does_not_read("robust")
    priya.open(f"/do/decisions.taken_up?decision={matter.rsplit('/', 1)[1]}").press("Send")
    priya.refused("you are the worker").picture("Priya cannot take it up")


def it_is_not_agreed_and_says_what_would_change_it(story: Story, matter: str) -> None:
    ken = story.at("Ken")
    ken.open("/").follow("I ask for another worker.").reads("robust").picture("What Ken reads")
    ken.follow("Answer this")
    ken.choose("What did you do with what they said?", "We did not do what you said")
    ken.write("What do you say to them?", "Nobody in East is free before spring.").press("Send").sent()
    ken.follow("Decide").choose("What is decided?", "Not agreed")
    ken.write("Why?", "Nobody in East is free.").press("Send")
    ken.refused("what would change").picture("A no must say what would change it")
    ken.write("What would change", "A worker with a free place, or one of another team.").press("Send").sent()
    ken.reads("Not agreed").reads("What would change this").picture("Not agreed")


def she_says_that_it_is_wrong(story: Story, matter: str) -> None:
    rosa = story.at("Rosa")
    rosa.open("/").picture("Rosa’s page after the no").open(matter).reads("What would change this")
    rosa.picture("What Rosa reads").follow(AFTER).reads("not whoever decided, nor their boss or team")
    rosa.picture("How to say that it is wrong").follow("Say that it is wrong")
    rosa.write("What is wrong with it?", "Nobody asked the other teams.")
    rosa.write("What do you want instead?", "A worker of any team, who tells me what they think.")
    rosa.press("Send").sent().reads("This is answered by").reads("They do not work with those who decided.")
    rosa.picture("It is answered by a day, and Rosa reads by whom")
    priya = story.at("Priya")
    priya.open(matter + "/afterwards").does_not_read("any team").picture("Nor does Priya")


def somebody_outside_the_line_answers(story: Story, matter: str) -> None:
    ken, whose = story.at("Ken"), whose_turn(story, matter)
    ken.open(matter).follow(AFTER).does_not_read("Answer this").does_not_read(whose)
    ken.picture("Ken cannot answer it himself, and does not read who does")
    june = story.at("June")
    june.open(matter + "/afterwards").does_not_read("any team").picture("Nor does his boss")
    outside = story.at(whose)
    outside.open("/").picture("Where they begin whose turn it is").reads("Someone says a decision is wrong")
    outside.follow("I ask for another worker.").picture("What they find")
    outside.reads("any team").reads("You are asked.").follow("Answer this")
    outside.choose("What do you find?", "They are right.")
    outside.write("Why?", "Three teams have a free place. They were not asked.")
    outside.picture("Somebody outside the line answers").press("Send").sent()
    rosa = story.at("Rosa")
    rosa.open("/").reads("I ask for another worker.").picture("It needs Rosa again")
    rosa.open(matter).reads(SAID).reads("This needs you").picture("Opened again, with all that she said")
    rosa.follow("Say what I think").choose("What do you think?", "I agree")
    rosa.write("Say it in your own words.", SAID).press("Send").sent()
    rosa.follow(AFTER).reads("They are right.").reads("What was decided before").picture("What came of it")


def whose_turn(story: Story, matter: str) -> str:
    """Who is asked to answer, as Rosa reads it."""
    rosa = story.at("Rosa")
    return rosa.open(matter + "/afterwards").main.locator("li > strong").first.inner_text().split()[0]


def it_is_decided_again_and_promised(story: Story, matter: str) -> None:
    ken = story.at("Ken")
    ken.open(matter).reads("You can decide this now").picture("Ken decides again")
    ken.follow("Decide").choose("What is decided?", "Agreed")
    ken.write("Why?", "Omar of West has a free place, and says what he thinks.").press("Send").sent()
    for what, days in ((NEW_WORKER, 20), (HANDOVER, 30)):
        ken.open(matter).follow("Make a promise").write("What will be done?", what)
        ken.date("By which day?", date.today() + timedelta(days=days)).press("Send").sent()
    ken.open(matter).picture("What follows from it")


def she_shows_her_worker_what_she_said(story: Story, matter: str) -> None:
    rosa = story.at("Rosa")
    rosa.open(matter).follow("Choose who can read this")
    rosa.choose("Who may read it?", "Everyone who can see this decision")
    rosa.picture("She chooses who reads it").press("Send").sent()
    story.at("Priya").open(matter).reads("robust").picture("Now her worker reads it")


def she_judges_both_promises(story: Story) -> None:
    story.work()
    rosa = story.at("Rosa")
    rosa.open("/").picture("Fifty days later")
    for what, said, words in (
        (NEW_WORKER, "Yes, it was kept", "Omar. He argues. Good."),
        (HANDOVER, "Partly", "Priya came late, and had to go."),
    ):
        rosa.open("/promises/").follow(what).picture(f"Was it kept: {said}").follow(said)
        rosa.write("What happened?", words).press("Send").sent()
    rosa.picture("What she wants now")


def she_says_what_it_did_and_ken_learns(story: Story, matter: str) -> None:
    rosa = story.at("Rosa")
    rosa.open(matter).follow(AFTER).follow("Say how things are")
    rosa.choose("How are things since then?", "Things are better")
    rosa.write("Say it in your own words.", "I ring him myself now. Nobody rings Devon about me.")
    rosa.picture("What it did to Rosa").press("Send").sent()
    ken = story.at("Ken")
    ken.open("/").picture("Where Ken begins then").open(matter).follow(AFTER)
    ken.reads("I ring him myself now.").follow("Say what I learnt")
    ken.write("What did you learn?", "We asked one team only. We should have asked all of them.")
    ken.write("What will you do now?", "We ask every team before we say no.")
    ken.picture("What Ken learnt").press("Send").sent()
    rosa.open(matter).follow(AFTER).reads("We ask every team before we say no.").picture("Rosa reads it")
