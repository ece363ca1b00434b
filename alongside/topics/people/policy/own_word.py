"""One rule for every room: what a person said themself is never overwritten by what another types for them.

What is typed is kept, with who typed it, and the person is told. Beside an own word it does not count: until
they say that it is what they said, or say it anew. They can always say that it is not what they said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID


class Said(Protocol):
    """An answer that says who typed it: nobody, where the person said it themself."""

    id: Any
    typist: Any


def own_word_stands(earlier: Iterable[Said], typist: UUID | None) -> bool:
    """Whether they said something themself before, which what is typed for them now leaves as it is."""
    return typist is not None and any(row.typist is None for row in earlier)


def replaced(earlier: Iterable[Said], typist: UUID | None) -> list[UUID]:
    """Which of their earlier answers a new one takes the place of."""
    rows = list(earlier)
    return [] if own_word_stands(rows, typist) else [row.id for row in rows]


def over_earlier(earlier: Iterable[Said], typist: UUID | None) -> dict[str, Any]:
    """For settle: which earlier answers it replaces, who typed it, and whether it only stands beside."""
    rows = list(earlier)
    return {"replaces": replaced(rows, typist), "typed": typist, "is_beside": own_word_stands(rows, typist)}
