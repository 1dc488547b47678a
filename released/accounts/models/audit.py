from django.db import models

from released.accounts.models.account import Account
from released.accounts.models.user import User


class AuditEntry(models.Model):
    """Append-only: who changed whose permissions, when, from what to what."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="audit")
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_index=True)
    what = models.CharField(max_length=60)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.what} by {self.actor or 'the system'}"
