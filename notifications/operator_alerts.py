"""Mails to the operator, who is an address (`SUPPORT_EMAIL`) and no user: one for each alert.

Owed by the alert's row until the mail server has taken one; the same outbox and the same guarantees as
mails to people.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from integrations.models import OperatorAlert
from integrations.xero.steps import reach
from notifications.emails import Email, render
from notifications.loss_facts import Facts
from notifications.models import Mail, MailAlert
from notifications.outbox import insert
from notifications.words import at

Kind = OperatorAlert.Kind
GRAVE = (Kind.MISCONFIGURED, Kind.PAUSED)
MEANS: dict[str, str] = {
    Kind.MISCONFIGURED: (
        "No customer was told and no connection was touched. Sync of the companies concerned waits; "
        "nothing is lost."
    ),
    Kind.OFTEN_LOST: "Its people see it marked as often lost, and were offered the diagnostics file to send.",
    Kind.PAUSED: (
        "This installation is not where or what it was when it last worked, or somebody paused it. Nothing "
        "is asked of Xero, no permission is renewed, and nobody but you is sent a mail. Nothing is lost."
    ),
    Kind.STUCK: (
        "Its turns end in the same way again and again. Its page says so; all other companies go on. "
        "Nothing is lost: its changes wait."
    ),
    Kind.WEBHOOKS_MIS_SIGNED: (
        "They are refused, and regular pulls carry the changes, minutes later. Nothing is lost."
    ),
    Kind.WEBHOOKS_SILENT: (
        "Regular pulls found changes in Xero that no webhook announced. They carry them, minutes later; "
        "nothing is lost."
    ),
}
ADVICE: dict[str, str] = {
    Kind.MISCONFIGURED: (
        "Compare XERO_CLIENT_ID, XERO_CLIENT_SECRET and SITE_URL with the app at developer.xero.com. Sync "
        "goes on by itself once this is put right."
    ),
    Kind.OFTEN_LOST: "Look at the evidence, which is on record with the episodes, in the admin.",
    Kind.PAUSED: (
        "Once the other installation is off for good, run manage.py adopt. Until then leave it paused "
        "(docs/operations.md)."
    ),
    Kind.STUCK: (
        "Look into the workers’ log. It is tried again by itself every five minutes; manage.py stop_sync "
        "leaves it alone until the cause is found."
    ),
    Kind.WEBHOOKS_MIS_SIGNED: (
        "Compare XERO_WEBHOOK_KEY with the webhooks key of the app at developer.xero.com."
    ),
    Kind.WEBHOOKS_SILENT: (
        "Look at the webhook’s state at developer.xero.com, and whether its address still leads here."
    ),
}


def freeze_alerts(*, only_paused: bool = False) -> list[Mail]:
    """Freeze every alert that has no mail. While paused only the mail about the pause itself."""
    made = [freeze_alert(alert) for alert in owed_alerts() if not only_paused or alert.kind == Kind.PAUSED]
    return [mail for mail in made if mail is not None]


def owed_alerts() -> Iterator[OperatorAlert]:
    """Neither mailed nor frozen, the oldest first."""
    frozen = MailAlert.objects.filter(is_void=False).values("alert")
    yield from (
        OperatorAlert.objects.filter(mailed_at__isnull=True).exclude(pk__in=frozen).order_by("first_at")
    )


def freeze_alert(alert: OperatorAlert) -> Mail | None:
    """None when another sender was quicker."""
    email = for_operator(alert)
    reach("notices.written")
    try:
        with transaction.atomic():
            mail = insert(Mail.Kind.OPERATOR, None, email)
            MailAlert.objects.create(mail=mail, alert=alert)
            reach("notices.frozen")
    except IntegrityError:
        return None
    return mail


def for_operator(alert: OperatorAlert) -> Email:
    """What it is, what it means, what to do."""
    site = urlsplit(settings.SITE_URL).hostname or settings.SITE_URL
    return render(
        "operator",
        None,
        facts_of(alert),
        title=alert.get_kind_display(),
        site=site,
        means=MEANS[alert.kind],
        advice=ADVICE[alert.kind],
        is_grave=alert.kind in GRAVE,
        link=f"{settings.SITE_URL}{reverse('admin:integrations_operatoralert_changelist')}",
    )


def facts_of(alert: OperatorAlert) -> Facts:
    facts = [("What we saw", alert.says), ("Since", at(alert.first_at, settings.TIME_ZONE))]
    if alert.times > 1:
        facts.append(("So far", f"{alert.times} times, last {at(alert.last_at, settings.TIME_ZONE)}"))
    return [*facts, ("Installation", settings.SITE_URL)]


def is_alert_owed(mail: Mail) -> bool:
    """Asked when the mail is claimed: no other mail about it was taken meanwhile."""
    return mail.alerts.filter(alert__mailed_at__isnull=True).exists()
