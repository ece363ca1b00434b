"""A program for the story of the hearing: who is there beside the cast, and what the other members say.

python -m tests.browser.stories.region lay
python -m tests.browser.stories.region 2026-03-23 kept bid_time early_voice public
"""

import sys

import django

from alongside.kernel import clock

BODIES = {
    "rivers": ("community", "Three Rivers Care Conference"),
    "deaf": ("user_led", "Wexmoor Deaf Voices"),
    "first": ("user_led", "Wexmoor People First"),
}
STAFF = {
    "edwin": ("Edwin Larch", "rivers", "Conference secretary"),
    "pauline": ("Pauline Stott", "rivers", "Conference chair"),
    "signe": ("Signe Lund", "deaf", ""),
    "marcus": ("Marcus Bright", "first", ""),
}
MEMBERS = {
    "samira": "Samira Khan",
    "ewan": "Ewan Fraser",
    "precious": "Precious Moyo",
    "hugh": "Hugh Tanner",
    "meera": "Meera Patel",
}


def lay() -> None:
    """The conference, two more user-led organisations, and five more members of Ana’s."""
    from alongside.kernel.door import do
    from alongside.kernel.policy import Actor
    from alongside.topics.people.commands import bodies, persons, posts
    from tests.world import BUILDER, DAY, named

    with clock.at(DAY):
        for key, (kind, name) in BODIES.items():
            do(bodies.AddOrganisation(organisation=named(key), kind=kind, name=name), by=BUILDER)
        for key, name in {**{key: row[0] for key, row in STAFF.items()}, **MEMBERS}.items():
            council, draws = named("council"), named(f"{key} draws")
            add = persons.AddPerson(person=named(key), draws=draws, organisation=council, name=name)
            do(add, by=BUILDER)
        for key, (_name, body, office) in STAFF.items():
            post = {"link": named(f"{key} post"), "organisation": named(body), "person": named(key)}
            do(posts.GivePost(**post, kind="manager"), by=BUILDER)
            if office:
                seat = {"office": named(f"{key} office")}
                do(bodies.AddOffice(**seat, organisation=named(body), name=office), by=BUILDER)
                holds = bodies.AppointToOffice(**seat, holding=named(f"{key} holds"), person=named(key))
                do(holds, by=BUILDER)
        for key in MEMBERS:
            joins = {"link": named(f"{key} joined"), "person": named(key), "organisation": named("ulo")}
            do(posts.JoinBody(**joins, on_the_board=True), by=BUILDER)
        for key, body in (("signe", "deaf"), ("marcus", "first")):
            seat = {"link": named(f"{key} board"), "person": named(key), "organisation": named(body)}
            do(posts.JoinBody(**seat, on_the_board=True), by=BUILDER)
            board = {
                "count": named(f"{body} count"),
                "organisation": named(body),
                "counted_on": clock.today(),
            }
            count = bodies.CountTheBoard(**board, members=6, who_draw_on_support=6)
            do(count, by=Actor(person=named(key)))


def say(day: str, said: str, lines: list[str]) -> None:
    """Each member but Ana says the same of each of these promises: “kept”, or whether it still holds."""
    from alongside.kernel.door import do
    from alongside.kernel.policy import Actor
    from alongside.topics.promises.commands import GiveVerdict, SayWhetherItHolds
    from alongside.topics.promises.models import Promise, PromisedTo
    from tests.world import named

    with clock.at(day):
        for key in MEMBERS:
            member = Actor(person=named(key))
            for line in lines:
                which = {"line": line} if line != "public" else {"statement__isnull": False}
                promise = Promise.objects.seen_by(member).get(**which)
                to = PromisedTo.objects.seen_by(member).get(promise=promise.id)
                verb = GiveVerdict if said == "kept" else SayWhetherItHolds
                do(verb(promise=promise.id, made_to=to.id, said=said), by=member)


def main(words: list[str]) -> None:
    """Lay the region, or let the members speak on a day."""
    django.setup()
    from alongside.interfaces.wired import wiring

    wiring("WHEN")
    if words == ["lay"]:
        lay()
    else:
        say(words[0], words[1], words[2:])


if __name__ == "__main__":
    main(sys.argv[1:])
