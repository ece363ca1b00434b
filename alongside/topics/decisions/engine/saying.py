"""A sentence with gaps that is put together when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

Lazy = Any  # a translatable sentence


class Saying(Struct, frozen=True):
    """Words and what fills them. Of hundreds alike a page reads three, and the others cost nothing."""

    words: Lazy
    gaps: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.words) % self.gaps
