"""Puts contents on a document row: the lines with their reckoned amounts, and the totals."""

from decimal import Decimal

from released.accounts.models import User
from released.billing.contents import Contents, LineDraft
from released.billing.errors import BillingError, ChangedMeanwhile
from released.billing.history import note_event, ring
from released.billing.models import Document, LineItem, TaxRate
from released.billing.totals import LineAmounts, Priced, Totals, add_up
from released.clock import now
from released.portfolio.models import Company


class UnknownTaxType(BillingError):
    """This tax type is not among the company’s tax rates."""


class OfAnotherCompany(BillingError):
    """The contact or the tenancy belongs to another company."""


def locked(document: Document, *, revision: int | None = None) -> Document:
    """The document as it is now, locked until the transaction ends.

    Raises ChangedMeanwhile when `revision`, which the person was looking at, is no longer the latest.
    """
    rows = Document.objects.select_for_update(of=("self",)).select_related("company", "contact", "tenancy")
    fresh = rows.get(pk=document.pk)
    if revision is not None and fresh.revision != revision:
        raise ChangedMeanwhile
    return fresh


def write_contents(document: Document, contents: Contents) -> None:
    """Set details, lines and totals, and save. The caller owns transaction, revision and event."""
    totals = reckon(document.company, contents)
    document.line_amount_types = contents.line_amount_types
    document.subtotal, document.total_tax, document.total = totals.subtotal, totals.total_tax, totals.total
    document.amount_due = document.total - document.amount_paid - document.amount_credited
    write_details(document, contents)
    document.line_items.all().delete()
    LineItem.objects.bulk_create(
        _row(document, position, line, amounts)
        for position, (line, amounts) in enumerate(zip(contents.lines, totals.lines, strict=True))
    )


def write_details(document: Document, contents: Contents) -> None:
    """Set what is entered beside the lines, and save. The caller owns transaction, revision and event."""
    _require_same_company(document.company, contents)
    for name in ("contact", "date", "due_date", "reference", "tenancy"):
        setattr(document, name, getattr(contents, name))
    document.changed_at = now()
    document.save()


def mark_changed(document: Document, what: str, says: str, *, by: User | None) -> None:
    """The next revision with its event and its bell, in the caller's transaction."""
    document.revision += 1
    document.changed_at = now()
    document.save()
    note_event(document, what, says, by=by, detail={"revision": document.revision})
    ring(document)


def reckon(company: Company, contents: Contents) -> Totals:
    """What the contents come to at the company's tax rates. Raises UnknownTaxType."""
    rates = dict(TaxRate.objects.filter(company=company).values_list("tax_type", "rate"))
    return add_up([_priced(line, rates) for line in contents.lines], contents.line_amount_types)


def _priced(line: LineDraft, rates: dict[str, Decimal]) -> Priced:
    if line.tax_type and line.tax_type not in rates:
        raise UnknownTaxType(f"The tax type {line.tax_type} is not among this company’s tax rates.")
    return Priced(
        quantity=line.quantity,
        unit_amount=line.unit_amount,
        discount_rate=line.discount_rate,
        tax_rate=rates.get(line.tax_type, Decimal(0)),
    )


def _row(document: Document, position: int, line: LineDraft, amounts: LineAmounts) -> LineItem:
    return LineItem(
        document=document,
        position=position,
        key=line.key,
        description=line.description,
        quantity=line.quantity,
        unit_amount=line.unit_amount,
        discount_rate=line.discount_rate,
        account_code=line.account_code,
        tax_type=line.tax_type,
        tracking=list(line.tracking),
        line_amount=amounts.amount,
        tax_amount=amounts.tax,
    )


def _require_same_company(company: Company, contents: Contents) -> None:
    tenancy = contents.tenancy
    if contents.contact.company_id != company.pk or (tenancy and tenancy.premises.company_id != company.pk):
        raise OfAnotherCompany
