from django.db import models


class WebhookEvent(models.Model):
    """Something that Xero says has happened: stored before it is believed, and never believed by itself.

    It only says what to read again (`sync.told`), so duplicates, disorder and forgeries of content
    are harmless; one that never came is healed by the regular pull.
    """

    xero_tenant_id = models.UUIDField()
    category = models.CharField(max_length=20)
    type = models.CharField(max_length=20)
    resource_id = models.CharField(max_length=64)
    happened_at = models.CharField(max_length=40, blank=True, help_text="As Xero wrote it.")
    received_at = models.DateTimeField(help_text="Database clock.")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["xero_tenant_id"],
                name="webhook_event_unhandled",
                condition=models.Q(handled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.type} {self.resource_id}"
