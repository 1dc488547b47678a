from django.db import models

from released.accounts.models import Account, Membership


class Company(models.Model):
    """A legal entity that owns buildings and keeps its own books."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="companies")
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="GBP")
    locale = models.CharField(max_length=12, default="en-GB")
    timezone = models.CharField(max_length=40, default="Europe/London")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "companies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="company_name_is_unique_in_account")
        ]

    def __str__(self) -> str:
        return self.name

    def reached_by(self, membership: Membership) -> bool:
        """Whether a membership reaches this company (`released.accounts.backends.Scoped`)."""
        if membership.account_id != self.account_id or not membership.is_active:
            return False
        return not membership.is_limited or self.pk in reached_ids(membership)


class CompanyLimit(models.Model):
    """One company that a limited membership reaches."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="limits")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "company"], name="company_limit_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.company}"


def reached_ids(membership: Membership) -> frozenset[int]:
    """The companies a limited membership reaches; read once per membership object, so once per request."""
    known: frozenset[int] | None = getattr(membership, "_reached", None)
    if known is None:
        rows = CompanyLimit.objects.filter(membership=membership, company__account_id=membership.account_id)
        known = frozenset(rows.values_list("company_id", flat=True))
        membership._reached = known  # type: ignore[attr-defined]
    return known
