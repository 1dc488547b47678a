"""The one shape in which both sides are compared: canonical fields, frozen, free of either side's storage.

Ours and Xero's copy of a document are both read into `DocumentFields`, and `sync.decide` looks at
nothing else. All lines together with tax mode and currency are one field, because half of a
change to them would be a document that nobody wrote. Numbers, amounts due, payments and statuses
are not here: they are Xero's (`sync.theirs`).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

NOT_THERE = "here:"  # starts the stand-in for the ContactID of a contact that Xero does not have yet


@dataclass(frozen=True, slots=True)
class Line:
    """One line's content. Identity (our key, Xero's LineItemID) is kept beside it, never compared."""

    description: str
    quantity: Decimal
    unit_amount: Decimal
    discount_rate: Decimal | None
    account_code: str
    tax_type: str
    tracking: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines, with what gives their amounts a meaning."""

    tax_mode: str
    currency: str
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """What both sides share of a document. `contact` is Xero's ContactID; `here:<id>` before there is one."""

    contact: str
    date: datetime.date
    due_date: datetime.date | None
    reference: str
    lines: Lines
    is_alive: bool = True


@dataclass(frozen=True, slots=True)
class ContactFields:
    """What both sides share of a contact."""

    name: str
    email: str


NAMES: dict[type, tuple[str, ...]] = {
    shape: tuple(field.name for field in fields(shape)) for shape in (DocumentFields, ContactFields)
}


def text(value: object) -> str:
    """Text as both sides compare it: Xero trims what it stores, so a trailing blank is no change."""
    given = value if isinstance(value, str) else "" if value is None else str(value)
    return given.replace("\r\n", "\n").strip()


def names_of(record: DocumentFields | ContactFields) -> tuple[str, ...]:
    return NAMES[type(record)]


def changed(before: Any, after: Any) -> frozenset[str]:
    """The names of the fields that differ."""
    return frozenset(name for name in names_of(before) if getattr(before, name) != getattr(after, name))


def freeze(record: DocumentFields | ContactFields) -> dict[str, Any]:
    """As JSON for a base; `thaw_document` and `thaw_contact` read it back without loss.

    Written out name by name: it is done for every document of a first sync. Equal records give equal JSON.
    """
    if isinstance(record, ContactFields):
        return {"name": record.name, "email": record.email}
    return {
        "contact": record.contact,
        "date": record.date.isoformat(),
        "due_date": record.due_date.isoformat() if record.due_date else None,
        "reference": record.reference,
        "lines": {
            "tax_mode": record.lines.tax_mode,
            "currency": record.lines.currency,
            "items": [_frozen_line(line) for line in record.lines.items],
        },
        "is_alive": record.is_alive,
    }


def thaw_document(stored: Mapping[str, Any]) -> DocumentFields:
    return DocumentFields(
        contact=stored["contact"],
        date=datetime.date.fromisoformat(stored["date"]),
        due_date=parse_date(stored["due_date"]) if stored["due_date"] else None,
        reference=stored["reference"],
        lines=thaw_lines(stored["lines"]),
        is_alive=stored["is_alive"],
    )


def thaw_contact(stored: Mapping[str, Any]) -> ContactFields:
    return ContactFields(name=stored["name"], email=stored["email"])


def thaw_lines(stored: Mapping[str, Any]) -> Lines:
    return Lines(stored["tax_mode"], stored["currency"], tuple(_thaw_line(item) for item in stored["items"]))


def _thaw_line(stored: Mapping[str, Any]) -> Line:
    rate = stored["discount_rate"]
    return Line(
        description=stored["description"],
        quantity=Decimal(stored["quantity"]),
        unit_amount=Decimal(stored["unit_amount"]),
        discount_rate=None if rate is None else Decimal(rate),
        account_code=stored["account_code"],
        tax_type=stored["tax_type"],
        tracking=tuple((pair[0], pair[1]) for pair in stored["tracking"]),
    )


def _frozen_line(line: Line) -> dict[str, Any]:
    rate = line.discount_rate
    return {
        "description": line.description,
        "quantity": _plain(line.quantity),
        "unit_amount": _plain(line.unit_amount),
        "discount_rate": None if rate is None else _plain(rate),
        "account_code": line.account_code,
        "tax_type": line.tax_type,
        "tracking": [list(pair) for pair in line.tracking],
    }


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
