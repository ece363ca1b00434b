"""Word to a body's program that something about a service or a place changed: signed, and without words.

It is signed as the Standard Webhooks convention has it, so that any of its libraries can check it. Nothing
is sent to a machine inside this network unless whoever runs this place named it (ALONGSIDE_HOOK_HOSTS):
else an address could be used to knock on doors that only we can reach. For the same reason a redirect is
not followed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import re
import socket
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel import clock
from alongside.kernel.keyring import keyring

PATIENCE = 10  # seconds
LONGEST_NAME = 253  # characters of a machine's name, as the names of the net are kept
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
AS_SENT = re.compile(r"(?:[A-Za-z0-9._~:/?\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")  # RFC 3986
INSIDE_NAMES = ("localhost", "local", "internal", "invalid", "onion")
ONLY_HTTPS = gettext_lazy("Its address must begin with https://")
INSIDE = gettext_lazy("It is inside this network. Whoever runs this place must allow it first.")


class NotThere(Exception):
    """We do not send anything to this address."""


def secret_of(hook: UUID) -> bytes:
    """The key with which word to this program is signed."""
    return keyring().mac(b"hook", hook.bytes)


def shown_secret(hook: UUID) -> str:
    """The same, as the libraries that check take it."""
    return "whsec_" + base64.b64encode(secret_of(hook)).decode()


def body_of(event: str, thing: str, path: str, *, at: datetime) -> bytes:
    """What is sent, the same each time: which thing, where anybody can read it, and when it changed."""
    link = f"{settings.BASE_URL}{path}"
    told = {"type": event, "timestamp": at.isoformat(), "data": {"id": str(UUID(thing)), "link": link}}
    return json.dumps(told).encode()


def signed(hook: UUID, message: str, body: bytes) -> dict[str, str]:
    """The headers that prove it is ours and when it was sent."""
    at = str(int(clock.now().timestamp()))
    digest = hmac.new(secret_of(hook), f"{message}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Alongside",
        "webhook-id": message,
        "webhook-timestamp": at,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def post(address: str, headers: dict[str, str], body: bytes) -> int:
    """Send it. Gives the answer's number; raises NotThere for an address we do not send to, OSError else."""
    parts = urlsplit(address)
    connection = _connection(parts)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body=body, headers=headers)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error
    finally:
        connection.close()


def not_reached(wrong: OSError) -> str:
    """Why a program did not answer, for whoever looks after it."""
    if isinstance(wrong, ConnectionRefusedError):
        return _("The program could not be reached: nothing listens at its address. Is it running?")
    if isinstance(wrong, TimeoutError):
        return _("The program could not be reached: it took too long to answer.")
    if isinstance(wrong, socket.gaierror):
        return _("The program could not be reached: nobody knows its address. Is it spelt right?")
    return _("The program could not be reached: %(why)s") % {"why": wrong.strerror or type(wrong).__name__}


def refused(address: str) -> str:
    """Why we would never send to this address, as far as can be told without asking where its name leads."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _("Type a web address, such as https://example.org/word")
    if parts.username is not None or parts.password is not None:
        return _(
            "Leave out the name and password before the “@”. "
            "Type the rest alone, such as https://example.org/word"
        )
    if "#" in address:
        return _("Leave out “#” and what comes after it. It is never sent.")
    is_web = parts.scheme in ("https", "http") and port != 0 and not parts.netloc.endswith(":")
    if not is_web or not AS_SENT.fullmatch(address) or not _is_name_or_number(host):
        return _("Type a web address, such as https://example.org/word")
    if _is_named(parts):
        return ""
    if parts.scheme != "https":
        return str(ONLY_HTTPS)
    if _is_inside(host):
        return str(INSIDE)
    return _("Type the whole name of the machine, such as example.org") if _is_short(host) else ""


def _is_name_or_number(host: str) -> bool:
    """Whether it is spelt as the name of a machine, or as the one number that everybody reads alike."""
    if _as_number(host) is not None:
        return True
    labels = host.removesuffix(".").split(".")
    is_odd_number = labels[-1].isdigit() or labels[-1].startswith("0x")  # some read 127.1 as 127.0.0.1
    return len(host) <= LONGEST_NAME and not is_odd_number and all(map(LABEL.fullmatch, labels))


def _is_short(host: str) -> bool:
    """Whether it is a name that leads nowhere outside the network it is used in."""
    return _as_number(host) is None and "." not in host.removesuffix(".")


def _as_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_inside(host: str) -> bool:
    number = _as_number(host)
    if number is not None:
        return not number.is_global
    name = host.removesuffix(".")
    return name.rpartition(".")[2] in INSIDE_NAMES or name.endswith("home.arpa")


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    """A connection to the very address that was looked at: a name may lead elsewhere a moment later."""
    host, is_named = parts.hostname or "", _is_named(parts)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    if parts.scheme != "https" and not is_named:
        raise NotThere(ONLY_HTTPS)
    where = _looked_up(host, port, is_named)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    found: Any = kind(host, port, timeout=PATIENCE)
    found._create_connection = lambda *_address: socket.create_connection((where, port), PATIENCE)
    made: http.client.HTTPConnection = found
    return made


def _is_named(parts: SplitResult) -> bool:
    """Whether whoever runs this place said that this machine may be sent to."""
    named = {one.strip() for one in settings.HOOK_HOSTS.split(",") if one.strip()}
    return bool(named & {parts.hostname or "", parts.netloc})


def _looked_up(host: str, port: int, is_named: bool) -> str:
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not is_named and not all(ipaddress.ip_address(one).is_global for one in found):
        raise NotThere(INSIDE)
    return found[0]
