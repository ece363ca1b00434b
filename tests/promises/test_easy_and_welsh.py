"""Whether a promise still holds, requests to be heard and feedback, in a first draft of Welsh."""

from uuid import UUID

import pytest
from django.utils.translation import override

from alongside.interfaces.faces import Face
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.made_up.cast import FACES
from alongside.topics.voice.commands import GiveFeedback
from alongside.topics.voice.models import Feedback
from tests.decisions.acts import raised
from tests.interfaces.conftest import browser_of
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, the_clock
from tests.promises.making import judge
from tests.voice import acts
from tests.world import Cast

pytestmark = pytest.mark.django_db


def in_welsh(cast: Cast, address: str, **cookies: str) -> str:
    client = browser_of(cast.rosa)
    client.cookies["language"] = "cy"
    for name, value in cookies.items():
        client.cookies[name] = value
    answer = client.get(address)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_in_easy_read_she_is_asked_in_welsh_whether_it_still_holds_and_told_who_must_answer(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        asked = in_welsh(cast, f"/promises/{ramp}", reading="..easy")
        assert "Ydy hi’n dal felly?" in asked and "Ydy, mae’n dal i fod" in asked
        assert "Is it still so?" not in asked and "No, it no longer holds" not in asked
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
        told = in_welsh(cast, f"/promises/{ramp}", reading="..easy")
        assert "Rhaid i rywun ateb erbyn y diwrnod hwn." in told and 'lang="en"' not in told.split(">", 1)[0]


def test_the_register_of_hearings_and_a_piece_of_feedback_are_in_welsh(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        acts.offices(cast)
        hearing = acts.asked(cast)
        feedback = do(GiveFeedback(organisation=cast.council, words="Too long."), by=cast.rosa).thing
        assert Feedback.everything.filter(id=feedback).exists()
        register = in_welsh(cast, "/hearings/")
        assert "Pwy ofynnodd am gael eu clywed" in register and "Who asked to be heard" not in register
        one = in_welsh(cast, f"/hearings/{hearing}")
        assert "Pwy sy’n gorfod ateb" in one and "Who must answer" not in one
        given = in_welsh(cast, f"/tell-us/{feedback}")
        assert "Beth ddaeth ohono" in given and "What became of it" not in given


def test_in_welsh_the_verb_agrees_with_you_and_a_line_of_the_record_names_whoever_did_it(cast: Cast) -> None:
    """ "Cododd Chi hyn" had the verb of somebody else."""
    matter = raised(cast.rosa, cast.rosa, "A ramp at the door", "start")
    page = in_welsh(cast, f"/decisions/{matter}")
    assert "Codoch chi hyn ar" in page and "Cododd Chi" not in page
    record = in_welsh(cast, f"/people/{cast.rosa.person}")
    assert "Rosa Marlow" in record and " Chi " not in record


def test_whose_eyes_a_visitor_sees_with_is_said_in_welsh() -> None:
    said = [who for _name, who in FACES]
    with override("cy"):
        assert not [who for who in said if Face(UUID(int=1), "", who).says_who == who]
