from uuid import uuid4

from django.db import models
from django.db.models import Q

THE_ONE = 1


class Installation(models.Model):
    """This very installation, in one row: what it is known by, and why all its connections stand still.

    *Paused*: it is not what it was when it last worked (restored, copied, moved), or somebody said so; only
    `manage.py adopt` ends that. *Stopped*: an operator stopped the sync of all companies at once.
    `integrations.installation` compares the row with the place it is found in.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE)
    uid = models.UUIDField(default=uuid4, help_text="A new one at every adoption; names the beats elsewhere.")
    site_url = models.CharField(max_length=255)
    database = models.CharField(max_length=100, help_text="What a copy of the rows does not bring along.")
    beats = models.BigIntegerField(default=0, help_text="Grows all the time; also kept in the broker.")
    paused_at = models.DateTimeField(null=True)
    paused_because = models.CharField(max_length=500, blank=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=500, blank=True)
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "installation"
        constraints = [models.CheckConstraint(condition=Q(id=THE_ONE), name="one_installation")]

    def __str__(self) -> str:
        return f"the installation at {self.site_url}"
