from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "released.web"
    label = "web"
