"""An invoice or credit note of Xero's, read. Unknown enums and keys are tolerated, unknown types are not."""

from decimal import Decimal
from typing import Final

from released.billing.models.kinds import Kind, LineAmountTypes, Status
from sync.canonical import DocumentFields, Line, Lines
from sync.theirs import Amounts, LineFacts, TheirDocument
from sync.wire.kinds import FORMS, KINDS
from sync.wire.settlements import settlements_of
from sync.wire.values import (
    Record,
    UnreadableRecord,
    day_of,
    decimal_of,
    id_of,
    records_of,
    required_day,
    text_of,
    uuid_of,
    whole,
)

ENDED = (Status.VOIDED, Status.DELETED)
STATUSES: Final = {status.value: status for status in Status}
MODES: Final = {mode.value: mode.value for mode in LineAmountTypes}
ONE, ZERO = Decimal(1), Decimal(0)
MOST_RATE = Decimal(999)  # percent; beyond it no column of ours holds it


@whole
def read_document(record: Record) -> TheirDocument:
    """Raises UnreadableRecord, with the name of what is wrong."""
    kind = _kind(record)
    form, status = FORMS[kind], _status(record)
    contact = record.get("Contact") or {}
    return TheirDocument(
        xero_id=uuid_of(record, form.id_name),
        kind=kind,
        fields=_fields(record, kind, status),
        status=status,
        number=text_of(record, form.number_name, 255),
        contact_name=text_of(contact, "Name", 255),
        url=text_of(record, "Url"),
        amounts=_amounts(record, kind),
        lines=tuple(_line_facts(line) for line in records_of(record, "LineItems")),
        settlements=settlements_of(record, kind),
    )


def _kind(record: Record) -> Kind:
    kind = KINDS.get(str(record.get("Type")))
    if kind is None:
        raise UnreadableRecord(f"Type is unknown: {record.get('Type')!r}")
    return kind


def _status(record: Record) -> Status:
    status = STATUSES.get(str(record.get("Status")))
    if status is None:
        raise UnreadableRecord(f"Status is unknown: {record.get('Status')!r}")
    return status


def _fields(record: Record, kind: Kind, status: Status) -> DocumentFields:
    return DocumentFields(
        contact=id_of(record.get("Contact") or {}, "ContactID"),
        date=required_day(record, "Date"),
        due_date=None if kind.is_credit else day_of(record, "DueDate"),
        reference=text_of(record, "Reference", 255),
        lines=_lines(record),
        is_alive=status not in ENDED,
    )


def _lines(record: Record) -> Lines:
    given = record.get("LineAmountTypes") or LineAmountTypes.EXCLUSIVE.value
    mode = MODES.get(str(given))
    if mode is None:
        raise UnreadableRecord(f"LineAmountTypes is unknown: {given!r}")
    items = tuple(_line(item) for item in records_of(record, "LineItems"))
    return Lines(mode, text_of(record, "CurrencyCode", 3), items)


def _line(record: Record) -> Line:
    has_amount = record.get("UnitAmount") is not None
    rate = decimal_of(record, "DiscountRate")
    if rate and not -MOST_RATE <= rate <= MOST_RATE:
        raise UnreadableRecord(f"DiscountRate is no rate: {rate}")
    return Line(
        description=text_of(record, "Description"),
        quantity=decimal_of(record, "Quantity", ONE if has_amount else ZERO),
        unit_amount=decimal_of(record, "UnitAmount"),
        discount_rate=rate or None,
        account_code=text_of(record, "AccountCode", 10),
        tax_type=text_of(record, "TaxType", 50),
        tracking=_tracking(record),
    )


def _tracking(record: Record) -> tuple[tuple[str, str], ...]:
    if not record.get("Tracking"):
        return ()
    return tuple(
        sorted((text_of(item, "Name"), text_of(item, "Option")) for item in records_of(record, "Tracking"))
    )


def _line_facts(record: Record) -> LineFacts:
    return LineFacts(
        line_id=text_of(record, "LineItemID"),
        line_amount=decimal_of(record, "LineAmount"),
        tax_amount=decimal_of(record, "TaxAmount"),
    )


def _amounts(record: Record, kind: Kind) -> Amounts:
    total = decimal_of(record, "Total")
    remaining = decimal_of(record, "RemainingCredit" if kind.is_credit else "AmountDue")
    paid = decimal_of(record, "AmountPaid")
    if kind.is_credit:
        paid = sum((decimal_of(one, "Amount") for one in records_of(record, "Payments")), Decimal(0))
    return Amounts(
        subtotal=decimal_of(record, "SubTotal"),
        total_tax=decimal_of(record, "TotalTax"),
        total=total,
        amount_paid=paid,
        amount_credited=total - remaining - paid if kind.is_credit else decimal_of(record, "AmountCredited"),
        amount_due=remaining,
    )
