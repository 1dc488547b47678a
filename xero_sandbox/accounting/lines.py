"""Line items of a request into lines of a document: a supplied array replaces all (docs/xero.md C)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from xero_sandbox.accounting.errors import Invalid
from xero_sandbox.accounting.fields_in import decimal_of, text_of
from xero_sandbox.accounting.model import Account, Document, Line, TaxRate
from xero_sandbox.accounting.organisation import Books
from xero_sandbox.accounting.totals import cents, line_amount, line_tax, rate_of
from xero_sandbox.state import new_id


def replace_lines(books: Books, document: Document, given: list[dict[str, Any]]) -> None:
    """Lines whose LineItemID is missing go; a known id keeps what the request leaves out."""
    before = {line.line_id: line for line in document.lines}
    document.lines = [_line(books, document, row, before) for row in given]


def retax(books: Books, document: Document) -> None:
    for line in document.lines:
        line.tax_amount = line_tax(line, rate_of(books.tax_rates, line.tax_type), document.line_amount_types)


def _line(books: Books, document: Document, row: dict[str, Any], before: dict[str, Line]) -> Line:
    known = before.get(str(row.get("LineItemID", "")).lower())
    line = Line(known.line_id if known else new_id())
    for name, attribute in (
        ("Description", "description"),
        ("AccountCode", "account_code"),
        ("TaxType", "tax_type"),
        ("ItemCode", "item_code"),
    ):
        setattr(line, attribute, text_of(row, name, getattr(known, attribute, None)))
    for name, attribute in (
        ("Quantity", "quantity"),
        ("UnitAmount", "unit_amount"),
        ("DiscountRate", "discount_rate"),
        ("DiscountAmount", "discount_amount"),
    ):
        setattr(line, attribute, decimal_of(row, name, getattr(known, attribute, None)))
    line.tracking = (
        _tracking(books, row["Tracking"]) if "Tracking" in row else known.tracking if known else ()
    )
    _default_tax(books, document, line)
    _amounts(books, document, line, row)
    return line


def _amounts(books: Books, document: Document, line: Line, row: dict[str, Any]) -> None:
    given = decimal_of(row, "LineAmount", None)
    if line.quantity is None and line.unit_amount is not None:
        line.quantity = Decimal(1)
    if line.unit_amount is None and given is not None:
        line.quantity = line.quantity or Decimal(1)
        line.unit_amount = given / line.quantity
    line.line_amount = line_amount(line)
    if given is not None and cents(given) != line.line_amount and "UnitAmount" in row:
        raise Invalid(f"The line total {given} does not match the expected line total {line.line_amount}")
    tax = decimal_of(row, "TaxAmount", None)
    rate = rate_of(books.tax_rates, line.tax_type)
    usual = line_tax(line, rate, document.line_amount_types)
    line.tax_amount = usual if tax is None or document.line_amount_types == "NoTax" else cents(tax)


def _default_tax(books: Books, document: Document, line: Line) -> None:
    account = books.accounts.get(line.account_code or "")
    if document.line_amount_types == "NoTax":
        line.tax_type = line.tax_type or "NONE"
    elif line.tax_type is None and account is not None:
        line.tax_type = account.tax_type


def _tracking(books: Books, given: list[dict[str, Any]] | None) -> tuple[tuple[str, str], ...]:
    found = []
    for row in given or []:
        category = next(
            (
                one
                for one in books.tracking
                if row.get("TrackingCategoryID") == one.category_id
                or str(row.get("Name", "")).lower() == one.name.lower()
            ),
            None,
        )
        if category is None:
            continue
        option = next(
            (
                one
                for one in category.options
                if row.get("TrackingOptionID") == one.option_id
                or str(row.get("Option", "")).lower() == one.name.lower()
            ),
            None,
        )
        if option is None:
            raise Invalid(
                f"The tracking option '{row.get('Option', '')}' does not exist on '{category.name}'."
            )
        found.append((category.category_id, option.option_id))
    return tuple(found)


def line_problems(books: Books, document: Document, line: Line, *, approved: bool) -> list[str]:
    """What Xero refuses in a line; an account is only asked for once the document is approved."""
    account = books.accounts.get(line.account_code or "")
    if line.account_code and (account is None or account.status != "ACTIVE" or account.type == "BANK"):
        return [f"Account code '{line.account_code}' is not a valid code for this document."]
    problems = []
    if account is None and approved:
        problems.append("Account code or ID must be specified")
    if not line.description and approved:
        problems.append("Description must be specified")
    if account is not None and not _fits(books.tax_rates.get(line.tax_type or ""), account, line.tax_type):
        problems.append(
            f"The TaxType code '{line.tax_type}' cannot be used with account code '{account.code}'"
        )
    if (line.discount_rate or line.discount_amount) and document.type != "ACCREC":
        problems.append("Discounts can only be applied to ACCREC invoices.")
    return problems


def _fits(rate: TaxRate | None, account: Account, tax_type: str | None) -> bool:
    return tax_type is None or (rate is not None and account.account_class in rate.applies_to)
