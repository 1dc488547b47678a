from django.apps import AppConfig
from django.core.checks import register

from released.web import checks


class WebConfig(AppConfig):
    name = "released.web"
    label = "web"

    def ready(self) -> None:
        register(checks.environment, checks.TAG)
