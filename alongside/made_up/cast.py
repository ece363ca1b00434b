"""Who is who in Wexmoor. Every name is made up."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from alongside.made_up import crowd
from alongside.made_up.kinds import Body, Life, Post
from alongside.topics.people.models import LinkKind, OrganisationKind

P, M, S = LinkKind.PRACTITIONER, LinkKind.MANAGER, LinkKind.PROVIDER_STAFF


BODIES = (
    Body("council", "Wexmoor Council", OrganisationKind.COUNCIL),
    Body("homelight", "Homelight Care", OrganisationKind.PROVIDER),
    Body("bramley", "Bramley House", OrganisationKind.PROVIDER),
    Body("oakway", "Oakway Days", OrganisationKind.PROVIDER),
    Body("steady", "Steady Hands", OrganisationKind.PROVIDER),
    Body("ulo", "Wexmoor Living Our Way", OrganisationKind.USER_LED),
    Body("first", "Wexmoor People First", OrganisationKind.USER_LED),
    Body("advocacy", "Wexmoor Advocacy", OrganisationKind.COMMUNITY),
    Body("rivers", "Three Rivers Care Conference", OrganisationKind.COMMUNITY),
    *crowd.BODIES,
)

TEAMS = {  # key: (name, the larger team, whether it takes what is nobody's yet)
    "service": ("Adult social care", "", False),
    "east": ("East team", "service", False),
    "west": ("West team", "service", False),
    "learning": ("Learning disability team", "service", False),
    "duty": ("Duty team", "service", True),
    "housing": ("Housing repairs and adaptations", "", False),
    "buying": ("Commissioning", "", False),
    **crowd.TEAMS,
}

POSTS = (
    Post("june", "June Okafor", "council", M, "service", "Head of adult social care"),
    Post("ken", "Ken Holt", "council", M, "east", "Team manager, East"),
    Post("moira", "Moira Finch", "council", M, "west", "Team manager, West"),
    Post("yusuf", "Yusuf Demir", "council", M, "learning", "Team manager, Learning disability"),
    Post("ruth", "Ruth Bell", "council", M, "duty", "Team manager, Duty"),
    Post("farah", "Farah Siddiqui", "council", M, "housing", "Adaptations manager, Housing"),
    Post("alan", "Alan Pike", "council", LinkKind.COMMISSIONER, "buying", "Commissioning lead"),
    Post("priya", "Priya Nair", "council", P, "east", "Social worker, East"),
    Post("grace", "Grace Whitcombe", "council", P, "east"),
    Post("idris", "Idris Vaughan", "council", P, "east"),
    Post("leah", "Leah Sandhu", "council", P, "east"),
    Post("omar", "Omar Aziz", "council", P, "west"),
    Post("bethan", "Bethan Rees", "council", P, "west"),
    Post("callum", "Callum Shaw", "council", P, "west"),
    Post("hana", "Hana Petrova", "council", P, "learning"),
    Post("joel", "Joel Amadi", "council", P, "learning"),
    Post("niamh", "Niamh Doyle", "council", P, "learning"),
    Post("dee", "Dee Pritchard", "council", P, "duty"),
    Post("teague", "Sam Teague", "council", P, "duty"),
    Post("kofi", "Kofi Mensah", "council", P, "housing"),
    Post("boyd", "Councillor Boyd", "council", LinkKind.COUNCILLOR),
    Post("eze", "Councillor Eze", "council", LinkKind.COUNCILLOR),
    Post("tully", "Councillor Tully", "council", LinkKind.COUNCILLOR),
    Post("gill", "Councillor Gill", "council", LinkKind.COUNCILLOR),
    Post("marsh", "Councillor Marsh", "council", LinkKind.COUNCILLOR),
    Post("tom", "Tom Ashe", "homelight", S),
    Post("jess", "Jess Malone", "homelight", M, "", "Registered manager, Homelight Care"),
    Post("wanda", "Wanda Osei", "bramley", M, "", "Registered manager, Bramley House"),
    Post("kit", "Kit Larkin", "oakway", M, "", "Manager, Oakway Days"),
    Post("piotr", "Piotr Zielinski", "steady", M, "", "Registered manager, Steady Hands"),
    Post("ana", "Ana Reyes", "ulo", M, "", "Director, Living Our Way"),
    Post("marcus", "Marcus Bright", "first", M, "", "Chair, People First"),
    Post("edwin", "Edwin Larch", "rivers", M, "", "Conference secretary"),
    Post("pauline", "Pauline Stott", "rivers", M, "", "Conference chair"),
    Post("mina", "Mina Kowalska", "advocacy", P),
    Post("sol", "Sol Adeyemi", "advocacy", P),
    *crowd.POSTS,
)

LIVES = (
    Life("rosa", "Rosa Marlow", "east", "priya", "letter_large", "print_20"),
    Life("lena", "Lena Fox", "east", "priya", "phone"),
    Life("devon", "Devon Marlow", "east", "leah", "text", is_carer=True),
    Life("ana", "Ana Reyes", "west", "omar", "email", "electronic"),
    Life("marcus", "Marcus Bright", "learning", "hana", "letter_easy_read", "easy_read"),
    Life("nell", "Nell Abbott", "east", "priya", "letter"),
    Life("arthur", "Arthur Penrose", "east", "priya", "phone"),
    Life("samira", "Samira Khan", "east", "grace", "email", "electronic"),
    Life("bill", "Bill Cartwright", "east", "grace", "letter_large", "print_18"),
    Life("odette", "Odette Charles", "east", "grace", "text"),
    Life("frank", "Frank Lowry", "east", "idris", "phone"),
    Life("meera", "Meera Patel", "east", "idris", "email"),
    Life("hugh", "Hugh Tanner", "east", "idris", "audio", "audio"),
    Life("ivy", "Ivy Barlow", "east", "leah", "letter"),
    Life("tariq", "Tariq Hussain", "east", "leah", "text"),
    Life("dilys", "Dilys Morgan", "west", "omar", "phone"),
    Life("george", "George Adeleke", "west", "omar", "email"),
    Life("sheila", "Sheila Grant", "west", "bethan", "letter"),
    Life("ravi", "Ravi Menon", "west", "bethan", "text"),
    Life("june_h", "June Hartley", "west", "bethan", "phone"),
    Life("ewan", "Ewan Fraser", "west", "callum", "email"),
    Life("precious", "Precious Moyo", "west", "callum", "text"),
    Life("walter", "Walter Nunn", "west", "callum", "letter_large", "print_24"),
    Life("zofia", "Zofia Nowak", "west", "callum", "phone"),
    Life("leroy", "Leroy Bennett", "learning", "hana", "letter_easy_read", "easy_read"),
    Life("katie", "Katie Sharp", "learning", "hana", "text", "easy_read"),
    Life("aled", "Aled Pugh", "learning", "joel", "phone"),
    Life("nisha", "Nisha Rao", "learning", "joel", "email", "easy_read"),
    Life("connor", "Connor Wade", "learning", "joel", "text", "easy_read"),
    Life("beatrix", "Beatrix Holm", "learning", "niamh", "phone", "makaton"),
    Life("desmond", "Desmond Clarke", "learning", "niamh", "letter_easy_read", "easy_read"),
    Life("ffion", "Ffion Davies", "learning", "niamh", "email"),
    Life("yetunde", "Yetunde Bello", "duty", "dee", "phone"),
    Life("pat", "Pat Okoro", "duty", "teague", "letter"),
    Life("imran", "Imran Malik", "west", "bethan", "text", is_carer=True),
    Life("carol", "Carol Abbott", "east", "leah", "email", is_carer=True),
    Life("joyce", "Joyce Penrose", "east", "leah", "phone", is_carer=True),
    Life("stefan", "Stefan Nowak", "west", "callum", "email", is_carer=True),
    Life("ngozi", "Ngozi Adeleke", "west", "omar", "text", is_carer=True),
    Life("liz", "Liz Sharp", "learning", "niamh", "email", is_carer=True),
    *crowd.LIVES,
)

NEIGHBOURS = {  # people who are nobody's to a council, and somebody's to a person
    "victor": "Victor Fox",
    "stranger": "Robin Stroud",
    "ines": "Ines Marlow",
    "hector": "Hector Penrose",
    "ruby": "Ruby Wade",
}

# Who stands in whose life: (whose life, who, as what, whether the person shows them decisions and promises).
NEAR = (
    ("rosa", "devon", LinkKind.CARER, True),
    ("rosa", "ines", LinkKind.FAMILY, False),
    ("lena", "victor", LinkKind.CARER, True),  # she was pressed to let him see
    ("lena", "mina", LinkKind.ADVOCATE, True),
    ("ana", "mina", LinkKind.ADVOCATE, True),
    ("nell", "carol", LinkKind.CARER, True),
    ("arthur", "joyce", LinkKind.CARER, False),
    ("arthur", "hector", LinkKind.FAMILY, False),
    ("zofia", "stefan", LinkKind.CARER, True),
    ("george", "ngozi", LinkKind.CARER, True),
    ("katie", "liz", LinkKind.CARER, True),
    ("connor", "ruby", LinkKind.FRIEND, True),
    ("ravi", "imran", LinkKind.CARER, True),
    ("aled", "sol", LinkKind.ADVOCATE, True),
    ("beatrix", "sol", LinkKind.ADVOCATE, True),
    *crowd.NEAR,
)

BOARDS = {  # who sits on whose board, and what the last count found
    "ulo": (("ana", "samira", "ewan", "precious"), 8, 7),
    "first": (("marcus", "katie", "leroy", "nisha"), 10, 9),
    **crowd.BOARDS,
}

FACES = (  # whose eyes a visitor may see with
    ("rosa", gettext_noop("who draws on care and support. She reads large print, and has no email")),
    ("devon", gettext_noop("Rosa’s brother and unpaid carer. He uses text messages")),
    ("priya", gettext_noop("a social worker. She is Rosa’s named worker")),
    ("ken", gettext_noop("a manager. He decides about care in the East team")),
    ("ana", gettext_noop("who runs a user-led organisation, and draws on support herself")),
    ("boyd", gettext_noop("a councillor. He sees places and counts, and nobody’s life")),
)
