"""The token of a form, as Django's guard against forged forms asks for it, made in one go.

Django hides the reader's secret behind a new mask for each form, letter by letter, and asks the system for
chance thirty-two times. Here it is asked once. What is made is the same: a mask of which every letter is as
likely as any other, and the secret moved on by it. Django's own middleware reads and judges it.
"""

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from markupsafe import Markup

_LETTERS = len(CSRF_ALLOWED_CHARS)
_PLACE = {letter: number for number, letter in enumerate(CSRF_ALLOWED_CHARS)}
_MOVED = CSRF_ALLOWED_CHARS * 2  # a letter moved on past the last begins again
_EVEN = 256 - 256 % _LETTERS  # a byte below this is as likely to be any letter; one above it is thrown away
_UNEVEN = bytes(range(_EVEN, 256))
_AS_PLACE = bytes(number % _LETTERS for number in range(256))


def token_field(request: HttpRequest) -> Markup:
    """The hidden field with the token, as `{% csrf_token %}` draws it."""
    return Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{token(request)}">')


def token(request: HttpRequest) -> str:
    """A token for one form. A reader who has no secret yet is given one by Django, with its cookie.

    A secret that the reader's cookie holds already is used as it is, and the cookie is left as it is too.
    """
    secret = request.META.get("CSRF_COOKIE")
    if secret is None or len(secret) != CSRF_SECRET_LENGTH or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        return get_token(request)
    mask = _places()
    shown = "".join([CSRF_ALLOWED_CHARS[place] for place in mask])
    return shown + "".join(
        [_MOVED[_PLACE[letter] + place] for letter, place in zip(secret, mask, strict=True)]
    )


def _places() -> bytes:
    found = b""
    while len(found) < CSRF_SECRET_LENGTH:
        found += os.urandom(2 * CSRF_SECRET_LENGTH).translate(_AS_PLACE, _UNEVEN)
    return found[:CSRF_SECRET_LENGTH]
