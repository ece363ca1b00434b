"""Ken Holt signs in by email, adds a passkey, and then the passkey is enough. Nobody has a password."""

import pytest

from tests.browser.stories.telling import Screen, Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_device(story: Story) -> Screen:
    """A screen with a built-in way to show who you are, as telephones and laptops have."""
    story.address = story.address.replace(
        "127.0.0.1", "localhost"
    )  # a passkey belongs to a name, not a number
    ken = story.stranger("Ken")
    session = ken.context.new_cdp_session(ken.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return ken


def test_a_passkey_is_added_after_an_emailed_code_and_then_is_enough(story: Story) -> None:
    ken = with_a_device(story)
    ken.open("/sign-in/").write("What is your email?", "ken.holt@wexmoor.example").press("Send me a code")
    ken.main.get_by_role("textbox").fill(story.emailed_code("ken.holt@wexmoor.example"))
    ken.go_by(ken.main.locator("form button").first)
    ken.open("/passkeys/").picture("No passkey yet")
    ken.open("/passkeys/add/").picture("A passkey of his own")
    ken.main.get_by_role("textbox").first.fill("My work laptop")
    ken.go_by(ken.main.locator("form button").first)
    ken.open("/passkeys/").reads("My work laptop").picture("His passkeys")
    ken.open("/sign-out/").picture("Signing out asks once").go_by(ken.main.locator("form button").first)
    ken.open("/sign-in/").press("Use a passkey")
    ken.open("/passkeys/").reads("My work laptop").picture("In again, with the passkey alone")


def test_an_unknown_email_is_answered_in_the_same_words(story: Story) -> None:
    known, unknown = story.stranger("Known", script=False), story.stranger("Unknown", script=False)
    for screen, email in ((known, "ana@wexmoor.example"), (unknown, "nobody@wexmoor.example")):
        screen.open("/sign-in/").write("What is your email?", email).press("Send me a code")
    assert known.heading == unknown.heading
    assert known.path == unknown.path
    unknown.picture("Nobody learns who is known here")
