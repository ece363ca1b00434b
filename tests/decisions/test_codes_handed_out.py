"""Whoever saw a code may have typed it: what comes in with it counts as written down by them."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from alongside.kernel import reading
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.guard import Said
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.people.models import WayToTell
from tests.decisions import acts
from tests.decisions.codes_handed_out import answers, came_in, heard, sent_by_us
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def handed_out(cast: Cast, decision: UUID) -> str:
    """The code that Priya sees on her screen."""
    where = f"/people/{cast.rosa.person}/code?matter={decision}&path=/decisions/{decision}"
    shown = browser_of(replace(cast.priya, strong=True)).post(where).content.decode()
    found = re.search(r'class="hero"><strong>([^<]+)<', shown)
    assert found is not None
    return found[1]


def test_a_worker_decides_nothing_with_the_code_that_she_handed_out_to_herself(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.rosa)
    acts.sent(decision, cast.priya)
    assert answers(came_in(handed_out(cast, decision)), decision).status_code == 200
    view = models.View.everything.get(decision=decision)
    assert (view.person, view.typist) == (cast.rosa.person, cast.priya.person)
    assert heard(decision) != Said.VIEW
    assert not models.Telling.everything.filter(decision=decision, is_reached=True).exists()
    with pytest.raises(Refused):
        acts.decided(decision, cast.priya)
    confirm = {"decision": str(decision), "view": str(view.id)}
    again = came_in(handed_out(cast, decision))
    refused = again.post("/api/do/decisions.view_confirmed", confirm, content_type="application/json")
    assert refused.status_code == 422  # nor does another such code confirm it
    assert heard(decision) != Said.VIEW


def test_the_one_whose_code_it_was_is_told_and_can_say_that_it_was_not_they(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.rosa)
    answers(came_in(handed_out(cast, decision)), decision)
    assert cast.rosa.person is not None
    told = [row.payload for row in Outbox.objects.filter(payload__what="typed_for_you")]
    assert [one["person"] for one in told] == [cast.rosa.person.hex]
    act = next(line for line in reading.typed_for(cast.rosa.records) if line.recorded.thing == decision)
    do(AnswerTypedAct(act=act.recorded.id, is_right=False), by=cast.rosa)
    assert not models.View.everything.get(decision=decision).is_current


def test_what_comes_by_a_telephone_that_somebody_shares_is_not_known_to_be_theirs(cast: Cast) -> None:
    """Victor holds the telephone. Lena called it safe, once, while he stood beside her."""
    shared = SetWayToTell(
        person=cast.lena.person,
        channel="text",
        address="07700 900789",
        is_safe=True,
        shared_with=cast.victor.person,
    )
    do(shared, by=cast.lena)
    row = WayToTell.everything.get(person=cast.lena.person, is_safe=True, shared_with=cast.victor.person)
    decision = acts.raised(cast.priya, cast.lena, "Fewer visits", "cut")
    acts.sent(decision, cast.priya, "text")
    assert answers(came_in(sent_by_us(cast.lena, decision, row.id)), decision).status_code == 200
    assert heard(decision) != Said.VIEW
    assert not models.Telling.everything.filter(decision=decision, is_reached=True).exists()
    with pytest.raises(Refused):
        acts.decided(decision, cast.priya)
    view = models.View.everything.get(decision=decision)
    for reader in (cast.priya, cast.mina, cast.lena):
        text = page(reader, f"/decisions/{decision}")
        assert "Victor" not in text or reader is not cast.lena
    do(commands.ConfirmView(decision=decision, view=view.id), by=cast.mina)  # her advocate asked her
    assert heard(decision) == Said.VIEW


def test_a_code_that_we_sent_ourselves_is_hers_alone(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.rosa)
    answers(came_in(sent_by_us(cast.rosa, decision)), decision)
    view = models.View.everything.get(decision=decision)
    assert view.typist is None and heard(decision) == Said.VIEW
