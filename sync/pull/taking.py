"""What Xero holds, in the form in which billing writes it. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from released.billing.models import Status
from released.billing.outside import OutsideDocument, OutsideLine, OutsideSettlement
from sync.theirs import TheirDocument


def new_document(theirs: TheirDocument, contact_id: int) -> tuple[OutsideDocument, dict[str, str]]:
    """A document to create here, and Xero's LineItemIDs by the keys its lines got."""
    keys = [uuid4() for _ in theirs.lines]
    made = OutsideDocument(
        kind=theirs.kind,
        number=theirs.number,
        columns=content_columns(theirs, contact_id)
        | totals(theirs)
        | dues(theirs)
        | {"status": theirs.status},
        lines=outside_lines(theirs, keys),
        settlements=outside_settlements(theirs),
    )
    return made, line_ids(theirs, keys)


def content_columns(theirs: TheirDocument, contact_id: int) -> dict[str, Any]:
    fields = theirs.fields
    return {
        "contact_id": contact_id,
        "date": fields.date,
        "due_date": fields.due_date,
        "reference": fields.reference,
        "currency": fields.lines.currency,
        "line_amount_types": fields.lines.tax_mode,
    }


def taken_columns(theirs: TheirDocument, names: frozenset[str], contact_id: int | None) -> dict[str, Any]:
    """The columns for the named canonical fields; lines bring tax mode, currency and totals with them."""
    everything = content_columns(theirs, contact_id or 0)
    found = {name: everything[name] for name in names & {"date", "due_date", "reference"}}
    if "contact" in names:
        found["contact_id"] = contact_id
    if "lines" in names:
        found |= {name: everything[name] for name in ("currency", "line_amount_types")} | totals(theirs)
    if "is_alive" in names:
        found |= {"status": theirs.status, "amount_due": dues(theirs)["amount_due"]}
    return found


def totals(theirs: TheirDocument) -> dict[str, Any]:
    amounts = theirs.amounts
    return {"subtotal": amounts.subtotal, "total_tax": amounts.total_tax, "total": amounts.total}


def dues(theirs: TheirDocument) -> dict[str, Any]:
    """What was paid and credited and what is left; nothing is due on what has ended."""
    amounts, ended = theirs.amounts, theirs.status in (Status.VOIDED, Status.DELETED)
    return {
        "amount_paid": amounts.amount_paid,
        "amount_credited": amounts.amount_credited,
        "amount_due": Decimal(0) if ended else amounts.amount_due,
    }


def outside_lines(theirs: TheirDocument, keys: Sequence[UUID]) -> tuple[OutsideLine, ...]:
    rows = zip(keys, theirs.fields.lines.items, theirs.lines, strict=True)
    return tuple(
        OutsideLine(
            key=key,
            description=line.description,
            quantity=line.quantity,
            unit_amount=line.unit_amount,
            discount_rate=line.discount_rate,
            account_code=line.account_code,
            tax_type=line.tax_type,
            tracking=line.tracking,
            line_amount=facts.line_amount,
            tax_amount=facts.tax_amount,
        )
        for key, line, facts in rows
    )


def outside_settlements(theirs: TheirDocument) -> tuple[OutsideSettlement, ...]:
    return tuple(
        OutsideSettlement(
            sort=one.sort, source_id=one.source_id, date=one.date, amount=one.amount, reference=one.reference
        )
        for one in theirs.settlements
    )


def line_ids(theirs: TheirDocument, keys: Sequence[UUID]) -> dict[str, str]:
    return {str(key): facts.line_id for key, facts in zip(keys, theirs.lines, strict=True)}


def keys_for(theirs: TheirDocument, known: Mapping[str, str]) -> list[UUID]:
    """Our keys for Xero's lines in their order: the known ones kept, new ones made."""
    by_id = {line_id: key for key, line_id in known.items()}
    return [UUID(by_id[one.line_id]) if one.line_id in by_id else uuid4() for one in theirs.lines]
