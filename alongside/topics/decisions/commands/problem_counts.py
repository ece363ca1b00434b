"""How many people have a problem, and what they say of it now. Whoever shows it protects few."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from alongside.kernel.few import as_the_last_lot_stood
from alongside.topics.decisions.policy import rows
from alongside.topics.people.models.read_first import NotShown, not_shown
from alongside.topics.people.policy import joined_now, one_each


def shared_counts(problems: list[UUID]) -> dict[UUID, int]:
    """How many others have each problem. Whoever shows them protects small numbers."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    said = rows("MeToo").filter(problem__in=problems, is_current=True)
    for problem, person in said.values_list("problem", "person"):
        found[problem].add(person)
    raised = dict(rows("Problem").filter(id__in=list(found)).values_list("id", "raised_by"))
    joined, counted = joined_now(), dict[UUID, int]()
    for problem, people in found.items():
        who = one_each({*people, raised[problem]}, problem, joined)
        counted[problem] = len(set(who.values()) - {who[raised[problem]]})
    return counted


def words_not_shown(problems: list[UUID], today: date) -> dict[UUID, NotShown]:
    """Of these problems, those whose words nobody has looked at yet, and those whose words are held back."""
    found = rows("ProblemWords").filter(problem__in=problems)
    return {one.within: one for one in not_shown(found, "problem", today)}


def solved_counts(problems: list[UUID], *, smallest: int) -> dict[UUID, dict[str, int]]:
    """What those who have each problem say of it now, out of all who have it; nothing where nobody said.

    As it stood when the last whole lot of `smallest` people had said so (kernel/few.py).
    """
    said = rows("ProblemResult").filter(problem__in=problems).order_by("made_by", "pk")
    came: dict[UUID, list[tuple[int, UUID, str]]] = defaultdict(list)
    standing: dict[UUID, set[UUID]] = defaultdict(set)  # whose word was not set aside
    columns = ("problem", "person", "better", "heard", "made_by", "is_current")
    for problem, person, better, heard, made_by, is_current in said.values_list(*columns):
        if heard or is_current:  # what was typed beside somebody's own word never counted
            came[problem].append((heard or made_by, person, better))
        if is_current:
            standing[problem].add(person)
    shared, found, joined = shared_counts(problems), dict[UUID, dict[str, int]](), joined_now()
    for problem, answers in came.items():
        who = one_each({person for _number, person, _better in answers}, problem, joined)
        stand = {who[person] for person in standing[problem]}
        if not stand:
            continue
        now = [(number, who[person], better) for number, person, better in answers if who[person] in stand]
        words = list(as_the_last_lot_stood(now, smallest=smallest).values())
        counts = {each: words.count(each) for each in ("yes", "partly", "no")}
        found[problem] = counts | {"heard": len(words), "whom": shared.get(problem, 0) + 1}
    return found
