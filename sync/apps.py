from importlib import import_module

from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "sync"

    def ready(self) -> None:
        import_module("sync.receivers")
        import_module("sync.filtering").register()
        following = import_module("integrations.following")
        following.register_page_before_date(import_module("sync.matching.looking").page_after_consent)
