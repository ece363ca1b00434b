"""Which relationship gives which power: every command, by who may send it. Written by hand, from the design.

A new command has no line here, and the matrix fails until it has one. Whoever writes it says, in review, to
whom power goes.
"""

from uuid import UUID

from tests.proof import changes, deliberation, promising, together, voice
from tests.proof.oracle import LINE, RUN_BY, STAFF, Facts, Life, Row, Who, some

# decider: one of those who decide. life: whose life it is. affected: whom else it touches. voice: an advocate
# of somebody affected, or the holder of a live power. raiser: the one who raised it. led: of a
# user-led organisation, for a place. checker: a worker of another team, asked to check. in_turn: because it
# was their turn. looker: asked to look at a legal reason. here: anyone signed in, for a place. worker,
# manager: of the person. keeper: a manager of the body that answers for the record. runs: a manager of that
# body. judge: to whom it was promised, or who speaks for them. clock: nobody by hand.
POWERS = {
    "clock": "decisions.ground_lapsed decisions.involvement_missed decisions.person_merged"
    " decisions.said_for_them_ended"
    " decisions.ground_look_asked decisions.checker_asked decisions.check_settled"
    " decisions.concern_taken_further decisions.concern_nobody_outside"
    " promises.asked_how_it_went promises.record_joined people.first_letter_sent"
    " people.newcomer_written_down people.agreement_asked decisions.telling_failed decisions.typed_set_aside"
    " people.waited_too_long people.waits_still people.wait_over people.typed_set_aside"
    " decisions.rested decisions.goes_on_again decisions.problem_typed_set_aside promises.typed_set_aside"
    " decisions.death_heard decisions.death_unheard",
    "decider": "decisions.decided decisions.ground_ended decisions.ground_recorded decisions.ground_renewed"
    " decisions.help_offered decisions.help_started decisions.people_told decisions.place_decided"
    " decisions.question_answered decisions.replied decisions.review_done decisions.shown_answered"
    " decisions.stepped_back decisions.told decisions.urgent_help_within",
    "decider raiser": "decisions.change_put decisions.people_defined decisions.group_size_corrected",
    "decider life voice": "decisions.check_wanted",
    "in_turn": "decisions.check_answered",
    "decider life voice affected": "decisions.affected_ended decisions.more_time",
    "decider life voice raiser": "decisions.affected_named decisions.newcomer_named",
    "decider life affected voice raiser": "decisions.option_added",
    "decider voice checker": "decisions.safeguard_recorded decisions.shown_noted decisions.telling_marked",
    "life": "people.calendar_ended people.program_stopped"
    " decisions.decided_by_themself decisions.said_to_be_help",
    "life affected": "decisions.check_asked decisions.help_asked decisions.help_ended decisions.opened",
    "life affected voice": "decisions.declined decisions.view_given",
    "life affected voice checker": "decisions.telling_confirmed decisions.view_confirmed",
    "life affected voice here": "decisions.question_asked decisions.reply_judged decisions.view_shown",
    "life affected here": "decisions.same_agreed decisions.same_said",
    "voice looker": "decisions.ground_looked_at",
    "life voice": "decisions.undone decisions.agreement_answered decisions.said_to_take_away",
    "here": "decisions.place_view_given",
    "raiser": "decisions.withdrawn",
    "worker manager body duty": "decisions.taken_up",
    "duty taker": "decisions.concern_taken",
    "taker": "decisions.concern_passed_on",
    "worker manager": "decisions.everyday_agreed decisions.urgent_help",
    "life stands worker manager": "decisions.raised",
    "anyone": "decisions.concern_raised",
    "signed_in": "decisions.place_raised people.speaker_disputed people.typed_act_answered",
    "staff": "people.person_added promises.import_started promises.made",
    "runs": "people.office_added people.post_given people.team_added people.appointed_to_office"
    " people.hook_set people.agreeing_office_named",
    "runs board": "people.board_counted",
    "works": "people.organisation_added",
    "life advocate worker manager": "people.aids_asked_for people.contact_asked_for people.format_asked_for"
    " people.support_asked_for people.need_checked promises.verdict_confirmed",
    "life advocate": "people.support_goes_on",
    "life only_themself": "people.asking_set people.body_joined people.consent_withdrawn people.link_agreed"
    " people.sight_changed people.code_used people.calendar_asked_for people.address_mine"
    " people.program_let_in",
    "life worker manager": "people.code_issued people.council_system_unlinked people.name_put_right"
    " people.related people.sign_in_linked people.way_set people.need_ended people.way_not_safe"
    " people.address_check_asked_for people.power_check_asked_for"
    " people.way_stopped people.code_stopped people.sign_in_unlinked people.dispute_settled",
    "other worker manager": "people.link_ended",
    "placed worker manager": "people.hold_lifted",
    "worker manager no_life": "people.council_system_linked people.hold_back_proposed"
    " people.merge_asked_for people.placed_with_team",
    "life worker manager keeper": "people.erasure_asked_for",
    "worker manager keeper": "people.hold_placed people.note_removal_asked_for people.death_written_down",
    "near worker manager keeper": "people.death_told",
    "life runs": "people.post_ended",
    "acts_for": "people.member_confirmed people.member_declined people.membership_ended",
    "owner owners_manager": "promises.date_proposed promises.handed_over promises.progress_reported"
    " promises.put_right promises.what_now_answered promises.correction_offered",
    "judge": "promises.date_answered promises.correction_answered promises.verdict_given"
    " promises.what_now_said",
    "writes_down": "promises.verdict_passed_on",
    "opens_post": "promises.still_holds_passed_on",
    "giver": "promises.verdict_released",
}
# Judged on rows that no act of this story makes: their own rooms' tests say who may.
NOT_HERE = {
    "people.hook_stopped",
    "people.address_confirmed",
    "people.death_borne_out",
    "people.death_undone",
    "people.agreement_declined",
    "people.agreeing_office_ended",
    "people.hold_back_agreed",
    "people.hold_back_lifted",
    "people.note_removed",
    "people.people_merged",
    "people.person_erased",
    "people.power_confirmed",
    "promises.decision_reported",
    "promises.import_finished",
    "promises.import_withdrawn",
    "promises.promise_claimed",
}
MAY = {
    kind: frozenset(roles.split())
    for part in (POWERS, deliberation.POWERS, changes.POWERS, together.POWERS, voice.POWERS)
    for roles, kinds in part.items()
    for kind in kinds.split()
}
USER_LED = some("ana")  # who works for, or belongs to, a body whose board passed the user-led test


def roles(facts: Facts, table: str, row: Row | None, who: Who) -> set[str]:
    """What somebody is to this row."""
    found = {"anyone"} | voice.always(who)
    if who.name and who.only is None:
        found.add("signed_in")
    if who.name and who.only is None and any(who.name in staff for staff in STAFF.values()):
        found.add("works")
    if row is None or not who.name:
        return found
    return found | _ROLES.get(table, _of_a_person)(facts, row, who)


def _decision(facts: Facts, row: Row, who: Who) -> set[str]:
    life = facts.life(row.person)
    body = facts.bodies.get(row.organisation, "")
    tests = {
        "life": facts.named(row.person) == who.name,
        "affected": who.name in facts.affected(row.id),
        "decider": who.name in facts.deciders(row.id),
        "voice": who.name in facts.voices(row.id),
        "raiser": facts.raiser(row) == who.name,
        "checker": who.name in facts.checkers(row.id),
        "in_turn": who.only is None and who.name in facts.checkers(row.id, in_turn=True),
        "looker": who.only is None and who.name in facts.lookers(row.id, still=True),
        "here": row.about == "place",
        "runner": changes.runs(facts, row, who),
        "carrier": deliberation.carries(facts, row, who),
        "looks_after": deliberation.looks_after(facts, row, who),
        "looks": row.about == "place"
        and who.only is None
        and (who.name in STAFF.get(body, some()) or changes.led(who)),
        "offerer": deliberation.offered(facts, row, who),
        "worker": who.name in life.workers,
        "manager": who.name in life.managers,
        "led": row.about == "place" and who.only is None and who.name in USER_LED,
        "body": row.about == "place" and who.name in STAFF.get(body, some()),
        "duty": who.only is None and who.name in facts.untaken(row),
    }
    return {role for role, holds in tests.items() if holds}


def _of_a_person(facts: Facts, row: Row, who: Who) -> set[str]:
    person = getattr(row, "person", row.id)
    life = facts.life(person)
    body = facts.bodies.get(getattr(row, "held_by", None) or UUID(int=0), "")
    tests = {
        "life": facts.named(person) == who.name,
        "stands": who.name in life.everyone,
        "worker": who.name in life.workers,
        "manager": who.name in life.managers,
        "advocate": who.name in life.advocates,
        "near": who.name in life.advocates | life.shown | life.others,  # and nobody for their work alone
        "keeper": who.only is None and who.name in RUN_BY.get(body, some()),
        "giver": facts.named(getattr(row, "by", None)) == who.name,
        "other": facts.named(getattr(row, "other", None)) == who.name,
        "placed": facts.named(getattr(row, "placed_by", None)) == who.name,
        "runs": who.only is None and who.name in RUN_BY.get(_body_of(facts, row), some()),
        "acts_for": who.only is None
        and getattr(row, "kind", "") in ("group_member", "board_member")
        and who.name in RUN_BY.get(_body_of(facts, row), some()),
    }
    return {role for role, holds in tests.items() if holds}


def _body_of(facts: Facts, row: Row) -> str:
    return facts.bodies.get(getattr(row, "organisation", None) or UUID(int=0), "")


def _body(facts: Facts, row: Row, who: Who) -> set[str]:
    body = getattr(row, "organisation", row.id)
    if who.only is not None:
        return set()
    runs = {"runs"} if who.name in RUN_BY.get(facts.bodies.get(body, ""), some()) else set()
    staff = {"staff"} if who.name in facts.staff(body) else set()
    return runs | staff | voice.of_body(facts, body, who)


def _concern(facts: Facts, row: Row, who: Who) -> set[str]:
    from tests.proof.oracle import asked_to_take_up, duty_reads

    on_duty = {"duty"} if duty_reads(facts, row, who) else set()
    return on_duty | ({"taker"} if asked_to_take_up(facts, row, who) else set())


def _promise(facts: Facts, row: Row, who: Who) -> set[str]:
    if who.only is not None:
        return promising.of_promise(facts, row, who)
    life: Life = facts.life(row.person)
    owner = facts.named(row.owner)
    held = {
        facts.named(r.holder)
        for r in facts.of("people.Holding", closes_at=None)
        if row.office is not None and r.office == row.office
    }
    runs = row.person is None and who.name in RUN_BY.get(facts.bodies.get(row.organisation, ""), some())
    over = who.name in LINE.get(owner, some()) or _manages(who.name, owner) or who.name in life.managers
    answers = ({"owner"} if who.name in {owner, *held} else set()) | (
        {"owners_manager"} if over or runs else set()
    )
    body = facts.staff(row.organisation)
    reads = row.person is None and (who.name in body or changes.led(who))
    return answers | ({"reads"} if reads else set()) | promising.of_promise(facts, row, who)


def _manages(who: str, owner: str) -> bool:
    """Ken manages East, and June all three teams: those who work there, themselves among them."""
    return owner in {"ken": {"ken", "priya"}, "june": {"june", "ken", "priya", "omar", "dee"}}.get(who, set())


def _promised_to(facts: Facts, row: Row, who: Who) -> set[str]:
    life = facts.life(row.person)
    promise = facts.by_id["promises.Promise", row.promise]
    speaks = who.only is None and not promise.is_private and who.name in life.speakers & life.shown
    worked = who.only is None and promise.person is not None and who.name in life.worked
    in_group = promising.judges_in_group(facts, row, who)
    judges = facts.named(row.person) == who.name or speaks or in_group
    opens_post = who.only is None and row.person is None and (who.name in STAFF["ulo"] or who.name == "dee")
    held = {"judge": judges, "writes_down": worked or opens_post, "opens_post": opens_post}
    return {role for role, holds in held.items() if holds}


_ROLES = {
    "decisions.Decision": _decision,
    "decisions.Concern": _concern,
    "decisions.Problem": changes.of_a_problem,
    "people.Organisation": _body,
    "people.Office": _body,
    "promises.Promise": _promise,
    "promises.PromisedTo": _promised_to,
    **promising.ROLES,
    "voice.Desk": _body,
    "voice.Ward": _body,
    **voice.ROLES,
}
