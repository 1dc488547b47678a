"""The chart of accounts and the tax rates that every new company starts with (United Kingdom)."""

from decimal import Decimal
from typing import Any, Final

from django.dispatch import receiver

from released.billing.models import LedgerAccount, TaxRate
from released.portfolio.models import Company
from released.portfolio.signals import company_created

INCOME, EXPENSE = LedgerAccount.Group.INCOME, LedgerAccount.Group.EXPENSE

ACCOUNTS: Final = (
    ("200", "Sales", INCOME),
    ("260", "Other Revenue", INCOME),
    ("400", "Advertising & Marketing", EXPENSE),
    ("401", "Audit & Accountancy fees", EXPENSE),
    ("404", "Bank Fees", EXPENSE),
    ("408", "Cleaning", EXPENSE),
    ("412", "Consulting", EXPENSE),
    ("429", "General Expenses", EXPENSE),
    ("433", "Insurance", EXPENSE),
    ("441", "Legal Expenses", EXPENSE),
    ("445", "Light, Power, Heating", EXPENSE),
    ("473", "Repairs & Maintenance", EXPENSE),
)

# Tax type, name, percent, for income, for expenses.
TAX_RATES: Final = (
    ("OUTPUT2", "20% (VAT on Income)", "20", True, False),
    ("INPUT2", "20% (VAT on Expenses)", "20", False, True),
    ("RROUTPUT", "5% (VAT on Income)", "5", True, False),
    ("RRINPUT", "5% (VAT on Expenses)", "5", False, True),
    ("ZERORATEDOUTPUT", "Zero Rated Income", "0", True, False),
    ("ZERORATEDINPUT", "Zero Rated Expenses", "0", False, True),
    ("EXEMPTOUTPUT", "Exempt Income", "0", True, False),
    ("EXEMPTINPUT", "Exempt Expenses", "0", False, True),
    ("NONE", "No VAT", "0", True, True),
)


@receiver(company_created)
def lay_chart(sender: object, *, company: Company, **kwargs: Any) -> None:
    """Give a new company what its first document needs."""
    LedgerAccount.objects.bulk_create(
        LedgerAccount(company=company, code=code, name=name, group=group) for code, name, group in ACCOUNTS
    )
    TaxRate.objects.bulk_create(
        TaxRate(
            company=company,
            tax_type=tax_type,
            name=name,
            rate=Decimal(rate),
            for_income=for_income,
            for_expenses=for_expenses,
        )
        for tax_type, name, rate, for_income, for_expenses in TAX_RATES
    )
