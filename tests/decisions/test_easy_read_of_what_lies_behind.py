"""Easy Read of what lies behind a matter, and of words said in public; and who a form says “you” to."""

import pytest

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.reaching import SetWayToTell
from alongside.topics.people.models import WayToTell
from tests.decisions import acts
from tests.decisions.easy_read import easy_of, main
from tests.decisions.lies_behind import brought, way
from tests.decisions.thinking import hall
from tests.promises.making import promised
from tests.promises.said import WORDS
from tests.promises.said import said as said_in_public
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_what_is_known_says_who_said_it_and_what_they_did_with_it(cast: Cast) -> None:
    place = hall(cast)
    address = f"/decisions/{place}/evidence"
    assert "Nobody has said yet what they know." in easy_of(cast.devon, address)
    brought(place, cast.boyd, how_many=40, place="Wexmoor East")
    first = easy_of(cast.devon, address)
    assert "This is what somebody says." in first and "Forty came." in first and "Answer this" in first


def test_what_somebody_took_back_is_not_read_in_easy_read_either(cast: Cast) -> None:
    place = hall(cast)
    row = brought(place, cast.rosa, "lived_experience", "I slept in my coat.", agrees=True)
    do(commands.WithdrawEvidence(decision=place, evidence=row.id), by=cast.rosa)
    first = easy_of(cast.devon, f"/decisions/{place}/evidence")
    assert "The person took it back." in first and "I slept in my coat." not in first


def test_what_could_go_wrong_says_for_whom_and_asks_whoever_is_to_carry_it(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    address = f"/decisions/{matter}/risks"
    assert "No way is written down yet." in easy_of(cast.rosa, address)
    option = way(matter, cast.ken)
    risk = {"option": option, "words": "She may fall.", "to_whom": "Rosa Marlow"}
    do(commands.AddRisk(decision=matter, carrier=cast.rosa.person, **risk), by=cast.ken)
    do(commands.SayWhatIsLost(decision=matter, option=option, words="Two free mornings."), by=cast.rosa)
    first = easy_of(cast.rosa, address)
    for words in ("This could go wrong.", "She may fall.", "Do you carry this?", "Two free mornings."):
        assert words in first, words
    assert "Do you carry this?" not in easy_of(cast.ken, address)


def test_support_for_those_with_less_power_says_what_it_is_and_how_it_stands(cast: Cast) -> None:
    place = hall(cast)
    address = f"/decisions/{place}/support"
    assert "They can have help." in easy_of(None, address)
    do(commands.AskForSupport(decision=place, what="advice", for_all=True), by=cast.ana)
    first = easy_of(cast.ana, address)
    assert "It is for these people." in first and "Everyone it affects" in first


def test_what_was_written_together_says_how_many_signed_and_offers_to_sign(cast: Cast) -> None:
    place = hall(cast)
    do(commands.BeginJoint(decision=place, name="Mondays", words="Keep it warm on Mondays."), by=cast.ana)
    first = easy_of(cast.devon, f"/decisions/{place}/joint")
    assert "Keep it warm on Mondays." in first and "Signed by" in first and "joint_signed" in first


def test_the_people_of_a_matter_and_how_much_was_done_together_are_in_easy_read(cast: Cast) -> None:
    matter, place = acts.raised(cast.ken, cast.rosa), hall(cast)
    assert "This may change something for these people." in easy_of(cast.rosa, f"/decisions/{matter}/whom")
    first = easy_of(cast.devon, f"/decisions/{place}/yardstick")
    assert (
        "This is how far it went." in first and "There are 7 steps." in first and "Your part in this" in first
    )
    rests = easy_of(cast.devon, f"/decisions/{place}/yardstick/rests-on?row=stage")
    assert "This is how we know." in rests


def test_what_was_said_in_public_says_who_said_it_and_what_they_say_now(cast: Cast) -> None:
    assert "Nobody has written down a public promise yet." in easy_of(None, "/promises/said/")
    pk = said_in_public(cast)
    for address in ("/promises/said/", f"/promises/said/{pk}"):
        first = easy_of(cast.devon, address)
        assert WORDS[:20] in first and "They said it." in first and "This is how it is now." in first, address


def test_a_visitor_is_not_told_that_nothing_was_promised_to_them(cast: Cast) -> None:
    promised(cast, to=cast.rosa)
    visitor = main(None, "/promises/", reading="..easy")
    assert "no promise to you" not in visitor and "What was promised to you" not in visitor
    assert (
        "Did somebody promise you something? Sign in to see it." in visitor
        and "Only you can say" not in visitor
    )
    assert "There is no promise to you here now." in main(cast.lena, "/promises/", reading="..easy")


def test_in_easy_read_a_form_says_you_to_whoever_it_is_of_and_to_nobody_else(cast: Cast) -> None:
    """A worker read “How should we tell you things?” of Rosa's telephone."""
    matter = acts.raised(cast.ken, cast.rosa)
    assert cast.rosa.person is not None
    by_post = {"channel": "letter", "address": "1 Alder Row", "is_safe": True}
    do(SetWayToTell(person=cast.rosa.person, **by_post), by=cast.rosa)
    way_of_hers = WayToTell.everything.filter(person=cast.rosa.person).latest("made_by").id
    of_rosa = {
        f"/do/people.way_set?person={cast.rosa.person}": "How should we tell you things?",
        f"/do/people.way_stopped?way={way_of_hers}": "You can give us another way.",
        f"/do/people.format_asked_for?person={cast.rosa.person}": "How can you read things best?",
        f"/do/decisions.more_time?decision={matter}": "You can have more time to think.",
    }
    for address, to_her in of_rosa.items():
        assert to_her in main(cast.rosa, address, reading="..easy"), address
        theirs = main(cast.priya if "people" in address else cast.ken, address, reading="..easy")
        assert to_her not in theirs and ("somebody else" in theirs or "They get more time" in theirs), address
    answer = f"/do/decisions.view_given?decision={matter}"
    assert "You can say what you want." in main(cast.rosa, answer, reading="..easy")
    typed = main(cast.priya, f"{answer}&typed_for={cast.rosa.person}", reading="..easy")
    assert "You can say what you want." not in typed and "Ask them first." in typed


def test_whom_a_matter_affects_answers_in_easy_read_for_themself(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.rosa)
    do(commands.SayWhoIsAffected(decision=matter, person=cast.devon.person, stake="other"), by=cast.ken)
    assert models.Affected.everything.filter(decision=matter, person=cast.devon.person).exists()
    theirs = main(cast.devon, f"/do/decisions.view_given?decision={matter}", reading="..easy")
    assert "You can say what you want." in theirs and "somebody else." not in theirs
