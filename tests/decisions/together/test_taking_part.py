"""What people can say of taking part, through the door: whose word counts, and who sees it."""

from datetime import timedelta
from typing import Any

import pytest

from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.models import Outbox
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.rung import profile
from alongside.topics.decisions.models import Act, ComesAs, Met, PayAnswer, Stage, Together, Went
from alongside.topics.decisions.pages.together import facts_of
from tests.decisions import acts, changing
from tests.decisions.together.hall import Hall
from tests.decisions.together.hall import hall as hall
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_nobody_keeps_a_list_of_who_took_part_in_one_persons_life(hall: Hall) -> None:
    theirs = acts.raised(hall.cast.ken, hall.cast.rosa)
    own = {"held_on": clock.today(), "stage": Stage.FRAME, "name": "A visit"}
    with pytest.raises(Refused, match="one person’s life"):
        do(commands.NoteMeeting(decision=theirs, **own), by=hall.cast.ken)


def test_the_one_who_keeps_the_list_writes_and_the_person_puts_it_right(hall: Hall) -> None:
    cast = hall.cast
    written = {"meeting": hall.meeting, "person": cast.omar.person, "act": Act.SPOKE}
    with pytest.raises(NotAllowed):
        hall.says(commands.WriteDownWhoCame, cast.stranger, **written)
    with pytest.raises(Refused, match="Somebody else keeps that list"):
        hall.says(commands.WriteDownWhoCame, cast.ken, **written)
    hall.says(commands.WriteDownWhoCame, cast.june, **written)
    with pytest.raises(Refused, match="written down already"):
        hall.says(commands.WriteDownWhoCame, cast.june, **written)
    part = hall.latest(models.PartTaken)
    with pytest.raises(Refused, match="Only the one"):
        hall.says(commands.AnswerWhatWasWritten, cast.ken, part=part.id, is_right=True)
    hall.says(commands.AnswerWhatWasWritten, cast.omar, part=part.id, is_right=False)
    facts = facts_of(models.Decision.everything.get(id=hall.matter))
    assert facts.came(hall.meeting) == frozenset()


def test_nobody_has_come_to_a_meeting_that_is_still_to_be_held(hall: Hall) -> None:
    soon = clock.today() + timedelta(days=3)
    hall.says(commands.NoteMeeting, hall.cast.june, name="Next", held_on=soon, stage=Stage.DECIDE)
    at = hall.latest(models.Meeting).id
    with pytest.raises(Refused, match="still to come"):
        hall.says(commands.SayITookPart, hall.cast.rosa, meeting=at, act=Act.PRESENT)
    invite = {"meeting": at, "person": hall.cast.omar.person, "act": Act.INVITED}
    hall.says(commands.WriteDownWhoCame, hall.cast.june, **invite)
    counted = {"name": "Next", "held_on": soon, "stage": Stage.DECIDE, "others": 4}
    with pytest.raises(Refused, match="still to come"):
        hall.says(commands.NoteMeeting, hall.cast.june, **counted)


def test_a_user_led_organisation_keeps_its_own_list(hall: Hall) -> None:
    own = {"name": "Our own meeting", "held_on": clock.today(), "stage": Stage.FRAME}
    hall.says(commands.NoteMeeting, hall.cast.ana, **own)
    with pytest.raises(NotAllowed):
        hall.says(commands.NoteMeeting, hall.cast.tom, **own)


def test_a_person_it_affects_counts_by_their_own_word_and_is_named_to_nobody(hall: Hall) -> None:
    cast = hall.cast
    hall.says(commands.SayITookPart, cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    assert hall.row("stage").value is None
    hall.says(commands.SayWhatIComeAs, cast.rosa, comes_as=ComesAs.PERSON)
    assert hall.row("stage").says == "frame"
    for who in (cast.june, cast.ken, cast.priya, cast.devon, cast.stranger, NOBODY):
        assert not models.Coming.objects.seen_by(who).exists()
    assert models.Coming.objects.seen_by(cast.rosa).count() == 1
    hall.says(commands.TakeBackWhatIComeAs, cast.rosa, coming=hall.latest(models.Coming).id)
    assert hall.row("stage").value is None


@pytest.mark.parametrize(
    ("name", "figure"), [("ken", "paid_or_not_own_word"), ("tom", "paid_or_not_own_word")]
)
def test_whoever_the_body_or_a_supplier_pays_is_shown_and_not_counted(
    hall: Hall, name: str, figure: str
) -> None:
    who = hall.cast.everyone()[name]
    hall.says(commands.SayITookPart, who, meeting=hall.meeting, act=Act.SPOKE)
    hall.says(commands.SayWhatIComeAs, who, comes_as=ComesAs.PERSON)
    found = hall.row("stage")
    assert found.value is None
    assert found.figure("paid_or_not_own_word").value == 1


def test_what_the_line_that_decides_typed_for_somebody_counts_for_nothing(hall: Hall) -> None:
    cast = hall.cast
    typed = acts.typed_for(cast.rosa, cast.ken)  # Ken is in June's line
    hall.says(commands.SayITookPart, typed, meeting=hall.meeting, act=Act.SPOKE)
    hall.says(commands.SayWhatIComeAs, typed, comes_as=ComesAs.PERSON)
    assert hall.row("stage").value is None
    part = hall.latest(models.PartTaken)
    with pytest.raises(Refused, match="Ask another team"):
        hall.says(commands.AnswerWhatWasWritten, typed, part=part.id, is_right=True)
    hall.says(commands.AnswerWhatWasWritten, cast.rosa, part=part.id, is_right=True)
    hall.says(commands.TakeBackWhatIComeAs, cast.rosa, coming=hall.latest(models.Coming).id)
    hall.says(commands.SayWhatIComeAs, cast.rosa, comes_as=ComesAs.PERSON)
    assert hall.row("stage").says == "frame"


def test_a_user_led_organisation_is_one_by_the_count_of_its_board(hall: Hall) -> None:
    for who, counted in ((hall.cast.ana, True), (hall.cast.mina, False)):
        hall.says(commands.SayWhatIComeAs, who, comes_as=ComesAs.USER_LED)
        facts = facts_of(models.Decision.everything.get(id=hall.matter))
        assert (who.person in facts.user_led) is counted


def offered(hall: Hall, **more: Any) -> models.PayOffer:
    said = {"activity": "To speak", "minutes": 90, "rate_pence": 1500, "in_writing": True, **more}
    hall.says(commands.OfferPay, hall.cast.june, person=hall.cast.omar.person, meeting=hall.meeting, **said)
    found: models.PayOffer = hall.latest(models.PayOffer)
    return found


def test_an_offer_of_pay_is_seen_by_the_person_and_whoever_arranged_it(hall: Hall) -> None:
    hall.says(commands.TakeUp, hall.cast.ken)  # Ken decides it too, and does not arrange pay
    offered(hall)
    for name, who in hall.cast.everyone().items():
        assert models.PayOffer.objects.seen_by(who).exists() is (name in ("june", "omar")), name
    assert not models.PayOffer.objects.seen_by(NOBODY).exists()


def test_pay_is_paid_when_it_comes_and_not_when_it_is_offered(hall: Hall) -> None:
    cast = hall.cast
    hall.says(
        commands.OfferPay, cast.june, person=cast.ana.person, activity="To speak", minutes=60, rate_pence=1
    )
    offer = hall.latest(models.PayOffer).id
    assert hall.row("terms").value is None
    with pytest.raises(Refused, match="not said yes"):
        hall.says(commands.SayItIsPaid, cast.june, offer=offer, paid_on=clock.today())
    with pytest.raises(Refused, match="Only the one it was offered to"):
        hall.says(commands.AnswerOfferOfPay, cast.devon, offer=offer, answer=PayAnswer.ACCEPTED)
    hall.says(commands.AnswerOfferOfPay, cast.ana, offer=offer, answer=PayAnswer.ACCEPTED)
    assert (hall.row("terms").value, hall.row("terms").of) == (0, 1)
    with pytest.raises(Refused, match="Only whoever arranged it"):
        hall.says(commands.SayItIsPaid, cast.ken, offer=offer, paid_on=clock.today())
    hall.says(commands.SayItIsPaid, cast.june, offer=offer, paid_on=clock.today())
    assert hall.row("terms").value == 1
    hall.says(commands.SayIfItCame, cast.ana, offer=offer, came=False)
    assert hall.row("terms").value == 0
    assert hall.row("terms").figure("never_came").value == 1


def test_pay_for_staff_makes_no_terms_look_fair(hall: Hall) -> None:
    offer = offered(hall)  # Omar works for the council
    hall.says(commands.AnswerOfferOfPay, hall.cast.omar, offer=offer.id, answer=PayAnswer.ACCEPTED)
    found = hall.row("terms")
    assert found.value is None
    assert found.figure("paid_staff").value == 1


def test_nobody_arranges_their_own_pay(hall: Hall) -> None:
    own = {"person": hall.cast.june.person, "activity": "To speak", "minutes": 60, "rate_pence": 1}
    with pytest.raises(Refused, match="Somebody else"):
        hall.says(commands.OfferPay, hall.cast.june, **own)


def test_whether_somebody_could_get_in_is_counted_and_seen_by_nobody_else(hall: Hall) -> None:
    hall.says(commands.SayIfYouCouldGetIn, hall.cast.rosa, meeting=hall.meeting, met=Met.NO)
    hall.says(commands.SayIfYouCouldGetIn, hall.cast.rosa, meeting=hall.meeting, met=Met.YES)
    figure = hall.row("terms").figure("access_met")
    assert (figure.value, figure.of) == (1, 1)  # the later word counts
    for name, who in hall.cast.everyone().items():
        assert models.AccessAnswer.objects.seen_by(who).exists() is (name == "rosa"), name


def test_a_task_is_done_when_whoever_took_it_says_so(hall: Hall) -> None:
    cast = hall.cast
    hall.says(commands.SayWhatIComeAs, cast.devon, comes_as=ComesAs.CARER)
    hall.says(commands.TakeOnTask, cast.devon, words="I open the door.")
    task = hall.latest(models.Task).id
    with pytest.raises(Refused, match="Only whoever took it on"):
        hall.says(commands.SayTaskIsDone, cast.june, task=task)
    hall.says(commands.SayTaskIsDone, cast.devon, task=task)
    found = hall.row("delivery")
    assert (found.value, found.of, found.figure("done").value) == (1, 1, 1)


def decided(hall: Hall) -> None:
    review = clock.today() + timedelta(days=20)
    more = {"without_them": "We told few.", "review_on": review}
    hall.says(commands.DecideForPlace, hall.cast.june, outcome="agreed", reasons="It is used.", **more)


def test_how_it_went_is_judged_by_those_it_affects_once_it_is_decided(hall: Hall) -> None:
    cast = hall.cast
    hall.says(commands.SayWhatIComeAs, cast.rosa, comes_as=ComesAs.PERSON)
    with pytest.raises(Refused, match="Nothing is decided yet"):
        hall.says(commands.JudgeHowItWent, cast.rosa, said=Went.WORKS)
    decided(hall)
    with pytest.raises(NotAllowed):
        hall.says(commands.SayIfItBinds, cast.rosa, binds=True)
    hall.says(commands.SayIfItBinds, cast.june, binds=True)
    clock.advance(days=1)
    hall.says(commands.JudgeHowItWent, cast.rosa, said=Went.PARTLY)
    hall.says(commands.JudgeHowItWent, cast.rosa, said=Went.WORKS)
    found = hall.row("judges")
    assert (found.value, found.of, found.says) == (1, 20, "binds")
    assert found.figure("not_there").value == 1


def test_a_claim_of_the_body_is_kept_as_a_claim(hall: Hall) -> None:
    before = hall.profile()
    with pytest.raises(NotAllowed):
        hall.says(commands.ClaimHowTogether, hall.cast.rosa, step=Together.CO_PRODUCTION)
    hall.says(
        commands.ClaimHowTogether, hall.cast.june, step=Together.CO_PRODUCTION, words="Our plan, page 4."
    )
    after = hall.profile()
    assert after.reached == before.reached
    assert [each.step for each in after.claims] == ["co_production"]
    assert models.Claim.objects.seen_by(NOBODY).exists()


def test_a_join_written_down_long_after_the_day_is_not_early(hall: Hall) -> None:
    cast = hall.cast
    clock.advance(days=30)
    hall.says(commands.SayWhatIComeAs, cast.rosa, comes_as=ComesAs.PERSON)
    hall.says(commands.SayITookPart, cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    found = hall.row("stage")
    assert found.value is None
    assert found.figure("written_late").value == 1


def test_every_number_leads_to_entries_of_this_matter(hall: Hall) -> None:
    from alongside.kernel import reading

    cast = hall.cast
    for who in (cast.rosa, cast.devon):
        hall.says(commands.SayITookPart, who, meeting=hall.meeting, act=Act.SPOKE)
        hall.says(commands.SayWhatIComeAs, who, comes_as=ComesAs.PERSON)
    hall.says(commands.GiveViewOnPlace, cast.rosa, position="for", words="Yes.")
    hall.says(commands.AddOption, cast.june, name="From 2 pm", change="start")
    known = {line.recorded.id for line in reading.history(hall.matter)}
    rests = {entry for found in hall.profile().findings for entry in found.rests_on}
    assert rests
    assert rests <= known


def test_a_merged_record_takes_its_part_with_it(hall: Hall) -> None:
    from alongside.kernel.policy import THE_CLOCK

    cast = hall.cast
    hall.says(commands.SayITookPart, cast.rosa, meeting=hall.meeting, act=Act.SPOKE)
    hall.says(commands.FollowMerge, THE_CLOCK, old=cast.rosa.person, new=cast.devon.person)
    assert hall.latest(models.PartTaken).person == cast.devon.person


def test_what_people_judge_of_a_running_change_counts_and_its_gate_binds(cast: Cast) -> None:
    change = changing.running(cast)
    decision = models.Decision.everything.get(id=change.decision)
    found = profile(facts_of(decision)).finding("judges")
    assert found.says == "binds"
    assert found.value is None  # they judged the plan: nothing had begun
    assert change.review_on is not None
    clock.advance(days=(change.review_on - clock.today()).days)
    do(commands.AskToJudge(decision=decision.id, change=change.id, reached=30), by=cast.june)
    changing.judges(changing.again(change), cast.rosa)
    changing.judges(changing.again(change), cast.tom)  # he works for the body that runs it
    found = profile(facts_of(decision)).finding("judges")
    assert (found.value, found.of, found.says) == (1, changing.EVERYONE, "binds")


def test_somebody_who_took_a_seat_as_one_it_affects_holds_a_vote(hall: Hall) -> None:
    cast = hall.cast
    assert hall.row("share").figure("voting").value == 0
    hall.says(commands.OfferVote, cast.june, person=cast.ana.person, is_member=True)
    assert hall.row("share").figure("voting").of == 1  # an offer is no vote
    hall.says(commands.AnswerVoteOffer, cast.ana, seat=hall.latest(models.Seat).id, takes_it=True)
    figure = hall.row("share").figure("voting")
    assert (figure.value, figure.of) == (1, 2)


def test_pay_is_typed_in_pounds_as_people_write_it_and_kept_in_pence(hall: Hall) -> None:
    ana = hall.cast.ana.person
    address = f"/do/decisions.pay_offered?decision={hall.matter}&person={ana}"
    client = browser_of(hall.cast.june)
    assert "In pounds and pence, like 12.50." in client.get(address).content.decode()
    said = {"decision": str(hall.matter), "person": str(ana), "activity": "To speak", "minutes": "60"}
    for typed, told in (
        ("12.5", "Type an amount in pounds, like 12.50."),
        ("twelve", "Type an amount in pounds, like 12.50."),
        ("1,000.01", "Type an amount of £1,000 or less."),
    ):
        answer = client.post(address, {**said, "rate_pence": typed})
        assert answer.status_code == 422
        assert told in answer.content.decode() and f'value="{typed}"' in answer.content.decode()
    for typed, pence in (("12.50", 1250), ("£15", 1500), ("1,000", 100_000)):
        assert client.post(address, {**said, "rate_pence": typed}).status_code == 303
        assert hall.latest(models.PayOffer).rate_pence == pence


def test_whoever_is_offered_pay_finds_it_on_their_own_page_until_they_answer(hall: Hall) -> None:
    """A message led to the page of the matter, which says nothing of pay, and their own page said nothing."""
    cast = hall.cast
    words = {"activity": "To speak", "minutes": 90, "rate_pence": 1500}
    hall.says(commands.OfferPay, cast.june, person=cast.ana.person, **words)

    def home(who: Actor) -> str:
        return browser_of(who).get("/").content.decode()

    assert "Somebody offers you pay" in home(cast.ana) and "£22.50 for 90 minutes" in home(cast.ana)
    assert f'href="/decisions/{hall.matter}/my-part"' in home(cast.ana)
    for other in (cast.june, cast.ken, cast.rosa):
        assert "Somebody offers you pay" not in home(other)
    offer = hall.latest(models.PayOffer).id
    hall.says(commands.AnswerOfferOfPay, cast.ana, offer=offer, answer=PayAnswer.DECLINED)
    assert "Somebody offers you pay" not in home(cast.ana)


def test_pay_that_was_sent_is_asked_about_on_their_own_page_and_what_waits_stands_with_whoever_arranged_it(
    hall: Hall,
) -> None:
    """It stood on the page of their part alone: whoever did not go there was never asked if it had come."""
    cast, ask = hall.cast, "Has your pay come?"
    to_ana = {"person": cast.ana.person, "activity": "To speak", "minutes": 90, "rate_pence": 1500}
    hall.says(commands.OfferPay, cast.june, **to_ana)
    offer = hall.latest(models.PayOffer).id

    def home(who: Actor) -> str:
        return browser_of(who).get("/").content.decode()

    assert "Pay that you arranged" not in home(cast.june)
    hall.says(commands.AnswerOfferOfPay, cast.ana, offer=offer, answer=PayAnswer.ACCEPTED)
    waits = home(cast.june)
    assert "Ana Reyes: £22.50 for 90 minutes, at £15 an hour." in waits
    assert "They said yes. Nobody has written down yet that it was paid." in waits
    assert ask not in home(cast.ana)
    hall.says(commands.SayItIsPaid, cast.june, offer=offer, paid_on=clock.today())
    told = Outbox.objects.filter(kind="tell").order_by("id").last()
    assert told is not None and cast.ana.person is not None
    assert told.payload["person"] == cast.ana.person.hex
    assert "Pay that you arranged" not in home(cast.june)
    mine = home(cast.ana)
    assert ask in mine and f"/do/decisions.pay_received?decision={hall.matter}&amp;offer={offer}" in mine
    for other in (cast.ken, cast.rosa):
        assert ask not in home(other) and "Pay that you arranged" not in home(other)
    hall.says(commands.SayIfItCame, cast.ana, offer=offer, came=False)
    assert ask not in home(cast.ana)
    assert "They say that it has not come." in home(cast.june)
    again = browser_of(cast.june).get(f"/decisions/{hall.matter}/my-part").content.decode()
    assert "Say when it was paid" in again
    hall.says(commands.SayIfItCame, cast.ana, offer=offer, came=True)
    assert "Pay that you arranged" not in home(cast.june)


def test_the_form_of_an_offer_names_whom_it_is_for_where_that_was_chosen(hall: Hall) -> None:
    cast = hall.cast
    came = {"meeting": hall.meeting, "person": cast.rosa.person, "act": Act.SPOKE}
    hall.says(commands.WriteDownWhoCame, cast.june, **came)
    part = hall.latest(models.PartTaken).id
    form = f"/do/decisions.pay_offered?decision={hall.matter}&part={part}"
    assert "It is for Rosa Marlow." in browser_of(cast.june).get(form).content.decode()
    assert "It is for Rosa Marlow." not in browser_of(cast.devon).get(form).content.decode()
