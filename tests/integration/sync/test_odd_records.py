"""What is odd in one record of Xero's keeps at most that record out (docs/protocols.md 3.7)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from integrations.models import Connection
from released.billing.models import Document, Kind
from sync.canonical import ContactFields
from sync.models import ContactLink, DocumentLink, SetAside
from sync.pull import contacts
from sync.pull.applying import apply_records
from sync.scope import scope_of
from sync.wire import documents
from sync.wire.contacts import read_contact
from sync.wire.values import Record
from tests.factories.billing import line
from tests.factories.portfolio import ContactFactory
from tests.integration.sync.conftest import again, approved, ask, sync
from tests.sandbox import HARBOUR_VIEW, Sandbox
from tests.unit.sync.test_wire import record


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


def listed(**fields: Any) -> dict[str, Any]:
    given = {"InvoiceID": str(uuid4()), "Contact": {"ContactID": str(uuid4()), "Name": f"Ada {uuid4()}"}}
    return record(**(given | fields))


def apply(connection: Connection, page: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        apply_records(scope_of(connection), "invoices", page)


def test_what_the_database_refuses_keeps_only_itself_out(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here a rate that no column holds and that the reader lets pass, new and of a document we know."""
    monkeypatch.setattr(documents, "MOST_RATE", Decimal(10**9))
    refused = {"LineItems": [{"UnitAmount": 1, "DiscountRate": Decimal(1000)}]}
    known = listed()
    apply(connection, [known])
    page = [listed() for _ in range(6)]
    page[2] |= refused
    apply(connection, [*page, known | refused | {"Reference": "Changed"}])
    wanted = {one["InvoiceID"] for one in page} - {page[2]["InvoiceID"]}
    assert {str(one) for one in DocumentLink.objects.values_list("xero_id", flat=True)} == wanted | {
        known["InvoiceID"]
    }
    aside = SetAside.objects.filter(reason="unreadable", detail__contains="numeric field overflow")
    assert set(aside.values_list("xero_id", flat=True)) == {page[2]["InvoiceID"], known["InvoiceID"]}
    assert Document.objects.get(link__xero_id=known["InvoiceID"]).reference == known["Reference"]


def test_what_can_be_stored_again_is_not_set_aside_any_more(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MOST_RATE", Decimal(10**9))
    one = listed()
    apply(connection, [one | {"LineItems": [{"UnitAmount": 1, "DiscountRate": Decimal(1000)}]}])
    assert SetAside.objects.count() == 1
    apply(connection, [one])
    assert not SetAside.objects.exists()
    assert DocumentLink.objects.count() == 1


def test_a_contact_that_the_database_refuses_keeps_only_itself_out(
    connection: Connection, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    first: list[Any] = []

    def read(record: Record) -> Any:
        theirs = read_contact(record)
        first.append(theirs.xero_id)
        return theirs if theirs.xero_id != first[0] else replace(theirs, fields=ContactFields("x" * 999, ""))

    monkeypatch.setattr(contacts, "read_contact", read)
    sync(connection)
    held = set(ContactLink.objects.values_list("xero_id", flat=True))
    assert held >= set(first) - {first[0]}
    assert SetAside.objects.filter(reason="unreadable", stream="contacts", xero_id=str(first[0])).exists()


def test_an_odd_shape_in_xero_stops_nothing(connection: Connection) -> None:
    page = [listed(Contact="Ada"), listed(Date="/Date(99999999999999999)/"), listed()]
    apply(connection, page)
    assert Document.objects.count() == 1
    assert SetAside.objects.filter(reason="unreadable").count() == 2
