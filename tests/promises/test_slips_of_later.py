"""A slip from somebody in a group, months after: does it still hold? Typed, shown so, and theirs to mend."""

import re
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from alongside.interfaces.delivery import Channel
from alongside.interfaces.letter import Letter, Question, letter_pdf
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.promises.commands import PassOnWhetherItHolds
from alongside.topics.promises.models import Erosion, Holds, PromisedTo, StillHolds, Through
from tests.interfaces.conftest import browser_of
from tests.promises.by_post import notice
from tests.promises.groups import to_group
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, the_clock
from tests.promises.making import judge
from tests.visitor import page
from tests.world import BUILDER, Cast


def asked(cast: Cast) -> UUID:
    """Lena belongs to the user-led organisation, said that it was kept, and is asked after half a year."""
    assert cast.lena.person is not None
    do(JoinBody(person=cast.lena.person, organisation=cast.ulo), by=BUILDER)
    promise = to_group(cast, of=cast.ulo)
    with clock.at(KEPT):
        do(judge(promise, None, "kept"), by=cast.lena)
    with clock.at(HALF_A_YEAR):
        the_clock()
    return promise


def slip(promise: UUID, whose: Actor, **more: Any) -> PassOnWhetherItHolds:
    made_to = PromisedTo.everything.get(promise=promise, person=None)
    values = {"said": "no_longer", "came_on": clock.today(), "paper": "Slip 12 in the post book"} | more
    return PassOnWhetherItHolds(promise=promise, made_to=made_to.id, member=whose.person, **values)


def test_the_letter_brings_a_slip_with_its_code_and_the_three_answers(cast: Cast) -> None:
    assert cast.lena.person is not None
    way = SetWayToTell(person=cast.lena.person, channel="letter_large", address="3 Mill Street", is_safe=True)
    do(way, by=cast.lena)
    asked(cast)
    with clock.at(HALF_A_YEAR):
        letter = notice("does_it_still_hold", cast.lena)
    assert letter.channel is Channel.LETTER
    assert re.search(r"type this code: [A-Z0-9]{4}-[A-Z0-9]{4}\n", letter.body)
    for answer in Holds:
        assert f"[ ] {answer.label}" in letter.body, answer


def test_a_slip_is_a_tagged_pdf_in_the_persons_size_with_a_box_for_each_answer() -> None:
    from alongside.topics.promises.exports.letters import _slip_of_later

    slip = _slip_of_later()
    assert [question.words for question in slip] == ["Does it still hold?", "What has changed?"]
    assert slip[0] == Question("Does it still hold?", tuple(str(one.label) for one in Holds))
    made = letter_pdf(
        Letter(
            title="A promise that was kept: does it still hold?",
            recipient_lines=("Lena Fox", "3 Mill Street"),
            dated=date(2026, 11, 4),
            reference="AB-12",
            parts=("Open the day centre on Sundays.",),
            size_pt=24,
            language="en",
            reply_slip=slip,
            code="ABCD-2345",
        )
    )
    with pikepdf.open(BytesIO(made)) as paper:
        assert "/StructTreeRoot" in paper.Root and bool(paper.Root.MarkInfo.Marked)


def test_what_came_on_paper_is_typed_by_their_own_organisation_and_shown_as_such(cast: Cast) -> None:
    promise = asked(cast)
    with clock.at(HALF_A_YEAR):
        shown = page(cast.ana, f"/promises/{promise}")
        assert "Type a slip that says whether it still holds" in shown
        link = shown.split('href="/do/promises.still_holds_passed_on?')[1].split('"')[0].replace("&amp;", "&")
        form = browser_of(cast.ana).get(f"/do/promises.still_holds_passed_on?{link}").content.decode()
        assert "Whose slip is it?" in form and "Lena Fox" in form
        for missing, reason in (({"paper": ""}, "which paper"), ({"member": None}, "whose slip")):
            with pytest.raises(Refused, match=reason):
                do(slip(promise, cast.lena).having(missing), by=cast.ana)
        with pytest.raises(Refused, match="still to come"):
            do(slip(promise, cast.lena, came_on=date(2027, 1, 1)), by=cast.ana)
        do(slip(promise, cast.lena, words="It shuts on Sundays."), by=cast.ana)
        row = StillHolds.everything.get()
        assert (row.person, row.by, row.through, row.months) == (
            cast.lena.person,
            cast.ana.person,
            Through.SPOKEN,
            6,
        )
        assert Erosion.everything.filter(promise=promise).exists(), "those who promised it must answer"
        hers = page(cast.lena, f"/promises/{promise}")
        by, paper = "Given by: Ana Reyes.", "Typed from this paper: Slip 12 in the post book."
        assert by in hers and paper in hers and "It came on" in hers
        told = [(one.payload["person"], one.payload["what"]) for one in Outbox.objects.filter(kind="tell")]
        assert cast.lena.person is not None and (cast.lena.person.hex, "said_for_you") in told


def test_her_own_word_takes_the_place_of_the_slip_and_no_slip_takes_the_place_of_hers(cast: Cast) -> None:
    promise = asked(cast)
    with clock.at(HALF_A_YEAR):
        do(slip(promise, cast.lena), by=cast.ana)
        assert 'href="/do/promises.still_holds_said?' in page(cast.lena, f"/promises/{promise}")
        do(holds(promise, None, "still"), by=cast.lena)
        with pytest.raises(Refused, match="said so themself"):
            do(slip(promise, cast.lena), by=cast.ana)
    [counted] = StillHolds.everything.filter(counts=True)
    assert (counted.said, counted.through) == ("still", Through.THEMSELF)


def test_nobody_who_answers_for_it_nor_a_stranger_types_a_slip_nor_one_for_somebody_they_do_not_know(
    cast: Cast,
) -> None:
    never_said = to_group(cast, of=cast.ulo)
    promise = asked(cast)
    with clock.at(HALF_A_YEAR):
        for one in (cast.june, cast.priya, cast.lena, cast.stranger):
            with pytest.raises((NotAllowed, Missing)):
                do(slip(promise, cast.lena), by=one)
            assert "still_holds_passed_on" not in page(one, f"/promises/{promise}")
        with pytest.raises(Refused, match="could not find"):
            do(slip(promise, cast.rosa), by=cast.ana)
        with pytest.raises(Refused, match="First say whether it was kept"):
            do(slip(never_said, cast.lena), by=cast.ana)
