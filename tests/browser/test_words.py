"""How hard the words on the pages are to read: a list for people to look at, and no gate.

Words that hurt and words of the code are a gate: `Page.problems` finds those on every page.
"""

import re
import warnings
from collections.abc import Iterator

import pytest

from tests.browser.stories.telling import PICTURES
from tests.browser.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONGEST, OLDEST = 25, 11  # words in a sentence; years of age, two above what we aim for
SHORT = 6  # a heading or a label of fewer words has no reading age


def sentences(text: str) -> Iterator[list[str]]:
    for sentence in re.split(r"(?<=[.?!:])\s+", text):
        words = re.findall(r"[A-Za-z’']+", sentence)
        if words:
            yield words


def syllables(word: str) -> int:
    """About how many parts a word is spoken in."""
    found = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, found - (word.lower().endswith("e") and found > 1))


def reading_age(words: list[str]) -> float:
    """The age at which most people read one sentence of these words with ease (Flesch and Kincaid, 1975)."""
    return 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59 + 5


def test_hard_sentences_are_listed_for_people_to_mend(walked: Walk) -> None:
    hard = []
    for text, where in sorted(walked.texts.items()):
        for words in sentences(text):
            age = reading_age(words)
            if len(words) > LONGEST or (len(words) >= SHORT and age > OLDEST):
                hard.append(f"{age:4.0f} years, {len(words):2} words: {' '.join(words)}  ({where})")
    PICTURES.mkdir(parents=True, exist_ok=True)
    listed = PICTURES / "hard-sentences.txt"
    listed.write_text("\n".join(sorted(hard, reverse=True)) + "\n", encoding="utf-8")
    if hard:
        warnings.warn(f"{len(hard)} sentences are hard to read. They are listed in {listed}", stacklevel=1)
    assert walked.texts
