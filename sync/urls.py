"""Addresses of this app."""

from django.urls import path

from sync.pages.urls import urlpatterns as pages
from sync.receiving import webhooks

urlpatterns = [*pages, path("xero/webhooks/", webhooks, name="xero-webhooks")]
