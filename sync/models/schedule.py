from django.db import models

from integrations.models import Connection


class Schedule(models.Model):
    """When a connection is looked at next. What is due is a query over this and over pending documents."""

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, primary_key=True, related_name="schedule"
    )
    pull_due_at = models.DateTimeField(null=True, help_text="Calendar time of the next regular pull.")
    is_wanted = models.BooleanField(default=False, help_text="Somebody asked: by hand, by webhook, after a gap.")
    after_gap = models.BooleanField(
        default=True, help_text="Settle, pull and decide before anything is pushed (docs/protocols.md 3)."
    )
    held_until = models.DateTimeField(null=True, help_text="Not before: throttled or unavailable; database clock.")
    failures = models.PositiveIntegerField(default=0)
    pulled_at = models.DateTimeField(null=True, help_text="Last pull that was completed.")

    class Meta:
        indexes = [models.Index(fields=["pull_due_at"], name="schedule_due")]

    def __str__(self) -> str:
        return f"schedule of connection {self.connection_id}"
