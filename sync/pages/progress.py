"""The progress panel by itself, asked for every two seconds; without script, by reload."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrations.access import connection_of
from integrations.models import Connection
from released.portfolio.models import Company
from sync.pages.doors import for_managers
from sync.pages.facts import log_and_facts
from sync.pages.following import followed
from sync.pages.overview import overview
from sync.pages.tally import tally
from sync.pages.trouble import told_of, trouble


@never_cache
@require_safe
@for_managers
def xero_progress(request: HttpRequest, company: Company) -> HttpResponse:
    """The fragment for htmx. Somebody who opens the address itself gets the whole page."""
    if "HX-Request" not in request.headers:
        return redirect("xero", company.pk)
    connection = connection_of(company)
    moving = followed(connection) if connection.pk else None
    is_last = bool(connection.pk) and not (moving and moving.is_asking)
    told = told_of(connection)
    is_other = is_last or _shown(request) != (told, bool(moving and moving.is_moving))
    shown: dict[str, Any] = {"company": company, "connection": connection, "followed": moving, "told": told}
    rest = _whole_page(connection) if is_other else {"tally": tally(company), "state": Connection.State}
    parts = shown | rest | {"is_last": is_last, "is_other": is_other, "is_live": True}
    answer = render(request, "sync/_progress_answer.html", parts)
    if connection.state != Connection.State.CONNECTED:
        answer["HX-Refresh"] = "true"  # access was lost meanwhile: the banner is no part of this answer
    return answer


def _shown(request: HttpRequest) -> tuple[str, bool]:
    """What the page says by now: of an outage, and whether something moves. Either may change meanwhile."""
    return request.GET.get("told", ""), request.GET.get("moving") == "yes"


def _whole_page(connection: Connection) -> dict[str, Any]:
    """What the rest of the page goes on saying."""
    one = overview(connection.company)
    return {"one": one, "tally": one.tally} | trouble(one) | log_and_facts(connection)
