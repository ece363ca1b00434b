"""The tables of the ground floor, gathered for Django."""

from alongside.kernel.destroyed import DestroyedKey
from alongside.kernel.ledger import Entry, Head
from alongside.kernel.outbox import Outbox
from alongside.kernel.pseudonyms import Pseudonym
from alongside.kernel.reading import Look
from alongside.kernel.receipts import Receipt
from alongside.kernel.seal import EntryKey

__all__ = ["DestroyedKey", "Entry", "EntryKey", "Head", "Look", "Outbox", "Pseudonym", "Receipt"]
