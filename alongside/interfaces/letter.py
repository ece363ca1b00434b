"""Letters on paper: tagged PDF in the size a person needs, with a slip they can fill in by hand.

One letter is in one language. Large print is the same letter in bigger type. Nothing shows through the window
of the envelope but the name and the address. WeasyPrint is loaded only when a letter is made, so a site
without its libraries still starts and says what to install.
"""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from alongside.interfaces import words
from alongside.interfaces.unbroken import unbroken

if TYPE_CHECKING:
    import pikepdf

SIZES = range(12, 37)
STANDARD_SIZE = 16
FIRST_LETTER_SIZE = 18
MOST_ADDRESS_LINES = 7
CODE_LETTERS = "346789CDFGHJKMNPQRTWXY"  # none that look alike, and no vowels, so no words by accident
FONTS = Path(__file__).resolve().parent / "static" / "alongside" / "fonts"
MARK = FONTS.parent / "mark.svg"
TO_INSTALL = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"


class LettersNotAvailable(RuntimeError):
    """This machine lacks what makes a PDF. The message says what to install."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a letter."""

    words: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list inside a letter, one idea a point."""

    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question on the slip: boxes to tick, and so many lines to write on."""

    words: str
    choices: tuple[str, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the letter is from, and the ways to answer. What is empty is left out."""

    name: str
    phone: str = ""
    free_post: str = ""
    web: str = ""

    @property
    def post_lines(self) -> list[str]:
        return [line.strip() for line in re.split(r"[\n,]", self.free_post) if line.strip()]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """All that a letter says. `reference` and `code` name no person and no topic.

    `template` may extend letters/letter.html and fill its block "body" from `context`: tables, pictures.
    """

    language: str
    recipient_lines: Sequence[str]
    title: str
    reference: str
    dated: date
    parts: Sequence[str | Heading | Points] = ()
    size_pt: int = STANDARD_SIZE
    dear: str = ""
    reply_slip: Sequence[Question] = ()
    code: str = ""
    sender: Sender = field(default_factory=lambda: sender_from_settings())
    template: str = "letters/letter.html"
    context: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.size_pt not in SIZES:
            raise ValueError(f"A letter can be from {SIZES[0]} to {SIZES[-1]} points, not {self.size_pt}.")
        if not 1 <= len(self.recipient_lines) <= MOST_ADDRESS_LINES:
            raise ValueError(
                f"An address has 1 to {MOST_ADDRESS_LINES} lines, not {len(self.recipient_lines)}."
            )

    @property
    def small_pt(self) -> int:
        """For the foot of the page; never below 12 points."""
        return max(12, round(self.size_pt * 0.75))

    @property
    def ways_to_answer(self) -> list[str]:
        whole = self.code.replace("-", "-\u2060")  # a code broken over two lines is hard to type
        return [way.replace(self.code, whole) if self.code else way for way in ways_to_answer(self)]

    @property
    def code_link(self) -> str:
        """The whole address that the code opens, for a camera; nothing where there is no code to type."""
        if not self.code or not self.sender.web:
            return ""
        scheme = "http" if str(settings.BASE_URL).startswith("http://") else "https"
        return f"{scheme}://{self.sender.web}/code/{self.code}"


def letter_pdf(letter: Letter) -> bytes:
    """The letter as a tagged PDF (made to PDF/UA-1; no independent checker has confirmed it)."""
    with override(letter.language):
        html: str = render_to_string(
            letter.template,
            {
                **letter.context,
                "letter": letter,
                "dated": words.day(letter.dated),
                "mark": _svg(MARK.read_bytes()),
                "square": square_of(letter.code_link) if letter.code_link else "",
                "parts": [_part(part) for part in letter.parts],
                "slip": [(question, range(question.lines)) for question in letter.reply_slip],
                "language_tag": "en-GB" if letter.language == "en" else letter.language,
                "page_words": _page_words(),
                "empty_words": _for_css(gettext("This page is empty so that you can tear off the next one.")),
            },
        )
        html = unbroken(html)
    weasyprint = _weasyprint()
    made: bytes = weasyprint.HTML(
        string=html, base_url=FONTS.as_uri() + "/", url_fetcher=_only_our_fonts()
    ).write_pdf(pdf_variant="pdf/ua-1")
    return finish_tables(made)


def square_of(address: str) -> str:
    """A square that a telephone’s camera reads (a QR code), as an SVG picture at an address of its own."""
    import qrcode  # here, for only letters have a square, and it reads in a library of pictures
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.image.svg import SvgPathImage

    made = qrcode.make(address, image_factory=SvgPathImage, error_correction=ERROR_CORRECT_M, border=4)
    return _svg(made.to_string())


def _svg(picture: bytes) -> str:
    """A picture at an address of its own: it is in the letter itself, and nothing is fetched for it."""
    return "data:image/svg+xml;base64," + b64encode(picture).decode()


def letter_text(letter: Letter) -> str:
    """The same words as plain text, for a text reader, braille, audio or reading out on the telephone."""
    with override(letter.language):
        blocks = list(_text_blocks(letter))
    return "\n\n".join(blocks) + "\n"


def first_letter(
    *,
    language: str,
    recipient_lines: Sequence[str],
    reference: str,
    dated: date,
    code: str = "",
    sender: Sender | None = None,
) -> Letter:
    """The one letter that may go before we know how somebody wants to be written to: it only asks that."""
    with override(language):
        return Letter(
            language=language,
            recipient_lines=recipient_lines,
            reference=reference,
            dated=dated,
            code=code,
            sender=sender or sender_from_settings(),
            size_pt=FIRST_LETTER_SIZE,
            title=gettext("How do you like to be told things?"),
            parts=(
                gettext("We would like to tell you about something. It is yours to know."),
                gettext("First, please tell us the best way for you. We will not send more until we know."),
                gettext("There is no wrong answer. You can change it at any time."),
            ),
            reply_slip=(
                Question(
                    gettext("How should we write to you?"),
                    (
                        gettext("Print in this size"),
                        gettext("Print in a bigger size"),
                        gettext("Print in a smaller size"),
                        gettext("Easy Read: short sentences with pictures"),
                        gettext("Braille"),
                        gettext("Sound, to listen to"),
                        gettext("A video in British Sign Language"),
                        gettext("Email"),
                        gettext("Text message"),
                        gettext("Do not write. Please ring me"),
                    ),
                ),
                Question(gettext("Which language is best for you?"), lines=1),
                Question(
                    gettext("Is this a good address for letters to you?"),
                    (gettext("Yes"), gettext("No. Please use this one:")),
                    lines=2,
                ),
                Question(gettext("Is there anything else we should know?"), lines=2),
            ),
        )


def sender_from_settings() -> Sender:
    """This place, as its settings name it."""
    place = str(getattr(settings, "PLACE_NAME", ""))
    return Sender(
        name=f"Alongside {place}".strip(),
        phone=str(getattr(settings, "PLACE_PHONE", "")),
        free_post=str(getattr(settings, "PLACE_FREE_POST", "")),
        web=str(getattr(settings, "BASE_URL", ""))
        .removeprefix("https://")
        .removeprefix("http://")
        .rstrip("/"),
    )


def short_code(chosen: UUID) -> str:
    """A code to type, such as K7PD-3MXR, from a random id. It cannot be turned back into the id."""
    number = int.from_bytes(hashlib.sha256(b"alongside code\x00" + chosen.bytes).digest(), "big")
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def tidy_code(typed: str) -> str | None:
    """A code as we keep it, from however it was typed; nothing if it cannot be one of ours."""
    letters = re.sub(r"[\s\-–—_.]+", "", typed).upper()
    if len(letters) != 8 or any(letter not in CODE_LETTERS for letter in letters):
        return None
    return f"{letters[:4]}-{letters[4:]}"


def finish_tables(made: bytes) -> bytes:
    """Say which heading of a table belongs to a column and which to a row; WeasyPrint leaves it out.

    Once it writes /Scope by itself this pass can go.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is not None:
            _set_scopes(root)
        for page in document.pages:
            for note in page.get("/Annots", []):
                note.F = int(note.get("/F", 0)) | 4  # links are printed like the words around them
        finished = io.BytesIO()
        document.save(finished)
    return finished.getvalue()


def _set_scopes(root: pikepdf.Object) -> None:
    import pikepdf

    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        node, in_head = waiting.pop()
        kind = str(node.get("/S", ""))
        in_head = in_head or kind == "/THead"
        if kind == "/TH":
            scope = pikepdf.Name("/Column") if in_head else pikepdf.Name("/Row")
            node.A = pikepdf.Dictionary(O=pikepdf.Name("/Table"), Scope=scope)
        below = node.get("/K", [])
        for child in below if isinstance(below, pikepdf.Array) else [below]:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                waiting.append((child, in_head))


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as missing:
        raise LettersNotAvailable(
            gettext("Letters cannot be made on this machine yet. Ask its keeper to run: %(command)s")
            % {"command": f"apt-get install {TO_INSTALL}"}
        ) from missing
    return weasyprint


def _only_our_fonts() -> Any:
    """A letter reads our own typeface from this machine, and nothing else from anywhere."""
    fetcher = _weasyprint().urls.URLFetcher

    class OnlyOurFonts(fetcher):  # type: ignore[misc, valid-type]  # its base is known only once it is loaded
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if url.startswith("data:image/svg+xml;base64,"):
                return super().fetch(url, headers)  # the square and our mark: they are in the letter itself
            path = Path(unquote(urlsplit(url).path)).resolve()
            if urlsplit(url).scheme != "file" or not path.is_relative_to(FONTS):
                raise ValueError(f"A letter may not fetch {url}")
            return super().fetch(url, headers)

    return OnlyOurFonts()


def _part(part: str | Heading | Points) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"heading": part.words}
    return {"points": part.points} if isinstance(part, Points) else {"words": part}


def _page_words() -> list[str]:
    """What stands before, between and after the two numbers of "Page 1 of 4", as a style sheet can say it."""
    pieces = (
        gettext("Page %(page)s of %(pages)s").replace("%(page)s", "\0").replace("%(pages)s", "\0").split("\0")
    )
    return [_for_css(piece) for piece in (*pieces, "", "", "")[:3]]


def _for_css(text: str) -> str:
    """Words that a style sheet can hold between quotation marks."""
    return re.sub(r"[\"'\\\n<>&]", "", text)


def ways_to_answer(letter: Letter) -> list[str]:
    """Each way a person can answer this letter, in its language."""
    sender, ways = letter.sender, []
    if letter.reply_slip and sender.free_post:
        ways.append(gettext("Fill in the answer at the end and post it to us. You do not need a stamp."))
    if sender.phone:
        ways.append(
            gettext("Ring us on %(phone)s. You can ask us to ring you back.") % {"phone": sender.phone}
        )
    if sender.web and letter.code:
        way = gettext("Go to %(web)s/code and type this code: %(code)s")
        ways.append(way % {"web": sender.web, "code": letter.code})
    ways.append(gettext("Ask someone you trust to answer with you."))
    return ways


def asked_again() -> str:
    """What whoever answers should know first: said to all alike, for it must not tell who sees a letter."""
    return gettext(
        "If somebody else sees your code or types your answer, we may first ask you in another way."
    )


def _text_blocks(letter: Letter) -> Iterator[str]:
    yield letter.sender.name
    yield "\n".join(letter.recipient_lines)
    yield (
        words.day(letter.dated)
        + "\n"
        + gettext("Our reference: %(reference)s") % {"reference": letter.reference}
    )
    yield letter.title.upper() if letter.title.isascii() else letter.title
    if letter.dear:
        yield letter.dear
    for part in letter.parts:
        if isinstance(part, Points):
            yield "\n".join(_wrapped(point, "- ") for point in part.points)
        else:
            yield _wrapped(part.words if isinstance(part, Heading) else part)
    yield gettext("How to answer")
    yield "\n".join(_wrapped(way, "- ") for way in ways_to_answer(letter))
    if letter.code or letter.reply_slip:
        yield _wrapped(asked_again())
    for question in letter.reply_slip:
        boxes = "".join(f"\n[ ] {choice}" for choice in question.choices)
        yield question.words + boxes + "\n" + "\n".join(["." * 60] * question.lines)


def _wrapped(text: str, first: str = "") -> str:
    return textwrap.fill(
        text, 72, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False
    )
