"""A program that lets made-up people into a site beside it: prints the cookie of each, by first name.

    python -m tests.browser.entrance Rosa Devon …

With no names it stays, and answers each name on a line of its own with a cookie on a line of its own.
`Rosa+code` is Rosa come with a code from her letter: she sees one matter, and has no account.
"""

import json
import sys

import django

STRONG = {"Priya", "Ken", "June", "Omar", "Dee", "Mina", "Sol", "Boyd", "Tom", "Edwin", "Pauline"}


def main(wanted: list[str]) -> None:
    """Print {"Rosa": cookie, …}. A name that nobody here has is left out."""
    django.setup()
    if not wanted:
        for line in sys.stdin:
            print(_cookie(line.strip()), flush=True)
        return
    found = {word: _cookie(word) for word in wanted}
    json.dump({word: cookie for word, cookie in found.items() if cookie}, sys.stdout)


def _cookie(word: str) -> str:
    from alongside.interfaces.faces import faces
    from alongside.topics.people.models import Findable

    name, _plus, code = word.partition("+")
    row = Findable.everything.filter(kind="person", name__startswith=f"{name} ").order_by("name").first()
    row = row or Findable.everything.filter(kind="person", name__endswith=f" {name}").order_by("name").first()
    if row is None:
        return ""
    strong = {face.person: face.strong for face in faces()}.get(row.pk, name in STRONG)
    from alongside.topics.decisions.models import Decision

    matter = None
    if code:
        open_first = Decision.everything.filter(person=row.pk).order_by("-state", "-raised_at").first()
        matter = open_first.pk if open_first else None
        if matter is None:
            return ""
    return session_of(row.pk, strong=strong, only=str(matter or ""), way="code" if code else "page")


def session_of(person: object, *, strong: bool, only: str, way: str) -> str:
    """What signing in leaves behind, for our own pages and for those of the sign-in package."""
    from uuid import UUID

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from alongside.interfaces.sessions import SessionStore
    from alongside.interfaces.signing_in.accounts import BACKEND, account_of

    assert isinstance(person, UUID)
    session = SessionStore()
    session.update({"person": str(person), "strong": strong, "only": only, "way": way})
    if not only:
        account = account_of(person)
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        import time

        session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session.create()
    assert session.session_key
    return session.session_key


if __name__ == "__main__":
    main(sys.argv[1:])
