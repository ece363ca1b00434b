"""Who sees what and who may do what with promises to groups, public words, checks and protocols.

Said a second time, from the laws and not from the policy. oracle.py and powers.py have the rest of the house.
"""

from tests.proof import oracle
from tests.proof.changes import led, stands
from tests.proof.oracle import RUN_BY, STAFF, Facts, Row, See, Who, some

# Who sees a row -----------------------------------------------------------------------------------------


def whether_told_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Whether somebody was told is theirs: it is only counted."""
    return who.name == facts.named(row.person) and who.only in (None, row.promise)


def member_seen(facts: Facts, row: Row, who: Who) -> bool:
    """The person, who wrote it down, their advocate, and who works for the body the group is of."""
    if who.name == "":
        return False
    own = who.name in (facts.named(row.person), facts.named(row.by))
    if who.only is not None:
        return own and who.only == row.promise
    promise = facts.by_id["promises.Promise", row.promise]
    of_group = who.name in facts.staff(promise.group_of)
    return own or of_group or who.name in facts.life(row.person).advocates


def asked_again_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Whoever was asked, and those near the promise."""
    return oracle.near_the_promise(facts, row, who) and oracle.with_the_promise(facts, row, who)


def erosion_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Everyone, of a promise to all that enough answered; else whom it was made to, owner and workers."""
    promise = facts.by_id["promises.Promise", row.promise]
    if promise.person is None and row.is_open:
        return oracle.with_the_promise(facts, row, who)
    to = {facts.named(r.person) for r in facts.of("promises.PromisedTo", promise=promise.id)}
    if who.only is not None:
        return who.name in to and oracle.with_the_promise(facts, row, who)
    worked = facts.life(promise.person).worked if promise.person else some()
    return who.name != "" and who.name in to | {facts.named(promise.owner)} | worked


def statement_seen(facts: Facts, row: Row, who: Who) -> bool:
    """All, once somebody has read it; first its writer and who may read it. Taken back, only its writer."""
    read = is_read(row) or "looks" in of_statement(facts, row, who)
    return (row.state != "withdrawn" and read) or "wrote" in of_statement(facts, row, who)


def is_read(row: Row) -> bool:
    """Whether a named person has read it and let everyone read it."""
    return row.shown_on is not None and not row.held_for


def with_the_statement(facts: Facts, row: Row, who: Who) -> bool:
    statement = facts.by_id["promises.Statement", row.statement]
    wrote = who.only is None and who.name != "" and facts.named(row.written_by) == who.name
    read = is_read(row) or wrote or "looks" in of_statement(facts, statement, who)
    return read and statement_seen(facts, statement, who)


def date_answer_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Between the person and the owner; everyone may read it, where its giver says so of a public promise."""
    promise = facts.by_id["promises.Promise", row.promise]
    let_go = row.may_be_read and promise.person is None and oracle.with_the_promise(facts, row, who)
    let_go = let_go and (stands(row) or _of_its_body(facts, promise, who) or led(who))
    return let_go or oracle.between_them(facts, row, who)


def _of_its_body(facts: Facts, promise: Row, who: Who) -> bool:
    return who.only is None and who.name in facts.staff(promise.organisation)


SEES: dict[str, See] = {
    "promises.DateAnswer": date_answer_seen,
    "promises.GroupMember": member_seen,
    "promises.GroupTold": oracle.with_the_promise,
    "promises.ToldWord": whether_told_seen,
    "promises.AskedAgain": asked_again_seen,
    "promises.StillHolds": oracle.between_them,
    "promises.Erosion": erosion_seen,
    "promises.Statement": statement_seen,
    "promises.LinkedAct": with_the_statement,
    "promises.Protocol": oracle.everyone,
    "promises.ProtocolUse": oracle.everyone,
    "promises.TestResult": oracle.with_the_promise,
    "promises.Figure": oracle.with_the_promise,
}

# Which relationship gives which power ---------------------------------------------------------------------

# in_group: a promise to a group that they can see, whoever they are. vouches: works for the body the group
# is of, or is the person's advocate. speaks_for_body: manages or commissions in the body that said it. wrote:
# who wrote it down. looks: works for that body, or for a user-led organisation.
# either: works for either side of a protocol, or belongs to the one it was made to.
# named: somebody it was made to by name, or who belongs to the group's body.
POWERS = {
    "clock": "promises.asked_again promises.date_settled promises.correction_settled promises.eroded"
    " promises.erosion_overdue",
    "owner owners_manager": "promises.group_told promises.erosion_answered",
    "owner owners_manager named": "promises.test_recorded promises.figure_said",
    "judge": "promises.still_holds_said",
    "in_group": "promises.group_joined promises.told_or_not_said",
    "vouches": "promises.in_group_confirmed",
    "speaks_for_body": "promises.statement_taken_up promises.statement_answered",
    "wrote": "promises.statement_withdrawn",
    "reads": "promises.verdict_looked_at promises.date_answer_looked_at",
    "looks": "promises.statement_looked_at promises.act_looked_at",
    "signed_in": "promises.statement_written_down promises.act_linked",
    "staff": "promises.protocol_adopted",
    "either": "promises.protocol_used",
}
MAY = {kind: frozenset(roles.split()) for roles, kinds in POWERS.items() for kind in kinds.split()}


def belong(facts: Facts, body: object) -> frozenset[str]:
    """Those who belong to a body: of its board, or joined since."""
    joined = {
        facts.named(link.person)
        for link in facts.rows["people.Link"]
        if link.kind in ("group_member", "board_member") and link.organisation == body and not link.closes_at
    }
    return frozenset(joined - {""})


def of_promise(facts: Facts, row: Row, who: Who) -> set[str]:
    """What somebody is to a promise, beside owning it."""
    found = set()
    if row.group_size and row.person is None and who.only in (None, row.id):
        found.add("in_group")
    if who.only is None:
        to = {facts.named(r.person) for r in facts.of("promises.PromisedTo", promise=row.id)}
        of_body = facts.staff(row.group_of) | belong(facts, row.group_of) if row.group_of else some()
        if who.name in to | of_body:
            found.add("named")
    return found


def judges_in_group(facts: Facts, row: Row, who: Who) -> bool:
    """Whether somebody may judge what was promised to a group: they belong to its body, or say they do."""
    if row.person is not None or who.only not in (None, row.promise):
        return False
    said_so = {facts.named(r.person) for r in facts.of("promises.GroupMember", promise=row.promise)}
    return who.name in said_so | (belong(facts, row.group_of) if row.group_of else some())


def of_member(facts: Facts, row: Row, who: Who) -> set[str]:
    promise = facts.by_id["promises.Promise", row.promise]
    near = facts.staff(promise.group_of) | facts.life(row.person).advocates
    return {"vouches"} if who.only is None and who.name in near else set()


def of_statement(facts: Facts, row: Row, who: Who) -> set[str]:
    if who.only is not None:
        return set()
    runs = who.name in RUN_BY.get(facts.bodies.get(row.organisation, ""), some())
    wrote = who.name != "" and facts.named(row.written_by) == who.name
    looks = who.name in facts.staff(row.organisation) | STAFF["ulo"]
    return (
        ({"looks"} if looks else set())
        | ({"speaks_for_body"} if runs else set())
        | ({"wrote"} if wrote else set())
    )


def of_protocol(facts: Facts, row: Row, who: Who) -> set[str]:
    if who.only is not None:
        return set()
    body = STAFF.get(facts.bodies.get(row.organisation, ""), some())
    other = STAFF.get(facts.bodies.get(row.made_to, ""), some()) | belong(facts, row.made_to)
    return {"either"} if who.name in body | other else set()


ROLES = {
    "promises.GroupMember": of_member,
    "promises.Statement": of_statement,
    "promises.Protocol": of_protocol,
}
