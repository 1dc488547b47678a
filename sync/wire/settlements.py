"""Payments and credits on a document of Xero's; the kind says where they are listed (docs/xero.md C)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final
from uuid import UUID

from released.billing.models.kinds import Kind
from sync.theirs import Settled
from sync.wire.values import Record, day_of, decimal_of, records_of, text_of, uuid_of

# name in Xero's record: (our sort, the id's name, the amount's name, the reference's name)
ON_INVOICES: Final = {
    "Payments": ("payment", "PaymentID", "Amount", "Reference"),
    "CreditNotes": ("credit_note", "CreditNoteID", "AppliedAmount", "CreditNoteNumber"),
    "Overpayments": ("overpayment", "OverpaymentID", "AppliedAmount", "Reference"),
    "Prepayments": ("prepayment", "PrepaymentID", "AppliedAmount", "Reference"),
}


def settlements_of(record: Record, kind: Kind) -> tuple[Settled, ...]:
    """Everything set against the document, in Xero's order; each source once."""
    found = _added_up(_on_credit_note(record) if kind.is_credit else _on_invoice(record))
    return tuple(one for one in found if one.amount)


def _added_up(found: Iterable[Settled]) -> Iterable[Settled]:
    """What was used twice on one document is listed twice under one id: one sum, of the latest date."""
    sums: dict[tuple[str, UUID], Settled] = {}
    for one in found:
        key = (one.sort, one.source_id)
        sums[key] = _both(sums[key], one) if key in sums else one
    return sums.values()


def _both(held: Settled, one: Settled) -> Settled:
    dates = [day for day in (held.date, one.date) if day is not None]
    return replace(held, amount=held.amount + one.amount, date=max(dates, default=None))


def _on_invoice(record: Record) -> Iterator[Settled]:
    for name, (sort, id_name, amount_name, reference_name) in ON_INVOICES.items():
        for one in records_of(record, name) if record.get(name) else ():
            yield _settled(one, sort, id_name, amount_name, text_of(one, reference_name, 255))


def _on_credit_note(record: Record) -> Iterator[Settled]:
    for one in records_of(record, "Payments"):
        yield _settled(one, "payment", "PaymentID", "Amount", text_of(one, "Reference", 255))
    for one in records_of(record, "Allocations"):
        invoice = one.get("Invoice") or {}
        id_name = "AllocationID" if one.get("AllocationID") else "InvoiceID"
        source = one if one.get("AllocationID") else invoice
        yield Settled(
            "credit_note",
            uuid_of(source, id_name),
            day_of(one, "Date"),
            decimal_of(one, "Amount"),
            text_of(invoice, "InvoiceNumber", 255),
        )


def _settled(one: Record, sort: str, id_name: str, amount_name: str, reference: str) -> Settled:
    return Settled(sort, uuid_of(one, id_name), day_of(one, "Date"), decimal_of(one, amount_name), reference)
