"""Ken Holt, a manager, tries to cut Rosa’s help without her. Five doors: each says no, or is found out."""

import json
import re
import sqlite3

import pytest

from tests.browser.stories.telling import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAITS = "Rosa Marlow has not answered"
REASONS = "The budget is smaller this year."


def test_ken_cannot_decide_without_rosa_by_any_door(story: Story) -> None:
    matter = ken_raises_it(story)
    the_form_says_no(story, matter)
    the_api_says_no(story, matter)
    the_terminal_says_no(story, matter)
    a_file_brings_only_what_somebody_else_says(story, matter)
    the_database_says_no_and_force_is_found_out(story, matter)


def ken_raises_it(story: Story) -> str:
    ken = story.at("Ken")
    ken.open("/decisions/new").follow("Something in the life of someone I know or work with")
    ken.choose("Whose life is it about?", "Rosa Marlow")
    ken.write("What needs deciding?", "Change Rosa’s morning help from 7 days to 5.")
    ken.choose("What kind of change is it?", "Cut or give less").write("Why?", REASONS)
    ken.press("Send").sent()
    ken.reads("You cannot decide this yet").reads(WAITS).reads("Cut, end or move the help of Rosa Marlow")
    return ken.picture("Ken raises it, and reads what he cannot do").path


def the_form_says_no(story: Story, matter: str) -> None:
    ken = story.at("Ken")
    ken.open(f"/do/decisions.decided?decision={number(matter)}&next={matter}")
    ken.choose("What is decided?", "Agreed").write("Why?", REASONS).press("Send")
    ken.refused(WAITS).kept("Why?", REASONS).picture("The form refuses, and keeps what he typed")


def number(matter: str) -> str:
    return matter.rsplit("/", 1)[1]


def the_api_says_no(story: Story, matter: str) -> None:
    ken = story.at("Ken")
    token = next(each["value"] for each in ken.context.cookies() if each["name"] == "csrftoken")
    body = {"decision": number(matter), "outcome": "agreed", "reasons": REASONS}
    answer = ken.context.request.post(
        f"{story.address}/api/do/decisions.decided",
        data=json.dumps(body),
        headers={"Content-Type": "application/json", "X-CSRFToken": token, "Referer": story.address},
    )
    assert answer.status == 422, answer.text()
    assert WAITS in answer.text()


def the_terminal_says_no(story: Story, matter: str) -> None:
    answers = (f"decision={number(matter)}", "outcome=agreed", f"reasons={REASONS}")
    said = story.run(
        "alongside", "do", "decisions.decided", "--as", story.number_of("Ken"), *answers, fails=True
    )
    assert WAITS in said


def a_file_brings_only_what_somebody_else_says(story: Story, matter: str) -> None:
    file = story.home / "without-rosa.csv"
    file.write_text("title,outcome,date\nMorning help from 7 days to 5,agreed,2026-03-02\n", encoding="utf-8")
    ken = story.number_of("Ken")
    story.run(
        "alongside", "import", "decisions", str(file), "--as", ken, "--source", "Ken’s list", may_fail=True
    )
    page = story.at("Ken").open(matter).reads(WAITS).reads("You cannot decide this yet")
    page.picture("A file from elsewhere changes nothing here")


def the_database_says_no_and_force_is_found_out(story: Story, matter: str) -> None:
    table = "decisions_decision"
    change = f"UPDATE {table} SET state = 'decided', outcome = 'agreed' WHERE id = ?"
    row = number(matter).replace("-", "")
    with sqlite3.connect(story.home / "alongside.sqlite3", isolation_level=None) as by_hand:
        with pytest.raises(sqlite3.Error):
            by_hand.execute(change, [row])
        triggers = by_hand.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=?", [table]
        )
        for (name,) in triggers.fetchall():
            by_hand.execute(f"DROP TRIGGER {name}")
        by_hand.execute(change, [row])
    by_hand.close()
    said = story.run("alongside", "verify", "--tables", fails=True)
    assert re.search(f"{number(matter)}|{row}", said), said
