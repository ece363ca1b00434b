"""What can be done here, one file a theme."""

from alongside.topics.people.commands import bodies, links, persons, reaching

__all__ = ["bodies", "links", "persons", "reaching"]
