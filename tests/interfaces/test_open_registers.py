"""Each open register shows what its page shows to a visitor, and hides what is hidden there: no more."""

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY
from alongside.topics.decisions import commands
from alongside.topics.people.policy import name_of
from alongside.topics.promises.commands import LinkAct, LookAtAct, RecordTest, TakeBackStatement
from alongside.topics.promises.models import LinkedAct
from alongside.topics.voice.commands import NoteQuote
from tests.decisions import changing
from tests.decisions.problems import WORDS as WRONG
from tests.decisions.problems import raised as problem_raised
from tests.decisions.votes import panel, says
from tests.interfaces.open_data import ANYBODY, table, taken
from tests.promises.protocols import adopted, line
from tests.promises.said import WORDS, said
from tests.voice import acts
from tests.voice.questions import question
from tests.voice.resolutions import TEXT as RESOLVED
from tests.voice.resolutions import passed
from tests.world import Cast

pytestmark = pytest.mark.django_db
REGISTERS = (
    "hearings",
    "changes",
    "problems",
    "said-in-public",
    "protocols",
    "tests",
    "questions",
    "resolutions",
)


@pytest.fixture(autouse=True)
def _a_day(cast: Cast) -> object:
    with clock.at("2026-03-02"):
        acts.offices(cast)
        yield


def test_only_open_requests_to_be_heard_are_given_away_and_one_person_is_not_named(cast: Cast) -> None:
    by_body = acts.asked(cast)
    own = acts.asked(cast, by=cast.rosa, name_of="one", body=None, people=1, item="My street")
    acts.asked(cast, by=cast.victor, name_of="one", body=None, people=1, item="In private", is_open=False)
    rows = {row["id"]: row for row in table("hearings")}
    assert set(rows) == {str(by_body), str(own)}
    assert rows[str(by_body)]["by_user_led"] == "yes" and rows[str(by_body)]["minutes_asked"] == "5"
    assert rows[str(own)]["who_asked"] == "One person"
    for form in ("json", "csv", "atom"):
        answer = taken(f"/open-data/hearings.{form}")
        text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert "My street" in text
        for private in ("In private", "Rosa", "Victor", "Ana Reyes", str(cast.rosa.person)):
            assert private not in text, (form, private)


def test_a_change_says_whether_it_may_run_and_what_is_in_its_way_as_its_page_does(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    [row] = table("changes")
    assert row["id"] == str(change.id) and row["may_run"] == "no" and row["state"] == "proposed"
    assert row["in_the_way"] and row["not_answered"] == str(changing.EVERYONE)
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    clock.advance(days=29)
    changing.started(cast, change)
    [row] = table("changes")
    page = ANYBODY.get(f"/api/decisions/changes/{change.id}").json()
    assert row["may_run"] == "yes"
    assert row["in_the_way"] == "; ".join(one["sentence"] for one in page["in_the_way"])
    shown = {name: page["judgements"][name] for name in ("affected", "for", "against", "not_answered")}
    held = [row[name] for name in ("affected", "for_it", "against_it", "not_answered")]
    assert held == ["" if one is None else str(one) for one in shown.values()]
    text = taken("/open-data/changes.json").content.decode()
    assert "Rosa" not in text and str(cast.rosa.person) not in text
    assert "It runs." in taken("/open-data/changes.atom").content.decode()


def test_a_permission_that_lapses_by_the_day_alone_is_told_anew(cast: Cast) -> None:
    change = changing.running(cast)
    first = taken("/open-data/changes.json")
    assert first.json()["items"][0]["may_run"] is True
    assert change.review_on is not None
    with clock.at(change.review_on.replace(year=change.review_on.year + 1).isoformat()):
        later = taken("/open-data/changes.json", 200, If_None_Match=first["ETag"])
        assert (later.json()["items"][0]["state"], later.json()["items"][0]["may_run"]) == ("lapsed", False)


def test_words_with_no_name_wait_here_too_and_few_who_say_me_too_are_not_counted(cast: Cast) -> None:
    unsigned = problem_raised(cast, NOBODY, read=False)
    first = taken("/open-data/problems.json")
    [row] = first.json()["items"]
    assert row["id"] == str(unsigned) and row["words"] is None and row["where"] is None
    assert WRONG not in taken("/open-data/problems.atom").content.decode()
    do(commands.SayMeToo(problem=unsigned), by=cast.rosa)
    assert taken("/open-data/problems.json").json()["items"][0]["me_too"] is None
    named = problem_raised(cast, cast.ana, is_named=True)
    row = next(one for one in table("problems") if one["id"] == str(named))
    assert row["words"] == WRONG and "Ana Reyes" not in str(row)
    with clock.at("2026-03-09"):
        shown = ANYBODY.get(f"/api/decisions/problems/{unsigned}").json()["words"]
        row = next(one for one in table("problems") if one["id"] == str(unsigned))
        assert row["words"] == (shown or "")


def test_what_was_said_in_public_is_there_word_for_word_until_it_is_taken_back(cast: Cast) -> None:
    said(cast, is_read=False)
    assert table("said-in-public") == []  # no words before a named person has read them
    statement = said(cast)
    found = LinkAct(statement=statement, words="A panel met.", on_day=clock.today(), where="Minutes")
    do(found, by=cast.devon)
    assert [row["done_since"] for row in table("said-in-public")] == ["0"]  # nobody has read it yet
    do(LookAtAct(statement=statement, act=LinkedAct.everything.get().id, is_shown=True), by=cast.ken)
    [row] = table("said-in-public")
    assert (row["words"], row["who"], row["state"]) == (WORDS, "Leader of the council", "waiting")
    assert row["done_since"] == "1" and row["recorded"]
    assert name_of(cast.devon.person) not in str(taken("/open-data/said-in-public.json").json())
    do(TakeBackStatement(statement=statement), by=cast.devon)
    assert table("said-in-public") == []


def test_a_protocol_has_its_lines_and_each_test_with_what_shows_it(cast: Cast) -> None:
    protocol = adopted(cast)
    row = line(protocol, "bid_time")
    looked = RecordTest(promise=row.id, result="pass", document="Notice 14", number="45 days")
    do(looked, by=cast.ana)
    [whole] = table("protocols")
    assert (whole["lines"], whole["tests_passed"], whole["not_tested"]) == ("20", "1", "19")
    [test] = table("tests")
    assert (test["promise"], test["result"], test["document"]) == (str(row.id), "pass", "Notice 14")
    assert "Ana Reyes" not in str(test) and "Pass." in taken("/open-data/tests.atom").content.decode()


@pytest.mark.parametrize("name", REGISTERS)
def test_every_register_says_its_columns_and_has_each_form(cast: Cast, name: str) -> None:
    page = ANYBODY.get("/open-data/").content.decode()
    empty = taken(f"/open-data/{name}.json").json()
    assert empty["columns"] and all(f"<code>{column}</code>" in page for column in empty["columns"])
    for form in ("csv", "atom"):
        assert f"/open-data/{name}.{form}" in page
        first = taken(f"/open-data/{name}.{form}")
        taken(f"/open-data/{name}.{form}", 304, If_None_Match=first["ETag"])


def test_the_questions_of_councillors_are_given_away_but_not_one_about_a_life(cast: Cast) -> None:
    asked = question(cast)
    question(cast, words="Why was the help of one of my residents cut?", is_about_a_life=True)
    [row] = table("questions")
    assert (row["id"], row["is_overdue"], row["answer"]) == (str(asked.id), "no", "")
    assert row["question"] == str(asked.words) and row["councillor"] == name_of(cast.boyd.person)
    for form in ("json", "csv", "atom"):
        text = b"".join(taken(f"/open-data/questions.{form}")).decode()
        assert "one of my residents" not in text and str(asked.words) in text


def test_a_resolution_is_given_away_word_for_word_with_how_it_is_quoted(cast: Cast) -> None:
    row = passed(cast)
    hidden = passed(cast, name="In our own house", is_open=False)
    do(NoteQuote(resolution=row.id, words="councils should not", place="The news"), by=cast.rosa)
    acts.quotes_read(cast.ana)
    [shown] = table("resolutions")
    assert shown["words"] == RESOLVED and (shown["version"], shown["votes_for"]) == ("1", "38")
    assert (shown["quoted"], shown["quoted_altered"], shown["quoted_exactly"]) == ("1", "1", "0")
    assert str(hidden.id) not in str(taken("/open-data/resolutions.json").json())
    assert "Version 1. Quoted in 1 places, in 1 with other words." in (
        b"".join(taken("/open-data/resolutions.atom")).decode()
    )


def test_the_register_of_decisions_says_how_each_was_decided(cast: Cast) -> None:
    alone = changing.hall(cast)
    by_several, proposal = panel(cast)
    for one in (cast.june, cast.ana):
        says(by_several, proposal, one)
    still_open = do(
        commands.RaiseAboutPlace(organisation=cast.council, what="Paint the hall", change="start"),
        by=cast.june,
    ).thing
    how = {row["id"]: row["how"] for row in table("decisions")}
    assert how[str(alone)] == "without_them"
    assert how[str(by_several)] in ("panel_with_people", "together_with_people")
    assert how[str(still_open)] == ""
    assert "how it was decided" in ANYBODY.get("/open-data/").content.decode().casefold()
