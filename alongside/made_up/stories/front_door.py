"""One call centre in place of five doors: said to be wrong, thought over together, decided by a panel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.one_number import checked, started, tried
from alongside.topics.decisions.commands import (
    AddOption,
    AddRisk,
    AnswerProblem,
    AnswerVoteOffer,
    BeginJoint,
    BringEvidence,
    DrawLot,
    GiveViewOnPlace,
    OfferVote,
    PutToThem,
    RaiseAboutPlace,
    RaiseProblem,
    ReplyToView,
    SayMeToo,
    SayWhatIsLost,
    SayWhichPeople,
    SayWhoDecides,
    SayYesOrNo,
    ShowWords,
    SignJoint,
    TakeUp,
    TellPeople,
    TieToBody,
)

SIZE = 410
PANEL = ("samira", "precious", "boyd")
INSTEAD = "Keep one door where you can walk in, and say it once there."


def front_door(place: Place) -> Iterator[Story]:
    """The whole story, in one."""
    yield _told(place)


def _told(place: Place) -> Story:
    yield place.at_work(-250, 10)
    decision = place.named("front door matter")
    problem = _said_wrong(place)
    yield place.at_work(-236, 10)
    _raised(place, decision, problem)
    yield place.at_work(-233, 10)
    _asked_by_lot(place, decision)
    yield place.at_work(-228, 11)
    place.do("alan", DrawLot(decision=decision, group=place.named("front door people")))
    yield place.at(-227, 18)
    _known(place, decision)
    yield place.at(-222, 18)
    _thought(place, decision)
    yield place.at(-215, 18)
    _together(place, decision)
    yield from _decided(place, decision)
    yield from tried(place, decision)
    yield from started(place, decision)
    yield from checked(place, decision)


def _said_wrong(place: Place) -> UUID:
    wrong = RaiseProblem(
        problem=place.named("ringing the council"),
        what="place",
        organisation=place.named("council"),
        where="Asking the council for help",
        words="I tell my life to five people to get one answer.",
        standing="draws",
    )
    problem = place.do("ewan", wrong)
    place.do("alan", ShowWords(problem=problem))
    for by, standing in (("ngozi", "carer"), ("precious", "draws"), ("meera", "draws"), ("liz", "carer")):
        place.do(by, SayMeToo(problem=problem, standing=standing))
    place.do(
        "alan", AnswerProblem(problem=problem, answer="looking", words="The doors do not tell each other.")
    )
    return problem


def _raised(place: Place, decision: UUID, problem: UUID) -> None:
    raised = RaiseAboutPlace(
        decision=decision,
        organisation=place.named("council"),
        what="One call centre in place of our five local doors",
        change="swap",
        why="People say the same thing five times. One number costs less than five doors.",
        problem=problem,
    )
    place.do("alan", raised)
    for key, name, words, risk, to, forgone, tasks in (
        (
            "mended",
            "Keep the five doors, and pass on what was said",
            "Each door writes it down once, and the others can read it if you agree.",
            "It costs more each year.",
            "everyone who pays for it, and the council carries that",
            "One number that is easy to keep in mind.",
            "Each door: write it down once\nThe council: one list that all five can read, by June",
        ),
        (
            "two doors",
            "One number, and two doors stay open",
            "You can ring, write or walk in. It is tried in East first.",
            "People in the west have further to go.",
            "those who cannot drive, and they carry it themselves",
            "Three rooms where people are known by name.",
            "Commissioning lead: two rooms with a quiet corner\n"
            "Deaf Voices: try the video line before it opens\n"
            "People who ring us: say each month what went wrong",
        ),
    ):
        option = AddOption(
            decision=decision,
            option=place.named(f"front door {key}"),
            name=name,
            change="swap",
            words=words,
            risk=risk,
            risk_to=to,
            forgone=forgone,
            tasks=tasks,
        )
        place.do("alan", option)


def _asked_by_lot(place: Place, decision: UUID) -> None:
    """Four hundred people are many. Of all on the list sixty are drawn, and anyone may speak."""
    group = place.named("front door people")
    who = "Everyone who asks the council for help in a year"
    place.do("alan", SayWhichPeople(decision=decision, affected=group, group=who, size=SIZE))
    place.do("alan", TieToBody(decision=decision, group=group, body=place.named("council")))
    place.do("alan", TellPeople(decision=decision, group=group, channel="letter", reached=173))


def _known(place: Place, decision: UUID) -> None:
    """Numbers, a judgement from practice, and what somebody lived, each as what it is."""
    known: Sequence[tuple[str, dict[str, object]]] = (
        (
            "alan",
            {
                "kind": "counts",
                "words": "Of 900 calls in May, 310 were passed on more than once.",
                "how_many": 900,
                "method": "We counted every call of one month.",
                "place": "All five doors and the telephones",
                "period": "May of last year",
                "limits": "It does not say what those people needed.",
            },
        ),
        (
            "omar",
            {
                "kind": "judgement",
                "words": "I see who is in danger when they walk in. I do not hear it on a telephone.",
                "how_many": 40,
                "method": "What I remember of my last forty mornings at the desk.",
                "place": "The door at Mill Street",
                "limits": "I do not see those who never come to a door.",
                "practised_on": place.past(-230),
                "leans": "against",
            },
        ),
        (
            "precious",
            {
                "kind": "lived_experience",
                "words": "I am Deaf. A number is a door that is shut. I walk to Mill Street and we write.",
                "place": "Mill Street, and at home",
                "period": "Since I was nineteen",
                "agrees": True,
                "leans": "against",
                "shown_as": "no_name",
            },
        ),
    )
    for by, said in known:
        evidence = BringEvidence(decision=decision, **said)
        place.do(by, evidence.having({"evidence": place.named(f"front door evidence {by}")}))
    option = place.named("front door two doors")
    words = "A telephone line is no use to Deaf people."
    risk = AddRisk(decision=decision, option=option, words=words, to_whom="Deaf people")
    place.do("signe", risk)
    lost = "Somebody at the desk who knows me."
    place.do("ewan", SayWhatIsLost(decision=decision, option=option, words=lost))


def _thought(place: Place, decision: UUID) -> None:
    """What people think: who is against it says what they want in its place."""
    room = "My brother shouts when he has to wait. He needs a room."
    list_words = "We lose people between the door and the list."
    for by, position, words, instead, matters in (
        ("ewan", "for_if", "One number, if they can read what I said before.", "", "To say it once."),
        ("precious", "against", "I cannot ring.", INSTEAD, "To be understood."),
        ("ngozi", "against", room, INSTEAD, "That nobody stares at him."),
        ("meera", "unsure", "Who answers at night?", "", ""),
        ("katie", "other", "Let people choose.", "A door and a number, both.", "To choose."),
        ("bethan", "against", list_words, "Keep a worker at each door.", "That nobody is lost on the way."),
    ):
        view = GiveViewOnPlace(
            decision=decision,
            view=place.named(f"front door view {by}"),
            position=position,
            words=words,
            instead=instead,
            interest=matters,
        )
        place.do(by, view)


def _together(place: Place, decision: UUID) -> None:
    """One position written together, signed with every dissent in sight."""
    joint = place.named("front door joint")
    text = "One number may come only when two doors stay open, and when a Deaf person can use it alone."
    begin = BeginJoint(decision=decision, joint=joint, name="A number and a door", words=text)
    place.do("ana", begin)
    for by, stands_as, body, words in (
        ("ana", "body", "ulo", ""),
        ("signe", "body", "deaf", ""),
        ("ewan", "draws", "", "I would be content with one door."),
        ("bethan", "practitioner", "", ""),
    ):
        sign = SignJoint(
            decision=decision,
            joint=joint,
            number=1,
            stands_as=stands_as,
            body=place.named(body) if body else None,
            words=words,
        )
        place.do(by, sign)


def _decided(place: Place, decision: UUID) -> Story:
    """A panel of five decides; two of them draw on support."""
    yield place.at_work(-205, 10)
    place.do("june", TakeUp(decision=decision))
    for key in PANEL:
        seat = place.named(f"front door seat {key}")
        member = key != "boyd"
        offer = OfferVote(decision=decision, seat=seat, person=place.named(key), is_member=member)
        place.do("june", offer)
        place.do(key, AnswerVoteOffer(decision=decision, seat=seat, takes_it=True))
    why = "It is everybody’s door. Those who walk through it decide too."
    place.do("alan", SayWhoDecides(decision=decision, who="panel", agree="half", why=why))
    for by, result, words in (
        ("ewan", "adopted", "Whoever answers can read what you said before, if you agree."),
        ("precious", "adopted", "You can write or use signs. It does not start before that works."),
        ("ngozi", "partly", "Two doors stay. There is a quiet room at one of them."),
        ("katie", "adopted", "It is both: a number and a door."),
        ("bethan", "not_adopted", "We cannot pay a worker at five doors. Two stay."),
        ("meera", "partly", "We do not know yet. Somebody must, before it starts."),
        ("ana", "adopted", "Two doors stay open, beside the number."),
        ("devon", "partly", "You can walk in at two doors. A desk cannot hang up."),
    ):
        view = place.named(f"front door view {by}")
        place.do("alan", ReplyToView(decision=decision, view=view, result=result, words=words))
    yield place.at_work(-198, 14)
    put = place.named("front door put")
    proposal = PutToThem(
        decision=decision,
        proposal=put,
        outcome="agreed_with_changes",
        option=place.named("front door two doors"),
        reasons="Five doors do not tell each other. One number alone shuts some people out.",
    )
    place.do("alan", proposal)
    for by, answer, words in (
        ("alan", "yes", "It costs less than five doors."),
        ("precious", "no", "I have not yet seen it work for Deaf people."),
        ("boyd", "aside", "I asked for one of these doors when I was elected."),
        ("june", "yes", "Workers keep a door where they meet people."),
        ("samira", "yes", "Because two doors stay, and it is tried first."),
    ):
        said = SayYesOrNo(decision=decision, proposal=put, answer=answer, reasons=words)
        actor = place.who(by)
        place.do(replace(actor, strong=True) if by == "boyd" else actor, said)  # he comes with a passkey
