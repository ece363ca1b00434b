"""Who quotes a resolution, where, when, which words, and what the quote leaves out. Nobody is named."""

import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.voice import commands
from alongside.topics.voice.engine import LeftOut, left_out
from alongside.topics.voice.models import Quote, Resolution
from tests.decisions.changing import hall
from tests.interfaces.conftest import browser_of
from tests.visitor import read
from tests.voice import acts
from tests.voice.resolutions import TEXT, WORDS, passed
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
        acts.quotes_read(cast.ana)
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
        acts.quotes_read(cast.ana)
        text = browser_of().get(f"/resolutions/{row.id}").content.decode()
        assert text.count("by Head of adult social care.") == 1 and "June" not in text

    def test_the_whole_text_and_other_words_are_told_apart(self, cast: Cast) -> None:
        row = passed(cast)
        for words in (TEXT, "councils should not discriminate"):
            do(commands.NoteQuote(resolution=row.id, words=words, place="A leaflet"), by=cast.rosa)
        acts.quotes_read(cast.ana)
        text = browser_of().get(f"/resolutions/{row.id}").content.decode()
        assert text.count("It is the whole text. Nothing is left out.") == 1
        assert "What it leaves out" not in text


# Read first, as all words that nobody puts their name to ----------------------------------------------

MARK = "Jo of 4 Elm Row steals"


def noted(row: Resolution, by: Actor, **more: Any) -> Quote:
    """A place that somebody notes, with words that should not stand there."""
    values: dict[str, Any] = {"words": "councils", "place": MARK, **more}
    do(commands.NoteQuote(resolution=row.id, **values), by=by)
    found: Quote = Quote.everything.order_by("-made_by")[0]
    return found


def looked(quote: Quote, *, is_shown: bool = True, reason: str = "") -> commands.LookAtQuote:
    return commands.LookAtQuote(resolution=quote.resolution, quote=quote.id, is_shown=is_shown, reason=reason)


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
class TestReadFirst:
    def places(self, row: Resolution, hearing: UUID) -> list[str]:
        """Every open place where quotes are told of."""
        return [
            f"/resolutions/{row.id}",
            f"/hearings/{hearing}",
            f"/api/voice/resolutions/{row.id}",
            "/api/voice/resolutions",
            "/open-data/resolutions.csv",
            "/open-data/resolutions.json",
            "/open-data/resolutions.atom",
        ]

    def test_what_a_stranger_notes_is_on_no_open_page_until_somebody_has_read_it(self, cast: Cast) -> None:
        acts.offices(cast)
        row, hearing = passed(cast), acts.asked(cast)
        before = [read(one) for one in self.places(row, hearing)]
        quote = noted(row, cast.stranger, hearing=hearing, quoted_as=MARK, words=MARK)
        assert [read(one) for one in self.places(row, hearing)] == before
        for who in (cast.june, cast.rosa):  # of the council; and somebody with nothing to do with it
            assert MARK not in browser_of(who).get(f"/resolutions/{row.id}").content.decode()
            assert MARK not in browser_of(who).get("/words-to-read").content.decode()
        for who in (cast.stranger, cast.ana):
            page = browser_of(who).get(f"/resolutions/{row.id}").content.decode()
            assert MARK in page and "Not everyone can read this yet" in page
        assert MARK in browser_of(cast.ana).get("/words-to-read").content.decode()
        with pytest.raises((NotAllowed, Missing)):
            do(looked(quote), by=cast.june)
        with pytest.raises((NotAllowed, Missing, Refused)):
            do(looked(quote), by=cast.stranger)
        do(looked(quote), by=cast.ana)
        assert MARK in read(f"/resolutions/{row.id}") and MARK in read(f"/hearings/{hearing}")
        assert "showed words here to everyone" in read(f"/resolutions/{row.id}")
        [told] = browser_of().get("/api/voice/resolutions").json()["items"]
        assert (told["quoted"], told["altered"]) == (1, 1)

    def test_nobody_reads_their_own_first(self, cast: Cast) -> None:
        quote = noted(passed(cast), cast.ana)
        with pytest.raises(Refused, match="your own words"):
            do(looked(quote), by=cast.ana)

    def test_what_is_held_back_says_why_and_its_writer_still_sees_it(self, cast: Cast) -> None:
        row = passed(cast)
        quote = noted(row, cast.rosa)
        do(looked(quote, is_shown=False, reason="names_someone"), by=cast.ana)
        page = read(f"/resolutions/{row.id}")
        assert MARK not in page and "Where it is quoted is held back in part. Why:" in page
        assert (
            "Not everyone can read this. Why:"
            in browser_of(cast.rosa).get(f"/resolutions/{row.id}").content.decode()
        )

    def test_a_body_cannot_hide_alone_what_a_user_led_organisation_showed(self, cast: Cast) -> None:
        resolve = commands.PassResolution(
            organisation=cast.council,
            name="On care",
            words=TEXT,
            passed_by="Full council",
            passed_on=clock.today(),
        )
        row = Resolution.everything.get(id=do(resolve, by=cast.june).thing)
        quote = noted(row, cast.rosa)
        do(looked(quote, is_shown=False, reason="abuse"), by=cast.june)
        assert MARK not in read(f"/resolutions/{row.id}")
        do(looked(quote), by=cast.ana)
        do(looked(quote, is_shown=False, reason="abuse"), by=cast.june)  # it asks; the words stand
        assert MARK in read(f"/resolutions/{row.id}")
        assert MARK in browser_of(cast.ana).get("/words-to-read").content.decode()
        do(looked(quote, is_shown=False, reason="abuse"), by=cast.ana)
        assert MARK not in read(f"/resolutions/{row.id}")

    def test_the_page_says_that_nobody_looked_and_not_how_many_wait(self, cast: Cast) -> None:
        row = passed(cast)
        noted(row, cast.rosa)
        clock.advance(days=9)
        one = read(f"/resolutions/{row.id}")
        assert "has not read it first, and no user-led organisation has." in one and MARK not in one
        noted(row, cast.lena)
        assert read(f"/resolutions/{row.id}") == one

    def test_what_an_office_writes_of_its_own_bodys_quote_stands_at_once(self, cast: Cast) -> None:
        row = passed(cast)
        own = noted(row, cast.june, quoted_by=cast.council, place="Our minutes")
        assert own.look_by is None and "Our minutes" in read(f"/resolutions/{row.id}")
        for quoted_by in (cast.ulo, None):
            assert noted(row, cast.june, quoted_by=quoted_by).look_by is not None
        do(
            commands.NoteQuote(resolution=row.id, words="councils", place=MARK, quoted_by=cast.council),
            by=cast.june,
            anonymous=True,
        )
        assert noted(row, cast.priya, quoted_by=cast.council).look_by is not None
        assert MARK not in read(f"/resolutions/{row.id}")

    def test_it_is_on_no_open_decision_either(self, cast: Cast) -> None:
        row, matter = passed(cast), hall(cast)
        quote = noted(row, cast.rosa, matter=matter, words=MARK)
        assert MARK not in read(f"/decisions/{matter}")
        do(looked(quote), by=cast.ana)
        assert MARK in read(f"/decisions/{matter}")

    def test_what_a_body_keeps_to_itself_needs_nobody_outside_to_read_it(self, cast: Cast) -> None:
        row = passed(cast, is_open=False)
        assert noted(row, cast.ana).look_by is None
