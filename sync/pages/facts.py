"""What a company's page says of its runs and connection, and again when a sync that people watch ends."""

from typing import Any

from integrations.models import Connection
from sync.matching.standing import state_of
from sync.models import Schedule
from sync.pages.halted import halted

LOGGED = 10


def log_and_facts(connection: Connection) -> dict[str, Any]:
    """What `sync/_log.html`, `sync/_facts.html` and the buttons of the page's head need."""
    runs = list(connection.runs.select_related("asked_by")[:LOGGED])
    return {
        "runs": runs,
        "last_run": next((run for run in runs if run.ended_at and run.result == "done"), None),
        "schedule": Schedule.objects.filter(connection=connection).first(),
        "matching": state_of(connection, counted=False) if connection.xero_tenant_id else None,
        "halted": halted(connection),
        "state": Connection.State,
    }
