"""The append-only record of what happened to a connection. Written in the transition's own transaction."""

from typing import Any

from integrations.models import Connection, Event
from released.accounts.models import User
from released.clock import now

Facts = dict[str, Any]


def facts(connection: Connection) -> Facts:
    """What an event keeps of a connection: enough to say from what to what, nothing secret."""
    return {
        "state": connection.state,
        "organisation": connection.organisation_name,
        "xero_tenant_id": str(connection.xero_tenant_id or ""),
        "sync_from": connection.sync_from.isoformat() if connection.sync_from else None,
        "all_time": connection.all_time,
        "numbering": connection.numbering,
        "grant": connection.grant_id,
    }


def record(
    connection: Connection, what: str, says: str, *, by: User | None, before: Facts | None = None
) -> Event:
    """Append one event, with the connection as it is now as its outcome."""
    return Event.objects.create(
        connection=connection,
        at=now(),
        actor=by,
        what=what,
        says=says[:500],
        before=before or {},
        after=facts(connection),
    )
