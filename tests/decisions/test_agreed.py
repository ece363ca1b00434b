"""What somebody wrote down as agreed with a person: the person says whether it was, once asked."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from alongside.interfaces.who import PERSON, STRONG
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.exports import letter_about
from alongside.topics.decisions.models import AgreedWord, SaysAgreed, State
from tests.decisions import acts
from tests.decisions.agreed import typed
from tests.decisions.disputed import asked_to_speak, dispute
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def says(decision: UUID, said: str, by: Actor, words: str = "") -> None:
    do(commands.SayIfAgreed(decision=decision, said=said, words=words), by=by)


def signed_in(client: Client, actor: Actor) -> None:
    session = client.session
    session[PERSON], session[STRONG] = str(actor.person), actor.strong
    session.save()


def latest(decision: UUID) -> AgreedWord:
    found: AgreedWord = AgreedWord.everything.filter(decision=decision).order_by("-place")[0]
    return found


def test_the_person_says_yes_and_it_is_their_own_word(cast: Cast) -> None:
    decision = typed(cast)
    says(decision, "yes", cast.rosa)
    row = latest(decision)
    assert (row.said, row.is_sure, row.typist, row.is_current) == (SaysAgreed.YES, True, None, True)
    assert models.Decision.everything.get(id=decision).state == State.DECIDED


def test_a_no_undoes_it_in_time_and_after_that_opens_the_way_to_somebody_who_did_not_decide(
    cast: Cast, client: Client
) -> None:
    decision, later = typed(cast), typed(cast, "Come at ten")
    telling = models.Telling.everything.get(decision=later)
    do(commands.OpenIt(decision=later, telling=telling.id), by=cast.rosa)  # the 14 days begin
    says(decision, "no", cast.rosa, "I never said that.")
    assert models.Decision.everything.get(id=decision).state == State.UNDONE
    undone = models.Step.everything.get(decision=decision, kind="undone")
    assert str(undone.words) == "I never said that."
    with clock.at("2026-03-17"):
        says(later, "no", cast.rosa)
        assert models.Decision.everything.get(id=later).state == State.DECIDED
        signed_in(client, cast.rosa)
        text = client.get(f"/decisions/{later}").content.decode()
    assert "Say that this is wrong" in text
    assert "/do/decisions.challenged?" in text


def test_nobody_is_told_that_a_no_takes_it_back_once_that_was_done_or_its_day_has_passed(
    cast: Cast, client: Client
) -> None:
    undone, old = typed(cast), typed(cast, "Come at ten")
    for decision in (undone, old):
        telling = models.Telling.everything.get(decision=decision)
        do(commands.OpenIt(decision=decision, telling=telling.id), by=cast.rosa)
    signed_in(client, cast.rosa)
    for page in (f"/decisions/{old}", "/"):
        assert "If you say no by" in client.get(page).content.decode(), page
    do(commands.UndoEveryday(decision=undone), by=cast.rosa)
    shown = client.get(f"/decisions/{undone}").content.decode()
    assert "If you say no by" not in shown and "It was undone, so nothing hangs on this." in shown
    assert "needs-you" not in shown
    with clock.at("2026-03-20"):  # it is asked for eight weeks, and a no undoes it for two
        for page in (f"/decisions/{old}", "/"):
            text = client.get(page).content.decode()
            assert "Did you agree this?" in text and "If you say no by" not in text, page


def test_not_like_that_tells_whoever_wrote_it_down_and_undoes_nothing(cast: Cast, client: Client) -> None:
    decision = typed(cast)
    told = Outbox.objects.count()
    says(decision, "otherwise", cast.rosa, "At half past eight.")
    assert models.Decision.everything.get(id=decision).state == State.DECIDED
    to = [row.payload["person"] for row in Outbox.objects.order_by("made_at")[told:]]
    assert cast.priya.person is not None
    assert cast.priya.person.hex in to
    signed_in(client, cast.priya)
    text = client.get("/").content.decode()
    assert "They say that it was not agreed like that" in text
    assert "At half past eight." in text
    says(decision, "yes", cast.rosa)
    assert "They say that it was not agreed like that" not in client.get("/").content.decode()


def test_what_another_types_never_overwrites_what_the_person_said_themself(
    cast: Cast, client: Client
) -> None:
    decision = typed(cast, about=cast.lena)
    says(decision, "yes", acts.typed_for(cast.lena, cast.mina, "phone"))
    assert latest(decision).is_sure  # her advocate took the call
    says(decision, "otherwise", cast.lena, "Only on Mondays.")
    says(decision, "no", acts.typed_for(cast.lena, cast.mina, "phone"))
    row = latest(decision)
    assert (row.said, row.is_current, row.is_sure) == ("no", False, False)
    assert models.Decision.everything.get(id=decision).state == State.DECIDED
    signed_in(client, cast.lena)
    text = client.get(f"/decisions/{decision}").content.decode()
    assert "Their own word counts." in text


def test_whoever_wrote_it_down_or_their_team_cannot_say_yes_for_them(cast: Cast) -> None:
    decision = typed(cast)
    for one in (cast.priya, cast.ken):
        with pytest.raises(Refused, match="line that wrote it down"):
            says(decision, "yes", acts.typed_for(cast.rosa, one))
    for stranger in (cast.stranger, cast.omar):
        with pytest.raises((NotAllowed, Missing)):
            says(decision, "yes", stranger)
    assert not AgreedWord.everything.exists()


def test_a_carer_who_holds_the_telephone_confirms_nothing(cast: Cast) -> None:
    """Victor and Lena share one telephone; Rosa shares hers with nobody."""
    decision, hers = typed(cast), typed(cast, about=cast.lena)
    with pytest.raises((NotAllowed, Missing)):
        says(hers, "yes", cast.victor)
    says(decision, "yes", replace(cast.rosa, way="code", only=decision))
    assert latest(decision).is_sure
    says(hers, "yes", replace(cast.lena, way="code", only=hers))
    row = latest(hers)
    assert (row.said, row.is_sure) == ("yes", False)  # it is kept, and counts as nobody's own word
    says(hers, "yes", cast.lena)
    assert latest(hers).is_sure


def test_whoever_she_was_pressed_to_let_speak_confirms_nothing_while_they_share_a_telephone(
    cast: Cast,
) -> None:
    asked_to_speak(cast)
    decision = typed(cast, about=cast.lena)
    says(decision, "yes", cast.victor)
    row = latest(decision)
    assert (row.said_by, row.is_sure) == (cast.victor.person, False)


def test_an_advocate_may_say_it_with_them_until_somebody_disputes_that(cast: Cast) -> None:
    decision, other = typed(cast, about=cast.lena), typed(cast, "Come at ten", about=cast.lena)
    says(decision, "yes", cast.mina)
    row = latest(decision)
    assert (row.said_by, row.person, row.is_sure) == (cast.mina.person, cast.lena.person, True)
    dispute(cast, named("lena mina"))
    with pytest.raises((NotAllowed, Missing, Refused)):
        says(other, "yes", cast.mina)


def test_it_is_asked_at_home_and_in_the_letter_once_and_never_of_who_does_not_want_it(
    cast: Cast, client: Client
) -> None:
    decision = typed(cast)
    notice = {"matter": decision.hex}
    rosa = cast.rosa.person
    assert rosa is not None

    def on_the_slip() -> bool:
        letter = letter_about(rosa, notice)
        assert letter is not None
        return any("Did you agree this?" in str(each.words) for each in letter.reply_slip)

    signed_in(client, cast.rosa)
    assert "wrote down on 2 March 2026 that you agreed this" in client.get("/").content.decode()
    assert on_the_slip()
    told = Outbox.objects.count()
    with clock.at("2026-05-30"):  # nobody is reminded, and after eight weeks it is not asked any more
        assert "that you agreed this" not in client.get("/").content.decode()
    assert Outbox.objects.count() == told
    says(decision, "do_not_ask", cast.rosa)
    assert "that you agreed this" not in client.get("/").content.decode()
    assert not on_the_slip()
    typed(cast, "Come at ten")
    assert "that you agreed this" not in client.get("/").content.decode()
    form = client.get(f"/do/decisions.agreement_answered?decision={decision}").content.decode()
    assert "You may ask me this again" in form
    says(decision, "ask_again", cast.rosa)
    assert "that you agreed this" in client.get("/").content.decode()


def test_a_weighty_matter_is_not_asked_about_like_that(cast: Cast, client: Client) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    with pytest.raises(Refused, match="small things"):
        says(decision, "yes", cast.rosa)
    signed_in(client, cast.rosa)
    assert "Did you agree this?" not in client.get(f"/decisions/{decision}").content.decode()


def test_a_program_reads_whether_it_is_their_own_word(cast: Cast, client: Client) -> None:
    decision = typed(cast)
    signed_in(client, cast.priya)
    assert client.get(f"/api/decisions/{decision}").json()["agreed"] == {
        "said": None,
        "their_own_word": False,
    }
    says(decision, "yes", cast.rosa)
    found = client.get(f"/api/decisions/{decision}").json()["agreed"]
    assert (found["said"], found["their_own_word"]) == ("yes", True)


# What they undid is not written down again -------------------------------------------------------------


def test_what_they_undid_is_not_written_down_again_until_somebody_forgets_to_undo_it(cast: Cast) -> None:
    """Priya writes the same small thing down each day. By any hand of their line, and of that kind."""
    first = typed(cast)
    do(commands.UndoEveryday(decision=first), by=cast.rosa)
    for what in ("Come at eight, not at nine", "Come at ten past eight"):
        with pytest.raises(Refused, match="They undid a small thing of this kind lately"):
            typed(cast, what)
    typed(cast, about=cast.lena)  # of somebody else, as before
    matter = acts.raised(cast.ken, cast.rosa, "Come at eight", "swap")  # and the whole gate stands before it
    with pytest.raises(Refused):
        acts.decided(matter, cast.ken)
    clock.advance(days=29)
    typed(cast)


def test_nor_what_they_say_was_not_agreed_though_the_days_to_undo_it_are_over(cast: Cast) -> None:
    first = typed(cast)
    telling = models.Telling.everything.get(decision=first)
    do(commands.OpenIt(decision=first, telling=telling.id), by=cast.rosa)
    clock.advance(days=20)
    says(first, "no", cast.rosa)
    assert models.Decision.everything.get(id=first).state == State.DECIDED
    with pytest.raises(Refused, match="not agreed like that"):
        typed(cast, "Come at nine")
