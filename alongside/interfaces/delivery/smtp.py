"""Email through a mail server."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext

from .message import Message, Receipt, accepted, failed, failed_for_now, was_silence


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server of the council or its provider.

    It cannot tell a second copy, but each attempt bears the same Message-ID, so most mailboxes can.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False

    @classmethod
    def from_settings(cls) -> MailServer:
        return cls(
            host=settings.EMAIL_HOST,
            port=settings.EMAIL_PORT,
            sender=settings.EMAIL_FROM,
            user=settings.EMAIL_HOST_USER,
            password=settings.EMAIL_HOST_PASSWORD,
            use_tls=settings.EMAIL_USE_TLS,
        )

    def send(self, message: Message) -> Receipt:
        try:
            self._connection().send_messages([self._email(message)])
        except smtplib.SMTPRecipientsRefused as refused:
            return _refused(*next(iter(refused.recipients.values())))
        except smtplib.SMTPAuthenticationError as fault:
            told = gettext("The mail server did not accept our name or password (%(code)s).")
            return failed_for_now(told % {"code": fault.smtp_code})
        except smtplib.SMTPDataError as fault:
            return _refused(fault.smtp_code, fault.smtp_error)
        except smtplib.SMTPResponseException as fault:  # it refuses us, not this message
            return failed_for_now(_answered(fault.smtp_code))
        except (smtplib.SMTPException, OSError) as fault:
            told = gettext("The mail server could not be reached, or left before it was done (%(why)s).")
            return failed_for_now(told % {"why": type(fault).__name__}, is_silent=was_silence(fault))
        return accepted(self._message_id(message))

    def _connection(self) -> EmailBackend:
        return EmailBackend(
            host=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            use_tls=self.use_tls,
            timeout=settings.EMAIL_TIMEOUT,
        )

    def _email(self, message: Message) -> EmailMessage:
        email = EmailMessage(
            subject=message.subject,
            body=message.body,
            from_email=self.sender,
            to=[message.to],
            headers={
                "Message-ID": self._message_id(message),
                "Content-Language": message.language,
                "Auto-Submitted": "auto-generated",  # so that holiday replies stay quiet
            },
        )
        if message.attachment is not None:
            email.attach(f"{message.reference or message.name}.pdf", message.attachment, "application/pdf")
        return email

    def _message_id(self, message: Message) -> str:
        return f"<{message.name}@{self.sender.rpartition('@')[2] or 'localhost'}>"


def _refused(code: int, words: bytes | str) -> Receipt:
    """A refused address or message. One refused by a rule of the server (5.7.…) may be let through later."""
    said = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    is_for_good = 500 <= code < 600 and not said.startswith("5.7.")
    return failed(_answered(code)) if is_for_good else failed_for_now(_answered(code))


def _answered(code: int) -> str:
    """The server's words may hold the address, so only its number is kept."""
    return gettext("The mail server said %(code)s.") % {"code": code}
