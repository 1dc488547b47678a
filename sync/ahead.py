"""A person's small change goes ahead of everything else of its company, through the reserve kept for it.

A large backlog, a long reading or a nightly comparison may take hours within Xero's limits. What somebody
changed just now is sent before the rest in every turn, also while only background work is held back. Never
before what a gap left open is settled and read (docs/protocols.md 3.8), nor against a pause of Xero's own.
"""

from datetime import timedelta

from integrations.models import Connection
from sync.due import facts_of, wanted
from sync.models import Run, Schedule
from sync.pending import LATELY, changed_lately, to_send
from sync.push.pushing import OF_DOCUMENTS
from sync.work import Work

SMALL = 50
WINDOWS = (LATELY, timedelta(seconds=15))
READ_FIRST = (Run.Trigger.FIRST, Run.Trigger.RECONNECT, Run.Trigger.RANGE)


def small_change(connection: Connection, schedule: Schedule) -> list[int]:
    """The documents to send ahead; none when it is no small change, or much has to be read first.

    A change of thousands is background work; a single one made shortly after it is not.
    """
    for window in WINDOWS:
        rows = changed_lately(to_send(connection), window).order_by()
        found = list(rows.values_list("pk", flat=True)[: SMALL + 1])
        if len(found) <= SMALL:
            return [] if not found or _is_behind(connection, schedule) else found
    return []


def is_awaited(connection_id: int) -> bool:
    """Whether a turn may use the queue for people: for a small change, or to begin with what was asked for.

    What goes on for long does so in the background, or a few large companies would keep that queue busy.
    """
    if not Run.objects.filter(connection=connection_id, ended_at=None).exists():
        return True
    connection = Connection.objects.filter(pk=connection_id).select_related("schedule").first()
    return connection is not None and bool(small_change(connection, connection.schedule))


def _is_behind(connection: Connection, schedule: Schedule) -> bool:
    return connection.must_reconcile or wanted(facts_of(connection, schedule)) in READ_FIRST


def push_ahead(work: Work, documents: list[int]) -> None:
    """One batch of each sort holds them all."""
    if not documents:
        return
    with work.gate.for_person(), work.narrowed_to(documents):
        for step in OF_DOCUMENTS:
            step(work)
