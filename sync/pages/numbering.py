"""Whose numbers new documents take: the small form on the company's Xero page."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from integrations.access import connection_of
from integrations.models import Connection
from released.accounts.access import signed_in
from released.portfolio.models import Company
from sync.numbering import choose_numbering
from sync.pages.doors import for_managers

Numbering = Connection.Numbering
SAID = {
    Numbering.XERO: "New documents of {company} take Xero’s numbers from now on.",
    Numbering.OURS: "New documents of {company} keep our numbers from now on.",
}


@require_POST
@for_managers
def xero_numbering(request: HttpRequest, company: Company) -> HttpResponse:
    """`numbering` is xero or ours. A company that was never connected has no page to set it on."""
    connection, chosen = connection_of(company), request.POST.get("numbering")
    if chosen not in Numbering.values:
        raise BadRequest("numbering is xero or ours")
    if connection.pk and choose_numbering(connection, Numbering(chosen), by=signed_in(request)):
        messages.success(request, SAID[Numbering(chosen)].format(company=company))
    return redirect("xero", company.pk)
