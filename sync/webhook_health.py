"""Whether Xero's webhooks still reach us: what is mis-signed time and again, and silence, alert the operator.

Neither loses anything, since regular pulls carry what webhooks miss, minutes later. Xero
itself sends mis-signed posts on purpose when a webhook is set up (docs/xero.md E); a handful means nothing.
"""

import logging
from datetime import timedelta

import redis
from django.conf import settings
from django.core.cache import cache

from integrations.alerts import alert_operator, note_for_operator
from integrations.models import OperatorAlert
from released.clock.database import database_now
from sync.models import Run, WebhookEvent

logger = logging.getLogger(__name__)
Kind = OperatorAlert.Kind
MANY = 20
COUNTED_FOR = timedelta(hours=24)
MIS_SIGNED = "webhooks:mis-signed"
SILENT_AFTER = timedelta(hours=6)
UNANNOUNCED = (
    3  # runs; one could have met the very minute before a webhook, or something they do not announce
)


def note_mis_signed() -> None:
    """Counted in the broker, so that whoever posts nonsense costs no row; each full score is told."""
    if not settings.XERO_WEBHOOK_KEY:
        return
    try:
        cache.add(MIS_SIGNED, 0, COUNTED_FOR.total_seconds())
        count = cache.incr(MIS_SIGNED)
    except (redis.RedisError, ValueError) as problem:  # ValueError: it ran out between the two
        logger.info("a mis-signed webhook was not counted: %s", type(problem).__name__)
        return
    if count % MANY == 0:
        says = f"{count} posts within a day were not signed with our key, and none of Xero’s was in between."
        alert_operator(Kind.WEBHOOKS_MIS_SIGNED, says)


def note_genuine() -> None:
    """Real news, signed with our key: the key is right, and what was mis-signed is somebody else’s."""
    try:
        cache.delete(MIS_SIGNED)
    except redis.RedisError as problem:
        logger.info("the count of mis-signed webhooks was not reset: %s", type(problem).__name__)


def note_silence() -> bool:
    """Tell the operator once for each silence; whether this was the time. For beat."""
    last = WebhookEvent.objects.order_by("-pk").first()
    if not settings.XERO_WEBHOOK_KEY or last is None:  # without a first one there is nothing to miss
        return False
    if database_now() - last.received_at < SILENT_AFTER or _is_told(last):
        return False
    found = Run.objects.filter(trigger=Run.Trigger.REGULAR, applied__gt=0, began_at__gt=last.received_at)
    if len(found.order_by("-pk").values_list("pk")[:UNANNOUNCED]) < UNANNOUNCED:
        return False
    says = (
        f"The last one came on {last.received_at:%d %b %Y at %H:%M} UTC. Since then regular pulls have found "
        "changes in Xero again and again."
    )
    note_for_operator(Kind.WEBHOOKS_SILENT, says)
    return True


def _is_told(last: WebhookEvent) -> bool:
    return OperatorAlert.objects.filter(kind=Kind.WEBHOOKS_SILENT, first_at__gt=last.received_at).exists()
