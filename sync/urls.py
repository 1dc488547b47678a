"""Addresses of this app."""

from sync.pages.urls import urlpatterns

__all__ = ["urlpatterns"]
