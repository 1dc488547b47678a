"""The chart of accounts and the tax rates that a new company starts with (UK), and taking over another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.dispatch import receiver

from released.billing.models import LedgerAccount, TaxRate, TrackingCategory, TrackingOption
from released.portfolio.models import Company
from released.portfolio.signals import company_created

CODE, NAME, TAX_TYPE, RATE_NAME, TRACKING = 10, 150, 50, 100, 100  # as the columns are
MOST_PERCENT = 1000
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


@dataclass(frozen=True, kw_only=True)
class OutsideAccount:
    """An account of the books elsewhere. `group` is one of LedgerAccount.Group."""

    code: str
    name: str
    group: str


@dataclass(frozen=True, kw_only=True)
class OutsideRate:
    """A tax rate of the books elsewhere, in percent."""

    tax_type: str
    name: str
    rate: Decimal
    for_income: bool
    for_expenses: bool


@transaction.atomic
def adopt_chart(
    company: Company,
    *,
    accounts: Iterable[OutsideAccount],
    rates: Iterable[OutsideRate],
    tracking: Mapping[str, Iterable[str]],
) -> None:
    """Make the chart of the books elsewhere the company's own too. What exists already stays as it is.

    `tracking` gives each category its options. What is too long for us is left out: it could not go back.
    """
    LedgerAccount.objects.bulk_create(
        (
            LedgerAccount(company=company, code=one.code, name=one.name[:NAME], group=one.group)
            for one in accounts
            if 0 < len(one.code) <= CODE
        ),
        ignore_conflicts=True,
    )
    TaxRate.objects.bulk_create(
        (
            TaxRate(
                company=company,
                tax_type=one.tax_type,
                name=one.name[:RATE_NAME],
                rate=one.rate,
                for_income=one.for_income,
                for_expenses=one.for_expenses,
            )
            for one in rates
            if 0 < len(one.tax_type) <= TAX_TYPE and 0 <= one.rate < MOST_PERCENT
        ),
        ignore_conflicts=True,
    )
    for name, options in tracking.items():
        if 0 < len(name) <= TRACKING:
            _adopt_category(company, name, options)


def _adopt_category(company: Company, name: str, options: Iterable[str]) -> None:
    category, _ = TrackingCategory.objects.get_or_create(company=company, name=name)
    TrackingOption.objects.bulk_create(
        (TrackingOption(category=category, name=one) for one in options if 0 < len(one) <= TRACKING),
        ignore_conflicts=True,
    )
