"""Addresses of this app."""

from django.urls import path

from notifications import views

urlpatterns = [
    path("banner/fold/", views.fold_banner, name="banner-fold"),
    path("settings/refused-documents/", views.refusal_mails, name="refusal-mails"),
    path("settings/add-ons/xero/<int:company_id>/reminders/", views.reminders, name="reminders"),
    path(
        "settings/add-ons/xero/<int:company_id>/reminders/all-lost/",
        views.reminders_of_lost,
        name="reminders-of-lost",
    ),
]
