"""Other words that were offered for a promise: both, side by side, who agreed, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from alongside.interfaces.acting import address_of
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import names_of
from alongside.topics.promises.commands.correcting import was_judged
from alongside.topics.promises.commands.new_day import AGREED, WAITING
from alongside.topics.promises.models import OfferedWords, Promise, WordsAnswer
from alongside.topics.promises.pages.shown import are_enough


def may_be_offered(promise: Promise, offers: Sequence[OfferedWords]) -> bool:
    """Whether other words may be offered now, as far as the page can tell whoever answers for it."""
    if promise.decision or promise.protocol or promise.statement or promise.due_on <= clock.today():
        return False
    return not any(row.state == WAITING for row in offers) and not was_judged(promise.id)


def offered(
    actor: Actor,
    promise: Promise,
    rows: Sequence[OfferedWords],
    judged: Sequence[UUID],
    here: str,
    *,
    knows: bool,
) -> Iterator[tuple[OfferedWords, dict[str, Any]]]:
    """Each offer with the answers that this reader may see, and where they answer it themself. Who of a
    group said what is nobody's to read but theirs."""
    seen = WordsAnswer.objects.seen(actor, "made_by", promise=promise.id) if rows else []
    names = names_of({row.person for row in seen})
    for row in rows:
        waits = row.state == WAITING and clock.today() <= row.closes_on
        of_it = [one for one in seen if one.offer == row.id and one.denied is None]
        said = _latest(one for one in of_it if not promise.group_size or one.person in actor.ids)
        given = {"promise": promise.id, "offer": row.id, "next": here}
        to_answer = judged if waits else []
        yield (
            row,
            {
                "row": row,
                "waits": row.state == WAITING,
                "agreed": row.state == AGREED,
                "counted": bool(row.yes or row.no) and (knows or are_enough(row.yes, row.no)),
                "said": [{"row": one, "who": names[one.person]} for one in said],
                "answers": [
                    address_of("promises.correction_answered", made_to=one, **given) for one in to_answer
                ],
            },
        )


def _latest(rows: Iterable[WordsAnswer]) -> list[WordsAnswer]:
    """What each one says now, the first to say it first."""
    return list({row.person: row for row in rows}.values())
