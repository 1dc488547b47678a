"""What is odd in one record of Xero's keeps at most that record out, never its company (docs/protocols.md 3)."""

from decimal import Decimal

from integrations.models import Connection
from released.billing.models import Document, Kind
from sync.models import DocumentLink
from tests.factories.billing import line
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox


def id_in_xero(document: Document) -> str:
    return str(DocumentLink.objects.get(document=document).xero_id)


def test_a_credit_note_used_twice_on_one_invoice_stops_nothing(
    connection: Connection, sandbox: Sandbox
) -> None:
    contact = ContactFactory.create(company=connection.company)
    invoice = approved(connection, contact=contact, lines=(line("100.00"),))
    note = approved(connection, kind=Kind.CREDIT_NOTE, contact=contact, lines=(line("50.00"),))
    sync(connection)
    ids = {"document": id_in_xero(note), "invoice": id_in_xero(invoice)}
    for _ in range(2):
        sandbox.do("allocate", organisation=HARBOUR_VIEW, amount="10.00", **ids)
    other = approved(connection)
    ask(connection)
    assert again(invoice).amount_due == Decimal("80.00")
    assert [one.amount for one in again(invoice).settlements.all()] == [Decimal("20.00")]
    assert not again(other).is_pending
