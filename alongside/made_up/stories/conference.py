"""Three user-led organisations ask to be heard; what was promised there, and what of it still holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alongside.kernel import clock
from alongside.made_up.cast import BOARDS
from alongside.made_up.conductor import Story
from alongside.made_up.ground import BUILDER
from alongside.made_up.place import Place
from alongside.made_up.stories.protocol_tests import FIRST_USE, SECOND_USE
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.promises.commands import (
    AdoptProtocol,
    AnswerErosion,
    GiveVerdict,
    LinkAct,
    LookAtAct,
    LookAtStatement,
    RecordTest,
    SayWhetherItHolds,
    TakeUpStatement,
    UseProtocol,
    WriteDownStatement,
)
from alongside.topics.promises.models import Erosion, Promise, PromisedTo
from alongside.topics.voice.commands import (
    AnswerAppeal,
    AnswerOffer,
    AppealRefusal,
    AskToBeHeard,
    LookAtQuote,
    NoteQuote,
    OfferPlace,
    PassResolution,
    RefuseHearing,
    ReviseResolution,
    TellAsTheBody,
    TellWhatHappened,
    WithdrawHearing,
)
from alongside.topics.voice.pages import looked as of_voice

DAY = -402  # the day of the conference, counted from today
JOINED = ("hugh", "meera", "odette", "tariq", "dilys", "sheila")
MEMBERS = (*BOARDS["ulo"][0], *JOINED)
RESOLVED = (
    "We ask that no support in Wexmoor is bought before those who will use it have said what it must do. "
    "We ask for at least eight weeks to answer, and that people are paid for their time."
)
MEETING = "The Three Rivers conference on care"


def conference(place: Place) -> Iterator[Story]:
    """The hearing and what came of it, told as two stories: what was said there, and the protocol."""
    yield _heard(place)
    yield _others(place)
    yield _protocol(place)


def _asks(place: Place, by: str, body: str, minutes: int, says: str) -> None:
    ask = AskToBeHeard(
        hearing=place.named(f"{body} at the conference"),
        organisation=place.named("rivers"),
        office=place.named("edwin office"),
        meeting=MEETING,
        meets_on=place.day(DAY),
        item="How support is bought",
        minutes=minutes,
        says_what=says,
        name_of="body",
        body=place.named(body),
        people=BOARDS[body][1],
        is_open=True,
    )
    place.do(by, ask)


def _resolved(place: Place) -> None:
    """Members join, and the three organisations resolve what they will say."""
    for key in JOINED:
        link = place.named(f"{key} joined")
        joins = JoinBody(link=link, person=place.named(key), organisation=place.named("ulo"))
        place.do(BUILDER, joins)  # the organisation has them on its list
    resolved = PassResolution(
        resolution=place.named("resolution"),
        edition=place.named("resolution first"),
        organisation=place.named("ulo"),
        name="How support is bought in Wexmoor",
        words=RESOLVED,
        passed_by="Members of the three organisations, meeting together",
        passed_on=place.past(DAY - 25),
        votes_for=41,
        votes_against=2,
        votes_abstained=3,
    )
    place.do("ana", resolved)


def _heard(place: Place) -> Story:
    """Twenty minutes asked for, refused, appealed, five offered, taken under protest."""
    hearing = place.named("ulo at the conference")
    yield place.at_work(DAY - 24, 18)
    _resolved(place)
    yield place.at_work(DAY - 23, 10)
    _asks(place, "ana", "ulo", 20, "How we want support to be bought. We speak for three organisations.")
    yield place.at_work(DAY - 20, 15)
    no = RefuseHearing(
        hearing=hearing, reasons="The programme is full.", would_change="If another speaker falls out."
    )
    place.do("edwin", no)
    yield place.at_work(DAY - 19, 9)
    appeal = AppealRefusal(
        hearing=hearing,
        appeal=place.named("appeal"),
        office=place.named("pauline office"),
        words="A whole day is about our support. Nobody who uses it is to speak.",
    )
    place.do("ana", appeal)
    yield place.at_work(DAY - 14, 11)
    upheld = AnswerAppeal(
        hearing=hearing, appeal=place.named("appeal"), upheld=True, answer="They are right. Find a place."
    )
    place.do("pauline", upheld)
    yield place.at_work(DAY - 12, 11)
    offer = OfferPlace(
        hearing=hearing,
        offer=place.named("five minutes"),
        minutes=5,
        way="read_out",
        on_day=place.day(DAY),
        at_time="12:25, just before lunch",
        reason="The speakers before lunch have been told their times.",
    )
    place.do("edwin", offer)
    yield place.at_work(DAY - 11, 16)
    words = "Five minutes are a quarter of what we asked for. We come, and we bring leaflets."
    said = AnswerOffer(hearing=hearing, offer=place.named("five minutes"), answer="protest", words=words)
    place.do("ana", said)
    yield place.at(DAY + 1, 19)
    told = TellWhatHappened(
        hearing=hearing,
        happened="read_out",
        minutes=4,
        words="The chair read our statement. People were leaving for lunch. We gave out 90 leaflets.",
    )
    place.do("ana", told)
    yield from _quoted(place)


def _quoted(place: Place) -> Story:
    """What became of the words of the resolution: exact, shortened, altered."""
    yield place.at_work(DAY + 9, 10)
    account = TellAsTheBody(
        hearing=place.named("ulo at the conference"),
        happened="read_out",
        minutes=5,
        words="Their statement was read in full before lunch.",
    )
    place.do("edwin", account)
    found = (
        ("samira", RESOLVED, "The leaflet they gave out", "ulo", "Those who gave out the leaflets"),
        (
            "edwin",
            "no support in Wexmoor is bought … and that people are paid for their time",
            "Notes of the day",
            "rivers",
            "Conference secretary",
        ),
        (
            "samira",
            "people should be asked before support is bought, where there is time",
            "The council’s web page",
            "council",
            "The commissioning team",
        ),
    )
    for by, words, where, body, role in found:
        note = NoteQuote(
            resolution=place.named("resolution"),
            words=words,
            place=where,
            quoted_by=place.named(body),
            quoted_as=role,
            quoted_on=clock.today(),
            hearing=place.named("ulo at the conference"),
        )
        place.do(by, note)
    yield place.at_work(DAY + 10, 9)
    _quotes_read(place)
    yield from _quoted_later(place)


def _quoted_later(place: Place) -> Story:
    """A talk quotes it too; and after a year the words are made stronger."""
    yield place.at_work(DAY + 12, 18)
    seen = NoteQuote(
        resolution=place.named("resolution"),
        words="that people are paid for their time",
        place="A talk for new staff",
        quoted_by=place.named("council"),
        quoted_as="A manager, on a slide",
        quoted_on=place.past(DAY + 11),
    )
    place.do("grace", seen, anonymous=True)
    yield place.at_work(DAY + 13, 9)
    _quotes_read(place)
    yield place.at_work(-60, 17)
    later = ReviseResolution(
        resolution=place.named("resolution"),
        words=f"{RESOLVED} We ask for an answer by the spring.",
        why="A year had passed, and nobody had answered.",
        passed_by="The yearly meeting of the three organisations",
        passed_on=place.past(-61),
    )
    place.do("ana", later)


def _quotes_read(place: Place) -> None:
    """Ana reads each place that somebody noted, before everyone can."""
    for one in of_voice.to_read(place.who("ana")):
        if one.kind == LookAtQuote.records:
            place.do("ana", LookAtQuote(**one.given, is_shown=True))


def _others(place: Place) -> Story:
    """Deaf Voices may bring leaflets; People First give their minutes to the others."""
    yield place.at_work(DAY - 22, 10)
    _asks(place, "signe", "deaf", 10, "What it is like to ring somebody when you are Deaf.")
    _asks(place, "marcus", "first", 10, "Plain words, please.")
    yield place.at_work(DAY - 13, 10)
    offer = OfferPlace(
        hearing=place.named("deaf at the conference"),
        offer=place.named("leaflets"),
        minutes=0,
        way="leaflets",
        on_day=place.day(DAY),
        reason="There is no interpreter on the day.",
    )
    place.do("edwin", offer)
    yield place.at_work(DAY - 11, 10)
    words = "A conference about us, without a language we have. We come with leaflets."
    said = AnswerOffer(
        hearing=place.named("deaf at the conference"),
        offer=place.named("leaflets"),
        answer="protest",
        words=words,
    )
    place.do("signe", said)
    back = WithdrawHearing(
        hearing=place.named("first at the conference"), words="The others speak for us. They get our minutes."
    )
    place.do("marcus", back)
    yield place.at(DAY + 2, 17)
    told = TellWhatHappened(
        hearing=place.named("deaf at the conference"), happened="leaflets", words="Forty people took one."
    )
    place.do("signe", told)


def _protocol(place: Place) -> Story:
    """Promised in public, taken up, adopted; kept; and after six and twelve months some of it is gone."""
    yield place.at_work(DAY + 2, 11)
    statement, protocol = place.named("said at the conference"), place.named("protocol")
    said = WriteDownStatement(
        statement=statement,
        organisation=place.named("council"),
        words="From today, Wexmoor buys no support without the people who will use it. You have my word.",
        who="Director of adult services",
        said_on=place.past(DAY),
        source=f"{MEETING}, on film",
        pages="Minute 31, after the statement was read",
        made_to="The members of all three organisations",
    )
    place.do("samira", said)
    yield place.at_work(DAY + 3, 9)
    place.do("ana", LookAtStatement(statement=statement, is_shown=True))
    yield place.at_work(DAY + 8, 10)
    take = TakeUpStatement(
        statement=statement,
        what="Ask the people who will use it before any support is bought",
        due_on=place.day(DAY + 20),
        group="members of the three user-led organisations",
        group_of=place.named("ulo"),
        group_size=80,
    )
    place.do("alan", take)
    adopt = AdoptProtocol(
        protocol=protocol,
        organisation=place.named("council"),
        to_body=place.named("ulo"),
        group_size=60,
        due_on=place.day(DAY + 20),
    )
    place.do("alan", adopt)
    adopted = place.named("the protocol was adopted")
    act = LinkAct(
        act=adopted,
        statement=statement,
        words="The council adopted a protocol with twenty tests.",
        on_day=place.past(DAY + 8),
        where="Protocols, on this site",
    )
    place.do("ana", act)
    place.do("alan", LookAtAct(statement=statement, act=adopted, is_shown=True))
    yield place.at_work(DAY + 24, 14)
    for line in ("bid_time", "early_voice", ""):
        for member in MEMBERS:
            _judges(place, line, member)
    yield place.at_work(-300, 11)
    _use(place, "protocol visits", "Evening visits, the first use", FIRST_USE)
    yield from _after(place)


def _after(place: Place) -> Story:
    """Asked again after six months and after twelve."""
    yield place.at(-190, 15)
    for number, member in enumerate(MEMBERS):
        gone = number % 5 != 4
        _holds(place, "early_voice", member, "no_longer" if gone else "partly", "They asked us afterwards.")
        _holds(place, "bid_time", member, "still")
    yield place.at_work(-178, 10)
    promise = _promise(place, "early_voice")
    erosion = Erosion.objects.seen_by(place.who("alan")).filter(promise=promise.id).get(is_open=True)
    answer = "A new team wrote the papers and did not know. From now on they ask before they write."
    place.do("alan", AnswerErosion(promise=promise.id, erosion=erosion.id, answer=answer))
    yield place.at(-80, 15)
    for member in MEMBERS:  # what had gone is mended, as they say
        _holds(place, "early_voice", member, "still")
    yield place.at_work(-30, 11)
    _use(place, "protocol home care", "Home care, the tender of this year", SECOND_USE)
    yield place.at(-9, 15)
    for member in MEMBERS:
        _holds(place, "bid_time", member, "no_longer", "Two weeks, over a holiday.")
        _holds(place, "", member, "no_longer", "Home care was bought. Nobody asked us.")


def _use(place: Place, key: str, name: str, found: Sequence[tuple[str, str, str | int]]) -> None:
    use = place.named(key)
    place.do("ana", UseProtocol(protocol=place.named("protocol"), use=use, name=name))
    for line, result, number in found:
        looked = RecordTest(
            promise=_promise(place, line).id,
            use=use,
            result=result,
            document="The tender pack",
            **({"number": number} if isinstance(number, str) else {"found": number, "unit": "day"}),
        )
        place.do("ana", looked)


def _promise(place: Place, line: str) -> Promise:
    """The promise of a line of the protocol; for no line, the one that was said in public."""
    which = {"protocol": place.named("protocol"), "line": line}
    if not line:
        which = {"statement": place.named("said at the conference")}
    found: Promise = Promise.objects.seen_by(place.who("ana")).get(**which)
    return found


def _to(place: Place, line: str, member: str) -> PromisedTo:
    found: PromisedTo = PromisedTo.objects.seen_by(place.who(member)).get(promise=_promise(place, line).id)
    return found


def _judges(place: Place, line: str, member: str) -> None:
    row = _to(place, line, member)
    place.do(member, GiveVerdict(promise=row.promise, made_to=row.id, said="kept"))


def _holds(place: Place, line: str, member: str, said: str, words: str = "") -> None:
    row = _to(place, line, member)
    say = SayWhetherItHolds(
        promise=row.promise, made_to=row.id, said=said, words=words if said != "still" else ""
    )
    place.do(member, say)
