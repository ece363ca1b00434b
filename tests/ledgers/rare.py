"""What chance hardly ever comes to, done by hand, so that the kept ledger has an entry of every kind."""

from datetime import timedelta
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions.models import Affected, Stake
from alongside.topics.people.commands import (
    access,
    acting,
    addresses,
    agreeing,
    bodies,
    climbing,
    deaths,
    ending,
    erasing,
    goes_on,
    how_often,
    links,
    members,
    outside,
    posts,
    powers,
    reaching,
    typing,
    waiting,
)
from alongside.topics.people.models import (
    AgreesFor,
    AskedToAgree,
    Calendar,
    Hook,
    Link,
    LinkKind,
    Scope,
    WayIn,
)
from alongside.topics.promises import commands as promises
from tests.decisions import acts
from tests.ledgers.deciding import deciding_acts
from tests.ledgers.deliberation import deliberation_acts
from tests.ledgers.rare_promises import months_later
from tests.ledgers.voice import rare_voice
from tests.promises.making import judge
from tests.proof.anything import what_is_due
from tests.proof.changes import every_kind as every_kind_of_change
from tests.world import BUILDER, Cast, named
from tests.written import written


def rare_acts(cast: Cast) -> None:
    """One of each. It stands after the story and before chance."""
    matter = acts.raised(cast.ken, cast.rosa, "Help in the evening", "increase")
    other = decisions.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake=Stake.OTHER)
    do(other, by=cast.rosa)
    do(
        decisions.NameSomebodyNew(decision=matter, name="Aunt Bea", reach="text", address="07700 900888"),
        by=cast.rosa,
    )
    row = Affected.everything.get(decision=matter, person=cast.devon.person)
    gone = decisions.NoLongerAffected(decision=matter, affected=row.id, words="He is away.")
    do(gone, by=cast.devon)

    soon = clock.today() + timedelta(days=5)
    ground = acts.ground(matter, cast.ken, ends_on=soon)
    evidence = acts.evidence("best_interests")
    again = decisions.RenewGround(decision=matter, ground=ground.id, evidence=evidence, ends_on=soon)
    do(again, by=cast.ken)

    place = decisions.RaiseAboutPlace(organisation=cast.council, what="Paint the hall", change="start")
    hall = do(place, by=cast.june).thing
    do(decisions.SayWhichPeople(decision=hall, group="Everyone in East", size=900), by=cast.june)
    alone = decisions.DecideForPlace(
        decision=hall, outcome="agreed", reasons="It peels.", without_them="It is unsafe.", review_on=soon
    )
    do(alone, by=cast.june)

    do(reaching.SendFirstLetter(person=cast.ana.person), by=THE_CLOCK)
    code = access.IssueCode(person=cast.rosa.person, matter=matter, path="/", digest="cd" * 32)
    do(code, by=cast.ken)
    way = WayIn.everything.filter(matter=matter)[0]
    do(access.UseCode(row=way.id), by=cast.rosa)

    typed = do(
        decisions.AskQuestion(decision=matter, words="When?"), by=acts.typed_for(cast.rosa, cast.priya)
    )
    do(typing.AnswerTypedAct(act=typed.entry, is_right=True), by=cast.rosa)
    _typed_and_denied(cast, typed.entry)
    _address(cast)
    _power(cast)

    do(outside.AskForCalendar(person=cast.ana.person), by=cast.ana)
    do(outside.EndCalendar(calendar=Calendar.everything.get(person=cast.ana.person).id), by=cast.ana)
    program = do(acting.LetProgramAct(person=cast.ana.person, name="The diary"), by=cast.ana).thing
    do(acting.StopProgram(program=program), by=cast.ana)
    do(outside.SetHook(organisation=cast.council, address="https://a.example/word"), by=cast.june)
    do(outside.StopHook(hook=Hook.everything.get().id), by=cast.june)

    acts.said(matter, cast.rosa, "for", "Yes.")
    note = written("decisions.view_given")[-1].id
    ask = erasing.AskToRemoveNote(person=cast.rosa.person, note=note, words="It is about somebody else.")
    do(erasing.RemoveNote(erasure=do(ask, by=cast.priya).thing, checked="I rang them."), by=cast.dee)
    clock.advance(days=8)
    what_is_due(cast)
    small = decisions.AgreeEveryday(
        person=cast.rosa.person, what="Come at eight", change="swap", words="Yes.", channel="phone"
    )
    do(decisions.SayIfAgreed(decision=do(small, by=cast.priya).thing, said="yes"), by=cast.rosa)
    _files(cast)
    every_kind_of_change(cast)
    months_later(cast)
    deliberation_acts(cast)
    rare_voice(cast)
    deciding_acts(cast)
    _memberships(cast)
    _from_outside(cast)
    _waited(cast)
    _said_of_help(cast)
    _goes_on(cast)
    _deaths(cast)


def _typed_and_denied(cast: Cast, about_a_matter: UUID) -> None:
    """What somebody typed for another, who says that they did not say it."""
    wrong = decisions.RaiseProblem(what="place", organisation=cast.council, where="The bus", words="Late.")
    problem = do(wrong, by=cast.lena).thing
    by_phone = acts.typed_for(cast.lena, cast.mina, "phone")
    better = do(decisions.SayIfBetter(problem=problem, better="yes"), by=by_phone).entry
    made = promises.MakePromise(
        organisation=cast.council, what="Mend it.", due_on=clock.today(), person=cast.lena.person
    )
    verdict = judge(do(made, by=cast.ken).thing, cast.lena.person, "kept")
    kept = do(verdict, by=by_phone).entry
    do(typing.AnswerTypedAct(act=about_a_matter, is_right=False), by=cast.rosa)
    less = how_often.SetHowOftenWeAsk(person=cast.lena.person, how_often="monthly")
    for act in (better, kept, do(less, by=by_phone).entry):
        do(typing.AnswerTypedAct(act=act, is_right=False), by=cast.lena)


def _memberships(cast: Cast) -> None:
    """One is confirmed and ended, one declined."""
    for by in (cast.devon, cast.victor):
        do(posts.JoinBody(person=by.person, organisation=cast.ulo), by=by)
    first, second = (
        Link.everything.get(person=by.person, organisation=cast.ulo, other=None).id
        for by in (cast.devon, cast.victor)
    )
    do(members.ConfirmMember(link=first), by=cast.ana)
    do(members.EndMembership(link=first, words="You moved away."), by=cast.ana)
    do(members.DeclineMember(link=second, words="We are of East only."), by=cast.ana)


def _from_outside(cast: Cast) -> None:
    """An office is named that agrees from outside the line, and no longer; somebody outside says no."""
    office = do(bodies.AddOffice(organisation=cast.ulo, name="Who keeps people safe"), by=BUILDER).thing
    do(agreeing.NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    do(agreeing.EndWhoAgrees(named=AgreesFor.everything.get(office=office).id), by=cast.june)
    ask = erasing.AskToErase(person=cast.stranger.person, why="unlawful", words="Never needed.")
    erasure = do(ask, by=BUILDER).thing
    asked = AskedToAgree.everything.filter(ask=erasure).order_by("pk")[0]
    no = agreeing.DeclineToAgree(asked=asked.id, words="He wants to keep it.")
    do(no, by=Actor(person=asked.person, strong=True))


def _address(cast: Cast) -> None:
    """One address that a worker wrote down is confirmed from outside, and one by the person."""
    for channel, told in (("text", "07700 900333"), ("email", "rosa@wexmoor.example")):
        way = reaching.SetWayToTell(
            person=cast.rosa.person, channel=channel, address=told, is_safe=True, place=3
        )
        address = do(way, by=cast.ken).thing
        if channel == "text":
            ask = addresses.AskToCheckAddress(person=cast.rosa.person, address=address)
            check = do(ask, by=cast.ken).thing
            do(addresses.ConfirmAddress(check=check, told=told, checked="I met her."), by=cast.dee)
        else:
            do(addresses.SayAddressIsMine(person=cast.rosa.person, address=address), by=cast.rosa)


def _power(cast: Cast) -> None:
    """A deputy whom a worker wrote down: somebody outside that line has seen the order too."""
    deputy = links.Relate(
        person=cast.ana.person,
        other=cast.sol.person,
        kind=LinkKind.DEPUTY,
        scope=Scope.MONEY,
        legal_basis=links.LegalBasis.COURT,
        document="13579246",
    )
    link = do(deputy, by=cast.omar).thing
    check = do(powers.AskToCheckPower(link=link), by=cast.omar).thing
    yes = powers.ConfirmPower(check=check, told="1357 9246", checked="I saw the order with its seal.")
    do(yes, by=cast.dee)


def _waited(cast: Cast) -> None:
    """Something waits longer than its day, and is done after all."""
    late = clock.today() - timedelta(days=1)
    wait = waiting.NoteWaited(
        what="words", waits_for=named("words that wait"), body=cast.council, due_on=late, up=[named("june")]
    )
    waited = do(wait, by=THE_CLOCK).thing
    do(climbing.NoteWaitsStill(waited=waited, up=[named("ana")], outside=True), by=THE_CLOCK)
    do(waiting.NoteWaitOver(waited=waited), by=THE_CLOCK)


def _said_of_help(cast: Cast) -> None:
    """Somebody says of help for another that it takes something away: once she had time to say so, and once
    she says that it is help."""
    link = named("rosa devon speaks")
    asks = links.Relate(
        link=link, person=cast.rosa.person, other=cast.devon.person, kind=LinkKind.SPOKESPERSON
    )
    do(asks, by=BUILDER)
    do(links.AgreeToLink(link=link, shows=True), by=cast.rosa)
    night = acts.raised(cast.ken, cast.rosa, "Somebody comes at night", "start")
    do(decisions.SayItTakesAway(decision=night), by=cast.devon)
    clock.advance(days=4)
    what_is_due(cast)
    noon = acts.raised(cast.ken, cast.rosa, "Somebody comes at noon", "start")
    do(decisions.SayItTakesAway(decision=noon), by=cast.rosa)
    do(decisions.SayItIsHelp(decision=noon), by=cast.rosa)


def _goes_on(cast: Cast) -> None:
    """Somebody wrote down that her support has ended, and she says that it goes on."""
    draws = named("rosa draws")
    do(ending.EndLink(link=draws, why=ending.WhyEnded.MISTAKE), by=BUILDER)
    do(goes_on.SaySupportGoesOn(link=draws), by=cast.rosa)


def _deaths(cast: Cast) -> None:
    """Somebody near to her tells of her death; it is written down, and was a mistake."""
    acts.raised(cast.ken, cast.rosa, "Somebody comes on Sundays", "start")
    do(deaths.TellOfDeath(person=named("rosa"), words="She did not wake up."), by=cast.devon)
    write = deaths.WriteDownDeath(person=named("rosa"), died_on=clock.today(), words="Her nephew rang.")
    do(deaths.SayTheyLive(death=do(write, by=cast.priya).thing), by=cast.rosa)
    matter = acts.raised(cast.ken, cast.rosa, "Her care at home", "start")
    touched = decisions.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake="home")
    do(touched, by=cast.rosa)
    for worker, team in ((cast.priya, cast.east), (cast.omar, cast.west)):
        works = links.Relate(
            person=cast.devon.person, other=worker.person, kind=LinkKind.NAMED_WORKER, team=team
        )
        do(works, by=Actor(installation=True, way="cli", strong=True))
    do(deaths.TellOfDeath(person=named("devon"), words="His sister rang."), by=cast.omar)
    death = do(deaths.WriteDownDeath(person=named("devon"), words="His sister rang."), by=cast.priya).thing
    do(deaths.BearOutDeath(death=death), by=cast.omar)
    do(deaths.SayTheyLive(death=death), by=cast.devon)


def _files(cast: Cast) -> None:
    """A file of decisions and one of promises, each of one row."""
    for what, digest, row in (
        ("decisions", "d" * 64, promises.ReportDecisionFromElsewhere),
        ("promises", "e" * 64, promises.ClaimPromise),
    ):
        start = promises.StartImport(
            organisation=cast.council,
            what=what,
            name=f"{what}.csv",
            source="Another system",
            digest=digest,
            columns="{}",
            rows=1,
        )
        batch = do(start, by=cast.ken).thing
        do(row(batch=batch, row=1, line=2, row_key=digest, what="Mend the road"), by=cast.ken)
        do(promises.FinishImport(batch=batch, fresh_rows=1), by=cast.ken)
