from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "released.clock"
    label = "clock"
