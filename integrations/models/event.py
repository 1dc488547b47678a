from django.db import models
from django.db.models import Q

from integrations.models.connection import Connection
from released.accounts.models import User


class Event(models.Model):
    """Append-only: what happened to a connection, who did it, from what to what."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=40)
    says = models.CharField(max_length=500, help_text="One plain sentence.")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["connection", "-at"], name="event_of_connection"),
            models.Index(fields=["at"], name="event_often_lost", condition=Q(what="often_lost")),
        ]

    def __str__(self) -> str:
        return self.says
