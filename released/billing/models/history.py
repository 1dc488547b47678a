from django.db import models

from released.accounts.models import User
from released.billing.models.document import Document


class DocumentEvent(models.Model):
    """Append-only: what happened to a document, here and in the books elsewhere."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=40)
    says = models.CharField(max_length=500, help_text="One plain sentence, as shown on the timeline.")
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.says
