from django.db import models
from django.db.models import Q

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document


class Conflict(models.Model):
    """Both sides changed the same field since they last agreed, or Xero locks what we changed.

    A person chooses.
    """

    class Choice(models.TextChoices):
        OURS = "ours", "Ours"
        THEIRS = "theirs", "Xero’s"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="conflicts")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="conflicts")
    base = models.JSONField(null=True)
    ours = models.JSONField()
    theirs = models.JSONField(help_text="In our words, as people compare it.")
    theirs_raw = models.JSONField(null=True, help_text="As Xero holds it; none: the same as `theirs`.")
    clashing = models.JSONField(default=list, help_text="Names of the fields that clash.")
    locked = models.JSONField(default=list, help_text="Of these, what Xero locks: it was paid or credited.")
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    choice = models.CharField(max_length=6, choices=Choice, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(resolved_at__isnull=True), name="one_open_conflict"
            )
        ]

    def __str__(self) -> str:
        return f"Conflict on {self.document}"
