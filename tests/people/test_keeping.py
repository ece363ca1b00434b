"""Held back, kept, joined, erased: each by two people, on a stated reason, and the tables still rebuild."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from alongside.interfaces.cli import main
from alongside.interfaces.verbs.work import one_round
from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.forgetting import forget
from alongside.kernel.keyring import keyring
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import person_behind, pseudonym_for
from alongside.topics.people.commands.access import LinkSignIn
from alongside.topics.people.commands.agreeing import DeclineToAgree
from alongside.topics.people.commands.ending import EndLink, WhyEnded
from alongside.topics.people.commands.erasing import AskToErase, AskToRemoveNote, ErasePerson, WhyErased
from alongside.topics.people.commands.goes_on import SaySupportGoesOn
from alongside.topics.people.commands.keeping import (
    AgreeHoldBack,
    LiftHold,
    LiftHoldBack,
    PlaceHold,
    ProposeHoldBack,
    WhyHeldBack,
)
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.commands.persons import (
    LinkToCouncilSystem,
    PutNameRight,
    System,
    person_for_reference,
)
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.commands.reaching import AskForFormat, SetWayToTell
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.people.models import (
    AnswerToTyping,
    AskedToAgree,
    Dispute,
    Findable,
    Link,
    LinkKind,
    Person,
    PersonState,
    WayToTell,
)
from alongside.topics.people.policy import name_of, now_is, person_for_email
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.people.keeping import a_dispute, second_record_of_rosa
from tests.visitor import page
from tests.world import BUILDER, Cast, named


def hold_back(cast: Cast, thing: UUID) -> UUID:
    proposal = ProposeHoldBack(
        about_whom=named("lena"),
        table="people.Dispute",
        thing_held=thing,
        held_from=named("lena"),
        test=WhyHeldBack.THIRD_PARTY,
        reasons="The neighbour asked us not to say.",
        review_on=clock.today() + timedelta(days=30),
        ends_on=clock.today() + timedelta(days=60),
    )
    return do(proposal, by=cast.priya).thing


def sees(actor: Actor, thing: UUID) -> bool:
    return Dispute.objects.seen_by(actor).filter(pk=thing).exists()


def test_something_is_held_back_only_once_a_second_person_agrees(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        thing = a_dispute(cast)
        held = hold_back(cast, thing)
        assert sees(cast.lena, thing)
        with pytest.raises(Refused):
            do(AgreeHoldBack(hold_back=held), by=cast.priya)
        do(AgreeHoldBack(hold_back=held, checked="I rang them."), by=cast.dee)
        assert not sees(cast.lena, thing)
        assert sees(cast.priya, thing)
        assert replay.compare().sound


def test_what_is_held_back_shows_again_at_its_end_or_when_lifted(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        thing = a_dispute(cast)
        do(AgreeHoldBack(hold_back=(held := hold_back(cast, thing)), checked="I rang them."), by=cast.dee)
    with clock.at("2026-05-02"):
        assert sees(cast.lena, thing)
    with clock.at("2026-03-20"):
        assert not sees(cast.lena, thing)
        do(LiftHoldBack(hold_back=held), by=cast.ken)
        clock.advance(minutes=1)
        assert sees(cast.lena, thing)


def test_only_what_asks_before_it_shows_can_be_held_back(cast: Cast) -> None:
    with clock.at("2026-03-02"), pytest.raises(Refused) as refused:
        proposal = ProposeHoldBack(
            about_whom=named("lena"),
            table="people.WayToTell",
            thing_held=named("lena phone"),
            held_from=named("victor"),
            test=WhyHeldBack.SERIOUS_HARM,
            reasons="He would take it.",
            review_on=clock.today() + timedelta(days=30),
            ends_on=clock.today() + timedelta(days=300),
        )
        do(proposal, by=cast.priya)
    assert {reason.field for reason in refused.value.reasons} == {"table", "ends_on"}


@pytest.mark.parametrize("name", ["victor", "devon", "stranger", "lena"])
def test_nobody_outside_the_work_holds_things_back(cast: Cast, name: str) -> None:
    with clock.at("2026-03-02"):
        thing = a_dispute(cast)
        held = hold_back(cast, thing)
        with pytest.raises((Missing, NotAllowed)):
            do(AgreeHoldBack(hold_back=held), by=cast.everyone()[name])


# Joining ---------------------------------------------------------------------------------------------


def test_two_records_are_joined_by_two_people_and_the_old_id_points_to_the_new(cast: Cast) -> None:
    rosie = second_record_of_rosa(cast)
    merge = do(AskToMerge(person=named("rosa"), other=rosie, words="Same birthday."), by=cast.ken).thing
    with pytest.raises(NotAllowed):
        do(MergePeople(merge=merge, checked="I rang them."), by=cast.ken)
    do(MergePeople(merge=merge, checked="I rang them."), by=cast.dee)
    assert now_is(rosie) == named("rosa")
    assert person_for_reference("housing", "h 1234") == named("rosa")
    assert Person.everything.get(pk=rosie).state == PersonState.MERGED
    assert not Link.everything.filter(person=rosie).exists()
    with pytest.raises(Refused):
        do(PutNameRight(person=rosie, name="R. Marlow"), by=BUILDER)
    assert replay.compare().sound


def test_what_takes_two_is_not_asked_for_twice_while_it_waits_and_is_again_after_a_no(cast: Cast) -> None:
    rosie = second_record_of_rosa(cast)
    erase = AskToErase(person=named("rosa"), why=WhyErased.UNLAWFUL)
    join = AskToMerge(person=named("rosa"), other=rosie, words="Same birthday.")
    asked = [do(ask, by=cast.ken).thing for ask in (erase, join)]
    other_way = AskToMerge(person=rosie, other=named("rosa"), words="Same birthday.")
    for again in (erase, join, other_way):
        with pytest.raises(Refused) as refused:
            do(again, by=cast.ken)
        assert "You asked for this already" in str(refused.value)
    assert do(erase, by=cast.priya).thing not in asked  # somebody else may ask
    dee = AskedToAgree.everything.get(ask=asked[0], person=cast.dee.person)
    do(DeclineToAgree(asked=dee.id, words="She wants to keep it."), by=cast.dee)
    assert do(erase, by=cast.ken).thing not in asked


def test_nobody_joins_a_record_they_cannot_see(cast: Cast) -> None:
    with pytest.raises(Refused):
        do(AskToMerge(person=named("ana"), other=named("rosa"), words="I think so."), by=cast.omar)


def test_one_number_in_the_councils_system_is_one_person(cast: Cast) -> None:
    second_record_of_rosa(cast)
    with pytest.raises(Refused) as refused:
        do(LinkToCouncilSystem(person=named("rosa"), system=System.HOUSING, reference="h  1234"), by=cast.ken)
    assert "join the records" in str(refused.value)


# Erasing ---------------------------------------------------------------------------------------------


def everything_ended(cast: Cast) -> None:
    """Rosa's support has ended, and everyone has moved on."""
    for link in ("rosa priya", "rosa devon", "rosa tom"):
        do(EndLink(link=named(link), why=WhyEnded.MOVED_ON), by=cast.ken)
    do(EndLink(link=named("rosa draws"), why=WhyEnded.MOVED_ON), by=BUILDER)


def test_nothing_is_erased_while_support_goes_on_or_the_years_are_not_over(cast: Cast) -> None:
    ask = AskToErase(person=named("rosa"), why=WhyErased.NO_LONGER_NEEDED)
    with clock.at("2026-03-02"):
        with pytest.raises(Refused):
            do(ask, by=cast.rosa)
        with pytest.raises(Refused):  # support itself ends only by a decision
            do(EndLink(link=named("rosa draws"), why=WhyEnded.MOVED_ON), by=cast.ken)
        everything_ended(cast)
        with pytest.raises(Refused) as refused:
            do(ask, by=cast.rosa)
        assert "2034" in str(refused.value)
    with clock.at("2034-03-03"):
        do(ask, by=cast.rosa)


def test_support_ends_once_that_was_decided_with_them_and_not_before(cast: Cast) -> None:
    """The sentence sends whoever reads it to a decision; after it the page leads on to the end."""
    end = EndLink(link=named("rosa draws"), why=WhyEnded.MOVED_ON)
    with clock.at("2026-03-02"):
        cut = acts.raised(cast.ken, cast.rosa)
        ended = acts.raised(cast.ken, cast.rosa, "End all help: Rosa moves to her sister in Leeds", "end")
        for decision in (cut, ended):
            acts.sent(decision, cast.ken)
            acts.said(decision, cast.rosa, "for", "Yes.")
        acts.decided(cut, cast.ken)
        with pytest.raises(Refused, match="only by a decision"):
            do(end, by=cast.ken)
        acts.decided(ended, cast.ken)
        do(end, by=cast.ken)
        for reader in (cast.rosa, cast.ken):
            for address in (f"/people/{named('rosa')}", f"/people/links/{named('rosa draws')}"):
                assert "Rosa moves to her sister in Leeds" in page(reader, address)
        told = Outbox.objects.filter(payload__what="support_ended", payload__person=named("rosa").hex)
        assert told.count() == 1
        for link in ("rosa priya", "rosa devon", "rosa tom"):
            do(EndLink(link=named(link), why=WhyEnded.MOVED_ON), by=BUILDER)
        with pytest.raises(Refused, match="2034"):
            do(AskToErase(person=named("rosa"), why=WhyErased.NO_LONGER_NEEDED), by=cast.rosa)
    with clock.at("2034-03-03"):
        do(AskToErase(person=named("rosa"), why=WhyErased.NO_LONGER_NEEDED), by=cast.rosa)


def test_whose_support_it_is_says_that_it_goes_on_and_what_was_agreed_before_does_not_end_it_twice(
    cast: Cast,
) -> None:
    """Any agreed end, of one thing among many, let a worker write down all support as ended."""

    def draws() -> list[Link]:
        rows = Link.everything.filter(person=named("rosa"), kind=LinkKind.DRAWS_ON_SUPPORT)
        return [row for row in rows if row.is_live(clock.now())]

    [link] = draws()
    goes_on = SaySupportGoesOn(link=link.id)
    with pytest.raises(Refused, match="No support was written down"):
        do(goes_on, by=cast.rosa)
    swimming = acts.raised(cast.ken, cast.rosa, "End the swimming on Mondays", "end")
    acts.sent(swimming, cast.ken)
    acts.said(swimming, cast.rosa, "for", "Yes.")
    acts.decided(swimming, cast.ken)
    do(EndLink(link=link.id, why=WhyEnded.MOVED_ON), by=cast.ken)
    assert draws() == []
    there = f"/people/links/{link.id}"
    assert "It has not ended" in page(cast.rosa, there)
    assert "It has not ended" not in page(cast.ken, there)
    for other in (cast.ken, cast.priya, cast.devon, cast.victor):
        with pytest.raises((NotAllowed, Missing)):
            do(goes_on, by=other)
    do(goes_on, by=cast.rosa)
    [again] = draws()
    assert again.id != link.id and again.since_on == link.since_on
    assert "It has not ended" not in page(cast.rosa, there)
    with pytest.raises(Refused, match="goes on"):
        do(goes_on, by=cast.rosa)
    with pytest.raises(Refused, match="only by a decision"):
        do(EndLink(link=again.id, why=WhyEnded.MOVED_ON), by=cast.ken)


def test_of_several_decisions_the_form_asks_on_which_one_the_end_rests(cast: Cast) -> None:
    """Any agreed end let a worker end all support, and the page did not say by which decision."""
    agreed = []
    for what in ("End the swimming on Mondays", "End all help: I move to Leeds", "End the lifts"):
        matter = acts.raised(cast.ken, cast.rosa, what, "end")
        acts.sent(matter, cast.ken)
        view = acts.said(matter, cast.rosa, "against" if what.endswith("lifts") else "for", "I said so.")
        if what.endswith("lifts"):
            acts.replied(matter, cast.ken, view.id, "They go on.")
        acts.decided(matter, cast.ken, "not_agreed" if what.endswith("lifts") else "agreed")
        agreed.append(matter)
    link = named("rosa draws")
    form = page(cast.ken, f"/do/people.link_ended?link={link}")
    assert 'value="died"' not in form and 'value="stepped_down"' not in form, "they would be refused"
    assert 'value="decided"' in form and f"/do/people.death_written_down?person={named('rosa')}" in form
    ana = page(cast.omar, f"/do/people.link_ended?link={named('ana mina')}")
    assert 'value="died"' in ana and 'value="stepped_down"' not in ana, "an advocate is ended by the person"
    assert "End the swimming on Mondays" in form and "End all help" in form and "End the lifts" not in form
    assert "I would rather not say" not in form, "the question is needed, whenever it is asked"
    assert '<p class="kicker">Rosa Marlow</p>' in form, "in whose life it is"
    assert "On which decision" not in page(cast.ken, f"/do/people.link_ended?link={named('rosa tom')}")
    why = {"link": link, "why": WhyEnded.MOVED_ON}
    with pytest.raises(Refused, match="Choose on which one"):
        do(EndLink(**why), by=cast.ken)
    with pytest.raises(Refused, match="not in force"):
        do(EndLink(**why, decision=agreed[2]), by=cast.ken)
    with pytest.raises(Refused, match="that they have died"):
        do(EndLink(link=link, why=WhyEnded.DIED, decision=agreed[1]), by=cast.ken)
    do(EndLink(**why, decision=agreed[1]), by=cast.ken)
    shown = page(cast.rosa, f"/people/{named('rosa')}")
    assert "It ended by this decision:" in shown and f"/decisions/{agreed[1]}" in shown
    rows = browser_of(cast.rosa).get("/api/people/links?limit=100").json()["items"]
    assert str(agreed[1]) in [row["ended_by_decision"] for row in rows]


def test_support_goes_on_where_it_was_decided_that_it_does_not_end(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, "End all help", "end")
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa)
    acts.replied(decision, cast.ken, view.id, "It goes on.")
    acts.decided(decision, cast.ken, "not_agreed")
    with pytest.raises(Refused, match="only by a decision"):
        do(EndLink(link=named("rosa draws"), why=WhyEnded.MOVED_ON), by=cast.ken)


def test_nothing_is_erased_under_a_hold(cast: Cast) -> None:
    hold = do(PlaceHold(person=named("rosa"), reason="inquiry"), by=cast.priya).thing
    ask = AskToErase(person=named("rosa"), why=WhyErased.UNLAWFUL)
    with pytest.raises(Refused) as refused:
        do(ask, by=cast.rosa)
    assert "An inquiry" in str(refused.value)
    do(LiftHold(hold=hold), by=cast.ken)
    erasure = do(ask, by=cast.rosa).thing
    do(PlaceHold(person=named("rosa"), reason="court"), by=cast.priya)
    with pytest.raises(Refused):  # and it is asked again of the second person
        do(ErasePerson(erasure=erasure, checked="I rang them."), by=cast.dee)


def erase_rosa(cast: Cast) -> None:
    erasure = do(AskToErase(person=named("rosa"), why=WhyErased.UNLAWFUL), by=cast.priya).thing
    with pytest.raises(NotAllowed):
        do(ErasePerson(erasure=erasure), by=cast.priya)
    do(ErasePerson(erasure=erasure, checked="I rang them."), by=cast.dee)


def carry_out_destruction() -> int:
    rows = Outbox.objects.filter(kind="destroy_keys")
    return sum(forget(UUID(row.payload["owner"])) for row in rows)


def test_an_erased_person_is_found_by_nothing_and_their_words_are_gone(cast: Cast) -> None:
    do(LinkSignIn(person=named("rosa"), address="rosa@wexmoor.example"), by=cast.rosa)
    address = WayToTell.everything.get(pk=named("rosa letter_large")).address
    assert str(address) == "3 Alder Row, Wexmoor WX1 2AB"
    erase_rosa(cast)
    assert name_of(named("rosa")) == "Someone"
    assert person_for_email("rosa@wexmoor.example") is None
    assert not Findable.everything.filter(folded__contains="rosa").exists()
    assert carry_out_destruction() > 0
    gone = WayToTell.everything.get(pk=named("rosa letter_large"))
    assert gone.address is not None and gone.address.words is None and gone.ended_at is not None
    assert keyring().ids_of(named("rosa")) == []
    assert replay.verify().sound
    assert replay.compare().sound
    assert carry_out_destruction() == 0  # done again after a crash, it does no harm


def test_a_person_is_told_when_somebody_else_asks_for_their_record_to_be_erased(cast: Cast) -> None:
    do(AskToErase(person=named("rosa"), why=WhyErased.UNLAWFUL), by=cast.priya)
    [told] = Outbox.objects.filter(kind="tell", payload__person=named("rosa").hex)
    assert told.payload["what"] == "erasure_asked" and told.payload["link"] == f"/people/{named('rosa')}"
    do(AskToErase(person=named("ana"), why=WhyErased.UNLAWFUL), by=cast.ana)
    assert not Outbox.objects.filter(kind="tell", payload__person=named("ana").hex).exists()


def test_keys_put_back_from_an_older_copy_are_destroyed_again(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = pseudonym_for(named("rosa"), named("a matter"))
    keyring().mint(voice, "record")
    store = sqlite3.connect(Path(settings.KEYS) / "keyring.sqlite3", isolation_level=None)
    yesterday = store.execute("SELECT * FROM owner_key").fetchall()
    assert keyring().ids_of(named("rosa")) and keyring().ids_of(voice)
    erase_rosa(cast)
    carry_out_destruction()
    gaps = ", ".join("?" * len(yesterday[0]))
    store.executemany(
        f"INSERT OR IGNORE INTO owner_key VALUES ({gaps})", yesterday
    )  # the older copy is put back
    assert keyring().ids_of(named("rosa")) and keyring().ids_of(voice)
    main(["keys", "list"])
    assert "are here again" in capsys.readouterr().out
    one_round(tidy=True)
    assert keyring().ids_of(named("rosa")) == keyring().ids_of(voice) == []
    assert keyring().ids_of(named("priya")), "nobody else loses a word"
    main(["keys", "list"])
    assert "are here again" not in capsys.readouterr().out
    store.close()


def test_the_store_of_keys_keeps_no_byte_of_an_erased_person(cast: Cast) -> None:
    erase_rosa(cast)
    carry_out_destruction()
    store = Path(settings.KEYS) / "keyring.sqlite3"
    assert named("rosa").hex.encode() not in store.read_bytes()


def test_erasing_reaches_the_names_somebody_used_in_one_matter_only(cast: Cast) -> None:
    voice = pseudonym_for(named("rosa"), named("a matter"))
    assert person_behind(voice) == named("rosa")
    erase_rosa(cast)
    carry_out_destruction()
    assert person_behind(voice) is None
    assert pseudonym_for(named("rosa"), named("a matter")) != voice  # the old one is not found any more


def test_a_record_that_was_joined_is_erased_with_the_other(cast: Cast) -> None:
    rosie = second_record_of_rosa(cast)
    merge = do(AskToMerge(person=named("rosa"), other=rosie, words="Same person."), by=cast.ken).thing
    do(MergePeople(merge=merge, checked="I rang them."), by=cast.dee)
    erase_rosa(cast)
    carry_out_destruction()
    assert name_of(rosie) == "Someone"
    assert keyring().ids_of(rosie) == []
    assert replay.compare().sound


def test_a_record_that_was_joined_is_not_erased_alone(cast: Cast) -> None:
    """Its way to be told went over to the other: letters to them would have lain on with its address."""
    rosie = second_record_of_rosa(cast)
    merge = do(AskToMerge(person=named("rosa"), other=rosie, words="Same person."), by=cast.ken).thing
    do(MergePeople(merge=merge, checked="I rang them."), by=cast.dee)
    with pytest.raises(Refused, match="Ask for it there"):
        do(AskToErase(person=rosie, why="legal_duty", words="The court has said so."), by=BUILDER)


def test_names_and_addresses_are_ended_not_taken_out_as_notes(cast: Cast) -> None:
    done = do(
        SetWayToTell(person=named("rosa"), channel="visit", address="the library", is_safe=True), by=cast.rosa
    )
    with pytest.raises(Refused):
        do(AskToRemoveNote(person=named("rosa"), note=done.entry, words="wrong person"), by=cast.priya)


# Typed for somebody ----------------------------------------------------------------------------------


def test_a_person_says_that_what_was_typed_is_not_what_they_said(cast: Cast) -> None:
    typed = Actor(person=named("rosa"), typed_by=named("priya"), how="phone", strong=True)
    done = do(AskForFormat(person=named("rosa"), code="audio"), by=typed)
    with pytest.raises(Refused):
        do(AnswerTypedAct(act=done.entry, is_right=True), by=typed)
    with pytest.raises(Refused):
        do(AnswerTypedAct(act=done.entry, is_right=True), by=cast.devon)
    do(AnswerTypedAct(act=done.entry, is_right=False, words="I said large print."), by=cast.rosa)
    answer = AnswerToTyping.objects.seen_by(cast.priya).get()
    assert (answer.is_right, str(answer.words)) == (False, "I said large print.")
    assert not AnswerToTyping.objects.seen_by(cast.devon).exists()
    assert replay.compare().sound


def test_a_post_is_ended_by_a_manager_there(cast: Cast) -> None:
    with pytest.raises(Missing):
        do(EndPost(link=named("priya post")), by=cast.stranger)
    do(EndPost(link=named("priya post")), by=cast.ken)
    assert not Link.everything.filter(pk=named("priya post"), closes_at=None).exists()
