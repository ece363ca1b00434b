"""What can be done here, one file a theme."""

from alongside.topics.people.commands import (
    access,
    agreeing,
    bodies,
    erasing,
    keeping,
    links,
    members,
    merging,
    newcomers,
    outside,
    persons,
    posts,
    reaching,
    speaking,
    typing,
    waiting,
)

__all__ = [
    "access",
    "agreeing",
    "bodies",
    "erasing",
    "keeping",
    "links",
    "members",
    "merging",
    "newcomers",
    "outside",
    "persons",
    "posts",
    "reaching",
    "speaking",
    "typing",
    "waiting",
]
