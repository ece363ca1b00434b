"""What somebody answers to other words for a promise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.topics.promises.commands import AnswerCorrection
from alongside.topics.promises.models import OfferedWords
from tests.promises.making import to_whom


def answer(offer: OfferedWords, person: UUID | None, agrees: bool = True, **more: Any) -> AnswerCorrection:
    to = to_whom(offer.promise, person)
    return AnswerCorrection(promise=offer.promise, offer=offer.id, made_to=to, agrees=agrees, **more)
