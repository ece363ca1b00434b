"""What neither the story nor chance comes to: views that are one, and what a second person says yes to."""

from datetime import timedelta

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.access import LinkSignIn, UnlinkSignIn
from alongside.topics.people.commands.bodies import AppointToOffice
from alongside.topics.people.commands.erasing import AskToErase, ErasePerson, WhyErased
from alongside.topics.people.commands.keeping import AgreeHoldBack, LiftHoldBack, ProposeHoldBack
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.models import AskedToAgree, SignInName
from alongside.topics.promises.commands import ConfirmVerdict, PassOnVerdict
from alongside.topics.promises.models import Verdict
from tests.decisions import acts
from tests.decisions.afterwards import answered, challenged, settled
from tests.decisions.turns import knows
from tests.promises.making import promised, to_whom
from tests.world import Cast, named


def last_acts(cast: Cast) -> None:
    """One of each, on things that are new: whatever came before does not stand in the way."""
    _two_views_are_one(cast)
    _held_back_and_shown_again(cast)
    do(LinkSignIn(person=cast.rosa.person, address="rosa@wexmoor.example"), by=cast.rosa)
    row = SignInName.everything.get(person=cast.rosa.person, ended_at=None)
    do(UnlinkSignIn(sign_in=row.id), by=cast.rosa)
    one, other = (
        do(AddPerson(organisation=cast.council, name=name, team=cast.east), by=cast.ken).thing
        for name in ("Ada Bell", "A. Bell")
    )
    merge = do(AskToMerge(person=one, other=other, words="One letter came back."), by=cast.ken).thing
    do(MergePeople(merge=merge, checked="I rang them."), by=_asked(merge))
    gone = do(AskToErase(person=one, why=WhyErased.UNLAWFUL), by=cast.ken).thing
    do(ErasePerson(erasure=gone, checked="I rang them."), by=_asked(gone))
    clock.advance(days=90)  # what the story agreed lately does not stand beside what follows
    _decides_about_their_own_life(cast)
    _said_to_be_theirs_and_undone(cast)
    _a_legal_reason_ends(cast)
    _whoever_checks_is_chosen(cast)
    _a_challenge_is_answered(cast)
    _a_verdict_is_confirmed(cast)
    do(AppointToOffice(office=cast.kens_office, person=cast.priya.person), by=cast.june)
    do(EndPost(link=named("omar post")), by=cast.june)


def _asked(ask: object) -> Actor:
    row = AskedToAgree.everything.filter(ask=ask, closed_at=None).order_by("id").first()
    assert row is not None
    return Actor(person=row.person, strong=True)


def _two_views_are_one(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close the library", change="end")
    library = do(place, by=cast.june).thing
    views = []
    for by in (cast.ana, cast.boyd):
        view = commands.GiveViewOnPlace(
            decision=library, position="against", words="Keep it.", instead="As now."
        )
        do(view, by=by)
        views.append(acts.latest(models.View, library).id)
    do(commands.SayTheSame(decision=library, view=views[1], other=views[0]), by=cast.boyd)
    do(commands.AgreeTheSame(decision=library, row=acts.latest(models.SameView, library).id), by=cast.ana)


def _held_back_and_shown_again(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.lena, "Somebody comes on Sundays", "start")
    view = acts.said(matter, cast.lena, "for", "Yes.")
    hold = ProposeHoldBack(
        about_whom=cast.lena.person,
        thing_held=view.id,
        table="decisions.View",
        held_from=cast.victor.person,
        test="serious_harm",
        reasons="He reads her telephone.",
        review_on=clock.today() + timedelta(days=20),
        ends_on=clock.today() + timedelta(days=60),
    )
    asked = do(hold, by=cast.ken).thing
    do(AgreeHoldBack(hold_back=asked, checked="I rang her."), by=_asked(asked))
    do(LiftHoldBack(hold_back=asked), by=cast.ken)


def _decides_about_their_own_life(cast: Cast) -> None:
    own = acts.raised(cast.lena, cast.lena, "I go to the choir on Thursdays", "start", is_own=True)
    do(commands.DecideForMyself(decision=own, words="I go from May."), by=cast.lena)


def _said_to_be_theirs_and_undone(cast: Cast) -> None:
    small = commands.AgreeEveryday(
        person=cast.lena.person, what="A walk on Mondays", change="swap", words="Yes please.", channel="phone"
    )
    walk = do(small, by=cast.priya).thing
    told = acts.latest(models.Telling, walk)
    do(commands.ConfirmTelling(decision=walk, telling=told.id), by=cast.lena)
    do(commands.UndoEveryday(decision=walk), by=cast.lena)


def _a_legal_reason_ends(cast: Cast) -> None:
    move = acts.raised(cast.ken, cast.lena, "She moves to her sister", "move")
    ground = acts.ground(move, cast.ken)
    do(commands.EndGround(decision=move, ground=ground.id), by=cast.ken)


def _whoever_checks_is_chosen(cast: Cast) -> None:
    fewer = acts.raised(cast.ken, cast.rosa, "Nobody comes on Fridays")
    acts.sent(fewer, cast.ken)
    knows(cast, cast.omar)
    acts.said(fewer, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")
    do(commands.AskToCheck(decision=fewer, checker=cast.omar.person), by=cast.rosa)


def _a_challenge_is_answered(cast: Cast) -> None:
    cut = settled(cast)
    challenge = challenged(cut, cast.rosa)
    answered(cut, challenge.id, acts.answerer(cut))


def _a_verdict_is_confirmed(cast: Cast) -> None:
    ramp = promised(cast, to=cast.rosa, what="Mend the gate.", due_on=clock.today())
    made_to = to_whom(ramp, cast.rosa.person)
    said = PassOnVerdict(promise=ramp, made_to=made_to, spoken_on=clock.today(), said="kept")
    do(said, by=cast.priya)
    do(ConfirmVerdict(promise=ramp, verdict=Verdict.everything.get(promise=ramp).id), by=cast.rosa)
