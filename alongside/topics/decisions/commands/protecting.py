"""What a safeguard is called: to the person it protects, and to anybody else who reads of it.

The rules name each in words to the person. Whoever reads about somebody else reads of "them".
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Lazy
from alongside.kernel.pack import Pack

SAFEGUARDS = "decision.safeguards"
OF_SOMEBODY_ELSE: Mapping[str, Lazy] = {
    "declined": _("They did not want to take part"),
    "least_restrictive": _("The way that limits them least"),
    "involved_anyway": _("They were involved as far as they could be"),
}


def protects(pack: Pack, code: str, *, is_theirs: bool) -> Lazy:
    """What protects somebody, in words to them, or about them."""
    names = dict(pack.choices(SAFEGUARDS))
    return names[code] if is_theirs else OF_SOMEBODY_ELSE.get(code, names[code])
