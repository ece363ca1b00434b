"""Where each address of the site leads. A program at a terminal reads none of this (see site.py)."""

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

from alongside.home import pages as home
from alongside.interfaces import faces, look_page, manners, open_data, reading_preferences, signing_in
from alongside.interfaces.export import my_record_page
from alongside.interfaces.form import do_page
from alongside.interfaces.who_may import who_may_page
from alongside.topics.decisions import pages as decisions
from alongside.topics.people import pages as people
from alongside.topics.promises import pages as promises
from alongside.topics.voice import pages as voice


class ReadInWhenAsked(URLResolver):
    """Addresses whose module is read in when the first of them is asked for."""

    def _populate(self) -> None:
        """Django would read it in as soon as a page names any address. No page names one of these."""


urlpatterns: list[URLPattern | URLResolver] = [
    *home.urls(),
    # Each address is tried in turn, so what is asked for most often comes first.
    path("", include((decisions.urlpatterns, "decisions"))),
    *reading_preferences.urls(),
    path("look/", look_page.look_page, name="look"),
    *signing_in.urls(),
    path("do/<str:kind>", do_page, name="do"),
    *open_data.urls(),
    path("my-record/", my_record_page, name="my_record"),
    path("who-may/", who_may_page, name="who_may"),
    path("seen-as/", faces.seen_as_page, name="seen_as"),
    path("api", manners.not_here),
    path("api/", manners.begin),
    # Named, not read in: it takes as long as all pages do, and is made when the first program asks.
    ReadInWhenAsked(RoutePattern("api/"), "alongside.for_programs", app_name="ninja", namespace="api"),
    path("api/<path:rest>", manners.not_here),
    path("", include((people.urlpatterns, "people"))),
    path("", include((promises.urlpatterns, "promises"))),
    path("", include((voice.urlpatterns, "voice"))),
]

handler500 = "alongside.interfaces.page.broken"
handler400 = "alongside.interfaces.page.not_taken"  # Django's own says two words, in English alone
