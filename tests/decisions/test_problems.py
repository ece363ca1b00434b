"""A problem is carried from the first words to its result, and who first said it is never rewritten."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from alongside.kernel import clock, rules
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.pages.around import ROOMS
from alongside.topics.decisions.pages.ruled import FOR_A_PLACE
from alongside.topics.decisions.pages.ruled_words import CALLED
from alongside.topics.promises.commands import MakePromise
from tests.decisions import changing
from tests.decisions.problems import WORDS, raised, told
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_anyone_says_what_is_wrong_signed_in_by_a_code_or_without_a_name(cast: Cast) -> None:
    matter = changing.hall(cast)
    by_code = replace(cast.rosa, only=matter, way="code")
    for by in (cast.rosa, by_code, NOBODY):
        problem = raised(cast, by)
        assert models.Problem.everything.get(id=problem).organisation == cast.council
    assert "First said by someone who draws on care and support, on 2 March 2026." in page(
        None, f"/problems/{problem}"
    )


def test_words_nobody_put_their_name_to_are_public_only_once_a_named_person_has_read_them(cast: Cast) -> None:
    """With no account, without a name, or signed in with the name kept out: they stand for nobody."""
    for by in (NOBODY, cast.rosa):
        mark = f"MARK-{by.person}"
        problem = raised(cast, by, read=False, words=mark)
        address = f"/problems/{problem}"
        for other in (None, cast.boyd, cast.stranger):
            assert mark not in page(other, address) and mark not in page(other, "/problems/")
            assert "Somebody must read them first, by 4 March 2026." in page(other, address)
        assert mark not in Client().get(f"/api/decisions/problems/{problem}").content.decode()
        for first in (cast.ken, cast.ana):  # whoever must answer it, and a user-led organisation
            assert mark in page(first, address) and "Look at its words: show them" in page(first, address)
        with clock.at("2026-03-20"):
            assert mark not in page(None, address)  # never by themselves
            text = page(None, address)
            assert "waited 18 days" in text and "Wexmoor Council has not looked" in text
        with pytest.raises(NotAllowed):
            do(commands.ShowWords(problem=problem), by=cast.stranger)
        do(commands.ShowWords(problem=problem), by=cast.ana)
        assert mark in page(None, address)


def test_a_name_beside_the_words_lets_them_stand_at_once_and_nobody_looks_at_their_own(cast: Cast) -> None:
    named = raised(cast, cast.ana, read=False, is_named=True)
    assert WORDS in page(None, f"/problems/{named}")
    own = raised(cast, cast.ana, read=False)
    for command in (commands.ShowWords(problem=own), commands.HoldWords(problem=own, reason="danger")):
        with pytest.raises(Refused, match="your own words"):
            do(command, by=replace(cast.ana, strong=True))


def test_a_problem_in_one_life_is_never_public_and_the_form_leads_to_the_main_path(cast: Cast) -> None:
    with pytest.raises(Refused, match="This must not be public"):
        raised(cast, cast.rosa, what="life")
    text = page(cast.rosa, "/problems/new")
    assert "It is never made public." in text and "/do/decisions.raised?person=" in text
    assert not models.Problem.everything.exists()


def test_a_name_shows_only_when_its_owner_wants_that_and_a_worker_s_never(cast: Cast) -> None:
    unnamed, named = raised(cast, cast.rosa), raised(cast, cast.ana, is_named=True)
    worker = raised(cast, cast.priya, is_named=True, standing="practitioner")
    assert "Rosa Marlow" not in page(None, f"/problems/{unnamed}")
    assert "First said by Ana Reyes" in page(None, f"/problems/{named}")
    assert "Priya" not in page(None, f"/problems/{worker}")
    api = Client().get(f"/api/decisions/problems/{unnamed}")
    assert str(cast.rosa.person) not in api.content.decode() and WORDS in api.content.decode()


ME_TOO = "Others say: me too. They are fewer than 5 people, so we do not say how many."


def test_nobody_signs_words_with_a_name_that_is_locked_away(cast: Cast) -> None:
    """A name that was to be shown and to be locked away put words before everyone that nobody had read."""
    both = {"organisation": cast.council, "what": "place", "where": "The lift", "words": "It stops."}
    with pytest.raises(Refused, match="Choose one of them"):
        do(commands.RaiseProblem(**both, is_named=True), by=cast.ana, anonymous=True)
    pk = do(commands.RaiseProblem(**both), by=cast.ana, anonymous=True).thing
    assert "It stops." not in page(None, f"/problems/{pk}")
    form = page(cast.ana, f"/do/decisions.problem_raised?organisation={cast.council}")
    assert "Lock my name away" in form and "Do not show my name" not in form


def test_others_say_me_too_once_and_small_counts_are_not_told(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    share = commands.SayMeToo(problem=problem)
    for by in (cast.devon, cast.lena):
        do(share, by=by)
    for by, why in ((cast.devon, "counted already"), (cast.rosa, "counted already"), (cast.ken, "work for")):
        with pytest.raises(Refused, match=why):
            do(share, by=by)
    with pytest.raises(NotAllowed):
        do(share, by=NOBODY)
    assert ME_TOO in page(None, f"/problems/{problem}")
    assert not models.MeToo.objects.seen_by(cast.ken).exists()  # who they are is theirs
    do(commands.SayIfBetter(problem=problem, better="no"), by=cast.devon)
    assert "1 of 3" not in page(None, f"/problems/{problem}")  # which would give the count away
    told_api: Any = Client().get(f"/api/decisions/problems/{problem}").json()
    assert (told_api["me_too"], told_api["result"]["whom"]) == (None, None)
    for by in (cast.victor, cast.stranger, cast.tom):
        do(share, by=by)
    assert "At least 5 people say: me too." in page(None, f"/problems/{problem}")
    do(commands.NoLongerMe(problem=problem), by=cast.tom)
    assert ME_TOO in page(None, f"/problems/{problem}")


def test_not_now_says_why_and_what_would_change_it(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    answer = {"problem": problem, "answer": "not_now", "words": "The driver is ill."}
    with pytest.raises(Refused, match="what would change your answer"):
        do(commands.AnswerProblem(**answer), by=cast.ken)
    with pytest.raises(NotAllowed):
        do(commands.AnswerProblem(**answer, would_change="A driver."), by=cast.tom)
    do(commands.AnswerProblem(**answer, would_change="When we have a second driver."), by=cast.ken)
    text = page(None, f"/problems/{problem}")
    assert "Not now, and here is why" in text and "When we have a second driver." in text
    assert "Ken Holt" not in text
    assert told(cast.rosa.person) == [f"/problems/{problem}"] * 2  # her words were read; they were answered


def test_an_answer_that_is_late_is_said_to_be_late(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    assert "It must be answered by 30 March 2026" in page(None, "/problems/")
    with clock.at("2026-03-31"):
        assert "No answer yet. It was due on 30 March 2026" in page(None, f"/problems/{problem}")


def test_its_origin_stands_at_every_step_down_to_the_result_and_its_raiser_is_told_each_time(
    cast: Cast,
) -> None:
    problem = raised(cast, cast.rosa)
    origin = "First said by someone who draws on care and support, on 2 March 2026."
    here = f"/problems/{problem}"
    raise_it = commands.RaiseAboutPlace(
        organisation=cast.council, what="Open when the bus comes", change="start", problem=problem
    )
    decision = do(raise_it, by=cast.june).thing
    way = commands.AddOption(decision=decision, name="Open at nine", change="start")
    do(way, by=cast.june)
    option = models.Option.everything.get(decision=decision)
    carry = commands.CarryProblem(problem=problem, decision=decision, option=option.id)
    do(carry, by=cast.june)
    with pytest.raises(Refused, match="written down already"):
        do(carry, by=cast.june)
    do(commands.SayWhichPeople(decision=decision, group="All who come", size=40), by=cast.june)
    decide = commands.DecideForPlace(
        decision=decision,
        outcome="agreed",
        reasons="You asked.",
        without_them="The bus comes tomorrow.",
        review_on=clock.today().replace(month=6),
    )
    do(decide, by=cast.june)
    due = clock.today().replace(day=20)
    promise = MakePromise(
        organisation=cast.council,
        made_to=[cast.devon.person],
        what="Open at nine",
        due_on=due,
        decision=decision,
    )
    do(promise, by=cast.june)
    changing.proposed(cast, decision, name="Nine o’clock")
    do(
        commands.SayIfBetter(problem=problem, better="partly", words="Some days.", may_be_read=True),
        by=cast.rosa,
    )
    result = models.ProblemResult.everything.get(problem=problem).id
    do(commands.LookAtResult(problem=problem, result=result, is_shown=True), by=cast.ana)

    text = page(None, here)
    assert text.count(origin) >= 4  # beside the words, the decision, the change and the result
    for words in (
        "A way that comes from this problem: Open at nine",
        "Nine o’clock",
        "Some days.",
        "Some of those who have this problem said whether it is better.",
    ):
        assert words in text
    assert origin in page(None, f"/decisions/{decision}/origin")
    assert "Where this comes from" in page(None, f"/decisions/{decision}")
    assert len([link for link in told(cast.rosa.person) if link == here]) >= 6
    kept = models.Problem.everything.get(id=problem)
    assert (kept.raised_by, kept.standing, kept.raised_on) == (cast.rosa.person, "draws", clock.today())


def test_no_command_rewrites_who_first_said_it() -> None:
    from alongside.kernel.command import COMMANDS

    fixed = {"raised_by", "standing", "raised_on", "is_named"}
    first = {"decisions.problem_raised", "decisions.problem_shared"}
    later = [kind for kind in COMMANDS if kind.startswith("decisions.problem_") and kind not in first]
    assert len(later) >= 6
    assert not {name for kind in later for name in COMMANDS[kind].shapes} & fixed


def test_only_those_who_have_the_problem_say_if_it_is_better(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    better = commands.SayIfBetter(problem=problem, better="yes")
    for by in (cast.ken, cast.devon):
        with pytest.raises(Refused, match="Only those who have this problem"):
            do(better, by=by)
    do(better, by=cast.rosa)
    assert "Some of those who have this problem said whether" in page(None, f"/problems/{problem}")


def test_words_may_be_held_back_but_the_problem_and_the_reason_stay(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    do(commands.HoldWords(problem=problem, reason="names_someone"), by=cast.ken)
    text = page(None, f"/problems/{problem}")
    assert WORDS not in text and "They name or point to a person" in text
    assert WORDS in page(cast.rosa, f"/problems/{problem}")  # who said it reads it still
    assert f"/problems/{problem}" in page(None, "/problems/")
    do(commands.ShowWords(problem=problem), by=cast.ken)
    assert WORDS in page(None, f"/problems/{problem}")


def test_a_matter_of_one_life_cannot_be_said_to_come_from_a_public_problem(cast: Cast) -> None:
    from tests.decisions import acts

    problem = raised(cast, cast.rosa)
    matter = acts.raised(cast.ken, cast.rosa)
    with pytest.raises(Refused, match="about one person’s life"):
        do(commands.CarryProblem(problem=problem, decision=matter), by=cast.ken)


def test_the_pages_of_a_change_say_first_whether_it_may_run(cast: Cast) -> None:
    change = changing.running(cast)
    address = f"/changes/{change.id}"
    assert "It runs. Those it affects judge it again by 30 September 2026." in page(None, address)
    now = page(None, address).split("Each time they judged it")[0]
    assert "5 of 40 people it affects have judged it." not in now  # a new round began
    with clock.at("2026-10-02"):
        text = page(None, address)
        first = text.index("This is not allowed to go on. Its permission lapsed on 30 September 2026.")
        assert first < text.index("<h1>")
        assert "Help that people have from it goes on." in text
        assert "Say how far it is" not in page(cast.tom, address)
    assert browser_of(cast.rosa).get(f"/decisions/{change.decision}/changes").status_code == 200
    assert "Sundays" in page(None, "/changes/")
    body: Any = Client().get(f"/api/decisions/changes/{change.id}").json()
    assert (body["state"], body["may_run"], body["judgements"]["affected"]) == ("running", True, 40)


def test_a_decision_shows_the_rules_it_was_made_under(cast: Cast) -> None:
    decision = changing.hall(cast)
    text = page(None, f"/decisions/{decision}/rules")
    made_under = models.Decision.everything.get(id=decision).rules_version
    for words in (made_under, "How long people have to answer", "14 days", "first law"):
        assert words in text
    assert "An advocate" in text and "decision." not in text and "live_voices" not in text
    # each rule lies folded under what one may want to know
    rooms = ("How long you have, and how", "How long people have", "When somebody says what is wrong")
    assert sorted(rooms, key=text.index) == list(rooms)
    assert "<details" in text and "open>" not in text
    whole = page(None, f"/decisions/{decision}/rules?whole")
    assert whole.count("<details") == whole.count(" open><summary") == text.count("<details")


def test_each_page_beside_a_matter_is_offered_once(cast: Cast) -> None:
    text = page(None, f"/decisions/{changing.hall(cast)}")
    for room in ROOMS:
        assert text.count(f">{room.words}<") <= 1, room.words
    assert text.count(">The rules this follows<") == 1


def test_no_number_beside_a_matter_tells_that_people_are_named_in_it(cast: Cast) -> None:
    decision = changing.hall(cast)
    words, before = "Which people it affects, and who answered", page(None, f"/decisions/{decision}")
    raised_again = commands.RaiseAboutPlace(organisation=cast.council, what="The door", change="start")
    other = do(raised_again, by=cast.june).thing
    name = commands.SayWhoIsAffected(decision=other, person=cast.rosa.person, stake="other")
    do(name, by=cast.june)
    assert words not in page(None, f"/decisions/{other}") and words in before
    do(commands.SayWhichPeople(decision=other, group="Those who use it", size=40), by=cast.june)
    assert f'{words}</a>&nbsp;<span class="soft">(1)' in page(None, f"/decisions/{other}")


def test_a_matter_of_a_place_that_is_looked_at_again_leads_to_no_page_about_one_life(cast: Cast) -> None:
    decision = changing.hall(cast)
    assert models.Review.everything.filter(decision=decision).exists()
    assert f"/decisions/{decision}/law" not in page(None, f"/decisions/{decision}")


def test_those_who_decide_can_propose_another_plan_in_the_place_of_one_that_runs(cast: Cast) -> None:
    change = changing.running(cast)
    words = "Propose another plan in its place"
    assert words in page(cast.june, f"/changes/{change.id}") and words not in page(
        None, f"/changes/{change.id}"
    )


def test_every_rule_about_decisions_is_called_something_a_person_would_say() -> None:
    for place in ("england", "scotland", "wales"):
        keys = {key for key in rules.on(place, clock.today()) if key.startswith(FOR_A_PLACE)}
        assert keys <= CALLED.keys()


def test_a_matter_of_a_place_says_how_to_answer_it_without_signing_in_and_what_comes_after(
    cast: Cast,
) -> None:
    raise_it = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(raise_it, by=cast.june).thing
    assert "Sign in to say what you think" in page(None, f"/decisions/{decision}")
    assert "Sign in to say what you think" not in page(cast.rosa, f"/decisions/{decision}")
    assert "This is not decided yet" in page(None, f"/decisions/{decision}/afterwards")
