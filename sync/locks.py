"""What Xero lets nobody change any more, because it was paid or credited there (docs/xero.md C12, C28).

A payment that meets a change of ours which has not been sent makes it impossible; the payment stands. So a
person chooses, and Xero's version takes the change back. Who keeps ours is told that the payment has to go
first: it is tried once, refused in public, and asked about again when somebody has it tried again.
"""

from released.billing.editing import Extent, Facts, editable
from released.billing.models import DocumentEvent, Status
from sync.canonical import NAMES, DocumentFields, freeze
from sync.models import Conflict, DocumentLink
from sync.theirs import TheirDocument

NONE: frozenset[str] = frozenset()
ALL = frozenset(NAMES[DocumentFields])
LOCKS = {
    Extent.ALL: NONE,
    Extent.REFERENCE_AND_DUE_DATE: ALL - {"reference", "due_date"},
    Extent.NOTHING: ALL,
}


def locked_in(theirs: TheirDocument) -> frozenset[str]:
    """The canonical fields that Xero takes no change of. What has ended is not locked: it is gone."""
    if theirs.status in (Status.VOIDED, Status.DELETED):
        return NONE
    settled = theirs.amounts.amount_paid + theirs.amounts.amount_credited
    return LOCKS[editable(Facts(theirs.kind, theirs.status, settled)).extent]


def was_insisted(link: DocumentLink, ours: DocumentFields, names: frozenset[str]) -> bool:
    """Whether a person, told of these locks, kept ours as it is, and it was not refused and freed since."""
    last = (
        Conflict.objects.filter(document=link.document_id, resolved_at__isnull=False).order_by("-pk").first()
    )
    if last is None or last.choice != Conflict.Choice.OURS or not names <= set(last.locked):
        return False
    held = freeze(ours)
    if any(last.ours[name] != held[name] for name in names):
        return False
    return link.problem_id is not None or not _was_refused(link)


def _was_refused(link: DocumentLink) -> bool:
    """Since somebody last chose. By the order of the entries: the calendar may have been moved."""
    told = DocumentEvent.objects.filter(document=link.document_id, what__in=("resolved", "refused"))
    last = told.order_by("-pk").first()
    return last is not None and last.what == "refused"
