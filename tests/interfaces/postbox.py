"""Two real servers on this machine for tests: a mail server, and one that speaks as GOV.UK Notify does."""

import base64
import hashlib
import hmac
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from alongside.kernel import clock

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"wexmoor-{SERVICE}-{SECRET}"


@dataclass
class Mailbox:
    """What arrived, and how the server is to behave.

    "good", "leave" (after the words), "stranger" (it takes nothing from us), "closed" (it relays nothing),
    "silent" (it says nothing at all), or the number by which it refuses an address.
    """

    port: int = 0
    came: int = 0  # how often somebody came to it
    mood: str = "good"
    letters: list[bytes] = field(default_factory=list)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()

    class Conversation(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            box.came += 1
            if box.mood == "silent":
                self.rfile.read()  # until whoever came has had enough
                return
            self.say("220 wexmoor.test ready")
            for raw in self.rfile:
                verb = raw.decode("ascii", "replace").strip().upper()
                if verb.startswith("MAIL") and box.mood == "stranger":
                    self.say("550 5.7.1 alongside@wexmoor.example may not send here")
                elif verb.startswith("RCPT") and box.mood == "closed":
                    self.say("554 5.7.1 <rosa@example.org>: Relay access denied")
                elif verb.startswith("RCPT") and box.mood.isdigit():
                    self.say(f"{box.mood} rosa@example.org is not known here")
                elif verb == "DATA":
                    self.say("354 go on")
                    box.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    if box.mood == "leave":
                        return
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation)
    with _running(server):
        box.port = server.server_address[1]
        yield box


@dataclass
class NotifyService:
    """What Notify holds, and how it is to behave: "good", "lost", a number, or one of ODD."""

    address: str = ""
    mood: str = "good"
    messages: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


ERRORS = {
    400: ("ValidationError", "email_address rosa@example.org is not valid"),
    403: ("AuthError", "Invalid token: API key not found"),
    429: ("RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
    404: ("NoResultFound", "No result found"),
    500: ("Exception", "Internal server error"),
}
ODD = ("silent", "elsewhere", "trial", "babble", "gate", "empty")  # each is said where it is answered
ON_TRIAL = "Can't send to this recipient when service is in trial mode"


@contextmanager
def notify_server() -> Iterator[NotifyService]:
    service = NotifyService()

    class Answers(BaseHTTPRequestHandler):
        def answer(self, number: int, content: object) -> None:
            body = json.dumps(content).encode()
            self.send_response(number)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def refuse(self, number: int) -> None:
            error, message = ERRORS[number]
            self.answer(number, {"status_code": number, "errors": [{"error": error, "message": message}]})

        def do_GET(self) -> None:
            service.asked.append(self.path)
            parts = urlsplit(self.path)
            if not token_is_good(self.headers["Authorization"]):
                self.refuse(403)
            elif parts.path == "/v2/notifications":
                wanted = parse_qs(parts.query)["reference"][0]
                found = [message for message in service.messages if message["reference"] == wanted]
                self.answer(200, {"notifications": found, "links": {"current": self.path}})
            else:
                known = {message["id"]: message for message in service.messages}
                last = parts.path.rpartition("/")[2]
                self.answer(200, known[last]) if last in known else self.refuse(404)

        def do_POST(self) -> None:
            service.asked.append(self.path)
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not token_is_good(self.headers["Authorization"]):
                self.refuse(403)
            elif service.mood.isdigit():
                self.refuse(int(service.mood))
            elif service.mood == "elsewhere":
                self.send_response(302)
                self.send_header("Location", "/v2/steal")
                self.end_headers()
            elif service.mood == "trial":
                self.answer(400, {"errors": [{"error": "BadRequestError", "message": ON_TRIAL}]})
            elif service.mood == "babble":
                self.wfile.write(b"This is no answer of a web server.\r\n")
            elif service.mood == "gate":
                self.send_error(502)
            elif service.mood == "empty":
                self.answer(201, {})
            elif service.mood == "silent":
                self.close_connection = True
            else:
                self.take(content)

        def take(self, content: dict[str, Any]) -> None:
            message = {
                **content,
                "id": str(uuid4()),
                "status": "created",
                "type": self.path.rpartition("/")[2],
            }
            service.messages.append(message)
            if service.mood == "lost":
                self.close_connection = True
            else:
                self.answer(201, {"id": message["id"], "reference": content["reference"]})

        def log_message(self, *_: object) -> None:
            """Say nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    with _running(server):
        service.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield service


def token_is_good(header: str) -> bool:
    """As Notify checks it: HS256 over the service's secret, made within 30 seconds of now."""
    head, body, signature = header.removeprefix("Bearer ").split(".")
    expected = hmac.new(SECRET.encode(), f"{head}.{body}".encode(), hashlib.sha256).digest()
    claims = json.loads(unpacked(body))
    return (
        hmac.compare_digest(unpacked(signature), expected)
        and json.loads(unpacked(head)) == {"alg": "HS256", "typ": "JWT"}
        and claims["iss"] == SERVICE
        and abs(claims["iat"] - clock.now().timestamp()) < 30
    )


def unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@contextmanager
def _running(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
