"""An operator stops the sync of one company, or of all at once, and starts it again; each with a reason.

Nothing is lost by it: changes wait here, and what happened in Xero is read afterwards. It works in the
middle of a turn too, between two calls (`integrations.halting`). Every connection keeps on record who
did it and why; its people can read that.
"""

from django.db import transaction

from integrations import signals
from integrations.errors import ReasonMissing, WrongState
from integrations.history import record
from integrations.installation import the_row
from integrations.models import Connection, Installation
from released.accounts.models import User
from released.clock import now

BOUND = Connection.objects.filter(xero_tenant_id__isnull=False)


@transaction.atomic
def stop_connection(connection: Connection, *, by: User | None, reason: str) -> Connection:
    """Raises ReasonMissing, or WrongState when it is stopped already."""
    return _set(connection, True, by, reason)


@transaction.atomic
def start_connection(connection: Connection, *, by: User | None, reason: str) -> Connection:
    """Raises ReasonMissing, or WrongState when it is not stopped by itself."""
    return _set(connection, False, by, reason)


@transaction.atomic
def stop_all(*, by: User | None, reason: str) -> int:
    """Every company, those connected later too, until `start_all`. How many are concerned now."""
    reason = _given(reason)
    the_row()
    rows = Installation.objects.filter(stopped_at__isnull=True)
    if not rows.update(stopped_at=now(), stopped_because=reason[:500]):
        raise WrongState("All companies are stopped already.")
    return _record_all("stopped", f"{_who(by)} stopped the sync of all companies: {reason}", by)


@transaction.atomic
def start_all(*, by: User | None, reason: str) -> int:
    """Back to work, but for companies that were stopped one by one. How many are concerned now."""
    reason = _given(reason)
    rows = Installation.objects.filter(stopped_at__isnull=False)
    if not rows.update(stopped_at=None, stopped_because=""):
        raise WrongState("Not all companies are stopped.")
    return _record_all("started", f"{_who(by)} started the sync of all companies again: {reason}", by)


def _set(connection: Connection, is_stopped: bool, by: User | None, reason: str) -> Connection:
    reason = _given(reason)
    current = Connection.objects.select_for_update(no_key=True).get(pk=connection.pk)
    if current.is_stopped == is_stopped:
        how = "stopped already" if is_stopped else "not stopped"
        raise WrongState(f"The sync of {current.company} is {how}.")
    current.is_stopped = is_stopped
    current.save(update_fields=["is_stopped"])
    verb = "stopped the sync" if is_stopped else "started the sync again"
    record(current, "stopped" if is_stopped else "started", f"{_who(by)} {verb}: {reason}", by=by)
    signals.ring(current.pk)
    return current


def _record_all(what: str, says: str, by: User | None) -> int:
    bound = list(BOUND.all())
    for connection in bound:
        record(connection, what, says, by=by)
        signals.ring(connection.pk)
    return len(bound)


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()


def _who(by: User | None) -> str:
    return str(by or "An operator")
