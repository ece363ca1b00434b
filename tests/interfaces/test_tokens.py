"""What every page begins with is made quickly here, and is what Django would have made: tokens, sessions."""

from collections import Counter
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.http import HttpRequest
from django.middleware import csrf
from django.test import Client, override_settings

from alongside.interfaces.sessions import SessionStore
from alongside.interfaces.tokens import token, token_field
from tests.interfaces.conftest import browser_of
from tests.world import Cast

is_known: Any = vars(csrf)["_does_token_match"]  # Django's own judge of tokens
SECRET = "Ab3" * 10 + "zZ"


def asked(secret: str = SECRET) -> HttpRequest:
    request = HttpRequest()
    request.META["CSRF_COOKIE"] = secret
    return request


def test_django_knows_each_token_again_and_no_two_are_alike() -> None:
    made = [token(asked()) for _ in range(300)]
    assert all(is_known(one, SECRET) for one in made)
    assert not any(is_known(one, SECRET[:-1] + "y") for one in made)
    assert len(set(made)) == len(made)


def test_every_letter_of_a_mask_is_as_likely_as_any_other() -> None:
    letters = Counter("".join(token(asked())[: csrf.CSRF_SECRET_LENGTH] for _ in range(2000)))
    expected = 2000 * csrf.CSRF_SECRET_LENGTH / len(csrf.CSRF_ALLOWED_CHARS)
    surprise = sum((letters[one] - expected) ** 2 / expected for one in csrf.CSRF_ALLOWED_CHARS)
    assert surprise < 140  # chi-squared with 61 degrees: one run in some ten million comes above it by chance


def test_a_reader_without_a_secret_is_given_one_and_one_who_has_one_keeps_it() -> None:
    new, known = HttpRequest(), asked()
    assert 'name="csrfmiddlewaretoken"' in token_field(new)
    assert new.META["CSRF_COOKIE_NEEDS_UPDATE"] is True
    assert is_known(token(new), new.META["CSRF_COOKIE"])
    token(known)
    assert "CSRF_COOKIE_NEEDS_UPDATE" not in known.META
    csrf.get_token(known)
    assert known.META["CSRF_COOKIE"] == SECRET


@pytest.mark.django_db
def test_the_form_of_a_drawn_page_is_taken_and_a_forged_one_is_not(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):  # the second page comes to a browser that has the cookie already
        page = client.get("/").content.decode()
        sent = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        given = {"language": "cy", "next": "/"}
        assert client.post("/reading/", given | {"csrfmiddlewaretoken": sent}).status_code < 400
        forged = client.post("/reading/", given | {"csrfmiddlewaretoken": "x" * 64})
        assert forged.status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("held", [{"person": "one", "strong": False}, {"a": "long words " * 60, "é": 1}])
def test_a_session_is_read_as_django_reads_it(held: dict[str, object]) -> None:
    ours, theirs = SessionStore(), DjangosOwn()
    kept = ours.encode(held)
    assert held == ours.decode(kept) == theirs.decode(kept)
    assert held == ours.decode(theirs.encode(held))


@pytest.mark.django_db
def test_a_session_that_somebody_wrote_into_the_table_opens_nothing(cast: Cast) -> None:
    store = SessionStore()
    words, moment, signature = store.encode({"person": "one"}).split(":")
    other = store.encode({"person": "two"}).split(":")[0]
    for forged in (
        f"{other}:{moment}:{signature}",
        f"{words}:{moment}:{signature[:-1]}",
        f"{words}:",
        "",
        "é",
    ):
        assert store.decode(forged) == {}
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        assert store.decode(f"{words}:{moment}:{signature}") == {}
    assert browser_of(cast.rosa).get("/").status_code == 200
