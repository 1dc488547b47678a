"""To which companies a membership is limited."""

from collections.abc import Iterable

from django.db import transaction

from released.accounts.auditing import note_change
from released.accounts.models import Membership, User
from released.portfolio.models import Company, CompanyLimit


class NotOfThisAccount(ValueError):
    """A membership can only be limited to companies of its own account."""


@transaction.atomic
def limit_membership(membership: Membership, companies: Iterable[Company], *, by: User | None) -> None:
    """Limit a membership to these companies and no others."""
    chosen = list(companies)
    if any(company.account_id != membership.account_id for company in chosen):
        raise NotOfThisAccount(NotOfThisAccount.__doc__)
    before = sorted(membership.limits.values_list("company__name", flat=True))
    membership.limits.all().delete()
    CompanyLimit.objects.bulk_create(
        CompanyLimit(membership=membership, company=company) for company in chosen
    )
    membership.is_limited = True
    membership.save(update_fields=["is_limited"])
    note_change(
        membership.account,
        "companies limited",
        by=by,
        before={"person": membership.user.email, "companies": before},
        after={"person": membership.user.email, "companies": sorted(company.name for company in chosen)},
    )
