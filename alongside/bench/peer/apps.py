"""The peers' topic, as Django knows it."""

from django.apps import AppConfig


class Peer(AppConfig):
    name = "alongside.bench.peer"
    label = "peer"
