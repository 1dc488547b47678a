"""Invoices and credit notes differ in names, in prefixes and in little else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    plural: str
    noun: str
    id_field: str
    number_field: str
    types: tuple[str, ...]
    prefix: str


INVOICES = Kind("Invoices", "Invoice", "InvoiceID", "InvoiceNumber", ("ACCREC", "ACCPAY"), "INV")
CREDIT_NOTES = Kind(
    "CreditNotes", "CreditNote", "CreditNoteID", "CreditNoteNumber", ("ACCRECCREDIT", "ACCPAYCREDIT"), "CN"
)
OVERPAYMENTS = Kind(
    "Overpayments",
    "Overpayment",
    "OverpaymentID",
    "OverpaymentNumber",
    ("RECEIVE-OVERPAYMENT", "SPEND-OVERPAYMENT"),
    "OP",
)
KINDS = {kind.plural: kind for kind in (INVOICES, CREDIT_NOTES, OVERPAYMENTS)}


def kind_of(plural: str) -> Kind:
    return KINDS[plural]
