"""Every call is a probe; where no call happens, GET Organisation is asked at most hourly, staggered.

It finds what the app's list can't show (a lowered role, an ended trial, a dead permission of an
idle company), and keeps name, class and lock dates fresh. A company whose access was lost while
its permission lives is asked too: access that simply comes back needs nobody to reconnect.
"""

import logging
import random
import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from integrations import transitions
from integrations.asking import ask_organisation, entry_of, listed_for
from integrations.consents import is_under_way
from integrations.evidence import sight
from integrations.installation import look
from integrations.models import Connection, Grant
from integrations.snapshot import keep_snapshot
from integrations.xero import client
from integrations.xero.errors import GrantBusy, Throttled, Unavailable, XeroError
from released.clock import now

logger = logging.getLogger(__name__)
State = Connection.State
HOUR = timedelta(hours=1)
SOON = timedelta(minutes=5)
AT_ONCE = 10
ROUND_SECONDS = 25.0


def probe_due(*, seconds: float = ROUND_SECONDS) -> int:
    """Probe what is due until nothing is, or the round's time is over; returns how many."""
    until = time.monotonic() + seconds
    probed = 0
    while look() is None and time.monotonic() < until and (batch := claim_due()):
        for connection in batch:
            probe(connection)
        probed += len(batch)
    return probed


@transaction.atomic
def claim_due() -> list[Connection]:
    """Take what is due and move its next probe on, so that two workers never probe the same one."""
    due = Connection.objects.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(
        Q(state=State.CONNECTED) | Q(state=State.REVOKED, grant__state=Grant.State.ALIVE),
        Q(probe_due_at__lte=now()) | Q(probe_due_at__isnull=True),
        is_stopped=False,
    )
    batch = list(due.order_by(F("probe_due_at").asc(nulls_first=True))[:AT_ONCE])
    for connection in batch:
        connection.probe_due_at = next_probe()
    Connection.objects.bulk_update(batch, ["probe_due_at"])
    return batch


def next_probe() -> datetime:
    """Within the hour, spread so that ten thousand probes do not meet."""
    return now() + HOUR * random.uniform(0.85, 1.0)  # noqa: S311  # spreading, not a secret


def probe(connection: Connection) -> None:
    """Ask one connection for its organisation, and note what that says about it."""
    if connection.state == State.REVOKED:
        _probe_lost(connection)
        return
    try:
        with client.open_client(connection) as xero:
            organisation = xero.organisation()
    except (Throttled, GrantBusy):
        _again_soon(connection)
    except Unavailable as problem:
        transitions.note_unavailable(
            connection, evidence=[sight("Xero did not answer the probe.", str(problem))]
        )
        _again_soon(connection)
    except XeroError as problem:
        logger.info("probe of connection %s: %s", connection.pk, type(problem).__name__)
    else:
        transitions.note_available(connection)
        keep_snapshot(connection, organisation)


def _probe_lost(connection: Connection) -> None:
    """Whether access came back. Not while somebody is at Xero's page for it: their way is the reconnect."""
    if is_under_way(connection.company):
        _again_soon(connection)
        return
    try:
        evidence = _is_back(connection)
    except XeroError as problem:
        logger.info("probe of lost connection %s: %s", connection.pk, type(problem).__name__)
        return
    if evidence:
        transitions.restore_access(connection, evidence=[sight(evidence)])


def _is_back(connection: Connection) -> str:
    """What proves that access is back, or the empty text."""
    grant = connection.grant
    entry = entry_of(listed_for(grant), connection) if grant else None
    if grant is None or entry is None:
        return ""
    verdict = ask_organisation(grant, entry.xero_tenant_id)
    if not verdict.is_fine:
        return ""
    connection.xero_connection_id = entry.id
    return "Xero listed the connection again and answered for the organisation."


def look_first(connection: Connection) -> None:
    """Right after a bind: lock dates and currency are wanted for the choice of the date."""
    probe(connection)


def _again_soon(connection: Connection) -> None:
    Connection.objects.filter(pk=connection.pk).update(probe_due_at=now() + SOON)
