"""The stories of Wexmoor. Each is told step by step, and waits between its days."""

from collections.abc import Iterator

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.ordinary import ordinary


def stories(place: Place) -> Iterator[Story]:
    """Every story, the ordinary ones too."""
    yield from ordinary(place)
