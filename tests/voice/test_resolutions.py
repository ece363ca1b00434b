"""Resolutions word for word, and whether those who quote them use their words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions.commands import AgreeEveryday
from alongside.topics.voice import commands
from alongside.topics.voice.engine import compare, differences
from alongside.topics.voice.models import Quote, Version
from tests.interfaces.conftest import browser_of
from tests.voice import acts
from tests.voice.resolutions import TEXT, WORDS, passed
from tests.world import Cast


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        (TEXT, "exact"),
        ("“councils do not discriminate against organisations”", "exact"),
        ("councils  do not\ndiscriminate", "exact"),
        ("We ask that councils do not discriminate … in contracts.", "shortened"),
        ("councils do not discriminate [...] in contracts", "shortened"),
        ("councils do not discriminate in contracts", "shortened"),
        ("councils should not discriminate against organisations", "altered"),
        ("councils do discriminate against all organisations", "altered"),
        ("in contracts … councils do not", "altered"),
        ("council", "altered"),
        ("…", "altered"),
    ],
)
def test_a_quote_is_exact_shortened_or_altered(quote: str, found: str) -> None:
    assert compare(TEXT, quote) == found


@given(WORDS, st.data())
def test_any_run_of_its_words_is_exact_and_any_foreign_word_is_an_alteration(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    run = words[first:last]
    assert compare(" ".join(words), " ".join(run)) == "exact"
    place = data.draw(st.integers(0, len(run)))
    assert compare(" ".join(words), " ".join([*run[:place], "never", *run[place:]])) == "altered"


@given(WORDS, WORDS)
def test_differences_give_back_both_versions(before: list[str], after: list[str]) -> None:
    pieces = differences(" ".join(before), " ".join(after))
    old = " ".join("".join(p.words + " " for p in pieces if p.kind != "added").split())
    new = " ".join("".join(p.words + " " for p in pieces if p.kind != "gone").split())
    assert (old, new) == (" ".join(before), " ".join(after))


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_votes_that_nobody_wrote_down_are_left_out_and_are_no_question_mark(cast: Cast) -> None:
    row = passed(cast, votes_for=9, votes_against=None, votes_abstained=None)
    page = browser_of().get(f"/resolutions/{row.id}").content.decode()
    assert "9 for." in page and "?" not in page[page.index("9 for") : page.index("9 for") + 40]


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_a_later_version_writes_over_nothing_and_shows_what_changed(cast: Cast) -> None:
    row = passed(cast)
    later = commands.ReviseResolution(
        resolution=row.id,
        words=TEXT.replace("ask", "demand"),
        why="They did not answer.",
        passed_by="The members’ meeting",
        passed_on=acts.day("2026-03-01"),
    )
    with pytest.raises(NotAllowed):
        do(later, by=cast.june)
    do(later, by=cast.ana)
    assert [str(one.words) for one in Version.everything.order_by("number")] == [
        TEXT,
        TEXT.replace("ask", "demand"),
    ]
    page = browser_of().get(f"/resolutions/{row.id}").content.decode()
    assert "<ins>" in page and "<del>" in page and "38 for, 1 against, 2 abstained." in page
    assert (
        page.index("As it stands")
        < page.index("How it was before</summary>")
        < page.index("Version 1, passed")
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_each_place_that_quotes_it_is_traced_and_checked(cast: Cast) -> None:
    acts.offices(cast)
    row, hearing = passed(cast), acts.asked(cast)
    everyday = AgreeEveryday(
        person=cast.rosa.person, what="Help at 9", change="swap", words="Fine.", channel="visit"
    )
    matter = do(everyday, by=cast.priya).thing
    do(commands.NoteQuote(resolution=row.id, words=TEXT, place="A minute", hearing=hearing), by=cast.rosa)
    bent = "councils should not discriminate"
    do(commands.NoteQuote(resolution=row.id, words=bent, place="https://wexmoor.example/news"), by=cast.rosa)
    do(commands.NoteQuote(resolution=row.id, words="councils", place="Here", matter=matter), by=cast.ken)
    assert list(Quote.everything.order_by("made_by").values_list("check_says", flat=True)) == [
        "exact",
        "altered",
        "exact",
    ]
    listed = browser_of().get("/resolutions/").content.decode()
    assert "Quoted in 0 places." in listed, "what nobody has read is in no number"
    acts.quotes_read(cast.ana)
    listed = browser_of().get("/resolutions/").content.decode()
    assert re.findall(r"Quoted in \d+", listed) == ["Quoted in 3"]
    assert "Altered in 1 of them." in listed
    page = browser_of().get(f"/resolutions/{row.id}").content.decode()
    assert f"/hearings/{hearing}" in page
    assert str(matter) not in page  # a stranger does not learn of Rosa's matter by a quote
    assert str(matter) in browser_of(cast.ken).get(f"/resolutions/{row.id}").content.decode()
    assert "Resolutions quoted here" in browser_of(cast.ken).get(f"/decisions/{matter}").content.decode()
    assert str(matter) not in browser_of().get(f"/api/voice/resolutions/{row.id}").content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_a_resolution_kept_to_its_body_is_not_there_for_others(cast: Cast) -> None:
    row = passed(cast, is_open=False)
    assert browser_of(cast.ana).get(f"/resolutions/{row.id}").status_code == 200
    assert browser_of(cast.june).get(f"/resolutions/{row.id}").status_code == 404
    with pytest.raises((Refused, Missing)):
        do(commands.NoteQuote(resolution=row.id, words="We ask", place="A minute"), by=cast.june)


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_a_quote_is_set_beside_the_version_that_stood_on_its_day(cast: Cast) -> None:
    row = passed(cast)
    quote = commands.NoteQuote(resolution=row.id, words="councils", place="A minute", quoted_on=clock.today())
    do(quote, by=cast.rosa)
    acts.quotes_read(cast.ana)
    clock.advance(days=30)
    later = commands.ReviseResolution(
        resolution=row.id, words="We ask again.", why="A year.", passed_by="Meeting", passed_on=clock.today()
    )
    do(later, by=cast.ana)
    address = f"/resolutions/{row.id}"
    assert "On that day" not in browser_of(None).get(address).content.decode(), "it was made before"
    old = Version.everything.get(resolution=row.id, number=1)
    stale = {"resolution": row.id, "words": "councils", "place": "A leaflet", "edition": old.id}
    do(commands.NoteQuote(**stale, quoted_on=clock.today()), by=cast.rosa)
    do(commands.NoteQuote(resolution=row.id, words="We ask again.", place="The news"), by=cast.rosa)
    acts.quotes_read(cast.ana)
    text = browser_of(None).get(address).content.decode()
    assert text.count("It quotes version 1. On that day version 2 stood.") == 1
    assert list(Quote.everything.order_by("made_by").values_list("number", flat=True)) == [1, 1, 2]
    wrong = commands.NoteQuote(
        resolution=row.id,
        words="We ask",
        place="A minute",
        edition=Version.everything.get(resolution=row.id, number=2).id,
        quoted_on=row.first_passed_on,
    )
    with pytest.raises(Refused, match="passed later"):
        do(wrong, by=cast.ana)


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_words_of_an_earlier_version_are_not_called_altered(cast: Cast) -> None:
    """Whoever quoted it did so word for word: only the resolution had been put in other words since."""
    row = passed(cast, words="We ask that nobody buys support before all of us were asked.")
    clock.advance(days=7)
    later = {
        "words": "We ask that nobody buys help before we were asked.",
        "why": "Shorter.",
        "passed_by": "M",
    }
    do(commands.ReviseResolution(resolution=row.id, passed_on=clock.today(), **later), by=cast.ana)
    for words in ("nobody buys support", "nobody buys help", "nobody sells support"):
        do(commands.NoteQuote(resolution=row.id, words=words, place="A minute"), by=cast.rosa)
    found = Quote.everything.order_by("made_by").values_list("number", "check_says")
    assert list(found) == [(1, "exact"), (2, "exact"), (2, "altered")]


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
def test_whoever_reads_a_quote_first_and_whoever_revises_reads_the_words(cast: Cast) -> None:
    row = passed(cast)
    do(commands.NoteQuote(resolution=row.id, words="Bent words.", place="A leaflet"), by=cast.rosa)
    quote = Quote.everything.get()
    ana = browser_of(cast.ana)
    asked = ana.get(f"/do/voice.quote_looked_at?resolution={row.id}&quote={quote.id}").content.decode()
    assert "Bent words." in asked and "A leaflet" in asked
    assert "As it stands now" in ana.get(f"/do/voice.resolution_revised?resolution={row.id}").content.decode()
