"""Around one decision: who stands where, who carries what could go wrong, what is asked, who came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.decisions.commands import (
    AddRisk,
    AnswerEvidence,
    AnswerQuestion,
    AnswerRisk,
    AnswerSupport,
    AskForSupport,
    AskQuestion,
    LookAtSaid,
    OfferSupport,
    SayArranged,
    SayGiven,
    SayITookPart,
    SayOfMyself,
    SayWhatIComeAs,
    SayWhereIStand,
    SayWhoIsAmongThem,
)
from alongside.topics.decisions.models import ComesAs, Question

CAME = ("p040", "p042", "p043", "p045", "p046", "p048", "p049", "p051", "p052", "p054", "p055", "p057")
OF_THEMSELVES: Sequence[tuple[str, ...]] = (  # what each of them chose to say; the last two say nothing
    ("moving", "over_64", "woman"),
    ("moving", "over_64"),
    ("moving", "woman"),
    ("moving", "ill"),
    ("moving", "over_64", "woman"),
    ("distress", "woman"),
    ("distress", "man"),
    ("over_64", "ill"),
    ("over_64", "sight", "woman"),
    ("none",),
)
BESIDE = (("katie", "learning"), ("meera", "language"), ("ngozi", "minority"), ("precious", "deaf"))
STANDS = (  # who, what they have at stake, whether they are paid, of which body, what pulls on them
    (
        "alan",
        "I must save £90,000 this year. If I do not find it here, I look elsewhere.",
        "yes",
        "council",
        "The saving is in my plan for the year.",
    ),
    (
        "ana",
        "My members ring one number or walk to one desk. I answer to them.",
        "some",
        "ulo",
        "Our grant comes from the council.",
    ),
    ("signe", "Whether our members can ask for help at all.", "no", "deaf", ""),
    ("precious", "My own way to get help.", "some", "", ""),
    ("bethan", "My desk is one of the five.", "yes", "council", "I could be moved."),
)
IN_ALL = (("moving", 160), ("over_64", 190), ("deaf", 41), ("distress", 95), ("under_25", 38))


def weighed(place: Place) -> Iterator[Story]:
    """Three stories, beside the one decision."""
    decision = place.named("front door matter")
    for tell in (_where_they_stand, _asked, _of_all_kinds):
        yield tell(place, decision)


def _where_they_stand(place: Place, decision: UUID) -> Story:
    """Who is paid and what pulls on them, said aloud; and independent support for those with less power."""
    yield place.at(-226, 9)
    support = place.named("front door support")
    asked = AskForSupport(
        decision=decision, what="support", words="We sit across from people whose work this is.", for_all=True
    )
    place.do("ewan", asked.having({"support": support}))
    yield place.at_work(-225, 10)
    offer = OfferSupport(
        decision=decision,
        asked=support,
        what="support",
        supporter="A supporter whom the three user-led organisations chose",
        supporting_body=place.named("advocacy"),
        payer="The council, from the money for taking part",
        independent_of="The council, and whoever would run the number",
        hours=20,
    )
    place.do("alan", offer)
    for by, words, paid, body, conflict in STANDS:
        stands = SayWhereIStand(
            decision=decision,
            words=words,
            paid=paid,
            body=place.named(body) if body else None,
            conflict=conflict,
        )
        place.do(by, stands)
    yield place.at(-224, 18)
    place.do("ewan", AnswerSupport(decision=decision, support=support, wants=True, words="Yes, from now on."))
    yield place.at_work(-223, 10)
    place.do("alan", SayArranged(decision=decision, support=support))
    yield place.at(-212, 18)
    place.do("ewan", SayGiven(decision=decision, support=support, hours_given=18))


def _asked(place: Place, decision: UUID) -> Story:
    """Questions, one never answered; a risk that whoever is named carries, and one that they do not."""
    yield place.at(-224, 12)
    asked: list[UUID] = []
    for by, words in (
        ("meera", "Who answers at night?"),
        ("ngozi", "Which two doors stay open, and who chooses them?"),
        ("ewan", "How long may I wait on the line before somebody comes?"),
    ):
        place.do(by, AskQuestion(decision=decision, words=words, may_be_read=True))
        mine = Question.objects.seen_by(place.who(by)).filter(decision=decision)
        asked.append(next(row.id for row in mine if row.id not in asked and row.person == place.named(by)))
    rooms = AddRisk(
        decision=decision,
        option=place.named("front door two doors"),
        words="Two rooms are too few on a Monday.",
        to_whom="Those who walk in",
        carrier=place.named("alan"),
    )
    place.do("ana", rooms.having({"risk": place.named("too few rooms")}))
    yield place.at_work(-222, 15)
    for question in asked:
        place.do("hana", LookAtSaid(decision=decision, question=question, is_shown=True))
    answer = "Mill Street and the library. Those who came to the evening chose them."
    place.do("alan", AnswerQuestion(decision=decision, question=asked[1], answer=answer))
    answer = "We do not know yet. We say it before it starts."
    place.do("alan", AnswerQuestion(decision=decision, question=asked[0], answer=answer))
    carry = {"decision": decision, "carries": "yes", "words": "I pay for a third room on Mondays."}
    place.do("alan", AnswerRisk(risk=place.named("too few rooms"), **carry))
    counted = place.named("front door evidence alan")
    reply = "You counted calls. Who hung up before anyone answered is not in it."
    place.do("ngozi", AnswerEvidence(decision=decision, evidence=counted, words=reply))
    yield place.at_work(-204, 10)
    written = AddRisk(
        decision=decision,
        option=place.named("front door mended"),
        words="Five doors write it in five ways, and none reads the others.",
        to_whom="Those who ask for help",
        carrier=place.named("june"),
    )
    place.do("ana", written.having({"risk": place.named("five ways")}))
    yield place.at_work(-203, 10)
    carry = {
        "decision": decision,
        "carries": "no",
        "words": "I cannot, while each door has a list of its own.",
    }
    place.do("june", AnswerRisk(risk=place.named("five ways"), **carry))


def _of_all_kinds(place: Place, decision: UUID) -> Story:
    """More people who came to the evening; most choose to say something of themselves, and nobody has to."""
    yield place.at(-224, 20)
    evening = place.named("meeting: An evening on the three ways")
    for key in CAME:
        place.do(key, SayWhatIComeAs(decision=decision, comes_as=ComesAs.PERSON))
        place.do(key, SayITookPart(decision=decision, meeting=evening, act="present"))
    said = [*((key, (kind,)) for key, kind in BESIDE), *zip(CAME, OF_THEMSELVES, strict=False)]
    for key, kinds in said:
        for kind in kinds:
            place.do(key, SayOfMyself(decision=decision, what=kind))
    yield place.at_work(-220, 10)
    for kind, people in IN_ALL:
        source = "Our list of all who asked, 2025, as they told us"
        place.do("alan", SayWhoIsAmongThem(decision=decision, kind=kind, people=people, source=source))
