"""What somebody else gave or typed as a person’s answer, and the gate does not take as theirs, waits on that
person’s own page, in the words of the gate (tests/proof/waiting.py asks it of any order of acts)."""

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions.commands import ConfirmView
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said
from alongside.topics.decisions.models import Decision, View
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]

TYPED = "Somebody else may have typed it or seen the code, so it does not count yet."
SPOKEN = "Somebody gave an answer for you. It does not count as yours."
BANK = "Another bank for Lena’s money"


def said(view: View) -> Said:
    return standing_of(Decision.everything.get(id=view.decision), view.said_at).heard[0].said


def test_what_a_colleague_of_those_who_decide_typed_waits_for_the_person(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    view = acts.said(matter, acts.typed_for(cast.rosa, cast.june), "for", "Yes.")
    assert said(view) is Said.UNCONFIRMED
    home, shown = page(cast.rosa, "/"), page(cast.rosa, f"/decisions/{matter}")
    assert "One decision needs you" in home and TYPED in home
    assert "This needs you" in shown and "June Okafor typed it for you." in shown
    do(ConfirmView(decision=matter, view=view.id), by=cast.rosa)
    home, shown = page(cast.rosa, "/"), page(cast.rosa, f"/decisions/{matter}")
    assert "One decision needs you" not in home and TYPED not in home
    assert "This needs you" not in shown and "You have answered" in shown


def test_whoever_holds_a_power_does_not_answer_in_the_person_s_place(cast: Cast) -> None:
    """The gate waited for her, and her own page was silent: he had “answered”."""
    matter = acts.raised(cast.priya, cast.lena, BANK, "money")
    acts.ground(matter, cast.priya, "attorney_or_deputy", holder=cast.victor.person)
    view = acts.said(matter, cast.victor, "for", "Pay it to me.", on_behalf=cast.lena.person)
    assert said(view) is Said.NOT_THEIRS
    home, hers = page(cast.lena, "/"), page(cast.lena, f"/decisions/{matter}")
    assert "One decision needs you" in home and SPOKEN in home
    assert "What Victor Fox says does not stand in for your own answer." in hers
    assert "may not speak for you now" not in hers and "Say what I think" in hers
    his = page(cast.victor, "/")
    assert BANK in his and "Say what you decide for them" not in his, "he has said it already"
    assert "does not stand in for" not in page(cast.victor, f"/decisions/{matter}")
    acts.said(matter, cast.lena, "against", "No. I want my own bank.")
    home, hers = page(cast.lena, "/"), page(cast.lena, f"/decisions/{matter}")
    assert "One decision needs you" not in home and "You have answered" in hers


def test_what_somebody_outside_the_line_typed_with_them_is_asked_of_nobody_again(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    acts.said(matter, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")
    assert TYPED in page(cast.rosa, "/")
    checker = acts.checker_asked(matter, cast.ken, cast.rosa)
    acts.said(matter, acts.typed_for(cast.rosa, checker), "for", "Yes.")
    home = page(cast.rosa, "/")
    assert "One decision needs you" not in home and TYPED not in home
