"""Asks Xero for its chart because a person is waiting: after a first consent, or on the matching page."""

import time

from integrations.models import Connection
from integrations.xero.client import open_client
from integrations.xero.errors import XeroError
from sync.allowance import Allowance
from sync.errors import SyncError
from sync.gate import CALL_SECONDS, Gate
from sync.matching.chart import Chart
from sync.matching.reading import keep_chart, read_chart, reading_of
from sync.models import ChartReading

CALLS = 10


def look(connection: Connection) -> ChartReading | None:
    """Read and keep it; what is known of it then. Raises nothing that Xero may answer."""
    if connection.xero_tenant_id is None or connection.grant_id is None:
        return reading_of(connection)
    gate = Gate(Allowance(connection.xero_tenant_id, for_person=True))
    gate.lease_until = time.monotonic() + CALLS * CALL_SECONDS  # no lease is needed: nothing is written
    try:
        with open_client(connection, gate=gate) as books:
            read = read_chart(books)
    except (XeroError, SyncError) as problem:
        read = Chart(says=str(problem))
    keep_chart(connection, read)
    return reading_of(connection)
