"""Small things that happen in any place, once each: so that none of its pages is only ever seen empty."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.kernel.reading import typed_for
from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import asked_of, asks_to_check, promises, raises, tells
from alongside.made_up.stories.places import matter
from alongside.made_up.stories.side_by_side import BUSES, LIFTS
from alongside.topics.decisions.commands import (
    AgreeTheSame,
    AnswerCheck,
    ConfirmView,
    GiveView,
    SayIfTold,
    SayInterest,
    SayTheSame,
    TakeUp,
)
from alongside.topics.decisions.models import Affected, Check, CheckSaid, Decider, View
from alongside.topics.people.commands.acting import LetProgramAct
from alongside.topics.people.commands.addresses import AskToCheckAddress, ConfirmAddress
from alongside.topics.people.commands.deaths import WriteDownDeath
from alongside.topics.people.commands.keeping import PlaceHold
from alongside.topics.people.commands.links import LegalBasis, Relate
from alongside.topics.people.commands.outside import AskForCalendar
from alongside.topics.people.commands.persons import LinkToCouncilSystem, System
from alongside.topics.people.commands.powers import AskToCheckPower, ConfirmPower
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.commands.typing import AnswerTypedAct
from alongside.topics.people.models import AskedToAgree, LinkKind, Scope
from alongside.topics.people.models.told import WasTold
from alongside.topics.promises.commands import (
    AnswerDate,
    ConfirmInGroup,
    GiveVerdict,
    JoinGroup,
    ProposeDate,
    PutPromiseRight,
    SayGroupWasTold,
    SayIfToldOfPromise,
)
from alongside.topics.promises.models import Promise, PromisedTo, ProposedDate, Said
from alongside.topics.voice.commands import (
    AddToFeedback,
    AskToBeHeard,
    GiveFeedback,
    ReplyToFeedback,
    SayWhoIAm,
)

SEEN = Actor(installation=True)
TYPED = (  # in the line that decides: for whom, by whom, what, and what came of it when it was checked
    ("walter", "callum", "Somebody helps you to put the bins out", "so"),
    ("zofia", "callum", "Your lunch comes frozen, for the whole week", "not_so"),
    ("sheila", "bethan", "A second key for your neighbour", "waits"),
)
TOLD = (  # whether word of the charge reached them: on which day, who, and what they say
    (-5, "precious", WasTold.NOT),
    (-5, "bill", WasTold.TOLD),
    (-4, "odette", WasTold.NOT),
    (-4, "hugh", WasTold.NOT),
    (-3, "yetunde", WasTold.TOLD),
    (-3, "tariq", WasTold.NOT),
)
SAY_NOBODY_TOLD_THEM = {1, 3, 4, 6, 8, 9, 12}  # which of those who answer here, of the same promise
ANSWERS = (  # of people who asked the council for help: whether it wrote or rang within a month
    ("meera", Said.KEPT, "They rang me in the second week."),
    ("carol", Said.KEPT, "A letter came after nine days."),
    *((key, Said.KEPT, "") for key in ("george", "stefan", "dilys", "connor")),
    ("odette", Said.PARTLY, "A letter came in time. It said that somebody would write."),
    *((key, Said.PARTLY, "") for key in ("liz", "tariq", "ravi", "katie")),
    ("nisha", Said.NOT_KEPT, "It was seven weeks."),
    *((key, Said.NOT_KEPT, "") for key in ("aled", "sheila", "walter", "imran")),
    ("ffion", Said.NOT_KEPT, "Nobody wrote."),
)


def small_things(place: Place) -> Iterator[Story]:
    """One story for each."""
    yield _a_group_is_told(place)
    yield _another_day_is_agreed(place)
    yield _put_right_at_once(place)
    yield _the_same(place)
    yield _says_if_told(place)
    yield _has_a_stake(place)
    yield _feedback_goes_on(place)
    yield _asked_quietly(place)
    yield _on_record(place)
    yield _seen_by_another_team(place)
    yield _typed_rightly(place)
    for way in TYPED:
        yield _typed_in_the_line(place, *way)


def _a_group_is_told(place: Place) -> Story:
    """A promise to four hundred people: how many it reached, who says they are of them, how it went."""
    yield place.at_work(-170, 11)
    promise = Promise.objects.seen_by(SEEN).get(statement=place.named("said taken")).id
    how = "A letter with a slip. So many slips came back, or were read out to us on the telephone."
    place.do("alan", SayGroupWasTold(promise=promise, reached=236, how=how))
    yield place.at(-57, 19)
    for key, _said, _words in ANSWERS:
        member = place.named(f"{key} asked for help")
        place.do(key, JoinGroup(promise=promise).having({"member": member}))
    yield place.at(-55, 10)
    for key, _said, _words in ANSWERS[:-1]:  # one is still to be confirmed
        place.do("ana", ConfirmInGroup(promise=promise, member=place.named(f"{key} asked for help")))
    yield place.at(-54, 19)
    made_to = PromisedTo.objects.seen_by(SEEN).get(promise=promise, person=None).id
    for key, said, words in ANSWERS:
        place.do(key, GiveVerdict(promise=promise, made_to=made_to, said=said, words=words))
    yield place.at(-53, 19)
    for number, (key, _said, _words) in enumerate(ANSWERS):
        what = WasTold.NOT if number in SAY_NOBODY_TOLD_THEM else WasTold.TOLD
        place.do(key, SayIfToldOfPromise(promise=promise, what=what))


def _another_day_is_agreed(place: Place) -> Story:
    yield place.at_work(-33, 10)
    promise = promises(place, "omar", "george", "Fit a rail at the back step", place.day(-9))
    yield place.at_work(-22, 14)
    why = "The rail that came is too short for the step."
    place.do("omar", ProposeDate(promise=promise, due_on=place.day(18), why=why))
    yield place.at(-20, 18)
    george = place.who("george")
    proposal = ProposedDate.objects.seen_by(george).get(promise=promise).id
    made_to = PromisedTo.objects.seen_by(george).get(promise=promise, person=george.person).id
    place.do(
        george,
        AnswerDate(
            promise=promise, proposal=proposal, made_to=made_to, agrees=True, why="Better one that holds me."
        ),
    )


def _put_right_at_once(place: Place) -> Story:
    """A slip of the pen, seen on the same day."""
    yield place.at_work(-16, 10)
    promise = promises(place, "callum", "ewan", "Send you the from for the bus pass", place.day(12))
    yield place.at_work(-16, 10, 40)
    right = "Send you the form for the bus pass"
    place.do("callum", PutPromiseRight(promise=promise, what=right, why="It said from, and meant form."))


def _the_same(place: Place) -> Story:
    """Two people see that they said one thing, and both say so."""
    decision = matter(place, BUSES)
    yield place.at(-3, 19)
    mine, other = (_view(decision, place.named(key)) for key in ("ewan", "ana"))
    row = place.named("ewan and ana say the same")
    place.do("ewan", SayTheSame(decision=decision, view=mine, other=other).having({"row": row}))
    yield place.at(-2, 20)
    place.do("ana", AgreeTheSame(decision=decision, row=row))


def _says_if_told(place: Place) -> Story:
    """Some of those who pay for a lift say whether word of the charge reached them."""
    yield place.at(TOLD[0][0], 20)
    decision = matter(place, LIFTS)
    group = Affected.objects.seen_by(SEEN).filter(decision=decision, person=None, ended_at=None)[0].id
    for day, key, what in TOLD:
        yield place.at(day, 20)
        place.do(key, SayIfTold(decision=decision, group=group, what=what))


def _view(decision: UUID, person: UUID) -> UUID:
    found: UUID = View.objects.seen_by(SEEN).get(decision=decision, person=person, is_current=True).id
    return found


def _has_a_stake(place: Place) -> Story:
    """Somebody takes it up, and the one who raised it steps back: his brother might get the work."""
    yield place.at_work(-5, 10)
    decision = place.named("paint the rooms")
    place.do("june", TakeUp(decision=decision))
    yield place.at_work(-5, 11)
    row = Decider.objects.seen_by(SEEN).get(decision=decision, person=place.named("alan"), until_at=None).id
    words = "My brother is a painter. He may want this work."
    place.do("alan", SayInterest(decision=decision, row=row, words=words))


def _feedback_goes_on(place: Place) -> Story:
    """Somebody adds to what they said, and says how they can be reached: they were asked, and need not."""
    yield place.at(-30, 18)
    words = "The lift at the town hall stops between floors."
    feedback = place.do("tariq", GiveFeedback(organisation=place.named("council"), words=words))
    yield place.at_work(-27, 11)
    because = "Nothing was found. Say which lift it is, and when it happens, if you like."
    place.do("alan", ReplyToFeedback(feedback=feedback, result="did_not", because=because))
    yield place.at(-26, 18)
    place.do("tariq", AddToFeedback(feedback=feedback, words="The left one, when it rains."))
    place.do("tariq", SayWhoIAm(feedback=feedback, words="Tariq. By text is best."))


def _asked_quietly(place: Place) -> Story:
    """A request for a place on an agenda that only she and the office read. It is counted all the same."""
    yield place.at_work(-18, 10)
    place.do(
        "nisha",
        AskToBeHeard(
            organisation=place.named("council"),
            office=place.named("june office"),
            meeting="The partnership board",
            item="How visits are planned",
            meets_on=place.day(24),
            minutes=5,
        ),
    )


def _on_record(place: Place) -> Story:
    """A number in the council's own system, a record that is kept, a calendar, a program, a death."""
    yield place.at_work(-48, 15)
    number = LinkToCouncilSystem(person=place.named("nell"), system=System.HOUSING, reference="H-40417")
    place.do("priya", number)
    yield place.at_work(-46, 15)
    words = "The ombudsman has asked for the letters of last winter."
    place.do("idris", PlaceHold(person=place.named("frank"), reason="complaint", words=words))
    yield place.at(-41, 20)
    place.do("samira", AskForCalendar(person=place.named("samira")))
    yield place.at_work(-20, 9)
    let = LetProgramAct(
        person=place.named("priya"),
        program=place.named("priya's diary program"),
        name="The diary on my work telephone",
        until=place.day(40),
    )
    place.do("priya", let)
    yield place.at_work(-2, 16)
    words = "Joyce rang in the morning. The hospital had told her."
    death = WriteDownDeath(person=place.named("arthur"), died_on=place.past(-3), words=words)
    place.do("priya", death)


def _seen_by_another_team(place: Place) -> Story:
    """An address and a power that a worker wrote down: somebody of another team asks, and looks, too."""
    yield place.at_work(-12, 10)
    dilys, way = place.named("dilys"), place.named("dilys by text")
    text = SetWayToTell(way=way, person=dilys, channel="text", address="07700 900621", is_safe=True)
    place.do("omar", text)
    check = place.named("dilys is asked for her number")
    place.do("omar", AskToCheckAddress(person=dilys, address=way).having({"check": check}))
    power, seen = place.named("george ngozi attorney"), place.named("the document of george is seen")
    written = Relate(
        link=power,
        person=place.named("george"),
        other=place.named("ngozi"),
        kind=LinkKind.ATTORNEY,
        scope=Scope.MONEY,
        legal_basis=LegalBasis.LASTING_POWER,
        document="7000-4417-2206",
    )
    place.do("omar", written)
    place.do("omar", AskToCheckPower(link=power).having({"check": seen}))
    yield place.at_work(-11, 10)
    said = "Rang the number on her letters. She read it out."
    place.do(_asked(check), ConfirmAddress(check=check, told="07700 900621", checked=said))
    place.do(_asked(seen), ConfirmPower(check=seen, told="7000-4417-2206", checked="In the public register."))


def _asked(check: UUID) -> Actor:
    """The first one outside the line who is asked."""
    rows = AskedToAgree.objects.seen_by(SEEN).filter(ask=check)
    return Actor(person=rows.order_by("made_by", "id")[0].person, strong=True)


def _typed_rightly(place: Place) -> Story:
    """He looks at what was typed for him, in the library, and says that it is what he said."""
    yield place.at(-4, 15)
    frank = place.who("frank")
    act = typed_for([place.named("frank")], limit=1)[0].recorded.id
    place.do(frank, AnswerTypedAct(act=act, is_right=True, words="Yes. I said it on the telephone."))


def _typed_in_the_line(place: Place, key: str, worker: str, what: str, came: str) -> Story:
    """Whoever decides types a yes. It opens nothing until somebody outside has asked the person."""
    yield place.at_work(-9, 10)
    decision, view = raises(place, worker, key, what, "start"), place.named(f"typed for {key}")
    tells(place, worker, decision, key, channel="phone")
    yield place.at_work(-2 if came == "waits" else -8, 11)
    typed = GiveView(decision=decision, view=view, position="for", words="Yes, that would help.")
    place.do(place.who(key, typed_by=worker, how="phone"), typed)
    asks_to_check(place, worker, decision, key)
    if came == "waits":
        return
    yield place.at_work(-6, 14)
    checker = asked_of(place, decision, key)
    if came == "so":
        place.do(checker, ConfirmView(decision=decision, view=view))
        return
    check = Check.objects.seen_by(checker).get(decision=decision).id
    words = "She says she only asked what it costs. She wants her lunch warm."
    place.do(checker, AnswerCheck(decision=decision, check=check, said=CheckSaid.NOT_SO, words=words))
