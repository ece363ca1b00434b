"""What was destroyed stays destroyed, also where the keys were put back from an older copy.

Whoever restores the database and yesterday's keys has again what was erased today. So the database, which
lies on another medium, remembers the numbers of the keys that are gone, and `alongside work` destroys any
that came back.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from alongside.kernel.keyring import keyring


class DestroyedKey(models.Model):
    """That this key of a person was destroyed. Whose it was is not told: the number is a number by chance."""

    id = models.BinaryField(primary_key=True, max_length=16)

    class Meta:
        app_label = "kernel"


def destroy(key_ids: Iterable[bytes]) -> int:
    """Destroy keys for good. First it is remembered, so that a crash between the two loses neither."""
    ids = list(key_ids)
    DestroyedKey.objects.bulk_create([DestroyedKey(id=one) for one in ids], ignore_conflicts=True)
    return keyring().destroy(ids)


def come_back() -> list[bytes]:
    """The keys that were destroyed, and are here again."""
    here = keyring().ids()
    gone = (bytes(one) for one in DestroyedKey.objects.values_list("id", flat=True).iterator())
    return [one for one in gone if one in here]


def destroy_again() -> int:
    """Destroy what came back with an older copy of the keys. Returns how many there were."""
    found = come_back()
    return keyring().destroy(found) if found else 0
