"""What is pending is a query: where our revision differs from the shared one, and nothing holds it back.

Used by the push, by beat and by progress: what the engine acts on. `sync.standing` says the same to
people, for lists, states and the effect of lost access; whoever changes one looks at the other.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from integrations.models import Connection
from released.billing.models import Document, Status
from sync.models import DeliveryItem
from sync.ranges import Range
from sync.scope import range_of
from sync.wire.kinds import kinds_at

STAY_HERE = (Status.DRAFT, Status.SUBMITTED)
ENDED = (Status.VOIDED, Status.DELETED)


def changed(connection: Connection) -> QuerySet[Document]:
    """Approved documents that Xero has yet to agree to, whatever holds them back."""
    rows = Document.objects.filter(company_id=connection.company_id)
    return rows.exclude(status__in=STAY_HERE).exclude(revision=F("shared_revision"))


def waiting(connection: Connection) -> QuerySet[Document]:
    """Of those, the ones to be shared: in range and not excluded. This is what people see waiting."""
    never_there = Q(status__in=ENDED) & (Q(link__isnull=True) | Q(link__xero_id__isnull=True))
    rows = changed(connection).filter(in_range(range_of(connection)), link__excluded_at__isnull=True)
    return rows.exclude(never_there)


def to_send(connection: Connection) -> QuerySet[Document]:
    """Of those, the ones that can be sent now: not refused at this revision and not on their way."""
    on_its_way = DeliveryItem.objects.filter(document=OuterRef("pk"), is_open=True)
    blocked = Q(link__blocked_revision__isnull=False) & Q(link__blocked_revision=F("revision"))
    return waiting(connection).exclude(blocked).exclude(Exists(on_its_way))


def never_sent_and_ended(connection: Connection) -> QuerySet[Document]:
    """Voided or deleted here before Xero ever had them: nothing to say to Xero."""
    rows = changed(connection).filter(status__in=ENDED)
    on_its_way = DeliveryItem.objects.filter(document=OuterRef("pk"), is_open=True)
    return rows.filter(Q(link__isnull=True) | Q(link__xero_id__isnull=True)).exclude(Exists(on_its_way))


def in_range(wanted: Range) -> Q:
    """`Range.covers` as a condition."""
    if wanted.start is None:
        return Q()
    return Q(date__gte=wanted.start) | Q(link__agreed_date__gte=wanted.start)


def at(rows: QuerySet[Document], endpoint: str, *, is_create: bool) -> QuerySet[Document]:
    """Those that are created, or updated, at an endpoint."""
    new = Q(link__isnull=True) | Q(link__xero_id__isnull=True)
    return rows.filter(kind__in=kinds_at(endpoint)).filter(new if is_create else ~new).order_by("pk")
