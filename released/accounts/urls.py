"""Addresses of this app."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path

from released.accounts.views import signing_in, switching

urlpatterns: list[URLPattern] = [
    path("login/", signing_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/", switching.account_switch, name="account-switch"),
]
