"""Sessions kept in the database, as Django keeps them, and found with a plain statement.

Every page begins with finding its reader's session. Django builds that one question anew each time, and the
one who checks its signature too. Both are made once here.
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
            signer = _signer(self.key_salt, settings.SECRET_KEY)
            found: dict[str, Any] = signer.unsign_object(str(session_data), serializer=self.serializer)
        except BadSignature:
            return super().decode(session_data)
        return found


@lru_cache(maxsize=4)
def _signer(salt: str, secret: str) -> TimestampSigner:
    return TimestampSigner(key=secret, salt=salt)
