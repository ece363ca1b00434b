"""Words taken from sight on a stated reason, by nobody who decides; and what became of what was said."""

from dataclasses import replace

import pytest

from alongside.interfaces.asking import from_values
from alongside.interfaces.who import forget_voices
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.pseudonyms import voices_of
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.posts import JoinBody
from tests.decisions import acts
from tests.decisions.afterwards import answered, challenged, did, settled
from tests.decisions.taken import taken
from tests.decisions.thinking import hall, place_view, told
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]

WORDS = "Jo at 4 Elm Row took the key."


def test_words_that_name_somebody_are_gone_from_every_page_and_still_count(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(decision, cast.devon, "against", words=WORDS, instead="Change the lock.")
    taken(decision, cast.omar, view.id)
    addresses = ("", "/views", "/map", "/minds")
    for address in addresses:
        assert WORDS not in page(None, f"/decisions/{decision}{address}")
    assert WORDS not in browser_of(None).get(f"/api/decisions/{decision}").content.decode()
    text = page(None, f"/decisions/{decision}")
    assert "They name somebody who did not agree to it" in text and "I do not agree" in text
    row = models.View.everything.get(id=view.id)
    assert row.is_current and row.position == "against"
    assert WORDS in page(cast.devon, f"/decisions/{decision}/taken")
    assert WORDS in page(cast.june, f"/decisions/{decision}/taken")  # who decides must answer it
    assert WORDS not in page(cast.boyd, f"/decisions/{decision}/taken")


def test_nobody_who_decides_and_no_stranger_takes_words_from_sight(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(decision, cast.devon, words=WORDS)
    for who in (cast.june, cast.boyd, cast.stranger, cast.tom):
        with pytest.raises(NotAllowed):
            taken(decision, who, view.id)
    with pytest.raises(NotAllowed, match="passkey"):
        taken(decision, replace(cast.omar, strong=False), view.id)
    own = place_view(decision, cast.omar, words="Mine.")
    with pytest.raises(Refused, match="your own words"):
        taken(decision, cast.omar, own.id)
    taken(decision, cast.omar, view.id)


def test_to_be_against_a_plan_is_no_reason(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(decision, cast.devon, words="This plan is a shame.")
    for reason, is_one in (("rude", False), ("off_topic", False), ("against_us", False), ("threat", True)):
        values = {"decision": decision, "what": f"view:{view.id}", "reason": reason, "words": "x"}
        if is_one:
            assert from_values(commands.TakeFromSight, values)
            continue
        with pytest.raises(Refused):
            from_values(commands.TakeFromSight, values)


def test_the_giver_is_told_and_asks_another_person_who_puts_them_back(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(decision, cast.devon, "against", words="The hall manager is late.", instead="A key.")
    row = taken(decision, cast.omar, view.id)
    assert cast.devon.person is not None and cast.devon.person.hex in told()
    look = commands.LookAgain(decision=decision, taken=row.id, puts_back=True, words="It names an office.")
    with pytest.raises(Refused, match="No one has asked"):
        do(look, by=cast.dee)
    with pytest.raises(Refused, match="Only the one whose words"):
        do(commands.AnswerTaking(decision=decision, taken=row.id), by=cast.ana)
    do(commands.AnswerTaking(decision=decision, taken=row.id, words="That is an office."), by=cast.devon)
    assert "Somebody asks for another look" in page(cast.dee, "/")
    with pytest.raises(Refused, match="Somebody else must look"):
        do(look, by=cast.omar)
    do(look, by=cast.dee)
    text = page(None, f"/decisions/{decision}")
    assert "The hall manager is late." in text and "A key." in text and "taken from sight" not in text
    assert "Somebody asks for another look" not in page(cast.dee, "/")


def test_somebody_of_a_user_led_organisation_may_look_again(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(decision, cast.devon, words=WORDS)
    row = taken(decision, cast.omar, view.id)
    do(commands.AnswerTaking(decision=decision, taken=row.id), by=cast.devon)
    look = commands.LookAgain(decision=decision, taken=row.id, puts_back=False, words="Jo is named.")
    do(look, by=replace(cast.ana, strong=True))
    assert WORDS not in page(None, f"/decisions/{decision}")
    assert "The words stay out of sight." in page(cast.devon, f"/decisions/{decision}/taken")


@pytest.mark.parametrize("who", ["ken", "priya", "june"])
def test_nobody_of_the_line_that_took_them_looks_again_nor_whoever_works_with_their_writer(
    cast: Cast, who: str
) -> None:
    """June is over everyone, Ken is over Priya, and Priya is Lena’s worker."""
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(place, by=cast.boyd).thing
    view = place_view(decision, cast.lena, words=WORDS)
    row = taken(decision, cast.ken if who != "priya" else cast.omar, view.id)
    do(commands.AnswerTaking(decision=decision, taken=row.id), by=cast.lena)
    look = commands.LookAgain(decision=decision, taken=row.id, puts_back=False, words="Jo is named.")
    with pytest.raises((Refused, NotAllowed), match=r"Somebody else must look|Only"):
        do(look, by=getattr(cast, who))
    assert "Look again" not in page(getattr(cast, who), f"/decisions/{decision}/taken")
    do(look, by=replace(cast.ana, strong=True))


def test_two_of_one_user_led_organisation_are_not_two_sides(cast: Cast) -> None:
    do(JoinBody(person=cast.stranger.person, organisation=cast.ulo, on_the_board=True), by=BUILDER)
    decision = hall(cast)
    view = place_view(decision, cast.devon, words=WORDS)
    row = taken(decision, replace(cast.ana, strong=True), view.id)
    do(commands.AnswerTaking(decision=decision, taken=row.id), by=cast.devon)
    look = commands.LookAgain(decision=decision, taken=row.id, puts_back=False, words="Jo is named.")
    with pytest.raises(Refused, match="Somebody else must look"):
        do(look, by=replace(cast.stranger, strong=True))
    do(look, by=cast.omar)


def test_what_was_taken_back_does_not_come_back_with_a_second_look(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.BringEvidence(decision=decision, kind="counts", words=WORDS), by=cast.devon)
    evidence = acts.latest(models.Evidence, decision)
    take = commands.TakeFromSight(
        decision=decision, what=f"evidence:{evidence.id}", reason="endangers", words="It could hurt Jo."
    )
    do(take, by=cast.omar)
    row = acts.latest(models.Taken, decision)
    do(commands.AnswerTaking(decision=decision, taken=row.id), by=cast.devon)
    do(commands.WithdrawEvidence(decision=decision, evidence=evidence.id), by=cast.devon)
    do(commands.LookAgain(decision=decision, taken=row.id, puts_back=True, words="Fine."), by=cast.dee)
    for reader in (None, cast.devon, cast.june, cast.dee):
        for address in ("evidence", "taken"):
            assert WORDS not in page(reader, f"/decisions/{decision}/{address}")


def test_a_taken_view_that_wanted_something_still_gets_its_reply(cast: Cast) -> None:
    from alongside.topics.decisions.commands.standing import Reading

    decision = hall(cast)
    view = place_view(decision, cast.devon, "unsure", words=WORDS, instead="Change the lock.")
    taken(decision, cast.omar, view.id)
    row = models.Decision.everything.get(id=decision)
    points = Reading(row, row.raised_at).standing().points
    assert [point.went_with for point in points] == [False]


# What became of what I said -----------------------------------------------------------------------


def test_everything_somebody_gave_stands_on_one_page_with_what_came_of_it(cast: Cast) -> None:
    decision, life = hall(cast), acts.raised(cast.ken, cast.rosa)
    assert "What became of what I said" not in page(cast.devon, "/")
    view = place_view(decision, cast.devon, words="It is warm there.")
    place_view(decision, cast.ana, "unsure")
    place_view(decision, cast.ana, "for", moved_by=f"view:{view.id}")
    acts.replied(decision, cast.june, view.id)
    do(commands.BringEvidence(decision=decision, kind="counts", words="Forty came."), by=cast.devon)
    evidence = acts.latest(models.Evidence, decision)
    use = commands.SayIfUsed(decision=decision, evidence=evidence.id, use="used", words="It shows the need.")
    do(use, by=cast.june)
    touched = commands.SayWhoIsAffected(decision=life, person=cast.devon.person, stake="other")
    do(touched, by=cast.rosa)
    do(commands.AskQuestion(decision=life, words="And Sundays?"), by=cast.devon)
    assert "What became of what I said" in page(cast.devon, "/")
    text = page(cast.devon, "/what-became")
    for words in (
        "It is warm there.",
        "Their answer: We did part of what you said.",
        "It changed somebody’s mind. They said so.",
        "We used it: It shows the need.",
        "And Sundays?",
        "Nobody has answered this yet.",
    ):
        assert words in text
    api = browser_of(cast.devon).get("/api/decisions/what-became").json()["items"]
    assert {one["decision"] for one in api} == {str(decision), str(life)}
    assert "It is warm there." not in page(cast.ana, "/what-became")
    assert browser_of(None).get("/what-became").status_code == 404


def test_what_was_said_after_a_decision_stands_there_too_with_what_came_of_it(cast: Cast) -> None:
    """A challenge, and what a decision did to somebody, were on nobody's page of what became of it."""
    decision = settled(cast)
    wrong = challenged(decision, cast.rosa)
    effect = did(decision, cast.rosa)
    waits = page(cast.rosa, "/what-became")
    assert "Nobody looked at my mornings." in waits and "It must be answered by 30 March 2026." in waits
    answered(decision, wrong.id, acts.answerer(decision))
    learnt = {"effects": [effect.id], "learnt": "Mornings matter.", "will_do": "We ring each week."}
    do(commands.SayWhatILearnt(decision=decision, **learnt), by=cast.ken)
    text = page(cast.rosa, "/what-became")
    for words in (
        "The decision stands.",
        "I looked at it.",
        "I fell.",
        "Mornings matter.",
        "We ring each week.",
    ):
        assert words in text
    [told] = browser_of(cast.rosa).get("/api/decisions/what-became").json()["items"]
    kinds = {each["what"] for each in told["given"]}
    assert {"You said that it is wrong", "You said what it did to you"} <= kinds


def test_an_answer_to_evidence_stands_there_with_what_was_done_with_that(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.BringEvidence(decision=decision, kind="counts", words="Forty came."), by=cast.ana)
    evidence = acts.latest(models.Evidence, decision).id
    do(commands.AnswerEvidence(decision=decision, evidence=evidence, words="In the rain."), by=cast.devon)
    use = commands.SayIfUsed(decision=decision, evidence=evidence, use="used", words="It shows the need.")
    do(use, by=cast.june)
    text = page(cast.devon, "/what-became")
    assert "In the rain." in text and "We used it: It shows the need." in text


def test_what_was_given_without_a_name_and_taken_from_sight_is_on_its_givers_page(cast: Cast) -> None:
    decision = hall(cast)
    give = commands.GiveViewOnPlace(decision=decision, position="for", words=WORDS)
    do(give, by=cast.devon, anonymous=True)
    view = models.View.everything.get(decision=decision)
    taken(decision, cast.omar, view.id)
    forget_voices(cast.devon.person)
    text = page(cast.devon, "/what-became")
    assert "Your words were taken from sight. What you think still counts." in text
    assert cast.devon.person is not None
    row = models.Taken.everything.get(decision=decision)
    answer = commands.AnswerTaking(decision=decision, taken=row.id, words="It was on the news.")
    do(answer, by=replace(cast.devon, voices=voices_of(cast.devon.person)))
    assert "Devon" not in page(cast.dee, f"/decisions/{decision}/taken")


def test_whoever_took_words_does_not_type_that_their_giver_wants_no_other_look(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(decision, cast.rosa, "against", words=WORDS, instead="Change the lock.")
    row = taken(decision, cast.priya, view.id)
    no = commands.AnswerTaking(decision=decision, taken=row.id, wants_another_look=False)
    for typist in (cast.priya, cast.ken):
        with pytest.raises(Refused, match="Somebody else must type this"):
            do(no, by=acts.typed_for(cast.rosa, typist, "phone"))
    do(commands.AnswerTaking(decision=decision, taken=row.id), by=cast.rosa)
    do(commands.LookAgain(decision=decision, taken=row.id, puts_back=True, words="No harm."), by=cast.omar)
