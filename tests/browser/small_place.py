"""A program that builds a small place in an empty home: the cast of tests/world.py, and nothing decided yet.

ALONGSIDE_HOME=… python -m tests.browser.small_place
"""

import django

EMAILS = {"ana": "ana@wexmoor.example", "ken": "ken.holt@wexmoor.example"}


def main() -> None:
    """Make the database and put the cast in it, through the door."""
    django.setup()
    from alongside.interfaces.static_files import collect
    from alongside.interfaces.verbs.serve import make_ready
    from alongside.interfaces.wired import wiring
    from tests.world import world

    make_ready()
    collect()  # once here, and not on each copy that is served
    wiring("WHEN")  # consequences follow here as they do on the site
    cast = world()
    from alongside.kernel.door import do
    from alongside.topics.people.commands.access import LinkSignIn

    for name, email in EMAILS.items():
        actor = cast.everyone()[name]
        assert actor.person is not None
        do(LinkSignIn(person=actor.person, address=email), by=actor)


if __name__ == "__main__":
    main()
