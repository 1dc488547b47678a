"""The books of an organisation as plain records; how they look on the wire is `render_*`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

ZERO = Decimal("0.00")
NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass
class Account:
    account_id: str
    code: str
    name: str
    type: str
    account_class: str
    tax_type: str
    status: str = "ACTIVE"
    updated_ms: int = 0


@dataclass
class TaxRate:
    name: str
    tax_type: str
    rate: Decimal
    applies_to: frozenset[str]


@dataclass
class TrackingOption:
    option_id: str
    name: str
    status: str = "ACTIVE"


@dataclass
class TrackingCategory:
    category_id: str
    name: str
    options: list[TrackingOption] = field(default_factory=list)
    status: str = "ACTIVE"


@dataclass
class Contact:
    item_id: str
    name: str
    status: str = "ACTIVE"
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    contact_number: str = ""
    account_number: str = ""
    tax_number: str = ""
    is_customer: bool = False
    is_supplier: bool = False
    merged_to: str | None = None
    addresses: list[dict[str, Any]] = field(default_factory=list)
    phones: list[dict[str, Any]] = field(default_factory=list)
    updated_ms: int = 0
    rendered: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    line_id: str
    description: str | None = None
    quantity: Decimal | None = None
    unit_amount: Decimal | None = None
    account_code: str | None = None
    tax_type: str | None = None
    tax_amount: Decimal = ZERO
    line_amount: Decimal = ZERO
    item_code: str | None = None
    discount_rate: Decimal | None = None
    discount_amount: Decimal | None = None
    tracking: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Payment:
    item_id: str
    document_id: str
    kind: str
    date: dt.date
    amount: Decimal
    account_code: str
    reference: str = ""
    status: str = "AUTHORISED"
    updated_ms: int = 0
    rendered: dict[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Allocation:
    allocation_id: str
    credit_note_id: str
    invoice_id: str
    amount: Decimal
    date: dt.date


@dataclass(slots=True)
class Document:
    """An invoice, a bill or a credit note: `kind` is its endpoint, `type` is Xero's."""

    item_id: str
    kind: str
    type: str
    contact_id: str
    number: str = ""
    reference: str = ""
    status: str = "DRAFT"
    date: dt.date = dt.date.min
    due_date: dt.date | None = None
    line_amount_types: str = "Exclusive"
    currency: str = "GBP"
    lines: list[Line] = field(default_factory=list)
    sub_total: Decimal = ZERO
    total_tax: Decimal = ZERO
    total: Decimal = ZERO
    amount_paid: Decimal = ZERO
    amount_credited: Decimal = ZERO
    url: str | None = None
    planned_payment_date: dt.date | None = None
    expected_payment_date: dt.date | None = None
    sent_to_contact: bool = False
    has_attachments: bool = False
    fully_paid_on: dt.date | None = None
    created_by: str | None = None
    payments: list[Payment] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    history: list[tuple[dt.datetime, str, str]] = field(default_factory=list)
    updated_ms: int = 0
    rendered: dict[str, bytes] = field(default_factory=dict)

    @property
    def amount_due(self) -> Decimal:
        """For a credit note this is what Xero calls RemainingCredit."""
        return self.total - self.amount_paid - self.amount_credited

    @property
    def is_sale(self) -> bool:
        return self.type in ("ACCREC", "ACCRECCREDIT", "RECEIVE-OVERPAYMENT")
