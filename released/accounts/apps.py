from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "released.accounts"
    label = "accounts"
