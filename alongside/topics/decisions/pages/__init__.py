"""The pages of decisions: the list, one matter, where to start, and what the duty team sees."""

from django.urls import URLPattern, path

from alongside.topics.decisions.pages.afterwards import afterwards_page
from alongside.topics.decisions.pages.became import became_page
from alongside.topics.decisions.pages.changes import all_changes_page, change_page, changes_page
from alongside.topics.decisions.pages.evidence import evidence_page
from alongside.topics.decisions.pages.grounds import ground_page
from alongside.topics.decisions.pages.groups import groups_page
from alongside.topics.decisions.pages.joint import joint_page
from alongside.topics.decisions.pages.lawful import lawful_page
from alongside.topics.decisions.pages.listing import decisions_page, new_page
from alongside.topics.decisions.pages.mapped import map_page
from alongside.topics.decisions.pages.matter import decision_page
from alongside.topics.decisions.pages.minds import minds_page
from alongside.topics.decisions.pages.more import history_page, views_page, whom_page
from alongside.topics.decisions.pages.my_part import my_part_page
from alongside.topics.decisions.pages.origin import origin_page
from alongside.topics.decisions.pages.problems import new_problem_page, problem_page, problems_page
from alongside.topics.decisions.pages.risks import risks_page
from alongside.topics.decisions.pages.ruled import rules_page
from alongside.topics.decisions.pages.seeing import look_page
from alongside.topics.decisions.pages.supporting import support_page
from alongside.topics.decisions.pages.taken import taken_page
from alongside.topics.decisions.pages.votes import who_decides_page
from alongside.topics.decisions.pages.worries import concern_sent_page, concerns_page
from alongside.topics.decisions.pages.yardstick import rests_on_page, yardstick_page

urlpatterns: list[URLPattern] = [
    path("decisions/", decisions_page, name="decisions"),
    path("decisions/new", new_page, name="new"),
    path("decisions/<uuid:pk>", decision_page, name="decision"),
    path("decisions/<uuid:pk>/views", views_page, name="views"),
    path("decisions/<uuid:pk>/whom", whom_page, name="whom"),
    path("decisions/<uuid:pk>/history", history_page, name="history"),
    path("decisions/<uuid:pk>/map", map_page, name="map"),
    path("decisions/<uuid:pk>/minds", minds_page, name="minds"),
    path("decisions/<uuid:pk>/risks", risks_page, name="risks"),
    path("decisions/<uuid:pk>/evidence", evidence_page, name="evidence"),
    path("decisions/<uuid:pk>/joint", joint_page, name="joint"),
    path("decisions/<uuid:pk>/support", support_page, name="support"),
    path("decisions/<uuid:pk>/taken", taken_page, name="taken"),
    path("what-became", became_page, name="became"),
    path("decisions/<uuid:pk>/legal-reason", ground_page, name="ground"),
    path("decisions/<uuid:pk>/legal-reason/<uuid:ground>", look_page, name="look"),
    path("decisions/<uuid:pk>/law", lawful_page, name="lawful"),
    path("decisions/<uuid:pk>/changes", changes_page, name="changes"),
    path("decisions/<uuid:pk>/origin", origin_page, name="origin"),
    path("decisions/<uuid:pk>/rules", rules_page, name="rules"),
    path("changes/", all_changes_page, name="all_changes"),
    path("changes/<uuid:pk>", change_page, name="change"),
    path("problems/", problems_page, name="problems"),
    path("problems/new", new_problem_page, name="new_problem"),
    path("problems/<uuid:pk>", problem_page, name="problem"),
    path("decisions/<uuid:pk>/yardstick", yardstick_page, name="yardstick"),
    path("decisions/<uuid:pk>/yardstick/rests-on", rests_on_page, name="rests_on"),
    path("decisions/<uuid:pk>/my-part", my_part_page, name="my_part"),
    path("decisions/<uuid:pk>/who-decides", who_decides_page, name="who_decides"),
    path("decisions/<uuid:pk>/afterwards", afterwards_page, name="afterwards"),
    path("decisions/<uuid:pk>/people", groups_page, name="groups"),
    path("worries/", concerns_page, name="concerns"),
    path("worries/sent", concern_sent_page, name="concern_sent"),
]
