"""However much was set aside, and whatever must go on waiting, what can be taken up is taken up."""

from datetime import timedelta

import pytest

from integrations.models import Connection
from released.billing.models import Document, Kind
from released.clock.database import database_now
from sync.models import Delivery, DocumentLink, SetAside
from sync.pull import reconsidering
from sync.scope import marker_of
from tests.integration.sync.by_hand import type_in_xero
from tests.integration.sync.conftest import age_deliveries, approved, ask, fresh_minute, sync
from tests.sandbox import Sandbox

LINE = {
    "Description": "Rent",
    "Quantity": 1,
    "UnitAmount": "7.00",
    "TaxType": "EXEMPTOUTPUT",
    "AccountCode": "200",
}
TYPED = {"Date": "2026-11-01", "LineAmountTypes": "Exclusive", "LineItems": [LINE]}
AT_ONCE, OF_EACH = 2, 5


@pytest.fixture
def doubtful(connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Connection:
    """The answers to an invoice and to a credit note were lost; it is too late to send them again."""
    monkeypatch.setattr(reconsidering, "AT_ONCE", AT_ONCE)
    sync(connection)
    for kind, path in ((Kind.INVOICE, "/Invoices"), (Kind.CREDIT_NOTE, "/CreditNotes")):
        sandbox.do("faults", action="reset", method="PUT", path=path, times=1)
        approved(connection, kind=kind)
        sync(connection)
        age_deliveries(6)
    fresh_minute()
    Delivery.objects.filter(state=Delivery.State.OPEN).update(last_sent_at=database_now())
    assert Delivery.objects.filter(state=Delivery.State.OPEN).count() == 2
    return connection


def typed(sandbox: Sandbox, kind: str) -> set[str]:
    due = {} if "CREDIT" in kind else {"DueDate": "2026-11-30"}
    return {
        type_in_xero(sandbox, kind, Contact={"Name": f"{kind} {place}"}, **TYPED, **due)
        for place in range(OF_EACH)
    }


def waiting() -> set[str]:
    return set(SetAside.objects.filter(reason="create_open").values_list("xero_id", flat=True))


def look_up(connection: Connection, endpoint: str) -> None:
    """As if it had rested long enough."""
    Delivery.objects.filter(endpoint=endpoint).update(last_sent_at=database_now() - timedelta(minutes=10))
    fresh_minute()
    sync(connection)


def here(ids: set[str]) -> int:
    return DocumentLink.objects.filter(xero_id__in=ids).count()


def test_what_still_waits_stands_in_nobodys_way(doubtful: Connection, sandbox: Sandbox) -> None:
    invoices, notes = typed(sandbox, "ACCREC"), typed(sandbox, "ACCRECCREDIT")
    ask(doubtful)
    assert waiting() == invoices | notes
    look_up(doubtful, "CreditNotes")
    assert (here(notes), here(invoices)) == (OF_EACH, 0)
    assert waiting() == invoices
    look_up(doubtful, "Invoices")
    assert (here(invoices), waiting()) == (OF_EACH, set())


def test_one_with_our_address_is_recognised_behind_all_that_wait(
    doubtful: Connection, sandbox: Sandbox
) -> None:
    ours = Document.objects.get(company=doubtful.company, kind=Kind.INVOICE, shared_revision=0)
    typed(sandbox, "ACCREC")
    landed = type_in_xero(
        sandbox, "ACCREC", Contact={"Name": "Last"}, DueDate="2026-11-30", Url=marker_of(ours), **TYPED
    )
    ask(doubtful)
    sync(doubtful)
    assert str(DocumentLink.objects.get(document=ours).xero_id) == landed
    assert not Delivery.objects.filter(endpoint="Invoices", state=Delivery.State.OPEN).exists()
