from django.db import models
from django.db.models import Q

from integrations.models import Connection
from released.accounts.models import User


class Run(models.Model):
    """One stretch of sync as people see it: what started it, how far it is, how it ended."""

    class Trigger(models.TextChoices):
        FIRST = "first", "First sync"
        RECONNECT = "reconnect", "After reconnecting"
        IMMEDIATE = "immediate", "Change here"
        WEBHOOK = "webhook", "Told by Xero"
        REGULAR = "regular", "Regular check"
        NIGHTLY = "nightly", "Nightly check"
        MANUAL = "manual", "Sync now"
        RANGE = "range", "Sync-from date changed"

    class Phase(models.TextChoices):
        SETTLE = "settle", "Settling what was under way"
        PULL = "pull", "Reading from Xero"
        PUSH = "push", "Sending to Xero"
        COMPARE = "compare", "Comparing both sides"
        DONE = "done", "Done"

    READING = (Trigger.FIRST, Trigger.RECONNECT, Trigger.WEBHOOK, Trigger.REGULAR, Trigger.NIGHTLY,
               Trigger.MANUAL, Trigger.RANGE)  # fmt: skip
    COMPARING = (Trigger.FIRST, Trigger.RECONNECT, Trigger.NIGHTLY, Trigger.MANUAL, Trigger.RANGE)

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="runs")
    trigger = models.CharField(max_length=9, choices=Trigger)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    phase = models.CharField(max_length=7, choices=Phase, default=Phase.SETTLE)
    started_at = models.DateTimeField()
    began_at = models.DateTimeField(help_text="The same moment by the database’s clock.")
    ended_at = models.DateTimeField(null=True)
    gap_mark = models.CharField(max_length=80, blank=True, help_text="As Schedule; noted there when read.")
    pull_total = models.PositiveIntegerField(default=0)
    pulled = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0, help_text="Of those read, how many changed us.")
    push_total = models.PositiveIntegerField(default=0)
    pushed = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    conflicts = models.PositiveIntegerField(default=0)
    result = models.CharField(max_length=20, blank=True, help_text="done, lost, unavailable, failed")
    says = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"], condition=Q(ended_at__isnull=True), name="one_open_run"
            )
        ]
        indexes = [models.Index(fields=["connection", "-started_at"], name="run_of_connection")]

    def __str__(self) -> str:
        return f"{self.get_trigger_display()} of connection {self.connection_id}"

    @property
    def reads(self) -> bool:
        """Whether it pulls before it pushes; a change here alone needs only the documents it sends."""
        return self.trigger in self.READING

    @property
    def compares(self) -> bool:
        """Whether both sides are compared document by document at its end."""
        return self.trigger in self.COMPARING
