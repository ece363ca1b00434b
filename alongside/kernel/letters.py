"""Letters as somebody types them who has no Welsh keyboard: “Sian” for “Siân”, “OBrien” for “O’Brien”."""

import unicodedata

_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_DROPPED = "'’‘`´ʼ.,"


def plain_letters(words: str) -> str:
    """The words without capitals, accents, apostrophes, stops and double spaces, to be compared."""
    apart = unicodedata.normalize("NFKD", words.casefold().translate(_WHOLE))
    kept = (one for one in apart if not unicodedata.combining(one) and one not in _DROPPED)
    return " ".join("".join(kept).replace("-", " ").split())
