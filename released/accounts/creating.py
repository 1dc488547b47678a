"""A new account with its roles, and people joining it. `by` is None when an installation is set up."""

from django.db import transaction

from released.accounts.auditing import note_change
from released.accounts.models import Account, Membership, Role, User
from released.accounts.permissions import DEFAULT_ROLES


@transaction.atomic
def create_account(name: str, *, by: User | None) -> Account:
    """An account with the default roles, which it may edit from then on."""
    account = Account.objects.create(name=name)
    Role.objects.bulk_create(
        Role(account=account, name=role, permissions=list(permissions))
        for role, permissions in DEFAULT_ROLES.items()
    )
    note_change(account, "account created", by=by, after={"name": name, "roles": list(DEFAULT_ROLES)})
    return account


@transaction.atomic
def add_role(account: Account, name: str, permissions: list[str], *, by: User | None) -> Role:
    """A further role of an account."""
    role = Role.objects.create(account=account, name=name, permissions=permissions)
    note_change(account, "role added", by=by, after={"role": name, "permissions": permissions})
    return role


@transaction.atomic
def add_member(user: User, role: Role, *, by: User | None, is_limited: bool = False) -> Membership:
    """Give a person a place in the role's account.

    A limited membership reaches nothing until `released.portfolio.limiting` names its companies.
    """
    membership = Membership.objects.create(
        user=user, account_id=role.account_id, role=role, is_limited=is_limited
    )
    after = {"person": user.email, "role": role.name, "is_limited": is_limited}
    note_change(role.account, "person added", by=by, after=after)
    return membership
