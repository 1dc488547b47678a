"""What Xero tells us: verified on the raw body, stored, and answered at once.

Nothing in it is believed but that something happened at an organisation; the run that it wakes
reads the truth (`sync.told`). A mis-signed body is answered 401 before it is parsed, which is also what Xero
tests when a webhook is set up (docs/xero.md E).
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from integrations.models import Connection
from released.clock.database import database_now
from sync.models import Run, Schedule, WebhookEvent
from sync.signals import ring

MOST = 1000


class Event(msgspec.Struct):
    """One event as Xero sends it; only what we keep. At whose organisation is all that it needs to wake."""

    xero_tenant_id: UUID = msgspec.field(name="tenantId")
    category: Any = msgspec.field(name="eventCategory", default="")
    kind: Any = msgspec.field(name="eventType", default="")
    resource_id: Any = msgspec.field(name="resourceId", default="")
    happened_at: Any = msgspec.field(name="eventDateUtc", default="")


class Envelope(msgspec.Struct):
    """The body. Each event is read by itself, so that an odd one does not lose the others."""

    events: list[msgspec.Raw] = []


def is_signed(body: bytes, signature: str) -> bool:
    """Constant time; without a key of ours nothing is genuine."""
    key = settings.XERO_WEBHOOK_KEY
    expected = base64.b64encode(hmac.new(key.encode(), body, hashlib.sha256).digest()).decode()
    return bool(key) and hmac.compare_digest(expected.encode(), signature.encode())


def read(body: bytes) -> list[Event]:
    """The readable events of a verified body. Raises msgspec.DecodeError when it is no envelope."""
    envelope = msgspec.json.decode(body, type=Envelope)
    return [event for event in map(_event, envelope.events[:MOST]) if event is not None]


@transaction.atomic
def keep(events: Iterable[Event]) -> None:
    """Store them and mark their connections; the bell rings after commit."""
    moment = database_now()
    rows = [_row(event, moment) for event in events]
    WebhookEvent.objects.bulk_create(rows)
    woken = Connection.objects.filter(
        xero_tenant_id__in={row.xero_tenant_id for row in rows}, state=Connection.State.CONNECTED
    )
    for connection in woken:
        _wake(connection)


def _wake(connection: Connection) -> None:
    """Whoever asked by hand is not forgotten over it. Once is enough, however many posts come until then."""
    schedule, _ = Schedule.objects.get_or_create(connection=connection)
    unasked = Schedule.objects.filter(pk=schedule.pk, is_wanted=False)
    if unasked.update(is_wanted=True, wanted_because=Run.Trigger.WEBHOOK):
        ring(connection.pk)


def _event(raw: msgspec.Raw) -> Event | None:
    try:
        return msgspec.json.decode(raw, type=Event)
    except msgspec.DecodeError:
        return None


def _row(event: Event, moment: Any) -> WebhookEvent:
    return WebhookEvent(
        xero_tenant_id=event.xero_tenant_id,
        category=_text(event.category, 20),
        type=_text(event.kind, 20),
        resource_id=_text(event.resource_id, 64),
        happened_at=_text(event.happened_at, 40),
        received_at=moment,
    )


def _text(given: Any, most: int) -> str:
    """What our column can hold of it, whatever it is."""
    return "" if given is None else str(given).replace("\x00", "")[:most]
