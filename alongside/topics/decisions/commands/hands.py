"""What is said to whoever typed words that cannot be taken as the person’s own."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Lazy
from alongside.kernel.hands import NOBODY_WE_KNOW
from alongside.kernel.policy import UNHEARD_WAYS
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.outside import outside_of

IN_LINE = _("You work in the line that decides. Ask another team to type this.")


def not_their_word(decision: models.Decision, at: At, in_line: Lazy = IN_LINE) -> Lazy:
    """Why this is not taken as theirs, and what to do instead: three reasons, each with its own way on."""
    if at.by.way in UNHEARD_WAYS:
        return NOBODY_WE_KNOW
    who = at.by.typed_by
    if who is not None and who in outside_of(decision.id, at.moment):
        return _("You cannot type this for them. Their worker or an advocate can, or they themself.")
    return in_line
