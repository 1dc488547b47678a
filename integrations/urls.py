"""Addresses of this app. A company's own Xero page, its date and its sync are `sync`'s."""

from django.urls import path

from integrations.views import connecting, disconnecting, listing, returning

COMPANY = "settings/add-ons/xero/<int:company_id>/"

urlpatterns = [
    path("settings/add-ons/", listing.add_ons, name="add-ons"),
    path(f"{COMPANY}connect/", connecting.connect, name="xero-connect"),
    path(f"{COMPANY}reconnect/", connecting.reconnect, name="xero-reconnect"),
    path(f"{COMPANY}reconnect/xero/", connecting.leave, name="xero-leave"),
    path(f"{COMPANY}choose/", returning.choose, name="xero-choose"),
    path(f"{COMPANY}outcome/", returning.outcome, name="xero-outcome"),
    path(f"{COMPANY}disconnect/", disconnecting.disconnect, name="xero-disconnect"),
    path("xero/callback/", returning.callback, name="xero-callback"),
]
