from django.db import models

from integrations.models import Connection
from released.accounts.models import User
from sync.models.run import Run


class Schedule(models.Model):
    """When a connection is looked at next. What is due is a query over this and over pending documents.

    `held_until` and `rung_at` are the database's clock, the others calendar time. Whether a gap
    lies behind us is derived: access came back in another way than the last pull knew (`sync.due`).
    """

    STUCK_AFTER = 5  # failures in a row: a minute or two

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, primary_key=True, related_name="schedule"
    )
    pull_due_at = models.DateTimeField(null=True, help_text="Next regular pull.")
    is_wanted = models.BooleanField(default=False, help_text="Somebody asked: by hand, by webhook.")
    wanted_because = models.CharField(max_length=9, choices=Run.Trigger, blank=True)
    wanted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    held_until = models.DateTimeField(null=True, help_text="Not before: throttled or unavailable.")
    holds_background_only = models.BooleanField(default=False, help_text="A person’s small change may pass.")
    held_because = models.CharField(max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0)
    pulled_at = models.DateTimeField(null=True, help_text="When the last completed pull began.")
    gap_mark = models.CharField(max_length=80, blank=True, help_text="The gap that the last pull came after.")
    compared_at = models.DateTimeField(null=True, help_text="When the last completed comparison began.")
    rung_at = models.DateTimeField(null=True, help_text="A turn was asked for and has not begun.")

    class Meta:
        indexes = [models.Index(fields=["pull_due_at"], name="schedule_due")]

    def __str__(self) -> str:
        return f"schedule of connection {self.connection_id}"

    @property
    def is_stuck(self) -> bool:
        """Turn after turn comes to nothing. Of an outage of Xero's more is known, and is said first."""
        return self.failures >= self.STUCK_AFTER
