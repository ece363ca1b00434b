"""What templates are given of a promise: names beside ids, counts and states put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.interfaces import chart
from alongside.interfaces.acting import may_do
from alongside.interfaces.who import HANDED_OUT
from alongside.interfaces.words import few_words, listing, number
from alongside.kernel import reading
from alongside.kernel.policy import Actor
from alongside.topics.people.pages.named import Names
from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.engine import AskedNumber, Counts, Protected, ShownCount, against_a_pass
from alongside.topics.promises.models import (
    Promise,
    PromisedTo,
    Said,
    Tested,
    TestResult,
    Through,
    Unit,
    Verdict,
)

OWNER_SAYS_DONE = gettext_lazy("The owner says it is done.")
YOU_SAY_DONE = gettext_lazy("You say it is done.")
LOOKS = {
    Said.KEPT: "good",
    Said.PARTLY: "part",
    Said.NOT_KEPT: "bad",
    Said.TOO_EARLY: "waiting",
    Said.NO_LONGER: "quiet",
}
WAYS = {
    Through.THEMSELF: "",
    Through.SPEAKER: gettext_lazy("Someone who speaks for them said this."),
    Through.ADVOCATE: gettext_lazy("Their advocate said this for them."),
    Through.SPOKEN: gettext_lazy("They said this to someone, who wrote it down."),
}
TO_ME = {  # the same, as whoever it was made to reads it of their own answer
    Through.SPEAKER: gettext_lazy("Someone who speaks for you said this."),
    Through.ADVOCATE: gettext_lazy("Your advocate said this for you."),
    Through.SPOKEN: gettext_lazy("You said this to someone, who wrote it down, or somebody saw your code."),
}
PERHAPS_SEEN = gettext_lazy("They said this to somebody who wrote it down, or may have seen their code.")
PERHAPS_SEEN_TO_ME = gettext_lazy("You said this to somebody who wrote it down, or may have seen your code.")
ANSWERS = {
    ("kept",): gettext_lazy("said it was kept"),
    ("partly",): gettext_lazy("said it was partly kept"),
    ("not_kept",): gettext_lazy("said it was not kept"),
    ("too_early",): gettext_lazy("said it is too early to say"),
    ("no_longer",): gettext_lazy("said it no longer matters to them"),
    ("no_answer",): gettext_lazy("have not answered"),
    ("partly", "not_kept"): gettext_lazy("said it was only partly kept, or not kept"),
    ("too_early", "no_longer", "no_answer"): gettext_lazy("have not answered, or not yes or no"),
}


SEVERAL = {
    ("kept",): gettext_lazy("it was kept"),
    ("partly",): gettext_lazy("it was partly kept"),
    ("not_kept",): gettext_lazy("it was not kept"),
    ("too_early",): gettext_lazy("too early to say"),
    ("no_longer",): gettext_lazy("it no longer matters to them"),
    ("no_answer",): gettext_lazy("not given yet"),
    ("partly", "not_kept"): gettext_lazy("only partly kept, or not kept"),
    ("too_early", "no_longer", "no_answer"): gettext_lazy("not given yet, or not yes or no"),
}


def way_words(through: Through, *, is_mine: bool, is_seen: bool) -> str:
    """How an answer came. Who came with a code that another may have seen may have told it to nobody."""
    if is_seen:
        return str(PERHAPS_SEEN_TO_ME if is_mine else PERHAPS_SEEN)
    return str(TO_ME.get(through, WAYS[through]) if is_mine else WAYS[through])


def where_to_confirm(actor: Actor, person: UUID) -> str:
    """Where it is asked that somebody from outside confirms an address: then what comes by it counts."""
    may_ask = may_do(actor, "people.address_check_asked_for", person)
    return reverse("people:ways", args=[person]) if may_ask else ""


def perhaps_by_a_seen_code(rows: Iterable[Verdict]) -> set[UUID]:
    """Of which answers nobody knows whether another wrote them down, or only may have seen their code."""
    spoken = [row for row in rows if row.through == Through.SPOKEN and row.spoken_on == row.said_on]
    hows = reading.hows(row.made_by for row in spoken) if spoken else {}
    return {row.id for row in spoken if hows.get(row.made_by) == HANDED_OUT}


@dataclass(frozen=True)
class State:
    """How a promise stands, in words and a look."""

    words: str
    look: str


def state_of(
    promise: Promise,
    *,
    today: date,
    found: Counts | None = None,
    own: str = "",
    said_by_speaker: bool = False,
    is_asked: bool = False,
    is_eroded: bool = False,
    nobody_left: bool = False,
    waits_for: Sequence[str] = (),
    owns: bool = False,
) -> State:
    """How a promise stands, as far as this reader may know. Silence is never “kept”.

    `found` are the answers, for a reader who may know them; without them nothing is said of answers. `own` is
    the reader's, said by themself or by who speaks for them.
    `waits_for` are the names of those who have not answered, where the reader knows who has. `owns`: whether
    the reader is its owner.
    """
    if is_eroded:
        return State(_("It was kept, and no longer holds."), "bad")
    if own:
        said = _("Said for you: %(said)s") if said_by_speaker else _("You said: %(said)s")
        return State(said % {"said": Said(own).label}, LOOKS[Said(own)])
    if found is not None and found.answered:
        return _answered(found, waits_for)
    if nobody_left:
        return State(_("They have died. Nobody can say any more whether it was kept."), "quiet")
    if promise.done_on is None and promise.due_on > today:
        return State(_("Its day has not come yet."), "quiet")
    if is_asked:
        return State(_("It waits for your answer."), "waiting")
    is_done = YOU_SAY_DONE if owns else OWNER_SAYS_DONE
    come = str(is_done) if promise.done_on is not None else _("Its day has come.")
    of_group = _("No answer of the group is counted yet.")
    silence = of_group if promise.group_size else _("Nobody it was made to has answered.")
    silence = silence if found is not None else ""
    return State(f"{come} {silence}".strip(), "waiting" if found is not None else "quiet")


def _answered(found: Counts, waits_for: Sequence[str]) -> State:
    if found.of == 1:
        said = next(one for one in Said if getattr(found, one.value))
        return State(str(said.label), LOOKS[said])
    words = _("%(kept)s of %(of)s people said it was kept.")
    look = "good" if found.kept == found.of else "part"
    counted = words % {"kept": number(found.kept), "of": number(found.of)}
    waits = _("We wait for the answer of %(who)s.") % {"who": listing(waits_for)} if waits_for else ""
    return State(f"{counted} {waits}".strip(), look)


@dataclass(frozen=True)
class Told:
    """Counts as a page shows them: a bar where every figure is shown, and a sentence for each figure."""

    of: int | None
    lines: list[str]
    bar: chart.Bar | None
    notes: list[str]


def told(found: Counts, *, died: int = 0) -> Told:
    """Counts for those who may know them all. Of those without an answer, so many have died."""
    if found.of == 1:
        return Told(1, [], None, [])  # one answer is told by the state of the promise, and says how it came
    notes = []
    if died:
        words = ngettext(
            "%(count)s of them has died, and is not asked any more.",
            "%(count)s of them have died, and are not asked any more.",
            died,
        )
        notes.append(words % {"count": number(died)})
    if found.through_speaker:
        words = ngettext(
            "Of these, %(count)s came through someone who speaks for them.",
            "Of these, %(count)s came through someone who speaks for them.",
            found.through_speaker,
        )
        notes.append(words % {"count": number(found.through_speaker)})
    if found.written_down:
        words = ngettext(
            "Of these, %(count)s was written down by a worker.",
            "Of these, %(count)s were written down by a worker.",
            found.written_down,
        )
        notes.append(words % {"count": number(found.written_down)})
    if found.unconfirmed:
        notes.append(
            _("For %(count)s, a worker wrote down an answer. It does not count before it is checked.")
            % {"count": found.unconfirmed}
        )
    parts = [ShownCount((name,), getattr(found, name)) for name in (*Said.values, "no_answer")]
    return Told(found.of, list(_lines(parts, found.of)), _bar(parts), notes)


def told_to_all(found: Protected) -> Told:
    """Counts for anybody, of one promise."""
    if not found.of:
        return _too_few(found)
    lines = list(_lines(found.parts, found.of))
    lines = lines or [_("It was made to %(of)s people.") % {"of": number(found.of)}]
    return Told(found.of, lines, _bar(found.parts) if found.is_whole else None, _notes(found))


def told_of_several(found: Protected, bar: chart.Bar | None) -> Told:
    """Counts for anybody, of several promises: people times promises, so these are answers, never people.

    A bar says each figure itself; where there is none, a sentence does.
    """
    if not found.of:
        return _too_few(found)
    if bar is not None:
        return Told(found.of, [], bar, _notes(found))
    words = _("%(count)s of %(of)s answers: %(answer)s.")
    lines = [
        words % {"count": number(part.number), "of": number(found.of), "answer": SEVERAL[part.of]}
        for part in found.parts
        if part.number
    ]
    lines = lines or [_("%(of)s answers can be given.") % {"of": number(found.of)}]
    return Told(found.of, lines, None, _notes(found))


def _too_few(found: Protected) -> Told:
    lines = [few_words(smallest_shown())] if found.of is None else []
    return Told(found.of, lines, None, [])


def _notes(found: Protected) -> list[str]:
    notes = (
        [] if found.is_whole else [_("Some numbers are too small to show. They could point to one person.")]
    )
    if found.unshown:
        more = _("At least %(count)s more answers can be given, in counts too small to show.")
        notes.append(more % {"count": number(found.unshown)})
    return notes


def _lines(parts: Iterable[ShownCount], of: int) -> Iterable[str]:
    for part in parts:
        if part.number:
            words = _("%(count)s of %(of)s people %(answer)s.")
            yield words % {"count": number(part.number), "of": number(of), "answer": ANSWERS[part.of]}


def _bar(parts: Iterable[ShownCount]) -> chart.Bar | None:
    numbers = {part.of[0]: part.number for part in parts}
    if not any(numbers.values()):
        return None
    drawn = chart.kept_bar(
        kept=numbers["kept"],
        partly=numbers["partly"],
        not_kept=numbers["not_kept"],
        no_answer=numbers["no_answer"],
        too_early=numbers["too_early"],
        no_longer_matters=numbers["no_longer"],
    )
    said = ", ".join(f"{number(part.count)} {part.name}" for part in drawn.parts)
    words = ngettext("Made to %(of)s person: %(said)s.", "Made to %(of)s people: %(said)s.", drawn.total)
    made = ngettext("Made to %(of)s person.", "Made to %(of)s people.", drawn.total)
    named = {"of": number(drawn.total), "said": said}
    return replace(drawn, sentence=words % named, caption=made % named)


def progress_words(percent: int | None, *, owns: bool) -> str:
    """What the owner says, which is never whether it was kept. `owns`: whether the owner reads it."""
    if percent is None:
        return ""
    if percent == 100:
        return _("You say all of it is done.") if owns else _("The owner says all of it is done.")
    said = _("The owner says %(percent)s out of 100 is done.")
    if owns:
        said = _("You say %(percent)s out of 100 is done.")
    return said % {"percent": percent}


def claimed_progress(percent: int | None) -> str:
    """The same for a promise another system claims: nobody it was made to was asked."""
    nobody = _("Nobody it was made to has been asked.")
    if percent is None:
        return _("The owner has not said how far it is. %(nobody)s") % {"nobody": nobody}
    if percent == 100:
        return _("The owner says done. %(nobody)s") % {"nobody": nobody}
    said = _("The owner says %(percent)s out of 100 is done.") % {"percent": percent}
    return f"{said} {nobody}"


def made_to_words(promise: Promise, rows: Iterable[PromisedTo], names: Names) -> str:
    """To whom: the people by name, where the reader may know them, the reader last, and the group."""
    in_turn = sorted(rows, key=lambda row: row.person in names.actor.ids)
    found = [names.inside(row.person) for row in in_turn if row.person is not None]
    if promise.group is not None:
        found.append(str(promise.group))
    return listing(found)


def owner_words(promise: Promise, names: Names) -> str:
    """Who answers for it: a person by name only where the promise is not open to all; else the office."""
    if promise.is_public or promise.owner not in names.known:
        return names.known.get(promise.office or promise.organisation, _("Someone"))
    return names(promise.owner)


def way_to(actor: Actor, promise: UUID) -> str:
    """Where a promise is read. Whoever came with the code of a letter opens that one alone."""
    is_open = actor.only in (None, promise)
    return reverse("promises:promise", args=[promise]) if is_open else ""


def line(
    promise: Promise, rows: Iterable[PromisedTo], names: Names, state: State, *, is_theirs: bool = False
) -> dict[str, Any]:
    """One promise in a list. What its state says already is not said twice."""
    owns = promise.owner in names.actor.ids
    is_done = promise.percent == 100 and state.words.startswith((str(OWNER_SAYS_DONE), str(YOU_SAY_DONE)))
    return {
        "what": promise.what,
        "made_to": made_to_words(promise, rows, names) or (_("you") if is_theirs else ""),
        "to_group": promise.group is not None,
        "owner": owner_words(promise, names),
        "due_on": promise.due_on,
        "progress": "" if is_done else progress_words(promise.percent, owns=owns),
        "state": state.words,
        "look": state.look,
        "link": reverse("promises:promise", args=[promise.id]),
    }


TEST_LOOKS = {Tested.PASSED: "good", Tested.FAILED: "bad", Tested.NOT_EVIDENCED: "quiet"}


def are_enough(*counts: int | None) -> bool:
    """Whether each of these numbers of people can be shown to anybody."""
    return all(not count or count >= smallest_shown() for count in counts)


def shown_result(row: TestResult, promise: Promise) -> dict[str, Any]:
    """What a test showed, and who looked: the body that promised, or those it was made to, never mixed."""
    shown, look = str(Tested(row.result).label), TEST_LOOKS[Tested(row.result)]
    number_, reason = row.figures, str(row.reason or "")
    if row.result == Tested.PASSED and against_a_pass(str(promise.test or ""), number_, reason):
        shown, look = _("Called a pass, but its number is not what the test asks for"), "bad"
    who = _("The body that promised it looked.") if row.by_owner else _("Those it was made to looked.")
    return {"row": row, "shown": shown, "look": look, "who": who, "number": _figure(row)}


def _figure(row: TestResult) -> str:
    """The number that was found, for a reader."""
    if row.found is None:
        return str(row.number or "")
    if row.out_of is not None:
        return _("%(found)s of %(of)s") % {"found": number(row.found), "of": number(row.out_of)}
    return " ".join(filter(None, (number(row.found), str(Unit(row.unit).label) if row.unit else "")))


def asked_words(one: AskedNumber) -> str:
    """One number that a test asks for, in words; and what was found, and whether it is met."""
    unit = str(Unit(one.unit).label) if one.unit in Unit.values else _("in 100")
    unit = unit if one.unit else ""
    amount = {"n": " ".join(filter(None, (_plain(one.number), unit)))}
    asks = _("At least %(n)s.") % amount if one.is_least else _("At most %(n)s.") % amount
    if one.found is None:
        return asks
    met = _("Found: %(n)s. Met.") if one.is_met else _("Found: %(n)s. Not met.")
    return f"{asks} {met % {'n': ' '.join(filter(None, (_plain(one.found), unit)))}}"


def _plain(value: float) -> str:
    return number(int(value)) if value == int(value) else f"{value:.1f}"
