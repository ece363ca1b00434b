"""The only words that go by email or text message. They name no topic, no person and no body."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, override


@dataclass(frozen=True, slots=True)
class Notice:
    """A subject and a body for email, and one short text for a telephone."""

    subject: str
    email: str
    text: str


def neutral_notice(
    *, language: str, link: str = "", code: str = "", phone: str = "", safe_word: str = ""
) -> Notice:
    """Say that there is something to read, and nothing about what.

    A person may choose a safe word, such as the name of a club. It then stands where our name would, and the
    link is left out, because its address would say our name. They read it by the telephone, or by the code.
    """
    with override(language):
        if safe_word:
            subject = gettext("Something new from %(safe_word)s") % {"safe_word": _one_line(safe_word)}
            beginning = gettext("There is something new from %(safe_word)s.") % {
                "safe_word": _one_line(safe_word)
            }
            link = ""
        else:
            subject = gettext("You have something to read")
            beginning = gettext("You have something to read in Alongside.")
        ways = []
        if link:
            ways.append(gettext("Read it here: %(link)s") % {"link": link})
        if code:
            ways.append(gettext("Your code is %(code)s.") % {"code": code})
        if phone:
            ways.append(gettext("Or ring %(phone)s.") % {"phone": phone})
        no_rush = gettext("You do not need to answer this message. Nobody reads replies to it.")
        return Notice(subject, "\n\n".join([beginning, *ways, no_rush]) + "\n", " ".join([beginning, *ways]))


def _one_line(words: str) -> str:
    return " ".join(words.split())[:40]
