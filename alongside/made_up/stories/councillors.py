"""What nine councillors asked in a year, and what was answered: well, badly, late, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.voice.commands import AnswerQuestion, AskAsCouncillor, NameWard, SeatCouncillor

WARDS = {
    "boyd": "Alder and North",
    "eze": "Mill and Harbour",
    "tully": "Castle",
    "gill": "Oakway",
    "marsh": "Saltmarsh",
    "hollis": "Hill and Heath",
    "nazir": "Station",
    "prosser": "Bridge and Weir",
    "wray": "South Fields",
}
ELECTED = 300  # days ago


@dataclass(frozen=True)
class Answer:
    """What an office answered, so many days after it was asked, and what it rests on."""

    after: int
    words: str
    rests_on: str
    where: str = ""


@dataclass(frozen=True)
class QuestionAsked:
    """One question: so many days ago, to which office, the answer if there is one, what was asked then."""

    days: int
    office: str
    words: str
    answer: Answer | None = None
    again: tuple[QuestionAsked, ...] = ()
    of_resident: bool = False
    about_a_life: bool = False


QUESTIONS: dict[str, tuple[QuestionAsked, ...]] = {
    "boyd": (
        QuestionAsked(
            50,
            "june",
            "How many people in Alder wait longer than four weeks to be assessed, and why?",
            Answer(
                8,
                "Eleven people. Two workers left in spring, and their posts were not filled.",
                "Counted from the record on the day before. All eleven are named to us, and told.",
            ),
            (QuestionAsked(40, "june", "When will the two posts be filled?"),),
        ),
        QuestionAsked(5, "farah", "When will the ramp at the library be mended?", of_resident=True),
    ),
    "eze": (
        QuestionAsked(
            210,
            "alan",
            "How many home care visits in Harbour were shorter than planned in the last three months?",
            Answer(
                27,
                "We do not hold that. Providers do.",
                "On nothing. We asked no provider before we wrote this.",
            ),
            (
                QuestionAsked(
                    180,
                    "alan",
                    "Then please ask the three providers, and say what each of them says.",
                    Answer(
                        12,
                        "Two of three told us: 212 of 1,900 visits were shorter by ten minutes or more. "
                        "The third has not answered.",
                        "The rotas of two providers for three months. We ask the third again within a month.",
                        "Report to the scrutiny committee, page 4",
                    ),
                    (QuestionAsked(150, "alan", "The month is over. What did the third provider say?"),),
                ),
            ),
        ),
        QuestionAsked(
            96,
            "ruth",
            "What happens to a call that reaches the duty team after five o’clock?",
            Answer(
                5,
                "A recorded voice gives the number of the night team. Nobody calls back by themselves.",
                "We rang it ourselves on four evenings.",
            ),
        ),
        QuestionAsked(8, "june", "Who decides when the Harbour respite rooms are closed for repairs?"),
    ),
    "tully": (
        QuestionAsked(
            230,
            "yusuf",
            "How many people in the learning disability team have a plan that they can read themselves?",
            Answer(
                9,
                "14 of 96. We have begun to write plans in Easy Read with the people they are about.",
                "Counted by hand, all 96 plans, by two workers and two people who use Easy Read.",
            ),
            (
                QuestionAsked(
                    60,
                    "yusuf",
                    "You had begun, you said. How many is it now?",
                    Answer(6, "41 of 101.", "Counted the same way, by the same four people, last week."),
                ),
            ),
        ),
        QuestionAsked(
            33,
            "farah",
            "The lift in Castle Court has been out for three weeks. Who carries the shopping up?",
            of_resident=True,
        ),
    ),
    "gill": (
        QuestionAsked(
            170,
            "june",
            "Is the Oakway day centre to close?",
            Answer(2, "There are no plans at present.", "On what the head of service knew that day."),
            (
                QuestionAsked(
                    140,
                    "june",
                    "A letter of the same week speaks of closing it. Which of the two is true?",
                    Answer(
                        21,
                        "The letter was a draft that should not have been sent. Nothing is decided. Any "
                        "change is put to the people who go there first. I am sorry for the first answer.",
                        "The letter, the note of who sent it, and the decisions: there is none on this.",
                        "Decisions about places",
                    ),
                ),
            ),
        ),
        QuestionAsked(
            75,
            "tess",
            "How many carers in Oakway were offered an assessment of their own this year?",
            Answer(
                11, "38 were offered one, 17 said yes.", "Counted from the record, the last eight months."
            ),
        ),
        QuestionAsked(19, "tess", "Why did 21 carers say no? Were they asked?"),
    ),
    "marsh": (
        QuestionAsked(
            250,
            "alan",
            "What does one hour of home care cost us, and how much of it reaches the worker?",
            Answer(
                10,
                "We pay between £21.40 and £24.10. Providers say that workers get between £12.60 and £13.20.",
                "Prices: our contracts. Wages: what eight of twelve providers told us, and unchecked.",
            ),
        ),
        QuestionAsked(
            120,
            "alan",
            "Will you check what workers are paid, and publish it?",
            Answer(31, "This is commercially sensitive.", "On advice that we did not write down."),
            (
                QuestionAsked(
                    85,
                    "alan",
                    "Whose advice, and may the committee read it? A wage that is advertised is no secret.",
                ),
            ),
        ),
        QuestionAsked(
            44,
            "ken",
            "A resident in my ward was told to ring back three times. What went wrong?",
            Answer(3, "We rang the person the same day, and said sorry.", "The call list of that week."),
            of_resident=True,
            about_a_life=True,
        ),
    ),
    "hollis": (
        QuestionAsked(
            190,
            "adaeze",
            "How long do people stay in hospital only because no help is ready at home?",
            Answer(
                13,
                "The middle of all of them is four days. One person waited 31.",
                "All 64 who left in three months. Those who died there are not counted.",
            ),
            (
                QuestionAsked(
                    165,
                    "adaeze",
                    "Why are those who died not counted? Did some of them wait for help at home?",
                    Answer(
                        25,
                        "Seven did. We count them from now on, and have put the figure right.",
                        "Looked up one by one, with the hospital.",
                        "This place in numbers",
                    ),
                ),
            ),
        ),
        QuestionAsked(28, "adaeze", "And in the six months since, counted the new way?"),
    ),
    "nazir": (
        QuestionAsked(
            205,
            "owen",
            "Does the mental health team see people who speak no English, with an interpreter each time?",
            Answer(14, "Nearly always.", "On the impression of the team."),
            (
                QuestionAsked(
                    185,
                    "owen",
                    "How many of how many? And who interprets when nobody is booked?",
                    Answer(
                        16,
                        "61 of 88 visits. In 19 a relative did, which we no longer allow. In 8 nobody did.",
                        "Every visit of one month, from the diaries of eleven workers.",
                    ),
                ),
            ),
        ),
        QuestionAsked(100, "ruth", "Why was the evening drop-in at the station moved, and who was asked?"),
        QuestionAsked(
            12,
            "farah",
            "Can the bus stop at the clinic have a seat again?",
            Answer(4, "Yes. It is ordered, and comes within six weeks.", "The order of last Tuesday."),
            of_resident=True,
        ),
    ),
    "prosser": (
        QuestionAsked(
            145,
            "moira",
            "How many people in West have had the same worker for a whole year?",
            Answer(
                9,
                "53 of 140. Four workers left, and others were moved.",
                "Counted from the record for one year. We did not ask people what it was like.",
            ),
            (
                QuestionAsked(
                    125,
                    "moira",
                    "Please ask them. What was it like for those who had three workers or more?",
                    Answer(
                        30,
                        "We asked 22, and 15 answered. Most had told their whole story again each time. "
                        "A worker who leaves now hands over together with the person.",
                        "15 of 22 answered, by telephone or on paper. Asked by Wexmoor Living Our Way.",
                    ),
                ),
            ),
        ),
        QuestionAsked(
            70, "june", "How many complaints were answered late this year, and what was the longest wait?"
        ),
        QuestionAsked(15, "farah", "Who pays when a hoist breaks at the weekend?", of_resident=True),
    ),
    "wray": (
        QuestionAsked(
            115,
            "tess",
            "Which streets in South Fields have no provider that will come after eight at night?",
            Answer(
                7,
                "Nine streets. We asked all twelve providers again. One has begun to come to three of them.",
                "Asked of twelve, ten answered.",
            ),
        ),
        QuestionAsked(
            90,
            "alan",
            "And the other six streets?",
            Answer(29, "The market is challenging.", "On nothing that we can show you."),
            (
                QuestionAsked(
                    55,
                    "alan",
                    "That is no answer. Who has nobody after eight tonight, and by when does that end?",
                ),
            ),
        ),
        QuestionAsked(3, "june", "Will officers read their answers out at the next committee?"),
    ),
}


def councillors(place: Place) -> Iterator[Story]:
    """Wards and seats first; then each question, in its own time."""
    yield _seated(place)
    for key, questions in QUESTIONS.items():
        for number, asked in enumerate(questions):
            yield _asked(place, key, f"{key} asks {number}", asked, None)


def _ward(place: Place, key: str) -> UUID:
    return place.named(f"ward of {key}")


def _seated(place: Place) -> Story:
    yield place.at_work(-ELECTED)
    for key, name in WARDS.items():
        ward = place.do(
            "june", NameWard(ward=_ward(place, key), organisation=place.named("council"), name=name)
        )
        place.do("june", SeatCouncillor(ward=ward, councillor=place.named(key)))


def _asked(place: Place, by: str, name: str, asked: QuestionAsked, follows: UUID | None) -> Story:
    yield place.at_work(-asked.days, 11)
    question = place.do(
        by,
        AskAsCouncillor(
            question=place.named(name),
            organisation=place.named("council"),
            office=place.named(f"{asked.office} office"),
            words=asked.words,
            is_of_resident=asked.of_resident,
            is_about_a_life=asked.about_a_life,
            ward=_ward(place, by),
            follows=follows,
        ),
    )
    if asked.answer is not None:
        said = asked.answer
        yield place.at_work(said.after - asked.days, 15)
        answer = AnswerQuestion(
            question=question, answer=said.words, evidence=said.rests_on, where=said.where
        )
        place.do(asked.office, answer)
    for number, each in enumerate(asked.again):
        yield from _asked(place, by, f"{name} again {number}", each, question)
