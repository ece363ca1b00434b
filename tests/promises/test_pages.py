"""What each reader finds on the pages of promises."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.interfaces.who import HANDED_OUT, TYPED
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import (
    MakePromise,
    PassOnVerdict,
    ProposeDate,
    ReportProgress,
    SayWhatNow,
)
from alongside.topics.promises.models import ClaimedPromise, Import, Verdict
from alongside.topics.promises.pages import importing
from tests.interfaces.conftest import browser_of
from tests.promises.making import judge, promised, promised_to_members, to_whom
from tests.visitor import page
from tests.world import Cast

LATER = "2026-05-04"


def test_rosa_finds_five_answers_when_the_day_has_come_and_two_before(cast: Cast, ramp: UUID) -> None:
    before = page(cast.rosa, f"/promises/{ramp}")
    assert "You can say how it went from 1 May 2026" in before
    assert "Yes, it was kept" not in before
    with clock.at(LATER):
        after = page(cast.rosa, f"/promises/{ramp}")
    for words in (
        "Mend the ramp.",
        "Was this promise kept?",
        "Yes, it was kept",
        "Partly",
        "No, it was not kept",
    ):
        assert words in after
    assert "It is too soon to say" in after and "It no longer matters to me" in after


def test_ken_who_answers_for_it_finds_no_way_to_judge(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        text = page(cast.ken, f"/promises/{ramp}")
    assert "Was this promise kept?" not in text
    assert "Say how far it is" in text
    assert "You cannot say whether it was kept, and you cannot take it back." in text


@pytest.mark.parametrize("name", ["stranger", "boyd", "omar", "sol", "victor", "ana"])
def test_to_others_a_promise_about_a_life_is_not_there(cast: Cast, ramp: UUID, name: str) -> None:
    page(getattr(cast, name), f"/promises/{ramp}", 404)
    page(None, f"/promises/{ramp}", 404)
    assert "Mend the ramp" not in page(getattr(cast, name), "/promises/")


def test_a_carer_who_is_let_in_sees_the_promise_and_not_what_was_said_of_it(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, words="Nobody came."), by=cast.rosa)
        text = page(cast.devon, f"/promises/{ramp}")
        assert "Mend the ramp." in text
        assert "Nobody came." not in text and "Not kept" not in text and "1 of 1" not in text
        assert "Nobody came." in page(cast.ken, f"/promises/{ramp}")


def test_after_a_promise_was_not_kept_rosa_is_asked_what_she_wants(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        rosa = browser_of(cast.rosa)
        do(judge(ramp, cast.rosa.person, "not_kept"), by=cast.rosa)
        answer: Any = rosa.get(f"/promises/{ramp}/after")
        assert answer.status_code == 302 and "promises.what_now_said" in answer["Location"]
        form: Any = rosa.get(answer["Location"])
        assert "A new date" in form.content.decode()
        wants = SayWhatNow(promise=ramp, made_to=to_whom(ramp, cast.rosa.person), wants="nothing")
        do(wants, by=cast.rosa)
        assert rosa.get(f"/promises/{ramp}/after")["Location"] == f"/promises/{ramp}"


def test_on_their_own_pages_the_owner_reads_how_it_went_and_who_was_let_down_can_say_what_they_want(
    cast: Cast, ramp: UUID
) -> None:
    went, wants = "they have said how it went", "You said: not fully kept"
    with clock.at("2026-05-03"):
        do(ReportProgress(promise=ramp, percent=100), by=cast.ken)
        assert went not in page(cast.ken, "/") and wants not in page(cast.rosa, "/")
        do(judge(ramp, cast.rosa.person), by=cast.rosa)
        of_ken, of_rosa = page(cast.ken, "/"), page(cast.rosa, "/")
        assert went in of_ken and "Not kept" in of_ken and f"/promises/{ramp}" in of_ken
        assert wants in of_rosa and f"/promises/{ramp}/after" in of_rosa
        assert wants not in of_ken and went not in of_rosa
    with clock.at("2026-07-01"):
        assert went not in page(cast.ken, "/") and wants not in page(cast.rosa, "/")
    with clock.at("2026-05-04"):
        wish = SayWhatNow(promise=ramp, made_to=to_whom(ramp, cast.rosa.person), wants="nothing")
        do(wish, by=cast.rosa)
        assert wants not in page(cast.rosa, "/") and went in page(cast.ken, "/")


def test_whoever_has_answered_is_asked_what_they_want_first_and_finds_their_answer_folded(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person), by=cast.rosa)
        text = page(cast.rosa, f"/promises/{ramp}")
        assert text.index("What do you want now?") < text.index("Change what you said: Not kept")
        assert "Was this promise kept?" not in text and "What you said</h2>" in text
        assert "Their answers" not in text and "What the people it was made to say" not in text
    with clock.at("2026-05-20"):
        do(ReportProgress(promise=ramp, percent=100), by=cast.ken)
        assert "Was this promise kept?" in page(cast.rosa, f"/promises/{ramp}"), (
            "asked anew: it is said to be done"
        )


def test_one_answer_that_was_typed_says_whose_words_they_are_to_the_one_who_said_them(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(LATER):
        made_to = to_whom(ramp, cast.rosa.person)
        do(
            PassOnVerdict(promise=ramp, made_to=made_to, spoken_on=date(2026, 5, 3), said="kept"),
            by=cast.priya,
        )
        text = page(cast.rosa, f"/promises/{ramp}")
    assert "This was answered. The answer does not count yet." in text
    assert (
        "You said this to someone, who wrote it down, or somebody saw your code." in text
        and "You spoke on 3 May 2026." in text
    )
    assert "Of these" not in text and "What the people it was made to say" not in text


def test_the_whole_way_through_the_form(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        rosa = browser_of(cast.rosa)
        address = f"/do/promises.verdict_given?promise={ramp}&made_to={to_whom(ramp, cast.rosa.person)}"
        text = str(rosa.get(address).content.decode())
        assert "Mend the ramp." in text and "Everyone may read my words" not in text
        sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
        sent |= {"said": "partly", "words": "The rail is missing."}
        answer: Any = rosa.post(address, sent)
        assert answer.status_code == 303, answer.content.decode()[:2000]
    row = Verdict.everything.get()
    assert (row.said, str(row.words), row.counts) == ("partly", "The rail is missing.", True)


def test_a_public_page_says_n_of_n_and_names_no_worker(cast: Cast) -> None:
    promise = promised_to_members(cast, office=cast.junes_office)
    with clock.at(LATER):
        do(judge(promise, None, "not_kept"), by=cast.ana)
        text = page(None, f"/promises/{promise}")
        assert "Head of adult social care" in text and "June Okafor" not in text
        assert "Ana Reyes" not in text
        assert "It was made to 12 people." in text and "too small to show" in text
        body = page(None, f"/promises/by/{cast.council}")
        assert "Keep the library open on Saturdays." in body
        assert f"/promises/{promise}" in body


def test_a_code_leads_to_no_door_that_is_shut_for_it(cast: Cast, ramp: UUID) -> None:
    public = promised_to_members(cast, office=cast.junes_office)
    coded, address = browser_of(cast.rosa, only=ramp), f"/promises/by/{cast.council}"
    body = coded.get(address).content.decode()
    assert "Keep the library open on Saturdays." in body and f"/promises/{public}" not in body
    assert f"/promises/{public}" in browser_of(cast.rosa).get(address).content.decode()


def test_the_numbers_of_a_body_show_no_small_number_of_lives(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "not_kept"), by=cast.rosa)
    with clock.at("2026-06-02"):  # once the month is over
        text = page(None, f"/promises/by/{cast.council}")
    assert "They are fewer than 5 people, so we do not say how many." in text
    assert "Mend the ramp" not in text


def test_a_page_full_of_promises_costs_no_more_statements(cast: Cast) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            page(cast.rosa, address)
        return len(found)

    first = promised(cast, to=cast.rosa)
    few, one = cost("/promises/"), cost(f"/promises/{first}")
    for number in range(12):
        promised(cast, to=cast.rosa, what=f"Thing {number}")
    do(ReportProgress(promise=first, percent=100, words="Done."), by=cast.ken)
    for word in ("too_early", "kept", "partly", "not_kept"):
        do(judge(first, cast.rosa.person, word, words=word), by=cast.rosa)
    assert cost("/promises/") <= few + 2
    assert cost(f"/promises/{first}") <= one + 6


def test_written_down_another_day_and_wishes_are_all_on_the_page(cast: Cast, ramp: UUID) -> None:
    do(ProposeDate(promise=ramp, due_on=date(2026, 6, 1), why="The builder is ill."), by=cast.ken)
    text = page(cast.rosa, f"/promises/{ramp}")
    assert "May the day change to 1 June 2026?" in text and "The builder is ill." in text
    with clock.at(LATER):
        passed = PassOnVerdict(
            promise=ramp, made_to=to_whom(ramp, cast.rosa.person), spoken_on=date(2026, 5, 3), said="kept"
        )
        do(passed, by=cast.priya)
        hers = page(cast.rosa, f"/promises/{ramp}")
        assert "Yes, this is what I said" in hers and "First you, your advocate" in hers
        text = page(cast.priya, f"/promises/{ramp}")
        assert "Yes, this is what" not in text and "It does not count yet. First the person" in text


def test_whoever_judged_by_a_code_that_another_may_have_seen_did_not_tell_it_to_them(
    cast: Cast, ramp: UUID
) -> None:
    """Nobody reads that they spoke with anybody, no button is there that the door would refuse, and there is
    a way on: somebody from outside confirms where letters go."""
    where, browser = f"/promises/{ramp}", browser_of(cast.rosa)
    session = browser.session
    session[TYPED] = str(cast.ken.person)
    session.save()
    with clock.at(LATER):
        by_code = replace(cast.rosa, typed_by=cast.ken.person, how=HANDED_OUT)
        do(judge(ramp, cast.rosa.person, "partly", words="Half of it."), by=by_code)
        hers, kens = browser.get(where).content.decode(), page(cast.ken, where)
        assert "or may have seen your code" in hers and "with a code that only you have seen" in hers
        assert "You spoke on" not in hers and "Yes, this is what I said" not in hers
        assert "Yes, this is what I said" in page(cast.rosa, where)
        assert "or may have seen their code" in kens and "They spoke on" not in kens
        assert f'<a href="/people/{cast.rosa.person}/ways">Ask for that</a>' in kens


def test_whoever_promises_reads_over_the_form_to_whom(cast: Cast) -> None:
    form = page(cast.ken, f"/do/promises.made?organisation={cast.council}&person={cast.rosa.person}")
    assert '<p class="kicker">Rosa Marlow</p>' in form and "The person above" not in form


def send(client: Client, content: bytes, what: str = "promises", name: str = "results.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/import/", {"what": what, "file": file, "source": "Council website"})


def test_a_file_is_looked_at_first_and_goes_in_when_that_is_right(cast: Cast) -> None:
    ken = browser_of(cast.ken)
    sent = send(ken, b"Thing,By when,progress\nMend the lift,30/06/2026,100\n")
    assert sent.status_code == 302, sent.content.decode()[:2000]
    refused: Any = ken.get(sent["Location"])
    assert refused.status_code == 422 and "what each row is about" in refused.content.decode()
    asked = refused.content.decode()
    assert "Which column is which?" in asked and "--map" not in asked, "a page asks on the page"
    assert 'name="column_title"' in asked and '<option value="By when">' in asked
    slipped: Any = ken.get(sent["Location"] + "?look=1&column_title=Thing&column_percent=By+when")
    assert slipped.status_code == 422 and 'name="column_title"' in slipped.content.decode()
    look: Any = ken.get(
        sent["Location"] + "?look=1&column_title=Thing&column_due_on=By+when&column_percent=progress"
    )
    text = look.content.decode()
    assert look.status_code == 200, text[:2000]
    assert "day first" in text and "Mend the lift" in text
    assert not Import.everything.exists()
    taken: Any = ken.post(sent["Location"])
    assert taken.status_code == 302
    shown = page(None, taken["Location"])
    assert "The owner says done. Nobody it was made to has been asked." in shown
    assert "Made to: not said." in shown and "Line 2 of the file." in shown
    again: Any = send(ken, b"title,due\nMend the lift,2026-06-30\n")
    assert browser_of(cast.june).get(again["Location"]).status_code == 404


def test_a_column_that_we_guessed_can_be_left_out_and_what_was_guessed_is_there_to_choose(cast: Cast) -> None:
    ken = browser_of(cast.ken)
    sent = send(ken, b"title,due,plan\nMend the lift,2026-06-30,The plan of 2026\n")
    look: Any = ken.get(sent["Location"] + "?look=1&column_title=title&column_due_on=due&column_part_of=-")
    text = look.content.decode()
    assert look.status_code == 200 and "The plan of 2026" not in text
    assert "We leave out these columns:" in text
    taken: Any = ken.post(sent["Location"])
    assert "The plan of 2026" not in page(None, taken["Location"])
    unclear = send(ken, b"Thing,due,plan\nMend the ramp,2026-06-30,The plan of 2026\n")
    asked = browser_of(cast.ken).get(unclear["Location"]).content.decode()
    assert '<option value="due" selected>' in asked, "what we guess is chosen already"


def test_the_page_asks_which_comes_first_and_takes_the_answer(cast: Cast) -> None:
    ken = browser_of(cast.ken)
    sent = send(ken, b"title,due\nMend the lift,03/04/2026\n")
    question: Any = ken.get(sent["Location"])
    assert "The day comes first" in question.content.decode()
    look: Any = ken.get(sent["Location"] + "?look=1&dates=mdy")
    assert "4 March 2026" in look.content.decode() and "03/04/2026" not in look.content.decode()
    look = ken.get(sent["Location"] + "?look=1&dates=dmy")
    text = look.content.decode()
    assert "3 April 2026" in text and "has 1 row. It becomes" in text and "Take in 1 row<" in text
    ken.post(sent["Location"])
    assert str(ClaimedPromise.everything.get().due_on) == "2026-04-03"
    twice = send(ken, b"title,due\nMend the lift,03/04/2026\n")
    ken.get(twice["Location"] + "?look=1&dates=dmy")
    same: Any = ken.post(twice["Location"])
    assert "Nothing changed." in same.content.decode()


def test_a_long_file_goes_on_from_page_to_page_and_shows_nothing_before_the_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "SECONDS", 0.0)
    ken = browser_of(cast.ken)
    sent = send(ken, b"title\n" + b"".join(b"Promise %d\n" % number for number in range(150)))
    answer: Any = ken.post(sent["Location"])
    assert "Nobody sees any of it before all of it is in." in answer.content.decode()
    assert not ClaimedPromise.objects.seen_by(Actor()).exists()
    for _press in range(20):
        answer = ken.post(sent["Location"])
        if answer.status_code == 302:
            break
    assert ClaimedPromise.objects.seen_by(Actor()).count() == 150


@pytest.mark.parametrize("name", ["rosa", "stranger", "lena"])
def test_only_staff_can_bring_a_file_in(cast: Cast, name: str) -> None:
    assert "Only staff" in page(getattr(cast, name), "/import/", 403)
    page(None, "/import/", 403)


def test_programs_read_what_their_person_may_see(cast: Cast, ramp: UUID) -> None:
    rosa: Any = browser_of(cast.rosa).get("/api/promises/")
    assert [one["what"] for one in rosa.json()["items"]] == ["Mend the ramp."]
    nobody: Any = browser_of(None).get("/api/promises/")
    assert nobody.json()["items"] == []
    assert browser_of(cast.stranger).get(f"/api/promises/{ramp}").status_code == 404
    assert browser_of(cast.rosa).get(f"/api/promises/{ramp}").json()["id"] == str(ramp)


def test_a_link_from_a_file_is_a_web_address_or_only_text(cast: Cast) -> None:
    ken = browser_of(cast.ken)
    content = b"title,url\nMend the lift,javascript:alert(1)\nOpen the hall,https://wexmoor.example/hall\n"
    sent = send(ken, content)
    taken: Any = ken.post(sent["Location"])
    text = page(None, taken["Location"])
    assert "javascript:" not in text
    assert 'href="https://wexmoor.example/hall"' in text


def test_the_easy_read_page_asks_the_same_question(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        rosa = browser_of(cast.rosa)
        rosa.cookies["reading"] = "..easy"
        answer: Any = rosa.get(f"/promises/{ramp}")
        text = answer.content.decode()
    assert "Did they do it? Only you can say." in text
    assert "No, it was not kept" in text


def test_of_a_promise_to_two_people_neither_sees_how_the_other_answered(cast: Cast) -> None:
    made = MakePromise(
        organisation=cast.council,
        person=cast.rosa.person,
        made_to=[cast.rosa.person, cast.lena.person],
        what="Ring both of you.",
        due_on=date(2026, 5, 1),
        is_private=True,
    )
    ramp = do(made, by=cast.ken).thing
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "not_kept"), by=cast.rosa)
        text = page(cast.lena, f"/promises/{ramp}")
        assert "of 2 people" not in text and "said it was not kept" not in text
        assert "of 2 people" in page(cast.ken, f"/promises/{ramp}")


def test_a_promise_to_two_people_names_both_in_a_sentence(cast: Cast) -> None:
    ramp = promised(cast, to=cast.rosa, made_to=[cast.rosa.person, cast.devon.person])
    assert "A promise to Rosa Marlow and you" in page(cast.devon, f"/promises/{ramp}")


def test_an_advocate_who_answered_for_somebody_reads_that_answer_as_how_it_stands(cast: Cast) -> None:
    """It read "The owner says it is done" over the answer that they had given."""
    made = promised(cast, to=cast.lena, by=cast.priya, what="A lock for the door.")
    with clock.at(LATER):
        do(ReportProgress(promise=made, percent=100), by=cast.priya)
        assert "The owner says it is done." in page(cast.mina, f"/promises/{made}")
        do(judge(made, cast.lena.person, "partly"), by=cast.mina)
        text = page(cast.mina, f"/promises/{made}")
    assert "The owner says it is done." not in text and "Partly kept" in text


def test_a_day_that_is_only_asked_for_does_not_read_as_if_it_held_already(cast: Cast, ramp: UUID) -> None:
    do(ProposeDate(promise=ramp, due_on=date(2026, 6, 1), why="The wood is late."), by=cast.ken)
    text = page(cast.ken, f"/promises/{ramp}")
    assert "It was promised for" in text and "Before, it was" not in text


def test_a_list_says_of_whom_an_answer_is_waited_for_to_whoever_knows_who_has_answered(cast: Cast) -> None:
    """“1 of 2 people said it was kept”, and nobody read whom to ring."""
    ramp = promised(cast, to=cast.rosa, made_to=[cast.rosa.person, cast.devon.person])
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
        words = "1 of 2 people said it was kept. We wait for the answer of Devon Marlow."
        assert words in page(cast.ken, "/promises/")
        for other in (cast.rosa, cast.devon, None):
            assert "We wait for the answer" not in page(other, "/promises/")


def test_to_a_group_a_promise_is_said_as_no_sentence_that_begins_twice(cast: Cast) -> None:
    made = MakePromise(
        organisation=cast.council,
        group="Everyone who came",
        group_size=12,
        what="Open the hall.",
        due_on=date(2026, 5, 1),
    )
    hall = do(made, by=cast.june).thing
    for address in (f"/promises/{hall}", "/promises/"):
        text = page(None, address)
        assert "A promise to: Everyone who came" in text and "A promise to Everyone" not in text


def test_an_owner_reads_of_themself_what_they_say_is_done(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        made = promised(cast, to=cast.rosa, what="Mend the ramp.", due_on=date(2026, 3, 9))
        do(ReportProgress(promise=made, percent=60), by=cast.ken)
        own, hers = page(cast.ken, f"/promises/{made}"), page(cast.rosa, f"/promises/{made}")
    assert "You say 60 out of 100 is done." in own and "The owner says" not in own
    assert "The owner says 60 out of 100 is done." in hers and "You say" not in hers
