"""Writes a company's planned documents with their lines and their timeline."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from released.accounts.models import User
from released.billing.charts import TAX_RATES
from released.billing.models import Document, DocumentEvent, LineAmountTypes, LineItem, Status
from released.billing.numbering import take_numbers
from released.billing.totals import Priced, Totals, add_up
from released.portfolio.models import Company
from released.web.demo_data.occupancy import Occupancy
from released.web.demo_data.plan import Entry

RATES = {tax_type: Decimal(rate) for tax_type, _, rate, _, _ in TAX_RATES}
STEPS = {
    Status.DRAFT: ("Draft entered",),
    Status.AUTHORISED: ("Draft entered", "Approved"),
    Status.VOIDED: ("Draft entered", "Approved", "Voided"),
}


def write_entries(company: Company, plan: list[Entry], occupancy: Occupancy, author: User) -> int:
    """Create them all, numbered in their order; how many there are."""
    numbers = take_numbers(company, len(plan))
    reckoned = [_reckon(entry) for entry in plan]
    documents = Document.objects.bulk_create(
        _document(company, entry, totals, number, occupancy, author)
        for entry, totals, number in zip(plan, reckoned, numbers, strict=True)
    )
    LineItem.objects.bulk_create(
        line
        for made, entry, totals in zip(documents, plan, reckoned, strict=True)
        for line in _lines(made, entry, totals)
    )
    DocumentEvent.objects.bulk_create(event for made in documents for event in _events(made, author))
    return len(documents)


def _reckon(entry: Entry) -> Totals:
    lines = [
        Priced(quantity=Decimal(1), unit_amount=line.amount, tax_rate=RATES[line.tax_type])
        for line in entry.lines
    ]
    return add_up(lines, LineAmountTypes.EXCLUSIVE)


def _document(
    company: Company, entry: Entry, totals: Totals, number: int, occupancy: Occupancy, author: User
) -> Document:
    moment = datetime.datetime.combine(entry.date, datetime.time(9, number % 60), ZoneInfo(company.timezone))
    return Document(
        company=company,
        kind=entry.kind,
        status=entry.status,
        local_number=number,
        number=str(number),
        contact=occupancy.contacts[entry.contact],
        tenancy=occupancy.tenancies.get(entry.unit),
        date=entry.date,
        due_date=entry.due_date,
        reference=entry.reference,
        currency=company.currency,
        subtotal=totals.subtotal,
        total_tax=totals.total_tax,
        total=totals.total,
        amount_due=Decimal(0) if entry.status == Status.VOIDED else totals.total,
        revision=len(STEPS[entry.status]),
        created_by=author,
        created_at=moment,
        changed_at=moment,
    )


def _lines(made: Document, entry: Entry, totals: Totals) -> list[LineItem]:
    return [
        LineItem(
            document=made,
            position=position,
            description=line.description,
            unit_amount=line.amount,
            account_code=line.account_code,
            tax_type=line.tax_type,
            line_amount=amounts.amount,
            tax_amount=amounts.tax,
        )
        for position, (line, amounts) in enumerate(zip(entry.lines, totals.lines, strict=True))
    ]


def _events(made: Document, author: User) -> list[DocumentEvent]:
    return [
        DocumentEvent(
            document=made,
            at=made.created_at + datetime.timedelta(minutes=6 * step),
            actor=author,
            what=("raised", "approved", "voided")[step],
            says=f"{says} by {author.name}",
        )
        for step, says in enumerate(STEPS[made.state])
    ]
