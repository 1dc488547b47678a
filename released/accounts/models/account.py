from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from released.accounts.models.membership import Membership


class Account(models.Model):
    """Our customer: a property management firm. Nothing of one account is ever shown in another."""

    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def reached_by(self, membership: "Membership") -> bool:
        """Whether a membership is one of this account (`released.accounts.backends.Scoped`)."""
        return membership.is_active and membership.account_id == self.pk
