"""The many others of Wexmoor: people who draw on support, their carers, workers and bodies. All are made up.

They are the same in every Wexmoor, whatever its seed: a name is a first name and a surname put together in
turn, and who works with whom follows from their place in the list.
"""

from __future__ import annotations

from collections.abc import Iterator

from alongside.made_up.kinds import Body, Life, Post
from alongside.topics.people.models import LinkKind, OrganisationKind

HOW_MANY = 320
_GIVEN = """
Abdul Agnes Aisha Alasdair Amara Angus Anwen Asha Barbara Bronwen Caleb Chidi Clara Clive Danuta
Delroy Doreen Dylan Edna Efua Eileen Elspeth Esther Faisal Farida Fergus Gareth Gita Gwen Harriet
Hassan Hazel Irene Isaac Jamila Jasper Joan Kamal Keith Kirsty Kwame Lata Lionel Lowri Mabel Malcolm
Marjorie Mei Mohan Morag Nadia Nigel Obi Olive Oscar Parveen Percy Petra Rhys Rosalind Rupert Sadia
Shona Sunil Tamsin Tegan Terence Uma Vera Vikram Wilfred Winifred Yasmin Zara
"""
FIRST_NAMES = _GIVEN.split()
_FAMILY = """
Achebe Ainsley Ashdown Bains Barr Bassey Beddoes Begum Birch Bowen Brook Bukola Calder Chandra
Chowdhury Coyle Crane Dacosta Danjuma Dunmore Ellery Emeka Fairley Fenn Gable Ghosh Gwynne Hadley
Haque Hewitt Ibekwe Iqbal Jowett Kaczmarek Kellow Lachlan Lal Linden Lobo Maddox Mahmood Mbeki-Hall
Merrick Nair-Scott Nkemelu Norbury Ojo Orme Pargeter Pemberley Quill Rahman Rees-Okoye Ridgway
Sackey Salt Sethi Siwek Tamblyn Thackray Umar Vance Varley Wanjiru Whitlock Yarrow Yorke Zaman
"""
SURNAMES = _FAMILY.split()

WAYS = (  # how somebody is told, and what they read: no two neighbours alike
    ("email", "electronic"),
    ("phone", "plain"),
    ("letter", "plain"),
    ("text", "plain"),
    ("letter_large", "print_18"),
    ("email", "plain"),
    ("letter_easy_read", "easy_read"),
    ("phone", "plain"),
    ("text", "easy_read"),
    ("letter_large", "print_24"),
    ("email", "electronic"),
    ("audio", "audio"),
    ("text", "plain"),
    ("phone", "makaton"),
)

BODIES = (
    Body("larkrise", "Larkrise Supported Living", OrganisationKind.PROVIDER),
    Body("meadow", "Meadowgate Care", OrganisationKind.PROVIDER),
    Body("northlight", "Northlight Home Care", OrganisationKind.PROVIDER),
    Body("harbour", "Harbour Respite", OrganisationKind.PROVIDER),
    Body("willows", "The Willows", OrganisationKind.PROVIDER),
    Body("kestrel", "Kestrel Outreach", OrganisationKind.PROVIDER),
    Body("ferry", "Ferry Lane Day Services", OrganisationKind.PROVIDER),
    Body("brightside", "Brightside Shared Lives", OrganisationKind.PROVIDER),
    Body("deaf", "Wexmoor Deaf Voices", OrganisationKind.USER_LED),
)

TEAMS = {
    "south": ("South team", "service", False),
    "minds": ("Mental health team", "service", False),
    "hospital": ("Hospital team", "service", False),
}

MANAGERS = (
    Post("tess", "Tess Rowland", "council", LinkKind.MANAGER, "south", "Team manager, South"),
    Post("owen", "Owen Ferris", "council", LinkKind.MANAGER, "minds", "Team manager, Mental health"),
    Post("adaeze", "Adaeze Okpara", "council", LinkKind.MANAGER, "hospital", "Team manager, Hospital"),
    Post("maggie", "Maggie Threlfall", "larkrise", LinkKind.MANAGER, "", "Registered manager, Larkrise"),
    Post("dev", "Dev Sharma", "meadow", LinkKind.MANAGER, "", "Registered manager, Meadowgate"),
    Post("bronagh", "Bronagh Keane", "northlight", LinkKind.MANAGER, "", "Registered manager, Northlight"),
    Post("signe", "Signe Lund", "deaf", LinkKind.MANAGER, "", "Chair, Deaf Voices"),
)

_WORKERS = {  # the practitioners of each team, beside those a visitor meets by name
    "east": "Ada Lomax, Ciaran Boyle, Shazia Anwar, Ted Ormond",
    "west": "Bola Fashola, Jen Carrick, Martyn Pryce, Sana Qureshi",
    "south": "Ailsa Munro, Ben Tolley, Chinwe Eke, Dafydd Ellis, Erin Maddock, Femi Ade",
    "minds": "Gail Westcott, Harun Aydin, Isla Renwick, Jay Solanki, Kemi Doherty",
    "learning": "Lorna Peel, Mick Garside",
    "hospital": "Nora Finnegan, Ola Brandt, Pearl Simeon, Quentin Hale",
    "duty": "Rae Donnelly, Stu Mapp",
}


def practitioners() -> Iterator[Post]:
    """The practitioners of every team."""
    for team, names in _WORKERS.items():
        for name in names.split(", "):
            yield Post(name.split()[0].lower(), name, "council", LinkKind.PRACTITIONER, team)


COUNCILLORS = tuple(
    Post(name.lower(), f"Councillor {name}", "council", LinkKind.COUNCILLOR)
    for name in ("Hollis", "Nazir", "Prosser", "Wray")
)
POSTS = (*MANAGERS, *practitioners(), *COUNCILLORS)


def lives() -> Iterator[Life]:
    """The people, each with a team, a named worker and a way to be told. One in six is an unpaid carer."""
    workers = [post for post in practitioners() if post.team != "duty"]
    for number in range(HOW_MANY):
        first = FIRST_NAMES[number % len(FIRST_NAMES)]
        last = SURNAMES[(number * 5 + number // len(FIRST_NAMES)) % len(SURNAMES)]
        worker = workers[number % len(workers)]
        way, reads = WAYS[(number * 3 + number // len(WAYS)) % len(WAYS)]
        yield Life(
            f"p{number:03}", f"{first} {last}", worker.team, worker.key, way, reads, is_carer=is_carer(number)
        )


def is_carer(number: int) -> bool:
    return number % 6 == 5


def near() -> Iterator[tuple[str, str, LinkKind, bool]]:
    """Each carer stands in the life of the one before them; every other one is shown decisions."""
    for number in range(HOW_MANY):
        if is_carer(number):
            yield f"p{number - 1:03}", f"p{number:03}", LinkKind.CARER, number % 12 == 5


LIVES = tuple(lives())
NEAR = tuple(near())
BOARDS = {"deaf": (("p003", "p010", "p020"), 6, 6)}
