"""The ground floor, as Django knows it."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class KernelConfig(AppConfig):
    name = "alongside.kernel"
    label = "kernel"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        from alongside.kernel import sidedoors

        autodiscover_modules("commands")
        connection_created.connect(sidedoors.prepare)
        pre_migrate.connect(sidedoors.before_migrate, sender=self)
        post_migrate.connect(sidedoors.after_migrate, sender=self)
