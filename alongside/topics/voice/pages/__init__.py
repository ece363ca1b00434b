"""The pages of voice: hearings, resolutions, feedback, speaking up, questions, and a councillor's page."""

from django.urls import URLPattern, path

from alongside.topics.voice.pages.councillor import councillor_page
from alongside.topics.voice.pages.feedback import feedback_page, receipt_page, replies_page
from alongside.topics.voice.pages.hearings import ask_page, hearing_page, hearings_page
from alongside.topics.voice.pages.questions import question_page, questions_page, ward_page
from alongside.topics.voice.pages.resolutions import resolution_page, resolutions_page
from alongside.topics.voice.pages.speaking import note_page, speak_up_page
from alongside.topics.voice.pages.telling import say_page, sent_page, write_down_page

urlpatterns: list[URLPattern] = [
    path("hearings/", hearings_page, name="hearings"),
    path("hearings/ask", ask_page, name="ask_to_be_heard"),
    path("hearings/<uuid:pk>", hearing_page, name="hearing"),
    path("resolutions/", resolutions_page, name="resolutions"),
    path("resolutions/<uuid:pk>", resolution_page, name="resolution"),
    path("tell-us/say", say_page, name="say"),
    path("tell-us/write-down", write_down_page, name="write_down"),
    path("tell-us/sent", sent_page, name="sent"),
    path("tell-us/answer", receipt_page, name="receipt"),
    path("tell-us/replies", replies_page, name="replies"),
    path("tell-us/<uuid:pk>", feedback_page, name="one_feedback"),
    path("speak-up/", speak_up_page, name="speak_up"),
    path("speak-up/<uuid:pk>", note_page, name="note"),
    path("questions/", questions_page, name="questions"),
    path("questions/<uuid:pk>", question_page, name="question"),
    path("questions/ward/<uuid:pk>", ward_page, name="ward"),
    path("councillor/", councillor_page, name="councillor"),
]
