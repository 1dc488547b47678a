from django.db import models
from django.db.models import F, Q

from released.portfolio.folding import LONGEST, MOST_NAME, FoldedName
from released.portfolio.models.company import Company
from released.revisions import Revised


class Contact(Revised):
    """Somebody a company deals with: a lessee, a supplier, or both."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=MOST_NAME)
    folded = FoldedName(max_length=LONGEST, editable=False)
    email = models.EmailField(blank=True)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(
                fields=["company"], name="contact_pending", condition=~Q(revision=F("shared_revision"))
            )
        ]
        constraints = [
            # As in Xero: unique among the active ones (docs/xero.md C).
            models.UniqueConstraint(
                fields=["company", "folded"],
                condition=Q(is_archived=False),
                name="active_contact_name_is_unique",
            )
        ]

    def __str__(self) -> str:
        return self.name
