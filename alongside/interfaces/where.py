"""Whether we know at which address people find this place: letters and messages carry it."""

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.interfaces.faces import MARK


def nobody_said_where() -> str:
    """Why nothing can be sent yet that carries the address; nothing where somebody said it.

    Into a folder goes also where it was last served: whoever tries it out reads it on the same machine.
    """
    how = settings.BASE_URL_FROM
    if how == "set" or (settings.HOME / MARK).exists():  # in a made-up place nobody real is written to
        return ""
    if how == "guessed":
        return _(
            "Nobody has said at which address people find this place, and letters carry it. "
            "Set ALONGSIDE_BASE_URL. To try it out, start “alongside serve” here first."
        )
    if settings.DELIVERY != "folder":
        return _(
            "Letters would carry %(address)s, which opens on this machine alone. Set ALONGSIDE_BASE_URL."
        ) % {"address": settings.BASE_URL}
    return ""
