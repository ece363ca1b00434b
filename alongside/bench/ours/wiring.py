"""The small topic's wiring page: nothing follows from a note, and nothing leaves the house."""

from alongside.kernel.door import Consequence, Notice

WHEN: dict[str, list[Consequence]] = {}
TELL: dict[str, list[Notice]] = {}
