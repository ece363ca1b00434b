"""A story that comes to eleven states, one after another; in each of them everyone looks at everything."""

from collections.abc import Iterator
from datetime import date, timedelta

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.further import due_to_take_up
from alongside.topics.decisions.models import Sees, Stake
from alongside.topics.people.commands import (
    access,
    acting,
    how_often,
    keeping,
    links,
    outside,
    persons,
    speaking,
)
from alongside.topics.promises import commands as promises
from alongside.topics.promises.models import PromisedTo, ProposedDate, Verdict
from tests.decisions import acts
from tests.proof import together, voice
from tests.proof.changes import services_change
from tests.proof.deciding_story import after_it_was_decided, several_decide
from tests.proof.deliberation import done_together, thought_through
from tests.proof.many import promised_to_many
from tests.world import Cast, named

MARKS = {
    "rosa": "MARK-ROSA",
    "lena": "MARK-LENA",
    "ana": "MARK-ANA",
    "own": "MARK-OWN",
    "money": "MARK-MONEY",
}


def story(cast: Cast) -> Iterator[str]:
    """The name of each state, once it is reached. Each matter’s words hold a mark of its own."""
    rosa = acts.raised(cast.ken, cast.rosa, f"Five days {MARKS['rosa']}")
    lena = acts.raised(cast.priya, cast.lena, f"A flat of her own {MARKS['lena']}", "start")
    ana = acts.raised(cast.omar, cast.ana, f"More hours {MARKS['ana']}", "increase")
    acts.raised(cast.rosa, cast.rosa, f"I stop the day centre {MARKS['own']}", "end", is_own=True)
    money = acts.raised(cast.ken, cast.lena, f"Another bank {MARKS['money']}", "money")
    place = decisions.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    hall = do(place, by=cast.june).thing
    worry = decisions.RaiseConcern(organisation=cast.council, words="My neighbour is not well.")
    do(worry, by=cast.stranger)
    yield "raised"

    acts.sent(rosa, cast.ken)
    acts.sent(lena, cast.priya, "phone")
    acts.sent(ana, cast.omar, "email")
    do(decisions.AskQuestion(decision=rosa, words="Why?"), by=cast.rosa)
    do(decisions.AskForMoreTime(decision=rosa), by=cast.rosa)
    do(decisions.OfferHelp(decision=lena, what="advocate", channel="phone"), by=cast.priya)
    yield "told"

    other = decisions.SayWhoIsAffected(decision=rosa, person=cast.devon.person, stake=Stake.OTHER)
    do(other, by=cast.rosa)
    acts.sent(rosa, cast.ken, "text", person=cast.devon.person)
    mine = acts.said(rosa, cast.rosa)
    acts.said(rosa, cast.devon, "against", "She needs it.")
    acts.said(lena, cast.lena, "for", "I want to be safe.")
    acts.said(ana, cast.mina, "for", "She asked for it.", on_behalf=cast.ana.person)
    do(decisions.AddOption(decision=rosa, name="Six days", change="cut"), by=cast.rosa)
    asked = acts.checker_asked(lena, cast.priya, cast.lena)  # her advocate first, and then in turn
    check = acts.latest(models.Check, lena).id
    while asked.person != cast.omar.person:
        cannot = decisions.AnswerCheck(decision=lena, check=check, said="cannot", words="I am away.")
        do(cannot, by=asked)
        asked = Actor(person=acts.latest(models.Checker, lena).checker, strong=True)
    companion = decisions.AskForHelp(decision=rosa, what="someone_you_choose", companion=cast.tom.person)
    do(companion, by=cast.rosa)
    do(decisions.GiveViewOnPlace(decision=hall, position="for", words="Yes."), by=cast.boyd)
    do(decisions.SayWhichPeople(decision=hall, group="Everyone in East", size=900), by=cast.june)
    thought_through(cast, rosa, hall)
    done_together(cast, rosa, hall)
    several_decide(cast, hall)
    yield "answered"

    do(decisions.ChooseWhoSees(decision=rosa, view=mine.id, sees=Sees.AFFECTED), by=cast.rosa)
    theirs = acts.latest(models.View, lena)
    do(decisions.ChooseWhoSees(decision=lena, view=theirs.id, sees=Sees.EVERYONE), by=cast.lena)
    yield "widened"

    acts.ground(money, cast.ken, "attorney_or_deputy", holder=cast.victor.person)
    acts.safeguard(money, cast.ken, "involved_anyway")
    shown = decisions.NoteWhatTheyShow(decision=lena, words="She packs.", shown_on=clock.today())
    do(shown, by=cast.mina)
    acts.said(money, cast.victor, "for", "Pay it to me.", on_behalf=cast.lena.person)
    acts.said(money, cast.lena, "unsure", "I do not know.")
    now = acts.ground(lena, cast.priya, "serious_harm")
    acts.looked(now, cast.mina, "no", "She is safe where she is tonight.")
    yield "grounds"

    for view in list(models.View.everything.filter(decision=rosa)):
        acts.replied(rosa, cast.ken, view.id)
    acts.decided(rosa, cast.ken)
    after_it_was_decided(cast, rosa)
    everyday = decisions.AgreeEveryday(
        person=cast.rosa.person, what="Help at 9", change="swap", words="Fine.", channel="visit"
    )
    do(everyday, by=cast.priya)
    urgent = decisions.ActUrgently(
        person=cast.lena.person, what="Night care", change="start", words="She is not safe."
    )
    do(urgent, by=cast.priya)
    yield "decided"

    due = clock.today() + timedelta(days=2)
    made = {
        "rosa": do(
            promises.MakePromise(
                organisation=cast.council,
                person=cast.rosa.person,
                what="Mend the ramp",
                due_on=due,
                decision=rosa,
                office=cast.kens_office,
            ),
            by=cast.ken,
        ).thing,
        "lena": do(
            promises.MakePromise(
                organisation=cast.council,
                person=cast.lena.person,
                what="A safe phone",
                due_on=due,
                is_private=True,
            ),
            by=cast.priya,
        ).thing,
        "ana": do(
            promises.MakePromise(
                organisation=cast.council, person=cast.ana.person, what="A call", due_on=due
            ),
            by=cast.omar,
        ).thing,
        "hall": do(
            promises.MakePromise(
                organisation=cast.council, made_to=[cast.devon.person], what="Heat the hall", due_on=due
            ),
            by=cast.june,
        ).thing,
    }
    do(promises.ReportProgress(promise=made["rosa"], percent=100, words="Done."), by=cast.ken)
    do(promises.PutPromiseRight(promise=made["ana"], what="A visit", why="You asked."), by=cast.omar)
    yield "promised"

    clock.advance(days=3)
    for asking in due_to_take_up(clock.now()):  # nobody on duty took the worry up in time
        do(asking, by=THE_CLOCK)
    to = {name: PromisedTo.everything.get(promise=pk) for name, pk in made.items()}
    for name, by, said, held in (
        ("rosa", cast.rosa, "not_kept", False),
        ("lena", cast.lena, "kept", True),
        ("hall", cast.devon, "partly", False),
    ):
        verdict = promises.GiveVerdict(
            promise=made[name],
            made_to=to[name].id,
            said=said,
            is_held=held,
            may_be_read=name == "hall",
            words="It was cold." if name == "hall" else "",
        )
        do(verdict, by=by)
    passed = promises.PassOnVerdict(
        promise=made["ana"], made_to=to["ana"].id, said="kept", spoken_on=clock.today()
    )
    do(passed, by=cast.omar)
    new_day = date(2026, 4, 20)
    wants = promises.SayWhatNow(
        promise=made["rosa"], made_to=to["rosa"].id, wants="new_date", new_day=new_day
    )
    do(wants, by=cast.rosa)
    do(promises.ProposeDate(promise=made["rosa"], due_on=date(2026, 4, 27), why="A part."), by=cast.ken)
    proposal = ProposedDate.everything.get(promise=made["rosa"])
    answer = promises.AnswerDate(
        promise=made["rosa"], proposal=proposal.id, made_to=to["rosa"].id, agrees=False
    )
    do(answer, by=cast.rosa)
    handed = promises.HandOverPromise(promise=made["lena"], owned_by=cast.ken.person, why="Leave.")
    do(handed, by=cast.priya)
    together.taking_part(cast, hall)
    together.decided_hall(cast, hall)
    together.judged(cast, hall)
    services_change(cast, hall)
    yield "judged"

    promised_to_many(cast, made["rosa"])
    yield "promised to many"

    dispute = speaking.DisputeSpeaker(link=named("lena victor attorney"), words="He keeps it.")
    do(dispute, by=cast.lena)
    do(keeping.PlaceHold(person=cast.ana.person, reason="complaint"), by=cast.omar)
    do(how_often.SetHowOftenWeAsk(person=cast.rosa.person, how_often="never"), by=cast.rosa)
    do(outside.AskForCalendar(person=cast.rosa.person), by=cast.rosa)
    do(acting.LetProgramAct(person=cast.rosa.person, name="The tablet in the hall"), by=cast.rosa)
    linked = persons.LinkToCouncilSystem(person=cast.rosa.person, system="social_care", reference="R-1")
    do(linked, by=cast.priya)
    code = access.IssueCode(person=cast.rosa.person, matter=rosa, path=f"/decisions/{rosa}", digest="ab" * 32)
    do(code, by=cast.ken)
    yield "disputed"

    do(links.ChangeWhatTheySee(link=named("lena victor"), shows=False), by=cast.lena)
    yield "unshown"
    released = Verdict.everything.get(promise=made["lena"])
    do(promises.ReleaseVerdict(promise=made["lena"], verdict=released.id), by=cast.lena)
    voice.happens(cast)
    yield "released"
