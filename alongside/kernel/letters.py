"""Letters as somebody types them who has no Welsh keyboard: “Sian” for “Siân”, “OBrien” for “O’Brien”.

And words as they show: what is there to be read, and no sign that hides, turns round or breaks other words.
"""

import re
import unicodedata

_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_DROPPED = "'’‘`´ʼ.,"


_SHORTEST = 3  # letters of a word that is looked at; numbers always are


def nearly_same(one: str, other: str) -> bool:
    """Whether two sentences say nearly the same: the same words in whatever order, or all but one of many.

    “A room in the home, from tonight” and “From tonight: a room in that home” are one; “an hour on Mondays”
    and “an hour on Tuesdays” are two.
    """
    first, second = _words_of(one), _words_of(other)
    if not first or not second:
        return plain_letters(one) == plain_letters(other)
    more, less = first - second, second - first
    return not (more or less) or (len(more | less) == 1 and len(first | second) > _FEW)


_FEW = 4  # of so few words each tells what it is about


def _words_of(sentence: str) -> set[str]:
    bare = "".join(one if one.isalnum() else " " for one in plain_letters(sentence))
    return {one for one in bare.split() if len(one) >= _SHORTEST or one.isdigit()}


def plain_letters(words: str) -> str:
    """The words without capitals, accents, apostrophes, stops and double spaces, to be compared."""
    apart = unicodedata.normalize("NFKD", words.casefold().translate(_WHOLE))
    kept = (one for one in apart if not unicodedata.combining(one) and one not in _DROPPED)
    return " ".join("".join(kept).replace("-", " ").split())


# Marks that are no letters: they end a text for a database, turn the words after them round, or break a feed.
_NO_LETTERS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e"
    r"\u2060\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_FILL = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # they count as letters, and nobody sees any
_UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})


def as_it_shows(words: str) -> str:
    """The words without marks that nobody sees; nothing, where nothing of them can be seen."""
    if words.isascii() and words.isprintable():
        return words
    kept = _NO_LETTERS.sub("", words).strip()
    seen = (one for one in kept if one not in _FILL and unicodedata.category(one) not in _UNSEEN)
    return kept if next(seen, None) is not None else ""
