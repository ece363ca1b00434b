"""A form that is of its reader speaks to them; of somebody else it speaks of somebody."""

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast, named

pytestmark = pytest.mark.django_db


def test_what_is_asked_of_her_own_record_is_said_to_her(cast: Cast) -> None:
    rosa = cast.rosa.person
    for kind, to_her, of_her in (
        ("people.name_put_right", "Put your name right", "Put somebody’s name right"),
        ("people.erasure_asked_for", "everything you said", "everything this person said"),
        ("people.related", "Who are they to you?", "Who are they to the person?"),
        ("people.sign_in_linked", "Say how you sign in", "Say how somebody signs in"),
        ("people.format_asked_for", "How do you need things written", "How do they need things written"),
        ("people.contact_asked_for", "How should we contact you?", "How should we contact them?"),
        ("people.support_asked_for", "Whom do you need with you", "Whom do they need with them"),
        ("people.aids_asked_for", "changes do you use?", "changes do they use?"),
        ("people.way_set", "tell you things", "tell somebody things"),
        ("people.way_set", "Is it safe for you to be told", "Is it safe for them to be told"),
        ("people.sign_in_linked", "By what do you sign in?", "By what do they sign in?"),
        ("decisions.raised", "It says how you are protected.", "It says how the person is protected."),
    ):
        hers = page(cast.rosa, f"/do/{kind}?person={rosa}")
        assert to_her in hers and of_her not in hers, kind
        theirs = page(cast.priya, f"/do/{kind}?person={rosa}")
        assert of_her in theirs and to_her not in theirs, kind


def test_a_form_about_one_of_her_ways_says_you_to_her_alone(cast: Cast) -> None:
    way, need = named("rosa letter_large"), named("rosa format")
    for form, to_her, of_her in (
        (f"people.way_not_safe?way={way}", "to tell you is not safe", "to tell somebody is not safe"),
        (f"people.way_stopped?way={way}", "this way to tell you", "this way to tell somebody"),
        (f"people.need_ended?need={need}", "you do not need this", "somebody does not need this"),
    ):
        hers, theirs = page(cast.rosa, f"/do/{form}"), page(cast.priya, f"/do/{form}")
        assert to_her in hers and of_her not in hers, form
        assert of_her in theirs and to_her not in theirs, form


def test_what_was_typed_for_her_is_confirmed_as_hers_by_her_and_as_somebodys_by_her_checker(
    cast: Cast,
) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    do(
        commands.GiveView(decision=matter, position="for", words="Yes."),
        by=acts.typed_for(cast.rosa, cast.priya),
    )
    checker = acts.checker_asked(matter, cast.ken)
    view = acts.latest(models.View, matter)
    form = f"/do/decisions.view_confirmed?decision={matter}&view={view.id}"
    assert "Say that what was typed for you is what you said" in page(cast.rosa, form)
    assert "Say that what was typed for someone is what they said" in page(checker, form)
