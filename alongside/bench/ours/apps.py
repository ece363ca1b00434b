"""The small topic, as Django knows it."""

from django.apps import AppConfig


class Ours(AppConfig):
    name = "alongside.bench.ours"
    label = "bench"
