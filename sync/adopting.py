"""An operator takes over a database that was restored, copied or moved (`manage.py adopt`).

Every connection is set to compare both sides before it sends anything, and what an earlier life of the
database had under way is ended: it belongs to another time. Only then the pause is over.
"""

from dataclasses import dataclass

from django.db import transaction

from integrations import signals
from integrations.history import record
from integrations.installation import look, take_over
from integrations.models import Connection
from released.accounts.models import User
from sync.models import Run
from sync.runs import end_run

SAYS = "took over the database; both sides are compared before anything is sent to Xero"


@dataclass(frozen=True)
class Adopted:
    """`because` is what had paused the installation."""

    because: str
    connections: int


@transaction.atomic
def adopt(*, by: User | None) -> Adopted | None:
    """None when nothing is paused: then there is nothing to take over, and nothing changed."""
    found = look()
    if found is None or not found.is_paused:
        return None
    for run in Run.objects.filter(ended_at__isnull=True):
        end_run(run, "failed", "Begun before the database was taken over; everything is read again.")
    bound = list(Connection.objects.filter(xero_tenant_id__isnull=False))
    Connection.objects.filter(pk__in=[one.pk for one in bound]).update(must_reconcile=True)
    for connection in bound:
        record(connection, "adopted", f"{by or 'An operator'} {SAYS}.", by=by)
        signals.ring(connection.pk)
    take_over()
    return Adopted(found.because, len(bound))
