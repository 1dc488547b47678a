"""What we send of a document: for a new one everything, for a known one only what changed.

Lines go only when they changed, and then all of them with their LineItemIDs, because Xero
deletes the lines whose ids are missing (docs/xero.md C). Numbers are written exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec

from released.billing.models.kinds import Kind, Status
from sync.canonical import DocumentFields, Line
from sync.wire.discounts import Discount, discount_of
from sync.wire.kinds import FORMS

_encoder = msgspec.json.Encoder(decimal_format="number")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document on its way. `line_keys` are our keys in the lines' order, `line_ids` Xero's ids by key."""

    kind: Kind
    fields: DocumentFields
    names: frozenset[str]
    xero_id: UUID | None = None
    number: str = ""
    url: str = ""
    line_keys: Sequence[str] = ()
    line_ids: Mapping[str, str] | None = None
    discounts: Mapping[str, Discount] = field(default_factory=dict)
    """By Xero's ids: what it takes off the lines that it has."""


def document_payload(sent: Outgoing) -> dict[str, Any]:
    form, fields = FORMS[sent.kind], sent.fields
    if sent.xero_id is not None and not fields.is_alive:
        return {form.id_name: str(sent.xero_id), "Status": Status.VOIDED.value}
    payload: dict[str, Any] = {"Type": form.type}
    if sent.xero_id is not None:
        payload[form.id_name] = str(sent.xero_id)
    else:
        payload |= _only_new(sent)
    if "contact" in sent.names:
        payload["Contact"] = {"ContactID": fields.contact}
    if "date" in sent.names:
        payload["Date"] = fields.date.isoformat()
    if "due_date" in sent.names and fields.due_date:
        payload["DueDate"] = fields.due_date.isoformat()
    if "reference" in sent.names:
        payload["Reference"] = fields.reference
    return payload | (_lines(sent) if "lines" in sent.names else {})


def body(endpoint: str, payloads: Sequence[Mapping[str, Any]]) -> str:
    """The exact text of a request; saved before it is sent, and sent again as it is."""
    return _encoder.encode({endpoint: list(payloads)}).decode()


def _only_new(sent: Outgoing) -> dict[str, Any]:
    payload: dict[str, Any] = {"Status": Status.AUTHORISED.value}
    if sent.number:
        payload[FORMS[sent.kind].number_name] = sent.number
    if sent.url and not sent.kind.is_credit:
        payload["Url"] = sent.url
    return payload


def _lines(sent: Outgoing) -> dict[str, Any]:
    lines, known = sent.fields.lines, sent.line_ids or {}
    items = [
        _line(line, sent.discounts.get(known.get(key, "")))
        | ({"LineItemID": known[key]} if key in known else {})
        for key, line in zip(sent.line_keys, lines.items, strict=True)
    ]
    return {"LineAmountTypes": lines.tax_mode, "CurrencyCode": lines.currency, "LineItems": items}


def _line(line: Line, there: Discount | None) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "Description": line.description,
        "Quantity": _number(line.quantity),
        "UnitAmount": _number(line.unit_amount),
        "Tracking": [{"Name": name, "Option": option} for name, option in line.tracking],
    }
    optional = {"AccountCode": line.account_code, "TaxType": line.tax_type}
    payload |= {name: value for name, value in optional.items() if value}
    discount = discount_of(line.discount_rate, there)
    return payload | {name: _number(value) for name, value in discount.items()}


def _number(value: Decimal) -> Decimal:
    """Without trailing zeros or exponent: 1200, not 1.2E+3."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
