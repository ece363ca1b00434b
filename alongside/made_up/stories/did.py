"""What decisions did to people, as they say it some weeks later, and what those who decided learnt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import LIVES, Place
from alongside.made_up.stories.acts import voice
from alongside.made_up.stories.places import matter
from alongside.topics.decisions.commands import SayWhatILearnt, SayWhatItDid
from alongside.topics.decisions.models import Did

Said = tuple[Did, str]
AFTER_YES: Sequence[Said] = (
    (Did.BETTER, "I sleep through the night now, and so does my daughter."),
    (Did.MIXED, "The mornings are good. The weekends are as they were."),
    (Did.BETTER, "I cook my own lunch again."),
    (Did.SAME, "It came, and it changed little. I had hoped for more."),
    (Did.WORSE, "There is a new face every week. I tell my story each time."),
    (Did.BETTER, "I got to my sister’s birthday."),
)
AFTER_NO: Sequence[Said] = (
    (Did.WORSE, "I stopped going out after dark."),
    (Did.SAME, "Nothing came, so nothing changed."),
    (Did.MIXED, "I found another way. It costs me my savings."),
)
LEARNT = (
    ("We had not asked about the weekends.", "I ring you before each weekend of this month."),
    ("We counted hours and not faces.", "Two helpers, and you know both by name."),
    ("What we gave was the right thing.", "Nothing more, for you say that it works. I ask again in spring."),
)


def what_it_did(place: Place, key: str, decision: UUID, outcome: str, day: int, number: int) -> Story:
    """One person says what a decision about their life did. Two of three are answered within two weeks."""
    kinds = AFTER_NO if outcome == "not_agreed" else AFTER_YES
    said, words = kinds[number % len(kinds)]
    effect = place.named(f"what it did: {decision}")
    yield place.at(day, 18)
    did = SayWhatItDid(decision=decision, effect=effect, said=said, words=words)
    place.do(voice(place, key, decision), did)
    if number % 3 == 2:
        return  # nobody who decided has answered this yet
    yield place.at_work(day + 12, 15)
    learnt, will_do = LEARNT[(0, 1)[said == Did.WORSE] if said != Did.BETTER else 2]
    answer = SayWhatILearnt(decision=decision, effects=[effect], learnt=learnt, will_do=will_do)
    place.do(LIVES[key].worker, answer)


def what_places_did(place: Place) -> Iterator[Story]:
    """What decisions about places did, for everyone to read."""
    yield _of_a_place(
        place,
        "A Changing Places toilet at the bus station",
        -28,
        [
            ("samira", Did.BETTER, "I have been to town five times. Before that, never."),
            ("ewan", Did.MIXED, "I can go, if somebody comes to pull the door."),
            ("precious", Did.SAME, "Sunday is my only free day, and it is locked."),
        ],
        "A door can be too heavy. We had tested the hoist, and not the door.",
        "A lighter door by the end of next month. The key for Sundays hangs at the ticket desk.",
    )
    yield _of_a_place(
        place,
        "Close Mill Street on Mondays for six months",
        -40,
        [
            ("odette", Did.WORSE, "Monday was my day there. I sit at home."),
            ("hugh", Did.WORSE, "My friends moved to Tuesday. My carer works on Tuesdays."),
            ("bill", Did.SAME, "I never went on Mondays."),
        ],
        "",
        "",
    )
    yield _of_a_place(
        place,
        "Oakway Days stays open until six",
        -60,
        [
            ("liz", Did.BETTER, "I kept my job."),
            ("nisha", Did.MIXED, "Music until six is good. The bus home is full then."),
        ],
        "People stay for the music, and then stand on the bus.",
        "We have asked the bus company for a second bus at six.",
    )


def _of_a_place(
    place: Place, what: str, day: int, said: Sequence[tuple[str, Did, str]], learnt: str, will_do: str
) -> Story:
    decision, effects = matter(place, what), list[UUID]()
    yield place.at(day, 19)
    for key, did, words in said:
        effects.append(place.named(f"what it did: {what} {key}"))
        place.do(key, SayWhatItDid(decision=decision, effect=effects[-1], said=did, words=words))
    if not learnt:
        return  # nobody who decided has answered them yet: it waits, and everyone can see that
    yield place.at_work(day + 9, 11)
    by = "kit" if what.startswith("Oakway") else "alan"
    place.do(by, SayWhatILearnt(decision=decision, effects=effects, learnt=learnt, will_do=will_do))
