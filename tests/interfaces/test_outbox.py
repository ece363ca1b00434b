"""What leaves the house: by the safe way or not at all, once, in words that name no topic."""

import email
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection

from alongside.interfaces.leaving import MOST_TRIES, Work, do_what_is_due, send_waiting
from alongside.interfaces.signing_in.accounts import account_of
from alongside.interfaces.verbs import work as verb
from alongside.kernel import chance, clock, door, reading
from alongside.kernel.door import do
from alongside.kernel.keyring import keyring
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from tests.interfaces import outbox_wiring
from tests.interfaces.postbox import KEY, NotifyService, mail_server, notify_server
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Plant as PlantRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wired(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.ALONGSIDE_WIRING = "tests.interfaces.outbox_wiring"
    settings.OUTBOX = tmp_path / "outbox"
    door.wiring.cache_clear()
    outbox_wiring.SAFE.clear()
    outbox_wiring.BECAME.clear()
    yield
    door.wiring.cache_clear()


@pytest.fixture
def reachable() -> Actor:
    person = Actor(person=uuid4())
    assert person.person
    outbox_wiring.SAFE[person.person] = "rosa@example.org"
    return person


def sent(settings: Any) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(Path(settings.OUTBOX).rglob("*.json"))]


def one_round() -> Work:
    work = Work()
    send_waiting(work)
    return work


def test_a_notice_goes_by_the_safe_way_once(reachable: Actor, settings: Any) -> None:
    do(Plant(note="about the ramp"), by=reachable)
    assert one_round() == Work(sent=1)
    assert one_round() == Work()
    [message] = sent(settings)
    assert message["to"] == "rosa@example.org" and message["key"]
    assert "ramp" not in json.dumps(message)
    assert outbox_wiring.BECAME == [("sent", "email")]


def test_somebody_with_no_safe_way_is_sent_nothing(settings: Any) -> None:
    do(Plant(note="a pear"), by=Actor(person=uuid4()))
    assert one_round() == Work(held=1)
    assert not sent(settings)
    assert Outbox.objects.get().said.startswith("They have no safe way")


def test_what_was_refused_leaves_nothing_behind(reachable: Actor) -> None:
    with pytest.raises(Exception, match="could not find"):
        do(Plant(note="a pear", bed=uuid4()), by=reachable)
    assert not Outbox.objects.exists()


def test_a_failure_is_tried_again_later_and_not_for_ever(reachable: Actor, settings: Any) -> None:
    blocked = Path(settings.OUTBOX)
    blocked.write_text("a file where the folder should be")
    do(Plant(note="a pear"), by=reachable)
    assert one_round() == Work(later=1)
    assert one_round() == Work(), "not again at once"
    row = Outbox.objects.get()
    assert row.tries == 1 and row.next_at > clock.now() and "rosa" not in row.said
    tries = 1
    with clock.at(clock.now()):
        while Outbox.objects.get().state == "waiting":
            clock.advance(hours=7)
            one_round()
            tries += 1
    assert tries == MOST_TRIES
    assert outbox_wiring.BECAME == [("failed", "email")]
    kinds = [line.recorded.kind for line in reading.history(PlantRow.everything.get().pk)]
    assert kinds == ["toy.planted", "toy.waved"], "a worker is asked to act when a message on a clock fails"


def test_a_failed_message_goes_when_the_way_is_mended(reachable: Actor, settings: Any) -> None:
    blocked = Path(settings.OUTBOX)
    blocked.write_text("a file where the folder should be")
    do(Plant(note="a pear"), by=reachable)
    one_round()
    blocked.unlink()
    with clock.at(clock.now() + timedelta(hours=1)):
        assert one_round() == Work(sent=1)
    assert len(sent(settings)) == 1


def test_a_silent_mail_server_is_waited_for_once_a_round_and_nothing_is_lost_or_sent_twice(
    reachable: Actor, settings: Any
) -> None:
    """Each waiting email held the only worker for twenty seconds: letters and keys waited behind hundreds."""
    settings.DELIVERY, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "smtp", "127.0.0.1", 0.3
    with mail_server() as box, clock.at(clock.now()):
        settings.EMAIL_PORT, box.mood = box.port, "silent"
        for note in ("a pear", "a plum", "a fig"):
            do(Plant(note=note), by=reachable)
        assert one_round() == Work(later=3)
        assert box.came == 1, "the others did not ask again"
        waiting = list(Outbox.objects.filter(kind="tell").order_by("next_at"))
        assert [row.tries for row in waiting] == [0, 0, 1], "to wait is no failed try"
        assert "did not answer" in waiting[0].said and "rosa" not in waiting[0].said
        assert one_round() == Work(), "not again in the same round"
        clock.advance(minutes=1)
        assert one_round() == Work(later=2) and box.came == 2  # the first waits longer, having been tried
        box.mood = "good"
        clock.advance(hours=1)
        assert one_round() == Work(sent=3)
    assert len(box.letters) == 3
    assert len({email.message_from_bytes(letter)["Message-ID"] for letter in box.letters}) == 3


def test_what_leaves_another_way_does_not_wait_for_a_silent_one(reachable: Actor, settings: Any) -> None:
    settings.DELIVERY, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "smtp", "127.0.0.1", 0.3
    with mail_server() as box:
        settings.EMAIL_PORT, box.mood = box.port, "silent"
        do(Plant(note="a pear"), by=reachable)
        _put("destroy_keys", owner=uuid4().hex)
        assert one_round() == Work(later=1, sent=1)


@pytest.fixture
def notified(settings: Any) -> Iterator[NotifyService]:
    """A GOV.UK Notify of our own, through which everything leaves."""
    with notify_server() as service:
        settings.DELIVERY, settings.NOTIFY_KEY, settings.NOTIFY_URL = "notify", KEY, service.address
        settings.NOTIFY_EMAIL_TEMPLATE = settings.NOTIFY_TEXT_TEMPLATE = "a template"
        yield service


@pytest.mark.parametrize("fate", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_what_was_taken_and_came_back_is_said_to_the_record(
    reachable: Actor, notified: NotifyService, fate: str
) -> None:
    do(Plant(note="a pear"), by=reachable)
    assert one_round() == Work(sent=1)
    began = clock.now()
    with clock.at(began + timedelta(hours=2)):
        assert one_round() == Work() and len(notified.messages) == 1, "it is on its way still"
        notified.messages[0]["status"] = fate
        clock.advance(hours=3)
        assert one_round() == Work(failed=1)
        clock.advance(hours=9)
        assert one_round() == Work(), "it is said once"
    assert outbox_wiring.BECAME == [("sent", "email"), ("failed", "email")]
    assert Outbox.objects.get(kind="tell").state == "failed" and len(notified.messages) == 1
    kinds = [line.recorded.kind for line in reading.history(PlantRow.everything.get().pk)]
    assert kinds == ["toy.planted", "toy.waved"], "a worker is asked to act"


@pytest.mark.parametrize("fate", ["delivered", "sending"])
def test_what_arrived_and_what_nobody_knows_more_of_is_asked_about_no_longer(
    reachable: Actor, notified: NotifyService, fate: str
) -> None:
    do(Plant(note="a pear"), by=reachable)
    one_round()
    notified.messages[0]["status"] = fate
    with clock.at(clock.now()):
        for _day in range(7):
            clock.advance(hours=24)
            assert one_round() == Work()
        asked = len(notified.asked)
        clock.advance(hours=24)
        one_round()
    assert len(notified.asked) == asked and {row.state for row in Outbox.objects.all()} == {"sent"}
    assert outbox_wiring.BECAME == [("sent", "email")]


def test_a_worker_that_died_leaves_its_row_to_the_next_which_sends_it_once(
    reachable: Actor, settings: Any
) -> None:
    do(Plant(note="a pear"), by=reachable)
    one_round()
    Outbox.objects.update(state="waiting", next_at=clock.now())  # it died before it could say "sent"
    assert one_round() == Work(sent=1)
    assert len(sent(settings)) == 1, "the same key is the same message"


def test_a_broken_row_keeps_no_other_in_the_house(reachable: Actor) -> None:
    Outbox.objects.create(
        id=chance.mint(),
        entry=chance.mint(),
        kind="tell",
        payload={"nobody": 1},
        next_at=clock.now() - timedelta(days=1),
        made_at=clock.now(),
    )
    do(Plant(note="a pear"), by=reachable)
    assert one_round() == Work(sent=1, later=1)


def test_destroying_keys_makes_the_words_unreadable_and_signs_the_person_out(reachable: Actor) -> None:
    assert reachable.person
    do(Plant(note="a damson"), by=reachable)
    account_of(reachable.person)
    _put("destroy_keys", owner=reachable.person.hex, purpose="")
    assert one_round().sent == 2
    assert keyring().ids_of(reachable.person) == []
    assert str(PlantRow.objects.seen_by(reachable).get().note) == "These words were removed."
    assert not User.objects.filter(username=reachable.person.hex).exists()
    assert one_round() == Work()


def test_one_note_is_taken_out_and_the_others_stay_readable(reachable: Actor) -> None:
    assert reachable.person
    misfiled, other = (do(Plant(note=note), by=reachable) for note in ("somebody else's", "mine"))
    _put("take_out_note", owner=reachable.person.hex, purpose="record", entry=misfiled.entry.hex)
    one_round()
    notes = {row.pk: str(row.note) for row in PlantRow.objects.seen_by(reachable)}
    assert notes == {misfiled.thing: "These words were removed.", other.thing: "mine"}


def test_the_clock_does_what_has_come_due(reachable: Actor) -> None:
    plant = do(Plant(note="a pear"), by=reachable).thing
    work = Work()
    do_what_is_due(work)
    assert work.acts == 1
    assert [line.recorded.kind for line in reading.history(plant)] == ["toy.planted", "toy.waved"]


def test_the_verb_says_what_one_round_did(reachable: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    import argparse

    do(Plant(note="a pear"), by=reachable)
    assert verb.run(argparse.Namespace(once=True, every=1)) == 0
    assert capsys.readouterr().out == (
        "1 done by the clock, 1 sent, 0 to be tried again, 0 held, 0 failed.\n"
    )


def test_nothing_leaves_with_an_address_that_nobody_set(
    reachable: Actor, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    once = argparse.Namespace(once=True, every=1)
    do(Plant(note="a pear"), by=reachable)
    settings.HOME, settings.BASE_URL_FROM = tmp_path, "guessed"
    with clock.at(clock.now()):
        assert verb.run(once) == 0
        said = capsys.readouterr().out
        assert "1 done by the clock, 0 sent, 1 to be tried again" in said
        assert "Nothing that tells people was sent. Nobody has said at which address" in said
        assert "Set ALONGSIDE_BASE_URL." in said and not sent(settings)
        clock.advance(minutes=16)
        settings.BASE_URL_FROM, settings.DELIVERY = "served", "smtp"
        verb.run(once)
        assert "which opens on this machine alone" in capsys.readouterr().out
        clock.advance(minutes=16)
        settings.BASE_URL_FROM, settings.DELIVERY = "served", "folder"  # it is read on the same machine
        verb.run(once)
    assert ", 1 sent, 0 to be tried again" in capsys.readouterr().out and len(sent(settings)) == 1
    assert Outbox.objects.get(kind="tell").tries == 1, "to wait for an address is no failed try"


def test_two_workers_at_once_send_each_message_once(committed: None, reachable: Actor, settings: Any) -> None:
    for number in range(12):
        do(Plant(note=f"plant {number}"), by=reachable)
    works = [Work(), Work()]

    def worker(work: Work) -> None:
        send_waiting(work)
        connection.close()

    threads = [threading.Thread(target=worker, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(work.sent for work in works) == 12
    assert len(sent(settings)) == 12
    assert set(Outbox.objects.values_list("tries", flat=True)) == {1}


def _put(kind: str, **payload: Any) -> UUID:
    row = Outbox.objects.create(
        id=chance.mint(),
        entry=chance.mint(),
        kind=kind,
        payload=payload,
        next_at=clock.now(),
        made_at=clock.now(),
    )
    return row.id
