"""Taking over a working connection: who holds it, what happens, and afterwards who holds it now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from integrations import access
from integrations.handing_over import can_be_taken_over, is_own_login, login_of
from integrations.models import Consent
from integrations.views.connecting import explained, leave_for_xero
from integrations.views.doors import manages_addons
from released.accounts.access import signed_in
from released.portfolio.models import Company


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@manages_addons
def take_over(request: HttpRequest, company: Company) -> HttpResponse:
    """GET explains, and says so when the person holds it already; POST leaves for Xero."""
    connection, user = access.connection_of(company), signed_in(request)
    if not can_be_taken_over(connection):
        return redirect("xero-reconnect", company.pk)
    if request.method == "POST":
        return leave_for_xero(request, company, Consent.Purpose.TAKE_OVER)
    context = {
        "is_mine": connection.connected_by_id == user.pk,
        "is_own_login": is_own_login(connection.grant, user),
        "login": login_of(connection.grant) if connection.grant else "",
    }
    return render(request, "integrations/take_over.html", {**explained(company, connection), **context})
