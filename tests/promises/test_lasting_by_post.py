"""Whoever has no computer is asked by letter or text whether a promise still holds, and answers as well."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from alongside.interfaces.delivery import Channel
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.policy import may_type_for, name_of
from alongside.topics.promises.commands import AnswerErosion, MakePromise
from alongside.topics.promises.models import Erosion, StillHolds, Through
from tests.interfaces.conftest import browser_of
from tests.promises.by_post import came_in, code_of, notice
from tests.promises.groups import to_group
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, the_clock
from tests.promises.making import judge, promised
from tests.visitor import page
from tests.world import BUILDER, Cast


def kept_half_a_year(cast: Cast, ramp: UUID) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()


def test_the_letter_asks_the_question_and_has_a_slip_with_the_three_answers(cast: Cast, ramp: UUID) -> None:
    kept_half_a_year(cast, ramp)
    with clock.at(HALF_A_YEAR):
        letter = notice("does_it_still_hold", cast.rosa)
    assert letter.channel is Channel.LETTER and "does it still hold?" in letter.subject
    for words in (
        "Mend the ramp.",
        "6 months ago you said that this promise was kept.",
        "Does it still hold?",
        "Yes, it still holds",
        "No, it no longer holds",
        "What has changed?",
        "Nobody else can answer this for you.",
    ):
        assert words in letter.body, words


def test_a_letter_to_a_group_names_the_office_and_never_a_worker(cast: Cast) -> None:
    promise = to_group(cast, of=cast.ulo)
    do(JoinBody(person=cast.rosa.person, organisation=cast.ulo), by=BUILDER)
    with clock.at(KEPT):
        do(judge(promise, None, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        letter = notice("does_it_still_hold", cast.rosa)
    assert f"{name_of(cast.junes_office)} must answer you" in letter.body
    assert str(name_of(cast.june.person)) not in letter.body


@pytest.mark.parametrize("to_a_group", [False, True])
def test_devon_answers_with_the_code_in_a_text_that_says_nothing_of_it(cast: Cast, to_a_group: bool) -> None:
    if to_a_group:
        promise = to_group(cast, of=cast.ulo)
        do(JoinBody(person=cast.devon.person, organisation=cast.ulo), by=BUILDER)
    else:
        promise = promised(cast, to=cast.devon, by=cast.june, what="Somebody comes on Fridays.")
    with clock.at(KEPT):
        do(judge(promise, None if to_a_group else cast.devon.person, "kept"), by=cast.devon)
    with clock.at(HALF_A_YEAR):
        the_clock()
        text = notice("does_it_still_hold", cast.devon)
        assert text.channel is Channel.TEXT
        assert all(word not in text.body for word in ("promise", "Friday", "Sunday", "Devon", "hold"))
        phone, address = came_in(code_of(text))
        shown = phone.get(address).content.decode()
        assert "Does it still hold?" in shown
        link = shown.split('href="/do/promises.still_holds_said?')[3].split('"')[0].replace("&amp;", "&")
        sent: Any = phone.post(f"/do/promises.still_holds_said?{link}", {"said": "no_longer", **_rows(link)})
        assert sent.status_code == 303, sent.content.decode()[:3000]
    row = StillHolds.everything.get()
    assert (row.person, row.said, row.through) == (cast.devon.person, "no_longer", Through.THEMSELF)


def _rows(query: str) -> dict[str, str]:
    return dict(part.split("=") for part in query.split("&") if part.split("=")[0] != "said")


def test_staff_of_another_line_type_what_came_on_paper_and_she_is_told_who_did_and_how(
    cast: Cast, ramp: UUID
) -> None:
    """Mina is Ana's advocate: the slip came back to her."""
    promise = promised(cast, to=cast.ana, what="Ring you.")
    with clock.at(KEPT):
        do(judge(promise, cast.ana.person, "kept"), by=cast.ana)
        assert "Write down what" not in page(cast.mina, "/promises/") + page(cast.ken, f"/promises/{promise}")
    with clock.at(HALF_A_YEAR):
        the_clock()
        for owner in (cast.ken, cast.priya, cast.rosa):
            shown = browser_of(owner).get(f"/promises/{promise}").content.decode()
            assert "Write down what Ana Reyes says" not in shown
        link = f"/promises/{promise}"
        mina = browser_of(cast.mina)
        shown = mina.get(link).content.decode()
        assert "Write down what Ana Reyes says" in shown
        form = shown.split('href="/do/promises.still_holds_said?')[-1].split('"')[0].replace("&amp;", "&")
        asked = mina.get(f"/do/promises.still_holds_said?{form}").content.decode()
        assert f'value="{cast.ana.person}" selected' in asked
        values = {**_rows(form), "said": "partly", "words": "They ring every second week."}
        no_way: Any = mina.post(f"/do/promises.still_holds_said?{form}", values)
        assert "Say how they told you." in no_way.content.decode()
        sent: Any = mina.post(f"/do/promises.still_holds_said?{form}", {**values, "typed_how": "paper"})
        assert sent.status_code == 303, sent.content.decode()[:3000]
        for reader in (cast.ken, cast.ana):
            shown = page(reader, f"/promises/{promise}")
            assert "They said this to someone, who wrote it down." in shown
            assert "Given by: Mina Kowalska." in shown and "How it came: On paper." in shown
        assert "Write down what Ana Reyes says" not in page(cast.mina, link)
        told = page(cast.ana, "/me/typed-for-you")
        assert "Mina Kowalska" in told and "You said whether the promise still holds: Partly." in told
        do(holds(promise, cast.ana.person, "still"), by=cast.ana)  # her own word comes first
    now = StillHolds.everything.get(counts=True)
    assert (now.said, now.through) == ("still", Through.THEMSELF)


def test_whoever_is_told_by_letter_reads_what_was_answered_when_it_no_longer_holds(
    cast: Cast, ramp: UUID
) -> None:
    kept_half_a_year(cast, ramp)
    with clock.at(HALF_A_YEAR):
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
        noted = notice("promise_no_longer_holds", cast.rosa)
        assert "It no longer holds" in noted.body and "Ken Holt must answer by 3 December 2026." in noted.body
        answer = AnswerErosion(
            promise=ramp, erosion=Erosion.everything.get().id, answer="We mend it on Monday."
        )
        do(answer, by=cast.ken)
        assert "We mend it on Monday." in notice("erosion_was_answered", cast.rosa).body


def test_her_worker_does_not_learn_from_a_promise_to_a_group_that_she_is_in_it(cast: Cast) -> None:
    """Tom promises it, of the provider; Omar works for Ana, in nobody's line there."""
    do(JoinBody(person=cast.ana.person, organisation=cast.ulo), by=BUILDER)
    made = MakePromise(
        organisation=cast.provider,
        what="Tea on Sundays.",
        due_on=date(2026, 5, 1),
        group="Its members",
        group_of=cast.ulo,
        group_size=40,
    )
    place = do(made, by=cast.tom).thing
    with clock.at(KEPT):
        do(judge(place, None, "kept"), by=cast.ana)
    with clock.at(HALF_A_YEAR):
        the_clock()
        assert cast.omar.person is not None and cast.ana.person is not None
        assert cast.ana.person in dict(may_type_for(cast.omar.person, clock.now()))
        assert "Write down what" not in page(cast.omar, f"/promises/{place}")
        assert "Write down what Ana Reyes says" in page(cast.mina, f"/promises/{place}")
