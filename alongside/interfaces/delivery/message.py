"""A message, and what became of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.translation import gettext

LONGEST_TEXT = 459  # three parts of 153 letters in the telephone's own alphabet
LONGEST_TEXT_WITH_OTHER_LETTERS = 201  # three parts of 67, once one letter (such as ŵ) is outside it
LONGEST_SUBJECT = 150
LONGEST_EMAIL = 100_000
BIGGEST_ATTACHMENT = 5 * 1024 * 1024

_TELEPHONE_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_COUNTS_TWICE = frozenset("^{}\\[~]|€")


class Channel(StrEnum):
    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"


class Status(StrEnum):
    ACCEPTED = "accepted"  # it is on its way
    ARRIVED = "arrived"  # a mailbox, a telephone or the post has it; whether it was read is not known
    FAILED_FOR_NOW = "failed_for_now"  # try again later
    FAILED = "failed"  # trying again will not help


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person, in words that name no topic.

    `to` is an email address, a telephone number, or the lines of an address. A letter's `attachment` is its
    PDF.
    `key` is the same at every attempt, so that a provider that can tell does not send it twice.
    """

    channel: Channel
    to: str
    subject: str
    body: str
    language: str
    reference: str
    key: str
    attachment: bytes | None = None

    @property
    def name(self) -> str:
        """A name for files and providers that says nothing about anybody, the same at every attempt."""
        return name_for(self.key)


def name_for(key: str) -> str:
    """The name of the message with this key."""
    return hashlib.sha256(b"alongside message\x00" + key.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider said. `said` never holds an address or a word of the message."""

    status: Status
    provider_reference: str = ""
    said: str = ""
    is_silent: bool = False  # it did not answer in time: the next message would only wait as long


class Adapter(Protocol):
    """One way out of the house."""

    def send(self, message: Message) -> Receipt:
        """Hand the message over. Whatever goes wrong outside comes back as a receipt."""
        ...


def accepted(provider_reference: str, said: str = "") -> Receipt:
    return Receipt(Status.ACCEPTED, provider_reference, said)


def failed_for_now(said: str, *, is_silent: bool = False) -> Receipt:
    return Receipt(Status.FAILED_FOR_NOW, said=said, is_silent=is_silent)


def was_silence(fault: BaseException | None) -> bool:
    """Whether it went wrong because no answer came in time. Some libraries say so in what they raise from."""
    reason = getattr(fault, "reason", None)
    around = (fault, reason, fault.__context__) if fault is not None else ()
    return any(isinstance(one, TimeoutError) for one in around)


def failed(said: str) -> Receipt:
    return Receipt(Status.FAILED, said=said)


def limits_broken(message: Message) -> str:
    """Why this message can never go by its channel, or nothing."""
    if not message.key or not message.to.strip():
        return gettext("There is no address to send it to.")
    return {Channel.EMAIL: _email, Channel.TEXT: _text, Channel.LETTER: _letter}[message.channel](message)


def text_length(body: str) -> tuple[int, int]:
    """How long a text message is as telephones count it, and how long it may be."""
    if all(letter in _TELEPHONE_ALPHABET or letter in _COUNTS_TWICE for letter in body):
        return len(body) + sum(letter in _COUNTS_TWICE for letter in body), LONGEST_TEXT
    return len(body.encode("utf-16-le")) // 2, LONGEST_TEXT_WITH_OTHER_LETTERS


def telephone(typed: str) -> str:
    """A telephone number as +44…, or nothing when it cannot be one."""
    digits = re.sub(r"[\s().-]|^tel:", "", typed)
    if re.fullmatch(r"0[1-9][0-9]{8,9}", digits):
        digits = "+44" + digits[1:]
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    return digits if re.fullmatch(r"\+[1-9][0-9]{7,14}", digits) else ""


def _email(message: Message) -> str:
    # No line breaks, no second address: one message goes to one person.
    if not re.fullmatch(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]{1,189}", message.to):
        return gettext("This is not an email address.")
    if not message.subject or len(message.subject) > LONGEST_SUBJECT or not message.subject.isprintable():
        return gettext("The subject must be one short line.")
    if len(message.body) > LONGEST_EMAIL:
        return gettext("The email is too long.")
    return _attachment_broken(message)


def _text(message: Message) -> str:
    if not telephone(message.to):
        return gettext("This is not a telephone number.")
    length, most = text_length(message.body)
    if not message.body.strip() or length > most:
        told = gettext("The text message has %(length)s letters. It can have from 1 to %(most)s.")
        return told % {"length": length, "most": most}
    return gettext("A text message cannot carry a file.") if message.attachment else ""


def _letter(message: Message) -> str:
    if message.attachment is None and not message.body.strip():
        return gettext("The letter is empty.")
    return _attachment_broken(message)


def _attachment_broken(message: Message) -> str:
    if message.attachment is None:
        return ""
    if len(message.attachment) > BIGGEST_ATTACHMENT:
        return gettext("The PDF is bigger than 5 megabytes.")
    return "" if message.attachment.startswith(b"%PDF-") else gettext("Only a PDF can go with a message.")
