"""A move that is called a start: help may start at once, so the person can say that it is no help."""

import pytest

from alongside.kernel import replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
WORDS = "This takes something away, they say"
SAY = "/do/decisions.said_to_take_away"


def begun(cast: Cast) -> models.Decision:
    at_once = commands.ActUrgently(
        person=cast.lena.person, what="Lena sleeps at Park House from tonight", change="start", words="Now."
    )
    found: models.Decision = models.Decision.everything.get(id=do(at_once, by=cast.priya).thing)
    return found


@pytest.mark.parametrize("who", ["lena", "mina"])
def test_whoever_it_is_about_says_that_it_is_no_help_and_the_gate_shuts(cast: Cast, who: str) -> None:
    decision, by = begun(cast), cast.everyone()[who]
    assert SAY in page(by, f"/decisions/{decision.id}")
    do(commands.SayItTakesAway(decision=decision.id), by=by)
    shown = page(cast.lena, f"/decisions/{decision.id}")
    says = "You say" if by is cast.lena else "Mina Kowalska says for you"
    assert f"{says} that this takes something away" in shown and SAY not in shown
    assert WORDS not in shown and WORDS in page(cast.priya, f"/decisions/{decision.id}")
    again = commands.StartHelpWithoutAnswer(decision=decision.id, words="She stays there.")
    with pytest.raises(Refused, match="cut, end, move or limit"):
        do(again, by=cast.priya)
    assert acts.latest(models.Review, decision.id).why == "said_to_take_away"
    assert "whatever it is called" in page(cast.priya, f"/decisions/{decision.id}/law")
    assert not replay.compare().problems


def test_those_who_decide_do_not_call_it_help_again(cast: Cast) -> None:
    decision = begun(cast)
    do(commands.SayItTakesAway(decision=decision.id), by=cast.lena)
    for change, opens in (("start", False), ("move", True)):
        put = commands.SayWhatMayChange(decision=decision.id, what="She sleeps at Park House", change=change)
        if opens:
            do(put, by=cast.priya)
            continue
        with pytest.raises(Refused, match="Put it as what it is"):
            do(put, by=cast.priya)


def test_why_help_began_stands_once_where_it_is_also_why_the_matter_was_raised(cast: Cast) -> None:
    decision = begun(cast)
    shown = page(cast.priya, f"/decisions/{decision.id}")
    assert shown.count("Now.") == 1 and "You started it on" in shown


@pytest.mark.parametrize("who", ["priya", "ken", "victor", "devon", "omar", "tom", "boyd"])
def test_nobody_else_says_it_and_nobody_of_the_line_types_it(cast: Cast, who: str) -> None:
    decision, by = begun(cast), cast.everyone()[who]
    with pytest.raises((NotAllowed, Refused, Missing)):
        do(commands.SayItTakesAway(decision=decision.id), by=by)


def test_somebody_outside_types_it_for_them_and_the_line_does_not(cast: Cast) -> None:
    decision = begun(cast)
    with pytest.raises((NotAllowed, Refused)):
        do(commands.SayItTakesAway(decision=decision.id), by=acts.typed_for(cast.lena, cast.priya))
    do(commands.SayItTakesAway(decision=decision.id), by=acts.typed_for(cast.lena, cast.mina))


def test_it_is_said_once_and_not_of_what_is_theirs_alone(cast: Cast) -> None:
    decision = begun(cast)
    do(commands.SayItTakesAway(decision=decision.id), by=cast.lena)
    with pytest.raises(Refused, match="treated so already"):
        do(commands.SayItTakesAway(decision=decision.id), by=cast.mina)
    own = acts.raised(cast.rosa, cast.rosa, "I go to the choir", "start", is_own=True)
    with pytest.raises(Refused, match="yours alone"):
        do(commands.SayItTakesAway(decision=own), by=Actor(person=cast.rosa.person))


# Whatever is done so that it is help again -----------------------------------------------------------------


def test_what_takes_something_away_does_not_begin_tonight_as_help_in_the_same_matter(cast: Cast) -> None:
    matter = acts.raised(cast.ken, cast.lena, "Lena sleeps at Park House", "start")
    do(commands.SayItTakesAway(decision=matter), by=cast.lena)
    now = commands.ActNow(decision=matter, change="start", words="She moves tonight.")
    with pytest.raises(Refused, match="Other help may start at once"):
        do(now, by=cast.ken)


@pytest.mark.parametrize("by", ["ken", "priya", "june"])
def test_it_is_not_withdrawn_and_raised_anew_as_help_in_the_same_words(cast: Cast, by: str) -> None:
    words = "Lena sleeps at Park House from tonight"
    matter = acts.raised(cast.ken, cast.lena, words, "start")
    do(commands.SayItTakesAway(decision=matter), by=cast.lena)
    do(commands.Withdraw(decision=matter, words="Raised wrongly."), by=cast.ken)
    again = "lena sleeps at Park  House from tonight."
    who, person = cast.everyone()[by], cast.lena.person
    small = {"words": "She said yes.", "channel": "talked_through"}
    for called_help in (
        commands.RaiseDecision(person=person, what=again, change="start"),
        commands.ActUrgently(person=person, what=again, change="start", words="Now."),
        commands.AgreeEveryday(person=person, what=again, change="swap", **small),
    ):
        with pytest.raises((Refused, NotAllowed), match="takes something away"):
            do(called_help, by=who)
    do(commands.RaiseDecision(person=person, what=again, change="move"), by=who)  # as what it is
    do(commands.ActUrgently(person=person, what="A nurse comes", change="start", words="Now."), by=who)
    do(commands.RaiseDecision(person=person, what=again, change="start"), by=cast.lena)
