"""Takes up what was set aside: once the outcome of a create is known, or a likely pair is settled."""

from sync.deliveries.seen import settle_seen
from sync.models import SetAside
from sync.pairs.refreshing import refresh
from sync.pull.applying import apply_documents
from sync.pull.import_new import kinds_being_created
from sync.pull.reading import Read
from sync.wire.documents import read_document
from sync.work import Work

AT_ONCE = 200


def reconsider(work: Work) -> None:
    """What is linked by now is applied, what is nobody's is imported, what must still wait is left."""
    refresh(work)
    rows = SetAside.objects.filter(
        connection=work.scope.connection, reason=SetAside.Reason.CREATE_OPEN
    ).order_by("pk")
    if not rows.exists():
        return
    with work.settling("pull.reconsidered"):
        reads = [Read(row.payload, read_document(row.payload)) for row in rows[:AT_ONCE]]
        settle_seen(work, reads)
        waiting = kinds_being_created(work.scope)
        ready = [read for read in reads if read.theirs.kind not in waiting]
        ids = [str(read.theirs.xero_id) for read in ready]
        SetAside.objects.filter(connection=work.scope.connection, xero_id__in=ids).delete()
        apply_documents(work.scope, ready)
