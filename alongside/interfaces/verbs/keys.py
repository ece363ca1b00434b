"""`alongside keys`: the keys that seal people's words, and the way to have one person's destroyed.

    alongside keys list
    alongside keys destroy PERSON --why unlawful --as FIRST      asks for it; nothing is destroyed yet
    alongside keys note PERSON ENTRY --words "wrong person" --as FIRST

Somebody outside the line agrees, on their own page: at the terminal nobody knows whose yes it would be. Both
steps go through the door: two people of two lines, a reason, refused while a rule or a hold says to keep it.
The keys themselves are then destroyed by `alongside work`.
"""

import argparse
from collections import Counter

from alongside.interfaces.asking import command_named, from_values
from alongside.interfaces.cli import CliError
from alongside.interfaces.verbs.do import person_named
from alongside.interfaces.wired import wiring
from alongside.kernel.command import Actor, Missing
from alongside.kernel.destroyed import come_back
from alongside.kernel.door import do
from alongside.kernel.keyring import keyring
from alongside.kernel.outbox import Outbox

ASKED = "people.erasure_asked_for"
NOTE_ASKED = "people.note_removal_asked_for"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="what", required=True, metavar="list | destroy | note")
    listing = verbs.add_parser("list", help="how many keys there are, and what waits to be destroyed")
    listing.add_argument("--person", help="those of one person")
    destroy = verbs.add_parser("destroy", help="ask for all of a person’s keys to be destroyed")
    destroy.add_argument("person")
    destroy.add_argument("--why", required=True, help="the reason, such as no_longer_needed or unlawful")
    destroy.add_argument("--words", default="", help="anything more to say")
    note = verbs.add_parser("note", help="ask for one misfiled note to be taken out")
    note.add_argument("person")
    note.add_argument("entry", help="the number of the entry that holds it")
    note.add_argument("--words", required=True, help="why it should be taken out")
    for each in (destroy, note):
        each.add_argument("--as", dest="by", required=True, metavar="PERSON", help="whose act this is")


def run(arguments: argparse.Namespace) -> int:
    wiring("WHEN")  # every command is known from here on
    if arguments.what == "list":
        return _list(arguments)
    if arguments.what == "destroy":
        whom = str(person_named(arguments.person))
        return _ask(ASKED, {"person": whom, "why": arguments.why, "words": arguments.words}, arguments)
    note = {"person": str(person_named(arguments.person)), "note": arguments.entry, "words": arguments.words}
    return _ask(NOTE_ASKED, note, arguments)


def _ask(kind: str, values: dict[str, str], arguments: argparse.Namespace) -> int:
    _carry_out(kind, values, arguments.by)
    print("Asked. Nothing is destroyed yet. Somebody from outside must agree, and has been asked.")
    print("They say yes or no on their own page. The next round of alongside work then destroys the keys.")
    return 0


def _carry_out(kind: str, values: dict[str, str], by: str) -> None:
    actor = Actor(person=person_named(by), strong=True, way="cli", how="terminal")
    try:
        do(from_values(command_named(kind), values), by=actor)
    except Missing:
        raise CliError("We cannot find that. It is not there, or it is not for this person to see.") from None


def _list(arguments: argparse.Namespace) -> int:
    ring = keyring()
    waiting = Outbox.objects.filter(kind__in=("destroy_keys", "take_out_note")).exclude(state="sent").count()
    if arguments.person:
        owner = person_named(arguments.person)
        count = Counter(purpose for _key, purpose, _epoch in ring.ids_of(owner))
        for purpose, number in sorted(count.items()):
            print(f"{purpose:<12} {number}")
        if not count:
            print("There are no keys. Nothing can be opened.")
    else:
        owners, keys = ring.count()
        print(f"{keys:,} keys of {owners:,} owners, in {ring.path}.")
    print(f"{waiting} waiting to be destroyed.")
    if back := len(come_back()):
        print(f"{back} were destroyed and are here again, from an older copy of the keys.")
        print("They are destroyed again when this starts: alongside work")
    return 0
