"""Where there is only one user-led organisation, somebody outside it too reads what is said of its words."""

from dataclasses import replace

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.people.commands.bodies import AddOrganisation, CountTheBoard
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.models import OrganisationKind
from alongside.topics.voice import commands
from alongside.topics.voice.models import Quote
from tests.interfaces.conftest import browser_of
from tests.voice.resolutions import passed
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def noted(cast: Cast, **more: object) -> Quote:
    note = commands.NoteQuote(resolution=passed(cast).id, words="councils", place="A leaflet", **more)
    do(note, by=cast.rosa)
    found: Quote = Quote.everything.latest("made_by")
    return found


def look(quote: Quote, is_shown: bool, reason: str = "") -> commands.LookAtQuote:
    return commands.LookAtQuote(resolution=quote.resolution, quote=quote.id, is_shown=is_shown, reason=reason)


def another_user_led(cast: Cast) -> None:
    other = named("another ulo")
    do(AddOrganisation(organisation=other, kind=OrganisationKind.USER_LED, name="Moor Voices"), by=BUILDER)
    do(JoinBody(person=cast.lena.person, organisation=other, on_the_board=True), by=BUILDER)
    do(
        CountTheBoard(organisation=other, counted_on=clock.today(), members=4, who_draw_on_support=4),
        by=BUILDER,
    )


def test_the_duty_team_of_another_body_finds_it_reads_it_and_is_shown_as_that(cast: Cast) -> None:
    quote = noted(cast)
    assert "A place that quotes" in browser_of(cast.dee).get("/words-to-read").content.decode()
    do(look(quote, True), by=cast.dee)
    text = browser_of().get(f"/resolutions/{quote.resolution}").content.decode()
    assert "A leaflet" in text and "Wexmoor Council" in text and "Dee" not in text
    do(look(quote, False, "names_someone"), by=cast.ana)  # its own people alone hide it no more
    assert Quote.everything.get(id=quote.id).shown_on is not None


def test_what_its_own_people_held_back_somebody_outside_can_show(cast: Cast) -> None:
    quote = noted(cast)
    do(look(quote, False, "names_someone"), by=cast.ana)
    assert "A leaflet" not in browser_of().get(f"/resolutions/{quote.resolution}").content.decode()
    do(look(quote, True), by=cast.dee)
    assert "A leaflet" in browser_of().get(f"/resolutions/{quote.resolution}").content.decode()


def test_nobody_of_a_body_that_is_said_to_quote_it_reads_it_first(cast: Cast) -> None:
    quote = noted(cast, quoted_by=cast.council)
    with pytest.raises(Refused, match="Your body is said to quote it"):
        do(look(quote, False, "names_someone"), by=cast.dee)


def test_only_a_duty_team_and_only_while_there_is_one_user_led_organisation(cast: Cast) -> None:
    quote = noted(cast)
    for by in (cast.ken, cast.priya, cast.tom, cast.devon):
        with pytest.raises((NotAllowed, Missing)):
            do(look(quote, True), by=by)
    another_user_led(cast)
    with pytest.raises((NotAllowed, Missing)):
        do(look(quote, True), by=cast.dee)
    do(look(quote, True), by=replace(cast.lena, strong=True))
