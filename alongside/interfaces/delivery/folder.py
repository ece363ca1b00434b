"""A folder of messages, for a person to print and send, and for a place that is only trying Alongside.

Each message is a file to read (.eml, .txt or .pdf) and a small .json beside it. The .json is written last:
while it is not there, the message was not accepted. A second attempt with the same key finds it and writes
nothing.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

from django.utils.translation import gettext

from alongside.kernel import clock

from .message import Channel, Message, Receipt, accepted, failed_for_now, name_for


class Folder:
    """Writes each message into OUTBOX/<channel>/, readable by this installation's user alone."""

    def __init__(self, outbox: Path) -> None:
        self.outbox = outbox

    def send(self, message: Message) -> Receipt:
        folder = self.outbox / message.channel.value
        if (folder / f"{message.name}.json").exists():
            return accepted(message.name, gettext("It was in the folder already."))
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for ending, content in _files(message).items():
                _write_whole(folder, f"{message.name}.{ending}", content)
        except OSError as fault:
            why = errno.errorcode.get(fault.errno or 0, "OSError")
            return failed_for_now(gettext("We could not write to the folder (%(why)s).") % {"why": why})
        return accepted(message.name)


def forget(outbox: Path, keys: Iterable[str]) -> int:
    """Take messages out of the folder, for their person was erased. Returns how many files there were."""
    found = [path for key in keys for path in outbox.glob(f"*/{name_for(key)}.*")]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _files(message: Message) -> dict[str, bytes]:
    """What is written, in order; the .json last."""
    files: dict[str, bytes] = {}
    if message.channel == Channel.EMAIL:
        files["eml"] = _email(message).as_bytes()
    elif message.channel == Channel.TEXT or message.attachment is None:
        files["txt"] = f"{message.to}\n\n{message.body}".encode()
    if message.channel == Channel.LETTER and message.attachment is not None:
        files["pdf"] = message.attachment
    about = {
        "channel": message.channel.value,
        "files": [f"{message.name}.{ending}" for ending in files],
        "key": message.key,
        "language": message.language,
        "reference": message.reference,
        "subject": message.subject,
        "to": message.to,
        "written_at": clock.now().isoformat(),
    }
    files["json"] = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True).encode()
    return files


def _email(message: Message) -> EmailMessage:
    email = EmailMessage()
    email["To"] = message.to
    email["Subject"] = message.subject
    email.set_content(message.body)
    if message.attachment is not None:
        name = f"{message.reference or message.name}.pdf"
        email.add_attachment(message.attachment, maintype="application", subtype="pdf", filename=name)
    email["Content-Language"] = message.language  # last, because each part of an email takes such headers
    return email


def _write_whole(folder: Path, name: str, content: bytes) -> None:
    """A reader finds the whole file or none of it, even after the power failed."""
    beginning = folder / f".{name}.{os.getpid()}"
    try:
        descriptor = os.open(beginning, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beginning.replace(folder / name)
    finally:
        beginning.unlink(missing_ok=True)
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
