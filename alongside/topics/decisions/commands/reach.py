"""How far word of a matter came in a group, as counts: those drawn and those who spoke unasked, apart."""

from dataclasses import dataclass
from uuid import UUID

from alongside.kernel import reading
from alongside.topics.decisions import models
from alongside.topics.people.policy import one_each


@dataclass(frozen=True)
class Reach:
    """Counts of one group. Whoever left their name out is among the others: nobody can know more."""

    asked: int  # by name: those drawn, or all on the list
    answered: int  # of these
    others: int  # who spoke without being asked by name


def reach_of(decision: UUID, group: UUID) -> Reach:
    """Count who answered. Whoever works for the body that decides is not counted among the people."""
    listed = models.Listed.everything.filter(group=group)
    drawn = listed.filter(is_drawn=True)
    asked = set((drawn if drawn.exists() else listed).values_list("person", flat=True))
    said = models.View.everything.filter(
        decision=decision, is_current=True, is_declining=False, is_of_body=False
    )
    spoke = set(said.values_list("person", flat=True))
    who = one_each(asked | spoke, decision)  # two records of one person, and their names here, are one
    asked, spoke = {who[one] for one in asked}, {who[one] for one in spoke}
    return Reach(len(asked), len(asked & spoke), len(spoke - asked))


LISTED = ("decisions.list_closed", "decisions.some_listed")
DECIDES = ("decisions.place_decided", "decisions.voice_given")


def was_listed_too_late(decision: models.Decision, group: UUID) -> bool:
    """Whether the list of a group was made only when the matter was decided: nobody on it was asked before,
    and "none of them answered" would be untrue."""
    if decision.decided_at is None:
        return False
    lines = list(reading.history(decision.id))
    mine = [line for line in lines if str(line.fields.get("group")) == str(group)]
    listed = [line.recorded.number for line in mine if line.recorded.kind in LISTED]
    made = [line.recorded for line in lines if line.recorded.kind in DECIDES]
    decided = [one.number for one in made if one.at == decision.decided_at]
    return bool(listed and decided) and listed[-1] > decided[-1]
