from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "released.billing"
    label = "billing"
