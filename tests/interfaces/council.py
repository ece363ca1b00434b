"""A council's single sign-on, small but real: it speaks OpenID Connect over a socket."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "alongside", "a secret between the council and us"


class Council(ThreadingHTTPServer):
    """Whoever comes to it is signed in at once, as `subject`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.subject = "nobody"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, str] = {}

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def id_token(self, subject: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + 300}
        signed = ".".join(_b64(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "1"}, claims))
        return f"{signed}.{_b64(self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def public_key(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        parts = {"n": numbers.n, "e": numbers.e}
        told = {name: _b64(number.to_bytes((number.bit_length() + 7) // 8)) for name, number in parts.items()}
        return {"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig", **told}


class Answers(BaseHTTPRequestHandler):
    """The four addresses of the protocol."""

    server: Council

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        council = self.server
        if asked.path == "/.well-known/openid-configuration":
            places = ("authorization", "token", "userinfo")
            told: dict[str, Any] = {f"{place}_endpoint": f"{council.issuer}/{place}" for place in places}
            self._say({**told, "issuer": council.issuer, "jwks_uri": f"{council.issuer}/keys"})
        elif asked.path == "/keys":
            self._say({"keys": [council.public_key()]})
        elif asked.path == "/authorization":
            code = secrets.token_urlsafe(12)
            council.codes[code] = {**query, "subject": council.subject}
            back = urlencode({"code": code, "state": query["state"]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.end_headers()
        elif asked.path == "/userinfo":
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._say({"sub": council.tokens[token]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        council = self.server
        asked = council.codes.pop(sent.get("code", ""), None)
        challenge = _b64(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if asked is None or asked["code_challenge"] != challenge or sent.get("client_secret") != SECRET:
            self._say({"error": "invalid_grant"}, status=400)
            return
        token = secrets.token_urlsafe(12)
        council.tokens[token] = asked["subject"]
        self._say(
            {"access_token": token, "token_type": "Bearer", "id_token": council.id_token(asked["subject"])}
        )

    def _say(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """A test's own output is enough."""


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@contextmanager
def council() -> Iterator[Council]:
    """The sign-on, running for as long as the block."""
    server = Council()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
