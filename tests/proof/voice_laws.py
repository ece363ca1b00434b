"""What must hold of requests to be heard, of notes of the front line, of feedback and of resolutions.

Judged from the ledger's own lines, as laws.py judges decisions. It imports no topic.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from tests.proof.laws import Line

OF_THOSE_WHO_ASKED = {
    "voice.offer_answered",
    "voice.hearing_withdrawn",
    "voice.refusal_appealed",
    "voice.hearing_told",
}
IN_ANSWER = {"voice.hearing_offered", "voice.hearing_refused"}
OF_A_WRITER = {
    "voice.spoken_up",
    "voice.speak_up_added",
    "voice.speak_up_judged",
    "voice.retaliation_reported",
}


def broken(whole: list[Line], people: set[str]) -> list[str]:
    """Every law that was broken, with the number of the line that broke it. `people` are ids of persons."""
    things: dict[str, list[Line]] = defaultdict(list)
    for line in whole:
        if line.kind.startswith("voice."):
            things[line.on].append(line)
    found = [f"{line.number}: {said}" for each in things.values() for line, said in _of_one(each)]
    return found + [f"{line.number}: {said}" for line, said in _writers(whole, people)]


def _of_one(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    judge = _JUDGES.get(lines[0].kind)
    return judge(lines) if judge is not None else iter(())


def _hearing(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Only those who asked answer for themselves; what they took back is left alone; a no says what would do.

    Where an organisation asked, whoever is of it may answer: which of them is, its lines do not say.
    """
    asked, waiting, taken_back = lines[0], "", False
    for line in lines[1:]:
        if line.kind in OF_THOSE_WHO_ASKED and line.by != asked.by and asked.fields["name_of"] != "body":
            yield line, "somebody else answered for those who asked"
        if taken_back and line.kind in OF_THOSE_WHO_ASKED | IN_ANSWER:
            yield line, "it had been taken back"
        if line.kind == "voice.hearing_refused" and not (
            _said(line, "reasons") and _said(line, "would_change")
        ):
            yield line, "it was refused without a reason, or without what would change it"
        if line.kind == "voice.hearing_offered":
            waiting = line.id_of("offer")
        if line.kind == "voice.offer_answered":
            if line.id_of("offer") != waiting:
                yield line, "that offer was not waiting for an answer"
            waiting = ""
        taken_back = taken_back or line.kind == "voice.hearing_withdrawn"


def _feedback(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Nobody says whether a reply answers them before there is one; only whoever gave it says so."""
    replied = False
    for line in lines[1:]:
        if line.kind == "voice.feedback_judged" and not replied:
            yield line, "it was judged before there was a reply"
        replied = replied or line.kind == "voice.feedback_replied"


def _resolution(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Its versions are numbered one by one, in the order of their days, and none is ever said again."""
    number, day = 1, str(lines[0].fields.get("passed_on", ""))
    for line in lines[1:]:
        if line.kind != "voice.resolution_revised":
            continue
        if line.fields.get("number") != number + 1 or str(line.fields.get("passed_on")) < day:
            yield line, "a version is out of its order"
        number, day = number + 1, str(line.fields.get("passed_on"))


def _question(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Whoever asks does not answer."""
    for line in lines[1:]:
        if line.kind == "voice.question_answered" and line.by == lines[0].by:
            yield line, "whoever asked answered"


def _writers(whole: Iterable[Line], people: set[str]) -> Iterator[tuple[Line, str]]:
    """Whoever speaks up is a pseudonym in each line of theirs, and in whatever followed from it."""
    for line in whole:
        if line.kind in OF_A_WRITER and (line.by in people or line.typed_by):
            yield line, "whoever spoke up is named"


def _said(line: Line, name: str) -> bool:
    return isinstance(line.fields.get(name), dict)


_JUDGES: dict[str, Callable[[list[Line]], Iterator[tuple[Line, str]]]] = {
    "voice.hearing_asked": _hearing,
    "voice.feedback_given": _feedback,
    "voice.feedback_written_down": _feedback,
    "voice.resolution_passed": _resolution,
    "voice.question_asked": _question,
}
