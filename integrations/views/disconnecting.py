"""Disconnecting: what it means, then the act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from integrations import access
from integrations.disconnecting import disconnect_company
from integrations.models import Connection
from integrations.views.connecting import explained
from integrations.views.doors import manages_addons
from released.accounts.access import signed_in
from released.portfolio.models import Company


@require_http_methods(["GET", "HEAD", "POST"])
@manages_addons
def disconnect(request: HttpRequest, company: Company) -> HttpResponse:
    connection = access.connection_of(company)
    if connection.state == Connection.State.DISCONNECTED:
        return redirect("xero-reconnect", company.pk)
    if request.method != "POST":
        return render(request, "integrations/disconnect.html", explained(company, connection))
    is_removed = disconnect_company(connection, by=signed_in(request))
    said = f"{company} is disconnected from {connection.organisation_name}. Documents stay as they are."
    if not is_removed:
        said += " Xero did not answer; we remove the connection there as soon as it does."
    messages.success(request, said)
    return redirect("add-ons")
