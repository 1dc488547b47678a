"""A company's own chart: account codes, tax rates, tracking categories."""

from decimal import Decimal

from django.db import models

from released.portfolio.models import Company


class LedgerAccount(models.Model):
    """One account of a company's chart of accounts."""

    class Group(models.TextChoices):
        INCOME = "income", "Income"
        EXPENSE = "expense", "Expense"

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="ledger_accounts")
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=150)
    group = models.CharField(max_length=8, choices=Group)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["company", "code"], name="account_code_is_unique")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class TaxRate(models.Model):
    """A rate by its tax type. `rate` is in percent."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="tax_rates")
    tax_type = models.CharField(max_length=50)
    name = models.CharField(max_length=100)
    rate = models.DecimalField(max_digits=7, decimal_places=4, default=Decimal(0))
    for_income = models.BooleanField(default=True)
    for_expenses = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["company", "tax_type"], name="tax_type_is_unique")]

    def __str__(self) -> str:
        return self.name


class TrackingCategory(models.Model):
    """A dimension by which lines are analysed, such as the building."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="tracking_categories")
    name = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "tracking categories"
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="tracking_category_is_unique")
        ]

    def __str__(self) -> str:
        return self.name


class TrackingOption(models.Model):
    """One value of a tracking category."""

    category = models.ForeignKey(TrackingCategory, on_delete=models.CASCADE, related_name="options")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "name"], name="tracking_option_is_unique")]

    def __str__(self) -> str:
        return self.name
