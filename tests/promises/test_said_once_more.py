"""Who says once more whether a promise was kept finds their words; who says it for another says “they”."""

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.promises.commands import SayWhatNow
from tests.promises.making import judge, promised, to_whom
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_whoever_goes_back_to_the_form_finds_what_they_said_of_a_promise(cast: Cast) -> None:
    """The form came back empty: sent again, an answer with no words took the place of the one with words."""
    promise = promised(cast, to=cast.rosa)
    clock.advance(days=120)
    person = cast.rosa.person
    do(judge(promise, person, "partly", words="The rail is loose."), by=cast.rosa)
    form = f"/do/promises.verdict_given?promise={promise}&made_to={to_whom(promise, person)}"
    shown = page(cast.rosa, f"{form}&said=kept")
    assert "What you said before stands here." in shown and "The rail is loose.</textarea>" in shown
    assert 'value="kept" id="id_said_0" checked' in shown  # what was pressed now stands, not what was said
    assert 'id="id_said_1" checked' not in shown


def test_an_advocate_is_asked_what_the_person_says_of_a_promise_and_finds_no_words_of_theirs(
    cast: Cast,
) -> None:
    promise = promised(cast, to=cast.lena, by=cast.priya)
    clock.advance(days=120)
    person = cast.lena.person
    form = f"/do/promises.verdict_given?promise={promise}&made_to={to_whom(promise, person)}"
    do(judge(promise, person, "not_kept", words="Nobody came."), by=cast.lena)
    shown = page(cast.mina, form)
    assert "Say what they told you: was this promise kept?</h1>" in shown
    assert "You speak for Lena Fox here. What you send is their answer, not yours." in shown
    assert "What do they say happened?" in shown and "Nobody came." not in shown
    assert "Are you typing this for somebody else?" not in shown
    assert "Say whether this promise was kept</h1>" in page(cast.lena, form)


def test_after_an_advocate_said_it_was_not_kept_they_are_asked_what_the_person_wants(cast: Cast) -> None:
    """The next form asked the advocate “What do you want now?”, and kept the answer as the person’s."""
    promise = promised(cast, to=cast.lena, by=cast.priya)
    clock.advance(days=120)
    person = cast.lena.person
    do(judge(promise, person, "not_kept"), by=cast.mina)
    form = f"/do/promises.what_now_said?promise={promise}&made_to={to_whom(promise, person)}"
    shown = page(cast.mina, form)
    assert "Say what they want now</h1>" in shown and "What do they want now?" in shown
    assert "You speak for Lena Fox here." in shown and "this is mine" not in shown
    assert "Which day would be all right for them?" in shown
    own = page(cast.lena, form)
    assert "What do you want now?" in own and "You speak for" not in own


def test_what_the_person_wants_is_asked_of_nobody_else_once_they_said_it(cast: Cast) -> None:
    """The page of the promise went on asking the advocate “What do you want now?”."""
    promise = promised(cast, to=cast.lena, by=cast.priya)
    clock.advance(days=120)
    person = cast.lena.person
    do(judge(promise, person, "not_kept"), by=cast.mina)
    shown = page(cast.mina, f"/promises/{promise}")
    assert "What does Lena Fox want now?" in shown and "Say what they want" in shown
    assert "What do you want now?" not in shown and "You said the promise was not fully kept" not in shown
    do(SayWhatNow(promise=promise, made_to=to_whom(promise, person), wants="call"), by=cast.lena)
    shown = page(cast.mina, f"/promises/{promise}")
    assert "want now?" not in shown and "what_now_said" not in shown
