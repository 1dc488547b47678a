from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "released.portfolio"
    label = "portfolio"
