from django.db import models
from django.db.models import Q

from integrations.models.connection import Connection
from released.accounts.models import User


class Episode(models.Model):
    """A stretch of time in which a connection did not work, with its evidence and cause.

    LOST is lost access: red, mailed. UNAVAILABLE is Xero's trouble, access intact: never red.
    At most one is open for a connection. The effect is refreshed by workers while it is open.
    """

    class Kind(models.TextChoices):
        LOST = "lost", "Access lost"
        UNAVAILABLE = "unavailable", "Xero unavailable"

    class Cause(models.TextChoices):
        TRIAL_ENDED = "trial_ended", "The Xero trial or subscription ended"
        ACCESS_CHANGED = "access_changed", "The connecting user’s access to the organisation changed"
        APP_DISCONNECTED = "app_disconnected", "Disconnect App was pressed in Xero"
        GRANT_BROKEN = "grant_broken", "Xero ended the permission"
        OUTAGE = "outage", "Xero was unavailable"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="episodes")
    kind = models.CharField(max_length=11, choices=Kind)
    cause = models.CharField(max_length=16, choices=Cause)
    is_certain = models.BooleanField(default=False, help_text="Else people are told “most likely”.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    told = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", help_text="Who had connected it."
    )
    evidence = models.JSONField(default=list, help_text="[{at, saw, said}], personal data masked.")
    closing = models.JSONField(default=dict, help_text="How it ended.")
    waiting = models.PositiveIntegerField(default=0, help_text="Documents that wait.")
    waiting_income = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    waiting_expenses = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    due_soon = models.PositiveIntegerField(default=0, help_text="Of those, due within seven days.")
    effect_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"], condition=Q(closed_at__isnull=True), name="one_open_episode"
            )
        ]
        indexes = [
            models.Index(
                fields=["connection"],
                name="episode_lost_open",
                condition=Q(closed_at__isnull=True, kind="lost"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.connection}"
