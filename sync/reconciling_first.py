"""A connection that was taken over with a restored or copied database: both sides are compared, then sent.

Such a database does not know what was sent since it was written. So everything is read first; documents of
ours are recognised by the address that they carry in Xero, credit notes, which carry none, by their likeness;
and what is only in Xero comes here. Not before both sides were compared whole is anything sent.
"""

from integrations.history import record
from integrations.models import Connection
from sync.comparing import compare
from sync.work import Work

SAYS = "Both sides were compared after the database was taken over; from now on changes are sent again."


def reconcile_first(work: Work) -> bool:
    """True when it is done, or nothing of the kind is asked for. Resumable, as the comparison is."""
    connection = work.scope.connection
    if not connection.must_reconcile:
        return True
    if not compare(work):
        return False
    with work.settling("adopted.compared"):
        Connection.objects.filter(pk=connection.pk).update(must_reconcile=False)
        record(connection, "reconciled", SAYS, by=None)
    connection.must_reconcile = False
    return True
