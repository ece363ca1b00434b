"""The pages of people: one person, who can see what of theirs, how they are told; bodies; finding."""

from django.urls import path

from alongside.topics.people.pages.agreeing import asked_page, not_yet_page, one_asked_page
from alongside.topics.people.pages.bodies import organisation_page, organisations_page
from alongside.topics.people.pages.codes import code_page
from alongside.topics.people.pages.deaths import death_page
from alongside.topics.people.pages.finding import find_page, of_page
from alongside.topics.people.pages.link import link_page
from alongside.topics.people.pages.members import members_page
from alongside.topics.people.pages.outside import (
    calendar_feed,
    calendar_page,
    hooks_page,
    program_page,
    programs_page,
)
from alongside.topics.people.pages.parting import parting_page
from alongside.topics.people.pages.person import add_page, me_page, person_page
from alongside.topics.people.pages.sight import who_can_see_page
from alongside.topics.people.pages.typed import typed_page
from alongside.topics.people.pages.ways import ways_page

urlpatterns = [
    path("people/", find_page, name="find"),
    path("people/me", me_page, name="me"),
    path("people/of/<uuid:pk>", of_page, name="of"),
    path("people/<uuid:pk>", person_page, name="person"),
    path("people/<uuid:pk>/add", add_page, name="add"),
    path("people/<uuid:pk>/who-can-see", who_can_see_page, name="who_can_see"),
    path("people/<uuid:pk>/ways", ways_page, name="ways"),
    path("people/<uuid:pk>/code", code_page, name="code"),
    path("people/<uuid:pk>/two-people", parting_page, name="parting"),
    path("people/links/<uuid:pk>", link_page, name="link"),
    path("people/deaths/<uuid:pk>", death_page, name="death"),
    path("organisations", organisations_page, name="organisations"),
    path("organisations/<uuid:pk>", organisation_page, name="organisation"),
    path("organisations/<uuid:pk>/members", members_page, name="members"),
    path("organisations/<uuid:pk>/programs", hooks_page, name="hooks"),
    path("organisations/<uuid:pk>/who-else-must-agree", not_yet_page, name="not_yet"),
    path("asked-to-agree", asked_page, name="asked_to_agree"),
    path("asked-to-agree/<uuid:pk>", one_asked_page, name="one_asked"),
    path("me/calendar", calendar_page, name="calendar"),
    path("me/calendar/<uuid:pk>", calendar_page, name="calendar"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("me/programs", programs_page, name="programs"),
    path("me/programs/<uuid:pk>", program_page, name="program"),
    path("me/typed-for-you", typed_page, name="typed_for_me"),
]
