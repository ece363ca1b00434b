"""Positions drawn: groups, and how people moved between them. A shape and a letter, never colour alone.

Pure functions over counts. Every drawing has a sentence, and the page that shows it has a table beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.utils.functional import Promise as Lazy

Words = str | Lazy
WIDE, TALL, GAP, SHORT = 640, 300, 12, 300
LEFT, RIGHT, BAR = 110, 510, 20  # where the two columns stand, and how wide a bar is
BIGGEST, SMALLEST = 44.0, 15.0  # half the width of a shape that stands for many, and for one
SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "cross")
LOOKS = ("these", "partly", "other", "else", "rest", "no-answer")  # green is kept for what is good


@dataclass(frozen=True)
class Position:
    """One position that people can hold: its letter, its shape and its words."""

    code: str
    letter: str
    words: Words
    shape: str
    look: str


@dataclass(frozen=True)
class Group:
    """The people of one position, drawn as one shape whose area says how many they are."""

    position: Position
    count: int
    x: float
    outline: str
    short: float = 0.0  # the length of its bar on a narrow screen, beside the whole


@dataclass(frozen=True)
class Node:
    """One position in one column of a flow."""

    position: Position
    count: int
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2 + 6, 1)


@dataclass(frozen=True)
class Ribbon:
    """So many people who went from one position to another, or stayed."""

    before: Position
    after: Position
    count: int
    outline: str

    @property
    def is_move(self) -> bool:
        return self.before.code != self.after.code


@dataclass(frozen=True)
class Flow:
    """Where people stood before, where they stand now, and the ribbons between."""

    before: Sequence[Node]
    after: Sequence[Node]
    ribbons: Sequence[Ribbon]
    height: int
    moved: int
    total: int


def positions(words: Mapping[str, Words]) -> list[Position]:
    """Letters, shapes and looks for positions, in the order they come."""
    return [
        Position(code, chr(ord("A") + place), name, SHAPES[place % 6], LOOKS[place % 6])
        for place, (code, name) in enumerate(words.items())
    ]


def outline(shape: str, x: float, y: float, half: float) -> str:
    """The path of a shape around a middle; `half` is half its width."""
    corners: dict[str, list[tuple[float, float]]] = {
        "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
        "triangle": [(0, -1.1), (1.15, 0.9), (-1.15, 0.9)],
        "diamond": [(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)],
        "hexagon": [(-0.5, -0.95), (0.5, -0.95), (1.05, 0), (0.5, 0.95), (-0.5, 0.95), (-1.05, 0)],
        "cross": [
            *[(-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4)],
            *[(0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)],
        ],
    }
    if shape not in corners:
        return (
            f"M{x - half:.1f} {y:.1f}a{half:.1f} {half:.1f} 0 1 0 {2 * half:.1f} 0"
            f"a{half:.1f} {half:.1f} 0 1 0 {-2 * half:.1f} 0Z"
        )
    points = (f"{x + dx * half:.1f} {y + dy * half:.1f}" for dx, dy in corners[shape])
    return f"M{' L'.join(points)}Z"


def groups(counts: Mapping[str, int], known: Sequence[Position]) -> list[Group]:
    """One shape for each position that somebody holds, side by side; none for nobody."""
    held = [one for one in known if counts.get(one.code)]
    most = max((counts[one.code] for one in held), default=1)
    whole = sum(counts[one.code] for one in held)
    step = WIDE / max(len(held), 1)
    found = []
    for place, one in enumerate(held):
        half = max(SMALLEST, BIGGEST * sqrt(counts[one.code] / most))
        x = round(step * (place + 0.5), 1)
        short = round(SHORT * counts[one.code] / whole, 1)
        found.append(Group(one, counts[one.code], x, outline(one.shape, x, 60, half), short))
    return found


def flow(moves: Mapping[tuple[str, str], int], known: Sequence[Position]) -> Flow:
    """Draw how people moved. `moves` counts people by (position before, position after)."""
    total = sum(moves.values())
    per_person = TALL / total if total else 0.0
    order = {one.code: place for place, one in enumerate(known)}
    pairs = sorted(
        (pair for pair in moves if moves[pair] > 0), key=lambda pair: (order[pair[0]], order[pair[1]])
    )
    before = _column([(pair[0], moves[pair]) for pair in pairs], known, per_person)
    after = _column([(pair[1], moves[pair]) for pair in pairs], known, per_person)
    tops = [{node.position.code: node.y for node in column} for column in (before, after)]
    ribbons = []
    for one, other in pairs:
        thick = moves[one, other] * per_person
        start, end = tops[0][one], tops[1][other]
        tops[0][one], tops[1][other] = start + thick, end + thick
        drawn = _ribbon(start, end, thick)
        ribbons.append(Ribbon(known[order[one]], known[order[other]], moves[one, other], drawn))
    height = max((node.y + node.height for column in (before, after) for node in column), default=0.0)
    moved = sum(count for (one, other), count in moves.items() if one != other)
    return Flow(before, after, ribbons, int(height) + GAP, moved, total)


def _column(counted: Sequence[tuple[str, int]], known: Sequence[Position], per_person: float) -> list[Node]:
    sums: dict[str, int] = {}
    for code, count in counted:
        sums[code] = sums.get(code, 0) + count
    found, y = [], float(GAP)
    for one in known:
        if count := sums.get(one.code, 0):
            found.append(Node(one, count, round(y, 1), round(count * per_person, 1)))
            y += count * per_person + GAP * 2
    return found


def _ribbon(start: float, end: float, thick: float) -> str:
    x, other, middle = LEFT + BAR, RIGHT, (LEFT + BAR + RIGHT) / 2
    return (
        f"M{x} {start:.1f}C{middle} {start:.1f} {middle} {end:.1f} {other} {end:.1f}"
        f"V{end + thick:.1f}C{middle} {end + thick:.1f} {middle} {start + thick:.1f} {x} {start + thick:.1f}Z"
    )


def shown(position: Position, *, half: float = 9.0) -> dict[str, Any]:
    """A small mark for a key: the shape of a position in a box of 24 by 24."""
    return {"position": position, "outline": outline(position.shape, 12, 12, half)}
