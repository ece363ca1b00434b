"""A passkey, in a real browser: added after an emailed code, it signs you in strongly, by itself."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.access import LinkSignIn
from tests.browser.arriving import led_on
from tests.interfaces.signing_in import code_in, emails
from tests.world import Cast

EMAIL = "priya@example.org"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def phone(page: Any) -> Any:
    """A browser whose phone knows its owner's finger."""
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def strong_sessions() -> list[bool]:
    from django.test import RequestFactory

    from alongside.interfaces.who import WhoIsHere, actor_of

    found = []
    for session in Session.objects.all():
        request: Any = RequestFactory().get("/")
        request.session = session.get_decoded()
        WhoIsHere(lambda request: None)(request)  # type: ignore[arg-type,return-value]  # no page is asked for
        if actor_of(request).person:
            found.append(actor_of(request).strong)
    return found


def test_a_passkey_signs_a_worker_in_strongly(
    committed: None, live_server: Any, phone: Any, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.OUTBOX, settings.BASE_URL = tmp_path, live_server.url
    assert cast.priya.person
    do(LinkSignIn(person=cast.priya.person, address=EMAIL), by=Actor(person=cast.priya.person))

    phone.goto(f"{live_server.url}/sign-in/?next=/passkeys/")
    phone.get_by_label("What is your email?").fill(EMAIL)
    led_on(phone.get_by_role("button", name="Send me a code"))
    phone.get_by_label("What is the code we sent you?").fill(code_in(emails(settings)[0]))
    led_on(phone.get_by_role("button", name="Go on"))
    assert phone.locator("h1").inner_text() == "Your passkeys"
    assert strong_sessions() == [False], "a code by email is enough for oneself, not for deciding on others"

    led_on(phone.get_by_role("link", name="Add a passkey"))
    phone.get_by_label("What do you want to call it?").fill("my phone")
    led_on(phone.get_by_role("button", name="Add it"))
    assert "my phone" in phone.locator("main").inner_text()
    assert "Your passkey is added." in phone.locator("body").inner_text()
    assert "ecurity key" not in phone.locator("body").inner_text(), "those are the words of a package"

    phone.goto(f"{live_server.url}/sign-out/")
    led_on(phone.get_by_role("button", name="Sign out"))
    phone.goto(f"{live_server.url}/sign-in/?next=/passkeys/")
    led_on(phone.get_by_role("button", name="Use a passkey"))
    assert phone.locator("h1").inner_text() == "Your passkeys"
    assert strong_sessions() == [True]
