"""The bookkeeping between the phases of a run."""

from released.clock import now
from released.clock.database import database_now
from sync.allowance import left_today
from sync.due import covered
from sync.models import Reconciliation, Run, Schedule, WebhookEvent
from sync.spacing import next_reading
from sync.work import Work


def restart(run: Run, trigger: Run.Trigger, schedule: Schedule, gap_mark: str) -> None:
    """Something more thorough became due: the run reads everything again from here on.

    A comparison that is under way has seen an older state: it begins anew, too.
    """
    Reconciliation.objects.filter(connection=run.connection_id, ended_at=None).delete()
    run.trigger, run.phase, run.began_at, run.started_at = trigger, Run.Phase.SETTLE, database_now(), now()
    run.asked_by, run.gap_mark = schedule.wanted_by or run.asked_by, gap_mark
    run.save(update_fields=["trigger", "phase", "began_at", "started_at", "asked_by", "gap_mark"])
    heed(schedule.pk, trigger)


def heed(connection_id: int, trigger: Run.Trigger) -> None:
    """What was asked for is what this run does. More, asked for since that was decided, stays asked for."""
    asked = Schedule.objects.filter(pk=connection_id, wanted_because__in=covered(trigger))
    asked.update(is_wanted=False, wanted_because="", wanted_by=None)


def note_pulled(work: Work) -> None:
    """Everything up to the run's beginning is read: gaps before it are closed, webhooks before it heeded."""
    run, connection = work.run, work.scope.connection
    following = next_reading(left_today(connection.xero_tenant_id))
    with work.settling("pull.completed"):
        Schedule.objects.filter(pk=connection.pk).update(
            pulled_at=run.started_at,
            gap_mark=run.gap_mark,
            pull_due_at=now() + following,
        )
        events = WebhookEvent.objects.filter(received_at__lte=run.began_at, handled_at=None)
        if connection.xero_tenant_id:
            events.filter(xero_tenant_id=connection.xero_tenant_id).update(handled_at=database_now())
        run.phase = Run.Phase.PUSH
        run.save(update_fields=["phase"])
