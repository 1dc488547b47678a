"""Telling the operator what only an operator can put right. Never a customer, never a connection.

At most one mail an hour about our own set-up; what happens in between is counted on the same row,
which is also the admin page and the metric. A connection that is lost too often is one row each time
it becomes so. The mail is sent from the row, so that a mail server that is down loses nothing.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F

from integrations.models import OperatorAlert
from released.clock import now

logger = logging.getLogger(__name__)
ONE_MAIL_EVERY = timedelta(hours=1)
LOCK = 0x0A1E7
MEANS: dict[str, str] = {
    OperatorAlert.Kind.MISCONFIGURED: (
        "No customer was told and no connection was touched. Sync goes on by itself once this is put right."
    ),
    OperatorAlert.Kind.OFTEN_LOST: (
        "Its people see it marked as often lost and were offered the diagnostics file to send."
        " The evidence is on record with the episodes."
    ),
    OperatorAlert.Kind.PAUSED: (
        "Nothing is asked of Xero, no permission is renewed and no mail is sent to anybody but you."
        " Once the other installation is off for good: manage.py adopt (docs/operations.md)."
    ),
    OperatorAlert.Kind.WEBHOOKS_MIS_SIGNED: (
        "They are refused; regular pulls carry the changes. Compare XERO_WEBHOOK_KEY with the key at Xero."
    ),
    OperatorAlert.Kind.WEBHOOKS_SILENT: (
        "Regular pulls carry the changes, minutes later. Look at the webhook's state at developer.xero.com."
    ),
}


def alert_operator(kind: OperatorAlert.Kind, says: str) -> None:
    """Log, count and, when none was sent within the hour, mail to SUPPORT_EMAIL."""
    logger.error("operator alert %s: %s", kind.value, says)
    with transaction.atomic():
        _alone()
        if _count_on(kind, says):
            return
        OperatorAlert.objects.create(kind=kind, first_at=now(), last_at=now(), says=says[:500])
        transaction.on_commit(mail_alerts)


def note_for_operator(kind: OperatorAlert.Kind, says: str) -> None:
    """A row of its own in the caller's transaction, mailed by beat. That it is the only one is up to them."""
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


def mail_alerts() -> None:
    """Send what was not sent yet. A crash between the mail server's yes and our commit repeats one."""
    with transaction.atomic():
        unsent = OperatorAlert.objects.select_for_update(skip_locked=True).filter(mailed_at__isnull=True)
        for alert in unsent[:5]:
            if _send(alert):
                alert.mailed_at = now()
                alert.save(update_fields=["mailed_at"])


def _send(alert: OperatorAlert) -> bool:
    body = (
        f"{alert.get_kind_display()}.\n\n{alert.says}\n\n{MEANS[alert.kind]}\n"
        f"On record: {settings.SITE_URL}/admin/integrations/operatoralert/\n"
    )
    message = EmailMessage(f"Operator: {alert.get_kind_display()}", body, to=[settings.SUPPORT_EMAIL])
    try:
        message.send()
    except OSError:
        logger.exception("operator alert %s could not be mailed; tried again by beat", alert.pk)
        return False
    return True
