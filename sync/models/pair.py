from django.db import models
from django.db.models import Q

from integrations.models import Connection
from released.accounts.models import User
from released.billing.models import Document


class LikelyPair(models.Model):
    """A document of ours and one in Xero that somebody may have typed on both sides.

    While it is open, ours is not sent and Xero's is set aside: linking makes them one, keeping apart
    makes both exist. What was kept apart stays here, so that nobody is asked twice.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="likely_pairs")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="likely_pairs")
    xero_id = models.CharField(max_length=64, help_text="As on the row of `SetAside`.")
    says = models.CharField(max_length=120, help_text="In what they are alike, in words.")
    is_strong = models.BooleanField(help_text="Contact, total and date are the same.")
    revision = models.PositiveIntegerField(help_text="Ours when they were compared.")
    found_at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True)
    apart_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["document", "xero_id"], name="likely_pair_once")]
        indexes = [
            models.Index(fields=["connection"], name="likely_pair_open", condition=Q(apart_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.document} and {self.xero_id}: {self.says}"
