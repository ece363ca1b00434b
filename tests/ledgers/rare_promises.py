"""What only months bring to promises: a group's answers to another day counted, and people asked again."""

from datetime import timedelta

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.promises import commands as promises
from alongside.topics.promises.models import PromisedTo, Verdict
from tests.proof.anything import what_is_due
from tests.world import BUILDER, Cast


def months_later(cast: Cast) -> None:
    """A promise to a group, another day for it that is counted, and a kept one asked about half a year on."""
    soon = clock.today() + timedelta(days=1)
    to_all = promises.MakePromise(
        organisation=cast.council,
        what="Open on Saturdays",
        due_on=soon,
        group="Everyone who goes there",
        group_of=cast.ulo,
        group_size=40,
    )
    hall = do(to_all, by=cast.june).thing
    later = clock.today() + timedelta(days=60)
    slip = {"organisation": cast.council, "person": cast.rosa.person, "what": "Mend the dor", "due_on": later}
    door = do(promises.MakePromise(**slip), by=cast.ken).thing
    do(promises.OfferCorrection(promise=door, what="Mend the door", why="A letter."), by=cast.ken)
    do(promises.ProposeDate(promise=hall, due_on=later, why="The lift."), by=cast.june)
    clock.advance(days=24)
    what_is_due(cast)
    row = PromisedTo.everything.get(promise=hall)
    said = {"said": "kept", "words": "Open at ten.", "may_be_read": True}
    do(promises.GiveVerdict(promise=hall, made_to=row.id, **said), by=cast.ana)
    verdict = Verdict.everything.get(promise=hall).id
    do(promises.LookAtVerdict(promise=hall, verdict=verdict, is_shown=True), by=cast.ken)
    do(JoinBody(person=cast.lena.person, organisation=cast.ulo), by=BUILDER)
    do(promises.GiveVerdict(promise=hall, made_to=row.id, said="kept"), by=cast.lena)
    clock.advance(days=190)
    what_is_due(cast)
    gone = promises.SayWhetherItHolds(promise=hall, made_to=row.id, said="no_longer")
    do(gone, by=cast.ana)
    clock.advance(days=29)  # and nobody answers her
    what_is_due(cast)
    slip = {"member": cast.lena.person, "paper": "Slip 7", "came_on": clock.today(), "said": "partly"}
    do(promises.PassOnWhetherItHolds(promise=hall, made_to=row.id, **slip), by=cast.ana)
