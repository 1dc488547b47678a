"""The companies a person may reach; what is not here does not exist for them."""

from django.db.models import QuerySet
from django.http import Http404

from released.accounts.models import Membership, User
from released.portfolio.models import Company
from released.portfolio.models.company import reached_ids


def companies(membership: Membership) -> QuerySet[Company]:
    """Every company the membership reaches."""
    reached = Company.objects.filter(account_id=membership.account_id)
    return reached.filter(pk__in=reached_ids(membership)) if membership.is_limited else reached


def companies_allowing(membership: Membership, permission: str) -> QuerySet[Company]:
    """The companies for which the membership holds `permission`."""
    return companies(membership) if membership.allows(permission) else Company.objects.none()


def company(membership: Membership, company_id: int) -> Company:
    """One company that the membership reaches; raises Http404 for every other, foreign or unknown alike."""
    found = companies(membership).filter(pk=company_id).select_related("account").first()
    if found is None:
        raise Http404("no such company")
    return found


def holders(company: Company, permission: str) -> list[User]:
    """The active people who hold `permission` for a company, by name."""
    rows = Membership.objects.filter(
        account_id=company.account_id,
        is_active=True,
        user__is_active=True,
        role__permissions__contains=[permission],
    ).select_related("user", "role")
    return sorted(
        (row.user for row in rows if company.reached_by(row)), key=lambda user: user.name.casefold()
    )
