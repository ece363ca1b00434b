"""A session is read from the database each time, and only what this place signed is believed."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.interfaces.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(words: dict[str, Any]) -> str:
    """The key of a session that holds these words."""
    session = SessionStore()
    session.update(words)
    session.save()
    return str(session.session_key)


def test_what_one_request_does_to_its_session_is_not_in_the_next_until_it_is_kept() -> None:
    key = kept({"person": "rosa", "steps": [{"method": "code"}]})
    one = SessionStore(key)
    one["steps"].append({"method": "mfa", "type": "webauthn"})
    one["strong"] = True
    again = SessionStore(key)
    assert again["steps"] == [{"method": "code"}]
    assert "strong" not in again
    one.save()
    assert SessionStore(key)["strong"] is True
    assert len(SessionStore(key)["steps"]) == 2


def test_a_session_that_ended_is_empty_however_often_it_was_read() -> None:
    key = kept({"person": "rosa"})
    assert SessionStore(key)["person"] == "rosa"
    SessionStore(key).delete()
    assert dict(SessionStore(key).items()) == {}


def test_what_was_changed_in_the_database_or_signed_elsewhere_says_nothing(settings: Any) -> None:
    signed = SessionStore().encode({"person": "rosa"})
    assert SessionStore().decode(signed) == {"person": "rosa"}
    head, rest = signed.split(":", 1)
    assert SessionStore().decode(f"{head}x:{rest}") == {}
    assert SessionStore().decode(kept({})) == {}
    settings.SECRET_KEY = "another place's"
    assert SessionStore().decode(signed) == {}
