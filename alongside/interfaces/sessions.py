"""Sessions kept in the database, as Django keeps them, and found with a plain statement.

Every page begins with finding its reader's session. Django builds that one question anew each time, and
checks the signature of what it found. Here both are done once: the same signed words say the same again.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends import db
from django.core.signing import BadSignature, TimestampSigner

from alongside.kernel.writing import wire

FIND = (
    "SELECT session_key, session_data, expire_date FROM django_session"
    " WHERE session_key = %s AND expire_date > CURRENT_TIMESTAMP"  # the hour of day is the database's here
)


class Found(NamedTuple):
    """A session as the database has it, for those who only read it."""

    session_key: str
    session_data: str
    expire_date: Any


class SessionStore(db.SessionStore):
    """One reader's session."""

    def _get_session_from_db(self) -> Any:
        rows = wire().ask(FIND, [self.session_key])
        if not rows:
            self._session_key = None
            return None
        return Found(*rows[0])

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What a session holds. Whatever is not signed with today's key, Django judges."""
        try:
            text = _unsigned(self.key_salt, settings.SECRET_KEY, str(session_data))
        except BadSignature:
            return super().decode(session_data)
        found: dict[str, Any] = self.serializer().loads(text)
        return found


class _AsItIs:
    """In place of a reader of what was signed: gives its bytes."""

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(maxsize=2000)
def _unsigned(salt: str, secret: str, signed: str) -> bytes:
    """What was signed with this key. Raises BadSignature, which is remembered nowhere."""
    signer = TimestampSigner(key=secret, salt=salt)
    found: bytes = signer.unsign_object(signed, serializer=_AsItIs)  # type: ignore[arg-type]  # it only reads
    return found
