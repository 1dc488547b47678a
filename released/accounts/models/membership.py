from django.contrib.postgres.fields import ArrayField
from django.db import models

from released.accounts.models.account import Account
from released.accounts.models.user import User
from released.accounts.permissions import PERMISSIONS


class Role(models.Model):
    """An account's editable set of permissions."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=60)
    permissions = ArrayField(
        models.CharField(max_length=60, choices=list(PERMISSIONS.items())), default=list, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="role_name_is_unique_in_account")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in an account: one role, for all companies or for some (portfolio.CompanyLimit)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="memberships")
    is_limited = models.BooleanField(default=False, help_text="Only the companies listed, instead of all.")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "account"], name="one_membership_per_account")]

    def __str__(self) -> str:
        return f"{self.user} in {self.account} as {self.role}"

    def allows(self, permission: str) -> bool:
        """Whether the role holds the permission, for whichever companies the membership reaches."""
        return self.is_active and permission in self.role.permissions
