"""Sessions kept in the database, as Django keeps them, and found with a plain statement.

Every page begins with finding its reader's session. Django builds that one question anew each time, and the
parts that check its signature too, which costs more than all that the session says.
"""

import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session

from alongside.kernel.writing import wire

FIND = (
    "SELECT session_key, session_data, expire_date FROM django_session"
    " WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"  # the hour of day is the database's here
)


class SessionStore(db.SessionStore):
    """One reader's session."""

    def _get_session_from_db(self) -> Any:
        rows = wire().ask(FIND, [self.session_key])
        if not rows:
            self._session_key = None
            return None
        return Session(**dict(zip(("session_key", "session_data", "expire_date"), rows[0], strict=True)))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a session holds. Whatever is not signed with today's key, Django judges."""
        words = session_data if isinstance(session_data, str) else session_data.decode()
        found = signed_now(words, self.key_salt, settings.SECRET_KEY)
        return found if found is not None else super().decode(session_data)


def signed_now(session_data: str, salt: str, secret: str) -> dict[str, Any] | None:
    """What Django's `signing.dumps` put into these words with this key; None where they are not its words.

    They are `words:moment:signature`, the words in base64 and, after a full stop, compressed.
    """
    signed, _colon, signature = session_data.rpartition(":")
    made = urlsafe_b64encode(hmac.digest(_key(salt, secret), signed.encode(), "sha256")).rstrip(b"=")
    if not hmac.compare_digest(made, signature.encode()):
        return None
    packed = signed.rpartition(":")[0].encode()
    words = urlsafe_b64decode(packed.lstrip(b".") + b"=" * (-len(packed.lstrip(b".")) % 4))
    found: dict[str, Any] = json.loads(zlib.decompress(words) if packed.startswith(b".") else words)
    return found


@lru_cache(maxsize=4)
def _key(salt: str, secret: str) -> bytes:
    return sha256(f"{salt}signer{secret}".encode()).digest()
