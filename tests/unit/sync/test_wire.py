"""Xero's JSON to dataclasses and back: exact numbers, dates in both forms, odd values set aside."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from released.billing.models.kinds import Kind, Status
from sync.canonical import ContactFields, freeze, names_of, thaw_document
from sync.wire.contacts import contact_payload, read_contact
from sync.wire.documents import read_document
from sync.wire.outgoing import Outgoing, body, document_payload
from sync.wire.values import UnreadableRecord, moment_of
from tests.unit.sync.cast import INVOICE, documents

CONTACT = "c1000000-0000-4000-8000-000000000001"
XERO_ID = UUID("a1000000-0000-4000-8000-000000000001")


def record(**fields: Any) -> dict[str, Any]:
    """An invoice as a page of Xero's list has it."""
    return {
        "Type": "ACCREC",
        "InvoiceID": str(XERO_ID),
        "InvoiceNumber": "INV-0055",
        "Reference": "Flat 4",
        "Contact": {"ContactID": CONTACT, "Name": "Ada Byron"},
        "Date": "/Date(1789344000000+0000)/",
        "DueDate": "/Date(1790553600000)/",
        "Status": "AUTHORISED",
        "LineAmountTypes": "Exclusive",
        "LineItems": [
            {
                "LineItemID": "l-1",
                "Description": "Rent",
                "Quantity": Decimal("1.0000"),
                "UnitAmount": Decimal("1250.0050"),
                "TaxType": "EXEMPTOUTPUT",
                "AccountCode": "200",
                "LineAmount": Decimal("1250.01"),
            }
        ],
        "Payments": [{"PaymentID": str(XERO_ID), "Date": "/Date(1789344000000+0000)/", "Amount": 250}],
        "Total": Decimal("1250.01"),
        "AmountDue": Decimal("1000.01"),
        "AmountPaid": 250,
        "CurrencyCode": "GBP",
        "UpdatedDateUTC": "/Date(1789378169000+0000)/",
    } | fields


def test_an_invoice_is_read_whole() -> None:
    theirs = read_document(record())
    assert (theirs.kind, theirs.status, theirs.number) == (Kind.INVOICE, Status.AUTHORISED, "INV-0055")
    assert (theirs.fields.date, theirs.fields.due_date) == (date(2026, 9, 14), date(2026, 9, 28))
    assert theirs.fields.lines.items[0].unit_amount == Decimal("1250.005")
    assert [one.amount for one in theirs.settlements] == [Decimal(250)]
    assert theirs.amounts.amount_due == Decimal("1000.01")


def test_absent_values_are_empty_and_unknown_keys_ignored() -> None:
    bare = {name: record()[name] for name in ("Type", "InvoiceID", "Contact", "Date", "Status")}
    theirs = read_document(bare | {"BrandNew": {"a": 1}})
    assert (theirs.fields.reference, theirs.fields.due_date, theirs.settlements) == ("", None, ())


@pytest.mark.parametrize(
    "odd",
    [
        {"Type": "ACCMAYBE"},
        {"Status": "PENDING"},
        {"Date": None},
        {"Date": "soon"},
        {"InvoiceID": "none"},
        {"Contact": {}},
        {"Total": 1.1},
        {"Total": "many"},
        {"LineAmountTypes": "Sometimes"},
        {"Total": "NaN"},
        {"Total": Decimal("1E+20")},
        {"Reference": "x" * 256},
        {"InvoiceNumber": "a\x00b"},
    ],
)
def test_what_cannot_be_read_says_what_is_wrong(odd: dict[str, Any]) -> None:
    with pytest.raises(UnreadableRecord, match=next(iter(odd)) + "|ContactID"):
        read_document(record(**odd))


def test_a_credit_note_keeps_what_remains() -> None:
    note = record(
        Type="ACCRECCREDIT", CreditNoteID=str(XERO_ID), RemainingCredit=Decimal("200.00"), Payments=[]
    )
    note["Allocations"] = [{"AllocationID": str(XERO_ID), "Amount": Decimal("1050.01"), "Invoice": {}}]
    theirs = read_document(note)
    assert (theirs.amounts.amount_due, theirs.amounts.amount_credited) == (Decimal(200), Decimal("1050.01"))
    assert theirs.fields.due_date is None


@pytest.mark.parametrize(
    "text", ["/Date(1789378169000+0000)/", "2026-09-14T09:29:29", "2026-09-14T09:29:29Z"]
)
def test_a_moment_is_read_in_every_form(text: str) -> None:
    found = moment_of({"UpdatedDateUTC": text}, "UpdatedDateUTC")
    assert found is not None
    assert found.isoformat() == "2026-09-14T09:29:29+00:00"


@given(st.decimals(min_value="-99999999", max_value="99999999", places=4))
def test_numbers_are_written_exactly_and_never_as_floats(amount: Decimal) -> None:
    text = body("Invoices", [{"UnitAmount": amount}])
    back = msgspec.json.decode(text, type=dict[str, list[dict[str, Decimal]]])
    assert back["Invoices"][0]["UnitAmount"] == amount


@given(documents)
def test_a_base_is_stored_without_loss(fields: Any) -> None:
    assert thaw_document(msgspec.json.decode(msgspec.json.encode(freeze(fields)))) == fields


def sent(**fields: Any) -> dict[str, Any]:
    names = fields.pop("names", frozenset(names_of(INVOICE)))
    return document_payload(Outgoing(Kind.INVOICE, fields.pop("fields", INVOICE), frozenset(names), **fields))


def test_a_new_document_has_no_number_of_ours_unless_it_keeps_it() -> None:
    assert "InvoiceNumber" not in sent(line_keys=["k"], url="https://released.example/d/1")
    assert sent(line_keys=["k"], number="1234567")["InvoiceNumber"] == "1234567"
    assert sent(line_keys=["k"], url="u")["Url"] == "u"


def test_an_update_carries_only_what_changed() -> None:
    payload = sent(xero_id=XERO_ID, names={"reference"})
    assert payload == {"Type": "ACCREC", "InvoiceID": str(XERO_ID), "Reference": "Flat 4"}


def test_changed_lines_go_with_all_their_ids() -> None:
    payload = sent(xero_id=XERO_ID, names={"lines"}, line_keys=["k"], line_ids={"k": "l-1"})
    assert [line["LineItemID"] for line in payload["LineItems"]] == ["l-1"]


def test_a_void_is_nothing_but_its_status() -> None:
    payload = sent(xero_id=XERO_ID, fields=thaw_document(freeze(INVOICE) | {"is_alive": False}))
    assert payload == {"InvoiceID": str(XERO_ID), "Status": "VOIDED"}


def test_contacts_both_ways() -> None:
    read = read_contact({"ContactID": CONTACT, "Name": " Ada ", "ContactStatus": "ARCHIVED"})
    assert (read.fields, read.is_archived) == (ContactFields("Ada", ""), True)
    assert contact_payload(read.fields, frozenset({"name"}), None) == {"Name": "Ada"}
