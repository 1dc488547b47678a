"""The sign-in page. Under DEBUG it lists the demo's people, whose addresses end in .example (RFC 2606)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.urls import reverse

from released.accounts.backends import memberships_of
from released.accounts.forms import SignInForm
from released.accounts.models import Membership

DEMO_PASSWORD = "demo"  # noqa: S105 (no secret: shown on the page, and only under DEBUG)


class SignIn(LoginView):
    """By email. Too many failures are answered by django-axes with accounts/locked_out.html."""

    authentication_form = SignInForm
    template_name = "accounts/login.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Home; somebody who belongs to no account would find nothing there."""
        belongs = self.request.user.is_authenticated and memberships_of(self.request.user)
        return super().get_default_redirect_url() if belongs else reverse("account-switch")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = demo_people() if settings.DEBUG else []
        return super().get_context_data(**kwargs) | {"demo_people": people, "demo_password": DEMO_PASSWORD}


def demo_people() -> list[Membership]:
    """Who can be tried, by account and role."""
    rows = Membership.objects.filter(is_active=True, user__is_active=True, user__email__endswith=".example")
    return list(rows.select_related("user", "account", "role").order_by("account_id", "pk")[:12])
