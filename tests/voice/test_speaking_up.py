"""A practitioner speaks up: who must not learn that it was Priya, by any way there is."""

import json
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection

from alongside.interfaces.who import forget_voices
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.commands.bodies import AppointToOffice
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import LinkKind
from alongside.topics.voice import commands
from alongside.topics.voice.models import Note, NoteWord, Reader
from alongside.topics.voice.policy import overdue_notes, themes_for_members
from tests.interfaces.conftest import browser_of
from tests.tokens import own_token_of
from tests.voice import acts
from tests.voice.acts import knows_itself
from tests.world import BUILDER, Cast, named
from tests.written import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
MARK = "MARK-SPOKEN"


@pytest.fixture(autouse=True)
def _offices(cast: Cast) -> None:
    acts.offices(cast)
    for actor in cast.everyone().values():
        forget_voices(actor.person)


def hexed(actor: Actor) -> str:
    return actor.person.hex if actor.person is not None else ""


def who_must_not(cast: Cast) -> dict[str, Actor | None]:
    """Everyone but the writer and the one who answers: her managers first."""
    others = {name: actor for name, actor in cast.everyone().items() if name not in ("priya", "sol")}
    return {"ken": cast.ken, "june": cast.june, **others, "nobody": None}


def test_the_office_outside_her_line_reads_and_answers_it_and_she_reads_the_answer(cast: Cast) -> None:
    pk = acts.spoke_up(cast, words=MARK).thing
    sols = browser_of(cast.sol).get(f"/speak-up/{pk}").content.decode()
    assert MARK in sols and "Priya" not in sols and "A practitioner" in sols
    do(commands.AnswerNote(note=pk, words="The round goes back to seven days."), by=cast.sol)
    hers = browser_of(cast.priya)
    assert "The round goes back to seven days." in hers.get(f"/speak-up/{pk}").content.decode()
    assert "Something you asked has an answer." in hers.get("/").content.decode()
    asked = hers.get(f"/do/voice.speak_up_judged?note={pk}").content.decode()
    assert "The round goes back to seven days." in asked, "she is asked of an answer that she reads there"
    do(commands.JudgeAnswer(note=pk, judged="partly", words="And weekends?"), by=knows_itself(cast.priya))
    assert Note.everything.get(id=pk).judged == "partly"
    assert "You said of the answer" in hers.get(f"/speak-up/{pk}").content.decode()
    assert "They said of the answer" in browser_of(cast.sol).get(f"/speak-up/{pk}").content.decode()
    [told] = hers.get("/api/voice/speak-up").json()["items"]
    assert told["answers_its_writer"] == "partly"
    said = [("answer", "The round goes back to seven days."), ("judged", "And weekends?")]
    assert [(each["kind"], each["words"]) for each in told["under_it"]] == said


def test_no_page_list_api_or_form_shows_her_managers_or_anyone_else_that_it_exists(cast: Cast) -> None:
    pk = acts.spoke_up(cast, words=MARK).thing
    do(commands.AnswerNote(note=pk, words=f"Answer {MARK}"), by=cast.sol)
    person = f"/people/{cast.priya.person}"
    places = [
        "/",
        "/speak-up/",
        "/hearings/",
        "/questions/",
        "/tell-us/replies",
        "/resolutions/",
        "/this-place",
    ]
    places += [person, f"{person}/who-can-see", "/api/voice/speak-up", "/decisions/", "/promises/"]
    places += ["/my-record/", "/who-may/"]
    for name, actor in who_must_not(cast).items():
        browser = browser_of(actor)
        assert browser.get(f"/speak-up/{pk}").status_code == 404, name
        for place in places:
            body = browser.get(place).getvalue().decode(errors="replace")
            assert MARK not in body and str(pk) not in body, (name, place)
        for kind in ("speak_up_answered", "speak_up_added", "retaliation_reported"):
            shown = browser.get(f"/do/voice.{kind}?note={pk}").content.decode()
            assert MARK not in shown, (name, kind)
        if actor is not None:
            for command in (
                commands.AnswerNote(note=pk, words="x"),
                commands.AddToNote(note=pk, words="x"),
                commands.ReportRetaliation(note=pk, words="x"),
            ):
                with pytest.raises((Missing, NotAllowed)):
                    do(command, by=replace(actor, strong=True))


def test_nothing_that_is_written_down_joins_her_to_it_but_a_sealed_link(cast: Cast) -> None:
    """Every column of every table, every header, every message: her id and her team are in none of hers."""
    acts.practitioners(cast, 4)
    before = {each.number for each in written()}
    looked = _everything()
    pk = acts.spoke_up(cast, by=replace(cast.priya, office=cast.kens_office), words=MARK).thing
    her = knows_itself(cast.priya)
    do(commands.AnswerNote(note=pk, words="Thank you."), by=cast.sol)
    do(commands.AddToNote(note=pk, words="More."), by=her)
    do(commands.ReportRetaliation(note=pk, words="I lost my shifts."), by=her)
    hers = [cast.priya.person, cast.east, cast.kens_office, named("priya post")]
    marks = [mark for one in hers if one is not None for mark in (one.hex, str(one))]
    for each in written():
        if each.number not in before:
            text = f"{each.header} {each.entry.about} {each.entry.by}"
            assert not [mark for mark in marks if mark in text], each.kind
    for table, cells in _everything() - looked:
        if table in ("kernel_pseudonym", "kernel_outbox"):
            continue
        assert not [mark for mark in marks if mark in cells], table
    for message in Outbox.objects.filter(payload__what__startswith="speak_up"):
        assert message.payload["person"] == hexed(cast.sol)
        assert not [mark for mark in marks if mark in json.dumps(message.payload)]
    assert not Outbox.objects.filter(payload__person=hexed(cast.priya), payload__matter=pk.hex).exists()


def _everything() -> set[tuple[str, str]]:
    """Each row of each table, as text; what was used to sign in is left out."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not table.startswith(("kernel_", "voice_", "people_", "interfaces_")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found |= {(table, " ".join(str(value) for value in row)) for row in cursor.fetchall()}
    return found


def test_it_is_done_under_a_pseudonym_also_by_the_api_and_when_she_forgets_to_ask(cast: Cast) -> None:
    assert cast.priya.person is not None
    token = own_token_of(replace(cast.priya, strong=True))
    sent = {"office": str(acts.GUARDIAN), "theme": "risk", "words": MARK}
    answer = browser_of().post(
        "/api/do/voice.spoken_up",
        sent,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200, answer.content
    row = Note.everything.get()
    assert row.said_by != cast.priya.person
    authors = [each.entry.by for each in written("voice.spoken_up")]
    assert authors == [row.said_by]


def test_only_offices_outside_her_own_line_are_offered_or_taken(cast: Cast) -> None:
    do(
        commands.NameDesk(organisation=cast.council, purpose="speak_up", office=cast.kens_office),
        by=cast.june,
    )
    do(
        commands.NameDesk(organisation=cast.council, purpose="speak_up", office=cast.junes_office),
        by=cast.june,
    )
    offered = dict(commands.SpeakUp.choices_within("office", cast.priya, {}) or [])
    assert set(offered) == {acts.GUARDIAN}
    for office in (cast.kens_office, cast.junes_office):
        with pytest.raises(Refused, match="outside your own line"):
            acts.spoke_up(cast, office=office)


def test_somebody_of_her_own_line_who_comes_to_hold_the_office_does_not_read_it(cast: Cast) -> None:
    pk = acts.spoke_up(cast, words=MARK).thing
    post = GivePost(
        link=named("june too"), organisation=cast.advocacy, person=cast.june.person, kind=LinkKind.MANAGER
    )
    do(post, by=BUILDER)
    for name, may_read in (("june", False), ("mina", True)):
        holder = cast.everyone()[name]
        takes = AppointToOffice(holding=named(f"{name} guards"), office=acts.GUARDIAN, person=holder.person)
        do(takes, by=BUILDER)
        _clock()
        assert (browser_of(holder).get(f"/speak-up/{pk}").status_code == 200) == may_read
        assert browser_of(cast.sol).get(f"/speak-up/{pk}").status_code == 404  # who left reads it no longer


def _clock() -> None:
    for command in list(commands.due(clock.now())):
        do(command, by=THE_CLOCK)


def test_a_reader_who_comes_into_her_line_reads_it_no_longer(cast: Cast) -> None:
    pk = acts.spoke_up(cast, words=MARK).thing
    post = GivePost(
        link=named("sol manages"),
        organisation=cast.council,
        person=cast.sol.person,
        kind=LinkKind.MANAGER,
        team=cast.east,
    )
    do(post, by=BUILDER)
    _clock()
    assert browser_of(cast.sol).get(f"/speak-up/{pk}").status_code == 404
    assert Reader.everything.filter(note=pk, ended_on=None).count() == 0


@pytest.mark.parametrize(
    "words",
    [
        "Please tell us who you are.",
        "What is your name?",
        "Which team do you work in? Then we can help.",
        "Come forward and we will look at it.",
        "Could you ring me on 01632 960 000?",
        "We would need to know your line manager.",
    ],
)
def test_no_answer_may_ask_her_who_she_is(cast: Cast, words: str) -> None:
    pk = acts.spoke_up(cast).thing
    with pytest.raises(Refused, match="asks them to show who they are"):
        do(commands.AnswerNote(note=pk, words=words), by=cast.sol)
    do(commands.AnswerNote(note=pk, words="We looked at the round. It goes back to seven days."), by=cast.sol)
    assert NoteWord.everything.filter(note=pk).count() == 1


def test_only_somebody_with_a_live_post_at_the_front_line_speaks_up(cast: Cast) -> None:
    for name in ("ken", "june", "rosa", "devon", "boyd", "stranger"):
        with pytest.raises(NotAllowed):
            acts.spoke_up(cast, by=cast.everyone()[name])
    from alongside.topics.people.commands.posts import EndPost

    do(EndPost(link=named("priya post")), by=BUILDER)
    with pytest.raises(NotAllowed):
        acts.spoke_up(cast)


def test_a_large_team_is_named_only_where_so_many_work_that_it_is_nobody(cast: Cast) -> None:
    small = acts.spoke_up(cast).thing
    assert Note.everything.get(id=small).area is None  # three practitioners in all of the council
    acts.practitioners(cast, 2)
    large = acts.spoke_up(cast).thing
    assert Note.everything.get(id=large).area == cast.service  # five, and never East itself
    assert (
        "A practitioner in Adult social care"
        in browser_of(cast.sol).get(f"/speak-up/{large}").content.decode()
    )


def test_members_see_a_theme_once_enough_people_spoke_and_only_after_the_month(cast: Cast) -> None:
    crowd = acts.practitioners(cast, 5)
    for writer in (*crowd[:4], crowd[0]):
        acts.spoke_up(cast, by=writer, theme="cuts")
    acts.spoke_up(cast, by=crowd[4], theme="cuts", to_members=False)
    clock.advance(days=31)
    assert themes_for_members(clock.today()) == [("cuts", None)]  # five notes, but four people
    assert "Cuts to help" not in browser_of(cast.boyd).get("/councillor/").content.decode()
    acts.spoke_up(cast, by=cast.priya, theme="cuts")
    assert themes_for_members(clock.today()) == [("cuts", None)]  # this month is not over
    clock.advance(days=31)
    assert themes_for_members(clock.today()) == [("cuts", 5)]
    page = browser_of(cast.boyd).get("/councillor/").content.decode()
    assert "Cuts to help that people need" in page and MARK not in page
    told = browser_of(cast.boyd).get("/api/voice/councillor").json()
    assert told["themes"] == [{"theme": "cuts", "people": 5}] and MARK not in str(told)
    for name, actor in cast.everyone().items():
        if name != "boyd":
            assert browser_of(actor).get("/councillor/").status_code == 404
            assert browser_of(actor).get("/api/voice/councillor").status_code == 404


def test_a_late_answer_is_noted_once_told_to_those_who_answer_and_seen_by_members(cast: Cast) -> None:
    pk = acts.spoke_up(cast, words=MARK).thing
    clock.advance(days=40)
    _clock()
    assert Note.everything.get(id=pk).overdue_on == clock.today()
    assert not list(commands.due(clock.now()))
    assert set(overdue_notes(clock.today())) == {acts.GUARDIAN}
    page = browser_of(cast.boyd).get("/councillor/").content.decode()
    assert "Answers to practitioners are late at:" in page and "Guardian for speaking up" in page
    told = browser_of(cast.boyd).get("/api/voice/councillor").json()
    assert told["late_to_practitioners"] == [str(acts.GUARDIAN)] and told["themes"] == []
    told = Outbox.objects.filter(payload__what="speak_up_overdue")
    assert [row.payload["person"] for row in told] == [hexed(cast.sol)]


def test_retaliation_opens_the_answer_again_with_a_new_date(cast: Cast) -> None:
    pk = acts.spoke_up(cast).thing
    do(commands.AnswerNote(note=pk, words="Thank you."), by=cast.sol)
    clock.advance(days=3)
    do(commands.ReportRetaliation(note=pk, words="My shifts were taken."), by=knows_itself(cast.priya))
    row = Note.everything.get(id=pk)
    assert row.answered_on is None and row.harm_said_on == clock.today() and row.due_on > clock.today()
    assert "My shifts were taken." in browser_of(cast.sol).get(f"/speak-up/{pk}").content.decode()


def test_she_may_let_the_office_see_her_name_and_her_managers_still_see_nothing(cast: Cast) -> None:
    pk = acts.spoke_up(cast, is_named=True).thing
    assert "Priya Nair" in browser_of(cast.sol).get(f"/speak-up/{pk}").content.decode()
    for actor in (cast.ken, cast.june, None):
        assert browser_of(actor).get(f"/speak-up/{pk}").status_code == 404
    assert Note.everything.get(id=pk).said_by != cast.priya.person


def test_readers_are_told_the_month_and_no_order_of_time(cast: Cast) -> None:
    for _each in range(3):
        acts.spoke_up(cast)
        clock.advance(days=1)
    items = browser_of(cast.sol).get("/api/voice/speak-up").json()["items"]
    assert [one["id"] for one in items] == sorted(one["id"] for one in items)
    assert {one["month"] for one in items} == {"2026-03"}
    assert not {"said_by", "said_on", "by"} & set(items[0])


def test_an_office_reads_what_it_must_still_answer_before_what_it_has_answered(cast: Cast) -> None:
    notes = [acts.spoke_up(cast).thing for _each in range(3)]
    first = min(notes, key=str)
    do(commands.AnswerNote(note=first, words="We looked at it again."), by=cast.sol)
    page = browser_of(cast.sol).get("/speak-up/").content.decode()
    assert max(notes, key=lambda one: page.index(f"/speak-up/{one}")) == first
