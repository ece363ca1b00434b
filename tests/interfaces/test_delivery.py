"""Messages leave by the way that was set, once, name no topic, and say what became of them."""

import email
import email.policy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.interfaces.delivery import (
    Channel,
    Message,
    Status,
    adapter_for,
    deliver,
    limits_broken,
    neutral_notice,
)
from alongside.interfaces.delivery.folder import Folder
from alongside.interfaces.delivery.message import telephone, text_length
from alongside.interfaces.delivery.notify import STATUSES, Notify
from alongside.interfaces.delivery.smtp import MailServer
from alongside.interfaces.letter import Letter, Points, Sender, letter_pdf
from tests.interfaces.postbox import KEY, mail_server, notify_server

PDF = b"%PDF-1.7 a very small letter"
EMAIL = Message(
    Channel.EMAIL, "rosa@example.org", "You have something to read", "Hello.\n", "en", "WX-1", key="outbox-1"
)
TEXT = replace(EMAIL, channel=Channel.TEXT, to="07700 900 123", key="outbox-2")
LETTER = replace(
    EMAIL, channel=Channel.LETTER, to="Rosa Marlow\n14 Mill Lane", attachment=PDF, key="outbox-3"
)


def a_real_letter(points: int = 1) -> bytes:
    return letter_pdf(
        Letter(
            language="en",
            recipient_lines=("Rosa Marlow",),
            title="Something to read",
            reference="WX-1",
            dated=date(2026, 5, 2),
            parts=(Points(("A short point.",) * points),),
            sender=Sender("Alongside"),
        )
    )


# ---- The folder ----


def test_the_folder_keeps_each_channel_apart_and_private(tmp_path: Path) -> None:
    for message, ending in ((EMAIL, "eml"), (TEXT, "txt"), (LETTER, "pdf")):
        receipt = Folder(tmp_path).send(message)
        assert receipt.status == Status.ACCEPTED
        written = tmp_path / message.channel.value / f"{receipt.provider_reference}.{ending}"
        about = json.loads(written.with_suffix(".json").read_text())
        assert about["key"] == message.key and about["files"] == [written.name]
        for path in (written, written.with_suffix(".json")):
            assert path.stat().st_mode & 0o777 == 0o600
        assert (tmp_path / message.channel.value).stat().st_mode & 0o077 == 0
        assert sorted(path.suffix for path in written.parent.iterdir()) == sorted([".json", f".{ending}"])


def test_an_email_in_the_folder_can_be_opened_as_one(tmp_path: Path) -> None:
    receipt = Folder(tmp_path).send(
        replace(EMAIL, attachment=PDF, body="Siân, darllenwch hwn.\n", language="cy")
    )
    raw = (tmp_path / "email" / f"{receipt.provider_reference}.eml").read_bytes()
    opened = email.message_from_bytes(raw, policy=email.policy.default)
    assert opened["To"] == "rosa@example.org" and opened["Content-Language"] == "cy"
    body = opened.get_body()
    assert body is not None and body.get_content().strip() == "Siân, darllenwch hwn."
    assert [part.get_content() for part in opened.iter_attachments()] == [PDF]


def test_the_same_message_is_written_once(tmp_path: Path) -> None:
    first = Folder(tmp_path).send(LETTER)
    path = tmp_path / "letter" / f"{first.provider_reference}.pdf"
    path.write_bytes(b"printed already")
    again = Folder(tmp_path).send(LETTER)
    assert again.provider_reference == first.provider_reference and again.status == Status.ACCEPTED
    assert path.read_bytes() == b"printed already"


def test_a_message_cut_short_before_its_mark_is_written_again(tmp_path: Path) -> None:
    receipt = Folder(tmp_path).send(LETTER)
    path = tmp_path / "letter" / f"{receipt.provider_reference}.pdf"
    path.with_suffix(".json").unlink()
    path.write_bytes(b"half")
    assert Folder(tmp_path).send(LETTER).status == Status.ACCEPTED
    assert path.read_bytes() == PDF


def test_a_folder_that_cannot_be_written_fails_for_now_and_names_nobody(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    receipt = Folder(tmp_path / "outbox").send(LETTER)
    assert receipt.status == Status.FAILED_FOR_NOW
    assert ("Rosa" not in receipt.said and "ENOTDIR" in receipt.said) or "EEXIST" in receipt.said


# ---- The mail server ----


def server(port: int) -> MailServer:
    return MailServer(host="127.0.0.1", port=port, sender="alongside@wexmoor.example")


def test_an_email_reaches_the_mail_server_whole() -> None:
    with mail_server() as box:
        receipt = server(box.port).send(replace(EMAIL, body="Tŷ.\n", attachment=PDF))
    assert receipt.status == Status.ACCEPTED
    arrived = email.message_from_bytes(box.letters[0], policy=email.policy.default)
    assert arrived["To"] == "rosa@example.org" and arrived["From"] == "alongside@wexmoor.example"
    assert arrived["Message-ID"] == receipt.provider_reference
    assert arrived["Auto-Submitted"] == "auto-generated"
    body = arrived.get_body()
    assert body is not None and body.get_content().strip() == "Tŷ."
    assert [part.get_content() for part in arrived.iter_attachments()] == [PDF]


def test_a_second_attempt_bears_the_same_message_id() -> None:
    with mail_server() as box:
        box.mood = "leave"
        lost = server(box.port).send(EMAIL)
        box.mood = "good"
        again = server(box.port).send(EMAIL)
    assert (lost.status, again.status) == (Status.FAILED_FOR_NOW, Status.ACCEPTED)
    ids = {email.message_from_bytes(letter)["Message-ID"] for letter in box.letters}
    assert len(box.letters) == 2 and ids == {again.provider_reference}


@pytest.mark.parametrize(("mood", "status"), [("550", Status.FAILED), ("451", Status.FAILED_FOR_NOW)])
def test_a_refusal_is_told_by_its_number_and_holds_no_address(mood: str, status: Status) -> None:
    with mail_server() as box:
        box.mood = mood
        receipt = server(box.port).send(EMAIL)
    assert receipt.status == status
    assert receipt.said == f"The mail server said {mood}."


@pytest.mark.parametrize(("mood", "number"), [("stranger", 550), ("closed", 554)])
def test_a_server_that_takes_nothing_from_us_fails_for_now(mood: str, number: int) -> None:
    """No message is lost for good because a setting was wrong for an hour."""
    with mail_server() as box:
        box.mood = mood
        refused = server(box.port).send(EMAIL)
        box.mood = "good"
        assert server(box.port).send(EMAIL).status == Status.ACCEPTED
    assert (refused.status, refused.said) == (Status.FAILED_FOR_NOW, f"The mail server said {number}.")


def test_a_mail_server_that_is_not_there_fails_for_now() -> None:
    with mail_server() as box:
        port = box.port
    assert server(port).send(EMAIL).status == Status.FAILED_FOR_NOW


# ---- GOV.UK Notify ----


def notify(address: str) -> Notify:
    return Notify(key=KEY, address=address, email_template="template-e", text_template="template-t")


def test_notify_is_given_email_texts_and_letters() -> None:
    with notify_server() as service:
        receipts = [notify(service.address).send(each) for each in (EMAIL, TEXT)]
        receipts.append(notify(service.address).send(replace(LETTER, attachment=a_real_letter())))
    assert [receipt.status for receipt in receipts] == [Status.ACCEPTED] * 3
    by_email, by_text, by_post = service.messages
    assert [message["type"] for message in service.messages] == ["email", "sms", "letter"]
    assert by_email["email_address"] == "rosa@example.org" and by_email["template_id"] == "template-e"
    assert by_email["personalisation"] == {"subject": "You have something to read", "body": "Hello.\n"}
    assert by_text["phone_number"] == "+447700900123" and by_text["template_id"] == "template-t"
    assert by_post["content"].startswith("JVBERi0") and by_post["postage"] == "second"
    assert by_email["reference"] == EMAIL.name != by_text["reference"]


def test_a_retry_after_a_lost_answer_does_not_send_twice() -> None:
    with notify_server() as service:
        service.mood = "lost"
        first = notify(service.address).send(EMAIL)
        service.mood = "good"
        again = notify(service.address).send(EMAIL)
    assert (first.status, again.status) == (Status.FAILED_FOR_NOW, Status.ACCEPTED)
    assert [message["id"] for message in service.messages] == [again.provider_reference]


def test_what_notify_took_but_could_not_deliver_may_go_again() -> None:
    with notify_server() as service:
        first = notify(service.address).send(TEXT)
        service.messages[0]["status"] = "temporary-failure"
        again = notify(service.address).send(TEXT)
        assert again.status == Status.ACCEPTED and again.provider_reference != first.provider_reference
        service.messages[1]["status"] = "permanent-failure"
        assert notify(service.address).send(TEXT).status == Status.FAILED
    assert len(service.messages) == 2


@pytest.mark.parametrize(
    ("mood", "status", "said"),
    [
        ("400", Status.FAILED, "Notify said 400 ValidationError."),
        ("403", Status.FAILED_FOR_NOW, "Notify said 403 AuthError."),
        ("429", Status.FAILED_FOR_NOW, "Notify said 429 RateLimitError."),
        ("500", Status.FAILED_FOR_NOW, "Notify said 500 Exception."),
        ("404", Status.FAILED_FOR_NOW, "Notify said 404 NoResultFound."),
        ("trial", Status.FAILED_FOR_NOW, "Notify said 400 BadRequestError."),
        ("gate", Status.FAILED_FOR_NOW, "Notify said 502."),
        ("babble", Status.FAILED_FOR_NOW, "Notify could not be reached (BadStatusLine)."),
        ("empty", Status.FAILED_FOR_NOW, "Notify could not be reached (KeyError)."),
        ("silent", Status.FAILED_FOR_NOW, "Notify could not be reached"),
        ("elsewhere", Status.FAILED_FOR_NOW, "Notify said 302"),
    ],
)
def test_what_notify_refuses_is_sorted_into_for_now_and_for_good(
    mood: str, status: Status, said: str
) -> None:
    with notify_server() as service:
        service.mood = mood
        receipt = notify(service.address).send(EMAIL)
    assert receipt.status == status and receipt.said.startswith(said)
    assert "rosa" not in receipt.said
    assert "/v2/steal" not in service.asked


def test_a_wrong_key_is_refused_and_can_be_put_right() -> None:
    with notify_server() as service:
        wrong = replace(notify(service.address), key=KEY[:-1] + "x")
        assert wrong.send(EMAIL).said == "Notify said 403 AuthError."
        assert notify(service.address).send(EMAIL).status == Status.ACCEPTED


@pytest.mark.parametrize(("theirs", "ours"), STATUSES.items())
def test_each_of_their_words_for_what_became_of_it_has_one_of_ours(theirs: str, ours: Status) -> None:
    with notify_server() as service:
        sent = notify(service.address).send(EMAIL)
        service.messages[0]["status"] = theirs
        found = notify(service.address).status(sent.provider_reference)
        assert (found.status, found.said) == (ours, theirs)
        unknown = notify(service.address).status("../x")  # they forget after a while; that says nothing
        assert (unknown.status, unknown.provider_reference) == (Status.FAILED_FOR_NOW, "")


@pytest.mark.parametrize(
    ("message", "changes", "status"),
    [
        (EMAIL, {"key": "short"}, Status.FAILED_FOR_NOW),
        (EMAIL, {"address": "http://notify.example"}, Status.FAILED_FOR_NOW),
        (EMAIL, {"email_template": ""}, Status.FAILED_FOR_NOW),
        (TEXT, {"text_template": ""}, Status.FAILED_FOR_NOW),
        (replace(EMAIL, attachment=PDF), {}, Status.FAILED),
        (replace(LETTER, attachment=None), {}, Status.FAILED),
    ],
)
def test_what_is_not_set_up_is_said_before_anything_is_asked(
    message: Message, changes: dict[str, Any], status: Status
) -> None:
    with notify_server() as service:
        receipt = replace(notify(service.address), **changes).send(message)
    assert receipt.status == status and receipt.said and not service.asked


def test_a_letter_too_long_for_notify_is_said_to_be() -> None:
    with notify_server() as service:
        receipt = notify(service.address).send(replace(LETTER, attachment=a_real_letter(points=400)))
    assert receipt.status == Status.FAILED and "more than 10 pages" in receipt.said


# ---- Choosing the way out ----


def test_the_setting_chooses_the_way_out(settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX = tmp_path
    ways = {}
    for name in ("folder", "smtp", "notify"):
        settings.DELIVERY = name
        ways[name] = [type(adapter_for(channel)).__name__ for channel in Channel]
    assert ways == {
        "folder": ["Folder", "Folder", "Folder"],
        "smtp": ["MailServer", "Folder", "Folder"],
        "notify": ["Notify", "Notify", "Notify"],
    }
    settings.DELIVERY = "folder"
    assert deliver(TEXT).status == Status.ACCEPTED
    assert len(list((tmp_path / "text").iterdir())) == 2


@pytest.mark.parametrize(
    "broken",
    [
        replace(EMAIL, to="rosa@example.org\nBcc: ken@example.org"),
        replace(EMAIL, to="rosa@example.org, ken@example.org"),
        replace(EMAIL, to="rosa"),
        replace(EMAIL, subject="Hello\r\nBcc: ken@example.org"),
        replace(EMAIL, subject=""),
        replace(EMAIL, subject="x" * 151),
        replace(EMAIL, body="x" * 100_001),
        replace(EMAIL, attachment=b"MZ not a letter"),
        replace(EMAIL, attachment=b"%PDF-" + b"x" * 5 * 1024 * 1024),
        replace(TEXT, to="12"),
        replace(TEXT, body=""),
        replace(TEXT, body="x" * 460),
        replace(TEXT, body="ŵ" * 202),
        replace(TEXT, body="€" * 230),
        replace(TEXT, attachment=PDF),
        replace(LETTER, attachment=None, body=" "),
        replace(EMAIL, to=" "),
        replace(EMAIL, key=""),
    ],
)
def test_what_can_never_go_is_refused_before_it_leaves(
    settings: Any, tmp_path: Path, broken: Message
) -> None:
    settings.DELIVERY, settings.OUTBOX = "folder", tmp_path
    receipt = deliver(broken)
    assert receipt.status == Status.FAILED and receipt.said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("body", ["x" * 459, "ŵ" * 201, "€" * 229])
def test_a_text_may_fill_three_parts(body: str) -> None:
    assert not limits_broken(replace(TEXT, body=body))


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("07700 900 123", "+447700900123"),
        ("+44 7700-900.123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("01632 960001", "+441632960001"),
        ("999", ""),
        ("rosa", ""),
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(typed: str, number: str) -> None:
    assert telephone(typed) == number


# ---- The only words there are ----


def test_a_notice_names_no_topic_and_fits_a_text() -> None:
    notice = neutral_notice(
        language="en", link="https://alongside.example/t/8f3k2", code="K7PD-3MXR", phone="01632 960 100"
    )
    assert notice.subject == "You have something to read"
    assert "https://alongside.example/t/8f3k2" in notice.text and "K7PD-3MXR" in notice.email
    for topic in ("care", "support", "council", "social", "decision", "promise", "plan", "review", "Wexmoor"):
        assert topic not in (notice.subject + notice.email + notice.text).lower()
    assert text_length(notice.text)[0] <= 459


def test_a_safe_word_hides_our_name_and_our_address() -> None:
    notice = neutral_notice(
        language="en",
        link="https://alongside.example/t/8f3k2",
        phone="01632 960 100",
        safe_word="Garden club",
    )
    everything = notice.subject + notice.email + notice.text
    assert "Garden club" in notice.subject and "01632 960 100" in notice.text
    assert "alongside" not in everything.lower()


@given(st.text(max_size=80), st.sampled_from(["en", "cy"]))
def test_no_safe_word_can_break_the_subject_line(safe_word: str, language: str) -> None:
    notice = neutral_notice(language=language, code="K7PD-3MXR", safe_word=safe_word)
    assert "\n" not in notice.subject and "\r" not in notice.subject and len(notice.subject) <= 150
    length, most = text_length(notice.text)
    assert length <= most
