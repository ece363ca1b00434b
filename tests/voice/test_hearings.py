"""Who asked to be heard, what was offered and granted, and what in fact happened."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, THE_CLOCK
from alongside.topics.voice import commands
from alongside.topics.voice.commands.appeals import HearingIsLate
from alongside.topics.voice.commands.resolutions import NoteQuote
from alongside.topics.voice.models import Account, Appeal, Hearing, Offer
from alongside.topics.voice.policy.counting import hearing_counts
from tests.interfaces.conftest import browser_of
from tests.visitor import page as read
from tests.voice import acts
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


@pytest.fixture(autouse=True)
def _offices(cast: Cast) -> None:
    acts.offices(cast)


def test_five_minutes_asked_and_leaflets_offered_is_seen_as_a_part_taken_under_protest(cast: Cast) -> None:
    pk = acts.asked(cast)
    clock.advance(days=4)
    offer = acts.offered(cast, pk)
    asked = read(cast.ana, f"/do/voice.offer_answered?hearing={pk}&offer={offer}")
    assert "Leaflets only" in asked and "The programme is full." in asked and "Minutes asked for" in asked
    do(
        commands.AnswerOffer(hearing=pk, offer=offer, answer="protest", words="We wanted to speak."),
        by=cast.ana,
    )
    row = Hearing.everything.get(id=pk)
    assert (row.minutes_asked, row.minutes_granted, row.state) == (5, 0, "protest")
    assert row.outcome == "leaflets", "nothing granted to speak is not a grant"
    assert row.days_taken == 4  # Monday to Friday
    assert row.is_user_led
    page = Client().get(f"/hearings/{pk}", headers={"host": "localhost"}).content.decode()
    assert "0 of 5 minutes: Leaflets only" in page
    assert "This is less than they asked for." in page
    assert "The programme is full." in page
    register = Client().get("/hearings/", headers={"host": "localhost"}).content.decode()
    assert "1 leaflets only, no time to speak" in register and "granted in part" not in register
    assert "Taken under protest" in register


def test_the_five_minutes_they_asked_for_are_granted_whole_and_need_no_reason(cast: Cast) -> None:
    pk = acts.asked(cast)
    offer = acts.offered(cast, pk, minutes=5, way="in_person", reason="")
    do(commands.AnswerOffer(hearing=pk, offer=offer, answer="accepted"), by=cast.ana)
    assert Hearing.everything.get(id=pk).outcome == "whole"


def test_leaflets_are_no_minutes(cast: Cast) -> None:
    """Minutes in which nobody may speak are not shown beside the minutes that were asked for."""
    pk = acts.asked(cast)
    with pytest.raises(Refused, match="Nobody speaks with leaflets only"):
        acts.offered(cast, pk, minutes=5, way="leaflets", reason="The programme is full.")
    acts.offered(cast, pk, minutes=0, way="leaflets", reason="The programme is full.")
    assert Offer.everything.get().minutes == 0


def test_less_than_they_asked_for_needs_a_reason(cast: Cast) -> None:
    pk = acts.asked(cast)
    with pytest.raises(Refused, match="less than they asked for"):
        acts.offered(cast, pk, minutes=4, way="in_person", reason="")


def test_a_refusal_needs_reasons_and_what_would_change_it(cast: Cast) -> None:
    pk = acts.asked(cast)
    with pytest.raises(Refused) as told:
        do(commands.RefuseHearing(hearing=pk, reasons="", would_change=""), by=cast.june)
    assert {reason.field for reason in told.value.reasons} == {"reasons", "would_change"}
    do(commands.RefuseHearing(hearing=pk, reasons="Full.", would_change="A later day."), by=cast.june)
    assert Hearing.everything.get(id=pk).was_refused


def test_an_appeal_goes_to_somebody_who_did_not_refuse_and_reopens_the_request(cast: Cast) -> None:
    from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
    from tests.world import BUILDER, named

    pk = acts.asked(cast)
    do(commands.RefuseHearing(hearing=pk, reasons="Full.", would_change="A later day."), by=cast.june)
    with pytest.raises(Refused, match="This office refused"):
        do(commands.AppealRefusal(hearing=pk, office=cast.junes_office), by=cast.ana)
    chair = {"office": named("a chair"), "person": cast.ana.person}
    do(AddOffice(office=chair["office"], organisation=cast.ulo, name="Chair of our own group"), by=BUILDER)
    do(AppointToOffice(holding=named("ana chairs"), **chair), by=BUILDER)
    offered = read(cast.ana, f"/do/voice.refusal_appealed?hearing={pk}")
    assert "Scrutiny" in offered and "Chair of our own group" not in offered, "of that body alone"
    do(commands.AppealRefusal(hearing=pk, office=acts.SCRUTINY, words="It is about us."), by=cast.ana)
    appeal = Appeal.everything.get(hearing=pk)
    assert appeal.due_on == acts.day("2026-03-16")
    answer = commands.AnswerAppeal(hearing=pk, appeal=appeal.id, upheld=True, answer="Hear them.")
    with pytest.raises(NotAllowed):
        do(answer, by=cast.june)
    do(answer, by=cast.boyd)
    row = Hearing.everything.get(id=pk)
    assert row.state == "asked"
    assert row.was_refused  # a refusal does not vanish from the counts because it was put right
    acts.offered(cast, pk, minutes=5, way="in_person", reason="")


def upheld(cast: Cast) -> UUID:
    """A request that was refused, and that an appeal opened again."""
    pk = acts.asked(cast)
    do(commands.RefuseHearing(hearing=pk, reasons="Full.", would_change="A later day."), by=cast.june)
    do(commands.AppealRefusal(hearing=pk, office=acts.SCRUTINY, words="It is about us."), by=cast.ana)
    appeal = Appeal.everything.get(hearing=pk)
    clock.advance(days=3)
    answer = commands.AnswerAppeal(hearing=pk, appeal=appeal.id, upheld=True, answer="Hear them.")
    do(answer, by=cast.boyd)
    return pk


def test_who_refused_does_not_refuse_again_what_an_appeal_opened(cast: Cast) -> None:
    """The reasons appealed against stand as they were given, and those who asked are offered time."""
    pk = upheld(cast)
    page = read(cast.june, f"/hearings/{pk}")
    assert "Offer a place" in page and "Refuse, with reasons" not in page
    with pytest.raises(Refused, match="they are to be heard"):
        do(commands.RefuseHearing(hearing=pk, reasons="No.", would_change="Nothing."), by=cast.june)
    with pytest.raises(Refused, match="Choose how they will speak"):
        acts.offered(cast, pk, minutes=0, way="leaflets", reason="The programme is full.")
    assert str(Hearing.everything.get(id=pk).reasons) == "Full."


def test_an_answer_is_due_before_the_meeting_it_is_for(cast: Cast) -> None:
    """A meeting in four days was answered “by” a day after it. So was an appeal, and what it opened again."""
    meeting = clock.today() + timedelta(days=4)
    before = meeting - timedelta(days=1)
    pk = acts.asked(cast, meets_on=meeting)
    assert Hearing.everything.get(id=pk).answer_due_on == before
    do(commands.RefuseHearing(hearing=pk, reasons="Full.", would_change="A later day."), by=cast.june)
    do(commands.AppealRefusal(hearing=pk, office=acts.SCRUTINY), by=cast.ana)
    appeal = Appeal.everything.get(hearing=pk)
    assert appeal.due_on == before
    do(commands.AnswerAppeal(hearing=pk, appeal=appeal.id, upheld=True, answer="Hear them."), by=cast.boyd)
    assert Hearing.everything.get(id=pk).answer_due_on == before

    today = acts.asked(cast, meets_on=clock.today())
    assert Hearing.everything.get(id=today).answer_due_on == clock.today()
    do(commands.RefuseHearing(hearing=today, reasons="Full.", would_change="A later day."), by=cast.june)
    clock.advance(days=1)
    do(commands.AppealRefusal(hearing=today, office=acts.SCRUTINY), by=cast.ana)
    assert Appeal.everything.get(hearing=today).due_on > clock.today(), "nothing comes in time for it now"


def test_after_an_appeal_a_place_is_to_be_offered_by_a_new_day_and_is_late_after_it(cast: Cast) -> None:
    pk = upheld(cast)
    row = Hearing.everything.get(id=pk)
    assert row.answer_due_on == acts.day("2026-03-19"), "ten working days from the answer to the appeal"
    clock.advance(days=30)
    late = [each for each in commands.due(clock.now()) if isinstance(each, HearingIsLate)]
    assert [each.hearing for each in late] == [pk]
    do(late[0], by=THE_CLOCK)
    assert "The answer is late" in read(cast.ana, f"/hearings/{pk}")
    acts.offered(cast, pk, minutes=5, way="in_person", reason="", on_day=clock.today())
    assert "The answer is late" not in read(cast.ana, f"/hearings/{pk}")


def test_an_offer_waits_for_a_yes_or_no_at_the_top_of_their_own_page(cast: Cast) -> None:
    pk = acts.asked(cast)
    assert "waits for your yes or no" not in read(cast.ana, "/")
    acts.offered(cast, pk)
    page = read(cast.ana, "/")
    assert page.index("A place to be heard waits for your yes or no") < page.index("To be heard")
    assert "A place to be heard waits" not in read(cast.june, "/")


def test_a_request_of_long_ago_leaves_ones_own_page_and_stays_where_all_are(cast: Cast) -> None:
    acts.asked(cast)
    clock.advance(days=30 + 91)
    assert "The national conference" in read(cast.ana, "/")
    clock.advance(days=2)
    assert "The national conference" not in read(cast.ana, "/")
    assert "The national conference" in read(cast.ana, "/hearings/")


def test_who_refused_cannot_answer_the_appeal_also_from_another_office(cast: Cast) -> None:
    from alongside.topics.people.commands.bodies import AppointToOffice
    from tests.world import BUILDER, named

    pk = acts.asked(cast)
    do(commands.RefuseHearing(hearing=pk, reasons="Full.", would_change="A later day."), by=cast.june)
    do(commands.AppealRefusal(hearing=pk, office=acts.SCRUTINY), by=cast.ana)
    both = AppointToOffice(holding=named("june too"), office=acts.SCRUTINY, person=cast.june.person)
    do(both, by=BUILDER)
    appeal = Appeal.everything.get(hearing=pk)
    with pytest.raises(Refused, match="Somebody else has to look"):
        do(commands.AnswerAppeal(hearing=pk, appeal=appeal.id, upheld=False, answer="No."), by=cast.june)


def test_the_body_s_account_stands_beside_that_of_those_who_asked_and_never_over_it(cast: Cast) -> None:
    pk = acts.asked(cast)
    offer = acts.offered(cast, pk)
    do(commands.AnswerOffer(hearing=pk, offer=offer, answer="protest"), by=cast.ana)
    with pytest.raises(Refused, match="has not come yet"):
        do(commands.TellWhatHappened(hearing=pk, happened="read_out"), by=cast.ana)
    clock.advance(days=30)
    theirs = commands.TellWhatHappened(hearing=pk, happened="leaflets", words="They walked past us.")
    do(theirs, by=cast.ana)
    do(
        commands.TellAsTheBody(hearing=pk, happened="spoke", minutes=5, words="They were heard."),
        by=cast.june,
    )
    assert Hearing.everything.get(id=pk).happened == "leaflets"
    assert Account.everything.filter(hearing=pk).count() == 2
    page = Client().get(f"/hearings/{pk}", headers={"host": "localhost"}).content.decode()
    assert page.index("They walked past us.") < page.index("They were heard.")
    with pytest.raises(NotAllowed):
        do(theirs, by=cast.june)


def test_once_the_meeting_is_over_each_side_is_asked_what_happened_and_reads_what_the_other_said(
    cast: Cast,
) -> None:
    pk = acts.asked(cast)
    offer = acts.offered(cast, pk)
    do(commands.AnswerOffer(hearing=pk, offer=offer, answer="protest"), by=cast.ana)
    tell, over = f"/do/voice.hearing_told?hearing={pk}", "These meetings are over."
    assert tell not in read(cast.ana, "/") and over not in read(cast.june, "/")
    assert "hearing_withdrawn" in read(cast.ana, f"/hearings/{pk}")
    clock.advance(days=31)
    assert tell in read(cast.ana, "/") and over in read(cast.june, "/")
    assert tell not in read(cast.june, "/") and over not in read(cast.ana, "/")
    assert "hearing_withdrawn" not in read(cast.ana, f"/hearings/{pk}"), "it was granted, and is over"
    do(commands.TellAsTheBody(hearing=pk, happened="spoke", minutes=5), by=cast.june)
    assert " says: They spoke." in read(cast.ana, "/") and over not in read(cast.june, "/")
    do(commands.TellWhatHappened(hearing=pk, happened="leaflets"), by=cast.ana)
    assert tell not in read(cast.ana, "/") and " says: They spoke." in read(cast.ana, "/")


def test_the_secretary_reads_that_those_who_asked_have_said_what_happened(cast: Cast) -> None:
    pk = acts.asked(cast)
    do(commands.AnswerOffer(hearing=pk, offer=acts.offered(cast, pk), answer="accepted"), by=cast.ana)
    clock.advance(days=31)
    told = "Those who asked have said what happened."
    assert told not in read(cast.june, "/")
    do(commands.TellWhatHappened(hearing=pk, happened="leaflets"), by=cast.ana)
    assert told in read(cast.june, "/")


def test_what_was_promised_at_the_meeting_is_written_down_from_its_page(cast: Cast) -> None:
    pk = acts.asked(cast)
    asked = "Was something promised there?"
    assert asked not in read(cast.ana, f"/hearings/{pk}")
    clock.advance(days=31)
    page = read(cast.ana, f"/hearings/{pk}")
    assert asked in page and f"/do/promises.statement_written_down?organisation={cast.council}" in page
    assert asked not in read(cast.june, f"/hearings/{pk}") and asked not in read(
        cast.stranger, f"/hearings/{pk}"
    )


def test_one_person_s_own_request_is_seen_by_them_and_the_office_and_nobody_else(cast: Cast) -> None:
    one = {"name_of": "one", "body": None, "is_open": False, "item": "MARK-OWN"}
    pk = acts.asked(cast, cast.rosa, **one)
    assert browser_of(cast.rosa).get(f"/hearings/{pk}").status_code == 200
    assert browser_of(cast.june).get(f"/hearings/{pk}").status_code == 200
    for other in (cast.stranger, cast.devon, cast.priya, cast.victor, None):
        assert browser_of(other).get(f"/hearings/{pk}").status_code == 404
        assert "MARK-OWN" not in browser_of(other).get("/hearings/").content.decode()
        with pytest.raises(Missing):
            do(commands.WithdrawHearing(hearing=pk), by=other or NOBODY)
    found = hearing_counts(clock.today())
    assert (found.asked, found.private_total) == (0, None)
    told = Client().get("/api/voice/hearings/counts", headers={"host": "localhost"}).json()
    assert (told["in_private"]["asked"], told["in_private"]["waiting"]) == (None, None)
    text = Client().get("/hearings/", headers={"host": "localhost"}).content.decode()
    assert "Some people asked in private. They are too few to say more." in text
    assert "not told: too few" not in text, "one sentence, and no table of it"


def test_what_came_of_private_requests_does_not_follow_from_the_open_list_and_the_sums(cast: Cast) -> None:
    one = {"name_of": "one", "body": None, "is_open": False}
    askers = (cast.rosa, cast.devon, cast.lena, cast.victor, cast.stranger, cast.ana)
    private = [acts.asked(cast, by, **one) for by in askers]
    acts.asked(cast)  # an open one, which is on the list
    before = Client().get("/api/voice/hearings/counts", headers={"host": "localhost"}).json()
    assert (before["asked"], before["waiting"]) == (1, 1)
    assert (before["in_private"]["asked"], before["in_private"]["waiting"]) == (5, 5)
    do(commands.RefuseHearing(hearing=private[0], reasons="Full.", would_change="Time."), by=cast.june)
    shown = Client().get("/api/voice/hearings/counts", headers={"host": "localhost"}).json()
    assert (shown["refused_now"], shown["ever_refused"], shown["waiting"]) == (0, 0, 1)
    assert shown["in_private"] == before["in_private"], "one more answer changes nothing that a visitor reads"
    for pk in private[1:4]:
        refuse = commands.RefuseHearing(hearing=pk, reasons="Full.", would_change="Time.")
        do(refuse, by=cast.june)
    shown = Client().get("/api/voice/hearings/counts", headers={"host": "localhost"}).json()
    assert (shown["in_private"]["asked"], shown["in_private"]["waiting"]) == (6, None), "of a few, nothing"
    assert shown["in_private"]["refused"] is None and shown["in_private"]["withdrawn"] == 0
    text = Client().get("/hearings/", headers={"host": "localhost"}).content.decode()
    assert "Asked in private, and counted apart" in text and "not told: too few" in text


def test_the_code_of_a_letter_opens_their_own_request_and_no_other(cast: Cast) -> None:
    one = {"name_of": "one", "body": None, "is_open": False}
    pk, other = acts.asked(cast, cast.rosa, **one), acts.asked(cast, cast.rosa, **one)
    offer = acts.offered(cast, pk, minutes=2, way="video", reason="A gap.")
    coded = browser_of(cast.rosa, only=pk)
    assert coded.get(f"/hearings/{pk}").status_code == 200
    assert coded.get(f"/hearings/{other}").status_code == 404
    assert browser_of(cast.devon, only=pk).get(f"/hearings/{pk}").status_code == 404
    do(
        commands.AnswerOffer(hearing=pk, offer=offer, answer="accepted"),
        by=replace(cast.rosa, only=pk, way="code"),
    )
    assert Hearing.everything.get(id=pk).minutes_granted == 2


def test_nobody_asks_in_the_name_of_a_body_they_are_not_of(cast: Cast) -> None:
    with pytest.raises(Refused, match="work for or belong to"):
        acts.asked(cast, cast.rosa)


def test_a_late_answer_is_noted_once_and_told(cast: Cast) -> None:
    from alongside.kernel.outbox import Outbox

    pk = acts.asked(cast)
    clock.advance(days=10)
    assert not [c for c in commands.due(clock.now()) if isinstance(c, commands.HearingIsLate)]
    clock.advance(days=10)
    for command in list(commands.due(clock.now())):
        do(command, by=THE_CLOCK)
    assert Hearing.everything.get(id=pk).overdue_on == clock.today()
    assert not list(commands.due(clock.now()))
    told = [row.payload["person"] for row in Outbox.objects.all() if row.payload["what"] == "hearing_overdue"]
    wanted = [actor.person.hex for actor in (cast.ana, cast.june) if actor.person is not None]
    assert sorted(told) == sorted(wanted)


def test_a_declined_offer_leaves_the_request_open_for_another(cast: Cast) -> None:
    pk = acts.asked(cast)
    offer = acts.offered(cast, pk)
    do(commands.AnswerOffer(hearing=pk, offer=offer, answer="declined"), by=cast.ana)
    assert Hearing.everything.get(id=pk).state == "asked"
    again = acts.offered(cast, pk, minutes=3, way="video", reason="A gap came up.")
    assert Offer.everything.filter(hearing=pk).count() == 2
    with pytest.raises(Refused, match="no answer any more"):
        do(commands.AnswerOffer(hearing=pk, offer=offer, answer="accepted"), by=cast.ana)
    do(commands.AnswerOffer(hearing=pk, offer=again, answer="accepted"), by=cast.ana)
    assert Hearing.everything.get(id=pk).minutes_granted == 3


def test_the_register_counts_what_was_asked_and_granted_and_the_days_it_took(cast: Cast) -> None:
    for minutes, granted in ((5, 5), (10, 4)):
        pk = acts.asked(cast, minutes=minutes)
        clock.advance(days=1)
        offer = acts.offered(cast, pk, minutes=granted, way="in_person", reason="So many asked.")
        do(commands.AnswerOffer(hearing=pk, offer=offer, answer="accepted"), by=cast.ana)
    refused = acts.asked(cast, minutes=7)
    do(commands.RefuseHearing(hearing=refused, reasons="Full.", would_change="Time."), by=cast.june)
    found = hearing_counts(clock.today())
    assert (found.asked, found.whole, found.partly, found.refused) == (3, 1, 1, 1)
    assert (found.minutes_asked, found.minutes_granted) == (22, 9)
    assert found.days == 1
    shown = Client().get("/api/voice/hearings/counts", headers={"host": "localhost"}).json()
    assert shown["minutes"] == {"asked": 22, "granted": 9, "waiting": 0, "withdrawn": 0}
    assert timedelta(days=shown["median_working_days"]).days == 1


def test_minutes_that_wait_or_were_taken_back_are_not_called_not_granted(cast: Cast) -> None:
    """A request of yesterday counted at once as minutes that somebody was not given."""
    granted, waiting, offered, back = (acts.asked(cast, minutes=each) for each in (5, 7, 8, 11))
    offer = acts.offered(cast, granted, minutes=4, way="in_person", reason="So many asked.")
    do(commands.AnswerOffer(hearing=granted, offer=offer, answer="accepted"), by=cast.ana)
    acts.offered(cast, offered, minutes=8, way="in_person")
    do(commands.WithdrawHearing(hearing=back), by=cast.ana)
    shown = Client().get("/api/voice/hearings/counts", headers={"host": "localhost"}).json()
    assert shown["minutes"] == {"asked": 31, "granted": 4, "waiting": 15, "withdrawn": 11}
    text = read(None, "/hearings/")
    for part in (
        "<strong>1</strong> minutes asked for and not granted",
        "<strong>15</strong> minutes that wait for an answer",
        "<strong>11</strong> minutes taken back by those who asked",
    ):
        assert part in text
    do(commands.RefuseHearing(hearing=waiting, reasons="Full.", would_change="Time."), by=cast.june)
    assert "<strong>8</strong> minutes asked for and not granted" in read(None, "/hearings/")


def test_whose_meeting_it_is_comes_first_and_then_only_what_is_needed(cast: Cast) -> None:
    first = browser_of(cast.ana).get("/hearings/ask").content.decode()
    there = f"/do/voice.hearing_asked?organisation={cast.council}"
    assert "Whose meeting is it?" in first and there in first
    guardian = f"organisation={cast.advocacy}&amp;office={acts.GUARDIAN}"
    assert guardian in first  # it has but one office: there is nothing to choose
    form = browser_of(cast.ana).get(there).content.decode()
    at_once, _fold, later = form.partition("<details")
    for asked in ("Which office answers", "Which meeting?", "On which day is it?", "How many minutes"):
        assert asked in at_once
    for blank in ("In whose name do you ask?", "Who are they?", "Everyone may read this request"):
        assert blank not in at_once and blank in later
    assert "Guardian for speaking up" not in form and '<details class="more-about" open>' not in form
    assert Client().get("/hearings/ask", headers={"host": "localhost"}).status_code == 404


def test_what_is_folded_away_is_open_when_something_there_must_be_put_right(cast: Cast) -> None:
    there = f"/do/voice.hearing_asked?organisation={cast.council}&office={cast.junes_office}"
    day = clock.today() + timedelta(days=30)
    sent = {"meeting": "Cabinet", "item": "Care", "minutes": "5", "name_of": "several"}
    sent |= {"organisation": str(cast.council), "office": str(cast.junes_office)}
    sent |= {"meets_on_day": f"{day:%d}", "meets_on_month": f"{day:%m}", "meets_on_year": f"{day:%Y}"}
    answer = browser_of(cast.rosa).post(there, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Say who the several people are." in page
    assert '<details class="more-about" open>' in page


def test_an_offer_waits_on_ones_own_page_however_much_was_asked_since(cast: Cast) -> None:
    pk = acts.asked(cast, meeting="The conference of the care homes")
    acts.offered(cast, pk)
    clock.advance(days=1)
    for number in range(10):
        acts.asked(cast, meeting=f"Meeting {number}")
    home = read(cast.ana, "/")
    assert "waits for your yes or no" in home and home.count("The conference of the care homes") == 2


def test_what_left_ones_own_page_after_three_months_does_not_keep_it_from_being_quiet(cast: Cast) -> None:
    acts.asked(cast, cast.rosa, body=None, name_of="one")
    quiet = "Nothing needs you now."
    assert quiet not in read(cast.rosa, "/")
    clock.advance(days=30 + 93)
    assert quiet in read(cast.rosa, "/")


def test_an_offer_on_another_day_says_that_it_is_another_day(cast: Cast) -> None:
    hearing = acts.asked(cast)
    other = clock.today() + timedelta(days=44)
    acts.offered(cast, hearing, on_day=other, minutes=5, way="in_person", reason="The hall is let.")
    offer = Offer.everything.get(hearing=hearing)
    for address in (f"/hearings/{hearing}", f"/do/voice.offer_answered?hearing={hearing}&offer={offer.id}"):
        shown = browser_of(cast.ana).get(address).content.decode()
        assert "This is another day than the meeting that was asked about" in shown, address
    same = acts.asked(cast, item="Who sits on the board")
    acts.offered(cast, same)
    assert "another day than" not in browser_of(cast.ana).get(f"/hearings/{same}").content.decode()


def test_two_requests_for_one_meeting_can_be_told_apart_where_one_of_them_is_chosen(cast: Cast) -> None:
    first, second = acts.asked(cast), acts.asked(cast, cast.rosa, name_of="one", body=None, people=1)
    offered = NoteQuote.choices_within("hearing", cast.ana, {})
    assert offered is not None
    said = {one: str(words) for one, words in offered}
    assert said[first] != said[second] and "Asked by" in said[first] and "one person" in said[second]


def test_whoever_asked_alone_reads_of_themself_as_you_and_what_to_do_next(cast: Cast) -> None:
    """Their own page said “One person”, “Refused”, and nothing of what they could do."""
    pk = acts.asked(cast, cast.rosa, name_of="one", body=None, people=1, minutes=5)
    assert "You: The national conference" in read(cast.rosa, "/")
    assert "One person: The national conference" in read(cast.ana, "/hearings/")
    no = commands.RefuseHearing(hearing=pk, reasons="It is full.", would_change="A free place.")
    do(no, by=cast.june)
    home, shown = read(cast.rosa, "/"), read(cast.rosa, f"/hearings/{pk}")
    assert f"/do/voice.refusal_appealed?hearing={pk}" in home
    assert "Who had to answer" in shown and "Who must answer" not in shown
    assert "Head of adult social care gave these reasons:" in shown
    assert "An offer waits for those who asked" not in home
    do(commands.AppealRefusal(hearing=pk, office=acts.SCRUTINY, words="I know it best."), by=cast.rosa)
    home = read(cast.boyd, "/")
    assert f'href="/hearings/{pk}">The appeal of' in home, "it led to the list of everybody’s"
    appeal = Appeal.everything.get(hearing=pk).id
    form = read(cast.boyd, f"/do/voice.appeal_answered?hearing={pk}&appeal={appeal}")
    assert "Why it was refused" in form and "It is full." in form


def test_an_office_finds_each_request_that_waits_for_it_and_not_the_list_of_all(cast: Cast) -> None:
    pk = acts.asked(cast)
    assert f'href="/hearings/{pk}">The national conference</a>' in read(cast.june, "/")


def test_nobody_is_asked_to_say_yes_to_a_place_whose_day_is_over(cast: Cast) -> None:
    pk = acts.asked(cast, cast.rosa, name_of="one", body=None, people=1, minutes=5)
    acts.offered(cast, pk, minutes=5, way="in_person", reason="")
    home = read(cast.rosa, "/")
    assert "A place to be heard waits for your yes or no" in home
    assert "You asked to be heard about:" in home
    assert "An offer waits for your yes or no" in read(cast.rosa, f"/hearings/{pk}")
    clock.advance(days=31)
    home, shown = read(cast.rosa, "/"), read(cast.rosa, f"/hearings/{pk}")
    assert "A place to be heard waits" not in home
    assert "The day of the offer is over. Nobody said yes or no to it" in home
    assert "The day of the offer is over. Nobody said yes or no to it" in shown
