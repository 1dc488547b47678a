"""The path that everything else hangs on: connect, read, send, adopt numbers, see payments."""

from decimal import Decimal

from integrations.models import Connection
from released.billing.models import Document, Status
from sync.models import DocumentLink, Run
from tests.integration.sync.conftest import approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


def test_the_first_sync_brings_what_xero_has(connection: Connection, sandbox: Sandbox) -> None:
    sync(connection)
    theirs = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500)["documents"]
    wanted = [
        one for one in theirs if one["status"] in ("AUTHORISED", "PAID") and one["date"] >= "2025-01-01"
    ]
    assert Document.objects.filter(company=connection.company).count() == len(wanted)
    run = Run.objects.get(connection=connection)
    assert (run.trigger, run.result) == (Run.Trigger.FIRST, "done")
    assert run.pulled == run.pull_total


def test_a_document_raised_here_takes_xeros_number(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    sync(connection)
    made.refresh_from_db()
    assert made.number.startswith("INV-")
    assert made.shared_revision == made.revision
    found = sandbox.see("documents", organisation=HARBOUR_VIEW, from_the_app=1)["documents"]
    assert [one["number"] for one in found] == [made.number]


def test_a_payment_in_xero_is_seen_here(connection: Connection, sandbox: Sandbox) -> None:
    made = approved(connection)
    sync(connection)
    xero_id = str(DocumentLink.objects.get(document=made).xero_id)
    sandbox.do("record-payment", document=xero_id, organisation=HARBOUR_VIEW)
    ask(connection)
    made.refresh_from_db()
    assert (made.status, made.amount_due) == (Status.PAID, Decimal(0))
    assert made.settlements.count() == 1
