"""The made-up place: everything a visitor should find is there, and it came through the door."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from urllib.request import urlopen

import pytest

from alongside.made_up.place import Place
from alongside.made_up.stories.places import matter
from alongside.made_up.stories.side_by_side import LONGER, MONDAYS, TOILET
from alongside.made_up.verb import BEGUN
from tests.made_up.wexmoor import alongside, asked, wexmoor
from tests.serving import copied, served, surroundings

pytestmark = pytest.mark.sqlite
CHECKED = (
    "decisions_check c JOIN decisions_view v ON v.decision = c.decision AND v.person = c.person"
    " AND v.typist = c.asked_by"
)


def numbers(home: Path, question: str) -> dict[str, int]:
    return dict(asked(home, question))


def test_the_record_verifies_and_the_tables_say_what_it_says() -> None:
    checked = alongside(wexmoor(), "verify", "--tables")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.rstrip().endswith("entries verified")


def test_the_people_and_bodies_of_the_place_are_there() -> None:
    home = wexmoor()
    posts = "FROM people_link WHERE other IS NULL GROUP BY kind"
    kinds = numbers(home, f"SELECT kind, COUNT(DISTINCT person) {posts}")
    bodies = numbers(home, "SELECT kind, COUNT(*) FROM people_organisation GROUP BY kind")
    assert asked(home, "SELECT COUNT(*) FROM people_person")[0][0] >= 300
    assert kinds["practitioner"] >= 40 and kinds["councillor"] == 9
    assert (bodies["provider"], bodies["user_led"]) == (12, 3)
    led = asked(home, "SELECT COUNT(*) FROM people_organisation WHERE is_user_led")
    assert led == [(3,)]


def test_whoever_works_here_can_be_told_like_everyone() -> None:
    """A message to a social worker was held for ever: nobody there had a way to be told."""
    safe = "SELECT person FROM people_waytotell WHERE is_safe AND ended_at IS NULL"
    works = "SELECT person FROM people_link WHERE other IS NULL AND closes_at IS NULL AND kind IN"
    kinds = "('practitioner', 'manager', 'commissioner', 'councillor')"
    assert len(asked(wexmoor(), f"{works} {kinds}")) > 30
    assert asked(wexmoor(), f"{works} {kinds} AND person NOT IN ({safe})") == []


def test_a_year_of_the_place_is_thousands_of_lines_long() -> None:
    assert asked(wexmoor(), "SELECT COUNT(*) FROM kernel_entry")[0][0] >= 5000


def test_there_is_a_decision_in_every_state() -> None:
    home = wexmoor()
    found = set(asked(home, "SELECT about, size, state FROM decisions_decision"))
    for state in ("open", "decided", "withdrawn"):
        assert ("person", "weighty", state) in found
    for state in ("decided", "undone"):
        assert ("person", "everyday", state) in found
    assert {("person", "urgent", "open"), ("person", "urgent", "decided")} <= found
    assert {("place", "weighty", "open"), ("place", "weighty", "decided")} <= found
    for what, question in {
        "decided by the person alone": "decisions_decision WHERE is_own AND state = 'decided'",
        "decided without the people, in the open": "decisions_decision WHERE is_without_them",
        "a question without end": "decisions_question",
        "more time": "decisions_moretime",
        "help to answer": "decisions_offer WHERE is_asked_for",
        "a live ground": "decisions_ground WHERE ended_at IS NULL",
        "a lapsed ground": "decisions_ground WHERE ended_at IS NOT NULL",
        "a review that is due": "decisions_review WHERE done_at IS NULL",
        "a declining": "decisions_view WHERE is_declining",
        "a view typed in the line that waits to be checked": f"{CHECKED} WHERE c.became = ''",
        "a view that somebody outside the line checked": "decisions_view WHERE confirmed_by IS NOT NULL",
        "a view that is not what they said": f"{CHECKED} WHERE c.became = 'not_so'",
        "help while there is no answer": "decisions_decision WHERE help_started_at > 0 AND size = 'weighty'",
        "a stranger's worry": "decisions_concern WHERE taken_at IS NULL",
        "a worry that somebody outside the duty team took up": "decisions_concern"
        " WHERE further_at IS NOT NULL AND taken_at IS NOT NULL AND taken_by IS NULL",
        "words taken from sight and looked at again": "decisions_taken WHERE looked_at IS NOT NULL",
        "a mind that somebody’s words changed": "decisions_moved WHERE kind = 'evidence'",
        "pay that came": "decisions_payoffer WHERE was_received",
        "something held back": "people_holdback WHERE agreed_at IS NOT NULL",
        "a speaker in dispute": "people_dispute WHERE settled_at IS NULL",
        "a vote from elsewhere": "promises_reporteddecision",
        "a promise from elsewhere": "promises_claimedpromise",
    }.items():
        assert asked(home, f"SELECT COUNT(*) FROM {question}")[0][0], what


def test_promises_went_every_way() -> None:
    home = wexmoor()
    said = numbers(home, "SELECT said, COUNT(*) FROM promises_verdict GROUP BY said")
    assert {"kept", "partly", "not_kept", "too_early"} <= said.keys()
    silent = (
        "SELECT COUNT(*) FROM promises_promise p WHERE due_on < date('now')"
        " AND NOT EXISTS (SELECT 1 FROM promises_verdict v WHERE v.promise = p.id)"
    )
    assert asked(home, silent)[0][0]
    assert asked(home, "SELECT COUNT(*) FROM promises_proposeddate WHERE state = 'waiting'")[0][0]


def test_people_say_what_decisions_did_support_went_every_way_and_bodies_claim_their_step() -> None:
    home = wexmoor()
    did = numbers(home, "SELECT said, COUNT(*) FROM decisions_effect WHERE is_current GROUP BY said")
    assert did.keys() == {"better", "worse", "mixed", "same"} and sum(did.values()) >= 25
    answered = asked(home, "SELECT COUNT(*) FROM decisions_effect WHERE learnt IS NOT NULL")[0][0]
    assert 0 < answered < sum(did.values())
    support = numbers(home, "SELECT state, COUNT(*) FROM decisions_support GROUP BY state")
    assert support.keys() >= {"asked", "arranged", "declined", "given"}
    assert asked(home, "SELECT COUNT(*) FROM decisions_meeting WHERE stage = 'frame'")[0][0]
    assert asked(home, "SELECT COUNT(DISTINCT step) FROM decisions_claim")[0][0] >= 3


def test_people_say_of_small_things_whether_they_agreed_them_and_many_have_not_said() -> None:
    home = wexmoor()
    said = numbers(home, "SELECT said, COUNT(*) FROM decisions_agreedword WHERE is_current GROUP BY said")
    assert said.keys() == {"yes", "otherwise", "no"}
    written = asked(home, "SELECT COUNT(*) FROM decisions_decision WHERE size = 'everyday'")[0][0]
    assert sum(said.values()) < written
    undone = "SELECT COUNT(*) FROM decisions_decision WHERE state = 'undone' AND id IN "
    denied = "(SELECT decision FROM decisions_agreedword WHERE said = 'no')"
    assert asked(home, undone + denied)[0][0] == said["no"]


def test_each_councillor_has_asked_some_were_answered_some_are_late_and_some_asked_again() -> None:
    home = wexmoor()
    asked_by = numbers(home, "SELECT asked_by, COUNT(*) FROM voice_question GROUP BY asked_by")
    assert len(asked_by) == 9 and min(asked_by.values()) >= 3
    for what, least in {
        "answered_on > due_on": 5,
        "answered_on IS NULL AND due_on < date('now')": 5,
        "answered_on IS NULL AND due_on >= date('now')": 2,
        "follows IS NOT NULL": 8,
        "is_of_resident": 4,
        "is_about_a_life": 1,
    }.items():
        assert asked(home, f"SELECT COUNT(*) FROM voice_question WHERE {what}")[0][0] >= least, what
    late = "SELECT ward, COUNT(*) FROM voice_question WHERE answered_on IS NULL GROUP BY ward"
    assert len(numbers(home, late)) >= 7  # in most wards something waits


def test_four_matters_tell_how_much_was_done_together_well_half_badly_and_less_than_was_said() -> None:
    home, place = wexmoor(), Place(date(2026, 1, 1), Random(0))
    stories = {
        matter(place, LONGER): ("co_production", ["consultation"], 11),
        matter(place, TOILET): ("engagement", ["co_production"], 11),
        place.named("front door matter"): ("consultation", ["co_design"], 11),
        matter(place, MONDAYS): ("informing", ["engagement"], 5),
    }
    with served(copied(home, home.parent / "profiles")) as address:
        for pk, (step, claimed, least) in stories.items():
            here = f"{address}/api/decisions/{pk}/yardstick"
            found = json.loads(urlopen(here).read())
            assert (found["reached"]["step"], [one["step"] for one in found["claimed"]]) == (step, claimed)
            known = [row for row in found["rows"] if row["value"] is not None or "value" in row["not_shown"]]
            assert len(known) >= least, found["rows"]
            for row in known:
                rests = urlopen(f"{address}/decisions/{pk}/yardstick/rests-on?row={row['row']}")
                assert rests.status == 200


def test_one_promise_of_the_protocol_had_eroded_and_is_mended_and_others_are_gone() -> None:
    home = wexmoor()
    with served(copied(home, home.parent / "protocol")) as address:
        [row] = json.loads(urlopen(f"{address}/api/promises/protocols").read())["items"]
        lines = json.loads(urlopen(f"{address}/api/promises/protocols/{row['id']}").read())["lines"]
    of = {one["line"]: one for one in lines}
    assert of["early_voice"]["has_eroded_on"] < of["early_voice"]["holds_again_since"]
    assert not of["early_voice"]["no_longer_holds"] and of["bid_time"]["no_longer_holds"]
    assert (of["bid_time"]["found"], of["bid_time"]["unit"]) == (14, "day")
    assert [one["is_met"] for one in of["bid_time"]["asks"]] == [False]


def test_the_same_seed_and_day_give_the_same_place(tmp_path: Path) -> None:
    day = json.loads((wexmoor() / "made-up").read_text())["today"]
    again = tmp_path / "again"
    again.mkdir()
    built = alongside(again, "demo", "--today", day)
    assert built.returncode == 0, built.stderr
    [(lines,)] = asked(again, "SELECT count(*) FROM kernel_entry")
    assert f"{lines:,} lines in its record" in built.stdout, "what follows from an act is a line too"
    said = ", ".join(f"json_extract(header, '$.{each}')" for each in ("id", "kind", "on", "place", "by"))
    all_of_it = f"SELECT number, {said} FROM kernel_entry ORDER BY number"
    assert asked(again, all_of_it) == asked(wexmoor(), all_of_it)


def test_a_place_that_is_there_is_left_alone() -> None:
    kept = alongside(wexmoor(), "demo", "--if-absent")
    assert (kept.returncode, kept.stdout) == (0, "The made-up place is here already.\n")
    refused = alongside(wexmoor(), "demo")
    assert refused.returncode == 1 and "remove that folder" in refused.stderr
    assert not (wexmoor() / BEGUN).exists()


def test_a_place_that_was_stopped_half_way_says_how_to_begin_again(tmp_path: Path) -> None:
    """It said that people are here already, and to use the very folder it was told to use."""
    half = tmp_path / "half a place"
    half.mkdir()
    line = [sys.executable, "-m", "alongside", "demo"]
    building = subprocess.Popen(line, env=surroundings(half), stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not (half / BEGUN).exists() and time.monotonic() < until and building.poll() is None:
        time.sleep(0.05)
    building.kill()
    building.wait()
    again = alongside(half, "demo", "--if-absent")
    assert again.returncode == 1 and "was stopped before it was whole" in again.stderr
    assert again.stderr.endswith(f"rm -r '{half}'\n")


def test_nothing_is_made_up_where_people_are(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    with closing(sqlite3.connect(wexmoor() / "alongside.sqlite3")) as store:
        store.execute("VACUUM INTO ?", (str(real / "alongside.sqlite3"),))
    refused = alongside(real, "demo")
    assert refused.returncode == 1 and "needs a home of its own" in refused.stderr
    assert not (real / "made-up").exists()


def test_a_visitor_can_follow_stories_each_on_a_page_that_is_there(tmp_path: Path) -> None:
    home = wexmoor()
    stories = json.loads((home / "made-up").read_text())["stories"]
    assert {"fit", "mind", "words", "pay", "heard"} == {one["code"] for one in stories}
    with served(copied(home, tmp_path / "followed")) as address:
        front = urlopen(address).read().decode()
        for one in stories:
            assert one["path"] in front
            if not one.get("person"):
                assert urlopen(address + one["path"]).status == 200
    days = asked(
        home,
        "SELECT p.paid_on, m.held_on FROM decisions_payoffer p JOIN decisions_meeting m ON m.id = p.meeting"
        " WHERE p.paid_on IS NOT NULL",
    )
    assert max(date.fromisoformat(paid) - date.fromisoformat(held) for paid, held in days).days > 30


def test_whoever_is_sent_a_code_finds_what_it_was_sent_for(tmp_path: Path) -> None:
    """Of each kind of message. Those who decide, check or help were sent codes that opened nothing."""
    home = copied(wexmoor(), tmp_path / "home")
    words = [sys.executable, "-m", "tests.made_up.told_by_code"]
    ran = subprocess.run(words, env=surroundings(home), capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == ""
