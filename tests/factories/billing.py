"""Documents of each kind and status, as the use cases would have left them."""

import datetime
from decimal import Decimal
from typing import Any

from released.billing.contents import Contents, LineDraft
from released.billing.models import Document, Kind, LineAmountTypes, Status
from released.billing.numbering import take_number
from released.billing.writing import write_contents
from released.clock import now, today
from released.portfolio.models import Company
from tests.factories.portfolio import CompanyFactory, ContactFactory


def line(amount: str = "1250.00", **fields: Any) -> LineDraft:
    """One exempt line of rent unless told otherwise."""
    given = {"description": "Rent, Flat 4", "account_code": "200", "tax_type": "EXEMPTOUTPUT"} | fields
    return LineDraft(unit_amount=Decimal(amount), **given)


def contents(company: Company, kind: Kind = Kind.INVOICE, **fields: Any) -> Contents:
    """What a person would have entered."""
    day: datetime.date = fields.pop("date", None) or today()
    given: dict[str, Any] = {
        "contact": fields.pop("contact", None) or ContactFactory.create(company=company),
        "date": day,
        "due_date": None if kind.is_credit else day + datetime.timedelta(days=14),
        "lines": (line(),) if kind.is_income else (line("480.00", **EXPENSE),),
        "line_amount_types": LineAmountTypes.EXCLUSIVE,
    }
    return Contents(**(given | fields))


EXPENSE = {"description": "Boiler repair", "account_code": "473", "tax_type": "INPUT2"}


def document(
    company: Company | None = None,
    kind: Kind = Kind.INVOICE,
    status: Status = Status.AUTHORISED,
    *,
    number: str = "",
    paid: str = "0.00",
    shared: bool = False,
    **fields: Any,
) -> Document:
    """A document in a status. `shared` says that the books elsewhere agree to its present revision.

    `paid` is set against it; for PAID it is the whole amount.
    """
    company = company or CompanyFactory.create()
    local = take_number(company)
    made = Document(
        company=company, kind=kind, status=status, local_number=local, number=number or str(local),
        currency=company.currency, created_at=now(), revision=1 if status.stays_here else 2,
    )  # fmt: skip
    write_contents(made, contents(company, kind, **fields))
    _settle(made, Decimal(paid))
    made.shared_revision = made.revision if shared else 0
    made.save()
    return made


def _settle(made: Document, paid: Decimal) -> None:
    """What was paid, and what is then due; nothing is due on what has ended."""
    made.amount_paid = made.total if made.status == Status.PAID else paid
    made.amount_due = Decimal(0) if made.state.is_final else made.total - made.amount_paid
