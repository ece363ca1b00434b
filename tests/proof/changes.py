"""Changes to services, and problems people raise: who sees and may do what, and what the story has of it.

A part of tests/proof/oracle.py and powers.py, in a file of its own. What one person says of a change is
theirs and the deciders', until they let all read it; who has a problem too is theirs alone.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY, THE_CLOCK
from alongside.topics.decisions import commands, models
from tests.world import Cast

# runner: works for the body that runs a change of this matter. answers: works for the body that must answer
# a problem. led: of a user-led organisation. first: the one who first said it. known: anybody we know, signed
# in or by a code.
POWERS = {
    "clock": "decisions.permission_lapsed decisions.benefit_settled",
    "decider": "decisions.change_proposed decisions.plan_put decisions.change_started"
    " decisions.change_goes_on decisions.change_stopped decisions.change_dropped"
    " decisions.pilot_set_out decisions.pilot_evaluated"
    " decisions.benefit_claimed",
    "decider runner": "decisions.judgement_asked decisions.judgement_asked_again"
    " decisions.judgement_answered decisions.change_reported"
    " decisions.group_asked_to_judge"
    " decisions.benefit_measured",
    "decider affected": "decisions.fitness_set",
    "affected here": "decisions.change_judged decisions.fitness_tried decisions.benefit_judged",
    "anyone": "decisions.problem_raised",
    "known": "decisions.problem_shared decisions.problem_unshared decisions.problem_judged",
    "answers": "decisions.problem_answered decisions.origin_undone",
    "answers led": "decisions.problem_words_held decisions.problem_words_shown decisions.result_looked_at",
    "looks": "decisions.said_looked_at",
    "first": "decisions.origin_not_mine",
    "answers first": "decisions.problem_carried",
}

NAMES_A = {  # what each address names: tests/proof/test_routes.py tries them all
    "decisions/<uuid:pk>/changes": "",  # of a place, which is open to all; never of a life
    "decisions/<uuid:pk>/origin": "decisions.Decision",
    "decisions/<uuid:pk>/rules": "decisions.Decision",
    "api/decisions/<pk>/rules": "decisions.Decision",
    "changes/<uuid:pk>": "decisions.Change",
    "api/decisions/changes/<pk>": "decisions.Change",
    "problems/<uuid:pk>": "decisions.Problem",
    "api/decisions/problems/<pk>": "decisions.Problem",
}


def said_seen(facts: Any, row: Any, who: Any) -> bool:
    """Its giver and those who decide; everyone who sees the matter, if its giver lets them."""
    from tests.proof.oracle import private, with_the_decision

    may = row.may_be_read and with_the_decision(facts, row, who)
    return private(facts, row, who) or (may and (stands(row) or looks_for(facts, row, who)))


def stands(row: Any) -> bool:
    """Whether everyone may read the words: nobody had to read them first, or somebody said that all may."""
    today = clock.today()
    let_go = (row.look_by is None and row.shown_on is None) or (row.shown_on and row.shown_on <= today)
    return bool(let_go) and (not row.held_for or (row.held_until is not None and row.held_until < today))


def looks_for(facts: Any, row: Any, who: Any) -> bool:
    """Whether somebody may read first what is said of this matter: of its body, or of a user-led one."""
    matter = facts.by_id["decisions.Decision", row.decision]
    return who.only is None and (who.name in facts.staff(matter.organisation) or led(who))


def own(facts: Any, row: Any, who: Any) -> bool:
    """What somebody said of a problem is theirs; a code opens one problem only."""
    mine = who.name != "" and facts.named(row.person) == who.name
    return mine and (who.only is None or who.only == row.problem)


def must_answer(facts: Any, row: Any, who: Any) -> bool:
    problem = facts.by_id["decisions.Problem", row.problem]
    return who.only is None and who.name in facts.staff(problem.organisation)


def words_seen(facts: Any, row: Any, who: Any) -> bool:
    """Everyone, once somebody could look; those who must answer it at once; never others when held back."""
    return own(facts, row, who) or must_answer(facts, row, who) or stands(row) or led(who)


def led(who: Any) -> bool:
    """Whether somebody works for or helps to run the user-led organisation of this place."""
    from tests.proof.oracle import STAFF

    return who.only is None and who.name in STAFF["ulo"]


def result_seen(facts: Any, row: Any, who: Any) -> bool:
    open_to_all = row.may_be_read and (stands(row) or led(who))
    return own(facts, row, who) or must_answer(facts, row, who) or open_to_all


def sees() -> dict[str, Any]:
    from tests.proof.oracle import everyone, with_the_decision

    parts = ("Change", "ChangeStep", "FitnessItem", "Benefit", "Pilot", "Evaluation", "Origin")
    return {
        **{f"decisions.{name}": with_the_decision for name in parts},
        **{f"decisions.{name}": said_seen for name in ("Judgement", "Trial", "BenefitAnswer")},
        "decisions.Problem": everyone,
        "decisions.ProblemAnswer": everyone,
        "decisions.ProblemWords": words_seen,
        "decisions.MeToo": own,
        "decisions.ProblemResult": result_seen,
        "decisions.NotMine": lambda facts, row, who: own(facts, row, who) or must_answer(facts, row, who),
    }


def runs(facts: Any, row: Any, who: Any) -> bool:
    """Whether somebody works for a body that runs a change of this matter."""
    bodies = {change.run_by for change in facts.of("decisions.Change", decision=row.id)}
    return who.only is None and any(who.name in facts.staff(body) for body in bodies)


def of_a_problem(facts: Any, row: Any, who: Any) -> set[str]:
    found = {"known"}
    if who.only is None and who.name in facts.staff(row.organisation):
        found.add("answers")
    found |= {"led"} if led(who) else set()
    return found | ({"first"} if facts.named(row.raised_by) == who.name else set())


# What the story has of it --------------------------------------------------------------------------


def services_change(cast: Cast, hall: UUID) -> None:
    """The hall is opened: tried out, judged, measured; and it came from what people said."""
    for by, more in ((cast.rosa, {"is_named": True}), (NOBODY, {})):
        wrong = commands.RaiseProblem(
            what="place", organisation=cast.council, where="The hall", words="It is shut.", **more
        )
        do(wrong, by=by)
    problem = models.Problem.everything.get(raised_by=cast.rosa.person).id
    do(commands.SayMeToo(problem=problem), by=cast.devon)
    do(commands.AnswerProblem(problem=problem, answer="looking", words="We look."), by=cast.ken)
    do(commands.CarryProblem(problem=problem, decision=hall), by=cast.rosa)
    do(commands.SayIfBetter(problem=problem, better="partly", words="A bit."), by=cast.devon)
    better = commands.SayIfBetter(problem=problem, better="no", words="It is dark.", may_be_read=True)
    do(better, by=cast.rosa)
    do(commands.HoldWords(problem=problem, reason="one_life"), by=cast.ken)
    plan = {"decision": hall, "plan": "One number to ring.", "run_by": cast.provider, "is_pilot": True}
    do(commands.ProposeChange(**plan, name="One door", kind="front_door"), by=cast.june)
    change = {"decision": hall, "change": models.Change.everything.get(decision=hall).id}
    open_to_all = {**change, "standing": "uses", "may_be_read": True}
    do(commands.JudgeChange(**open_to_all, judged="for"), by=cast.rosa)
    do(commands.JudgeChange(**open_to_all, judged="against", words="It is far."), by=cast.lena)
    do(commands.JudgeChange(**open_to_all, judged="against", words="He shouts."), by=cast.stranger)
    accused = models.Judgement.everything.get(decision=hall, person=cast.stranger.person).id
    hold = {"judgement": accused, "is_shown": False, "reason": "names_someone"}
    do(commands.LookAtSaid(decision=hall, **hold), by=cast.ken)
    do(commands.JudgeChange(**change, judged="against", standing="carer", words="No."), by=cast.devon)
    do(commands.SayWhatItMustDo(**change, words="Answer at night"), by=cast.june)
    item = models.FitnessItem.everything.get(decision=hall)
    do(commands.TryIt(**change, item=item.id, tried_as="disabled", works="yes"), by=cast.rosa)
    good = commands.ClaimBenefit(
        **change,
        words="Less waiting",
        for_whom="All",
        measured_how="Minutes",
        checks_on=clock.today() + timedelta(days=30),
    )
    do(good, by=cast.june)
    out = commands.SetOutPilot(
        **change,
        where="East",
        until_on=clock.today() + timedelta(days=60),
        predicts="Less",
        checks_on=clock.today() + timedelta(days=40),
        measured="Minutes",
        judges="All",
        stop_rule="If one falls",
    )
    do(out, by=cast.june)


# One of each, for the kept ledger ------------------------------------------------------------------


def every_kind(cast: Cast) -> None:
    """A front door that is tried out, starts, lapses, goes on, meets its rule for stopping, and stops."""
    from tests.decisions import changing

    decision = changing.hall(cast)
    wrong = commands.RaiseProblem(
        what="place", organisation=cast.council, where="The hall", words="It is shut."
    )
    problem = do(wrong, by=cast.rosa).thing
    do(commands.SayMeToo(problem=problem), by=cast.devon)
    do(commands.NoLongerMe(problem=problem), by=cast.devon)
    do(commands.AnswerProblem(problem=problem, answer="looking", words="We look."), by=cast.ken)
    raising = {"organisation": cast.council, "what": "Heat the hall", "change": "start"}
    heat = do(commands.RaiseAboutPlace(**raising), by=cast.june).thing
    do(commands.CarryProblem(problem=problem, decision=heat), by=cast.ken)
    heated = models.Origin.everything.get(problem=problem, decision=heat)
    not_mine = commands.SayNotMine(problem=problem, origin=heated.id, words="I meant the bus.")
    do(not_mine, by=cast.rosa)
    do(commands.CarryProblem(problem=problem, decision=heat), by=cast.rosa)
    again = models.Origin.everything.get(problem=problem, decision=heat, ended_on=None)
    do(commands.UndoCarrying(problem=problem, origin=again.id, words="Another hall."), by=cast.ken)
    do(commands.SayIfBetter(problem=problem, better="yes"), by=cast.rosa)
    do(commands.HoldWords(problem=problem, reason="danger"), by=cast.ken)
    do(commands.ShowWords(problem=problem), by=cast.ken)
    do(commands.SayIfBetter(problem=problem, better="no", words="Dark.", may_be_read=True), by=cast.rosa)
    result = models.ProblemResult.everything.get(problem=problem, is_current=True).id
    do(commands.LookAtResult(problem=problem, result=result, is_shown=True), by=cast.ken)
    do(commands.AskQuestion(decision=decision, words="Who pays?", may_be_read=True), by=cast.rosa)
    question = models.Question.everything.get(decision=decision).id
    do(commands.LookAtSaid(decision=decision, question=question, is_shown=True), by=cast.ken)

    dropped = changing.proposed(cast, decision, name="Tuesdays")
    do(commands.DropChange(decision=decision, change=dropped.id), by=cast.june)
    change = changing.proposed(cast, decision, "front_door", is_pilot=True)
    both = {"decision": decision, "change": change.id}
    do(commands.PutPlan(**both, plan="One number to ring, day and night."), by=cast.june)
    group = models.Affected.everything.get(decision=decision).id
    on_list = {"decision": decision, "group": group}
    do(commands.ListPeople(**on_list, people=[cast.rosa.person, cast.devon.person]), by=cast.june)
    do(commands.CloseList(**on_list), by=cast.june)
    do(commands.AskGroupToJudge(**both, group=group), by=cast.june)
    changing.asked(cast, change)
    changing.all_judge(cast, changing.again(change))
    changing.judges(change, cast.rosa, "for_if", words="If it is free.")
    row = models.Judgement.everything.get(of_change=change.id, person=cast.rosa.person, is_current=True)
    do(commands.AnswerJudgement(**both, judgement=row.id, words="It is."), by=cast.june)
    do(commands.SayWhatItMustDo(**both, words="Answer at night"), by=cast.june)
    item = models.FitnessItem.everything.get(of_change=change.id)
    for by, tried_as in ((cast.rosa, "disabled"), (cast.devon, "carer"), (cast.priya, "practitioner")):
        do(commands.TryIt(**both, item=item.id, tried_as=tried_as, works="yes"), by=by)
    clock.advance(days=29)
    checks_on = clock.today() + timedelta(days=30)
    claim = {"words": "Less waiting", "for_whom": "All", "measured_how": "Minutes", "checks_on": checks_on}
    do(commands.ClaimBenefit(**both, **claim), by=cast.june)
    until = clock.today() + timedelta(days=60)
    out = {"where": "East", "until_on": until, "checks_on": until, "predicts": "Less", "measured": "Minutes"}
    do(commands.SetOutPilot(**both, **out, judges="All", stop_rule="If one falls"), by=cast.june)
    changing.started(cast, change)
    do(commands.ReportChange(**both, words="It rings."), by=cast.tom)
    clock.advance(days=31)
    good = models.Benefit.everything.get(of_change=change.id)
    do(commands.SayIfGoodCame(**both, benefit=good.id, came="no", is_for_me=True), by=cast.rosa)
    do(commands.MeasureBenefit(**both, benefit=good.id, found="11 minutes."), by=cast.june)
    clock.advance(days=40)
    do(commands.LapseChange(**both), by=THE_CLOCK)
    changing.asked(cast, change, left=0, left_asked=0)
    clock.advance(days=29)
    do(commands.AskAgain(**both, ways="By telephone, and at the door.", reached=4), by=cast.june)
    do(commands.SettleBenefit(**both, benefit=good.id), by=THE_CLOCK)
    changing.all_judge(cast, changing.again(change))
    clock.advance(days=29)
    do(commands.GoOn(**both), by=cast.june)
    stop = commands.EvaluatePilot(**both, happened="One fell.", is_stop_met=True, came="no")
    do(stop, by=cast.june)
    end = commands.StopChange(**both, words="One fell.", care="The old numbers go on.")
    do(end, by=cast.june)


__all__ = ["POWERS", "every_kind", "of_a_problem", "runs", "sees", "services_change"]
