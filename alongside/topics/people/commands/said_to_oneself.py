"""What the forms about needs and ways say to whoever they are of. To others they speak of that person."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Lazy

_NEED: Mapping[str, Lazy] = {
    "code.used_for": _(
        "Everyone who writes to you or talks with you, so that you can read, hear and answer."
    ),
    "words.hint": _("Say what you need. You do not have to say why."),
}


def _need(title: Lazy, asked: Lazy) -> Mapping[str, Lazy]:
    return {**_NEED, "title": title, "code.label": asked}


FORMAT = _need(_("Say in which format you can read things"), _("How do you need things written or recorded?"))
CONTACT = _need(_("Say how we should contact you"), _("How should we contact you?"))
SUPPORT = _need(
    _("Say whom you need with you to communicate"), _("Whom do you need with you to communicate?")
)
AIDS = _need(_("Say which aids or changes you use"), _("Which aids or changes do you use?"))
NEED_ENDED: Mapping[str, Lazy] = {"title": _("Say that you do not need this any more")}
WAY: Mapping[str, Lazy] = {
    "title": _("Say how we can safely tell you things"),
    "channel.label": _("How should we tell you things?"),
    "channel.used_for": _("Whoever has something to tell you."),
    "address.hint": _("This is kept apart from where you live. Nobody at home sees it here."),
    "is_safe.label": _("Is it safe for you to be told this way?"),
    "is_safe.hint": _("If somebody could be angry or hurt you over it, say no. We then never use it."),
}
NOT_SAFE: Mapping[str, Lazy] = {"title": _("Say that a way to tell you is not safe")}
STOPPED: Mapping[str, Lazy] = {"title": _("Say that we should no longer use this way to tell you")}
