from importlib import import_module

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "released.billing"
    label = "billing"

    def ready(self) -> None:
        import_module("released.billing.charts")  # listens to new companies
