"""Whoever alone wrote down how a person signs in may be the one who signs in: it counts as typed by them."""

from dataclasses import replace
from typing import Any

import pytest

from alongside.interfaces.who import forget_voices
from alongside.kernel import replay
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.people.commands.access import LinkSignIn
from tests.decisions import acts
from tests.interfaces.test_signing_in import browser, code_in, emails, letterbox, me
from tests.world import Cast

pytestmark = pytest.mark.django_db
EMAIL = "rosa.m@wexmoor.example"
__all__ = ["letterbox"]


def signed_in(settings: Any) -> Any:
    """Whoever reads that mailbox signs in by it."""
    client = browser()
    client.post("/sign-in/", {"login": EMAIL})
    client.post("/sign-in/code/", {"code": code_in(emails(settings)[-1])})
    return client


def test_a_manager_who_writes_down_his_own_mailbox_as_hers_decides_nothing_with_it(
    cast: Cast, settings: Any
) -> None:
    link = LinkSignIn(person=cast.rosa.person, address=EMAIL)
    do(link, by=cast.ken)
    decision = acts.raised(cast.ken, cast.rosa)
    client = signed_in(settings)
    assert (me(client).person, me(client).typed_by) == (cast.rosa.person, cast.ken.person)
    said = {"decision": str(decision), "position": "for", "words": "Yes, that is fine with me."}
    client.get(f"/decisions/{decision}")
    client.post("/api/do/decisions.view_given", said, content_type="application/json")
    view = models.View.everything.get(decision=decision)
    assert (view.person, view.typist) == (cast.rosa.person, cast.ken.person)
    with pytest.raises(Refused):
        acts.decided(decision, cast.ken)
    as_rosa = Actor(person=cast.rosa.person, typed_by=cast.ken.person, how="other")
    do(LinkSignIn(person=cast.rosa.person, address="another@wexmoor.example"), by=as_rosa)
    assert me(signed_in(settings)).typed_by == cast.ken.person  # nor does he get round it from inside


def test_once_a_second_worker_has_written_down_the_same_it_is_her_own(cast: Cast, settings: Any) -> None:
    link = LinkSignIn(person=cast.rosa.person, address=EMAIL)
    do(link, by=cast.ken)
    with pytest.raises(Refused, match="cannot be used"):
        do(link, by=cast.ken)
    do(link, by=replace(cast.priya, strong=True))
    forget_voices(cast.rosa.person)
    assert me(signed_in(settings)).typed_by is None
    with pytest.raises(Refused, match="Only they can add another"):
        do(LinkSignIn(person=cast.rosa.person, address="k@wexmoor.example"), by=cast.ken)
    assert not replay.compare().problems
