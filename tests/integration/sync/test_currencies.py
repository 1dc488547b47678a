"""Documents in another currency than the company's, through the comparison of both sides."""

from decimal import Decimal

from released.billing.models import Document
from sync.models import Reconciliation
from sync.pages.sides import sides
from tests.integration.sync.conftest import again, approved, sync
from tests.sandbox import DANIEL, Sandbox

BOOKS = "Harbour Exports Ltd"


def test_each_currency_is_added_up_for_itself(transactional_db: None, sandbox: Sandbox) -> None:
    sandbox.do("organisation", name=BOOKS, currencies=["GBP", "USD"], users=[DANIEL])
    connection = sandbox.connection(organisation=BOOKS)
    pounds, dollars = approved(connection), approved(connection)
    Document.objects.filter(pk=dollars.pk).update(currency="USD")
    sync(connection)
    report = Reconciliation.objects.filter(connection=connection).latest("pk")
    found = sides(report)
    (other,) = found.others
    assert (report.agrees, report.compared) == (True, 2)
    assert found.here == found.xero
    assert (other.currency, other.here.income) == ("USD", again(dollars).total)
    assert found.here.income == again(pounds).total > Decimal(0)
