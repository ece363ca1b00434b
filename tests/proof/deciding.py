"""Who may do and see what where several decide, and after a decision: said a second time.

By plain rules over plain facts, as tests/proof/oracle.py; written from the laws, not from the policy.
"""

from tests.proof.oracle import STAFF, Facts, Row, See, Who, private, view_seen, with_the_decision


def theirs_alone(facts: Facts, row: Row, who: Who) -> bool:
    """What is on a list about somebody is for them; by a code, only in the matter that it opens."""
    mine = who.name != "" and facts.named(row.person) == who.name
    return mine and (who.only is None or getattr(row, "decision", None) == who.only)


def is_listed(facts: Facts, row: Row, who: Who) -> bool:
    """Whether somebody is on the list of a group that this matter affects."""
    return who.name in {facts.named(one.person) for one in facts.of("decisions.Listed", decision=row.id)}


def challenge_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Who made it, those who decided, and whoever is asked, from outside of their line, to answer it."""
    if who.name == "":
        return False
    mine = who.name in (facts.named(row.person), facts.named(row.made_by_person))
    if who.only is not None:
        return mine and row.decision == who.only
    asked = facts.answerers(row.decision, row.id)
    stands_by = who.name in facts.life(row.person).advocates
    return mine or private(facts, row, who) or stands_by or who.name in asked


def answerer_seen(facts: Facts, row: Row, who: Who) -> bool:
    """Whoever is asked, for whom the challenge is, who made it, their advocate: not those who decided."""
    if who.name == "":
        return False
    challenge = facts.by_id["decisions.Challenge", row.challenge]
    mine = who.name in (facts.named(row.person), facts.named(challenge.made_by_person))
    if who.only is not None:
        return mine and row.decision == who.only
    asked = facts.named(row.asked) == who.name and row.ended_at is None
    return mine or asked or who.name in facts.life(row.person).advocates


def learnt_seen(facts: Facts, row: Row, who: Who) -> bool:
    """An answer goes where that which it answers goes."""
    answered = [one for one in facts.rows["decisions.Effect"] if one.learnt == row.id]
    return any(view_seen(facts, one, who) for one in answered)


SEES: dict[str, See] = {
    "decisions.DecidingRule": with_the_decision,
    "decisions.Interest": with_the_decision,
    "decisions.Proposal": with_the_decision,
    "decisions.Voice": with_the_decision,
    "decisions.Earlier": with_the_decision,
    "decisions.Lot": with_the_decision,
    "decisions.Round": with_the_decision,
    "decisions.Seat": lambda facts, row, who: seat_seen(facts, row, who),
    "decisions.Listed": theirs_alone,
    "decisions.LotLeft": theirs_alone,
    "decisions.Waiting": theirs_alone,
    "decisions.Bundle": theirs_alone,
    "decisions.Challenge": challenge_seen,
    "decisions.ChallengeAsked": answerer_seen,
    "decisions.Effect": view_seen,
    "decisions.Learnt": learnt_seen,
}
# listed: on the list of a group that the matter affects.
# answerer: outside the line that decided, and asked to answer that it was wrong.
# offered: a vote in it was offered to them, and they have not answered yet. See tests/proof/powers.py.
POWERS = {
    "decider": "decisions.vote_offered decisions.interest_said decisions.rule_said decisions.rule_put"
    " decisions.decision_put decisions.proposal_taken_back decisions.voice_given decisions.people_listed"
    " decisions.group_tied decisions.list_closed decisions.lot_drawn decisions.round_begun"
    " decisions.effect_answered",
    "life affected voice here": "decisions.challenged decisions.effect_said decisions.answerer_chosen",
    "life affected here": "decisions.effect_shown",
    "answerer": "decisions.challenge_answered decisions.answer_passed_on",
    "clock": "decisions.some_listed decisions.round_begun_after decisions.round_went_on"
    " decisions.bundle_sent decisions.bundle_noted decisions.effects_asked decisions.review_asked"
    " decisions.challenge_missed decisions.answerer_asked",
    "offered": "decisions.vote_offer_answered",
    "listed": "decisions.lot_left",
    "agrees": "decisions.seat_agreed",
}
MAY = {kind: frozenset(roles.split()) for roles, kinds in POWERS.items() for kind in kinds.split()}


def roles(facts: Facts, table: str, row: Row | None, who: Who) -> set[str]:
    """What somebody is to a decision, beside what powers.py says."""
    if table != "decisions.Decision" or row is None or not who.name or who.only not in (None, row.id):
        return set()
    listed = {"listed"} if is_listed(facts, row, who) else set()
    if who.only is not None:
        return listed | ({"agrees"} if facts.named(row.person) == who.name else set())
    seats = facts.of("decisions.Seat", decision=row.id, answered_at=None)
    found = {"offered"} if who.name in {facts.named(seat.person) for seat in seats} else set()
    if who.name in facts.answerers(row.id):
        found.add("answerer")
    return found | listed | ({"agrees"} if agrees_to_seats(facts, row, who) else set())


def agrees_to_seats(facts: Facts, row: Row, who: Who) -> bool:
    """The person and their voice; for a place the others who decide, and those of a user-led organisation."""
    if row.about == "place":
        return who.name in facts.deciders(row.id) | STAFF["ulo"] | facts.voices(row.id)
    return facts.named(row.person) == who.name or who.name in facts.voices(row.id)


def seat_seen(facts: Facts, row: Row, who: Who) -> bool:
    """As what lies between them and those who decide; and whoever must agree before they are seated."""
    decision = facts.by_id["decisions.Decision", row.decision]
    own = facts.named(decision.person) == who.name and who.name != "" and who.only in (None, decision.id)
    return private(facts, row, who) or own or (who.only is None and agrees_to_seats(facts, decision, who))
