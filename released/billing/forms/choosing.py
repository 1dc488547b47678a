"""What a line may be booked to: the company's accounts and tax rates, as choices of a select."""

from released.billing.models import Kind, LedgerAccount, TaxRate
from released.portfolio.models import Company

Option = tuple[str, str]
Options = list[Option | tuple[str, list[Option]]]
NOT_LISTED = "not in this company’s list"


def accounts(company: Company, kind: Kind, *, kept: set[str]) -> Options:
    """Account codes, those of the document's own side first; `kept` are codes already on it."""
    rows = list(LedgerAccount.objects.filter(company=company, is_active=True))
    own = LedgerAccount.Group.INCOME if kind.is_income else LedgerAccount.Group.EXPENSE
    groups = sorted(LedgerAccount.Group, key=lambda group: group != own)
    listed: Options = [
        (str(group.label), [(row.code, str(row)) for row in rows if row.group == group]) for group in groups
    ]
    return [("", "Choose…"), *listed, *_strays(kept, {row.code for row in rows})]


def tax_types(company: Company, kind: Kind, *, kept: set[str]) -> Options:
    """Tax rates for the document's side; `kept` are tax types already on it."""
    side = {"for_income": True} if kind.is_income else {"for_expenses": True}
    rows = list(TaxRate.objects.filter(company=company, **side))
    listed: Options = [(row.tax_type, row.name) for row in rows]
    return [("", "Choose…"), *listed, *_strays(kept, {row.tax_type for row in rows})]


def _strays(kept: set[str], known: set[str]) -> Options:
    """What a document brought from elsewhere stays choosable, so that opening the form loses nothing."""
    return [(code, f"{code} ({NOT_LISTED})") for code in sorted(kept - known - {""})]
