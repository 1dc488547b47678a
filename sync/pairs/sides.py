"""Both sides as `likeness` looks at them: ours that Xero may have, and what was set aside of Xero's."""

from collections.abc import Iterable

from django.db.models import QuerySet

from integrations.models import Connection
from released.billing.models import Document, Status
from sync.conditions import CHANGED, on_its_way
from sync.models import Problem, SetAside
from sync.pairs.likeness import Traits
from sync.pull.known import contact_ids
from sync.scope import Scope
from sync.theirs import TheirDocument
from sync.wire.documents import read_document
from sync.wire.values import UnreadableRecord


def unshared(connection: Connection) -> QuerySet[Document]:
    """Approved, never shared, and not on their way: Xero may hold them without our knowing.

    Also those dated before the range, and excluded ones: a later date or a change of mind would send them.
    """
    mine = Document.objects.filter(CHANGED, company=connection.company_id)  # by its own index, at any size
    rows = mine.filter(status=Status.AUTHORISED, shared_revision=0)
    rows = rows.exclude(link__problem__cause=Problem.Cause.AMBIGUOUS)  # a create of it is doubtful itself
    return rows.filter(link__xero_id__isnull=True).exclude(on_its_way())


def set_aside_there(connection: Connection) -> QuerySet[SetAside]:
    """Xero's documents that wait for a person's word."""
    return SetAside.objects.filter(connection=connection, reason=SetAside.Reason.LIKELY_PAIR)


def read_aside(rows: Iterable[SetAside]) -> list[TheirDocument]:
    return [one for row in rows if (one := _read(row)) is not None]


def _read(row: SetAside) -> TheirDocument | None:
    """It could be read when it was set aside; None if our reading became stricter since."""
    try:
        return read_document(row.payload)
    except UnreadableRecord:
        return None


def our_traits(scope: Scope, documents: Iterable[Document]) -> list[Traits]:
    rows = list(documents)
    known = contact_ids(scope, {document.contact_id for document in rows})
    return [
        Traits(
            key=str(one.pk),
            kind=one.kind,
            number=one.number,
            reference=one.reference,
            contact=str(known.get(one.contact_id) or ""),
            name=one.contact.name,
            date=one.date,
            total=one.total,
            currency=one.currency,
        )
        for one in rows
    ]


def their_traits(theirs: Iterable[TheirDocument]) -> list[Traits]:
    return [
        Traits(
            key=str(one.xero_id),
            kind=one.kind.value,
            number=one.number,
            reference=one.fields.reference,
            contact=one.fields.contact,
            name=one.contact_name,
            date=one.fields.date,
            total=one.amounts.total,
            currency=one.fields.lines.currency,
        )
        for one in theirs
    ]


def called(aside: SetAside) -> str:
    """INV-000123, as people know it there."""
    held = aside.payload
    return str(held.get("InvoiceNumber") or held.get("CreditNoteNumber") or "the one without a number")
