"""Choosing the way out, by the setting ALONGSIDE_DELIVERY.

| setting | email | text message | letter |
|---|---|---|---|
| folder (the default) | folder | folder | folder |
| smtp | mail server | folder | folder |
| notify | GOV.UK Notify | GOV.UK Notify | GOV.UK Notify |

What lands in the folder is sent by a person: they print the letters and type the texts.
"""

from __future__ import annotations

from django.conf import settings

from .folder import Folder
from .message import Adapter, Channel, Message, Receipt, failed, limits_broken
from .notify import Notify
from .smtp import MailServer


def deliver(message: Message) -> Receipt:
    """Hand one message over, and say what became of it. It never raises for what goes wrong outside."""
    broken = limits_broken(message)
    return failed(broken) if broken else adapter_for(message.channel).send(message)


def adapter_for(channel: Channel) -> Adapter:
    """The way out for this channel here."""
    if settings.DELIVERY == "smtp" and channel == Channel.EMAIL:
        return MailServer.from_settings()
    if settings.DELIVERY == "notify":
        return Notify.from_settings()
    return Folder(settings.OUTBOX)


def way_out_of(channel: Channel) -> str:
    """What this channel goes through here: two of one name are silent together."""
    return type(adapter_for(channel)).__name__


def is_followed(channel: Channel) -> bool:
    """Whether this way out can say later that a message it took did not arrive."""
    return isinstance(adapter_for(channel), Notify)


def what_became(channel: Channel, provider_reference: str) -> Receipt | None:
    """What is known now of a message that was taken, or nothing where the way out cannot be asked."""
    way_out = adapter_for(channel)
    return way_out.status(provider_reference) if isinstance(way_out, Notify) else None
