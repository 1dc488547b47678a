"""Runs: what people see of a sync. Totals are Xero's own counts and queries, never guesses."""

from django.db.models import F

from integrations.models import Connection
from released.accounts.models import User
from released.clock import now
from released.clock.database import database_now
from sync.models import Run
from sync.pull.applied import Applied


def open_run(connection: Connection) -> Run | None:
    return Run.objects.filter(connection=connection, ended_at=None).first()


def begin_run(
    connection: Connection, trigger: Run.Trigger, *, gap_mark: str = "", by: User | None = None
) -> Run:
    return Run.objects.create(
        connection=connection,
        trigger=trigger,
        asked_by=by,
        started_at=now(),
        began_at=database_now(),
        gap_mark=gap_mark,
    )


def enter(run: Run, phase: Run.Phase) -> None:
    if run.phase != phase:
        run.phase = phase
        run.save(update_fields=["phase"])


def count_pull(run: Run, applied: Applied, *, expected: int) -> None:
    """Call it in the transaction that stored the page. `expected`: rows from this page on, 0 if not told."""
    if expected:
        run.pull_total = max(run.pull_total, run.pulled + expected)
    run.pulled += applied.read
    run.pull_total = max(run.pull_total, run.pulled)
    run.applied += applied.changed
    run.conflicts += applied.conflicts
    run.save(update_fields=["pull_total", "pulled", "applied", "conflicts"])


def count_push(run: Run, *, pushed: int = 0, refused: int = 0) -> None:
    """Call it in the settling transaction."""
    Run.objects.filter(pk=run.pk).update(pushed=F("pushed") + pushed, refused=F("refused") + refused)
    run.pushed += pushed
    run.refused += refused


def expect_push(run: Run, waiting: int) -> None:
    """What has been sent and what still waits is the total; it grows when people go on working."""
    total = run.pushed + run.refused + waiting
    if total != run.push_total:
        run.push_total = total
        run.save(update_fields=["push_total"])


def end_run(run: Run, result: str, says: str = "") -> None:
    """`result`: done, lost, unavailable or failed."""
    run.phase, run.ended_at, run.result, run.says = Run.Phase.DONE, now(), result, says[:300]
    run.save(update_fields=["phase", "ended_at", "result", "says"])
