"""The pages of promises: the lists, one promise, what other systems claim, and bringing that in."""

from django.urls import URLPattern, path

from alongside.topics.promises.pages.bodies import body_page
from alongside.topics.promises.pages.importing import bring_in_page, look_page
from alongside.topics.promises.pages.listing import promises_page
from alongside.topics.promises.pages.one import after_page, promise_page
from alongside.topics.promises.pages.protocols import protocol_page, protocols_page
from alongside.topics.promises.pages.reported import (
    import_page,
    reported_decisions_page,
    reported_promises_page,
)
from alongside.topics.promises.pages.said import gaps_page, statement_page, statements_page

urlpatterns: list[URLPattern] = [
    path("promises/", promises_page, name="promises"),
    path("promises/<uuid:pk>", promise_page, name="promise"),
    path("promises/<uuid:pk>/after", after_page, name="after"),
    path("promises/by/<uuid:pk>", body_page, name="body"),
    path("promises/said/", statements_page, name="statements"),
    path("promises/said/<uuid:pk>", statement_page, name="statement"),
    path("promises/said/by/<uuid:pk>", gaps_page, name="gaps"),
    path("promises/protocols/", protocols_page, name="protocols"),
    path("promises/protocols/<uuid:pk>", protocol_page, name="protocol"),
    path("promises/reported", reported_promises_page, name="reported"),
    path("decisions/reported", reported_decisions_page, name="reported_decisions"),
    path("reported/<uuid:pk>", import_page, name="import"),
    path("import/", bring_in_page, name="bring_in"),
    path("import/<uuid:pk>", look_page, name="look"),
]
