"""Addresses of this app."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods

from released.accounts.views import signing_in, switching

READ_AND_POST = require_http_methods(["GET", "HEAD", "POST"])  # Django's own view takes PUT for POST

urlpatterns: list[URLPattern] = [
    path("login/", READ_AND_POST(signing_in.SignIn.as_view()), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/", switching.account_switch, name="account-switch"),
]
