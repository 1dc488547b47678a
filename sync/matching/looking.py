"""Asks Xero for its chart because a person is waiting: after a first consent, or on the matching page."""

from django.db import transaction

from integrations.models import Connection
from integrations.xero.client import open_client
from integrations.xero.deadline import elapsed_clock
from integrations.xero.errors import XeroError
from sync.allowance import Allowance
from sync.edge import Books
from sync.errors import SyncError
from sync.gate import CALL_SECONDS, Gate
from sync.matching.adopting import adopt_if_blank
from sync.matching.chart import Chart
from sync.matching.contacts import find_near
from sync.matching.reading import keep_chart, read_chart, reading_of
from sync.matching.refreshing import release_woken
from sync.matching.standing import state_of
from sync.matching.usage import approved
from sync.models import ChartReading

State = Connection.State
CALLS = 10
SECONDS = 6.0  # a call: somebody looks at a page that does not come, and can do without


def look(connection: Connection) -> ChartReading | None:
    """Read and keep it; what is known of it then. Raises nothing that Xero may answer."""
    if connection.xero_tenant_id is None or connection.grant_id is None:
        return reading_of(connection)
    gate = Gate(Allowance(connection.xero_tenant_id, for_person=True))
    gate.lease_until = elapsed_clock() + CALLS * CALL_SECONDS  # no lease is needed: nothing is written
    try:
        with open_client(connection, gate=gate, seconds=SECONDS) as books:
            read = _read(books, connection)
    except (XeroError, SyncError) as problem:
        read = Chart(says=str(problem))
    with transaction.atomic():
        adopt_if_blank(connection, read)
        release_woken(connection, keep_chart(connection, read))
    return reading_of(connection)


def _read(books: Books, connection: Connection) -> Chart:
    """Contacts are worth asking for before anything was ever read, and where the chart could be."""
    read = read_chart(books)
    if read.sorts and connection.state == State.AWAITING_DATE:
        find_near(books, connection)
    return read


def page_after_consent(connection: Connection) -> str | None:
    """The name of the matching page if somebody should look at it before the date; else None.

    Only on the very first connection, and only where there is something to choose.
    """
    is_first = (
        connection.state == State.AWAITING_DATE and not connection.sync_from and not connection.all_time
    )
    if not is_first or not approved(connection).exists():
        return None
    if reading_of(connection) is None:
        look(connection)
    state = state_of(connection, counted=False)
    return "xero-matching" if state.is_readable and state.needs_person else None
