"""Payments, allocations, overpayments (docs/xero.md C)."""

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, Answer, App, messages


def allocate(app: App, note: str, invoice_id: str, amount: float) -> Answer:
    rows = [{"Invoice": {"InvoiceID": invoice_id}, "Amount": amount, "Date": "2026-10-01"}]
    return app.call("PUT", f"CreditNotes/{note}/Allocations", {"Allocations": rows})


@pytest.mark.fact("C18")
def test_a_payment_in_full_makes_a_document_paid(app: App) -> None:
    made = app.create()
    app.sandbox.control("record-payment", document=made["InvoiceID"], amount=100)
    part = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (part["Status"], part["AmountDue"], part["AmountPaid"]) == ("AUTHORISED", 20, 100)
    app.sandbox.control("record-payment", document=made["InvoiceID"])
    paid = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (paid["Status"], paid["AmountDue"], len(paid["Payments"])) == ("PAID", 0, 2)
    assert "FullyPaidOnDate" in paid
    assert paid["UpdatedDateUTC"] >= made["UpdatedDateUTC"]


@pytest.mark.fact("C18")
def test_a_deleted_payment_is_due_again(app: App) -> None:
    made = app.create()
    paid = app.sandbox.control("record-payment", document=made["InvoiceID"])
    answer = app.call("POST", f"Payments/{paid['payment_id']}", {"Status": "DELETED"})
    assert answer.json()["Payments"][0]["Status"] == "DELETED"
    again = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (again["Status"], again["AmountDue"], again["Payments"]) == ("AUTHORISED", 120, [])


@pytest.mark.fact("C30")
@pytest.mark.parametrize(
    ("status", "amount", "text"),
    [
        ("DRAFT", 10, "Payments can only be made against Authorised documents"),
        ("AUTHORISED", 121, "Payment amount exceeds the amount outstanding on this document"),
    ],
)
def test_payments_that_xero_refuses(app: App, status: str, amount: int, text: str) -> None:
    made = app.create(Status=status)
    row = {"Invoice": {"InvoiceID": made["InvoiceID"]}, "Account": {"Code": "090"}, "Amount": amount}
    assert messages(app.call("PUT", "Payments", {"Payments": [row]})) == [text]


@pytest.mark.fact("C18")
def test_a_payment_made_by_the_app_is_listed(app: App) -> None:
    made = app.create()
    row = {"Invoice": {"InvoiceID": made["InvoiceID"]}, "Account": {"Code": "090"}, "Amount": 20}
    [payment] = app.call("PUT", "Payments", {"Payments": [row]}).json()["Payments"]
    assert (payment["PaymentType"], payment["Amount"]) == ("ACCRECPAYMENT", 20)
    assert app.read(f"Payments/{payment['PaymentID']}")["Payments"] == [payment]


@pytest.mark.fact("C14")
def test_a_credit_note_is_used_up_by_allocations(app: App) -> None:
    note, made = app.create("CreditNotes"), app.create()
    answer = allocate(app, note["CreditNoteID"], made["InvoiceID"], 120)
    assert answer.json()["Allocations"][0]["Amount"] == 120
    used = app.read(f"CreditNotes/{note['CreditNoteID']}")["CreditNotes"][0]
    paid = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (used["Status"], used["RemainingCredit"], used["ID"]) == ("PAID", 0, note["CreditNoteID"])
    assert (paid["Status"], paid["AmountCredited"]) == ("PAID", 120)
    assert paid["CreditNotes"][0]["CreditNoteNumber"] == note["CreditNoteNumber"]


@pytest.mark.fact("C30")
def test_allocations_that_xero_refuses(app: App) -> None:
    note, made = app.create("CreditNotes"), app.create()
    answer = allocate(app, note["CreditNoteID"], made["InvoiceID"], 121)
    assert messages(answer) == [
        "Credit Note cannot be allocated as amount is greater than amount outstanding"
    ]
    app.sandbox.control("record-payment", document=made["InvoiceID"])
    answer = allocate(app, note["CreditNoteID"], made["InvoiceID"], 1)
    assert messages(answer) == ["The invoice you are trying to allocate to has already been paid off"]


@pytest.mark.fact("C14")
@pytest.mark.parametrize(("form", "key"), [("documented", "AllocationId"), ("full", "AllocationID")])
def test_removing_an_allocation_makes_both_due_again(app: App, form: str, key: str) -> None:
    app.sandbox.switch(allocation_delete_body=form)
    note, made = app.create("CreditNotes"), app.create()
    [row] = allocate(app, note["CreditNoteID"], made["InvoiceID"], 50).json()["Allocations"]
    address = f"CreditNotes/{note['CreditNoteID']}/Allocations/{row['AllocationID']}"
    body = app.call("DELETE", address).json()
    assert (body[key], body["IsDeleted"]) == (row["AllocationID"], True)
    again = app.read(f"CreditNotes/{note['CreditNoteID']}")["CreditNotes"][0]
    assert (again["RemainingCredit"], again["Allocations"]) == (120, [])


@pytest.mark.fact("C14")
def test_an_overpayment_can_be_used_on_an_invoice(app: App) -> None:
    made = app.create()
    over = app.sandbox.control("record-overpayment", organisation=HARBOUR, contact="Ada Lessee", amount=50)
    row = {"Invoice": {"InvoiceID": made["InvoiceID"]}, "Amount": 50}
    answer = app.call("PUT", f"Overpayments/{over['id']}/Allocations", {"Allocations": [row]})
    assert answer.status == 200
    again = app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]
    assert (again["AmountDue"], again["Overpayments"][0]["AppliedAmount"]) == (70, 50)
    assert app.read("Overpayments?page=1")["Overpayments"][0]["RemainingCredit"] == 0


@pytest.mark.fact("C25")
def test_files_and_notes_can_be_put_on_a_document(app: App) -> None:
    made = app.create()
    address = f"Invoices/{made['InvoiceID']}"
    app.call("PUT", f"{address}/Attachments/lease.pdf", b"%PDF", Content_Type="application/pdf")
    assert app.read(address)["Invoices"][0]["HasAttachments"] is True
    assert app.call("GET", f"{address}/Attachments/lease.pdf").data == b"%PDF"
    app.call("PUT", f"{address}/History", {"HistoryRecords": [{"Details": "Sent by the app"}]})
    [note] = app.read(f"{address}/History")["HistoryRecords"]
    assert (note["User"], note["Details"]) == ("System Generated", "Sent by the app")


@pytest.mark.fact("C34")
def test_good_payments_of_a_refused_batch_are_kept(app: App) -> None:
    made = app.create()
    row = {"Invoice": {"InvoiceID": made["InvoiceID"]}, "Account": {"Code": "090"}}
    answer = app.call("PUT", "Payments", {"Payments": [row | {"Amount": 20}, row | {"Amount": 500}]})
    assert answer.status == 400
    assert app.read(f"Invoices/{made['InvoiceID']}")["Invoices"][0]["AmountPaid"] == 20
