"""A form that is of its reader speaks to them; of somebody else it speaks of somebody."""

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.test_pages import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_what_is_asked_of_her_own_record_is_said_to_her(cast: Cast) -> None:
    rosa = cast.rosa.person
    for kind, to_her, of_her in (
        ("people.name_put_right", "Put your name right", "Put somebody’s name right"),
        ("people.erasure_asked_for", "everything you said", "everything this person said"),
        ("people.related", "Who are they to you?", "Who are they to the person?"),
        ("people.sign_in_linked", "By what do you sign in?", "By what do they sign in?"),
        ("decisions.raised", "It says how you are protected.", "It says how the person is protected."),
    ):
        hers = page(cast.rosa, f"/do/{kind}?person={rosa}")
        assert to_her in hers and of_her not in hers, kind
        theirs = page(cast.priya, f"/do/{kind}?person={rosa}")
        assert of_her in theirs and to_her not in theirs, kind


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
