"""What is said with every page to the browser, and how the reader likes to read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from alongside.interfaces.reading_preferences import COOKIE
from alongside.interfaces.reading_preferences import ReadingPreferences as Chosen

Answer = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def content_policy() -> str:
    """Nothing but our own files: no script or style written into a page, no other site, no frame."""
    forms_to = " ".join(["'self'", *getattr(settings, "FORMS_MAY_GO_TO", ())])  # a council's single sign-on
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            f"form-action {forms_to}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ]
    )


class SecurityHeaders:
    """Tells the browser to trust only our own files, tell other sites nothing and keep no copy of a page.

    A page kept by a shared telephone can be read by the next person who holds it, so every page is `no-store`
    unless it says otherwise itself. Files served by the static middleware say otherwise.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy = content_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class ReadingPreferences:
    """Puts the reader's choices on the request as `request.reading`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kept = Chosen.from_cookie(request.COOKIES.get(COOKIE, ""))
        request.reading = kept  # type: ignore[attr-defined]  # Django's request takes what middleware adds
        return self.get_response(request)
