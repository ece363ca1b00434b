"""The tables of the ground floor, gathered for Django."""

from alongside.kernel.ledger import Entry, Head, Look, Outbox, Pseudonym, Receipt
from alongside.kernel.seal import EntryKey

__all__ = ["Entry", "EntryKey", "Head", "Look", "Outbox", "Pseudonym", "Receipt"]
