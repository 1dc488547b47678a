"""How a turn that could not go on leaves its connection: held for a while, or its run ended."""

import logging

from integrations.alerts import alert_operator
from integrations.evidence import sight
from integrations.models import Connection, OperatorAlert
from integrations.transitions import note_unavailable
from integrations.xero.errors import (
    AccessLost,
    GrantBusy,
    Halted,
    Misconfigured,
    MissingScope,
    OutcomeUnknown,
    Throttled,
    Unavailable,
    XeroError,
)
from released.clock import now
from sync.allowance import Reserved
from sync.errors import LeaseLost, SyncError
from sync.holding import back_off, count_failure, hold
from sync.models import Run, Schedule
from sync.runs import end_run

logger = logging.getLogger(__name__)
OUTAGE_AFTER = 2  # failures in a row: one lost packet is no outage
MISCONFIGURED_SECONDS = 60.0  # once the operator has put it right, nobody waits for long


def note_end(connection: Connection, run: Run, problem: XeroError | SyncError) -> None:
    """Nothing is lost by any of these: what is pending stays pending, what is open stays open."""
    if isinstance(problem, AccessLost | MissingScope):
        end_run(run, "lost", str(problem))
    elif isinstance(problem, Throttled | GrantBusy):
        is_reserve = isinstance(problem, Reserved)
        hold(connection.pk, problem.retry_after, str(problem), background_only=is_reserve)
    elif isinstance(problem, OutcomeUnknown):
        _note_unknown(connection, problem)
    elif isinstance(problem, Misconfigured):
        hold(connection.pk, MISCONFIGURED_SECONDS, str(problem))
    elif isinstance(problem, Unavailable):
        _note_unavailable(connection, problem)
    elif isinstance(problem, LeaseLost | Halted):
        logger.warning("connection %s: the turn was cut short, and goes on from there", connection.pk)
    elif isinstance(problem, XeroError):
        _note_stuck(connection, back_off(connection.pk, str(problem)), str(problem))
    logger.info("connection %s: turn ended by %s: %s", connection.pk, type(problem).__name__, problem)


def note_fault(connection: Connection, fault: BaseException) -> None:
    """An error of ours: this connection pauses and says so, the others go on. The error itself is raised."""
    failures = back_off(
        connection.pk, "An error of ours stopped the sync of this company. It is tried again."
    )
    _note_stuck(connection, failures, f"an error of ours ({type(fault).__name__})")


def _note_stuck(connection: Connection, failures: int, ended_by: str) -> None:
    """What no waiting cures only an operator can put right; to everybody else it looks connected."""
    if failures >= Schedule.STUCK_AFTER:
        company = f"{connection.company} ({connection.company.account})"
        says = f"{company}: {failures} turns in a row ended by: {ended_by}"
        alert_operator(OperatorAlert.Kind.STUCK, says)


def _note_unknown(connection: Connection, problem: OutcomeUnknown) -> None:
    """The delivery stays open. Time and again it may be an outage: a read will tell, and is made soon."""
    _probe_after(connection, back_off(connection.pk, str(problem)))


def note_silence(connection: Connection) -> None:
    """A turn in which only replays were sent, in vain. They rest by themselves: no pause for others."""
    _probe_after(connection, count_failure(connection.pk))


def _probe_after(connection: Connection, failures: int) -> None:
    if failures >= OUTAGE_AFTER:
        Connection.objects.filter(pk=connection.pk).update(probe_due_at=now())


def _note_unavailable(connection: Connection, problem: Unavailable) -> None:
    failures = back_off(connection.pk, str(problem), at_least=problem.retry_after or 0.0)
    if failures >= OUTAGE_AFTER:
        note_unavailable(connection, evidence=[sight("a call to Xero during a sync", str(problem))])
