"""What sync knows of an organisation goes together with the bond, when an operator releases it."""

from django.db.models import F, Q

from integrations.models import Connection
from released.billing.models import Document, DocumentEvent, Status
from released.clock import now
from released.portfolio.models import Contact
from sync.earlier import keep
from sync.models import (
    ChartEntry,
    ChartReading,
    Conflict,
    ContactLink,
    Delivery,
    DocumentLink,
    Lease,
    LikelyPair,
    Match,
    NearContact,
    Problem,
    PullPlace,
    Reconciliation,
    Run,
    Schedule,
    SetAside,
)

BATCH = 2000
EXCLUDED = (
    "Excluded from sync when the company was released from its organisation in Xero: "
    "its payments and credits were recorded there"
)


def forget(connection: Connection) -> None:
    """In the releasing transaction. The documents stay as they are, and count as shared with nobody.

    What linked them is laid by for the case that the company comes back to this organisation.

    Those with payments or credits are excluded: whatever books come next know of neither, and would hold
    them as unpaid. To raise them there all the same is a person's choice.
    """
    _end_lease(connection)
    keep(connection)
    for model in (
        Conflict,
        Delivery,
        SetAside,
        LikelyPair,
        PullPlace,
        DocumentLink,
        ContactLink,
        Problem,
        Reconciliation,
        Match,
        NearContact,
        ChartEntry,
        ChartReading,
    ):
        model._default_manager.filter(connection=connection).delete()
    Run.objects.filter(connection=connection).delete()
    Schedule.objects.filter(connection=connection).delete()
    Document.objects.filter(company=connection.company_id).update(shared_revision=0)
    Contact.objects.filter(company=connection.company_id).update(shared_revision=0)
    _exclude_settled(connection)


def _end_lease(connection: Connection) -> None:
    """A turn that is still under way can write nothing of the books that are left any more."""
    Lease.objects.filter(pk=connection.pk).update(owner=None, expires_at=None, fence=F("fence") + 1)


def _exclude_settled(connection: Connection) -> None:
    """Whatever was paid or credited in the books that are left, in whole or in part."""
    settled = Q(status=Status.PAID) | ~Q(amount_paid=0) | ~Q(amount_credited=0)
    rows = Document.objects.filter(settled, company=connection.company_id).order_by("pk")
    at, wanted = now(), list(rows.values_list("pk", flat=True))
    DocumentLink.objects.bulk_create(
        (DocumentLink(document_id=pk, connection=connection, excluded_at=at) for pk in wanted),
        batch_size=BATCH,
    )
    DocumentEvent.objects.bulk_create(
        (DocumentEvent(document_id=pk, at=at, what="excluded", says=EXCLUDED) for pk in wanted),
        batch_size=BATCH,
    )
