"""A file to send to support: the connection's story without tokens, documents or money."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrations.access import connection_of
from integrations.models import Connection
from released.clock import now
from released.portfolio.models import Company
from sync.pages.doors import for_managers

NEWEST = 100
OF_EPISODE = ("kind", "cause", "is_certain", "opened_at", "closed_at", "evidence", "closing")
OF_RUN = ("trigger", "phase", "started_at", "ended_at", "pulled", "pushed", "refused", "result", "says")


@never_cache
@require_safe
@for_managers
def xero_diagnostics(request: HttpRequest, company: Company) -> HttpResponse:
    connection = connection_of(company)
    story = _story(connection) if connection.pk else {}
    answer = JsonResponse(
        {"made_at": now(), "company": company.name, **story}, json_dumps_params={"indent": 1}
    )
    answer["Content-Disposition"] = f'attachment; filename="diagnostics-{company.pk}-{now():%Y-%m-%d}.json"'
    return answer


def _story(connection: Connection) -> dict[str, Any]:
    """Evidence was masked when it was kept (`integrations.evidence`)."""
    return {
        "organisation": {
            "xero_tenant_id": connection.xero_tenant_id,
            "xero_connection_id": connection.xero_connection_id,
            "class": connection.organisation_class,
        },
        "state": connection.state,
        "sync_from": connection.sync_from,
        "connected_at": connection.connected_at,
        "heard_at": connection.heard_at,
        "missing_scopes": connection.missing_scopes,
        "episodes": list(connection.episodes.values(*OF_EPISODE)[:NEWEST]),
        "events": list(connection.events.values("at", "what", "before", "after")[:NEWEST]),
        "runs": list(connection.runs.values(*OF_RUN)[:NEWEST]),
    }
