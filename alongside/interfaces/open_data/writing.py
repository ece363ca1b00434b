"""The registers as text: CSV that opens safely in a spreadsheet, and an Atom feed (RFC 4287)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from alongside.interfaces.open_data.register import News, Register

ATOM = "http://www.w3.org/2005/Atom"
DANGEROUS = (*"=+-@＝＋－＠", "\t", "\r")  # a spreadsheet would take what follows for a formula


def csv_lines(register: Register) -> Iterator[str]:
    """The register line by line, headings first, with a mark that tells a spreadsheet it is UTF-8."""
    yield "\ufeff" + _line([column.name for column in register.columns])
    for row in register.all():
        yield _line(row.values())


def _line(values: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([safe(value) for value in values])
    return out.getvalue()


def safe(value: Any) -> Any:
    """A value as a spreadsheet may have it: words that look like a formula begin with an apostrophe."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return "'" + value
    return "" if value is None else value


def atom(
    *, title: str, here: str, site: str, news: Sequence[News], moments: Mapping[int, datetime], language: str
) -> bytes:
    """A feed of what changed last. `moments` says when each entry was made; addresses are made whole."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": language})
    latest = max((moments[one.number] for one in news), default=datetime(2026, 1, 1, tzinfo=UTC))
    for name, text in (("title", title), ("id", here), ("updated", _moment(latest))):
        _part(feed, name, text)
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": here})
    ElementTree.SubElement(feed, f"{{{ATOM}}}link", {"href": site})
    for one in news:
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _part(entry, "title", one.title)
        _part(entry, "id", f"urn:uuid:{one.id}")
        _part(entry, "updated", _moment(moments[one.number]))
        _part(entry, "summary", one.says)
        _part(ElementTree.SubElement(entry, f"{{{ATOM}}}author"), "name", one.of)
        ElementTree.SubElement(entry, f"{{{ATOM}}}link", {"href": site.rstrip("/") + one.path})
    made: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return made


def _part(parent: ElementTree.Element, name: str, text: str) -> None:
    allowed = "".join(letter for letter in text if letter >= " " or letter in "\n\t")  # by XML 1.0
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = allowed


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
