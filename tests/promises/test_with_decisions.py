"""Where two rooms meet: what a decision promised stands on its page."""

import pytest

from tests.decisions.acts import decided, raised, replied, said
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised
from tests.world import Cast


@pytest.mark.django_db
def test_a_decision_shows_the_promises_it_left_to_those_who_may_see_them(cast: Cast) -> None:
    decision = raised(cast.ken, cast.rosa)
    view = said(decision, cast.rosa)
    replied(decision, cast.ken, view.id)
    decided(decision, cast.ken, "not_agreed")
    promised(cast, to=cast.rosa, decision=decision, what="Ring each Friday to hear how it goes.")
    address = f"/decisions/{decision}"
    for reader in (cast.rosa, cast.ken):
        page = browser_of(reader).get(address).content.decode()
        assert "Promises this left" in page
        assert "Ring each Friday to hear how it goes." in page
    assert browser_of(cast.stranger).get(address).status_code == 404
