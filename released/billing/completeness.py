"""What a document still lacks before it can be approved. Pure; the answers are shown as they are."""

from decimal import Decimal

from released.billing.contents import Contents, LineDraft
from released.billing.models.kinds import Kind, LineAmountTypes


def missing(kind: Kind, contents: Contents, total: Decimal) -> list[str]:
    """One sentence for each thing that Xero would refuse; empty when it can be approved."""
    found = []
    if contents.contact.is_archived:
        found.append(f"{contents.contact.name} is archived; choose another contact.")
    if not kind.is_credit and contents.due_date is None:
        found.append("Give a due date.")
    if not contents.lines:
        found.append("Add at least one line.")
    if total < 0:
        found.append("The total can’t be less than zero.")
    return found + _of_lines(contents)


def _of_lines(contents: Contents) -> list[str]:
    taxed = contents.line_amount_types != LineAmountTypes.NO_TAX
    return [
        f"Line {place}: {lack}."
        for place, line in enumerate(contents.lines, start=1)
        for lack in _of_line(line, taxed=taxed)
    ]


def _of_line(line: LineDraft, *, taxed: bool) -> list[str]:
    lacks = []
    if not line.account_code:
        lacks.append("choose an account")
    if taxed and not line.tax_type:
        lacks.append("choose a tax rate")
    return lacks
