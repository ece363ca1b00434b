"""Sessions kept in the database, as Django keeps them, and found with a plain statement.

Every page begins with finding its reader's session. Django builds that one question anew each time, which
costs more than all that the session says.
"""

from typing import Any

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
