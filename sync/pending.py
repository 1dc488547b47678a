"""What is pending is a query: where our revision differs from the shared one, and nothing holds it back.

Used by the push, by beat and by progress: what the engine acts on. `sync.standing` says the same to
people, for lists, states and the effect of lost access, out of the same `sync.conditions`.
"""

from datetime import timedelta

from django.db.models import OuterRef, Q, QuerySet

from integrations.models import Connection
from released.billing.models import Document
from released.clock import now
from sync.conditions import (
    BLOCKED,
    CHANGED,
    IN_RANGE,
    KEPT_OUT,
    NEVER_THERE,
    NOT_THERE,
    contact_on_its_way,
    on_its_way,
    shared_since,
)
from sync.ranges import Range
from sync.scope import range_of
from sync.wire.kinds import kinds_at

LATELY = timedelta(minutes=2)


def changed(connection: Connection) -> QuerySet[Document]:
    """Approved documents that Xero has yet to agree to, whatever holds them back."""
    return Document.objects.filter(CHANGED, company_id=connection.company_id)


def waiting(connection: Connection) -> QuerySet[Document]:
    """Of those, the ones to be shared: in range and not excluded. This is what people see waiting."""
    rows = changed(connection).filter(in_range(range_of(connection)))
    return rows.exclude(KEPT_OUT).exclude(NEVER_THERE)


def to_send(connection: Connection) -> QuerySet[Document]:
    """Of those, the ones that can be sent now: not refused at this revision and not on their way."""
    return _sendable(waiting(connection))


def to_send_of_any() -> QuerySet[Document]:
    """`to_send` of whichever connection, as a subquery of one over connections."""
    rows = Document.objects.filter(CHANGED & IN_RANGE, company_id=OuterRef("company_id"))
    return _sendable(rows.exclude(KEPT_OUT).exclude(NEVER_THERE))


def _sendable(rows: QuerySet[Document]) -> QuerySet[Document]:
    return rows.exclude(BLOCKED).exclude(on_its_way()).exclude(contact_on_its_way())


def changed_lately(rows: QuerySet[Document], window: timedelta = LATELY) -> QuerySet[Document]:
    """Of those, what somebody may be waiting for. Not from ahead of now: the calendar may have been moved."""
    return rows.filter(changed_at__range=(now() - window, now() + window))


def never_sent_and_ended(connection: Connection) -> QuerySet[Document]:
    """Voided or deleted here before Xero ever had them: nothing to say to Xero."""
    return changed(connection).filter(NEVER_THERE).exclude(on_its_way())


def in_range(wanted: Range) -> Q:
    return Q() if wanted.start is None else shared_since(wanted.start)


def at(rows: QuerySet[Document], endpoint: str, *, is_create: bool) -> QuerySet[Document]:
    """Those that are created, or updated, at an endpoint."""
    rows = rows.filter(kind__in=kinds_at(endpoint))
    return rows.filter(NOT_THERE if is_create else ~NOT_THERE).order_by("pk")
