"""The yardstick in plain words: what each row asks, what its number says, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces import words
from alongside.topics.decisions.engine.finding import Figure, Finding
from alongside.topics.decisions.engine.kinds import IN_ALL, TOOK_PART
from alongside.topics.decisions.models import Act, ComesAs, Kind, Stage

Lazy = Any

QUESTIONS: Mapping[str, Lazy] = {
    "origin": gettext_lazy("Who raised it?"),
    "stage": gettext_lazy("How early were people let in?"),
    "share": gettext_lazy("Who was in the room when it was decided?"),
    "breadth": gettext_lazy("How many different people took part?"),
    "power": gettext_lazy("Who held a vote?"),
    "options": gettext_lazy("Whose idea was it?"),
    "responses": gettext_lazy("Were people answered?"),
    "terms": gettext_lazy("Were people paid, and could they get in?"),
    "delivery": gettext_lazy("Who does what follows?"),
    "judges": gettext_lazy("Who judges how it went?"),
    "persistence": gettext_lazy("Does it last?"),
}
SHORT: Mapping[str, Lazy] = {  # beside each row of the drawing
    "origin": gettext_lazy("Raised by people it affects"),
    "stage": gettext_lazy("Let in early"),
    "share": gettext_lazy("In the room"),
    "breadth": gettext_lazy("Different people"),
    "power": gettext_lazy("Held a vote"),
    "options": gettext_lazy("Their idea"),
    "responses": gettext_lazy("Views answered"),
    "terms": gettext_lazy("Paid"),
    "delivery": gettext_lazy("Do what follows"),
    "judges": gettext_lazy("Judge it"),
    "persistence": gettext_lazy("Still kept"),
}

# %(n)s is “3 of 10”.
NUMBERS: Mapping[str, Lazy] = {
    "share": gettext_lazy("%(n)s people in the room are known to be people it affects."),
    "breadth": gettext_lazy("%(n)s people it affects took part."),
    "power": gettext_lazy("%(n)s people who held a vote were people it affects."),
    "responses": gettext_lazy("At least %(n)s different views had an answer with reasons."),
    "terms": gettext_lazy("%(n)s people who said yes to pay were paid."),
    "delivery": gettext_lazy(
        "%(n)s things to do are done by people it affects, or by a user-led organisation."
    ),
    "judges": gettext_lazy("%(n)s people it affects have said how it went."),
    "persistence": gettext_lazy(
        "%(n)s promises older than six months were kept, say those they were made to."
    ),
}
ORIGINS: Mapping[str, Lazy] = {
    "a_rule": gettext_lazy("Nobody raised it. A rule did: the good that a change had claimed did not come."),
    "of_body": gettext_lazy("Somebody of the body that decides raised it."),
    ComesAs.PERSON: gettext_lazy("Someone it affects, who draws on care and support, raised it."),
    ComesAs.CARER: gettext_lazy("An unpaid carer it affects raised it."),
    ComesAs.USER_LED: gettext_lazy("A user-led organisation raised it."),
    ComesAs.PRACTITIONER: gettext_lazy("Somebody who works with people, face to face, raised it."),
    ComesAs.MANAGER: gettext_lazy("A manager raised it."),
    ComesAs.MEMBER: gettext_lazy("A councillor or board member raised it."),
    ComesAs.SUPPLIER: gettext_lazy("Somebody who works for a body that sells care raised it."),
    ComesAs.OTHER: gettext_lazy("Somebody else raised it."),
}
PROBLEMS: Mapping[str, Lazy] = {  # where it comes from a problem: as its own page says who first said it
    "problem_draws": gettext_lazy(
        "It comes from a problem. Someone who draws on care and support said it first."
    ),
    "problem_carer": gettext_lazy("It comes from a problem. An unpaid carer said it first."),
    "problem_family": gettext_lazy("It comes from a problem. Family or a friend said it first."),
    "problem_neighbour": gettext_lazy("It comes from a problem. Someone who lives here said it first."),
    "problem_practitioner": gettext_lazy(
        "It comes from a problem. Someone who works with people who draw on care and support said it first."
    ),
    "problem_group": gettext_lazy("It comes from a problem. Someone who speaks for a group said it first."),
}
STAGES: Mapping[str, Lazy] = {
    Stage.FRAME: gettext_lazy("People it affects were there first, before there were ways to choose."),
    Stage.OPTIONS: gettext_lazy("People it affects came in once there were ways to choose."),
    Stage.DECIDE: gettext_lazy("People it affects came in only when it was decided."),
    Stage.DELIVER: gettext_lazy("People it affects came in only after it was decided."),
    Stage.JUDGE: gettext_lazy("People it affects came in only to judge it."),
}
FIGURES: Mapping[str, Lazy] = {  # further numbers of a row
    "voting": gettext_lazy("%(n)s of those who vote are people it affects."),
    "meetings_with": gettext_lazy(
        "At %(n)s meetings that decided, somebody it affects is known to have come."
    ),
    "by_their_word": gettext_lazy("%(n)s say so themselves, or somebody from outside typed it for them."),
    "top_three": gettext_lazy("%(n)s times it was one of the three who came most."),
    "ways": gettext_lazy("%(n)s ways were put forward by people it affects who say so openly."),
    "changes": gettext_lazy("%(n)s views of people it affects led to a change."),
    "days": gettext_lazy("The middle wait was %(days)s."),
    "addressed": gettext_lazy(
        "At least %(n)s people who were told no say that the answer addresses what they said."
    ),
    "offered_before": gettext_lazy("%(n)s people it affects who came had an offer in writing before."),
    "upfront": gettext_lazy("%(n)s people were offered their expenses before they spent them."),
    "advice": gettext_lazy("%(n)s people were offered advice on benefits too."),
    "came_by_their_word": gettext_lazy("%(n)s of those who were paid say that it came."),
    "access_met": gettext_lazy("%(n)s people had what they needed before it began."),
    "done": gettext_lazy("%(n)s of these are done."),
    "not_there": gettext_lazy("%(n)s of them were at no meeting."),
    "not_kept": gettext_lazy("%(n)s were not kept, or only in part."),
    "silent": gettext_lazy("On %(n)s nobody has said anything. That is not “kept”."),
    "twelve": gettext_lazy("After twelve months: %(n)s."),
}
LEFT_OUT: Mapping[str, Lazy] = {  # seen, and not counted
    "paid_or_not_own_word": gettext_lazy(
        "%(n)s who came are said to be affected. "
        "The body or a supplier pays them, or they did not say it themselves."
    ),
    "paid_by_body": gettext_lazy(
        "%(n)s in the room say it affects them, and are paid by the body or a supplier."
    ),
    "only_on_the_list": gettext_lazy("%(n)s are on somebody’s list, and have not said that it is right."),
    "written_late": gettext_lazy("%(n)s were written down too late to count as early."),
    "disputed": gettext_lazy("%(n)s say that the list is wrong about them."),
    "invited_only": gettext_lazy("%(n)s were asked to come, and did not."),
    "late_or_only_listed": gettext_lazy("%(n)s votes are written down late, or only on somebody’s list."),
    "declined": gettext_lazy("%(n)s did not want to answer. That agrees to nothing."),
    "declined_pay": gettext_lazy("%(n)s said no to pay. That agrees to nothing else."),
    "paid_staff": gettext_lazy("%(n)s offers were to people whom the body pays anyway."),
    "never_came": gettext_lazy("%(n)s say that their pay has not come."),
    "others_judged": gettext_lazy("%(n)s others said how it went. They are not counted here."),
    "now_said": gettext_lazy(
        "Once people had spoken, the body said that it affects %(n)s only. The number before counts."
    ),
    "bound_too_late": gettext_lazy("The body said only after people had judged whether that binds it."),
}
MISSING: Mapping[str, Lazy] = {
    "raiser_standing": gettext_lazy("Whoever raised it has not said openly what they are to it."),
    "user_led_test": gettext_lazy("Whether that organisation is user-led, by a count of its board."),
    "meeting": gettext_lazy("No meeting is written down."),
    "affected_in_the_room": gettext_lazy("Nobody it affects has said that they came."),
    "deciding_meeting": gettext_lazy("No meeting at which it was decided is written down."),
    "size": gettext_lazy("Nobody has said how many people it affects."),
    "equality_said": gettext_lazy(
        "Whether all kinds of people took part. Too few of them chose to say anything of themselves. "
        "Nobody has to."
    ),
    "equality_of_all": gettext_lazy(
        "Who all of those it affects are. The body has not said how many are Deaf, or young, and so on."
    ),
    "decided": gettext_lazy("It is not decided yet."),
    "vote": gettext_lazy("Nobody wrote down who held a vote."),
    "way_chosen": gettext_lazy("Nothing shows which way was chosen, or who put it forward."),
    "views": gettext_lazy("Nobody has said what they think."),
    "offers": gettext_lazy("No one was offered pay to take part."),
    "answers": gettext_lazy("No one has said yes or no to pay."),
    "access": gettext_lazy("Nobody has said whether they could get in."),
    "tasks": gettext_lazy("Nobody has written down who does what."),
    "evaluation": gettext_lazy("Nobody it affects has said how it went."),
    "binding": gettext_lazy("The body has not said whether it will do as people judge."),
    "commitments": gettext_lazy("No promise came of it."),
    "six_months": gettext_lazy("No promise is six months old yet."),
}
STOPS: Mapping[str, Lazy] = {  # why it is not a step higher
    "in_words": gettext_lazy("When it was raised, nobody wrote for anyone to read why it is proposed."),
    "told": gettext_lazy("Nothing shows that people it affects were told before it was decided."),
    "view_of_affected": gettext_lazy("Nobody it affects is known to have been heard before it was decided."),
    "reply": gettext_lazy("It was decided, and no view was answered with reasons."),
    "from_the_start": gettext_lazy(
        "Nobody it affects is known to have been in the room before there were ways to choose. "
        "Without that it is no more than asking people."
    ),
    "vote": gettext_lazy("Nobody it affects is known to have held a vote."),
    "shaped": gettext_lazy("No way was theirs, and nothing they said is known to have led to a change."),
    "delivery": gettext_lazy("Nobody it affects is known to do any of what follows."),
    "delivery_done": gettext_lazy("Nothing that people it affects took on is known to be done."),
    "judge": gettext_lazy("Nobody it affects has said how it went."),
    "binding": gettext_lazy("The body has not said, in good time, that it will do as people judge."),
}
NEXT: Mapping[str, Lazy] = {  # what would move it
    "in_words": gettext_lazy("Write why, in plain words."),
    "told": gettext_lazy("Tell the people it affects, and write down whom it reached."),
    "view_of_affected": gettext_lazy("Ask the people it affects. They can say who they are in this."),
    "reply": gettext_lazy("Answer what people said, with reasons."),
    "from_the_start": gettext_lazy("Next time, meet with them first. Let them say that they came."),
    "vote": gettext_lazy("Give people it affects a vote where it is decided."),
    "shaped": gettext_lazy("Take up a way of theirs, or change something because of what they said."),
    "delivery": gettext_lazy("Do it together: people it affects take on part of it, and are paid."),
    "delivery_done": gettext_lazy("Help them to do what they took on."),
    "judge": gettext_lazy("Ask the people it affects how it went: all of them, not only those who came."),
    "binding": gettext_lazy("Say beforehand that you will do as they judge."),
}
ARNSTEIN: Mapping[str, Lazy] = {
    "manipulation": gettext_lazy("manipulation"),
    "therapy": gettext_lazy("therapy"),
    "informing": gettext_lazy("informing"),
    "consultation": gettext_lazy("consultation"),
    "placation": gettext_lazy("placation"),
    "partnership": gettext_lazy("partnership"),
    "delegated_power": gettext_lazy("delegated power"),
    "citizen_control": gettext_lazy("citizen control"),
}
GROUPS: Mapping[str, Lazy] = {
    "affected": gettext_lazy("People it affects"),
    "user_led": gettext_lazy("User-led organisations"),
    "of_body": gettext_lazy("People the deciding body pays"),
    "of_suppliers": gettext_lazy("People who work for a supplier"),
    "others": gettext_lazy("Others"),
}
BINDS: Mapping[str, Lazy] = {
    "binds": gettext_lazy("The body said beforehand that it will do as people judge."),
    "does_not_bind": gettext_lazy("The body said that it need not do as people judge."),
}
KINDS: Mapping[str, Lazy] = {  # people of one kind, as everyone but they themselves says it
    Kind.UNDER_25: gettext_lazy("People under 25"),
    Kind.OVER_64: gettext_lazy("People who are 65 or older"),
    Kind.WOMAN: gettext_lazy("Women"),
    Kind.MAN: gettext_lazy("Men"),
    Kind.TRANS: gettext_lazy("People whose gender is not the one they were given at birth"),
    Kind.LGB: gettext_lazy("Gay, lesbian and bisexual people"),
    Kind.MINORITY: gettext_lazy("Black, Asian and other ethnic minority people"),
    Kind.LANGUAGE: gettext_lazy("People who speak neither English nor Welsh best"),
    Kind.FAITH: gettext_lazy("People whose faith matters in how they live"),
    Kind.DEAF: gettext_lazy("Deaf people, and people who are hard of hearing"),
    Kind.SIGHT: gettext_lazy("People who are blind or see little"),
    Kind.MOVING: gettext_lazy("People who use a wheelchair, or for whom it is hard to walk"),
    Kind.LEARNING: gettext_lazy("People with a learning disability"),
    Kind.AUTISTIC: gettext_lazy("Autistic people, and people whose mind works another way than most"),
    Kind.DISTRESS: gettext_lazy("People who live with mental distress"),
    Kind.ILL: gettext_lazy("People who have been ill for a long time"),
    Kind.NONE: gettext_lazy("None of these"),
}
CHOSEN: Mapping[bool, Lazy] = {
    True: gettext_lazy("Somebody it affects was the first to put forward the way that was chosen."),
    False: gettext_lazy("The way that was chosen came from no one who says openly that it affects them."),
}
NOT_EVIDENCED = gettext_lazy("Not evidenced.")
ASKED_OTHERWISE: Mapping[str, Callable[[Finding], str]] = {
    "origin": lambda found: str({**ORIGINS, **PROBLEMS}.get(found.says, "")),
    "stage": lambda found: str(STAGES.get(found.says, "")),
    "options": lambda found: str(CHOSEN[bool(found.value)]),
}


def says(found: Finding) -> str:
    """The row's own number in a sentence; that it is not evidenced, where there is none."""
    if "value" in found.hidden:
        return _("Too few people to show a number.")
    if found.value is None:
        return str(NOT_EVIDENCED)
    if found.key in ASKED_OTHERWISE:
        return ASKED_OTHERWISE[found.key](found)
    return str(NUMBERS[found.key]) % {"n": number(found)}


def number(found: Finding) -> str:
    """“3 of 10”, or a dash of words where there is no number."""
    if found.key == "stage" and found.value is not None:
        return _("stage %(n)s") % {"n": words.out_of(found.value, found.of or 0)}
    if found.value is None or found.of is None:
        return _("not shown") if "value" in found.hidden else _("not known")
    return words.out_of(found.value, found.of)


def figure_words(figure: Figure) -> str:
    """A further number in a sentence."""
    said = FIGURES.get(figure.name) or LEFT_OUT[figure.name]
    counted = words.number(figure.value) if figure.of is None else words.out_of(figure.value, figure.of)
    return str(said) % {"n": counted, "days": words.days(figure.value)}


def is_of_kinds(figure: Figure) -> bool:
    """Whether a number is about who took part, as they chose to say of themselves."""
    return figure.name == "of_themselves" or figure.name.startswith((TOOK_PART, IN_ALL))


def kinds_words(found: Finding) -> list[str]:
    """How many chose to say something of themselves; then a line for each kind, beside who all are."""
    figures = {each.name: each for each in found.figures if is_of_kinds(each)}
    lines = []
    chose = figures.get("of_themselves")
    if chose is not None:
        counted = {"n": words.number(chose.value), "of": words.people(chose.of or 0)}
        lines.append(
            _(
                "At least %(n)s of %(of)s who took part chose to say something of themselves. "
                "They are counted five or more at a time."
            )
            % counted
        )
    for name, of_all in figures.items():
        if not name.startswith(IN_ALL):
            continue
        kind = name.removeprefix(IN_ALL)
        said = figures.get(TOOK_PART + kind)
        told = {"kind": KINDS[kind], "all": words.out_of(of_all.value, of_all.of or 0)}
        if said is None:
            line = _("%(kind)s: %(all)s of all it affects. Of those who took part, too few to say.")
        elif said.value == 0:
            line = _("%(kind)s: %(all)s of all it affects. Of those counted, nobody says so.")
        else:
            line = _("%(kind)s: %(all)s of all it affects. At least %(n)s of those who took part say so.")
            told["n"] = words.number(said.value)
        lines.append(line % told)
    return lines


def act_words(code: str) -> str:
    return str(Act(code).label)
