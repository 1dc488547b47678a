"""Switches about the books: locks, numbers, allocations (docs/xero.md C)."""

import pytest

from tests.integration.xero_sandbox.driver import HARBOUR, MARCUS, QUAYSIDE, App, Sandbox, invoice, messages


def lock(app: App) -> None:
    app.sandbox.control("lock-dates", organisation=app.organisation_id, period_lock_date="2026-09-30")


@pytest.mark.fact("C15")
@pytest.mark.parametrize(("passes", "status"), [(True, 200), (False, 400)])
def test_advisers_pass_period_lock(sandbox: Sandbox, passes: bool, status: int) -> None:
    sandbox.switch(advisers_pass_period_lock=passes)
    app = sandbox.connect(MARCUS, QUAYSIDE)
    lock(app)
    assert app.call("PUT", "Invoices", invoice(Date="2026-09-14")).status == status


@pytest.mark.fact("C15")
@pytest.mark.parametrize(("passes", "status"), [(True, 200), (False, 400)])
def test_drafts_pass_locks(app: App, passes: bool, status: int) -> None:
    app.sandbox.switch(drafts_pass_locks=passes)
    lock(app)
    assert app.call("PUT", "Invoices", invoice(Date="2026-09-14", Status="DRAFT")).status == status


@pytest.mark.fact("C15")
@pytest.mark.parametrize(
    ("form", "begins"), [("same", "The document date cannot"), ("other", "The document cannot")]
)
def test_locked_edit_text(app: App, form: str, begins: str) -> None:
    app.sandbox.switch(locked_edit_text=form)
    made = app.create(Date="2026-09-14")
    lock(app)
    [text] = messages(app.call("POST", f"Invoices/{made['InvoiceID']}", {"Reference": "late"}))
    assert text.startswith(begins)
    assert "period lock date" in text


@pytest.mark.fact("C35")
@pytest.mark.parametrize(("short", "written"), [(False, b'"Total":120.00,'), (True, b'"Total":120,')])
def test_shortest_numbers(app: App, short: bool, written: bytes) -> None:
    app.sandbox.switch(shortest_numbers=short)
    assert written in app.call("PUT", "Invoices", invoice()).data


@pytest.mark.fact("C31")
@pytest.mark.parametrize(("large", "status"), [("paged", 200), ("refused", 400)])
def test_large_lists(app: App, large: str, status: int) -> None:
    app.sandbox.switch(large_lists=large)
    app.sandbox.control("limits", rows=20)
    assert app.call("GET", "Invoices?page=1&pageSize=10").status == status
    assert app.call("GET", "Invoices?page=1&where=Date%3E%3DDateTime(2026,11,01)").status == 200


@pytest.mark.fact("C14")
def test_an_allocation_may_be_deleted_without_a_word(app: App) -> None:
    app.sandbox.switch(allocation_delete_body="empty")
    note, made = app.create("CreditNotes"), app.create()
    use = app.sandbox.control("allocate", document=note["CreditNoteID"], invoice=made["InvoiceID"])
    answer = app.call("DELETE", f"CreditNotes/{note['CreditNoteID']}/Allocations/{use['allocation_id']}")
    assert (answer.status, answer.data) == (204, b"")


@pytest.mark.fact("C26")
def test_accounts_can_be_asked_for_since(app: App) -> None:
    later = "2999-01-01T00:00:00"
    assert app.read("Accounts", If_Modified_Since=later)["Accounts"] == []
    assert app.read("Accounts", If_Modified_Since="2020-01-01T00:00:00")["Accounts"]
    assert app.read("Organisation")["Organisations"][0]["Name"] == HARBOUR


@pytest.mark.fact("C25")
def test_by_its_id_a_document_names_its_files(app: App) -> None:
    address = f"Invoices/{app.create()['InvoiceID']}"
    app.call("PUT", f"{address}/Attachments/lease.pdf", b"%PDF", Content_Type="application/pdf")
    [file] = app.read(address)["Invoices"][0]["Attachments"]
    assert (file["FileName"], file["ContentLength"]) == ("lease.pdf", 4)


@pytest.mark.fact("C22", "C35")
def test_an_answer_without_a_body_has_no_style(app: App) -> None:
    app.sandbox.switch(indented_json=True, shortest_numbers=True, modified_since_empty=304)
    answer = app.call("GET", "Invoices?page=1", If_Modified_Since="2999-01-01T00:00:00")
    assert (answer.status, answer.data) == (304, b"")
