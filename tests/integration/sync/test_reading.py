"""Everything is read once, whatever moves meanwhile; the unreadable is set aside (docs/protocols.md 3)."""

from datetime import date

import pytest

from integrations.models import Connection
from integrations.transitions import change_sync_from
from released.billing.models import Document
from sync.models import DocumentLink, PullPlace, Reconciliation, SetAside
from sync.pull import pages
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


def living(sandbox: Sandbox, since: str = "2025-01-01") -> set[str]:
    rows = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=500)["documents"]
    return {row["id"] for row in rows if row["status"] in ("AUTHORISED", "PAID") and row["date"] >= since}


def here(connection: Connection) -> set[str]:
    return {str(one) for one in DocumentLink.objects.values_list("xero_id", flat=True)}


def test_rows_that_move_between_pages_are_not_skipped(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE_SIZE", 10)
    sandbox.do("faults", action="page_drift", path="/Invoices", edits=7, nth=2, times=3)
    sync(connection)
    assert here(connection) == living(sandbox)


def test_a_list_that_fits_on_one_page_is_one_call(
    transactional_db: None, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE_SIZE", 30)
    connection = sandbox.connection(organisation="Castlegate Estates Ltd")
    sandbox.do("bulk", organisation="Castlegate Estates Ltd", invoices=30, lines=1, days=20)
    sync(connection)
    asked = [row for row in sandbox.see("record")["requests"] if row["path"].endswith("/Invoices")]
    assert len([row for row in asked if "summaryOnly" not in row["query"]]) == 1


def test_one_odd_record_does_not_lose_its_page(connection: Connection, sandbox: Sandbox) -> None:
    sandbox.do("faults", action="unknown_enum", path="/Invoices", field_name="Status", value="X", times=1)
    sync(connection)
    wanted = living(sandbox)
    assert len(wanted - here(connection)) <= 1
    assert SetAside.objects.filter(reason="unreadable").count() == len(wanted - here(connection))


@pytest.mark.parametrize("odd", ["x" * 300, "a\x00b"])
def test_a_text_that_no_column_holds_loses_only_its_document(
    connection: Connection, sandbox: Sandbox, odd: str
) -> None:
    one = sandbox.see("documents", organisation=HARBOUR_VIEW, limit=1)["documents"][0]
    sandbox.do("edit-document", document=one["id"], organisation=HARBOUR_VIEW, set={"reference": odd})
    sync(connection)
    assert SetAside.objects.get().xero_id == one["id"]
    assert here(connection) == living(sandbox) - {one["id"]}


def test_a_hidden_edit_is_healed_by_comparing(connection: Connection, sandbox: Sandbox) -> None:
    """Xero changes some fields without a new stamp, so no pull ever sees them."""
    made = approved(connection, reference="Flat 4")
    sync(connection)
    xero_id = str(DocumentLink.objects.get(document=made).xero_id)
    changed = {"due_date": "2027-02-01"}
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set=changed, touch=False)
    ask(connection)
    assert again(made).due_date == date(2027, 2, 1)
    assert Reconciliation.objects.filter(ended_at__isnull=False).first().agrees  # type: ignore[union-attr]


def test_both_sides_are_proven_equal(connection: Connection, sandbox: Sandbox) -> None:
    approved(connection)
    sync(connection)
    report = Reconciliation.objects.get()
    assert (report.agrees, report.differences) == (True, [])
    assert report.compared == len(living(sandbox))
    assert all(month["here"] == month["xero"] for month in report.months)


def test_an_earlier_date_brings_what_became_visible(connection: Connection, sandbox: Sandbox) -> None:
    change_sync_from(connection, sync_from=date(2026, 10, 1), by=None)
    sync(connection)
    assert here(connection) == living(sandbox, "2026-10-01")
    change_sync_from(connection, sync_from=date(2025, 1, 1), by=None)
    sync(connection)
    assert here(connection) == living(sandbox)
    assert not PullPlace.objects.filter(slice_from__isnull=False).exists()


def test_changes_before_the_date_are_not_shared_until_the_date_moves(
    connection: Connection, sandbox: Sandbox
) -> None:
    sync(connection)
    known = Document.objects.filter(company=connection.company, status="AUTHORISED").order_by("date").first()
    assert known is not None
    xero_id = str(DocumentLink.objects.get(document=known).xero_id)
    change_sync_from(connection, sync_from=date(2026, 11, 20), by=None)
    changed = {"reference": "While outside"}
    sandbox.do("edit-document", document=xero_id, organisation=HARBOUR_VIEW, set=changed)
    ask(connection)
    assert again(known).reference == known.reference
    change_sync_from(connection, sync_from=date(2025, 1, 1), by=None)
    sync(connection)
    assert again(known).reference == "While outside"


def test_a_document_before_the_date_waits_here(connection: Connection, sandbox: Sandbox) -> None:
    change_sync_from(connection, sync_from=date(2026, 10, 1), by=None)
    made = approved(connection, date=date(2026, 9, 30))
    sync(connection)
    assert again(made).shared_revision == 0
    change_sync_from(connection, sync_from=date(2026, 9, 1), by=None)
    sync(connection)
    assert not again(made).is_pending
