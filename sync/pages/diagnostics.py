"""A file to send to support: the connection's story without tokens, people, documents or money."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrations.access import connection_of
from integrations.evidence import mask
from integrations.frequency import often_said, times_lost
from integrations.models import Connection, Grant
from released.clock import now
from released.portfolio.models import Company
from sync.models import Schedule
from sync.pages.doors import for_managers

NEWEST = 100
OF_CONNECTION = (
    "state", "xero_tenant_id", "xero_connection_id", "organisation_class", "class_seen_at",
    "organisation_created_at", "period_lock_date", "end_of_year_lock_date", "sync_from", "all_time",
    "numbering", "connected_at", "heard_at", "probe_due_at", "missing_scopes", "is_stopped",
)  # fmt: skip
# Nothing of whose permission it is, and no token.
OF_GRANT = (
    "state", "scopes", "expires_at", "refreshed_at", "claimed_at", "in_doubt", "cool_until", "failures",
    "died_at",
)  # fmt: skip
OF_EPISODE = ("kind", "cause", "is_certain", "opened_at", "closed_at", "evidence", "closing", "waiting")
OF_RUN = ("trigger", "phase", "started_at", "ended_at", "pulled", "pushed", "refused", "result", "says")
OF_SCHEDULE = ("pulled_at", "pull_due_at", "compared_at", "failures", "held_until", "held_because")
WHO = "by"  # the one place in a kept record that names a person


@never_cache
@require_safe
@for_managers
def xero_diagnostics(request: HttpRequest, company: Company) -> HttpResponse:
    """JSON, as a download."""
    connection = connection_of(company)
    story = masked(_story(connection)) if connection.pk else {}
    answer = JsonResponse({"made_at": now(), "company": company.pk, **story}, json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="diagnostics-{company.pk}-{now():%Y-%m-%d}.json"'
    return answer


def _story(connection: Connection) -> dict[str, Any]:
    """Evidence was masked when it was kept (`integrations.evidence`); here everything is once more."""
    return {
        "connection": _values(connection, OF_CONNECTION),
        "permission": _values(connection.grant, OF_GRANT),
        "often": often_said(times_lost(connection.episodes.all(), at=now())),
        "sync": _values(Schedule.objects.filter(connection=connection).first(), OF_SCHEDULE),
        "episodes": list(connection.episodes.values(*OF_EPISODE)[:NEWEST]),
        "events": list(connection.events.values("at", "what", "before", "after")[:NEWEST]),
        "runs": list(connection.runs.values(*OF_RUN)[:NEWEST]),
    }


def _values(row: Connection | Grant | Schedule | None, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} if row else {}


def masked(value: Any) -> Any:
    """The same with every text masked and nobody named. Pure."""
    if isinstance(value, dict):
        return {key: masked(one) for key, one in value.items() if key != WHO}
    if isinstance(value, list):
        return [masked(one) for one in value]
    return mask(value) if isinstance(value, str) else value
