"""Words about promises that wait to be read first: what the page of a promise says, and what is to read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.people.models.read_first import not_shown
from alongside.topics.people.pages.looking import (
    ToRead,
    kinds_and_ids,
    looks,
    not_shown_lines,
    rows_of,
    to_look_at_q,
)
from alongside.topics.promises.models import DateAnswer, LinkedAct, Promise, Statement, Stood, Verdict

LOOKED_AT = ("promises.verdict_looked_at", "promises.date_answer_looked_at")


def of_promise(promise: Promise, body: str) -> dict[str, Any]:
    """What people said of a promise that not everyone may read yet, and who let everyone read the rest."""
    if not promise.is_public:
        return {}
    said = Verdict.everything.filter(promise=promise.id, may_be_read=True, counts=True)
    why = DateAnswer.everything.filter(promise=promise.id, may_be_read=True)
    today = clock.today()
    found = [*not_shown(said, "promise", today), *not_shown(why, "promise", today)]
    return {"not_shown": not_shown_lines(found, body), "looks": looks(promise.id, LOOKED_AT)}


# What is there to read ---------------------------------------------------------------------------------


def rows_to_read(actor: Actor, at: datetime) -> list[tuple[str, Any]]:
    """Each kind of words that waits for this actor, as rows of its table."""
    public, statements = Promise.everything.filter(person=None), Statement.everything.all()
    of_promise = to_look_at_q(actor, at, public, "promise") & Q(may_be_read=True)
    seen = {name: model.objects.seen_by(actor, at) for name, model in MODELS.items()}
    standing = ~Q(state=Stood.WITHDRAWN)
    return [
        ("verdict", seen["verdict"].filter(of_promise, counts=True).exclude(person__in=actor.ids)),
        ("answer", seen["answer"].filter(of_promise).exclude(person__in=actor.ids)),
        (
            "statement",
            seen["statement"]
            .filter(standing & to_look_at_q(actor, at, statements, "id"))
            .exclude(written_by__in=actor.ids),
        ),
        (
            "act",
            seen["act"]
            .filter(to_look_at_q(actor, at, statements.filter(standing), "statement"))
            .exclude(written_by__in=actor.ids),
        ),
    ]


MODELS: dict[str, Any] = {"verdict": Verdict, "answer": DateAnswer, "statement": Statement, "act": LinkedAct}
KINDS = {
    "verdict": "promises.verdict_looked_at",
    "answer": "promises.date_answer_looked_at",
    "statement": "promises.statement_looked_at",
    "act": "promises.act_looked_at",
}


@kept_question
def waiting(actor: Actor, at: datetime) -> Any:
    """(kind, id) of all words here that wait for this actor."""
    return kinds_and_ids(rows_to_read(actor, at))


def to_read(actor: Actor) -> list[ToRead]:
    """What waits for this actor to read, each with where it stands and the two ways on."""
    return [_one(name, row) for name, row in rows_of(waiting(actor), MODELS)]


def _one(name: str, row: Any) -> ToRead:
    if name in ("verdict", "answer"):
        of: Any = Promise.everything.get(id=row.promise)
        title, link = str(of.what), reverse("promises:promise", args=[of.id])
        given = {"promise": of.id, name: row.id}
    else:
        of = row if name == "statement" else Statement.everything.get(id=row.statement)
        title, link = _("Promised in public"), reverse("promises:statement", args=[of.id])
        given = {"statement": of.id, **({"act": row.id} if name == "act" else {})}
    return ToRead(
        row=row,
        thing=of.id,
        title=title,
        link=link,
        body=of.organisation,
        kind=KINDS[name],
        hold_kind=KINDS[name],
        given=given,
    )
