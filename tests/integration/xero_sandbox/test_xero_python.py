"""Xero's own SDK against the sandbox: every answer it reads must survive its parser (docs/xero.md F)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import urllib3
from xero_python.accounting import (
    AccountingApi,
    Contact,
    CreditNote,
    CurrencyCode,
    Invoice,
    Invoices,
    LineItem,
)
from xero_python.accounting.models import CreditNotes
from xero_python.api_client import ApiClient, Configuration
from xero_python.api_client.oauth2 import OAuth2Token
from xero_python.exceptions import AccountingBadRequestException, NotFoundException, RateLimitException
from xero_python.identity import IdentityApi

from tests.integration.xero_sandbox.driver import HARBOUR, App


@pytest.fixture
def client(app: App) -> Iterator[ApiClient]:
    configuration = Configuration()
    configuration.oauth2_token = OAuth2Token(client_id="sandbox-client", client_secret="sandbox-secret")
    kept = dict(app.tokens) | {"scope": app.tokens["scope"].split()}
    client = ApiClient(configuration, oauth2_token_getter=lambda: kept, oauth2_token_saver=kept.update)
    pool = client.rest_client.pool_manager
    pool.connection_pool_kw["retries"] = urllib3.Retry(0, respect_retry_after_header=False)
    yield client
    pool.clear()


@pytest.fixture
def api(app: App, client: ApiClient) -> AccountingApi:
    return AccountingApi(client, base_url=f"{app.sandbox.base}/api.xro/2.0")


def made(**changes: object) -> Invoice:
    line = LineItem(
        description="Rent", quantity=1, unit_amount=1000.5, account_code="200", tax_type="OUTPUT2"
    )
    fields = {"type": "ACCREC", "status": "AUTHORISED", "line_items": [line], "reference": "sdk"}
    days = {"date": dt.date(2026, 9, 14), "due_date": dt.date(2026, 10, 14)}
    return Invoice(**(fields | days | {"contact": Contact(name="Ada Lessee")} | changes))


@pytest.mark.fact("B1")
def test_connections_are_read(app: App, client: ApiClient) -> None:
    [row] = IdentityApi(client, base_url=app.sandbox.base).get_connections()
    assert (row.tenant_id, row.tenant_name) == (app.organisation_id, HARBOUR)


@pytest.mark.fact("C26")
def test_settings_are_read(app: App, api: AccountingApi) -> None:
    organisation = api.get_organisations(app.organisation_id).organisations[0]
    assert (organisation.name, organisation._class) == (HARBOUR, "GROW")
    assert len(api.get_accounts(app.organisation_id).accounts) > 30
    assert len(api.get_tax_rates(app.organisation_id).tax_rates) == 9
    assert api.get_tracking_categories(app.organisation_id).tracking_categories[0].name == "Property"
    assert len(api.get_contacts(app.organisation_id).contacts) == 11


@pytest.mark.fact("C24")
def test_lists_are_read_in_every_shape(app: App, api: AccountingApi) -> None:
    since = dt.datetime(2020, 1, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)
    page = api.get_invoices(app.organisation_id, if_modified_since=since, page=1, page_size=1000)
    assert len(page.invoices) == 60
    assert page.invoices[0].line_items
    assert len(api.get_invoices(app.organisation_id, summary_only=True).invoices) == 60
    assert len(api.get_credit_notes(app.organisation_id, page=1).credit_notes) == 4


@pytest.mark.fact("C6")
def test_an_invoice_is_created_read_and_updated(app: App, api: AccountingApi) -> None:
    [one] = api.create_invoices(
        app.organisation_id, Invoices(invoices=[made()]), idempotency_key="k1"
    ).invoices
    assert (one.total, one.status, one.date) == (Decimal("1200.6"), "AUTHORISED", dt.date(2026, 9, 14))
    again = api.get_invoice(app.organisation_id, one.invoice_id).invoices[0]
    assert again.contact.name == "Ada Lessee"
    changed = Invoices(invoices=[Invoice(invoice_id=one.invoice_id, reference="changed")])
    [after] = api.update_or_create_invoices(app.organisation_id, changed).invoices
    assert after.reference == "changed"


@pytest.mark.fact("C14")
def test_a_paid_and_credited_invoice_is_read(app: App, api: AccountingApi) -> None:
    [one] = api.create_invoices(app.organisation_id, Invoices(invoices=[made()])).invoices
    note = CreditNote(
        type="ACCRECCREDIT", contact=one.contact, date=dt.date(2026, 9, 20), status="AUTHORISED"
    )
    note.line_items = [LineItem(description="Less", quantity=1, unit_amount=100.0, account_code="200")]
    [credit] = api.create_credit_notes(app.organisation_id, CreditNotes(credit_notes=[note])).credit_notes
    app.sandbox.control("allocate", document=credit.credit_note_id, invoice=one.invoice_id)
    app.sandbox.control("record-payment", document=one.invoice_id, amount=50)
    again = api.get_invoice(app.organisation_id, one.invoice_id).invoices[0]
    assert (again.amount_credited, again.amount_paid) == (Decimal("120.0"), Decimal("50.0"))
    assert len(api.get_payments(app.organisation_id).payments) > 0


@pytest.mark.fact("C8")
def test_a_refusal_reaches_the_sdk_with_its_elements(app: App, api: AccountingApi) -> None:
    with pytest.raises(AccountingBadRequestException) as refused:
        api.create_invoices(app.organisation_id, Invoices(invoices=[made(currency_code=CurrencyCode.EUR)]))
    [element] = refused.value.error_data["Elements"]
    assert element["ValidationErrors"][0]["Message"] == "Organisation is not subscribed to currency EUR"


@pytest.mark.fact("C7")
def test_a_batch_reports_each_element(app: App, api: AccountingApi) -> None:
    wrong = made(currency_code=CurrencyCode.EUR)
    answer = api.create_invoices(
        app.organisation_id, Invoices(invoices=[made(), wrong]), summarize_errors=False
    )
    assert [one.status_attribute_string for one in answer.invoices] == ["OK", "ERROR"]
    assert answer.invoices[1].validation_errors[0].message.startswith("Organisation is not subscribed")


@pytest.mark.fact("C19", "D4")
def test_a_limit_and_a_404_are_exceptions_of_their_own(app: App, api: AccountingApi) -> None:
    with pytest.raises(NotFoundException):
        api.get_invoice(app.organisation_id, "11111111-1111-4111-8111-111111111111")
    app.sandbox.control("limits", enabled=True, exhaust="minute", organisation=HARBOUR)
    with pytest.raises(RateLimitException):
        api.get_organisations(app.organisation_id)


@pytest.mark.fact("F6")
def test_one_odd_record_loses_the_whole_page(app: App, api: AccountingApi) -> None:
    app.sandbox.control("faults", action="unknown_enum", path="/Invoices", field_name="Status")
    with pytest.raises(ValueError, match="UNKNOWNSTATUS"):
        api.get_invoices(app.organisation_id, page=1)
