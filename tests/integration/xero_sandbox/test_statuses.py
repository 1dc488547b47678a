"""Statuses and lock dates (docs/xero.md C)."""

from datetime import date

import pytest

from tests.integration.xero_sandbox.driver import MARCUS, ORCHARD, QUAYSIDE, App, Sandbox, invoice, messages

NOT_VALID = "Invoice not of valid status for modification"
CANNOT_VOID = (
    "The status VOIDED cannot be applied to the invoice "
    "because it has payments or credit notes allocated to it."
)
SETTLED = "This document cannot be edited as it has a payment or credit note allocated to it."


def move(app: App, document: dict[str, str], status: str) -> list[str]:
    answer = app.call("POST", f"Invoices/{document['InvoiceID']}", {"Status": status})
    return [] if answer.status == 200 else messages(answer)


@pytest.mark.fact("C12")
@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("DRAFT", "SUBMITTED", True),
        ("DRAFT", "AUTHORISED", True),
        ("DRAFT", "DELETED", True),
        ("DRAFT", "VOIDED", False),
        ("SUBMITTED", "DRAFT", True),
        ("SUBMITTED", "AUTHORISED", True),
        ("SUBMITTED", "DELETED", True),
        ("AUTHORISED", "VOIDED", True),
        ("AUTHORISED", "DELETED", False),
        ("AUTHORISED", "DRAFT", False),
        ("AUTHORISED", "PAID", False),
    ],
)
def test_a_document_moves_only_along_xeros_ways(app: App, before: str, after: str, allowed: bool) -> None:
    made = app.create(Status=before)
    assert move(app, made, after) == ([] if allowed else [NOT_VALID])


@pytest.mark.fact("C12")
@pytest.mark.parametrize(("before", "after"), [("DRAFT", "DELETED"), ("AUTHORISED", "VOIDED")])
def test_the_end_is_the_end(app: App, before: str, after: str) -> None:
    made = app.create(Status=before)
    move(app, made, after)
    assert move(app, made, "AUTHORISED") == [NOT_VALID]


@pytest.mark.fact("C12")
def test_a_void_still_shows_what_was_due(app: App) -> None:
    made = app.create()
    answer = app.call("POST", f"Invoices/{made['InvoiceID']}", {"Status": "VOIDED"})
    assert answer.json()["Invoices"][0]["AmountDue"] == made["Total"]


@pytest.mark.fact("C12")
def test_with_a_payment_it_can_neither_be_voided_nor_edited(app: App) -> None:
    made = app.create()
    app.sandbox.control("record-payment", document=made["InvoiceID"], amount=10)
    assert move(app, made, "VOIDED") == [CANNOT_VOID]
    answer = app.call("POST", f"Invoices/{made['InvoiceID']}", {"Reference": "late"})
    assert messages(answer) == [SETTLED]


@pytest.mark.fact("C28")
def test_a_paid_bill_keeps_its_labels_open(app: App) -> None:
    costs = [{"Description": "Boiler", "UnitAmount": 50, "AccountCode": "473"}]
    made = app.create(Type="ACCPAY", LineItems=costs)
    app.sandbox.control("record-payment", document=made["InvoiceID"])
    address = f"Invoices/{made['InvoiceID']}"
    assert app.call("POST", address, {"Reference": "late"}).status == 200
    assert messages(app.call("POST", address, {"Date": "2026-09-01"})) == [SETTLED]


def lock_text(which: str, lock: str) -> str:
    at = date.fromisoformat(lock).strftime("%d-%b-%Y")
    return f"The document date cannot be before the {which} lock date, currently set at {at}"


@pytest.mark.fact("C15")
def test_a_locked_period_refuses_approved_documents_but_not_drafts(sandbox: Sandbox) -> None:
    app = sandbox.connect(organisation=ORCHARD)
    sandbox.control("lock-dates", organisation=ORCHARD, period_lock_date="2026-09-30")
    assert "PeriodLockDate" in app.read("Organisation")["Organisations"][0]
    answer = app.call("PUT", "Invoices", invoice(Date="2026-09-14"))
    assert messages(answer) == [lock_text("period", "2026-09-30")]
    assert app.create(Date="2026-09-14", Status="DRAFT")["Status"] == "DRAFT"
    assert app.create(Date="2026-10-01")["Status"] == "AUTHORISED"


@pytest.mark.fact("C15")
def test_what_was_approved_before_the_lock_cannot_be_changed_after(app: App) -> None:
    made = app.create(Date="2026-09-14")
    app.sandbox.control("lock-dates", organisation=app.organisation_id, period_lock_date="2026-09-30")
    assert move(app, made, "VOIDED") == [lock_text("period", "2026-09-30")]


@pytest.mark.fact("C15")
@pytest.mark.parametrize("both", [True, False])
def test_both_locks_can_speak_at_once(app: App, both: bool) -> None:
    app.sandbox.switch(both_lock_texts=both)
    dates = {"period_lock_date": "2026-09-30", "year_lock_date": "2026-09-20"}
    app.sandbox.control("lock-dates", organisation=app.organisation_id, **dates)
    texts = [lock_text("period", "2026-09-30"), lock_text("end of year", "2026-09-20")]
    answer = app.call("PUT", "Invoices", invoice(Date="2026-09-14"))
    assert messages(answer) == (texts if both else texts[:1])


@pytest.mark.fact("C15")
def test_an_adviser_passes_the_period_lock_and_nobody_the_years(sandbox: Sandbox) -> None:
    app = sandbox.connect(MARCUS, QUAYSIDE)
    sandbox.control("lock-dates", organisation=QUAYSIDE, period_lock_date="2026-09-30")
    assert app.create(Date="2026-09-14")["Status"] == "AUTHORISED"
    sandbox.control("lock-dates", organisation=QUAYSIDE, year_lock_date="2026-09-30")
    answer = app.call("PUT", "Invoices", invoice(Date="2026-09-14"))
    assert messages(answer) == [lock_text("end of year", "2026-09-30")]
