"""The page and the API of the yardstick, seen from outside."""

import inspect
import re
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.finding import Figure
from alongside.topics.decisions.engine.rung import Profile, profile
from alongside.topics.decisions.models import Act, ComesAs, PayAnswer, Stage, Together
from alongside.topics.decisions.pages import yardstick_words as said
from alongside.topics.decisions.pages.together import facts_of
from tests.api.addresses import addresses
from tests.decisions import acts
from tests.decisions.together.hall import Hall, hall
from tests.decisions.together.plain import together
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = pytest.mark.django_db
hall = hall  # the same ground as the tests of the acts


def page_of(hall: Hall, who: Actor | None = None, rest: str = "yardstick") -> str:
    client = browser_of(who) if who else Client(HTTP_HOST="localhost")
    answer = client.get(f"/decisions/{hall.matter}/{rest}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.getvalue().decode()))


def read(hall: Hall) -> dict[str, Any]:
    found: dict[str, Any] = (
        Client(HTTP_HOST="localhost").get(f"/api/decisions/{hall.matter}/yardstick").json()
    )
    return found


def test_anybody_can_read_how_much_was_done_together_with_what_is_missing(hall: Hall) -> None:
    words = page_of(hall)
    for question in said.QUESTIONS.values():
        assert str(question) in words
    assert "Not evidenced." in words
    assert "Nobody has to." in words  # equality: whoever wants to says it, to be counted
    assert "See what this rests on" in words
    assert "It has said nothing." in words


def test_what_the_body_claims_stands_beside_what_the_facts_say(hall: Hall) -> None:
    hall.says(commands.ClaimHowTogether, hall.cast.june, step=Together.CO_PRODUCTION, words="In our plan.")
    words = page_of(hall)
    assert "Head of adult social care" not in words or "June" not in words
    assert "June Okafor" not in words  # an office or a body, never a worker
    claimed = f"What the body says of itself: “{Together.CO_PRODUCTION.label}”"
    assert words.index("That is step 2 of 7") < words.index(claimed) < words.index("Eleven questions")
    assert "That is step 2 of 7" in words
    found = read(hall)
    assert found["reached"]["step"] == "educating"
    assert [each["step"] for each in found["claimed"]] == ["co_production"]


def test_no_life_has_a_yardstick(hall: Hall) -> None:
    theirs = acts.raised(hall.cast.ken, hall.cast.rosa)
    client = browser_of(hall.cast.rosa)
    for rest in ("yardstick", "yardstick/rests-on?row=stage", "my-part"):
        assert client.get(f"/decisions/{theirs}/{rest}").status_code == 404
    assert client.get(f"/api/decisions/{theirs}/yardstick").status_code == 404
    assert "yardstick" not in client.get(f"/decisions/{theirs}").getvalue().decode()


def test_the_first_page_of_a_place_leads_there(hall: Hall) -> None:
    body = Client(HTTP_HOST="localhost").get(f"/decisions/{hall.matter}").getvalue().decode()
    assert f"/decisions/{hall.matter}/yardstick" in body


def took_part(hall: Hall) -> None:
    for who, comes_as in ((hall.cast.rosa, ComesAs.PERSON), (hall.cast.devon, ComesAs.CARER)):
        hall.says(commands.SayITookPart, who, meeting=hall.meeting, act=Act.SPOKE)
        hall.says(commands.SayWhatIComeAs, who, comes_as=comes_as)


def test_nobodys_name_is_on_it_and_what_it_rests_on_names_nobody(hall: Hall) -> None:
    took_part(hall)
    assert read(hall)["rows"][1]["says"] == "frame"
    for who in (None, hall.cast.june, hall.cast.ken):
        for rest in ("yardstick", "yardstick/rests-on?row=stage", "yardstick/rests-on?row=breadth"):
            words = page_of(hall, who, rest)
            assert "Rosa" not in words
            assert "Devon" not in words
    rests = page_of(hall, None, "yardstick/rests-on?row=stage")
    assert "Someone said what they did at a meeting. 2 times" in rests
    assert "Someone wrote down a meeting." in rests
    hers = page_of(hall, hall.cast.rosa, "yardstick/rests-on?row=stage")
    assert "You said what you did at a meeting" in hers


def test_a_row_that_is_not_there_is_not_there(hall: Hall) -> None:
    client = Client(HTTP_HOST="localhost")
    for rest in ("", "?row=", "?row=score", "?row=stage&row=x%00"):
        assert client.get(f"/decisions/{hall.matter}/yardstick/rests-on{rest}").status_code == 404


def test_those_who_decide_do_not_read_in_the_history_what_people_say_of_themselves(hall: Hall) -> None:
    took_part(hall)
    offer = {"activity": "To speak", "minutes": 60, "rate_pence": 1500}
    hall.says(commands.OfferPay, hall.cast.june, person=hall.cast.omar.person, **offer)
    row = hall.latest(models.PayOffer)
    hall.says(commands.AnswerOfferOfPay, hall.cast.omar, offer=row.id, answer=PayAnswer.DECLINED)
    hall.says(commands.TakeUp, hall.cast.ken)
    words = page_of(hall, hall.cast.ken, "history")
    for sentence in ("said who they are in this", "yes or no to pay", "offered somebody pay"):
        assert sentence not in words
    assert "You said who you are in this" in page_of(hall, hall.cast.rosa, "history")


def test_numbers_about_pay_of_few_people_are_shown_to_nobody(hall: Hall) -> None:
    offer = {"activity": "To speak", "minutes": 60, "rate_pence": 1500}
    hall.says(commands.OfferPay, hall.cast.june, person=hall.cast.ana.person, **offer)
    row = hall.latest(models.PayOffer)
    hall.says(commands.AnswerOfferOfPay, hall.cast.ana, offer=row.id, answer=PayAnswer.ACCEPTED)
    whole = profile(facts_of(models.Decision.everything.get(id=hall.matter))).finding("terms")
    assert (whole.value, whole.of) == (0, 1)
    terms = next(each for each in read(hall)["rows"] if each["row"] == "terms")
    assert (terms["value"], terms["of"], terms["figures"]) == (None, None, [])
    assert "value" in terms["not_shown"]
    assert "Too few people to show a number" in page_of(hall)


def test_numbers_about_many_people_are_shown() -> None:
    many = profile(together()).protected(smallest=3).finding("terms")
    few = profile(together()).protected(smallest=4).finding("terms")
    assert (many.value, many.of) == (3, 3)
    assert (few.value, few.of, few.figure("days")) == (None, None, None)


def test_your_part_shows_you_your_own_and_what_you_can_do(hall: Hall) -> None:
    cast = hall.cast
    took_part(hall)
    words = page_of(hall, cast.rosa, "my-part")
    assert "It affects me: I draw on care and support. Only you can see this." in words
    assert "You said: Spoke" in words
    assert "Write down who came" not in words
    assert "Offer somebody pay" not in words
    keeper = page_of(hall, cast.june, "my-part")
    assert "Write down who came" in keeper
    assert "Rosa Marlow" in keeper  # she is on the list of those who came; what she is stays hers
    assert "I draw on care" not in keeper
    stranger = page_of(hall, cast.stranger, "my-part")
    assert "Rosa" not in stranger


def test_each_sentence_has_words_for_whatever_the_engine_can_say() -> None:
    from alongside.topics.decisions.engine import indicators, rung

    source = "".join(inspect.getsource(each) for each in (indicators, rung))
    named = set(re.findall(r'Figure\(\s*"(\w+)"', source)) | set(re.findall(r'left\["(\w+)"\]', source))
    assert named <= said.FIGURES.keys() | said.LEFT_OUT.keys()
    assert (
        {name for _step, asks in rung.ASKS for name, _holds in asks} == said.STOPS.keys() == said.NEXT.keys()
    )
    missing = set(re.findall(r'missing=\("(\w+)",\)', source))
    missing |= {
        name
        for args in re.findall(r"only\((.*?)\)\n", source, re.DOTALL)
        for name in re.findall(r"(\w+)=", args)
    }
    assert missing <= said.MISSING.keys()
    assert {each.key for each in profile(together()).findings} == said.QUESTIONS.keys() == said.SHORT.keys()


def test_at_how_many_meetings_somebody_was_is_said_as_it_is_and_not_as_none_of_none() -> None:
    """“At 0 of 1 meetings nobody came” had to be read three times, and was read the wrong way round."""
    words = said.figure_words(Figure("meetings_with", 1, 1))
    assert words == "At 1 of 1 meetings that decided, somebody it affects is known to have come."


def test_nothing_lists_or_sorts_by_it(hall: Hall) -> None:
    """No address but that of one matter tells a step, and no list of matters carries one."""
    found_at = [where for where, _name in addresses(get_resolver().url_patterns) if "yardstick" in where]
    assert sorted(found_at) == [
        "api/decisions/<pk>/yardstick",
        "decisions/<uuid:pk>/yardstick",
        "decisions/<uuid:pk>/yardstick/rests-on",
    ]
    found = Client(HTTP_HOST="localhost").get("/api/decisions/").json()
    assert found["items"]
    assert not [name for name in found["items"][0] if "step" in name or "together" in name]
    kept = {field.name for field in models.Decision._meta.concrete_fields}
    assert not kept & {"rung", "step", "score", "together"}


def test_a_thousand_views_and_two_hundred_people_ask_the_database_no_more_often(cast: Cast) -> None:
    why = commands.RaiseAboutPlace(organisation=cast.council, what="The hall", change="start", why="Empty.")
    matter = do(why, by=cast.june).thing
    for stage in (Stage.FRAME, Stage.DECIDE):
        note = commands.NoteMeeting(
            decision=matter, name="One", held_on=clock.today(), stage=stage, decides=stage == Stage.DECIDE
        )
        do(note, by=cast.june)
    meetings = list(models.Meeting.everything.filter(decision=matter).values_list("id", flat=True))
    few, asked_few = measured(matter)
    assert few.finding("share").value == 0
    for number in range(1000):
        who = Actor(person=uuid4())
        do(commands.GiveViewOnPlace(decision=matter, position="for", words="Yes."), by=who)
        if number < 200:
            do(commands.SayWhatIComeAs(decision=matter, comes_as=ComesAs.PERSON), by=who)
            for meeting in meetings:
                do(commands.SayITookPart(decision=matter, meeting=meeting, act=Act.VOTED), by=who)
    many, asked_many = measured(matter)
    assert (many.finding("share").value, many.finding("share").of) == (200, 201)
    assert (many.finding("responses").value, many.finding("responses").of) == (0, 1000)
    assert asked_many == asked_few


def measured(matter: UUID) -> tuple[Profile, int]:
    """The profile, and how many statements it took."""
    decision = models.Decision.everything.get(id=matter)
    began = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        found = profile(facts_of(decision))
    print(f"one profile: {time.process_time() - began:.3f} s of processor time, {len(asked)} statements")
    return found, len(asked)


def test_whoever_nobody_wrote_down_is_not_said_to_be_somebody_it_does_not_affect(hall: Hall) -> None:
    june, held = hall.cast.june, clock.today()
    hall.says(commands.NoteMeeting, june, name="It", held_on=held, stage=Stage.DECIDE, decides=True, others=4)
    words = page_of(hall)
    assert "0 of 5 people in the room are known to be people it affects." in words
    assert "At 0 of 1 meetings that decided, somebody it affects is known to have come." in words
