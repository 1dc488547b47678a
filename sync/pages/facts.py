"""What a company's page says of its runs and connection, and again when a sync that people watch ends."""

from typing import Any

import redis

from integrations.models import Connection
from sync import allowance
from sync.matching.standing import state_of
from sync.models import Schedule
from sync.pages.halted import halted

LOGGED = 10


def log_and_facts(connection: Connection) -> dict[str, Any]:
    """What the log, the facts, who did what, the allowance and the buttons of the page's head need."""
    runs = list(connection.runs.select_related("asked_by")[:LOGGED])
    return {
        "runs": runs,
        "last_run": next((run for run in runs if run.ended_at and run.result == "done"), None),
        "schedule": Schedule.objects.filter(connection=connection).first(),
        "matching": state_of(connection, counted=False) if connection.xero_tenant_id else None,
        "halted": halted(connection),
        "state": Connection.State,
        "events": connection.events.select_related("actor")[:LOGGED],
        "allowance": _allowance(connection),
    }


def _allowance(connection: Connection) -> allowance.Reading | None:
    """What Xero last said is left; None where it said nothing, or nobody remembers."""
    if connection.xero_tenant_id is None:
        return None
    try:
        left = allowance.reading(connection.xero_tenant_id)
    except redis.RedisError:
        return None  # the counts are a convenience here; the page itself must not hang on them
    return left if left.day is not None else None
