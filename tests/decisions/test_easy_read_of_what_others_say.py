"""Easy Read of what others say, of whose words a matter began with, of whom it affects, of one’s own part."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from alongside.interfaces.acting import address_of
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Act, ComesAs, Stage
from tests.decisions import acts, changing, groups
from tests.decisions.easy_read import easy_of, main
from tests.decisions.problems import WORDS, raised
from tests.decisions.taken import taken
from tests.decisions.thinking import hall, place_view
from tests.promises.protocols import adopted
from tests.promises.said import WORDS as IN_PUBLIC
from tests.promises.said import said as said_in_public
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
EVERYONE = {"sees": "everyone"}


def test_of_what_people_said_each_card_says_who_said_it_when_and_what_was_answered(cast: Cast) -> None:
    place = hall(cast)
    address = f"/decisions/{place}/views"
    assert "There is nothing here yet that you can read." in easy_of(cast.devon, address)
    view = place_view(
        place, cast.ana, "against", words="It is cold.", instead="Mend the heating.", **EVERYONE
    )
    acts.replied(place, cast.june, view.id, "We will mend it.")
    place_view(place, cast.devon, "against", words="I sit there.", instead="As now.", **EVERYONE)
    first = easy_of(cast.devon, address)
    for words in ("It is cold.", "Mend the heating.", "They said it on this day.", "We will mend it."):
        assert words in first, words
    assert "This is what you said." in first and "decisions.same_said" in first
    assert "Is this answer enough? Only you can say." in easy_of(cast.ana, address)
    assert "Is this answer enough?" not in first and "decisions.same_said" not in easy_of(None, address)


def test_whoever_is_asked_if_both_said_the_same_reads_the_words_and_that_they_need_not_answer(
    cast: Cast,
) -> None:
    place = hall(cast)
    mine = place_view(place, cast.ana, "against", words="It is cold.", instead="As now.", **EVERYONE)
    theirs = place_view(place, cast.devon, "against", words="I freeze.", instead="As now.", **EVERYONE)
    do(commands.SayTheSame(decision=place, view=theirs.id, other=mine.id), by=cast.devon)
    first = easy_of(cast.ana, f"/decisions/{place}/views")
    for words in ("Did Devon Marlow and you say the same?", "I freeze.", "You do not have to say anything."):
        assert words in first, words


def test_of_many_answers_the_first_three_are_cards_and_it_says_where_the_others_are(cast: Cast) -> None:
    place = hall(cast)
    for each in (cast.ana, cast.devon, cast.rosa, cast.boyd, cast.lena, cast.omar, cast.priya):
        place_view(place, each, "for", words="Yes.", **EVERYONE)
    first = easy_of(cast.devon, f"/decisions/{place}/views")
    assert first.count('<article class="card">') == 3 and "You find it below." in first


def test_what_changed_a_mind_says_what_they_thought_first_and_now(cast: Cast) -> None:
    place = hall(cast)
    address = f"/decisions/{place}/minds"
    assert "Nobody has said yet what changed their mind." in easy_of(cast.devon, address)
    argument = place_view(place, cast.ana, "for", words="The hall is cold.", **EVERYONE)
    place_view(place, cast.devon, "unsure", **EVERYONE)
    place_view(
        place, cast.devon, "for", moved_by=f"view:{argument.id}", moved_words="So is mine.", **EVERYONE
    )
    first = easy_of(cast.devon, address)
    for words in ("This was the answer at first.", "This is the answer now.", "The hall is cold."):
        assert words in first, words
    assert "I am not sure" in first and "I agree" in first, "from what to what"
    assert "So is mine." in first and "It changed on this day." in first


def test_hidden_words_say_who_hid_them_and_why_and_whose_they_are_answers(cast: Cast) -> None:
    place = hall(cast)
    address = f"/decisions/{place}/taken"
    assert "There is nothing here yet that you can read." in easy_of(cast.devon, address)
    view = place_view(place, cast.devon, "against", words="Jo took it.", instead="As now.", **EVERYONE)
    row = taken(place, cast.omar, view.id)
    first = easy_of(cast.devon, address)
    for words in ("This is who hid the words.", "Jo did not agree to it.", "You can answer."):
        assert words in first, words
    assert "Jo took it." not in first, "they stay folded, for they could hurt somebody"
    form = address_of("decisions.taking_answered", decision=place, taken=row.id)
    assert "They hid words that you wrote." in main(cast.devon, form, reading="..easy")


def test_where_a_matter_comes_from_is_in_the_words_of_whoever_said_what_is_wrong(cast: Cast) -> None:
    problem = raised(cast, cast.ana)
    place = commands.RaiseAboutPlace(
        organisation=cast.council, what="Later hours", change="swap", problem=problem
    )
    matter = do(place, by=cast.june).thing
    first = easy_of(cast.devon, f"/decisions/{matter}/origin")
    for words in ("That is how it began.", WORDS, "They must answer.", "This is who said it."):
        assert words in first, words
    assert "Nobody has said where it comes from." in easy_of(cast.devon, f"/decisions/{hall(cast)}/origin")


def test_whom_a_place_affects_says_how_many_were_told_and_who_counted_them(cast: Cast) -> None:
    decision, group = groups.matter(cast)
    here = f"/decisions/{decision}/people"
    assert "Nobody has written down that they were told." in easy_of(cast.ana, here)
    tell = commands.TellPeople(decision=decision, group=group, channel="phone", reached=9)
    do(tell, by=cast.june)
    first = easy_of(cast.ana, here)
    assert "This is how many people were told." in first and "9 people" in first
    assert "This is who counted them." in first and "You can say if you were told." in first
    form = re.findall(r'href="(/do/decisions.told_or_not_said[^"]*)"', first)[0].replace("&amp;", "&")
    assert "It is only counted." in main(cast.ana, form, reading="..easy")


def test_the_changes_of_a_matter_say_how_each_stands(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    first = easy_of(cast.devon, f"/decisions/{change.decision}/changes")
    assert "This decision can lead to a change." in first and "This is how it is now." in first


def test_which_legal_reason_says_first_that_no_answer_is_no_reason(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    address = f"/decisions/{matter}/legal-reason"
    assert "That somebody has not answered is no reason." in main(cast.ken, address, reading="..easy")
    asked = main(cast.ken, f"{address}?code=best_interests", reading="..easy")
    assert "Write only what you saw and know." in asked


def a_meeting(cast: Cast) -> tuple[UUID, UUID]:
    place = hall(cast)
    held = clock.today() - timedelta(days=2)
    do(
        commands.NoteMeeting(decision=place, name="First session", held_on=held, stage=Stage.FRAME),
        by=cast.june,
    )
    return place, acts.latest(models.Meeting, place).id


def test_ones_own_part_says_what_one_said_and_what_others_wrote_and_asks_if_it_is_right(cast: Cast) -> None:
    place, meeting = a_meeting(cast)
    address = f"/decisions/{place}/my-part"
    assert "You can say who you are in this. You do not have to." in easy_of(cast.devon, address)
    do(commands.SayWhatIComeAs(decision=place, comes_as=ComesAs.CARER, is_shown=False), by=cast.devon)
    wrote = {"meeting": meeting, "person": cast.devon.person, "act": Act.SPOKE}
    do(commands.WriteDownWhoCame(decision=place, **wrote), by=cast.june)
    first = easy_of(cast.devon, address)
    for words in (
        "Only you can see this.",
        "Somebody wrote this down of you.",
        "Is it right? Only you can say.",
    ):
        assert words in first, words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("comes_as_said", "You can take it back."),
        ("of_self_said", "Nobody reads what you say. It is only counted."),
        ("took_part", "Those who decide see your name."),
        ("access_said", "You do not have to say what you need, or why."),
        ("task_taken", "You choose. Nobody can make you."),
        ("judged", "Does it work for you? Pick one answer."),
        ("place_view_given", "You choose who can read it."),
        ("evidence_brought", "What you lived through counts."),
        ("support_asked", "What would help you to take part?"),
        ("power_said", "What could you win or lose by this?"),
        ("joint_begun", "You can write with others what you think."),
        ("challenged", "Somebody from outside must answer you."),
        ("effect_said", "Is it better or worse for you since then?"),
    ],
)
def test_a_form_that_these_pages_lead_to_speaks_easy_read(cast: Cast, kind: str, words: str) -> None:
    place, meeting = a_meeting(cast)
    given = {"meeting": meeting} if kind in ("took_part", "access_said") else {}
    form = address_of(f"decisions.{kind}", decision=place, **given)
    assert words in main(cast.devon, form, reading="..easy") and words not in main(cast.devon, form)


def test_what_a_body_said_in_public_and_what_a_protocol_asks_are_one_idea_a_row(cast: Cast) -> None:
    said_in_public(cast)
    first = easy_of(cast.devon, f"/promises/said/by/{cast.council}")
    assert IN_PUBLIC[:20] in first and "This is who said it." in first
    assert "Nobody has made these promises yet." in easy_of(None, "/promises/protocols/")
    protocol = adopted(cast)
    for address in ("/promises/protocols/", f"/promises/protocols/{protocol}"):
        assert "They made them to this group." in easy_of(cast.devon, address)
    assert "Only the people it was promised to can say." in easy_of(None, f"/promises/protocols/{protocol}")


def test_in_welsh_the_easy_read_of_these_pages_is_in_welsh(cast: Cast) -> None:
    place, _meeting = a_meeting(cast)
    matter = [
        f"/decisions/{place}/{page}" for page in ("views", "minds", "taken", "origin", "people", "my-part")
    ]
    for address in (*matter, f"/promises/said/by/{cast.council}", "/promises/protocols/"):
        shown = main(cast.devon, address, reading="..easy", language="cy")
        assert 'lang="en"' not in shown.split(">", 1)[0] and "easy-row" in shown, address
    changes = f"/decisions/{changing.hall(cast)}/changes"
    assert "Gall y penderfyniad hwn arwain at newid." in main(None, changes, reading="..easy", language="cy")


def test_every_form_that_these_pages_lead_a_reader_to_has_an_easy_read_of_its_own(cast: Cast) -> None:
    place, _meeting = a_meeting(cast)
    place_view(place, cast.ana, "against", words="It is cold.", instead="As now.", **EVERYONE)
    do(commands.AskForSupport(decision=place, what="advice", for_all=True), by=cast.ana)
    do(commands.BeginJoint(decision=place, name="Mondays", words="Keep it warm."), by=cast.ana)
    found = set[str]()
    for page in ("views", "my-part", "evidence", "risks", "joint", "support", "people", "yardstick", "minds"):
        for reader in (cast.devon, cast.ana):
            led_to = re.findall(r'href="/do/(\w+)\.(\w+)', easy_of(reader, f"/decisions/{place}/{page}"))
            found |= {f"{topic}/do/{act}.easy.html" for topic, act in led_to}
    assert len(found) >= 10, found
    without = [one for one in found if not _is_there(one)]
    assert not without, without


def _is_there(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
