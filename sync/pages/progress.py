"""The progress panel by itself, asked for every two seconds; without script, by reload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrations.access import connection_of
from released.portfolio.models import Company
from sync.pages.doors import for_managers
from sync.pages.following import followed


@never_cache
@require_safe
@for_managers
def xero_progress(request: HttpRequest, company: Company) -> HttpResponse:
    """The fragment for htmx. Somebody who opens the address itself gets the whole page."""
    if "HX-Request" not in request.headers:
        return redirect("xero", company.pk)
    connection = connection_of(company)
    shown = followed(connection) if connection.pk else None
    return render(request, "sync/_progress.html", {"company": company, "followed": shown, "is_live": True})
