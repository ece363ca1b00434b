"""Signing in: an emailed code, a one-tap link, a passkey, the council's sign-on, a code from a letter."""

from django.urls import URLPattern, URLResolver, include, path


def urls() -> list[URLPattern | URLResolver]:
    """Every address of signing in. Of the sign-in package's pages, only those we use."""
    from allauth.account.views import confirm_login_code
    from allauth.socialaccount.views import login_cancelled, login_error

    from alongside.interfaces.signing_in import emailed_code, letter_code, passkey
    from alongside.interfaces.signing_in.easily import easily

    return [
        path("sign-in/", emailed_code.sign_in_page, name="account_login"),
        path("sign-in/email/", emailed_code.sign_in_page, name="account_request_login_code"),
        path("sign-in/code/", easily(confirm_login_code), name="account_confirm_login_code"),
        path("sign-in/link/<str:token>/", emailed_code.one_tap_page, name="one_tap"),
        path("sign-in/again/", emailed_code.sign_in_again_page, name="account_reauthenticate"),
        path("sign-in/new/", emailed_code.not_been_here_page, name="account_signup"),
        path("sign-out/", emailed_code.sign_out_page, name="account_logout"),
        path("code/", letter_code.letter_code_page, name="letter_code"),
        path("code/<str:code>/", letter_code.letter_code_page, name="letter_code_given"),
        path("passkeys/", include(passkey.urls())),
        path("council/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("council/stopped/", login_cancelled, name="socialaccount_login_cancelled"),
        path("council/failed/", login_error, name="socialaccount_login_error"),
    ]
