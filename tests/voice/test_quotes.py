"""Who quotes a resolution, where, when, which words, and what the quote leaves out. Nobody is named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.voice import commands
from alongside.topics.voice.engine import LeftOut, left_out
from alongside.topics.voice.models import Quote
from tests.interfaces.conftest import browser_of
from tests.voice import acts
from tests.voice.test_resolutions import TEXT, WORDS, passed
from tests.world import Cast


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (TEXT, LeftOut("", (), "")),
        (
            "councils do not discriminate",
            LeftOut("We ask that", (), _ := TEXT.split("discriminate ")[1][:-1]),
        ),
        (
            "We ask that councils do not discriminate … in contracts.",
            LeftOut("", ("against organisations of disabled people",), ""),
        ),
        (
            "councils do not discriminate in contracts",
            LeftOut("We ask that", ("against organisations of disabled people",), ""),
        ),
        ("councils should not discriminate", None),
    ],
)
def test_what_a_quote_leaves_out_is_said_in_the_words_of_the_text(quote: str, found: LeftOut | None) -> None:
    assert left_out(TEXT, quote) == found


@given(WORDS, st.integers(0, 8), st.integers(1, 9))
def test_a_quote_and_what_it_leaves_out_are_the_whole_text_again(
    words: list[str], start: int, length: int
) -> None:
    first = start % len(words)
    last = min(first + length, len(words))
    text, run = " ".join(words), " ".join(words[first:last])
    missing = left_out(text, run)
    assert missing is not None and missing.between == ()
    assert " ".join([missing.before, run, missing.after]).split() == text.split()


@given(WORDS, st.sets(st.integers(0, 8)))
def test_words_left_out_anywhere_are_all_named(words: list[str], dropped: set[int]) -> None:
    kept = [word for at, word in enumerate(words) if at not in dropped]
    if not kept:
        return
    missing = left_out(" ".join(words), " ".join(kept))
    assert missing is not None
    named = re.findall(r"\w+", " ".join([missing.before, *missing.between, missing.after]))
    assert sorted([*named, *kept]) == sorted(words)


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
class TestTheTrace:
    def test_it_says_who_quotes_where_when_and_which_version(self, cast: Cast) -> None:
        acts.offices(cast)
        row, hearing = passed(cast), acts.asked(cast)
        note = commands.NoteQuote(
            resolution=row.id,
            words="councils do not discriminate",
            place="The minutes of that day",
            hearing=hearing,
            quoted_by=cast.council,
            quoted_as="The clerk of the committee",
            quoted_on=clock.today(),
        )
        do(note, by=cast.ken)
        text = browser_of().get(f"/resolutions/{row.id}").content.decode()
        assert "Quoted by: The clerk of the committee, Wexmoor Council." in text
        assert f'href="/hearings/{hearing}">The minutes of that day' in text
        assert "Quoted there on 2 March 2026." in text and "Set beside version 1." in text
        assert "Before it: “We ask that”" in text and "After it: “against organisations" in text
        assert "Ken" not in text
        [told] = browser_of().get(f"/api/voice/resolutions/{row.id}").json()["quotes"]
        assert (told["quoted_by"], told["quoted_as"]) == (str(cast.council), "The clerk of the committee")
        assert told["left_out"]["before"] == "We ask that" and "Ken" not in str(told)

    def test_it_names_nobody_who_wrote_it_down(self, cast: Cast) -> None:
        row = passed(cast)
        for by in (cast.rosa, cast.priya, cast.boyd):
            do(commands.NoteQuote(resolution=row.id, words="councils", place="A leaflet"), by=by)
        do(
            commands.NoteQuote(resolution=row.id, words="councils", place="A wall"),
            by=cast.priya,
            anonymous=True,
        )
        for reader in (None, cast.ana, cast.rosa):
            text = browser_of(reader).get(f"/resolutions/{row.id}").content.decode()
            said = re.findall(r"Written down on [\w ]+ by ([\w ]+)\.", text)
            assert sorted(said) == [
                "a councillor of Wexmoor Council",
                "somebody who gave no name",
                "somebody who had signed in",
                "somebody who works for Wexmoor Council",
            ]
            assert "Who quotes it there was not written down." in text
            assert "Priya Nair" not in text

    def test_without_a_name_no_office_goes_with_it(self, cast: Cast) -> None:
        row = passed(cast)
        note = commands.NoteQuote(resolution=row.id, words="councils", place="Here")
        do(note, by=cast.june, anonymous=True)
        quote = Quote.everything.get()
        assert quote.noted_office is None and quote.noted_by != cast.june.person
        do(note, by=cast.june)
        text = browser_of().get(f"/resolutions/{row.id}").content.decode()
        assert text.count("by Head of adult social care.") == 1 and "June" not in text

    def test_the_whole_text_and_other_words_are_told_apart(self, cast: Cast) -> None:
        row = passed(cast)
        for words in (TEXT, "councils should not discriminate"):
            do(commands.NoteQuote(resolution=row.id, words=words, place="A leaflet"), by=cast.ana)
        text = browser_of().get(f"/resolutions/{row.id}").content.decode()
        assert text.count("It is the whole text. Nothing is left out.") == 1
        assert "What it leaves out" not in text
