"""A councillor asks, an office answers with what the answer rests on, and their page serves them."""

from typing import Any

import pytest

from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, THE_CLOCK
from alongside.topics.voice import commands
from alongside.topics.voice.models import Evidence, Question, Ward
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised_to_members
from tests.voice import acts
from tests.voice.questions import MARK, question
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def answered(cast: Cast, row: Question, **more: Any) -> None:
    values = {"answer": "Nine people wait.", "evidence": "Counted on 1 March, all of East.", **more}
    do(commands.AnswerQuestion(question=row.id, **values), by=cast.june)


def test_only_a_councillor_asks_and_only_the_office_answers(cast: Cast) -> None:
    for name in ("june", "rosa", "ana", "priya"):
        with pytest.raises(NotAllowed):
            do(
                commands.AskAsCouncillor(organisation=cast.council, office=cast.junes_office, words="x"),
                by=cast.everyone()[name],
            )
    row = question(cast)
    with pytest.raises(NotAllowed):
        do(commands.AnswerQuestion(question=row.id, answer="x", evidence="y"), by=cast.priya)
    answered(cast, row)
    page = browser_of().get(f"/questions/{row.id}").content.decode()
    assert "Head of adult social care" in page and "Counted on 1 March" in page
    assert "June Okafor" not in page


def test_an_answer_says_what_it_rests_on(cast: Cast) -> None:
    row = question(cast)
    with pytest.raises(Refused, match="what the answer rests on"):
        answered(cast, row, evidence="")
    answered(cast, row)
    assert Evidence.everything.filter(question=row.id).count() == 1


def test_a_question_about_one_life_is_between_the_councillor_and_the_office(cast: Cast) -> None:
    row = question(cast, is_about_a_life=True, is_of_resident=True)
    follow = question(cast, follows=row.id, words=f"And now? {MARK}")
    assert follow.is_about_a_life  # a follow-up opens nothing either
    for one in (row, follow):
        assert browser_of(cast.boyd).get(f"/questions/{one.id}").status_code == 200
        assert browser_of(cast.june).get(f"/questions/{one.id}").status_code == 200
        for other in (cast.ken, cast.priya, cast.rosa, cast.ana, None):
            assert browser_of(other).get(f"/questions/{one.id}").status_code == 404
    for other in (cast.ken, cast.rosa, None):
        assert MARK not in browser_of(other).get("/questions/").content.decode()
        assert MARK not in browser_of(other).get("/api/voice/questions").content.decode()


def test_overdue_ones_come_first_and_are_noted_once(cast: Cast) -> None:
    late = question(cast, words="The late one")
    clock.advance(days=20)
    done = question(cast, words="The answered one")
    answered(cast, done)
    question(cast, words="The new one")
    for command in list(commands.due(clock.now())):
        do(command, by=THE_CLOCK)
    assert Question.everything.get(id=late.id).overdue_on == clock.today()
    assert not list(commands.due(clock.now()))
    page = browser_of(cast.boyd).get("/councillor/").content.decode()
    assert page.index("The late one") < page.index("The new one") < page.index("The answered one")
    told = browser_of(cast.boyd).get("/api/voice/councillor").json()["questions"]
    assert [one["words"] for one in told] == ["The late one", "The new one", "The answered one"]
    waits, _fold, rest = browser_of().get("/questions/").content.decode().partition("<details")
    assert "The late one" in waits and "The new one" in waits and "The answered one" not in waits
    assert "1 question that is answered" in rest and "The answered one" in rest


def test_once_its_day_is_over_the_page_of_a_question_does_not_say_that_it_must_be_answered_by_then(
    cast: Cast,
) -> None:
    row = question(cast)
    before = browser_of().get(f"/questions/{row.id}").content.decode()
    assert "Head of adult social care must answer by" in before and "and has not." not in before
    clock.advance(days=60)
    after = browser_of().get(f"/questions/{row.id}").content.decode()
    assert "must answer by" not in after
    assert "Head of adult social care had to answer by" in after and "and has not." in after


def test_what_waits_in_a_ward_is_a_protected_number_and_never_by_worker(cast: Cast) -> None:
    named = commands.NameWard(organisation=cast.council, name="North")
    ward = do(named, by=cast.june).thing
    do(commands.SeatCouncillor(ward=ward, councillor=cast.boyd.person), by=cast.june)
    with pytest.raises(Refused, match="Choose a councillor"):
        do(commands.SeatCouncillor(ward=ward, councillor=cast.rosa.person), by=cast.june)
    for number in range(4):
        do(commands.GiveFeedback(organisation=cast.council, words=f"{number}", ward=ward), by=NOBODY)
    page = browser_of(cast.boyd).get("/councillor/").content.decode()
    assert "What waits in North" in page and "not said" in page
    do(commands.GiveFeedback(organisation=cast.council, words="5", ward=ward), by=NOBODY)
    assert '<tdclass="number">5</td>' in "".join(
        browser_of(cast.boyd).get("/councillor/").content.decode().split()
    )
    [told] = browser_of(cast.boyd).get("/api/voice/councillor").json()["wards"]
    assert told["ward"] == str(ward) and told["feedback_with_no_reply"] == 5
    assert told["late_of_these"] == 0
    assert str(Ward.everything.get()) == "North"
    for name in ("Priya", "Ken Holt", "Omar", "June"):
        assert name not in page
    assert "North</a>: Councillor Boyd" in browser_of().get("/questions/").content.decode()


def test_the_page_shows_what_is_overdue_by_body_as_counts(cast: Cast) -> None:
    acts.offices(cast)
    acts.asked(cast)
    clock.advance(days=25)
    page = "".join(browser_of(cast.boyd).get("/councillor/").content.decode().split())
    assert 'Requeststobeheardthateveryonecanread,withnoanswer</a></th><tdclass="number">1</td>' in page
    assert "Promisespasttheirday" in page
    [told] = browser_of(cast.boyd).get("/api/voice/councillor").json()["late"]
    late = told.pop("promises")
    assert told == {"organisation": str(cast.council), "hearings": 1, "questions": 0}
    assert late == {"places": 0, "lives": {"number": 0, "at_least": False}, "not_answered": 0}


def test_a_councillors_program_reads_the_same_late_promises_as_their_page(cast: Cast) -> None:
    """The page showed promises past their day, and programs heard nothing of them."""
    for number in range(3):
        promised_to_members(cast, what=f"The lift will work, {number}.")
    clock.advance(days=800)
    page = "".join(browser_of(cast.boyd).get("/councillor/").content.decode().split())
    [told] = browser_of(cast.boyd).get("/api/voice/councillor").json()["late"]
    assert told["promises"]["places"] == 3
    assert '<tdclass="number">3</td>' in page


def test_a_councillors_page_says_of_requests_to_be_heard_that_it_counts_those_that_everyone_can_read(
    cast: Cast,
) -> None:
    page = browser_of(cast.boyd).get("/councillor/").content.decode()
    assert "Requests to be heard that everyone can read, with no answer" in page


def test_a_councillors_own_page_says_which_question_is_overdue_and_the_ward_counts_apart(cast: Cast) -> None:
    ward = do(commands.NameWard(organisation=cast.council, name="North"), by=cast.june).thing
    do(commands.SeatCouncillor(ward=ward, councillor=cast.boyd.person), by=cast.june)
    question(cast, words="When is the lift mended?", ward=ward)
    question(cast, words="Who opens the hall?")
    clock.advance(days=60)
    home = browser_of(cast.boyd).get("/").content.decode()
    assert "Overdue:" in home and "When is the lift mended?" in home and "Who opens the hall?" in home
    text = "".join(browser_of(cast.boyd).get("/councillor/").content.decode().split())
    assert 'Questionsaboutthiswardwithnoansweryet</th><tdclass="number">1</td>' in text
    assert 'Questionsofyoursaboutotherthings,withnoansweryet</th><tdclass="number">1</td>' in text


def test_each_ward_has_a_page_of_what_was_asked_for_it_by_when_and_what_came(cast: Cast) -> None:
    ward = do(commands.NameWard(organisation=cast.council, name="Castle"), by=cast.june).thing
    do(commands.SeatCouncillor(ward=ward, councillor=cast.boyd.person), by=cast.june)
    first = question(cast, ward=ward, words="How many wait?")
    question(cast, words="Of no ward.")
    question(cast, ward=ward, words="About one life.", is_about_a_life=True)
    clock.advance(days=20)
    answered(cast, first)
    again = question(cast, ward=ward, follows=first.id, words="And why?")
    clock.advance(days=20)
    text = browser_of().get(f"/questions/ward/{ward}").content.decode()
    assert "Councillor Boyd stands for this ward." in text and "2 asked, 1 answered, 1 overdue." in text
    assert text.index("And why?") < text.index("How many wait?")  # what is overdue comes first
    assert "6 days late" in text and f'href="/questions/{again.id}">Asked again' in text
    assert "Of no ward." not in text and "About one life." not in text
    assert f'href="/questions/ward/{ward}">Castle' in browser_of().get("/questions/").content.decode()
    mine = browser_of(cast.boyd).get(f"/questions/ward/{ward}").content.decode()
    assert "About one life." not in mine  # the page is the same for everyone


def test_a_ward_that_is_not_there_has_no_page() -> None:
    assert browser_of().get("/questions/ward/3e7c0a52-1d6f-4b8e-9a90-5f2d1c8b7a60").status_code == 404
