"""`alongside people`: find somebody, show what is known, add people and bodies; all through the door.

    alongside people body "Wexmoor Council" --kind council
    alongside people team East --body "Wexmoor Council"
    alongside people add "Priya Nair" --body "Wexmoor Council" --works-in East --email priya@wexmoor.example
    alongside people find rosa --as 6f1c…
    alongside people show 0b7e… --as 6f1c…

Bodies, teams and people are named by their number, or by their whole name where only one has it.

Without --as this is the installation itself, which sets up a new place: it writes people and bodies down, and
is named as such in the record.
"""

import argparse
from uuid import UUID

from alongside.interfaces.cli import CliError
from alongside.interfaces.verbs.do import person_named
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.letters import plain_letters
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.access import LinkSignIn
from alongside.topics.people.commands.bodies import AddOrganisation, AddTeam
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import (
    Findable,
    InformationNeed,
    Link,
    LinkKind,
    Organisation,
    OrganisationKind,
    Person,
    Team,
)
from alongside.topics.people.pages.shown import shown_links
from alongside.topics.people.policy import name_of

MOST = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="by", metavar="PERSON", help="whose act this is: their number")
    verbs = parser.add_subparsers(
        dest="what", required=True, metavar="find | show | add | body | team | token"
    )
    find = verbs.add_parser("find", help="people, bodies and teams by a part of the name")
    find.add_argument("words")
    show = verbs.add_parser("show", help="one person, as far as you may see them")
    show.add_argument("person")
    add = verbs.add_parser("add", help="write somebody down")
    add.add_argument("name")
    add.add_argument("--body", required=True, metavar="BODY", help="the body that answers for the record")
    add.add_argument("--team", metavar="TEAM", help="the team that looks after their support")
    add.add_argument("--works-in", metavar="TEAM", help="the team they work in")
    add.add_argument("--manages", action="store_true", help="they manage that team")
    add.add_argument("--email", help="the address they sign in with")
    body = verbs.add_parser("body", help="add a body")
    body.add_argument("name")
    body.add_argument("--kind", required=True, choices=OrganisationKind.values)
    team = verbs.add_parser("team", help="add a team to a body")
    team.add_argument("name")
    team.add_argument("--body", required=True, metavar="BODY")
    team.add_argument("--above", metavar="TEAM", help="the larger team it is part of")
    team.add_argument("--duty", action="store_true", help="it takes what is nobody’s yet")
    token = verbs.add_parser("token", help="a token for a program that acts for somebody")
    token.add_argument("person")
    token.add_argument("--days", type=int, default=30, help="how long it is good (%(default)s)")
    token.add_argument("--strong", action="store_true", help="it may decide about others, as that person may")
    for each in (find, show, add, body, team, token):
        each.add_argument(
            "--as", dest="by", metavar="PERSON", help=argparse.SUPPRESS, default=argparse.SUPPRESS
        )


def run(arguments: argparse.Namespace) -> int:
    try:
        return WHAT[arguments.what](arguments, _actor(arguments.by))
    except Missing:
        raise CliError("We cannot find that. It is not there, or it is not for this person to see.") from None
    except (NotAllowed, Refused) as refusal:
        raise CliError(str(refusal)) from refusal


def _actor(by: str | None) -> Actor:
    if by is None:
        return Actor(installation=True, strong=True, way="cli", how="terminal")
    return Actor(person=person_named(by), strong=True, way="cli", how="terminal")


def _named(words: str, kind: str, actor: Actor) -> UUID:
    """The number of what is meant: the number itself, or that of the only one of this name they may see."""
    try:
        return UUID(words)
    except ValueError:
        pass
    rows = Findable.objects.seen_by(actor).filter(kind=kind, folded=plain_letters(words)).order_by("id")
    found = list(rows[:MOST])
    if len(found) == 1:
        number: UUID = found[0].id
        return number
    if not found:
        raise CliError(
            f"We know no {kind} called “{words}”. To look: alongside people find, and a part of the name"
        )
    numbers = "\n".join(f"  {row.id}" for row in found)
    raise CliError(
        f"More than one {kind} is called “{words}”. Give the number of the one you mean:\n{numbers}"
    )


def _find(arguments: argparse.Namespace, actor: Actor) -> int:
    rows = (
        Findable.objects.seen_by(actor)
        .filter(folded__contains=plain_letters(arguments.words))
        .order_by("folded")
    )
    found = list(rows.exclude(name="")[:MOST])
    for row in found:
        print(f"{row.id}  {row.kind:<7} {row.name}")
    if not found:
        print("We found nobody you may see by that name.")
    return 0


def _team_of(words: str | None, actor: Actor) -> UUID | None:
    if not words:
        return None
    team: UUID = the(Team, _named(words, "team", actor), seen_by=actor).id
    return team


def _token(arguments: argparse.Namespace, actor: Actor) -> int:
    person = the(Person, _named(arguments.person, "person", actor), seen_by=actor)
    from alongside.interfaces.programs import token_for  # here, for the other verbs need nothing of it

    print(token_for(person.id, days=arguments.days, strong=arguments.strong))
    return 0


def _show(arguments: argparse.Namespace, actor: Actor) -> int:
    person = the(Person, _named(arguments.person, "person", actor), seen_by=actor)
    print(f"{name_of(person.id)}  {person.id}  {person.get_state_display()}")
    for link in shown_links(Link.objects.seen_by(actor).filter(person=person.id)):
        print(f"  {link.kind}: {link.who} {link.scope} ({link.state}, since {link.since_on})")
    for need in InformationNeed.objects.seen_by(actor).filter(person=person.id, ended_at=None):
        print(f"  needs: {need.code}")
    return 0


def _add(arguments: argparse.Namespace, actor: Actor) -> int:
    body = the(Organisation, _named(arguments.body, "body", actor), seen_by=actor)
    team = _team_of(arguments.team, actor)
    person = do(AddPerson(organisation=body.id, name=arguments.name, team=team), by=actor).thing
    print(f"Done: {arguments.name} is {person}.")
    if arguments.works_in:
        works_in = the(Team, _named(arguments.works_in, "team", actor), seen_by=actor)
        kind = LinkKind.MANAGER if arguments.manages else LinkKind.PRACTITIONER
        do(GivePost(organisation=works_in.organisation, person=person, kind=kind, team=works_in.id), by=actor)
        print(f"They work in {name_of(works_in.id)}.")
    if arguments.email:
        do(LinkSignIn(person=person, address=arguments.email), by=actor)
        print("They can sign in with that address.")
    return 0


def _body(arguments: argparse.Namespace, actor: Actor) -> int:
    done = do(AddOrganisation(kind=OrganisationKind(arguments.kind), name=arguments.name), by=actor)
    print(f"Done: {arguments.name} is {done.thing}.")
    return 0


def _team(arguments: argparse.Namespace, actor: Actor) -> int:
    body = the(Organisation, _named(arguments.body, "body", actor), seen_by=actor)
    above = _team_of(arguments.above, actor)
    team = AddTeam(organisation=body.id, above=above, name=arguments.name, is_duty=arguments.duty)
    print(f"Done: {arguments.name} is {do(team, by=actor).thing}.")
    return 0


WHAT = {"find": _find, "show": _show, "add": _add, "body": _body, "team": _team, "token": _token}
