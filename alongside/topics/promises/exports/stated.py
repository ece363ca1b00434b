"""The public registers of words said in public, and of protocols with what their tests showed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces.open_data import Column, News, Register
from alongside.kernel.policy import NOBODY
from alongside.kernel.seal import words_or_none
from alongside.topics.people.policy import names_of
from alongside.topics.promises.models import (
    Erosion,
    LinkedAct,
    Promise,
    Protocol,
    ProtocolUse,
    Statement,
    Stood,
    Tested,
    TestResult,
)
from alongside.topics.promises.pages.said import gaps


def _statement_rows() -> Any:
    return Statement.objects.seen_by(NOBODY)


def _statements_shown(rows: Sequence[Statement]) -> list[dict[str, Any]]:
    acts = LinkedAct.objects.seen_by(NOBODY).filter(statement__in=[row.id for row in rows])
    done = list(acts.values_list("statement", flat=True))
    return [
        {
            "id": row.id,
            "body": gap["body"],
            "words": words_or_none(row.words),
            "who": words_or_none(row.who),
            "made_to": words_or_none(row.made_to),
            "source": words_or_none(row.source),
            "page": words_or_none(row.page),
            "link": words_or_none(row.link),
            "said_on": row.said_on,
            "by_when": row.by_when,
            "state": row.state,
            "answered_on": row.answered_on,
            "answer": words_or_none(row.answer),
            "promise": gap["promise_id"],
            "no_longer_holds": gap["is_eroded"],
            "done_since": done.count(row.id),
            "recorded": gap["lines"],
        }
        for row, gap in zip(rows, gaps(rows), strict=True)
    ]


def _statement_news(rows: Sequence[Statement]) -> list[News]:
    names = names_of(row.organisation for row in rows)
    return [
        News(
            id=row.id,
            title=str(row.words),
            says=f"{Stood(row.state).label}.",
            path=reverse("promises:statement", args=[row.id]),
            of=names[row.organisation],
            number=row.made_by,
        )
        for row in rows
    ]


statements = Register(
    name="said-in-public",
    title=gettext_lazy("Promises said in public"),
    says=gettext_lazy("What bodies promised in public, word for word, and what is recorded of it."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("body", gettext_lazy("The body that said it.")),
        Column("words", gettext_lazy("What was said, word for word.")),
        Column("who", gettext_lazy("The post that said it, never a worker’s name.")),
        Column("made_to", gettext_lazy("Whom it was said to.")),
        Column("source", gettext_lazy("Where it can be read or heard.")),
        Column("page", gettext_lazy("On which page, or at which minute.")),
        Column("link", gettext_lazy("The address of the source.")),
        Column("said_on", gettext_lazy("When it was said.")),
        Column("by_when", gettext_lazy("By when, if a day was said.")),
        Column("state", gettext_lazy("Whether the body took it up or answered it.")),
        Column("answered_on", gettext_lazy("When the body took it up or answered.")),
        Column("answer", gettext_lazy("What the body answered.")),
        Column("promise", gettext_lazy("The number of the promise it became.")),
        Column("no_longer_holds", gettext_lazy("Whether it was kept, and does not hold any more.")),
        Column("done_since", gettext_lazy("How many things done since people have found.")),
        Column("recorded", gettext_lazy("What is recorded of it, in sentences.")),
    ],
    rows=_statement_rows,
    shown=_statements_shown,
    news=_statement_news,
)


# Protocols: each line is a promise with a test, and each look at it is a row of its own. ----------------


def _protocol_rows() -> Any:
    return Protocol.objects.seen_by(NOBODY)


def _promised_lines(protocols: Sequence[UUID]) -> list[Promise]:
    return list(Promise.objects.seen_by(NOBODY).filter(protocol__in=protocols).order_by("made_by", "id"))


def _protocols_shown(rows: Sequence[Protocol]) -> list[dict[str, Any]]:
    names = names_of(one for row in rows for one in (row.organisation, row.made_to))
    lines = _promised_lines([row.id for row in rows])
    of = {line.id: line.protocol for line in lines}
    latest: dict[UUID, TestResult] = {}
    passed: dict[tuple[UUID, bool], bool] = {}
    for result in TestResult.objects.seen_by(NOBODY).filter(promise__in=list(of)).order_by("made_by"):
        latest[result.promise] = result
        passed[result.promise, result.by_owner] = result.result == Tested.PASSED
    gone = set(Erosion.objects.seen_by(NOBODY).filter(promise__in=list(of)).values_list("promise", flat=True))

    def how_many(row: Protocol, shown: str) -> int:
        return sum(
            latest[pk].result == shown for pk, protocol in of.items() if protocol == row.id and pk in latest
        )

    def passed_by(row: Protocol, by_owner: bool) -> int:
        return sum(passed.get((pk, by_owner), False) for pk, protocol in of.items() if protocol == row.id)

    return [
        {
            "id": row.id,
            "body": names[row.organisation],
            "made_to": names[row.made_to],
            "adopted_on": row.adopted_on,
            "lines": sum(protocol == row.id for protocol in of.values()),
            "tests_passed": how_many(row, Tested.PASSED),
            "tests_failed": how_many(row, Tested.FAILED),
            "tests_not_evidenced": how_many(row, Tested.NOT_EVIDENCED),
            "not_tested": sum(protocol == row.id and pk not in latest for pk, protocol in of.items()),
            "no_longer_hold": sum(protocol == row.id and pk in gone for pk, protocol in of.items()),
            "rules": row.pack,
            "passed_says_the_body": passed_by(row, True),
            "passed_say_those_it_was_made_to": passed_by(row, False),
        }
        for row in rows
    ]


def _protocol_news(rows: Sequence[Protocol]) -> list[News]:
    names = names_of(one for row in rows for one in (row.organisation, row.made_to))
    return [
        News(
            id=row.id,
            title=_("%(body)s to %(other)s") % {"body": names[row.organisation], "other": names[row.made_to]},
            says=_("A protocol of promises, each with a test."),
            path=reverse("promises:protocol", args=[row.id]),
            of=names[row.organisation],
            number=row.made_by,
        )
        for row in rows
    ]


protocols = Register(
    name="protocols",
    title=gettext_lazy("Protocols"),
    says=gettext_lazy("Sets of promises to user-led organisations, and how many of their tests passed."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("body", gettext_lazy("The body that adopted it.")),
        Column("made_to", gettext_lazy("The organisation it was made to.")),
        Column("adopted_on", gettext_lazy("When it was adopted.")),
        Column("lines", gettext_lazy("How many promises it has.")),
        Column("tests_passed", gettext_lazy("How many of them passed at the latest look.")),
        Column("tests_failed", gettext_lazy("How many of them failed at the latest look.")),
        Column(
            "tests_not_evidenced", gettext_lazy("How many of them could not be shown at the latest look.")
        ),
        Column("not_tested", gettext_lazy("How many of them nobody has looked at.")),
        Column("no_longer_hold", gettext_lazy("How many of them were kept, and do not hold any more.")),
        Column("rules", gettext_lazy("The version of the rules it was adopted under.")),
        Column("passed_says_the_body", gettext_lazy("How many passed when the body itself looked.")),
        Column(
            "passed_say_those_it_was_made_to",
            gettext_lazy("How many passed when those it was made to looked."),
        ),
    ],
    rows=_protocol_rows,
    shown=_protocols_shown,
    news=_protocol_news,
)


def _test_rows() -> Any:
    lines = Promise.objects.seen_by(NOBODY).filter(protocol__isnull=False)
    return TestResult.objects.seen_by(NOBODY).filter(promise__in=lines.values("id"))


def _of_tests(rows: Sequence[TestResult]) -> dict[UUID, Promise]:
    seen = Promise.objects.seen_by(NOBODY).filter(id__in=[row.promise for row in rows])
    return {row.id: row for row in seen}


def _tests_shown(rows: Sequence[TestResult]) -> list[dict[str, Any]]:
    lines = _of_tests(rows)
    uses = {
        use.id: use
        for use in ProtocolUse.objects.seen_by(NOBODY).filter(id__in=[r.use for r in rows if r.use])
    }
    bodies = names_of(line.organisation for line in lines.values())
    return [
        {
            "id": row.id,
            "protocol": lines[row.promise].protocol,
            "promise": row.promise,
            "line": lines[row.promise].line,
            "what": str(lines[row.promise].what),
            "test": words_or_none(lines[row.promise].test),
            "body": bodies[lines[row.promise].organisation],
            "used_for": words_or_none(uses[row.use].name) if row.use in uses else None,
            "result": row.result,
            "document": words_or_none(row.document),
            "number": words_or_none(row.number),
            "reason": words_or_none(row.reason),
            "looked_on": row.looked_on,
            "by_its_owner": row.by_owner,
        }
        for row in rows
    ]


def _test_news(rows: Sequence[TestResult]) -> list[News]:
    lines = _of_tests(rows)
    bodies = names_of(line.organisation for line in lines.values())
    return [
        News(
            id=row.id,
            title=str(lines[row.promise].what),
            says=f"{Tested(row.result).label}.",
            path=reverse("promises:promise", args=[row.promise]),
            of=bodies[lines[row.promise].organisation],
            number=row.made_by,
        )
        for row in rows
    ]


tests = Register(
    name="tests",
    title=gettext_lazy("Tests of protocols"),
    says=gettext_lazy("Each time somebody looked whether a line of a protocol is done, and what they saw."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("protocol", gettext_lazy("The number of the protocol.")),
        Column("promise", gettext_lazy("The number of the promise.")),
        Column("line", gettext_lazy("Which line of the protocol it is.")),
        Column("what", gettext_lazy("What was promised.")),
        Column("test", gettext_lazy("How anybody can see that it is done.")),
        Column("body", gettext_lazy("The body that promised it.")),
        Column("used_for", gettext_lazy("What the protocol was used for that time.")),
        Column("result", gettext_lazy("What the test showed: pass, fail or not evidenced.")),
        Column("document", gettext_lazy("The document that shows it.")),
        Column("number", gettext_lazy("The number that shows it.")),
        Column("reason", gettext_lazy("Why it could not be shown, or was not passed.")),
        Column("looked_on", gettext_lazy("On which day somebody looked.")),
        Column("by_its_owner", gettext_lazy("Whether those who looked answer for the promise themselves.")),
    ],
    rows=_test_rows,
    shown=_tests_shown,
    news=_test_news,
)
