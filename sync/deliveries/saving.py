"""A delivery is saved before it is sent: its exact body, its key, and what is in it at which revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from released.billing.models import Document
from released.clock.database import database_now
from released.portfolio.models import Contact
from sync.canonical import ContactFields, DocumentFields, freeze
from sync.deliveries.failing import require_answers
from sync.models import Delivery, DeliveryItem
from sync.scope import Scope
from sync.wire.outgoing import body


@dataclass(frozen=True)
class Parcel:
    """One document or contact as it is about to be sent. `names` are the canonical fields it carries."""

    thing: Document | Contact
    fields: DocumentFields | ContactFields
    names: frozenset[str]
    payload: dict[str, Any]
    line_keys: tuple[str, ...] = ()


def save(scope: Scope, method: str, endpoint: str, parcels: Sequence[Parcel], *, is_create: bool) -> Delivery:
    """In a fenced transaction that holds the things' rows and has found them pending.

    That nothing is in two open deliveries is held by the database too (`DeliveryItem`). Raises OutcomeUnknown
    while Xero answers nothing.
    """
    require_answers(scope.connection)
    moment = database_now()
    delivery = Delivery.objects.create(
        connection=scope.connection,
        method=method,
        endpoint=endpoint,
        is_create=is_create,
        body=body(endpoint, [parcel.payload for parcel in parcels]),
        idempotency_key=f"released-{uuid4()}",
        first_sent_at=moment,
        last_sent_at=moment,
    )
    DeliveryItem.objects.bulk_create(
        _item(delivery, position, parcel) for position, parcel in enumerate(parcels)
    )
    return delivery


def _item(delivery: Delivery, position: int, parcel: Parcel) -> DeliveryItem:
    thing, whole = parcel.thing, freeze(parcel.fields)
    total = {"total": str(thing.total)} if isinstance(thing, Document) else {}
    return DeliveryItem(
        delivery=delivery,
        position=position,
        document=thing if isinstance(thing, Document) else None,
        contact=thing if isinstance(thing, Contact) else None,
        revision=thing.revision,
        sent={
            "fields": {name: whole[name] for name in parcel.names},
            "line_keys": list(parcel.line_keys),
            "number": parcel.payload.get("InvoiceNumber") or parcel.payload.get("CreditNoteNumber") or "",
            **total,
        },
    )
