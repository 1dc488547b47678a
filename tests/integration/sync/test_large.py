"""An organisation with more documents than Xero lists at once (docs/xero.md C31), with that limit lowered."""

from datetime import timedelta

import pytest
from django.db.models import F

from integrations.models import Connection
from released.billing.models import Document
from sync.models import DocumentLink, PullPlace, Reconciliation, Schedule
from tests.integration.sync.conftest import ask, sync
from tests.integration.sync.test_reading import here, living
from tests.sandbox import HARBOUR_VIEW, Sandbox

ROWS = 25


@pytest.fixture(autouse=True)
def _few_rows(sandbox: Sandbox) -> None:
    sandbox.switch(large_lists="refused")
    sandbox.do("limits", rows=ROWS)


@pytest.mark.fact("C31")
def test_everything_is_read_in_slices_that_xero_lists(connection: Connection, sandbox: Sandbox) -> None:
    assert len(living(sandbox)) > ROWS
    sync(connection)
    assert here(connection) == living(sandbox)
    assert not PullPlace.objects.filter(slice_from__isnull=False).exists()
    report = Reconciliation.objects.get()
    assert (report.agrees, report.compared) == (True, len(living(sandbox)))


@pytest.mark.fact("C31")
def test_when_too_much_changed_since_everything_is_read_anew_and_compared(
    connection: Connection, sandbox: Sandbox
) -> None:
    sync(connection)
    sandbox.do("burst", organisation=HARBOUR_VIEW, count=ROWS * 2, reference="burst")
    PullPlace.objects.update(high_water=F("high_water") - timedelta(days=90))
    ask(connection)
    taken = Document.objects.filter(company=connection.company, reference="burst")
    burst = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500, q="burst")["documents"]
    assert taken.count() == len({row["id"] for row in burst} & living(sandbox))
    assert Reconciliation.objects.count() > 1


@pytest.mark.fact("C31")
def test_one_day_with_more_stops_the_reading_and_says_so(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("limits", rows=0)
    sync(connection, patiently=False)
    assert not DocumentLink.objects.exists()
    assert "number of rows" in Schedule.objects.get().held_because
