"""An organisation and its books."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from xero_sandbox.accounting.ledger import Ledger
from xero_sandbox.accounting.model import Account, Contact, Document, Payment, TaxRate, TrackingCategory


@dataclass
class Books:
    accounts: dict[str, Account] = field(default_factory=dict)
    tax_rates: dict[str, TaxRate] = field(default_factory=dict)
    tracking: list[TrackingCategory] = field(default_factory=list)
    contacts: Ledger[Contact] = field(default_factory=Ledger)
    invoices: Ledger[Document] = field(default_factory=Ledger)
    credit_notes: Ledger[Document] = field(default_factory=Ledger)
    overpayments: Ledger[Document] = field(default_factory=Ledger)
    payments: Ledger[Payment] = field(default_factory=Ledger)
    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    next_number: dict[str, int] = field(default_factory=lambda: {"INV": 1, "CN": 1})
    attachments: dict[str, dict[str, tuple[str, str, bytes]]] = field(default_factory=dict)

    def ledger(self, kind: str) -> Ledger[Document]:
        named = {"Invoices": self.invoices, "CreditNotes": self.credit_notes}
        return named.get(kind, self.overpayments)

    def document(self, item_id: str) -> Document | None:
        for ledger in (self.invoices, self.credit_notes, self.overpayments):
            if found := ledger.get(item_id):
                return found
        return None


@dataclass
class Organisation:
    organisation_id: str
    name: str
    organisation_class: str = "GROW"
    country: str = "GB"
    currency: str = "GBP"
    currencies: tuple[str, ...] = ("GBP",)
    short_code: str = "!Sbx01"
    is_demo: bool = False
    period_lock_date: date | None = None
    year_lock_date: date | None = None
    created: datetime = datetime(2019, 4, 1, tzinfo=UTC)
    other_uncertified_apps: int = 0
    access_ended: str | None = None
    offline: bool = False
    books: Books = field(default_factory=Books)
