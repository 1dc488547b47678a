"""Addresses of this app. A company's own Xero page, its date and its sync are `sync`'s."""

from django.urls import path

from integrations.views import connecting, disconnecting, listing, returning, several, taking_over

COMPANY = "settings/add-ons/xero/<int:company_id>/"

urlpatterns = [
    path("settings/add-ons/", listing.add_ons, name="add-ons"),
    path("settings/add-ons/several/", several.several, name="xero-several"),
    path(f"{COMPANY}connect/", connecting.connect, name="xero-connect"),
    path(f"{COMPANY}reconnect/", connecting.reconnect, name="xero-reconnect"),
    path(f"{COMPANY}reconnect/xero/", connecting.leave, name="xero-leave"),
    path(f"{COMPANY}take-over/", taking_over.take_over, name="xero-take-over"),
    path(f"{COMPANY}choose/", returning.choose, name="xero-choose"),
    path(f"{COMPANY}outcome/", returning.outcome, name="xero-outcome"),
    path(f"{COMPANY}disconnect/", disconnecting.disconnect, name="xero-disconnect"),
    path("xero/callback/", returning.callback, name="xero-callback"),
]
