"""Words that nobody put their name to are read first, wherever they stand; what was judged counts at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.command import COMMANDS, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.now import now_tables
from alongside.kernel.policy import Actor
from alongside.kernel.replay import compare
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.looking import LookAtResult, LookAtSaid
from alongside.topics.decisions.commands.problem_counts import solved_counts
from alongside.topics.people.commands.bodies import AddOrganisation, CountTheBoard
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import LinkKind, OrganisationKind, ReadFirst
from alongside.topics.promises.commands import AnswerDate, LookAtDateAnswer, LookAtVerdict, ProposeDate
from alongside.topics.promises.models import DateAnswer, Promise, PromisedTo, Verdict
from alongside.topics.promises.policy.counting import counts_of
from tests.decisions import changing
from tests.decisions.problems import raised, told
from tests.interfaces.conftest import browser_of
from tests.promises.making import judge, promised_to_members
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
MARK = "MARK it is shut again"
ACCUSES = "MARK the one with the red car shouts"


def public_promise(cast: Cast) -> UUID:
    return promised_to_members(cast, what="Keep the library open.", due_on=clock.today() + timedelta(days=60))


def a_judgement(cast: Cast) -> tuple[LookAtSaid, str]:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.judges(change, cast.rosa, "against", words=MARK, may_be_read=True)
    row = models.Judgement.everything.get(of_change=change.id)
    look = LookAtSaid(decision=change.decision, judgement=row.id, is_shown=True)
    return look, f"/changes/{change.id}"


def a_try(cast: Cast) -> tuple[LookAtSaid, str]:
    change = changing.proposed(cast, changing.hall(cast), kind="ict")
    part: dict[str, Any] = {"decision": change.decision, "change": change.id}
    do(commands.SayWhatItMustDo(**part, words="Opens by voice."), by=cast.june)
    item = models.FitnessItem.everything.get(of_change=change.id).id
    tried = commands.TryIt(**part, item=item, tried_as="draws", works="no", words=MARK, may_be_read=True)
    do(tried, by=cast.rosa)
    row = models.Trial.everything.get(of_change=change.id)
    return LookAtSaid(decision=change.decision, trial=row.id, is_shown=True), f"/changes/{change.id}"


def a_question(cast: Cast) -> tuple[LookAtSaid, str]:
    hall = changing.hall(cast)
    do(commands.AskQuestion(decision=hall, words=MARK, may_be_read=True), by=cast.rosa)
    row = models.Question.everything.get(decision=hall)
    return LookAtSaid(decision=hall, question=row.id, is_shown=True), f"/decisions/{hall}"


def a_result(cast: Cast) -> tuple[LookAtResult, str]:
    problem = raised(cast, cast.rosa)
    do(commands.SayIfBetter(problem=problem, better="no", words=MARK, may_be_read=True), by=cast.rosa)
    row = models.ProblemResult.everything.get(problem=problem)
    return LookAtResult(problem=problem, result=row.id, is_shown=True), f"/problems/{problem}"


def a_verdict(cast: Cast) -> tuple[LookAtVerdict, str]:
    promise = public_promise(cast)
    clock.advance(days=90)
    do(judge(promise, None, "not_kept", may_be_read=True, words=MARK), by=cast.ana)
    row = Verdict.everything.get(promise=promise)
    return LookAtVerdict(promise=promise, verdict=row.id, is_shown=True), f"/promises/{promise}"


def a_date_answer(cast: Cast) -> tuple[LookAtDateAnswer, str]:
    promise = public_promise(cast)
    later = clock.today() + timedelta(days=180)
    do(ProposeDate(promise=promise, due_on=later, why="The roof leaks."), by=cast.june)
    row = Promise.everything.get(id=promise)
    to = PromisedTo.everything.get(promise=row.id).id
    from alongside.topics.promises.models import ProposedDate

    proposal = ProposedDate.everything.get(promise=promise).id
    no = AnswerDate(promise=promise, proposal=proposal, made_to=to, agrees=False, why=MARK, may_be_read=True)
    do(no, by=cast.ana)
    answer = DateAnswer.everything.get(promise=promise)
    return LookAtDateAnswer(promise=promise, answer=answer.id, is_shown=True), f"/promises/{promise}"


EACH = [a_judgement, a_try, a_question, a_result, a_verdict, a_date_answer]


def writer_of(cast: Cast, made: Any) -> Actor:
    return cast.ana if made in (a_verdict, a_date_answer) else cast.rosa


@pytest.mark.parametrize("made", EACH)
def test_words_with_no_name_wait_until_somebody_has_read_them_wherever_they_stand(
    cast: Cast, made: Any
) -> None:
    look, address = made(cast)
    for other in (None, cast.boyd, cast.stranger):
        assert MARK not in page(other, address)
    assert MARK not in Client().get(f"/api{address}").content.decode()
    for by in (cast.stranger, cast.devon, cast.tom):
        with pytest.raises((NotAllowed, Refused, LookupError)):
            do(look, by=by)
    with pytest.raises((NotAllowed, Refused), match=r"your own words|Only someone of the body"):
        do(look, by=writer_of(cast, made))
    do(look, by=cast.ken)
    assert MARK in page(None, address)
    assert "Team manager, East, Wexmoor Council showed words here to everyone" in page(None, address)


@pytest.mark.parametrize("made", EACH)
def test_nobody_buries_them_by_not_reading_and_what_is_held_back_is_a_line_with_its_reason(
    cast: Cast, made: Any
) -> None:
    look, address = made(cast)
    clock.advance(days=30)
    text = page(None, address)
    assert MARK not in text and "1 person said here waits for somebody to read it first" in text
    assert "Wexmoor Council has not looked, and no user-led organisation has" in text
    hold = look.model_copy(update={"is_shown": False, "reason": "names_someone"})
    do(hold, by=cast.june)
    text = page(None, address)
    assert MARK not in text and "They name or point to a person" in text and "waits for somebody" not in text
    writer = writer_of(cast, made)
    assert told(writer.person)  # whoever wrote them is told
    assert "Not everyone can read this. Why: They name or point to a person" in page(writer, address)


def test_what_was_judged_counts_at_once_though_its_words_wait(cast: Cast) -> None:
    a_verdict(cast)
    promise = Promise.everything.get().id
    found = counts_of([promise])[promise]
    assert (found.not_kept, found.no_answer, found.of) == (1, 11, 12)
    a_result(cast)
    problem = models.Problem.everything.get().id
    assert solved_counts([problem], smallest=0)[problem]["no"] == 1


def test_a_question_in_one_life_is_read_by_nobody_outside_it_first(cast: Cast) -> None:
    from tests.decisions import acts

    decision = acts.raised(cast.ken, cast.rosa)
    do(commands.AskQuestion(decision=decision, words=MARK, may_be_read=True), by=cast.rosa)
    row = models.Question.everything.get(decision=decision)
    assert row.look_by is None
    assert models.Question.objects.seen_by(cast.devon).exists()
    assert not models.Question.objects.seen_by(cast.ana).exists()


def test_every_table_and_command_that_lets_all_read_reads_first() -> None:
    """Whoever adds another “anyone may read my words” must let somebody read them first."""
    tables = [model for model in now_tables() if any(f.name == "may_be_read" for f in model._meta.fields)]
    assert len(tables) >= 7 and all(issubclass(model, ReadFirst) for model in tables)
    gives = [kind for kind in COMMANDS.values() if "may_be_read" in kind.shapes]
    assert len(gives) >= 7 and all("look_by" in kind.shapes for kind in gives), gives


# Nobody buries what a user-led organisation showed -------------------------------------------------------


def shown_by_ana(cast: Cast) -> UUID:
    problem = raised(cast, cast.rosa, read=False, words=ACCUSES)
    do(commands.ShowWords(problem=problem), by=cast.ana)
    return problem


def another_of_a_user_led_body(cast: Cast) -> Actor:
    """Somebody who works for a second user-led organisation."""
    body = named("second led")
    do(AddOrganisation(organisation=body, kind=OrganisationKind.USER_LED, name="Speak Up"), by=BUILDER)
    post = GivePost(link=named("sol led"), organisation=body, person=cast.sol.person, kind=LinkKind.MANAGER)
    do(post, by=BUILDER)
    count = CountTheBoard(
        count=named("led count"),
        organisation=body,
        counted_on=clock.today(),
        members=8,
        who_draw_on_support=7,
    )
    do(count, by=cast.sol)
    return cast.sol


def test_the_body_alone_does_not_hide_again_what_a_user_led_organisation_showed(cast: Cast) -> None:
    problem = shown_by_ana(cast)
    address = f"/problems/{problem}"
    do(commands.HoldWords(problem=problem, reason="abuse"), by=cast.ken)  # it names no danger to a person
    text = page(None, address)
    assert ACCUSES in text  # they stand
    assert "Team manager, East, Wexmoor Council asks a user-led organisation to hide words here" in text
    with pytest.raises(Refused, match="must agree"):
        do(commands.HoldWords(problem=problem, reason="danger"), by=cast.june)
    assert ACCUSES in page(None, address)


def test_where_somebody_may_be_in_danger_the_body_hides_them_once_and_for_a_short_time(cast: Cast) -> None:
    problem = shown_by_ana(cast)
    address = f"/problems/{problem}"
    do(commands.HoldWords(problem=problem, reason="names_someone"), by=cast.ken)
    assert ACCUSES not in page(None, address) and "hid words here until 4 March 2026" in page(None, address)
    with clock.at("2026-03-04T15:00:00Z"):
        assert ACCUSES not in page(None, address)
    with clock.at("2026-03-05"):  # nobody outside agreed: they show again by themselves
        assert ACCUSES in page(None, address)
        with pytest.raises(Refused, match="must agree"):
            do(commands.HoldWords(problem=problem, reason="danger"), by=cast.june)
        do(commands.ShowWords(problem=problem), by=cast.ana)  # she looked again, and does not agree
        do(commands.HoldWords(problem=problem, reason="danger"), by=cast.june)  # again: it only asks now
        assert ACCUSES in page(None, address)
    assert not compare().problems


def test_they_are_hidden_when_somebody_of_a_user_led_organisation_agrees(cast: Cast) -> None:
    problem = shown_by_ana(cast)
    address = f"/problems/{problem}"
    do(commands.HoldWords(problem=problem, reason="names_someone"), by=cast.ken)
    other = replace(another_of_a_user_led_body(cast), strong=True)
    do(commands.HoldWords(problem=problem, reason="names_someone"), by=other)
    with clock.at("2026-04-20"):
        text = page(None, address)
        assert ACCUSES not in text and "They name or point to a person" in text
        history = [
            "Wexmoor Living Our Way showed words here to everyone",
            "Team manager, East, Wexmoor Council hid words here until 4 March 2026",
            "Speak Up held back words here",
        ]
        assert sorted(history, key=text.index) == history  # each showing and holding, by whom, in order


def test_the_same_holds_for_what_was_judged_and_for_public_words(cast: Cast) -> None:
    look, address = a_judgement(cast)
    do(look, by=cast.ana)
    hold = look.model_copy(update={"is_shown": False, "reason": "abuse"})
    do(hold, by=cast.june)
    assert MARK in page(None, address) and "asks a user-led organisation to hide" in page(None, address)
    do(hold, by=cast.ana)
    assert MARK not in page(None, address)


def test_what_the_body_alone_held_back_a_user_led_organisation_shows(cast: Cast) -> None:
    problem = raised(cast, cast.rosa, read=False, words=ACCUSES)
    do(commands.HoldWords(problem=problem, reason="danger"), by=cast.ken)
    do(commands.ShowWords(problem=problem), by=cast.ana)
    assert ACCUSES in page(None, f"/problems/{problem}")


# One list for those who may look --------------------------------------------------------------------------


def test_one_list_holds_all_that_waits_and_each_is_read_and_answered_in_one_step(cast: Cast) -> None:
    for made in EACH:
        made(cast)
    raised(cast, cast.devon, read=False, words=MARK)
    client = browser_of(cast.ken)
    assert "pieces of writing wait for you to read them first" in client.get("/").content.decode()
    text = client.get("/words-to-read").content.decode()
    assert text.count(MARK) == 7 and text.count("I have read this. Everyone may") == 7
    verdict = Verdict.everything.get()
    sent = client.post(
        f"/do/promises.verdict_looked_at?promise={verdict.promise}&verdict={verdict.id}",
        {"promise": verdict.promise, "verdict": verdict.id, "is_shown": "yes", "next": "/words-to-read"},
    )
    assert sent.status_code == 303 and sent["Location"] == "/words-to-read"
    assert MARK in page(None, f"/promises/{verdict.promise}")
    assert client.get("/words-to-read").content.decode().count(MARK) == 6
    assert MARK not in page(cast.rosa, "/words-to-read") + page(cast.stranger, "/words-to-read")
    assert "Nothing waits for you now" in page(cast.tom, "/words-to-read")
    assert page(cast.ana, "/words-to-read").count(MARK) == 5  # none of her own words


def test_what_the_body_asks_to_hide_waits_in_the_list_of_those_outside_it(cast: Cast) -> None:
    problem = shown_by_ana(cast)
    do(commands.HoldWords(problem=problem, reason="abuse"), by=cast.ken)
    text = page(replace(cast.ana, strong=True), "/words-to-read")
    assert ACCUSES in text and "The body asks you to agree" in text and "Agree, and hide it" in text
    assert ACCUSES not in page(cast.ken, "/words-to-read")
    do(commands.ShowWords(problem=problem), by=cast.ana)
    assert ACCUSES not in page(cast.ana, "/words-to-read")


def test_an_older_page_does_not_show_what_somebody_held_back_meanwhile(cast: Cast) -> None:
    """Two have the list open. One holds words back, for they point to somebody; the other presses yes."""
    problem = raised(cast, cast.rosa, read=False)
    ken, june = browser_of(replace(cast.ken, strong=True)), browser_of(replace(cast.june, strong=True))
    seen = june.get("/words-to-read").content.decode()
    assert 'action="/words-to-read"' in seen and "decisions.problem_words_shown" in seen
    sent = {"kind": "decisions.problem_words_shown", "problem": str(problem), "next": "/words-to-read"}
    do(commands.HoldWords(problem=problem, reason="one_life"), by=cast.ken)
    after = june.post("/words-to-read", sent, follow=True)
    assert "Somebody has looked at these words since you opened this page" in after.content.decode()
    assert models.ProblemWords.everything.get(problem=problem).held_for == "one_life"
    other = raised(cast, cast.rosa, read=False)
    shown = ken.post("/words-to-read", sent | {"problem": str(other)})
    assert shown.status_code == 307, "it goes on, as it was sent, to the form of that act"
    assert ken.post(shown["Location"], sent | {"problem": str(other)}).status_code == 303
    assert models.ProblemWords.everything.get(problem=other).shown_on is not None
