"""What goes with a view: what is wanted instead, what matters, what changed a mind; and the map of it all."""

from datetime import timedelta

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Sees
from tests.decisions import acts
from tests.decisions.thinking import hall, place_view, told
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast
from tests.written import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


# An objection says what is wanted instead ---------------------------------------------------------


def test_a_view_against_says_what_is_wanted_instead_or_that_help_is_wanted_to_say_it(cast: Cast) -> None:
    decision = hall(cast)
    with pytest.raises(Refused, match="what you want instead"):
        place_view(decision, cast.devon, "against", words="No.")
    said = place_view(decision, cast.devon, "against", words="No.", instead="Open it later in the day.")
    assert str(said.instead) == "Open it later in the day."
    said = place_view(decision, cast.devon, "against", words="No.", does_not_know=True)
    assert said.wants_help
    help_ = acts.latest(models.Offer, decision)
    assert (help_.person, help_.is_asked_for) == (cast.devon.person, True)


def test_not_to_know_yet_is_a_right_answer_on_paper_too(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    give = commands.GiveView(decision=decision, position="against", does_not_know=True)
    do(give, by=acts.typed_for(cast.rosa, cast.priya, "phone"))
    assert models.Offer.everything.get(decision=decision).person == cast.rosa.person
    assert "do not know yet what they want instead" in page(cast.ken, f"/decisions/{decision}")


def test_who_is_not_sure_and_wants_something_else_gets_a_reply_before_it_is_decided(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, "Add an hour", "increase")
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa, "unsure", "Hm.", instead="Two hours on Sundays.")
    with pytest.raises(Refused, match="said something else"):
        acts.decided(decision, cast.ken)
    acts.replied(decision, cast.ken, view.id)
    acts.decided(decision, cast.ken)
    other = acts.raised(cast.ken, cast.rosa, "Add an hour", "increase")
    acts.sent(other, cast.ken)
    acts.said(other, cast.rosa, "unsure", "Hm.")
    acts.decided(other, cast.ken)


# One question first -------------------------------------------------------------------------------


def test_the_form_asks_what_you_think_first_and_folds_the_rest(cast: Cast) -> None:
    decision = hall(cast)
    for kind in ("view_given", "place_view_given"):
        matter = decision if kind == "place_view_given" else acts.raised(cast.ken, cast.rosa)
        form = page(cast.rosa, f"/do/decisions.{kind}?decision={matter}")
        first, folded = form.split('<details class="more-about">')[:2]
        assert "What do you think?" in first and "Say it in your own words." in first
        assert "what do you want instead" not in first and "What matters to you" not in first
        assert "Say more: what you want instead" in folded and 'name="interest"' in folded


def test_what_is_missing_in_the_fold_opens_it_and_what_was_typed_stays(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    sent = {"decision": str(matter), "position": "against", "words": "I fall.", "interest": "My garden."}
    answer = browser_of(cast.rosa).post(f"/do/decisions.view_given?decision={matter}", sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and not models.View.everything.filter(decision=matter).exists()
    assert '<details class="more-about" open>' in text
    assert "I fall." in text and "My garden." in text
    assert "Or tick that you do not know yet." in text


def test_whoever_did_not_sign_in_is_told_that_this_is_what_is_missing(cast: Cast) -> None:
    """Anyone sees the decisions of a place: "only anyone who can see them can do this" was no answer."""
    body = {"decision": str(hall(cast)), "position": "for"}
    refused = browser_of(None).post(
        "/api/do/decisions.place_view_given", body, content_type="application/json"
    )
    assert refused.status_code == 403
    assert "Only someone who has signed in" in refused.json()["detail"]


# What changed a mind ------------------------------------------------------------------------------


def test_a_change_of_view_says_which_argument_moved_it_and_keeps_before_and_after(cast: Cast) -> None:
    decision = hall(cast)
    argument = place_view(decision, cast.ana, words="It is the only warm room on Mondays.")
    first = place_view(decision, cast.devon, "unsure")
    form = page(cast.devon, f"/do/decisions.place_view_given?decision={decision}")
    assert "Did something change your mind?" in form and "It is the only warm room" in form
    assert "what matters to you, or what changed your mind</summary>" in form
    assert form.count('value="nothing"') == form.count('value="other"') - 1 == 1  # “other” is a position too
    place_view(decision, cast.devon, "for", moved_by=f"view:{argument.id}", moved_words="Mine is cold.")
    moved = models.Moved.everything.get(decision=decision)
    assert (moved.position_before, moved.position_after) == ("unsure", "for")
    assert (moved.before, moved.what, moved.whose) == (first.id, argument.id, cast.ana.person)
    assert models.View.everything.get(id=first.id).is_current is False
    text = page(None, f"/decisions/{decision}/minds")
    assert "It is the only warm room" in text and "Mine is cold." in text


def test_nobody_is_asked_what_changed_their_mind_before_they_have_said_anything(cast: Cast) -> None:
    decision = hall(cast)
    form = page(cast.devon, f"/do/decisions.place_view_given?decision={decision}")
    assert "Did something change" not in form and "what changed your mind" not in form
    place_view(decision, cast.devon, moved_by="nothing")
    assert not models.Moved.everything.exists()


def test_an_argument_that_somebody_may_not_see_cannot_have_moved_them(cast: Cast) -> None:
    decision = hall(cast)
    hidden = place_view(decision, cast.ana, words="Only for you.", sees=Sees.DECIDERS)
    own = place_view(decision, cast.devon, "unsure")
    for wrong in (f"view:{hidden.id}", f"view:{own.id}", "view:x", "gossip:1"):
        with pytest.raises(Refused):
            place_view(decision, cast.devon, "for", moved_by=wrong)
    assert models.View.everything.get(id=own.id).is_current


@pytest.mark.parametrize(("sees", "is_told"), [(Sees.EVERYONE, True), (Sees.DECIDERS, False)])
def test_whose_argument_moved_somebody_is_told_so_if_they_may_see_it(
    cast: Cast, sees: Sees, is_told: bool
) -> None:
    decision = hall(cast)
    argument = place_view(decision, cast.ana, words="It is warm.")
    place_view(decision, cast.devon, "unsure")
    assert cast.ana.person is not None and cast.ana.person.hex not in told()
    place_view(decision, cast.devon, "for", moved_by=f"view:{argument.id}", sees=sees)
    assert (cast.ana.person.hex in told()) is is_told
    assert models.Moved.objects.seen_by(cast.ana).exists() is is_told


def test_the_flow_counts_everyone_about_a_place_and_no_few_who_could_be_known(cast: Cast) -> None:
    decision = hall(cast)
    for who in (cast.ana, cast.boyd, cast.tom, cast.mina, cast.sol):
        place_view(decision, who, "unsure")
        place_view(decision, who, "for", moved_by="other", moved_words="I slept on it.")
    place_view(decision, cast.devon, "for", sees=Sees.DECIDERS)
    text = page(None, f"/decisions/{decision}/minds")
    assert "5 people said what they think. Since then 5 people changed position." in text
    api = browser_of(None).get(f"/api/decisions/{decision}/minds").json()
    assert api["positions"] == [{"first": "unsure", "now": "for", "people": 5}]
    assert len(api["items"]) == 5


def test_about_one_life_few_are_not_counted_and_views_kept_close_stay_close(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.said(decision, cast.rosa, "against", "Mine alone.")
    acts.said(decision, cast.rosa, "for", "Now I see.", moved_by="other", moved_words="My sister rang.")
    for who, reads in ((cast.ken, True), (cast.rosa, True), (cast.devon, False)):
        text = page(who, f"/decisions/{decision}/minds")
        assert "Too few people have spoken to count them here." in text
        assert ("My sister rang." in text) is reads
    assert browser_of(cast.stranger).get(f"/decisions/{decision}/minds").status_code == 404
    assert browser_of(cast.stranger).get(f"/api/decisions/{decision}/minds").status_code == 404


# The map ------------------------------------------------------------------------------------------


def test_open_questions_stand_first_with_who_owes_the_answer(cast: Cast) -> None:
    decision = hall(cast)
    ask = commands.AskQuestion(decision=decision, words="Who pays for the heating?", may_be_read=True)
    do(ask, by=cast.ana)
    question = models.Question.everything.get(decision=decision).id
    assert "Who pays" not in page(cast.boyd, f"/decisions/{decision}/map")  # nobody has read it yet
    do(commands.LookAtSaid(decision=decision, question=question, is_shown=True), by=cast.ken)
    do(commands.AskQuestion(decision=decision, words="Is my lift safe?"), by=cast.devon)
    place_view(decision, cast.ana, words="It is warm.", interest="To see my friends.")
    text = page(cast.boyd, f"/decisions/{decision}/map")
    assert text.index("Who pays for the heating?") < text.index("To see my friends.")
    assert "Head of adult social care" in text and "June Okafor" not in text
    assert "Is my lift safe?" not in text
    assert "Is my lift safe?" in page(cast.june, f"/decisions/{decision}/map")


def test_the_map_draws_positions_by_shape_and_letter_with_a_table_beside(cast: Cast) -> None:
    decision = hall(cast)
    place_view(decision, cast.ana, "for", words="It is warm.", interest="Company.")
    place_view(decision, cast.devon, "against", words="It is far.", instead="A bus.")
    text = page(None, f"/decisions/{decision}/map")
    assert "<svg" in text and "A · 1" in text and "C · 1" in text
    assert text.count('class="row-bar"') == 2, "on a narrow screen each position has a bar"
    for words in ("Company.", "It is far.", "A bus.", "Who stands where<"):
        assert words in text


def test_what_several_people_want_in_the_same_words_stands_once_with_how_many(cast: Cast) -> None:
    decision = hall(cast)
    for by, instead in ((cast.ana, "A bus."), (cast.devon, "A  bus"), (cast.omar, "A lift share.")):
        place_view(decision, by, "against", instead=instead)
    text = page(None, f"/decisions/{decision}/map")
    assert text.count("A bus") + text.count("A  bus") == 1 and "2 people say this" in text
    assert text.count("A lift share.") == 1 and "1 person say" not in text


def test_programs_read_the_map_and_each_answer_as_far_as_their_reader_may(cast: Cast) -> None:
    decision = hall(cast)
    view = place_view(
        decision, cast.ana, "against", words="It is far.", instead="A bus.", interest="Company."
    )
    place_view(decision, cast.devon, "against", words="Only for you.", instead="A taxi.", sees=Sees.DECIDERS)
    acts.replied(decision, cast.june, view.id)
    do(commands.AskQuestion(decision=decision, words="Is my lift safe?"), by=cast.devon)
    question = acts.latest(models.Question, decision).id
    do(commands.AnswerQuestion(decision=decision, question=question, answer="It is."), by=cast.june)
    found = browser_of(None).get(f"/api/decisions/{decision}/map").json()
    (against,) = found["positions"]
    assert (against["position"], against["people"]) == ("against", 1)
    assert against["interests"] == [{"words": "Company.", "people": 1, "about_options": []}]
    assert against["instead"] == [{"words": "A bus.", "people": 1, "about_options": []}]
    assert found["questions"] == [] and "Only for you." not in str(found)
    assert "They are not counted here." in found["others"]
    theirs = browser_of(cast.devon).get(f"/api/decisions/{decision}/map").json()["questions"]
    assert [(one["words"], one["answer"]) for one in theirs] == [("Is my lift safe?", "It is.")]
    (reply,) = browser_of(None).get(f"/api/decisions/{decision}").json()["replies"]
    assert (reply["view"], reply["answers_them"]) == (str(view.id), None) and reply["words"]
    assert (
        browser_of(cast.stranger).get(f"/api/decisions/{acts.raised(cast.ken, cast.rosa)}/map").status_code
        == 404
    )


def test_the_map_says_which_way_a_reason_is_about(cast: Cast) -> None:
    """“I do not agree: it is too far” said nothing while there were two ways, and one of them was near."""
    decision = hall(cast)
    for name in ("The library", "The church"):
        do(commands.AddOption(decision=decision, name=name, change="move"), by=cast.june)
    far = models.Option.everything.get(decision=decision, number=1)
    place_view(decision, cast.ana, "against", words="Too far.", instead="A bus.", option=far.id)
    place_view(decision, cast.devon, "against", words="It is our place.", instead="Keep it.")
    text = page(None, f"/decisions/{decision}/map")
    assert text.count("About: The library") == 2 and "About: The church" not in text
    [against] = browser_of(None).get(f"/api/decisions/{decision}/map").json()["positions"]
    about = {one["words"]: one["about_options"] for one in against["reasons"]}
    assert about == {"Too far.": [str(far.id)], "It is our place.": []}
    place_view(decision, cast.rosa, "against", words="Too far.", instead="Keep it.")
    text = page(None, f"/decisions/{decision}/map")
    assert text.count("About: The library") == 1, "of two who say it one did not say of which way"


def test_a_way_says_what_must_be_done_for_it_and_by_whom(cast: Cast) -> None:
    decision = hall(cast)
    tasks = "The library: a desk by May\n\n- Ana: show people the way"
    do(commands.SayWhichPeople(decision=decision, group="Everyone in East", size=20), by=cast.june)
    way = commands.AddOption(decision=decision, name="One desk", change="start", tasks=tasks)
    do(way, by=cast.june)
    text = page(None, f"/decisions/{decision}")
    assert "What must be done for it" in text
    assert "<li>The library: a desk by May</li><li>Ana: show people the way</li>" in text
    (option,) = browser_of(None).get(f"/api/decisions/{decision}").json()["options"]
    assert option["tasks"] == tasks
    chosen = commands.DecideForPlace(
        decision=decision,
        outcome="agreed",
        option=option["id"],
        reasons="It is near.",
        without_them="Nobody came.",
        review_on=clock.today() + timedelta(days=90),
    )
    do(chosen, by=cast.june)
    mine = page(cast.devon, f"/decisions/{decision}/my-part")
    assert mine.index("The way that was chosen needs this:") < mine.index("Ana: show people the way")


def test_a_question_is_opened_to_others_by_its_asker_alone(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    ask = commands.AskQuestion(decision=decision, words="Why?", may_be_read=True)
    with pytest.raises(Refused, match="Only they can show it"):
        do(ask, by=acts.typed_for(cast.rosa, cast.priya))
    do(ask, by=cast.rosa)
    assert models.Question.objects.seen_by(cast.devon).exists()
    assert not models.Question.objects.seen_by(cast.stranger).exists()


def test_the_entry_of_an_old_view_still_reads(cast: Cast) -> None:
    """A view from before these questions has none of them: it is given without, and read without."""
    decision = hall(cast)
    place_view(decision, cast.devon, words="Yes.")
    header = written("decisions.place_view_given")[-1].header
    assert '"instead"' not in header and '"interest"' not in header
