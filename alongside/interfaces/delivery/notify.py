"""GOV.UK Notify: email, text messages and printed letters.

Its templates must hold only ((subject)) and ((body)); the words are ours. Each message bears its name as
Notify's `reference`. Before sending we ask whether Notify already has it, because a lost answer may follow
an accepted message.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import io
import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from alongside.kernel import clock

from .message import (
    Channel,
    Message,
    Receipt,
    Status,
    accepted,
    failed,
    failed_for_now,
    telephone,
    was_silence,
)

PATIENCE = 20  # seconds
NO_ANSWER = (OSError, ValueError, LookupError, http.client.HTTPException)  # none, or one that is not theirs
NOT_TAKEN, TOO_BIG = 400, 413
ADDRESSED = ("email_address ", "phone_number ")  # with what a sentence about a wrong address begins
MOST_PAGES = 10  # of a letter: five sheets, printed on both sides

STATUSES = {
    "created": Status.ACCEPTED,
    "sending": Status.ACCEPTED,
    "pending": Status.ACCEPTED,
    "pending-virus-check": Status.ACCEPTED,
    "accepted": Status.ACCEPTED,
    "received": Status.ARRIVED,
    "sent": Status.ACCEPTED,
    "delivered": Status.ARRIVED,
    "temporary-failure": Status.FAILED_FOR_NOW,
    "permanent-failure": Status.FAILED,
    "technical-failure": Status.FAILED_FOR_NOW,
    "validation-failed": Status.FAILED,
    "virus-scan-failed": Status.FAILED,
    "cancelled": Status.FAILED,
}


class _Answered(Exception):
    """Notify answered something else than yes."""

    def __init__(self, number: int, error: str, is_for_good: bool) -> None:
        super().__init__(number, error)
        self.number = number
        self.error = error
        self.is_for_good = is_for_good


@dataclass(frozen=True, slots=True)
class Notify:
    """One service of a council on GOV.UK Notify. Its key is `name-service id-secret`."""

    key: str = field(repr=False)
    address: str
    email_template: str = ""
    text_template: str = ""

    @classmethod
    def from_settings(cls) -> Notify:
        return cls(
            key=settings.NOTIFY_KEY,
            address=settings.NOTIFY_URL,
            email_template=settings.NOTIFY_EMAIL_TEMPLATE,
            text_template=settings.NOTIFY_TEXT_TEMPLATE,
        )

    def send(self, message: Message) -> Receipt:
        unready = self._unready(message)
        if unready:
            return unready
        kind = "sms" if message.channel == Channel.TEXT else message.channel.value
        try:
            before = self._ask("GET", f"/v2/notifications?reference={message.name}")
            for earlier in before.get("notifications", []):
                receipt = self._receipt(earlier, gettext("Notify had it already."))
                if receipt.status != Status.FAILED_FOR_NOW:  # what they could not deliver may go again
                    return receipt
            made = self._ask("POST", f"/v2/notifications/{kind}", self._content(message))
            return accepted(str(made["id"]))
        except _Answered as answer:
            return _not_taken(answer)
        except NO_ANSWER as fault:
            return _not_reached(fault)

    def status(self, provider_reference: str) -> Receipt:
        """What became of a message Notify took. Delivered is not "told": nobody knows it was read."""
        try:
            found = self._ask("GET", f"/v2/notifications/{urllib.parse.quote(provider_reference, safe='')}")
            return self._receipt(found, str(found.get("status", "")))
        except _Answered as answer:
            return _not_taken(answer)
        except NO_ANSWER as fault:
            return _not_reached(fault)

    def _receipt(self, found: dict[str, Any], said: str) -> Receipt:
        return Receipt(STATUSES.get(str(found.get("status")), Status.ACCEPTED), str(found["id"]), said)

    def _unready(self, message: Message) -> Receipt | None:
        """What stands in the way before anything is asked."""
        if len(self.key) < 74 or not _is_safe(self.address):
            return failed_for_now(
                gettext("Notify is not set up: its key or its address is missing or wrong.")
            )
        if message.channel == Channel.LETTER:
            if message.attachment is None:
                return failed(gettext("A letter through Notify must be a PDF."))
            if _pages(message.attachment) > MOST_PAGES:
                told = gettext("The letter has more than %(most)s pages. Print it and post it yourself.")
                return failed(told % {"most": MOST_PAGES})
        elif message.attachment is not None:
            return failed(gettext("Notify cannot carry a file with an email."))
        elif not self._template(message):
            return failed_for_now(gettext("Notify is not set up: a template is missing."))
        return None

    def _template(self, message: Message) -> str:
        return self.text_template if message.channel == Channel.TEXT else self.email_template

    def _content(self, message: Message) -> dict[str, Any]:
        if message.channel == Channel.LETTER:
            content = base64.b64encode(message.attachment or b"").decode()
            return {"reference": message.name, "content": content, "postage": "second"}
        to = (
            {"phone_number": telephone(message.to)}
            if message.channel == Channel.TEXT
            else {"email_address": message.to}
        )
        return {
            **to,
            "template_id": self._template(message),
            "personalisation": {"subject": message.subject, "body": message.body},
            "reference": message.name,
        }

    def _ask(self, method: str, path: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
        request = urllib.request.Request(
            self.address.rstrip("/") + path,
            data=None if content is None else json.dumps(content).encode(),
            method=method,
            headers={
                "Authorization": f"Bearer {self._token()}",
                "Content-Type": "application/json",
                "User-Agent": "alongside",
            },
        )
        try:
            with _NEVER_ELSEWHERE.open(request, timeout=PATIENCE) as answer:
                found = json.load(answer)
        except urllib.error.HTTPError as fault:
            with fault:
                raise _answered(fault.code, fault.read()) from fault
        if not isinstance(found, dict):
            raise ValueError("Notify answered with something else than an object")
        return found

    def _token(self) -> str:
        """A token for this minute: JSON Web Token, HMAC-SHA-256, as Notify asks for it."""
        service, secret = self.key[-73:-37], self.key[-36:]
        head = _packed({"alg": "HS256", "typ": "JWT"})
        body = _packed({"iss": service, "iat": int(clock.now().timestamp())})
        signature = hmac.new(secret.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
        return f"{head}.{body}.{_base64(signature)}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key is shown to the address we were given and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_NEVER_ELSEWHERE = urllib.request.build_opener(_NoRedirect())


def _is_safe(address: str) -> bool:
    parts = urllib.parse.urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    )


def _not_taken(answer: _Answered) -> Receipt:
    told = gettext("Notify said %(number)s.") % {"number": f"{answer.number} {answer.error}".strip()}
    return failed(told) if answer.is_for_good else failed_for_now(told)


def _not_reached(fault: Exception) -> Receipt:
    told = gettext("Notify could not be reached (%(why)s).")
    return failed_for_now(told % {"why": type(fault).__name__}, is_silent=was_silence(fault))


def _answered(number: int, body: bytes) -> _Answered:
    """The name of the error. Its sentence may hold an address, so it is read and not kept.

    Only what is wrong with the address, or too big, will not mend itself. A wrong template, a service on
    trial and an address of Notify that leads nowhere bear the same numbers, and can be put right.
    """
    try:
        error = json.loads(body)["errors"][0]
        name, sentence = str(error["error"]), str(error.get("message", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        return _Answered(number, "", number == TOO_BIG)
    is_of_address = number == NOT_TAKEN and name == "ValidationError" and sentence.startswith(ADDRESSED)
    name = name if name.isalnum() and len(name) < 60 else ""
    return _Answered(number, name, number == TOO_BIG or is_of_address)


def _pages(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def _packed(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
