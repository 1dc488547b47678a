"""Every address of the product (docs/architecture.md lists who may use which)."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("released.web.urls")),
    path("", include("released.accounts.urls")),
    path("", include("released.billing.urls")),
    path("", include("integrations.urls")),
    path("", include("sync.urls")),
    path("", include("notifications.urls")),
    path("admin/", admin.site.urls),
]
