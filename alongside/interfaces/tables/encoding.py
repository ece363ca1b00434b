"""Which letters the bytes of a file stand for.

We never guess in silence. UTF-8, or a mark at the start of the file, is certain. The older Windows form
(cp1252) is taken only when every accented letter in the file makes sense in its place, and then we say so.
Anything else is refused with the row, the column and the byte.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext

from .problem import refuse, save_again, shown

MOST_BYTES = 200 * 1024 * 1024

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Characters that no honest cell holds: control characters, and bytes that are not text.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

# UTF-8 once read as cp1252 and saved again ("Ã©" for "é"), or letters already lost.
GARBLED = re.compile("[ÃÂ][\u00a0-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|â€|\ufffd")

# Icelandic eth and thorn are left out: in the files we meet they are Turkish letters read wrongly.
_ACCENTED = "À-ÏÑ-ÖØ-Ýß-ïñ-öø-ýÿŒœŠšŽžŸ"
_LETTER = f"A-Za-z{_ACCENTED}"
_MARKS_OF_PRINT = "‘’“”–—…€£§©®°²³½¼¾·•™«»¡¿ªº´\u00a0"
# One high character in a place where the older Windows form would not have put it.
_OUT_OF_PLACE = re.compile(
    f"[^\x00-\x7f{_ACCENTED}{_MARKS_OF_PRINT}]"  # a character hardly anybody types
    f"|(?<![{_LETTER}])(?![àèéìíòóùúÀÈÉÍÓÚ])[{_ACCENTED}](?![{_LETTER}'’])"  # an accented letter all alone
    f"|[{_ACCENTED}]{{3}}"  # Cyrillic or Greek, most likely
    f"|[{_LETTER}][£§©®°²³½¼¾™¡¿´«»€•][{_LETTER}]"  # a sign in the middle of a word
    "|[a-zà-ïñ-öø-ýÿ][À-ÏÑ-ÖØ-ÝŒŠŽŸ]"  # a capital after a small letter
    f"|[0-9][{_ACCENTED}]|[{_ACCENTED}][0-9]"
)
_ACCENTED_WORD = re.compile(f"[{_LETTER}'’.-]*[^\x00-\x7f][{_LETTER}'’.-]*")
_WORDS_TO_CHECK = 5


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to turn bytes into text. `errors` carries bad bytes through, so that we can name their cells."""

    codec: str
    errors: str = "strict"
    notes: tuple[str, ...] = ()


def find_encoding(content: bytes, name: str) -> Encoding:
    """Say how the file is written, or raise TableRefused when it is not text at all."""
    if not content.strip(b"\x00 \t\r\n"):
        raise refuse(
            name,
            gettext("This file is empty."),
            gettext("Check that you chose the right file, and send it again."),
        )
    if len(content) > MOST_BYTES:
        reason = gettext("This file is too big. We can take up to 200 megabytes at once.")
        raise refuse(name, reason, gettext("Split it into smaller files and send them one at a time."))
    for mark, codec in _MARKS:
        if content.startswith(mark):
            return _marked(content, codec, name)
    _refuse_other_kinds(content, name)
    _refuse_binary(content, name)
    return _unmarked(content)


def _marked(content: bytes, codec: str, name: str) -> Encoding:
    if codec == "utf-8-sig":
        return Encoding(codec, "surrogateescape")
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as fault:
        reason = gettext("The file is damaged at byte %(place)s, so we cannot read its letters.") % {
            "place": f"{fault.start + 1:,}"
        }
        line = content[: fault.start].decode(codec, "replace").count("\n") + 1
        raise refuse(name, reason, save_again(), line=line) from fault
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise refuse(name, gettext("This file is empty."), gettext("Check that you chose the right file."))
    return Encoding(codec)


def _unmarked(content: bytes) -> Encoding:
    text = content.decode("utf-8", "surrogateescape")
    bad = sum(1 for _ in re.finditer("[\udc80-\udcff]", text))
    if not bad:
        return Encoding("utf-8")
    has_real_utf8 = re.search("[^\x00-\x7f\udc80-\udcff]", text) is not None
    if has_real_utf8:
        return Encoding("utf-8", "surrogateescape")
    try:
        older = content.decode("cp1252")
    except UnicodeDecodeError:
        return Encoding("utf-8", "surrogateescape")
    if _OUT_OF_PLACE.search(older):
        return Encoding("utf-8", "surrogateescape")
    words = dict.fromkeys(found.group() for found in islice(_ACCENTED_WORD.finditer(older), 1000))
    note = gettext(
        "This file is in an older Windows form (cp1252). Check that these look right: %(words)s."
    ) % {"words": ", ".join(f"“{shown(word)}”" for word in islice(words, _WORDS_TO_CHECK))}
    return Encoding("cp1252", notes=(note,))


def _refuse_other_kinds(content: bytes, name: str) -> None:
    kind = _known_kind(content)
    if kind is None:
        return
    raise refuse(
        name, gettext("This looks like %(kind)s.") % {"kind": kind}, gettext("Save it as CSV and try again.")
    )


def _known_kind(content: bytes) -> str | None:
    start = content[:4096]
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"opendocument.spreadsheet" in start:
            return gettext("an OpenDocument spreadsheet")
        if b"word/" in content:
            return gettext("a Word file")
        return gettext("an Excel file") if b"xl/" in content else gettext("a zip file")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return gettext("an Excel file")
    if start.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        return gettext("a compressed file")
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF")):
        return gettext("a picture")
    if start.startswith(b"%PDF"):
        return gettext("a PDF")
    if start.startswith(b"SQLite format 3"):
        return gettext("a database")
    beginning = start.lstrip()[:100].lower()
    if beginning.startswith((b"<!doctype html", b"<html")):
        return gettext("a web page")
    if beginning.startswith(b"<?xml"):
        return gettext("an XML file")
    return gettext("a word-processor file") if beginning.startswith(b"{\\rtf") else None


def _refuse_binary(content: bytes, name: str) -> None:
    start = content[: 64 * 1024]
    nothing = start.count(0)
    if not nothing:
        return
    if nothing > len(start) // 4 and (not any(start[0::2]) or not any(start[1::2]) or _every_other(start)):
        reason = gettext("This file is written in UTF-16, but the mark at its start is missing.")
        raise refuse(name, reason, save_again())
    if nothing > max(8, len(start) // 100):
        reason = gettext("This file is not a table of text.")
        raise refuse(name, reason, gettext("We can read CSV and JSON files. Save it as CSV and try again."))


def _every_other(start: bytes) -> bool:
    even, odd = start[0::2].count(0), start[1::2].count(0)
    return max(even, odd) > 4 * (min(even, odd) + 1)
