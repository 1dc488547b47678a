from django.db import models
from django.db.models import Q


class OperatorAlert(models.Model):
    """Something for an operator. Of a misconfiguration one row an hour at most; repeats are counted."""

    class Kind(models.TextChoices):
        MISCONFIGURED = "misconfigured", "Xero refused our own credentials or address"
        OFTEN_LOST = "often_lost", "A company loses its access too often"
        PAUSED = "paused", "This installation stands still"
        WEBHOOKS_MIS_SIGNED = "webhooks_mis_signed", "Webhooks arrive with a wrong signature"
        STUCK = "stuck", "The sync of a company makes no headway"
        WEBHOOKS_SILENT = "webhooks_silent", "Webhooks have stopped arriving"

    kind = models.CharField(max_length=20, choices=Kind)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    says = models.CharField(max_length=500)
    mailed_at = models.DateTimeField(null=True, help_text="When the mail server took the mail about it.")

    class Meta:
        ordering = ["-first_at", "-pk"]
        indexes = [
            models.Index(fields=["kind", "-first_at"], name="alert_by_kind"),
            models.Index(fields=["first_at"], name="alert_to_mail", condition=Q(mailed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} since {self.first_at:%d %b %Y %H:%M}"
