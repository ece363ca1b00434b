"""When a decision may be made. The first and second law, in one place, over plain rows: no database here.

`Standing` says how things stand: who is waited for, what reached them, what they answered, which grounds
live. Each function asks one question of it and gives a `Ruling`: what is in the way, what can be done, and
what may not be done meanwhile. The commands refuse by it, and the page shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.topics.decisions.engine.of_the_law import DIED_INSIDE, OF_A_LETTER, OF_NO_ANSWER, OF_THE_LAW
from alongside.topics.decisions.engine.saying import Lazy, Saying
from alongside.topics.decisions.engine.stands import Group, Heard, Instead, InTheWay, Point, Ruling, Standing
from alongside.topics.decisions.engine.states import Died, Law, Said, Told

__all__ = [
    "Died",
    "Group",
    "Heard",
    "InTheWay",
    "Instead",
    "Law",
    "Point",
    "Ruling",
    "Said",
    "Standing",
    "Told",
]


def may_decide(standing: Standing) -> Ruling:
    """May this be decided now? The whole gate, the replies, and enough voices where several decide."""
    found = (*_state(standing), *_gate(standing), *_replies(standing), *_together(standing))
    return _ruling(standing, found)


def may_say_yes(standing: Standing) -> Ruling:
    """May one of several say yes or no now? Only when those it waits for were heard: else nobody is ready."""
    return _ruling(standing, (*_state(standing), *_gate(standing), *_replies(standing)))


def may_start_help(standing: Standing) -> Ruling:
    """May help start or go on with no answer? After the offers, and never to take anything away."""
    return _ruling(standing, (*_state(standing), *_only_help(standing), *_offers(standing)))


def may_act_now(standing: Standing) -> Ruling:
    """May help start this minute? Always. It is never a way to take something away."""
    return _ruling(standing, (*_state(standing), *_nothing_taken(standing)))


def may_agree_everyday(standing: Standing, *, is_everyday: bool) -> Ruling:
    """May two people settle this on one screen? Only small things, and nothing that takes away."""
    too_big = InTheWay(
        "too_big", _("This is not an everyday decision. Raise it, so that the person can answer first.")
    )
    found = [*_nothing_taken(standing)]
    if not is_everyday:
        found.append(too_big)
    return _ruling(standing, tuple(found))


def rests_on(standing: Standing) -> list[UUID]:
    """The lawful grounds without which the gate would be shut: nobody answered for these people."""
    unheard = (each for each in standing.heard if not (each.has_answered and each.told is Told.REACHED))
    return [each.ground for each in unheard if each.waits and each.ground]


def went_with(
    position: str,
    option: UUID | None,
    *,
    chosen: UUID | None,
    outcome: str,
    instead: bool = False,
    taken: bool = False,
) -> bool:
    """Whether what was decided is what this view wanted. Where it is not plain, it is not."""
    if (instead and position in ("", "unsure")) or (taken and position == "unsure"):
        return False  # not sure, and says what they want instead: that is to be answered
    if position in ("", "unsure"):
        return True
    if position == "for":
        return option == chosen if option else outcome == "agreed"
    if position == "against":
        return option != chosen if option else outcome == "not_agreed"
    return False


# What is in the way -------------------------------------------------------------------------------


def _state(standing: Standing) -> Iterator[InTheWay]:
    if standing.has_died:
        yield InTheWay("died", _("They have died, so nothing more is decided about their life."))
    elif not standing.is_open:
        yield InTheWay("closed", _("This is settled. To change it, raise it again."))


def _gate(standing: Standing) -> Iterator[InTheWay]:
    if standing.is_own:
        return  # the law binds bodies; it never stands in the way of a person's own life
    for each in standing.heard:
        if each.waits:
            yield from _waited_for(each)
        elif each.told is Told.NOT and not each.has_answered and each.died is not Died.SURE:
            untold = _("We have not told %(name)s. Tell them, so that they can say what they think.")
            code, sentence = DIED_INSIDE if each.died else ("other_not_told", untold)
            yield InTheWay(code, Saying(sentence, {"name": each.name}), each.person)
    if standing.is_about_person:
        if not any(each.waits for each in standing.heard):
            yield InTheWay("nobody", _("Say whose life this is. A decision waits for that person."))
    else:
        yield from _group(standing)


def _waited_for(each: Heard) -> Iterator[InTheWay]:
    if each.law is Law.LIVE or each.died is Died.SURE:
        return
    name = {"name": each.name}
    why: tuple[str, Lazy] | None = None
    if not each.has_answered:
        why = OF_NO_ANSWER[each.said]
    elif each.told is not Told.REACHED:
        why = _NOT_TOLD
    if why is None:
        return
    if each.died:
        yield InTheWay(DIED_INSIDE[0], Saying(DIED_INSIDE[1], name), each.person)
        return
    yield InTheWay(why[0], Saying(why[1], name), each.person)
    if not each.has_answered and each.told is Told.SENT and (on := each.asked_how_on or each.sent_on):
        how = {**name, "day": date_format(on, "j F Y"), "how": str(_(each.sent_how)).lower()}
        code, sent = OF_A_LETTER[each.asked_how_on is not None]
        yield InTheWay(code, Saying(sent, how), each.person)
    if each.law in OF_THE_LAW:
        code, sentence = OF_THE_LAW[each.law]
        yield InTheWay(code, Saying(sentence, name), each.person)


_NOT_TOLD = ("not_told", _("We do not know that this reached %(name)s. Talk it through with them."))


def _group(standing: Standing) -> Iterator[InTheWay]:
    group = standing.group
    if group is None or not group.size:
        yield InTheWay("no_group", _("Say which people this affects, and how many they are."))
        return
    if group.few and not standing.may_be_unanswered:
        # nobody's own support is taken away as if it were a service: then it waits for each of them
        if sum(each.waits for each in standing.heard) < group.few:
            yield InTheWay("few", _("They are so few that each is asked. Name each. Then it waits for them."))
        if group.few == group.size and any(each.waits and not each.died for each in standing.heard):
            return
    if group.reached and group.answered and group.time_is_up:
        return
    if not standing.without_reason:
        yield InTheWay("group_unheard", _their_time(group) if group.answered else _NOBODY_ANSWERED)
        yield InTheWay("no_reason", _("To decide without them, publish why."))
    if not standing.without_review:
        yield InTheWay("no_review", _("Give the day on which they will look at this decision."))


_NOBODY_ANSWERED = _("Nobody it affects has answered.")


def _their_time(group: Group) -> Lazy:
    if group.answer_by is None:
        return _("They have no day to answer by yet. Tell them, and it begins.")
    ends = _("Their time to answer is not up. It ends on %(day)s.")
    return Saying(ends, {"day": date_format(group.answer_by, "j F Y")})


def _replies(standing: Standing) -> Iterator[InTheWay]:
    if standing.is_own:
        return
    answered = {point.group for point in standing.points if point.replied}
    asked: set[UUID] = set()
    for point in standing.points:
        if point.went_with or point.group in answered or point.group in asked:
            continue
        asked.add(point.group)
        yield InTheWay(
            "no_reply",
            Saying(_("%(name)s said something else. Answer what they said first."), {"name": point.name}),
            view=point.view,
        )
    if standing.shown_without_reply:
        yield InTheWay("shown_no_reply", _("Answer what the person has shown they want."))


def _together(standing: Standing) -> Iterator[InTheWay]:
    if standing.for_office:
        office = {"office": standing.for_office}
        yield InTheWay("office", _("Only the %(office)s decides this. Ask them.") % office)
    tally = standing.together
    if tally is None or tally.is_met:
        return
    numbers = {"yes": tally.yes, "needed": tally.needed, "seats": tally.seats}
    if not tally.is_enough_people:
        yield InTheWay("too_few", _("Too few people decide this for its rule. Offer somebody a vote."))
    elif not tally.can_still_be_met:
        yield InTheWay("said_no", _("Not enough of those who decide agree. Put something else to them."))
    else:
        sentence = _("%(yes)s of %(seats)s who decide said yes. It needs %(needed)s.")
        yield InTheWay("voices", sentence % numbers)


def _nothing_taken(standing: Standing) -> Iterator[InTheWay]:
    if standing.takes_away:
        yield InTheWay(
            "takes_away", _("This would cut, end, move or limit something. It waits for an answer.")
        )


def _only_help(standing: Standing) -> Iterator[InTheWay]:
    yield from _nothing_taken(standing)
    if not standing.takes_away and not standing.may_be_unanswered:
        yield InTheWay("not_help", _("This is not help that may start by itself. It waits for an answer."))


def _offers(standing: Standing) -> Iterator[InTheWay]:
    for each in standing.heard:
        if not each.waits or each.has_answered or each.died is Died.SURE:
            continue
        name = {"name": each.name}
        if each.died:
            yield InTheWay(DIED_INSIDE[0], Saying(DIED_INSIDE[1], name), each.person)
            continue
        if len(each.ways_tried) < standing.channels_needed:
            other = _("Try another way to reach %(name)s. One way is not enough.")
            yield InTheWay("ways", Saying(other, name), each.person)
        if each.live_voices < standing.live_voices_needed:
            live = _("Ring or visit %(name)s. A letter alone is not enough.")
            yield InTheWay("live", Saying(live, name), each.person)
        if standing.advocate_needed and not each.advocate_offered:
            yield InTheWay("advocate", Saying(_("Offer %(name)s an advocate first."), name), each.person)


# What can be done instead -------------------------------------------------------------------------


def _ruling(standing: Standing, in_the_way: tuple[InTheWay, ...]) -> Ruling:
    return Ruling(in_the_way, tuple(_can(standing)), tuple(_cannot(standing))) if in_the_way else Ruling()


def _can(standing: Standing) -> Iterator[Instead]:
    if not standing.is_open:
        return
    for each in standing.heard:
        is_heard = each.has_answered and each.told is Told.REACHED
        if not each.waits or each.law is Law.LIVE or is_heard or each.died:
            continue
        name = {"name": each.name}
        if each.said is Said.UNCONFIRMED or each.told is Told.UNCONFIRMED:
            check = _("Let somebody outside your team check it with %(name)s")
            yield Instead("ask_checker", Saying(check, name), each.person)
        if each.told is Told.NOT:
            yield Instead("send", Saying(_("Send %(name)s a letter or a message"), name), each.person)
        yield Instead("tell", Saying(_("Ring or visit %(name)s"), name), each.person)
        if not each.advocate_offered:
            yield Instead("offer", Saying(_("Offer %(name)s an advocate"), name), each.person)
        yield Instead("time", Saying(_("Give %(name)s longer"), name), each.person)
        yield from _about_the_law(each, is_alone=len(standing.heard) == 1)
    if any(not point.went_with and not point.replied for point in standing.points):
        yield Instead("reply", _("Answer what people said"))
    if standing.shown_without_reply:
        yield Instead("shown", _("Answer what the person shows they want"))
    if standing.together is not None:
        yield Instead("together", _("See how those who decide stand, and say what you say"))
    if standing.is_about_person:
        if any(each.waits and not each.has_answered and not each.died for each in standing.heard):
            yield from _help(standing)
    else:
        if standing.group is not None and standing.group.answered and not standing.group.time_is_up:
            yield Instead("wait", _("Wait until their time to answer is up"))
        if standing.group is None or not standing.group.size:
            yield Instead("define", _("Say which people it affects"))
        yield Instead("tell_group", _("Tell the people it affects, and count whom it reached"))
        if standing.together is None and any(each.code == "no_reason" for each in _group(standing)):
            yield Instead("without_them", _("Decide without them: publish why, and the day you look again"))


def _help(standing: Standing) -> Iterator[Instead]:
    """Help that may begin before an answer: this very help, after the offers, or other help at once."""
    if standing.takes_away or not standing.may_be_unanswered:
        yield Instead("more_help", _("Start more help now, if it cannot wait"))
    elif not standing.help_has_begun:
        yield Instead("help", _("Start or go on with help, after you have made the offers"))


def _about_the_law(each: Heard, *, is_alone: bool) -> Iterator[Instead]:
    for what in each.safeguards_missing:
        said = {"name": each.name, "what": what}
        yield Instead(
            "safeguard", Saying(_("Write down what protects %(name)s: “%(what)s”"), said), each.person
        )
    if each.law in (Law.UNSEEN, Law.NOT_AGREED, Law.LAPSED_UNSEEN):
        yield Instead("seeing", _("See who can look at your legal reason, and by when"), each.person)
    if each.law is not Law.UNSEEN:
        named = Saying(_("Write down a legal reason about %(name)s, if there is one"), {"name": each.name})
        alone = _("Write down a legal reason, if there is one")
        yield Instead("ground", alone if is_alone else named, each.person)


def _cannot(standing: Standing) -> Iterator[Lazy]:
    for each in standing.heard:
        if not each.waits or each.has_answered or each.law is Law.LIVE or each.died:
            continue
        yield Saying(_("Cut, end or move the help of %(name)s"), {"name": each.name})
        yield Saying(_("Write that %(name)s did not want to answer"), {"name": each.name})
