"""Whoever alone wrote down how a person signs in may be the one who signs in: it counts as typed by them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alongside.interfaces.who import forget_voices
from alongside.kernel import clock, replay
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.people.commands.access import LinkSignIn, SignInKind, UnlinkSignIn
from alongside.topics.people.commands.addresses import AskToCheckAddress, ConfirmAddress
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import AddressCheck, LinkKind, SignInName
from alongside.topics.people.policy import set_up_by
from tests.decisions import acts
from tests.interfaces.signing_in import browser, code_in, emails, letterbox, link_in, me
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


def test_once_somebody_outside_the_line_has_asked_her_it_is_her_own(cast: Cast, settings: Any) -> None:
    link = LinkSignIn(person=cast.rosa.person, address=EMAIL)
    do(link, by=cast.ken)
    for of_that_line in (cast.ken, replace(cast.priya, strong=True)):
        with pytest.raises(Refused, match="cannot be used"):
            do(link, by=of_that_line)
    assert me(signed_in(settings)).typed_by == cast.ken.person
    address = SignInName.everything.get(person=cast.rosa.person).id
    do(AskToCheckAddress(person=cast.rosa.person, address=address), by=cast.ken)
    check = AddressCheck.everything.get(address=address)
    do(ConfirmAddress(check=check.id, told=EMAIL, checked="I met her at the library."), by=cast.dee)
    forget_voices(cast.rosa.person)
    assert me(signed_in(settings)).typed_by is None
    with pytest.raises(Refused, match="Only they can add another"):
        do(LinkSignIn(person=cast.rosa.person, address="k@wexmoor.example"), by=cast.ken)
    assert not replay.compare().problems


def test_a_link_that_waits_in_his_mailbox_is_no_more_hers_once_he_has_taken_his_address_back(
    cast: Cast, settings: Any
) -> None:
    at_the_code, with_the_link = browser(), browser()
    address = do(LinkSignIn(person=cast.rosa.person, address=EMAIL), by=cast.ken).thing
    at_the_code.post("/sign-in/", {"login": EMAIL})
    do(UnlinkSignIn(sign_in=address), by=cast.ken)
    at_the_code.post("/sign-in/code/", {"code": code_in(emails(settings)[-1])})
    with_the_link.post(link_in(emails(settings)[-1]))
    for client in (at_the_code, with_the_link):
        assert (me(client).person, me(client).typed_by) == (cast.rosa.person, cast.ken.person)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert cast.rosa.person and set_up_by(cast.rosa.person) is None, (
            "by then nothing that was sent there opens the door"
        )


def test_whoever_may_be_another_makes_no_passkey_for_her(cast: Cast, settings: Any) -> None:
    do(LinkSignIn(person=cast.rosa.person, address=EMAIL), by=cast.ken)
    assert signed_in(settings).get("/passkeys/add/").status_code == 403
    address = SignInName.everything.get(person=cast.rosa.person).id
    check = do(AskToCheckAddress(person=cast.rosa.person, address=address), by=cast.ken).thing
    do(ConfirmAddress(check=check, told=EMAIL, checked="I met her at the library."), by=cast.dee)
    assert signed_in(settings).get("/passkeys/add/").status_code == 200


def test_a_worker_ties_no_council_account_to_somebody_who_works_nowhere(cast: Cast) -> None:
    """Else any account there that stands free, a test account or a friend's, comes in as her own hand."""
    link = LinkSignIn(
        person=cast.rosa.person, kind=SignInKind.COUNCIL, issuer="https://id.wexmoor.example", address="spare"
    )
    with pytest.raises(Refused, match="who work for a body"):
        do(link, by=cast.ken)
    post = {"person": cast.rosa.person, "kind": LinkKind.PRACTITIONER, "team": cast.east}
    do(GivePost(organisation=cast.council, **post), by=cast.ken)
    with pytest.raises(Refused, match="who work for a body"):
        do(link, by=cast.ken)
    do(LinkSignIn(person=cast.rosa.person, address=EMAIL), by=cast.rosa)
    with pytest.raises(Refused, match="Only they can add another"):
        do(link, by=cast.ken)


def test_a_way_in_that_a_worker_closed_is_told_to_the_one_who_came_in_by_it(cast: Cast) -> None:
    hers = do(LinkSignIn(person=cast.rosa.person, address=EMAIL), by=cast.rosa).thing
    do(UnlinkSignIn(sign_in=hers), by=cast.ken)
    assert told_to(cast.rosa.person) == ["way_in_closed"]
    own = do(LinkSignIn(person=cast.rosa.person, address=EMAIL), by=cast.rosa).thing
    do(UnlinkSignIn(sign_in=own), by=cast.rosa)
    assert told_to(cast.rosa.person) == ["way_in_closed"], "what they did themself they know"


def told_to(person: Any) -> list[str]:
    sent = [one.payload for one in Outbox.objects.filter(kind="tell").order_by("pk")]
    return [one["what"] for one in sent if one["person"] == person.hex]
