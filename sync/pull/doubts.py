"""Credit notes after a database was restored: they carry no address of ours, so likeness alone can tell.

One that waits here and was never sent, as far as this database knows, may have been sent before it was
restored, and changed since. So while a connection reconciles first, every unknown credit note in Xero of
the same sort that shares contact or reference is shown beside ours, and a person decides. Asking once too
often is a click; sending twice is money.
"""

from collections.abc import Sequence

from django.db.models import QuerySet

from released.billing.models import Document, Kind, Status
from sync.ambiguity import call_ambiguous
from sync.conditions import on_its_way
from sync.models import DeliveryItem
from sync.pull.known import contact_ids
from sync.pull.reading import Read
from sync.scope import Scope
from sync.theirs import TheirDocument

CREDITS = tuple(kind for kind in Kind if kind.is_credit)


def hold_doubtful(scope: Scope, unknown: Sequence[Read[TheirDocument]]) -> None:
    """In the caller's transaction, before anything unknown is imported. Nothing but after an adoption."""
    notes = [read for read in unknown if read.theirs.kind.is_credit and read.theirs.is_approved]
    if not scope.connection.must_reconcile or not notes:
        return
    ours = list(_never_sent(scope))
    contacts = contact_ids(scope, {document.contact_id for document in ours})
    for document in ours:
        contact = str(contacts.get(document.contact_id, ""))
        alike = [read for read in notes if is_alike(document, contact, read.theirs)]
        if alike:
            call_ambiguous(scope, DeliveryItem(document=document, revision=document.revision), alike)


def is_alike(document: Document, contact: str, theirs: TheirDocument) -> bool:
    """The same sort, and the contact or the reference."""
    if theirs.kind != document.kind:
        return False
    reference = document.reference.strip()
    same_name = theirs.contact_name.strip().casefold() == document.contact.name.strip().casefold()
    same_contact = theirs.fields.contact == contact if contact else same_name
    return same_contact or bool(reference and theirs.fields.reference == reference)


def _never_sent(scope: Scope) -> QuerySet[Document]:
    rows = Document.objects.filter(
        company=scope.company, kind__in=CREDITS, status=Status.AUTHORISED, shared_revision=0
    )
    return rows.filter(link__xero_id__isnull=True).exclude(on_its_way()).select_related("contact")
