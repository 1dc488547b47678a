"""One answer or more of every endpoint that the sandbox has, asked for by raw HTTP."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.integration.xero_sandbox.driver import HARBOUR, Answer, App, credit_note, invoice, line

TRACKED = line(Tracking=[{"Name": "Region", "Option": "North"}])
REDUCED = TRACKED | {"DiscountRate": 5}
WRONG = line(AccountCode="999")
LISTS = [
    "Organisation",
    "Organisation/Actions",
    "Accounts",
    "TaxRates",
    "TrackingCategories",
    "Currencies",
    "Contacts?page=1&pageSize=50",
    "Invoices",
    "Invoices?page=1&unitdp=4",
    "Invoices?summaryOnly=true",
    "CreditNotes?page=1",
    "Overpayments?page=1",
    "Payments?page=1",
]


@dataclass(frozen=True)
class Sample:
    method: str
    target: str
    sent: Any
    answer: Answer

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    def __str__(self) -> str:
        return f"{self.method} {self.target} {self.answer.status}"


class Asker:
    """Asks, and keeps what was said."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.samples: list[Sample] = []

    def ask(self, method: str, target: str, body: Any = None, **headers: str) -> Any:
        """The first record of a good answer."""
        answer = self.app.call(method, target, body, **headers)
        self.samples.append(Sample(method, target, body, answer))
        if answer.status != 200 or "json" not in answer.headers["Content-Type"]:
            return None
        return next((rows[0] for rows in answer.json().values() if isinstance(rows, list) and rows), None)


def sample_everything(app: App) -> list[Sample]:
    asker = Asker(app)
    _writes(asker)
    _settlements(asker)
    _files(asker)
    _refusals(asker)
    for target in LISTS:
        asker.ask("GET", target)
    _by_id(asker)
    return asker.samples


def _writes(asker: Asker) -> None:
    new = {"Contacts": [{"Name": "Sampled", "EmailAddress": "a@sampled.example"}]}
    contact = asker.ask("PUT", "Contacts", new)
    asker.ask("POST", "Contacts", {"Contacts": [{"ContactID": contact["ContactID"], "Name": "Sampled Ltd"}]})
    asker.ask("POST", f"Contacts/{contact['ContactID']}", {"EmailAddress": "b@sampled.example"})
    for plural, id_field, made in (
        ("Invoices", "InvoiceID", invoice(LineItems=[REDUCED, line(1.5)], Url="https://app.example/i/1")),
        ("CreditNotes", "CreditNoteID", credit_note(LineItems=[TRACKED])),
    ):
        one = asker.ask("PUT", plural, {plural: [made, made]})
        asker.ask("POST", plural, {plural: [{id_field: one[id_field], "Reference": "changed"}]})
        asker.ask("POST", f"{plural}/{one[id_field]}", {"Reference": "changed again"})
        wrong = made | {"LineItems": [WRONG]}
        asker.ask("POST", f"{plural}?summarizeErrors=false", {plural: [made, wrong]})
        asker.ask("POST", f"{plural}/{one[id_field]}", {"Status": "VOIDED"})


def _settlements(asker: Asker) -> None:
    app = asker.app
    made, note = app.create(), app.create("CreditNotes")
    over = app.sandbox.control("record-overpayment", organisation=HARBOUR, contact="Ada Lessee", amount=50)
    use = {"Allocations": [{"Invoice": {"InvoiceID": made["InvoiceID"]}, "Amount": 5, "Date": "2026-10-01"}]}
    forms = {f"CreditNotes/{note['CreditNoteID']}": "documented", f"Overpayments/{over['id']}": "full"}
    for address, form in forms.items():
        app.sandbox.switch(allocation_delete_body=form)
        asker.ask("PUT", f"{address}/Allocations", use)
        gone = asker.ask("PUT", f"{address}/Allocations", use)
        asker.ask("DELETE", f"{address}/Allocations/{gone['AllocationID']}")
    paid = {"Invoice": {"InvoiceID": made["InvoiceID"]}, "Account": {"Code": "090"}, "Amount": 10}
    asker.ask("PUT", "Payments", {"Payments": [paid | {"Date": "2026-10-02"}]})
    payment = asker.ask("POST", "Payments", {"Payments": [paid]})
    asker.ask("GET", f"Payments/{payment['PaymentID']}")
    asker.ask("POST", f"Payments/{payment['PaymentID']}", {"Status": "DELETED"})
    asker.ask("GET", f"Invoices/{made['InvoiceID']}")
    asker.ask("GET", f"CreditNotes/{note['CreditNoteID']}")
    asker.ask("GET", f"Overpayments/{over['id']}")


def _files(asker: Asker) -> None:
    for plural, id_field in (("Invoices", "InvoiceID"), ("CreditNotes", "CreditNoteID")):
        address = f"{plural}/{asker.app.create(plural)[id_field]}"
        for method in ("PUT", "POST"):
            asker.ask(method, f"{address}/Attachments/{method}.pdf", b"%PDF", Content_Type="application/pdf")
        asker.ask("GET", f"{address}/Attachments")
        asker.ask("GET", f"{address}/Attachments/PUT.pdf")
        asker.ask("PUT", f"{address}/History", {"HistoryRecords": [{"Details": "Sent by the app"}]})
        asker.ask("GET", f"{address}/History")
        asker.ask("GET", address)


def _refusals(asker: Asker) -> None:
    asker.ask("PUT", "Invoices", {"Invoices": [invoice(LineItems=[WRONG])]})
    asker.ask("PUT", "CreditNotes", {"CreditNotes": [credit_note(Contact=None)]})
    asker.ask("PUT", "Contacts", {"Contacts": [{"Name": "Bayside Club"}]})
    asker.ask("POST", "Invoices", b"{")
    asker.ask("POST", "Invoices", b"{}")
    asker.ask("GET", "Invoices?where=Status%3D%3D")
    for reference in ("one", "two"):
        asker.ask("PUT", "Invoices", {"Invoices": [invoice(Reference=reference)]}, Idempotency_Key="used")


def _by_id(asker: Asker) -> None:
    for plural, id_field in (
        ("Accounts", "AccountID"),
        ("TrackingCategories", "TrackingCategoryID"),
        ("Contacts", "ContactID"),
    ):
        asker.ask("GET", f"{plural}/{asker.app.read(plural)[plural][0][id_field]}")
