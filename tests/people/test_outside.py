"""What is sent outside says nothing that could hurt: a calendar, and word to a program."""

import base64
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client, override_settings

from alongside.interfaces import hooks
from alongside.interfaces.calendar import token_of
from alongside.interfaces.leaving import Work, send_waiting
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.decisions.commands import CorrectSize, RaiseAboutPlace, SayWhichPeople, TakeUp
from alongside.topics.decisions.models import Affected
from alongside.topics.people.commands.outside import AskForCalendar, EndCalendar, SetHook, StopHook
from alongside.topics.people.models import Calendar, Hook
from tests.decisions.acts import raised, sent
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised
from tests.world import Cast

pytestmark = pytest.mark.django_db
ANYBODY = Client(HTTP_HOST="localhost")


def feed(calendar: UUID, status: int = 200) -> str:
    answer: Any = ANYBODY.get(f"/calendar/{token_of(calendar)}.ics")
    assert answer.status_code == status
    return str(answer.content.decode())


# The calendar -------------------------------------------------------------------------------------


def test_it_is_off_until_asked_for_and_then_says_only_appointment(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        promised(cast, to=cast.rosa, what="Mend the ramp.", due_on=date(2026, 5, 1))
        sent(raised(cast.ken, cast.rosa), cast.ken)
        assert not Calendar.everything.exists()
        calendar = _on(cast)
        text = feed(calendar)
    days = re.findall(r"DTSTART;VALUE=DATE:(\d+)", text)
    assert "20260501" in days
    assert set(re.findall(r"SUMMARY:(.*)\r\n", text)) == {"Appointment"}
    for word in (
        "ramp",
        "Rosa",
        "Ken",
        "help",
        "http",
        "decision",
        "promise",
        "DESCRIPTION",
        "LOCATION",
        "URL",
    ):
        assert word not in text, word
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75  # RFC 5545, 3.1


def _on(cast: Cast) -> UUID:
    do(AskForCalendar(person=cast.rosa.person), by=cast.rosa)
    found: UUID = Calendar.everything.get(person=cast.rosa.person, ended_at=None).id
    return found


def test_turned_off_its_address_is_as_if_it_had_never_been(cast: Cast) -> None:
    calendar = _on(cast)
    empty = feed(calendar)  # RFC 5545, 3.4: one part at least, also where there is no day
    assert "BEGIN:VCALENDAR" in empty and "BEGIN:VEVENT" not in empty and "END:VTIMEZONE" in empty
    do(EndCalendar(calendar=calendar), by=cast.rosa)
    feed(calendar, 404)
    again = _on(cast)
    assert token_of(again) != token_of(calendar)
    assert "BEGIN:VCALENDAR" in feed(again)


@pytest.mark.parametrize("other", ["devon", "priya", "ken", "victor", "stranger"])
def test_nobody_else_turns_it_on_or_learns_that_it_is_on(cast: Cast, other: str) -> None:
    actor = cast.everyone()[other]
    with pytest.raises((NotAllowed, Missing)):
        do(AskForCalendar(person=cast.rosa.person), by=actor)
    calendar = _on(cast)
    assert not Calendar.objects.seen_by(actor).exists()
    with pytest.raises((NotAllowed, Missing)):
        do(EndCalendar(calendar=calendar), by=actor)
    assert browser_of(actor).get(f"/me/calendar/{cast.rosa.person}").status_code == 404


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "0" * 32 + "-" + "0" * 40])
def test_a_guess_opens_nothing(cast: Cast, token: str) -> None:
    _on(cast)
    assert ANYBODY.get(f"/calendar/{token}.ics").status_code == 404


def test_its_page_warns_first_and_shows_the_address_only_while_it_is_on(cast: Cast) -> None:
    before = browser_of(cast.rosa).get("/me/calendar").content.decode()
    assert "Does someone else look at your phone" in before and ".ics" not in before
    calendar = _on(cast)
    assert token_of(calendar) in browser_of(cast.rosa).get("/me/calendar").content.decode()


# Word to a program --------------------------------------------------------------------------------


class Program(ThreadingHTTPServer):
    """A body's program: it keeps what it was sent, and answers as it is told to."""

    daemon_threads = True
    answer = 204

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.taken: list[tuple[dict[str, str], bytes]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/word"


class Taking(BaseHTTPRequestHandler):
    server: Program

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.answer)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Tests are quiet."""


@contextmanager
def running() -> Iterator[Program]:
    program = Program()
    threading.Thread(target=program.serve_forever, daemon=True).start()
    try:
        with override_settings(HOOK_HOSTS=f"127.0.0.1:{program.server_address[1]}"):
            yield program
    finally:
        program.shutdown()
        program.server_close()


def _hooked(cast: Cast, address: str) -> Hook:
    do(SetHook(organisation=cast.council, address=address), by=cast.june)
    found: Hook = Hook.everything.get(address=address)
    return found


def _lift(cast: Cast) -> UUID:
    raising = RaiseAboutPlace(organisation=cast.council, what="Mend the lift", change="start")
    return do(raising, by=cast.ana).thing


def test_a_program_is_told_which_place_changed_signed_and_without_words(cast: Cast) -> None:
    with running() as program:
        hook = _hooked(cast, program.address)
        decision = _lift(cast)
        send_waiting(Work())
        [(headers, body)] = program.taken
    told = json.loads(body)
    assert (told["type"], told["data"]["id"]) == ("decisions.place_raised", str(decision))
    assert b"lift" not in body and str(cast.ana.person).encode() not in body
    secret = base64.b64decode(hooks.shown_secret(hook.id).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"


def test_a_program_is_told_that_a_number_of_people_was_corrected(cast: Cast) -> None:
    with running() as program:
        _hooked(cast, program.address)
        lift = _lift(cast)
        do(TakeUp(decision=lift), by=cast.june)
        do(SayWhichPeople(decision=lift, group="Everyone on the stairs", size=40), by=cast.june)
        group = Affected.everything.get(decision=lift)
        do(CorrectSize(decision=lift, group=group.id, size=44, words="We counted again."), by=cast.june)
    told = [row.payload["event"] for row in Outbox.objects.filter(kind="webhook").order_by("made_at", "id")]
    assert told[-1] == "decisions.group_size_corrected"


def test_a_life_is_never_told_to_a_program(cast: Cast) -> None:
    with running() as program:
        _hooked(cast, program.address)
        raised(cast.ken, cast.rosa)
        promised(cast, to=cast.rosa, what="Mend the ramp.", due_on=date(2027, 5, 1))
        assert not Outbox.objects.filter(kind="webhook").exists()


@pytest.mark.parametrize(
    ("answer", "state"), [(500, "waiting"), (302, "failed"), (410, "failed"), (404, "waiting")]
)
def test_what_did_not_arrive_is_sent_again_or_given_up(cast: Cast, answer: int, state: str) -> None:
    with running() as program:
        program.answer = answer
        _hooked(cast, program.address)
        _lift(cast)
        send_waiting(Work())
        assert len(program.taken) == 1
    row = Outbox.objects.get(kind="webhook")
    assert row.state == state and str(answer) in row.said


def test_what_is_sent_again_says_when_it_changed_and_not_when_it_was_sent(cast: Cast) -> None:
    """The same word under the same number: a program that was away finds out when it happened."""
    with running() as program, clock.at("2026-03-02"):
        program.answer = 500
        _hooked(cast, program.address)
        _lift(cast)
        send_waiting(Work())
        program.answer = 200
        clock.advance(hours=9)
        send_waiting(Work())
        (first, sent), (again, sent_again) = program.taken
    assert first["webhook-id"] == again["webhook-id"] and sent == sent_again
    assert int(again["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 9 * 3600
    assert Outbox.objects.get(kind="webhook").state == "sent"


def test_a_program_that_was_stopped_is_told_nothing_more(cast: Cast) -> None:
    with running() as program:
        hook = _hooked(cast, program.address)
        do(StopHook(hook=hook.id), by=cast.june)
        _lift(cast)
        send_waiting(Work())
        assert program.taken == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://localhost:9/", "https://[::1]:9/"]
)
def test_an_address_inside_this_network_is_not_knocked_at(cast: Cast, address: str) -> None:
    with override_settings(HOOK_HOSTS="127.0.0.1,localhost,::1"):  # it was allowed once, and is no longer
        _hooked(cast, address)
    _lift(cast)
    send_waiting(Work())
    row = Outbox.objects.get(kind="webhook")
    assert row.state == "failed" and ("inside this network" in row.said or "https://" in row.said)


@pytest.mark.parametrize(
    "address", ["", "here", "ftp://a.example/", "https://u:p@a.example/", "https://a b/"]
)
def test_what_is_no_web_address_is_refused_with_an_example(cast: Cast, address: str) -> None:
    with pytest.raises(Refused, match="such as https://"):
        do(SetHook(organisation=cast.council, address=address), by=cast.june)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://program.example/word", "must begin with https://"),
        ("https://10.0.0.1/word", "inside this network"),
        ("https://169.254.169.254/latest", "inside this network"),
        ("https://[::1]/word", "inside this network"),
        ("https://localhost/word", "inside this network"),
        ("https://wiki.internal/word", "inside this network"),
    ],
)
def test_what_would_never_be_sent_is_refused_when_it_is_asked_for(
    cast: Cast, address: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        do(SetHook(organisation=cast.council, address=address), by=cast.june)
    with override_settings(HOOK_HOSTS=urlsplit(address).hostname):
        _hooked(cast, address)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://:secret@program.example/", "Leave out the name and password"),
        ("https://@program.example/", "Leave out the name and password"),
        ("https://program.example/word#part", "Leave out “#”"),
        ("https://program.example:0/", "such as https://"),
        ("https://program.example:99999/", "such as https://"),
        ("https://program.example:/", "such as https://"),
        ("https://-program.example/", "such as https://"),
        ("https://program..example/", "such as https://"),
        ("https://" + "a" * 64 + ".example/", "such as https://"),
        ("https://program.example/a\tb", "such as https://"),
        ("https://program.example\\@10.0.0.1/", "Leave out|such as https://"),
        ("https://program.example/<word>", "such as https://"),
        ("https://program.example/%zz", "such as https://"),
        ("https://127.1/", "such as https://"),
        ("https://2130706433/", "such as https://"),
        ("https://0x7f000001/", "such as https://"),
        ("https://program/word", "the whole name"),
        ("https://program.invalid/word", "inside this network"),
        ("https://printer.home.arpa/word", "inside this network"),
    ],
)
def test_an_address_that_nothing_can_be_delivered_to_is_refused_with_what_to_do(
    cast: Cast, address: str, said: str
) -> None:
    """It was taken, and each word to it failed later, where nobody looked."""
    with pytest.raises(Refused, match=said):
        do(SetHook(organisation=cast.council, address=address), by=cast.june)


@pytest.mark.parametrize(
    "address",
    [
        "https://program.example:8443/word?token=a%20b&to=1",
        "https://xn--bcher-kva.example./",
        "https://8.8.8.8/word",
        "HTTPS://Program.Example/~word",
    ],
)
def test_what_can_be_delivered_to_is_taken(cast: Cast, address: str) -> None:
    assert _hooked(cast, address).address == address


def test_whoever_manages_the_body_learns_on_their_own_page_that_its_program_is_not_reached(
    cast: Cast,
) -> None:
    """It failed for weeks, and stood on a page that nobody had a reason to open."""
    with running() as program, clock.at("2026-03-02"):
        program.answer = 500
        _hooked(cast, program.address)
        _lift(cast)
        for tries in range(3):
            shown = browser_of(cast.june).get("/").content.decode()
            assert "A program is not reached" not in shown, tries
            send_waiting(Work())
            clock.advance(hours=1)
        shown = browser_of(cast.june).get("/").content.decode()
        where = f"/organisations/{cast.council}/programs"
        assert "A program is not reached" in shown and f'href="{where}"' in shown
        panel = shown.partition('id="silent"')[2].partition("</section>")[0]
        assert panel.count("<a ") == 1 and "lift" not in panel and "127.0.0.1" not in panel
        assert "This program is not reached." in browser_of(cast.june).get(where).content.decode()
        for actor in (cast.priya, cast.rosa, cast.ana):
            assert "A program is not reached" not in browser_of(actor).get("/").content.decode()
        program.answer = 200
        clock.advance(hours=9)
        send_waiting(Work())
        assert "A program is not reached" not in browser_of(cast.june).get("/").content.decode()


def test_a_word_that_was_given_up_counts_until_a_later_one_arrives(cast: Cast) -> None:
    with running() as program, clock.at("2026-03-02"):
        program.answer = 410
        _hooked(cast, program.address)
        _lift(cast)
        send_waiting(Work())
        assert "A program is not reached" in browser_of(cast.june).get("/").content.decode()
        program.answer = 200
        clock.advance(hours=1)
        _lift(cast)
        send_waiting(Work())
        assert "A program is not reached" not in browser_of(cast.june).get("/").content.decode()


def test_only_those_who_manage_the_body_see_its_programs(cast: Cast) -> None:
    _hooked(cast, "https://program.example/word")
    address = f"/organisations/{cast.council}/programs"
    assert "whsec_" in browser_of(cast.june).get(address).content.decode()
    for actor in (cast.priya, cast.ana, cast.boyd, None):
        assert browser_of(actor).get(address).status_code == 404
    with pytest.raises((NotAllowed, Missing)):
        do(SetHook(organisation=cast.council, address="https://b.example/"), by=cast.priya)


def test_the_page_says_why_word_did_not_arrive(cast: Cast) -> None:
    """“1 failed”, it said, and nothing about what to mend."""
    with running() as program:
        program.answer = 410
        _hooked(cast, program.address)
        _lift(cast)
        send_waiting(Work())
    shown = browser_of(cast.june).get(f"/organisations/{cast.council}/programs").content.decode()
    text = " ".join(shown.split())
    assert "Why the last one did not arrive: The program answered 410." in text
    assert "In the last month 0 arrived, 1 failed, and 0 not sent yet." in text


def test_where_nothing_listens_the_page_says_so_in_words_and_it_is_sent_again(cast: Cast) -> None:
    with running() as program:
        address = program.address
    with override_settings(HOOK_HOSTS=address.split("/")[2]):
        _hooked(cast, address)
        _lift(cast)
        send_waiting(Work())
    row = Outbox.objects.get(kind="webhook")
    assert row.state == "waiting"
    assert row.said == "The program could not be reached: nothing listens at its address. Is it running?"
