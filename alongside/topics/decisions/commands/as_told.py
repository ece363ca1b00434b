"""Who is said to have been told, how and when: above the question whether it is true."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.command import Lazy
from alongside.kernel.fields import as_id
from alongside.kernel.policy import INSTALLATION, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.people.policy import names_of


def as_told(actor: Actor, given: Mapping[str, Any]) -> list[tuple[Lazy, Any]]:
    """(label, words) of the telling that a form names, as far as this reader may see it. Nobody vouches for
    what they have not read."""
    pk = as_id(str(given.get("telling", "")))
    row = models.Telling.objects.seen_by(actor).filter(id=pk).first() if pk else None
    if row is None:
        return []
    channels = pack_of(models.Decision.everything.get(id=row.decision))
    people = [one for one in (row.person, row.typist) if one is not None and one != INSTALLATION]
    names = {**names_of(people), **dict.fromkeys(actor.ids, _("You"))}
    found = [
        (_("Who was told"), names.get(row.person, "")),
        (_("How"), _(channels.item("told.channels", row.channel)["name"])),
        (_("When"), date_format(clock.day_of(row.told_at), "j F Y")),
        (_("Who wrote down that it arrived"), names.get(row.typist, "")),
        (_("What they said"), row.words),
    ]
    return [(label, words) for label, words in found if words]
