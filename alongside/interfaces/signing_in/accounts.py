"""Between our people and the sign-in package: accounts with no name, email or password in them.

The account's name is the person's number. The package keeps passkeys with it and nothing else; who has which
email is known to the people topic alone.
"""

import logging
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from alongside.interfaces.delivery import Channel, Message, Status, deliver
from alongside.interfaces.page import render
from alongside.interfaces.signing_in.one_tap import one_tap_link
from alongside.interfaces.who import ONLY, PERSON, STRONG, WAY, sign_in_as
from alongside.interfaces.wired import person_for_email, person_for_oidc, set_up_by
from alongside.kernel import chance

log = logging.getLogger(__name__)
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def account_of(person: UUID) -> User:
    """The account of a person, made when there is none."""
    found, is_new = User.objects.get_or_create(username=person.hex)
    if is_new:
        found.set_unusable_password()
        found.save(update_fields=["password"])
    return found


def forget_account(person: UUID) -> None:
    """Remove a person's account with its passkeys, and sign them out everywhere: after they were erased."""
    User.objects.filter(username=person.hex).delete()
    for session in Session.objects.iterator():
        if session.get_decoded().get(PERSON) == str(person):
            session.delete()


def arrive(request: HttpRequest, person: UUID, *, strong: bool = False, after: str = "") -> HttpResponseBase:
    """Sign a person in, who has shown who they are, and lead them on."""
    adapter = Accounts(request)
    adapter.login(request, account_of(person))
    if strong:
        sign_in_as(request, person, strong=True)
    return HttpResponseRedirect(after or settings.LOGIN_REDIRECT_URL)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """How the sign-in package treats accounts here."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account alone: a person is known here first, or comes with a code."""
        return False

    def get_login_stages(self) -> list[str]:
        """A code is enough: nobody needs a second device. Deciding on others asks for a passkey by itself."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def login(self, request: HttpRequest, user: Any) -> None:
        for name in (PERSON, STRONG, ONLY, WAY):
            request.session.pop(name, None)
        if not hasattr(user, "backend"):
            user.backend = BACKEND
        super().login(request, user)
        request.session.set_expiry(None)
        person = UUID(hex=user.username)
        sign_in_as(request, person, typed_by=set_up_by(person))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        person = person_for_email(email) if template_prefix.endswith("login_code") else None
        if person is not None:
            context = {**context, "link": one_tap_link(person)}
        made = self.render_mail(template_prefix, email, context)
        receipt = deliver(
            Message(
                channel=Channel.EMAIL,
                to=email,
                subject=made.subject,
                body=made.body,
                language=get_language() or "en",
                reference="",
                key=chance.mint().hex,
            )
        )
        if receipt.status is not Status.ACCEPTED:
            log.error("an email for signing in did not leave: %s", receipt.said)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """To show again that it is you: sign in anew, in any of the ways."""
        return [{"id": "reauthenticate", "description": "", "url": reverse("account_reauthenticate")}]


class CouncilAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the package has no types
    """The council's single sign-on opens the account of a person who is known by it, and makes no other."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        told = sociallogin.account.extra_data
        issuer = str(told.get("id_token", told).get("iss") or settings.OIDC_URL).rstrip("/")
        person = person_for_oidc(issuer, str(sociallogin.account.uid))
        if person is None:
            its = {"issuer": issuer, "name": str(sociallogin.account.uid)}
            answer = render(request, "account/council_not_known.html", its, status=403)
            answer.render()  # type: ignore[attr-defined]  # the package answers with it as it is
            raise ImmediateHttpResponse(answer)
        after = sociallogin.get_redirect_url(request) or ""
        raise ImmediateHttpResponse(arrive(request, person, strong=True, after=after))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
