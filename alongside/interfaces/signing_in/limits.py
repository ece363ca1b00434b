"""How often something may be tried, and what may be used only once; shared by every process of the site."""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.http import HttpRequest

from alongside.interfaces.models import Spent, Tries
from alongside.kernel import clock
from alongside.kernel.keyring import keyring

_COUNT = (
    "INSERT INTO interfaces_tries (bucket, since, count) VALUES (%s, %s, 1)"
    " ON CONFLICT (bucket) DO UPDATE SET count ="
    " CASE WHEN interfaces_tries.since < %s THEN 1 ELSE interfaces_tries.count + 1 END,"
    " since = CASE WHEN interfaces_tries.since < %s THEN excluded.since ELSE interfaces_tries.since END"
    " RETURNING count"
)


def too_many(what: str, who: str, *, most: int, minutes: int) -> bool:
    """Count one try, and say whether it is one too many. Nothing readable about `who` is kept."""
    bucket = _bucket(what, who)
    now = clock.now()
    since: Any = connection.ops.adapt_datetimefield_value(now)
    before: Any = connection.ops.adapt_datetimefield_value(now - timedelta(minutes=minutes))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [bucket, since, before, before])
        count: int = cursor.fetchone()[0]
    return count > most


def was_right(what: str, who: str) -> None:
    """Take the last try back: it was no guess. A library's one address may serve many people."""
    Tries.objects.filter(bucket=_bucket(what, who), count__gt=0).update(count=F("count") - 1)


def _bucket(what: str, who: str) -> bytes:
    return keyring().mac(b"tries", what.encode(), who.encode())


def spend(what: str, *, minutes: int) -> bool:
    """Use up something that works once. False when it was used before."""
    now = clock.now()
    Spent.objects.filter(until__lt=now).delete()
    try:
        with transaction.atomic():
            Spent.objects.create(
                mark=keyring().mac(b"spent", what.encode()), until=now + timedelta(minutes=minutes)
            )
    except IntegrityError:
        return False
    return True


def where_from(request: HttpRequest) -> str:
    """The address the request came from: what the server in front says, only where we trust it."""
    return str(request.META.get("REMOTE_ADDR", ""))
