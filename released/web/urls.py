"""Addresses of this app."""

from django.urls import URLPattern, path

from released.web.views.health import healthz, readyz
from released.web.views.home import home
from released.web.views.metrics import metrics

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
]
