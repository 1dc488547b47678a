"""What an element says about its document, in values that compare whatever way they are written. Pure.

Of what we sent and of what Xero answers alike. A value that one of the two leaves out compares with nothing,
and so cannot tell two documents apart (docs/xero.md C3, C35).
"""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sync.wire.values import UnreadableRecord, day_of, records_of

Element = Mapping[str, Any]
Content = Mapping[str, str | None]
NUMBERS = ("InvoiceNumber", "CreditNoteNumber")
ADDRESSES = ("Url", "LineItemID")


def content_of(element: Element) -> dict[str, str | None]:
    lines = records_of(element, "LineItems")
    contact = element.get("Contact")
    return {
        "type": _text(element, "Type"),
        "contact": _text(contact, "ContactID") if isinstance(contact, Mapping) else None,
        "reference": str(element.get("Reference") or ""),
        "date": _day(element, "Date"),
        "due": _day(element, "DueDate"),
        "currency": _text(element, "CurrencyCode"),
        "number": next((str(element[name]).lower() for name in NUMBERS if element.get(name)), None),
        "lines": str(len(lines)) if "LineItems" in element else None,
        **{f"line {at}": str(line.get("Description") or "").strip() for at, line in enumerate(lines)},
        **{f"quantity {at}": _amount(line, "Quantity") for at, line in enumerate(lines)},
        **{f"amount {at}": _amount(line, "UnitAmount") for at, line in enumerate(lines)},
        **{f"account {at}": _text(line, "AccountCode") for at, line in enumerate(lines)},
        **{f"tax {at}": _text(line, "TaxType") for at, line in enumerate(lines)},
    }


def is_alike(sent: Content, answered: Content) -> bool:
    """Nothing that both say differs."""
    return all(
        value is None or answered.get(name) is None or answered[name] == value for name, value in sent.items()
    )


def sameness(payload: Element) -> str:
    """Equal for two documents that nothing tells apart but the addresses of ours in them."""
    plain = {name: value for name, value in payload.items() if name not in ADDRESSES}
    lines = payload.get("LineItems") or []
    plain["LineItems"] = [{k: v for k, v in line.items() if k not in ADDRESSES} for line in lines]
    return json.dumps(plain, sort_keys=True, default=str)


def _text(element: Element, name: str) -> str | None:
    return str(element[name]).strip().lower() if element.get(name) else None


def _amount(line: Element, name: str) -> str | None:
    """To the penny, since Xero may round a price."""
    try:
        value = Decimal(str(line[name]))
        return f"{value.quantize(Decimal('0.01'))}" if value.is_finite() else None
    except (KeyError, InvalidOperation):
        return None


def _day(element: Element, name: str) -> str | None:
    try:
        day = day_of(element, name)
    except UnreadableRecord:
        return None
    return day.isoformat() if day else None
