"""Feedback with no account: how it comes, how its giver comes back, and what becomes of it."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given as given_
from hypothesis import strategies as st

from alongside.interfaces import words
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.few import parts_told
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import NOBODY, PUBLIC, THE_CLOCK, Actor
from alongside.topics.decisions.models import Concern
from alongside.topics.people.commands.bodies import AddOffice, AddOrganisation, AppointToOffice
from alongside.topics.voice import commands
from alongside.topics.voice.engine import GivenPiece, in_ward
from alongside.topics.voice.models import Contact, Feedback, FeedbackWord
from alongside.topics.voice.pages import telling
from alongside.topics.voice.pages.feedback import MOST_TRIES
from alongside.topics.voice.policy.counting import feedback_counts, feedback_of_ward
from tests.interfaces.conftest import browser_of
from tests.visitor import read
from tests.world import BUILDER, Cast
from tests.written import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
MARK = "MARK-FEEDBACK"
KEY = "k" * 22


def sent(cast: Cast, browser: Client | None = None, **more: Any) -> tuple[str, Any]:
    """(the code, the answer) of our own form, as a stranger sends it."""
    values = {"organisation": str(cast.council), "words": MARK, "channel": "web", "form_key": KEY, **more}
    answer = (browser or browser_of()).post("/tell-us/say", values)
    found = re.search(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4})</strong>", answer.content.decode())
    return (found.group(1) if found else ""), answer


def given(cast: Cast, **more: Any) -> Feedback:
    values: dict[str, Any] = {"organisation": cast.council, "words": MARK, **more}
    done = do(commands.GiveFeedback(**values), by=NOBODY)
    row: Feedback = Feedback.everything.get(id=done.thing)
    return row


def test_the_form_of_a_reply_says_what_was_written_and_nothing_that_is_not_there_yet(cast: Cast) -> None:
    row = given(cast)
    shown = browser_of(cast.june).get(f"/do/voice.feedback_replied?feedback={row.id}").content.decode()
    assert MARK in shown and 'class="view"' not in shown


def test_a_stranger_gives_feedback_and_comes_back_with_a_code_to_read_the_reply(cast: Cast) -> None:
    code, answer = sent(cast)
    assert answer.status_code == 200 and code
    row = Feedback.everything.get()
    assert row.said_by == PUBLIC
    do(
        commands.ReplyToFeedback(feedback=row.id, result="did_not", because="There is no money."),
        by=cast.june,
    )
    back = browser_of()
    assert back.get(f"/tell-us/{row.id}").status_code == 404
    opened = back.post("/tell-us/answer", {"code": code.lower().replace("-", " ")})
    assert opened.status_code == 302 and opened["Location"] == f"/tell-us/{row.id}"
    page = back.get(f"/tell-us/{row.id}").content.decode()
    assert MARK in page and "There is no money." in page and "Head of adult social care" in page
    asked = back.get(f"/tell-us/{row.id}?say=judge").content.decode()
    assert "needed, unless it is about this website" in browser_of().get("/tell-us/say").content.decode()
    assert "There is no money." in asked, "nobody judges a reply that is not there to read"
    judged = back.post(
        f"/tell-us/{row.id}?say=judge",
        {"feedback": str(row.id), "judged": "no", "words": "Look again.", "form_key": KEY},
    )
    assert judged.status_code == 302
    assert Feedback.everything.get().judged == "no"
    assert FeedbackWord.everything.get().kind == "judged"


def test_the_receipt_says_by_which_day_they_must_reply(cast: Cast) -> None:
    _code, answer = sent(cast)
    by_when = words.day(Feedback.everything.get().due_on)
    assert f"They must reply by {by_when}." in answer.content.decode()
    browser = browser_of()
    browser.cookies["reading"] = "..easy"
    easy = sent(cast, browser, form_key="j" * 22)[1].content.decode()
    assert "They must answer by this day." in easy and by_when in easy
    worry = sent(cast, form_key="i" * 22, is_unsafe="on")[1].content.decode()
    assert "The duty team will read" in worry and "must reply by" not in worry


def test_what_is_said_about_this_website_reaches_the_people_who_run_it(cast: Cast) -> None:
    office = do(AddOffice(organisation=cast.council, name="Website"), by=cast.june).thing
    do(AppointToOffice(office=office, person=cast.omar.person), by=cast.june)
    do(commands.NameDesk(organisation=cast.council, purpose="website", office=office), by=cast.june)
    before = Outbox.objects.count()
    code, answer = sent(cast, organisation="", about_what="website")
    assert answer.status_code == 200 and code
    row = Feedback.everything.get()
    assert (row.organisation, row.is_about_site) == (cast.council, True)
    told = [one.payload["person"] for one in Outbox.objects.order_by("id")[before:]]
    assert cast.omar.person is not None and told == [cast.omar.person.hex]
    other, omar = given(cast), replace(cast.omar, strong=True)
    assert not Feedback.objects.seen_by(omar).filter(id=other.id).exists()  # he answers for the site only
    assert "This website" in browser_of(omar).get("/tell-us/replies").content.decode()
    do(commands.ReplyToFeedback(feedback=row.id, result="did", because="They are bigger now."), by=omar)
    with pytest.raises(Missing):
        do(commands.ReplyToFeedback(feedback=other.id, result="did", because="It is."), by=omar)


def test_about_a_body_it_must_be_said_which_and_what_was_typed_is_kept(cast: Cast) -> None:
    _code, answer = sent(cast, organisation="")
    text = answer.content.decode()
    assert answer.status_code == 422 and not Feedback.everything.exists()
    assert "Choose whom it is about. They must reply by a date." in text and MARK in text


@pytest.mark.parametrize("where", ["/tell-us/say", "/tell-us/write-down"])
def test_where_there_are_many_bodies_one_is_found_by_its_name_and_what_was_typed_is_kept(
    cast: Cast, where: str
) -> None:
    """“Find and choose” sent the form, which was refused for want of a body: in a place with many of them
    nobody could tell any of them anything."""
    homes = [do(AddOrganisation(name=f"Home {each}", kind="provider"), by=BUILDER) for each in range(14)]
    browser = browser_of(cast.priya if where.endswith("down") else None)
    typed = {"words": MARK, "channel": "web", "form_key": KEY}
    asked = browser.post(where, {**typed, "choose_which": "organisation"})
    assert asked.status_code == 200 and "Type a part of the name" in asked.content.decode()
    finding = {**typed, "choose_which": "organisation", "choose_part": "Home 11", "choose_find": ""}
    assert "Home 11" in browser.post(where, finding).content.decode()
    done = {"choose_chosen": str(homes[11].thing), "choose_done": "one"}
    chosen = {**typed, "choose_which": "organisation", **done}
    text = browser.post(where, chosen).content.decode()
    assert MARK in text and "Home 11" in text and not Feedback.everything.exists()


def test_a_double_click_is_one_piece_of_feedback_with_one_code(cast: Cast) -> None:
    first, _answer = sent(cast)
    second, _answer = sent(cast)
    assert first == second
    assert Feedback.everything.count() == 1


def test_the_code_is_kept_nowhere(cast: Cast) -> None:
    code, _answer = sent(cast)
    bare = code.replace("-", "")
    for each in written():
        assert code not in each.header and bare not in each.header
    row = Feedback.everything.get()
    assert code not in row.finder and len(row.finder) == 64


def test_who_has_signed_in_is_not_written_down_as_its_giver(cast: Cast) -> None:
    sent(cast, browser_of(cast.rosa))
    assert Feedback.everything.get().said_by == PUBLIC
    authors = {each.entry.by for each in written() if "feedback" in each.kind}
    assert authors == {PUBLIC}


def test_a_wrong_code_opens_nothing_and_many_wrong_codes_are_stopped(cast: Cast) -> None:
    code, _answer = sent(cast)
    back = browser_of()
    wrong = "AAAA-AAAA" if code != "AAAA-AAAA" else "CCCC-CCCC"
    for _each in range(10):
        assert back.post("/tell-us/answer", {"code": wrong}).status_code == 422
    assert back.post("/tell-us/answer", {"code": code}).status_code == 429
    clock.advance(minutes=20)
    assert back.post("/tell-us/answer", {"code": code}).status_code == 302


@pytest.mark.parametrize("channel", ["phone", "text", "paper", "spoken"])
def test_who_took_the_call_or_the_slip_writes_it_down_and_hands_over_the_code(
    cast: Cast, channel: str
) -> None:
    values = {
        "at_body": str(cast.council),
        "organisation": str(cast.council),
        "words": MARK,
        "channel": channel,
        "read_back": "on",
        "form_key": KEY,
    }
    answer = browser_of(cast.dee).post("/tell-us/write-down", values)
    assert "Give them this code." in answer.content.decode()
    row = Feedback.everything.get()
    assert (row.channel, row.said_by) == (channel, PUBLIC)
    with pytest.raises(NotAllowed):
        do(commands.JudgeFeedbackReply(feedback=row.id, judged="yes"), by=cast.june)
    assert browser_of().get("/tell-us/write-down").status_code == 404


@pytest.mark.parametrize(
    ("channel", "hand_over", "bring"),
    [
        ("web", "", "Tell them that there is a reply, and nothing more."),
        ("phone", "Say it slowly", "Ring them, and read them the reply."),
        ("text", "Send it in a text", "Send them a text that says only"),
        ("paper", "Write it on the part they keep", "Print this page, and post it to them"),
    ],
)
def test_by_each_of_the_four_ways_what_became_of_it_reaches_whoever_gave_it(
    cast: Cast, channel: str, hand_over: str, bring: str
) -> None:
    """From the first word to the reply, why it is not shown, and what those who replied do to bring it."""
    values: dict[str, Any] = {
        "organisation": str(cast.council),
        "words": MARK,
        "channel": channel,
        "form_key": KEY,
    }
    values |= {"contact": "01632 960 123, mornings", "may_be_shown": "on"}
    if channel == "web":
        _code, answer = sent(cast, **values)
    else:
        typed = {**values, "at_body": str(cast.council), "read_back": "on"}
        answer = browser_of(cast.dee).post("/tell-us/write-down", typed)
    html = answer.content.decode()
    found = re.search(r"<strong>([0-9A-Z]{4}-[0-9A-Z]{4})</strong>", html)
    assert found is not None and hand_over in html
    row = Feedback.everything.get()
    address = f"/tell-us/{row.id}"
    assert bring not in browser_of(cast.june).get(address).content.decode(), "nothing to bring yet"
    do(commands.ReplyToFeedback(feedback=row.id, result="partly", because="Two more ramps."), by=cast.june)
    do(commands.ModerateFeedback(feedback=row.id, is_shown=False, reason="names_someone"), by=cast.june)
    theirs = browser_of(cast.june).get(address).content.decode()
    assert bring in theirs and "01632 960 123" in theirs
    for reader in (
        browser_of(),
        browser_of(cast.dee),
    ):  # themself, and whoever takes their call with the code
        reader.post("/tell-us/answer", {"code": found.group(1)})
        told = reader.get(address).content.decode()
        for part in (MARK, "We did part of it", "Two more ramps.", "They name or point to a person"):
            assert part in told, part
        assert bring not in told


def test_whoever_replies_reads_that_no_way_was_left_to_reach_whoever_gave_it(cast: Cast) -> None:
    row = given(cast)
    do(commands.ReplyToFeedback(feedback=row.id, result="did", because="Done."), by=cast.june)
    theirs = browser_of(cast.june).get(f"/tell-us/{row.id}").content.decode()
    assert "They left no way to reach them." in theirs


def test_what_was_typed_for_somebody_must_have_been_read_back(cast: Cast) -> None:
    typed = commands.WriteDownFeedback(
        at_body=cast.council, organisation=cast.council, words=MARK, channel="phone"
    )
    with pytest.raises(Refused, match="Read it back"):
        do(typed, by=cast.dee)


def test_a_worry_about_safety_goes_to_the_duty_team_and_shows_the_stranger_nothing(cast: Cast) -> None:
    code, answer = sent(cast, is_unsafe="on")
    page = answer.content.decode()
    assert code == "" and MARK not in page and "The duty team will read" in page
    assert Concern.everything.get().words.words == MARK
    row = Feedback.everything.get()
    assert row.words is None and row.is_for_duty
    for actor in cast.everyone().values():
        assert MARK not in browser_of(actor).get("/tell-us/replies").content.decode()
    assert MARK in browser_of(cast.dee).get("/worries/").content.decode()


def test_whoever_reads_a_worry_in_feedback_passes_it_on_and_it_is_gone_from_there(cast: Cast) -> None:
    row = given(cast)
    do(commands.PassToDuty(feedback=row.id), by=cast.june)
    assert Concern.everything.get().words.words == MARK
    assert Feedback.everything.get().words is None
    assert browser_of(cast.june).get(f"/tell-us/{row.id}").status_code == 404


def test_who_gave_it_is_asked_only_for_a_stated_reason_and_need_not_say(cast: Cast) -> None:
    code, _answer = sent(cast)
    row = Feedback.everything.get()
    back = browser_of()
    back.post("/tell-us/answer", {"code": code})
    assert "They ask who you are" not in back.get(f"/tell-us/{row.id}").content.decode()
    do(commands.AskWhoTheyAre(feedback=row.id, reason="pay_back"), by=cast.june)
    page = back.get(f"/tell-us/{row.id}").content.decode()
    assert "To pay you what is yours" in page and "You do not have to say." in page
    do(commands.ReplyToFeedback(feedback=row.id, result="did", because="Paid."), by=cast.june)
    back.post(f"/tell-us/{row.id}?say=who", {"feedback": str(row.id), "words": "Flat 3", "form_key": KEY})
    assert str(Contact.everything.get().words) == "Flat 3"
    assert "Flat 3" in browser_of(cast.june).get(f"/tell-us/{row.id}").content.decode()


def test_why_words_are_not_shown_reaches_whoever_wrote_them(cast: Cast) -> None:
    code, _answer = sent(cast, may_be_shown="on")
    row = Feedback.everything.get()
    show = commands.ModerateFeedback(feedback=row.id, is_shown=True)
    do(commands.ReplyToFeedback(feedback=row.id, result="did", because="Done."), by=cast.june)
    with pytest.raises(Refused, match="Say why not"):
        do(commands.ModerateFeedback(feedback=row.id, is_shown=False), by=cast.june)
    do(commands.ModerateFeedback(feedback=row.id, is_shown=False, reason="names_someone"), by=cast.june)
    back = browser_of()
    back.post("/tell-us/answer", {"code": code})
    assert "They name or point to a person" in back.get(f"/tell-us/{row.id}").content.decode()
    assert MARK not in browser_of().get("/tell-us/replies").content.decode()
    do(show, by=cast.june)
    assert MARK in browser_of().get("/tell-us/replies").content.decode()


def test_what_its_giver_wants_kept_is_never_shown(cast: Cast) -> None:
    row = given(cast)
    do(commands.ReplyToFeedback(feedback=row.id, result="did", because="Done."), by=cast.june)
    with pytest.raises(Refused, match="did not want it shown"):
        do(commands.ModerateFeedback(feedback=row.id, is_shown=True), by=cast.june)
    answers_it = browser_of(cast.june).get(f"/tell-us/{row.id}").content.decode()
    assert MARK in answers_it and "say if everyone may" not in answers_it, (
        "nothing is offered that is refused"
    )
    for name in ("priya", "omar", "rosa", "boyd", "tom"):
        assert browser_of(cast.everyone()[name]).get(f"/tell-us/{row.id}").status_code == 404


def test_a_reply_needs_its_reason_and_a_late_one_is_noted_once(cast: Cast) -> None:
    row = given(cast)
    with pytest.raises(Refused, match="Give a reason"):
        do(commands.ReplyToFeedback(feedback=row.id, result="did", because=""), by=cast.june)
    clock.advance(days=20)
    for command in list(commands.due(clock.now())):
        do(command, by=THE_CLOCK)
    assert Feedback.everything.get().overdue_on == clock.today()
    assert not list(commands.due(clock.now()))


def test_people_who_share_an_address_are_not_barred_they_answer_one_more_question(cast: Cast) -> None:
    for number in range(telling.MANY):
        code, _answer = sent(cast, form_key=f"{KEY}{number}", words=f"From the library {number}")
        assert code
    code, answer = sent(cast, form_key=f"{KEY}-more")
    assert code == "" and "Please type the word" in answer.content.decode()
    code, _answer = sent(cast, form_key=f"{KEY}-more", still_here="Together")
    assert code
    assert Feedback.everything.count() == telling.MANY + 1


def test_small_numbers_of_feedback_are_not_shown_and_none_follows_from_the_rest(cast: Cast) -> None:
    rows = [given(cast) for _each in range(9)]
    for row in rows[:2]:
        do(commands.ReplyToFeedback(feedback=row.id, result="did", because="Done."), by=cast.june)
    found = feedback_counts(clock.today())
    assert found.results == (None, 0, 0, None, 0)  # of nine, seven would tell of the two
    assert (found.total, found.some_more) == (9, True)


def test_a_code_opens_its_own_feedback_and_no_other(cast: Cast) -> None:
    one, other = given(cast), given(cast)
    giver = Actor(only=one.id, way="code")
    do(commands.AddToFeedback(feedback=one.id, words="More."), by=giver)
    with pytest.raises(Missing):
        do(commands.AddToFeedback(feedback=other.id, words="More."), by=giver)
    with pytest.raises(Missing):
        do(commands.AddToFeedback(feedback=one.id, words="More."), by=NOBODY)


def test_a_program_reads_what_became_of_it_with_the_code(cast: Cast) -> None:
    row = given(cast, code="K7MP-3XQ9")
    assert Feedback.everything.get(id=row.id).finder
    answer = browser_of().get("/api/voice/feedback/receipt", headers={"Receipt-Code": "k7mp3xq9"})
    assert answer.json()["words"] == MARK
    assert (
        browser_of().get("/api/voice/feedback/receipt", headers={"Receipt-Code": "AAAA-AAAA"}).status_code
        == 404
    )


def test_a_program_that_guesses_codes_is_told_how_long_to_wait(cast: Cast) -> None:
    address, guess = "/api/voice/feedback/receipt", {"Receipt-Code": "AAAA"}
    for _each in range(MOST_TRIES):
        assert browser_of().get(address, headers=guess).status_code == 404
    answer = browser_of().get(address, headers=guess)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "Wait 15 minutes, then try again."


# Numbers of feedback: five pieces at a time, and no ward follows from all -----------------------------


def in_north(cast: Cast) -> tuple[UUID, UUID]:
    """Two wards, with Councillor Boyd sitting for the first."""
    wards = [
        do(commands.NameWard(organisation=cast.council, name=name), by=cast.june).thing
        for name in ("North", "South")
    ]
    do(commands.SeatCouncillor(ward=wards[0], councillor=cast.boyd.person), by=cast.june)
    return wards[0], wards[1]


def test_one_more_piece_changes_nothing_that_a_visitor_reads(cast: Cast) -> None:
    rows = [given(cast) for _each in range(10)]
    addresses = ("/tell-us/replies", "/api/voice/feedback/counts")
    before = [read(one) for one in addresses]
    given(cast)
    do(commands.ReplyToFeedback(feedback=rows[0].id, result="did_not", because="No."), by=cast.june)
    giver = Actor(only=rows[0].id, way="code")
    do(commands.JudgeFeedbackReply(feedback=rows[0].id, judged="no"), by=giver)
    assert [read(one) for one in addresses] == before


def test_what_a_ward_waits_for_less_all_wards_tells_nothing_of_another(cast: Cast) -> None:
    north, south = in_north(cast)
    for ward, many in ((north, 10), (south, 2), (None, 8)):
        for _each in range(many):
            do(commands.GiveFeedback(organisation=cast.council, words="It is cold.", ward=ward), by=NOBODY)
    assert feedback_counts(clock.today()).results == (0, 0, 0, 20, 0)
    told = [feedback_of_ward(one, clock.today())[0] for one in (north, south)]
    assert told[1] is None
    # the two and the eight are hidden together: 20 less 10 is ten people of two wards, and no few
    assert told[0] == 10


def test_how_many_are_late_is_told_of_every_ward_or_of_none(cast: Cast) -> None:
    def pieces(ward: str, waits: int, late: int) -> list[GivenPiece]:
        return [GivenPiece("web", ward, "waits")] * waits + [GivenPiece("web", ward, "late")] * late

    one = [*pieces("north", 7, 8), *pieces("south", 9, 6)]
    assert in_ward(one, "north", smallest=5) == (15, 8)
    # south alone would hide how many are late, and it would follow from all wards less north
    other = [*pieces("north", 7, 8), *pieces("south", 2, 6)]
    assert in_ward(other, "north", smallest=5) == (15, None)
    assert in_ward([*pieces("north", 3, 8)], "north", smallest=5) == (None, None)


table = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=4)


@given_(table, st.integers(0, 11))
def test_no_few_of_any_ward_follow_by_subtraction(wards: list[tuple[int, int]], did: int) -> None:
    """Whoever has every ward's numbers and the place's, and takes them from each other in every way."""
    pieces = [GivenPiece("web", None, "did")] * did
    for at, (waits, late) in enumerate(wards):
        pieces += [GivenPiece("web", at, "waits")] * waits + [GivenPiece("web", at, "late")] * late
    # unknown: did, then for each ward how many wait in time and how many are late
    places = 1 + 2 * len(wards)

    def of(*which: int) -> list[int]:
        return [int(place in which) for place in range(places)]

    known: list[list[int]] = []
    stands = [did, sum(waits for waits, _late in wards), sum(late for _waits, late in wards)]
    told = parts_told([stands[0], 0, 0, *stands[1:]], smallest=5)
    ends = [[1] + [0] * (places - 1), [0] + [1, 0] * len(wards), [0] + [0, 1] * len(wards)]
    if sum(stands) >= 5:
        known.append([1] * places)
    known += [row for row, one in zip(ends, (told[0], told[3], told[4]), strict=True) if one is not None]
    for at in range(len(wards)):
        both, late_ones = of(1 + 2 * at, 2 + 2 * at), of(2 + 2 * at)
        shown = in_ward(pieces, at, smallest=5)
        known += [row for row, one in zip((both, late_ones), shown, strict=True) if one is not None]
    for at, (waits, late) in enumerate(wards):
        here, there = 1 + 2 * at, 2 + 2 * at
        for value, which in ((waits, of(here)), (late, of(there)), (waits + late, of(here, there))):
            if 0 < value < 5:
                assert not follows(which, known)


def follows(wanted: list[int], known: list[list[int]]) -> bool:
    """Whether a sum of unknown numbers is fixed by sums that are known: by adding and subtracting them."""
    rank = ranked(known)
    return ranked([*known, wanted]) == rank


def ranked(rows: list[list[int]]) -> int:
    left, rank = [[Fraction(one) for one in row] for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        at = next((n for n in range(rank, len(left)) if left[n][column]), None)
        if at is None:
            continue
        left[rank], left[at] = left[at], left[rank]
        for n in range(rank + 1, len(left)):
            part = left[n][column] / left[rank][column]
            left[n] = [a - part * b for a, b in zip(left[n], left[rank], strict=True)]
        rank += 1
    return rank


# Read first, as all words that everyone may read ------------------------------------------------------


def test_a_user_led_organisation_shows_what_the_body_holds_back(cast: Cast) -> None:
    code, _answer = sent(cast, may_be_shown="on")
    row = Feedback.everything.get()
    look = commands.ModerateFeedback(feedback=row.id, is_shown=True)
    hide = commands.ModerateFeedback(feedback=row.id, is_shown=False, reason="abuse")
    do(hide, by=cast.june)
    assert MARK not in read("/tell-us/replies") and "is held back. Why: They attack" in read(
        "/tell-us/replies"
    )
    do(look, by=cast.ana)
    assert MARK in read("/tell-us/replies") and "No reply yet" in read("/tell-us/replies")
    do(hide, by=cast.june)  # it asks; the words stand
    assert MARK in read(f"/tell-us/{row.id}") and "showed words here to everyone" in read(
        f"/tell-us/{row.id}"
    )
    assert MARK in browser_of(cast.ana).get("/words-to-read").content.decode()
    do(hide, by=cast.ana)
    assert read(f"/tell-us/{row.id}").startswith("404")
    back = browser_of()
    back.post("/tell-us/answer", {"code": code})
    assert "They attack somebody for who they are" in back.get(f"/tell-us/{row.id}").content.decode()


def test_feedback_waits_in_the_one_list_and_the_page_says_who_has_not_read_it(cast: Cast) -> None:
    sent(cast, may_be_shown="on")
    sent(cast, form_key="m" * 22, words="Between us.")
    for who in (cast.june, cast.ana):
        waiting = browser_of(who).get("/words-to-read").content.decode()
        assert MARK in waiting and "Between us." not in waiting
    clock.advance(days=7)
    assert "has not read it first, and no user-led organisation has" in read("/tell-us/replies")
    assert MARK not in read("/tell-us/replies")


def test_nobody_outside_reads_first_what_its_giver_keeps_from_everyone(cast: Cast) -> None:
    row = given(cast)
    with pytest.raises(Missing):
        do(commands.ModerateFeedback(feedback=row.id, is_shown=True), by=cast.ana)
    assert browser_of(cast.ana).get(f"/tell-us/{row.id}").status_code == 404
