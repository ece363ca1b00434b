"""A speaker whom somebody disputes is no voice: not in a matter, not as a typist, nor in a count."""

from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import holds
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said, Told
from alongside.topics.decisions.models import Decision, Stake
from alongside.topics.people.commands.links import AgreeToLink, ChangeWhatTheySee, Relate
from alongside.topics.people.models import LinkKind, Scope
from alongside.topics.promises.models import Promise
from alongside.topics.promises.policy.counting import counts_of
from tests.decisions import acts
from tests.decisions.disputed import asked_to_speak, dispute
from tests.promises.lasting import HALF_A_YEAR, KEPT, the_clock
from tests.promises.lasting import holds as lasting
from tests.promises.making import judge, promised
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def money_matter(cast: Cast) -> UUID:
    """A matter of Lena’s money, with Victor’s power written down as the legal reason."""
    matter = acts.raised(cast.priya, cast.lena, "Another bank", "money")
    acts.ground(matter, cast.priya, "attorney_or_deputy", holder=cast.victor.person)
    return matter


def names_somebody(cast: Cast, matter: UUID) -> commands.SayWhoIsAffected:
    return commands.SayWhoIsAffected(decision=matter, person=cast.victor.person, stake=Stake.OTHER)


def undoes(cast: Cast, matter: UUID) -> bool:
    return holds(commands.UndoEveryday.may, cast.victor, clock.now(), Decision, matter)


def test_an_attorney_whom_she_disputes_names_nobody_and_undoes_nothing(cast: Cast) -> None:
    matter = money_matter(cast)
    assert undoes(cast, matter)
    dispute(cast, named("lena victor attorney"))
    assert not undoes(cast, matter)
    with pytest.raises((NotAllowed, Missing)):
        do(names_somebody(cast, matter), by=cast.victor)


def test_an_attorney_whom_she_disputes_no_longer_sees_a_matter_she_does_not_show_him(cast: Cast) -> None:
    do(ChangeWhatTheySee(link=named("lena victor"), shows=False), by=cast.lena)
    matter = money_matter(cast)
    seen = Decision.objects.seen_by
    assert seen(cast.victor).filter(pk=matter).exists()
    dispute(cast, named("lena victor attorney"))
    assert not seen(cast.victor).filter(pk=matter).exists()
    assert seen(cast.lena).filter(pk=matter).exists()


def test_somebody_asked_to_speak_for_her_has_no_voice_once_she_disputes_him(cast: Cast) -> None:
    link = asked_to_speak(cast)
    matter = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    assert undoes(cast, matter)
    dispute(cast, link)
    assert not undoes(cast, matter)
    with pytest.raises((NotAllowed, Missing)):
        do(names_somebody(cast, matter), by=cast.victor)


def test_a_voice_on_her_money_says_nothing_about_where_she_lives(cast: Cast) -> None:
    asked_to_speak(cast, scope=Scope.MONEY)
    home = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    money = acts.raised(cast.priya, cast.lena, "Another bank", "money")
    assert undoes(cast, money)
    assert not undoes(cast, home)


def test_a_voice_for_one_person_on_one_matter_is_no_voice_for_others_it_affects(cast: Cast) -> None:
    """Victor may speak for Lena on a matter of Rosa’s that touches Lena too; that gives him none for Rosa."""
    matter = acts.raised(cast.ken, cast.rosa)
    asked_to_speak(cast, scope=Scope.ONE_MATTER, matter=matter)
    assert not undoes(cast, matter)
    touched = commands.SayWhoIsAffected(decision=matter, person=cast.lena.person, stake=Stake.OTHER)
    do(touched, by=cast.ken)
    assert undoes(cast, matter)
    from alongside.topics.people.policy import speaks_for_q

    speaks = speaks_for_q(cast.victor, clock.now(), "person", matter_field="decision")
    rows = models.Affected.everything.filter(speaks, decision=matter)
    assert list(rows.values_list("person", flat=True)) == [cast.lena.person]


def test_what_a_disputed_advocate_wrote_down_as_her_word_opens_nothing(cast: Cast) -> None:
    link = named("lena victor advocate")
    relate = Relate(link=link, person=cast.lena.person, other=cast.victor.person, kind=LinkKind.ADVOCATE)
    do(relate, by=BUILDER)
    do(AgreeToLink(link=link), by=cast.lena)
    matter = acts.raised(cast.priya, cast.lena, "A smaller flat", "cut")
    acts.sent(matter, cast.priya, "phone")
    acts.said(matter, acts.typed_for(cast.lena, cast.victor), "for", "Yes, that is fine.")

    def lena() -> tuple[Told, Said]:
        heard = standing_of(Decision.everything.get(pk=matter), clock.now()).heard
        return next((each.told, each.said) for each in heard if each.person == cast.lena.person)

    assert lena() == (Told.REACHED, Said.VIEW)
    dispute(cast, link)
    assert lena()[1] is Said.UNCONFIRMED
    with pytest.raises(Refused):
        acts.decided(matter, cast.priya)


def test_a_disputed_advocate_confirms_nothing_that_was_typed_for_her(cast: Cast) -> None:
    link = named("lena victor advocate")
    relate = Relate(link=link, person=cast.lena.person, other=cast.victor.person, kind=LinkKind.ADVOCATE)
    do(relate, by=BUILDER)
    do(AgreeToLink(link=link, shows=True), by=cast.lena)
    matter = acts.raised(cast.priya, cast.lena, "A smaller flat", "cut")
    view = acts.said(matter, acts.typed_for(cast.lena, cast.priya), "for", "Yes, that is fine.")
    do(commands.ConfirmView(decision=matter, view=view.id), by=cast.victor)

    def said() -> Said:
        return standing_of(Decision.everything.get(pk=matter), clock.now()).heard[0].said

    assert said() is Said.VIEW
    dispute(cast, link)
    assert said() is Said.UNCONFIRMED


def test_a_verdict_by_a_speaker_she_disputes_is_counted_as_nobodys(cast: Cast) -> None:
    link = asked_to_speak(cast)
    promise = promised(cast, to=cast.lena, by=cast.priya, what="A safe phone", due_on=clock.today())
    do(judge(promise, cast.lena.person, "kept"), by=cast.victor)
    assert counts_of([promise])[promise].kept == 1
    dispute(cast, link)
    assert counts_of([promise])[promise].kept == 0
    assert Promise.everything.filter(pk=promise).exists()


def test_a_verdict_by_a_speaker_she_disputes_is_asked_of_her_again(cast: Cast) -> None:
    """She read “You said: Kept”, in the words of the one who harms her, and was asked nothing more."""
    link = asked_to_speak(cast)
    promise = promised(cast, to=cast.lena, by=cast.priya, what="A safe phone", due_on=clock.today())
    do(judge(promise, cast.lena.person, "kept"), by=cast.victor)
    assert "A safe phone" not in page(cast.lena, "/")
    for where in ("/promises/", f"/promises/{promise}"):
        shown = page(cast.lena, where)
        assert "Said for you: Kept" in shown and "You said: Kept" not in shown
    dispute(cast, link)
    assert "A safe phone" in page(cast.lena, "/")
    for where in ("/promises/", f"/promises/{promise}"):
        shown = page(cast.lena, where)
        assert "Said for you" not in shown and "It waits for your answer." in shown
    assert "Victor Fox may not speak for you now. Say it yourself: then it counts." in shown
    do(judge(promise, cast.lena.person), by=cast.lena)
    assert "You said: Not kept" in page(cast.lena, "/promises/")


def test_whether_it_still_holds_is_asked_of_her_again_once_she_disputes_who_said_it(cast: Cast) -> None:
    with clock.at(KEPT):
        link = asked_to_speak(cast)
        promise = promised(cast, to=cast.lena, by=cast.priya, what="A phone", due_on=clock.today())
        do(judge(promise, cast.lena.person, "kept"), by=cast.lena)
    with clock.at(HALF_A_YEAR):
        the_clock()
        assert "A phone" in page(cast.lena, "/")
        do(lasting(promise, cast.lena.person, "still"), by=cast.victor)
        assert "A phone" not in page(cast.lena, "/")
        shut = page(cast.lena, f"/promises/{promise}").count("still_holds_said")
        dispute(cast, link)
        assert "A phone" in page(cast.lena, "/")
        assert page(cast.lena, f"/promises/{promise}").count("still_holds_said") > shut


def test_a_power_over_money_confirms_no_answer_about_a_promise(cast: Cast) -> None:
    from alongside.topics.promises.models import Verdict
    from alongside.topics.promises.policy import who_confirms

    promise = promised(cast, to=cast.lena, by=cast.priya, what="A safe phone", due_on=clock.today())
    do(judge(promise, cast.lena.person, "kept"), by=acts.typed_for(cast.lena, cast.priya))
    said = Verdict.everything.get(promise=promise)
    assert holds(who_confirms, cast.mina, clock.now(), Verdict, said.id)
    assert not holds(who_confirms, cast.victor, clock.now(), Verdict, said.id)
