"""What a document still lacks before it can be approved. Pure; the answers are shown as they are."""

from collections.abc import Collection
from decimal import Decimal

from released.billing.contents import Contents, LineDraft
from released.billing.models.kinds import Kind, LineAmountTypes


def missing(kind: Kind, contents: Contents, total: Decimal, kept: Collection[LineDraft] = ()) -> list[str]:
    """One sentence for each thing that Xero would refuse; empty when it can be approved.

    `kept` are lines that an approved document had before: of these, one that only describes needs nothing.
    """
    return missing_details(kind, contents) + _of_lines(contents, total, kept)


def missing_details(kind: Kind, contents: Contents) -> list[str]:
    """Of these what is not about lines: enough where an approved document keeps those it has."""
    found = []
    if contents.contact.is_archived:
        found.append(f"{contents.contact.name} is archived; choose another contact.")
    if not kind.is_credit and contents.due_date is None:
        found.append("Give a due date.")
    return found


def _of_lines(contents: Contents, total: Decimal, kept: Collection[LineDraft]) -> list[str]:
    found = [] if contents.lines else ["Add at least one line."]
    if total < 0:
        found.append("The total can’t be less than zero.")
    taxed = contents.line_amount_types != LineAmountTypes.NO_TAX
    return found + [
        f"Line {place}: {lack}."
        for place, line in enumerate(contents.lines, start=1)
        if not (_only_describes(line) and line in kept)
        for lack in _of_line(line, taxed=taxed)
    ]


def _only_describes(line: LineDraft) -> bool:
    """As people type them in Xero between the others: words, and no money."""
    return not (line.quantity or line.unit_amount or line.account_code)


def _of_line(line: LineDraft, *, taxed: bool) -> list[str]:
    lacks = []
    if not line.account_code:
        lacks.append("choose an account")
    if taxed and not line.tax_type:
        lacks.append("choose a tax rate")
    return lacks
