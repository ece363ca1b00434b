"""Letters as somebody types them who has no Welsh keyboard: “Sian” for “Siân”, “OBrien” for “O’Brien”."""

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
