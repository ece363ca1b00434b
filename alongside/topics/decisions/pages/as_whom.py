"""As what somebody looks, checks or answers: in words to the person it is about, and to anybody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as in_their_language
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Lazy

GROUNDS: Mapping[str, Lazy] = {  # what the rules call a legal reason, to whom it is about
    "best_interests": _("In your best interests, because you cannot decide this now"),
    "benefit_under_2000_act": _("It benefits you, and you cannot decide this now"),
    "attorney_or_deputy": _("An attorney or deputy decides this for you"),
    "attorney_or_guardian": _("A welfare attorney or guardian decides this for you"),
}
HOW_TO_THEM: Mapping[str, Lazy] = {  # how somebody came to what they say of a legal reason, in their words
    "saw": _("I saw you, or spoke with you"),
    "asked": _("I asked somebody who knows you, and who does not decide this"),
}
TO_THEM: Mapping[str, Lazy] = {
    "wish": _("whom you chose"),
    "advocate": _("your advocate"),
    "power": _("your attorney or deputy"),
}


def ground_called(item: Mapping[str, Any], code: str, *, is_theirs: bool) -> str:
    """What a legal reason is called on a page: the rules name it as those who write it down would."""
    return str(GROUNDS[code]) if is_theirs and code in GROUNDS else str(in_their_language(item["name"]))


def how_looked(how: TextChoices, *, is_theirs: bool) -> str:
    """How somebody looked, said to whom it is about as it would be said to their face."""
    return str(HOW_TO_THEM.get(how.value, how.label) if is_theirs else how.label)


def as_whom(standing: TextChoices, *, is_theirs: bool) -> str:
    """What the record calls it; nobody reads of themself as “the person”."""
    return str(TO_THEM.get(standing.value, standing.label) if is_theirs else standing.label)
