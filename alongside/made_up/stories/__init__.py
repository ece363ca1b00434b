"""The stories of Wexmoor. Each is told step by step, and waits between its days."""

from collections.abc import Iterator

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.ana import anas
from alongside.made_up.stories.behind_it import behind_it
from alongside.made_up.stories.by_lot import by_lot
from alongside.made_up.stories.conference import conference
from alongside.made_up.stories.councillors import councillors
from alongside.made_up.stories.did import what_places_did
from alongside.made_up.stories.elsewhere import from_elsewhere
from alongside.made_up.stories.front_door import front_door
from alongside.made_up.stories.heard import heard
from alongside.made_up.stories.how_together import how_together
from alongside.made_up.stories.law import lawful
from alongside.made_up.stories.lena import lenas
from alongside.made_up.stories.mess import mess
from alongside.made_up.stories.oakway import until_six
from alongside.made_up.stories.ordinary import ordinary
from alongside.made_up.stories.places import of_the_place
from alongside.made_up.stories.promised import promised
from alongside.made_up.stories.read_first import read_first
from alongside.made_up.stories.rosa import rosas
from alongside.made_up.stories.said import said_in_public
from alongside.made_up.stories.seen import seen_from_outside
from alongside.made_up.stories.services import of_services
from alongside.made_up.stories.side_by_side import side_by_side
from alongside.made_up.stories.small_things import small_things
from alongside.made_up.stories.weighed import weighed
from alongside.made_up.stories.worker import another_worker


def stories(place: Place) -> Iterator[Story]:
    """Every story: of the people a visitor meets first, of the law, of places, and the ordinary ones."""
    for tell in (rosas, ana_and_others, ordinary):
        yield from tell(place)


def ana_and_others(place: Place) -> Iterator[Story]:
    """Those who use an advocate, those in danger, those for whom the law has a say, and places."""
    of_people = (anas, lenas, lawful, promised, another_worker, mess)
    of_places = (
        of_the_place,
        until_six,
        conference,
        said_in_public,
        of_services,
        front_door,
        behind_it,
        by_lot,
    )
    told_last = (weighed, read_first, seen_from_outside, small_things)
    of_both = (what_places_did, side_by_side, how_together, *told_last)
    for tell in (*of_people, *of_places, heard, councillors, from_elsewhere, *of_both):
        yield from tell(place)
