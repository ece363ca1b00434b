"""Before a code is made, and after an answer came by one that was seen: what counts, and what does not."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.template.loader import render_to_string

from alongside.interfaces.letter import letter_text
from alongside.interfaces.who import HANDED_OUT, TYPED
from alongside.kernel.door import do
from alongside.kernel.policy import SHARED_CODE, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import ChooseWhoSees, ConfirmView
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said
from alongside.topics.decisions.pages.panel import MOST, days
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.interfaces.letters import a_letter
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
MINE = "To make it count, say the same with a code that only you have seen"
THEIRS = "ask their advocate or a worker in another team to check it with Rosa"


def cut(cast: Cast) -> UUID:
    return acts.raised(cast.ken, cast.rosa, "Fewer mornings", "cut")


def heard(decision: UUID, view: models.View) -> Said:
    return standing_of(models.Decision.everything.get(id=decision), view.said_at).heard[0].said


def test_whoever_makes_a_code_is_told_first_what_does_not_count_and_what_does(cast: Cast) -> None:
    address = f"/people/{cast.rosa.person}/code"
    browser = browser_of(cast.priya)
    before = browser.get(address).content.decode()
    assert before.index("does not count yet") < before.index("Make a code")
    assert "a letter or a message that we send with a code of its own" in before
    after = browser.post(address).content.decode()
    assert "Tell them this too: somebody else has seen this code." in after


@pytest.mark.parametrize("hand", ["seen", "shared"])
def test_the_person_and_whoever_decides_read_why_it_does_not_count_and_what_to_do(
    cast: Cast, hand: str
) -> None:
    decision = cut(cast)
    by: Actor = (
        acts.typed_for(cast.rosa, cast.ken, "phone")
        if hand == "seen"
        else replace(cast.rosa, way=SHARED_CODE, only=decision)
    )
    view = acts.said(decision, by, "for", "Yes.")
    assert heard(decision, view) == Said.UNCONFIRMED
    mine = page(cast.rosa, f"/decisions/{decision}")
    assert "This does not count yet." in mine and MINE in mine and THEIRS not in mine
    theirs = page(cast.ken, f"/decisions/{decision}")
    assert "The answer of Rosa" in theirs and THEIRS in theirs and MINE not in theirs
    assert "One decision needs you" in page(cast.rosa, "/"), "their own page was silent"
    again = acts.said(decision, cast.rosa, "for", "Yes, I say so.")
    assert "One decision needs you" not in page(cast.rosa, "/")
    assert heard(decision, again) == Said.VIEW
    assert "This does not count yet." not in page(cast.ken, f"/decisions/{decision}")


def test_no_page_tells_whoever_holds_a_shared_telephone_that_it_is_known_to_be_shared(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Fewer visits", "cut")
    victor_types = replace(cast.lena, way=SHARED_CODE, only=decision)
    acts.said(decision, victor_types, "for", "Yes.")
    text = page(victor_types, f"/decisions/{decision}")
    assert MINE in text
    for word in ("shared", "somebody else can see where", "Victor"):
        assert word not in text


def test_a_letter_says_on_its_slip_and_by_its_code_that_we_may_ask_again(cast: Cast) -> None:
    again = "we may first ask you in another way"
    for made in (a_letter(), a_letter(code=""), a_letter(reply_slip=())):
        assert again in " ".join(letter_text(made).split())
    assert again not in " ".join(letter_text(a_letter(code="", reply_slip=())).split())
    drawn = {"letter": a_letter(), "square": "data:,", "slip": [("", range(1))]}
    assert render_to_string("letters/letter.html", drawn).count(again) == 2


def test_nobody_is_said_to_have_typed_what_came_with_a_code_that_they_only_may_have_seen(cast: Cast) -> None:
    decision = cut(cast)
    acts.sent(decision, cast.ken)
    acts.said(decision, acts.typed_for(cast.rosa, cast.ken, HANDED_OUT), "for", "Yes.")
    for who, words in (
        (cast.rosa, "Ken Holt may have seen your code, or typed it for you."),
        (cast.ken, "You may have seen their code, or typed it for them."),
    ):
        for address in (f"/decisions/{decision}", f"/decisions/{decision}/history"):
            text = page(who, address)
            assert words in text and "Holt typed it" not in text and "You typed it" not in text
    assert "confirmed where it goes" in page(cast.ken, f"/decisions/{decision}")


def test_whoever_reads_what_was_sent_to_them_is_not_told_that_nobody_knows_whether_they_read_it(
    cast: Cast,
) -> None:
    decision = cut(cast)
    acts.sent(decision, cast.ken)
    browser = browser_of(cast.rosa)
    session = browser.session
    session[TYPED] = str(cast.ken.person)  # she came with a code that Ken may have seen
    session.save()
    hers = browser.get(f"/decisions/{decision}").content.decode()
    assert "We cannot be sure that it was you who read it" in hers and "We do not know" not in hers
    assert "We do not know if they have read it" in page(cast.ken, f"/decisions/{decision}")
    checker = acts.checker_asked(decision, cast.ken, cast.rosa)
    acts.said(decision, acts.typed_for(cast.rosa, checker), "for", "Yes.")
    text = page(cast.ken, f"/decisions/{decision}")
    assert "They have answered since" in text and "if they have read it" not in text


NOT_YET = "Somebody else may have typed it or seen the code, so it does not count yet."


def test_what_a_colleague_of_whoever_decides_typed_stands_on_their_own_page_until_they_say_it_is_theirs(
    cast: Cast,
) -> None:
    decision = cut(cast)
    acts.sent(decision, cast.ken)
    page(cast.rosa, f"/decisions/{decision}")  # she reads it, so the day to answer by begins to count
    view = acts.said(decision, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")  # she works under Ken
    assert heard(decision, view) == Said.UNCONFIRMED
    mine = page(cast.rosa, "/")
    assert "One decision needs you" in mine and NOT_YET in mine, "their own page was silent"
    assert f"/decisions/{decision}#view-{view.id}" in mine
    assert [one for one, _day in days(cast.rosa)] == [decision]
    do(ConfirmView(decision=decision, view=view.id), by=cast.rosa)
    assert heard(decision, view) == Said.VIEW
    assert "One decision needs you" not in page(cast.rosa, "/")


def test_what_somebody_from_outside_typed_is_not_asked_again_and_hides_nothing_that_waits(cast: Cast) -> None:
    for number in range(MOST + 2):
        decision = acts.raised(cast.ken, cast.rosa, f"Fewer mornings {number}", "cut")
        if number:
            checker = acts.checker_asked(decision, cast.ken, cast.rosa)
            acts.said(decision, acts.typed_for(cast.rosa, checker), "for", "Yes.")
    mine = page(cast.rosa, "/")
    assert "One decision needs you" in mine and "Fewer mornings 0" in mine and NOT_YET not in mine


def test_their_advocate_reads_that_what_the_line_typed_for_them_does_not_count_yet(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Fewer visits", "cut")
    view = acts.said(decision, acts.typed_for(cast.lena, cast.priya), "for", "Yes.")
    do(ChooseWhoSees(decision=decision, view=view.id, sees="everyone"), by=cast.lena)
    typed = "An answer was typed for them. It does not count yet"
    assert typed in page(cast.mina, "/"), "she read that it is answered"
    do(ConfirmView(decision=decision, view=view.id), by=cast.lena)
    after = page(cast.mina, "/")
    assert typed not in after and "It is not decided yet." in after
