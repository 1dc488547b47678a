"""Telling the operator what only an operator can put right. Never a customer, never a connection.

At most one row an hour about one kind of fault in our own set-up; what happens in between is counted on it.
A connection that is lost too often is one row each time it becomes so. The row is the fact: the admin page,
the metric, and what the notice outbox owes a mail for (docs/protocols.md 4).
"""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F

from integrations.models import OperatorAlert
from released.clock import now

logger = logging.getLogger(__name__)
ONE_MAIL_EVERY = timedelta(hours=1)
LOCK = 0x0A1E7


def alert_operator(kind: OperatorAlert.Kind, says: str) -> None:
    """Log, and count; a new row, which is owed a mail to SUPPORT_EMAIL, when the hour had none yet."""
    logger.error("operator alert %s: %s", kind.value, says)
    with transaction.atomic():
        _alone()
        if _count_on(kind, says):
            return
        OperatorAlert.objects.create(kind=kind, first_at=now(), last_at=now(), says=says[:500])


def note_for_operator(kind: OperatorAlert.Kind, says: str) -> None:
    """A row of its own in the caller's transaction. That it is the only one is up to them."""
    logger.warning("note for the operator %s: %s", kind.value, says)
    OperatorAlert.objects.create(kind=kind, first_at=now(), last_at=now(), says=says[:500])


def misconfigured(says: str) -> None:
    """What the edge calls when Xero does not accept our own credentials or address."""
    alert_operator(OperatorAlert.Kind.MISCONFIGURED, says)


def _alone() -> None:
    """Two workers that fail at once make one row: serialised for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _count_on(kind: OperatorAlert.Kind, says: str) -> bool:
    recent = OperatorAlert.objects.filter(kind=kind, first_at__gt=now() - ONE_MAIL_EVERY).first()
    if recent is None:
        return False
    OperatorAlert.objects.filter(pk=recent.pk).update(times=F("times") + 1, last_at=now(), says=says[:500])
    return True
