"""Destroying a person's keys, all of them: their own, and those of every name they used in one matter only.

The entry that says so comes first (see the people's room). This is done later, from the outbox, and can be
done again from the start after a crash.
"""

from __future__ import annotations

import os
from uuid import UUID

from alongside.kernel.destroyed import destroy
from alongside.kernel.keyring import keyring
from alongside.kernel.pseudonyms import Pseudonym, voices_of


def forget(person: UUID) -> int:
    """Destroy every key of a person and of their pseudonyms. Returns how many keys there were.

    The finder of each pseudonym is overwritten too: from then on not even the installation's own keys tell
    whose it was.
    """
    ring = keyring()
    voices = voices_of(person)
    keys = [key_id for owner in (person, *sorted(voices)) for key_id, _purpose, _epoch in ring.ids_of(owner)]
    count = destroy(keys)
    for voice in sorted(voices):
        Pseudonym.objects.filter(id=voice).update(finder=os.urandom(32))
    return count
