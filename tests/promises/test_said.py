"""Promises made in public: written down, taken up or answered, and reported beside what is recorded."""

from datetime import date

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import NOBODY
from alongside.topics.promises.commands import (
    AnswerStatement,
    JoinGroup,
    LinkAct,
    LookAtAct,
    LookAtStatement,
    TakeBackStatement,
    WriteDownStatement,
)
from alongside.topics.promises.models import LinkedAct, Promise, Statement
from tests.promises.making import judge
from tests.promises.said import WORDS, said, taken_up
from tests.visitor import page
from tests.world import Cast


def test_public_words_are_no_promise_until_the_body_takes_them_up(cast: Cast) -> None:
    statement = said(cast)
    assert not Promise.everything.exists()
    text = page(None, f"/promises/said/{statement}")
    assert WORDS in text and "not yet a promise" in text and "Minute 12" in text
    assert "Devon" not in text
    for other in (cast.devon, cast.priya, cast.boyd, cast.ana, cast.tom):
        with pytest.raises((Missing, NotAllowed)):
            do(taken_up(statement), by=other)
    do(taken_up(statement), by=cast.june)
    now = page(None, f"/promises/said/{statement}")
    assert "not yet a promise" not in now and "Written down on 2 March 2026" in now
    assert "have not answered" not in now and "Nobody is asked before that day how it went." in now
    row = Promise.everything.get()
    assert (row.statement, row.owner, row.group_size) == (statement, cast.june.person, 900)
    with pytest.raises(Refused, match="taken up already"):
        do(taken_up(statement), by=cast.june)
    with clock.at("2026-05-02"):
        do(JoinGroup(promise=row.id), by=cast.rosa)
        do(judge(row.id, None, "not_kept"), by=cast.rosa)
    assert WORDS in page(None, f"/promises/said/{statement}")  # the words stay beside the promise


def test_an_answer_stands_beside_the_words_and_takes_none_of_them_away(cast: Cast) -> None:
    statement = said(cast)
    no = AnswerStatement(statement=statement, state="different", answer="He said: may have a say.")
    with pytest.raises(Refused, match="Say why"):
        do(AnswerStatement(statement=statement, state="not_ours", answer=""), by=cast.june)
    with pytest.raises(Refused, match="Choose: it is not ours"):
        do(AnswerStatement(statement=statement, state="withdrawn", answer="Gone."), by=cast.june)
    form = page(cast.june, f"/do/promises.statement_answered?statement={statement}")
    assert "The body says it was said differently" in form and "The body says it is not theirs" in form
    for never in ("Taken up", "Taken back by who wrote it down", "Not taken up, and not answered"):
        assert never not in form  # the door refuses each of these
    do(no, by=cast.june)
    text = page(None, f"/promises/said/{statement}")
    assert WORDS in text and "He said: may have a say." in text


def test_only_who_wrote_it_down_takes_it_back_and_then_it_is_not_there_for_others(cast: Cast) -> None:
    statement = said(cast)
    for other in (cast.june, cast.rosa, cast.stranger):
        with pytest.raises((Missing, NotAllowed)):
            do(TakeBackStatement(statement=statement), by=other)
    do(TakeBackStatement(statement=statement), by=cast.devon)
    page(None, f"/promises/said/{statement}", 404)
    page(cast.june, f"/promises/said/{statement}", 404)
    page(cast.devon, f"/promises/said/{statement}")


def test_nobody_without_a_name_writes_down_public_words_and_all_that_is_asked_is_needed(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        said(cast, by=NOBODY)
    empty = WriteDownStatement(
        organisation=cast.council, words="", who="", said_on=date(2027, 1, 1), source="", made_to=""
    )
    with pytest.raises(Refused) as refusal:
        do(empty, by=cast.devon)
    assert {reason.field for reason in refusal.value.reasons} == {
        "words",
        "who",
        "said_on",
        "source",
        "made_to",
    }
    assert not Statement.everything.exists()


def test_the_report_of_gaps_says_what_is_not_recorded_in_days_and_words(cast: Cast) -> None:
    statement, other = said(cast), said(cast, by=cast.stranger)
    text = page(None, f"/promises/said/by/{cast.council}")
    assert "30 days ago. The body has not taken it up or answered." in text
    assert "Nothing that was done since is recorded." in text
    assert "2 promises made in public are written down. 2 neither taken up nor answered." in text
    act = LinkAct(
        statement=statement, words="A meeting was held.", on_day=date(2026, 2, 10), where="Its minutes"
    )
    do(act, by=cast.rosa)
    do(LookAtAct(statement=statement, act=LinkedAct.everything.get().id, is_shown=True), by=cast.ken)
    do(taken_up(statement), by=cast.june)
    with clock.at("2026-05-02"):
        text = page(None, f"/promises/said/by/{cast.council}")
    assert "The body answered on 2 March 2026, 30 days after it was said." in text
    assert "People found 1 thing that was done since." in text
    assert "900 of 900 people have not answered." in text
    assert "written down. 1 taken up, 1 neither taken up nor answered." in text and str(other) in text


def test_an_act_says_whether_the_body_itself_added_it(cast: Cast) -> None:
    statement = said(cast)
    for by in (cast.priya, cast.rosa):
        act = LinkAct(statement=statement, words="A day.", on_day=date(2026, 2, 10), where="The hall")
        do(act, by=by)
    assert [row.by_the_body for row in LinkedAct.everything.order_by("made_by")] == [True, False]
    before = LinkAct(statement=statement, words="A day.", on_day=date(2026, 1, 1), where="The hall")
    with pytest.raises(Refused, match="from when it was said"):
        do(before, by=cast.rosa)


def test_words_with_nobodys_name_are_for_everyone_only_once_a_named_person_has_read_them(cast: Cast) -> None:
    statement = said(cast, is_read=False)
    address = f"/promises/said/{statement}"
    for other in (None, cast.rosa, cast.boyd, cast.tom):
        page(other, address, 404)
        assert WORDS not in page(other, "/promises/said/") and WORDS not in page(
            other, f"/promises/said/by/{cast.council}"
        )
    assert WORDS.encode() not in Client().get("/api/promises/said").content
    for first in (cast.devon, cast.ken, cast.ana):  # its writer; the body; a user-led organisation
        assert "Not everyone can read this yet. Somebody must read it first, by 4 March 2026." in page(
            first, address
        )
    with pytest.raises(Refused, match="First say whether everyone may read"):
        do(taken_up(statement), by=cast.june)
    for other in (cast.rosa, cast.tom, cast.boyd, cast.sol):
        with pytest.raises((Missing, NotAllowed)):
            do(LookAtStatement(statement=statement, is_shown=True), by=other)
    do(LookAtStatement(statement=statement, is_shown=True), by=cast.ana)
    assert WORDS in page(None, address)


def test_nobody_buries_public_words_by_not_reading_them(cast: Cast) -> None:
    said(cast, is_read=False)
    for address in ("/promises/said/", f"/promises/said/by/{cast.council}"):
        assert "has not looked" not in page(None, address)
        with clock.at("2026-03-05"):
            text = page(None, address)
        assert "has waited 3 days for somebody to read it first. Wexmoor Council has not looked" in text
        assert WORDS not in text


def test_public_words_are_held_back_for_a_reason_that_everyone_and_their_writer_read(cast: Cast) -> None:
    statement = said(cast, is_read=False)
    with pytest.raises(Refused, match="Say why not"):
        do(LookAtStatement(statement=statement, is_shown=False), by=cast.ken)
    hold = LookAtStatement(statement=statement, is_shown=False, reason="names_someone", more="Say the post.")
    do(hold, by=cast.ken)
    assert "is held back. Why: They name or point to a person." in page(None, "/promises/said/")
    page(None, f"/promises/said/{statement}", 404)
    text = page(cast.devon, f"/promises/said/{statement}")
    assert "They name or point to a person" in text and "Say the post." in text
    told = [row.payload for row in Outbox.objects.all() if row.payload.get("what") == "words_were_read"]
    assert [row["person"] for row in told] == [str(cast.devon.person).replace("-", "")]
    own = said(cast, by=cast.ana, is_read=False)
    with pytest.raises(Refused, match="your own words"):
        do(LookAtStatement(statement=own, is_shown=True), by=cast.ana)


def test_what_is_added_to_public_words_is_read_first_too(cast: Cast) -> None:
    statement = said(cast)
    act = LinkAct(statement=statement, words="A MARK day.", on_day=date(2026, 2, 10), where="The hall")
    do(act, by=cast.rosa)
    address, row = f"/promises/said/{statement}", LinkedAct.everything.get()
    assert "A MARK day." not in page(None, address) and "A MARK day." not in page(cast.stranger, address)
    assert "A MARK day." in page(cast.rosa, address) and "/do/promises.act_looked_at" in page(
        cast.ken, address
    )
    with pytest.raises(Refused, match="could not find"):
        do(LookAtAct(statement=said(cast), act=row.id, is_shown=True), by=cast.ken)
    do(LookAtAct(statement=statement, act=row.id, is_shown=True), by=cast.ken)
    assert "A MARK day." in page(None, address)


def test_words_that_were_taken_up_are_no_longer_said_to_be_no_promise(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        statement = said(cast)
        assert "not yet a promise of this record" in page(None, f"/promises/said/{statement}")
        do(taken_up(statement), by=cast.ken)
        shown = page(None, f"/promises/said/{statement}")
        assert "not yet a promise of this record" not in shown and "It is a promise for 1 May 2026" in shown


def test_whoever_may_read_words_first_is_not_asked_again_as_if_nobody_had(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        statement = said(cast, is_read=False)
        assert "Read these words: may everyone?" in page(cast.ken, f"/promises/said/{statement}")
        do(LookAtStatement(statement=statement, is_shown=True), by=cast.ana)
        shown = page(cast.ken, f"/promises/said/{statement}")
        assert "Read these words: may everyone?" not in shown and "may everyone still read them?" in shown
