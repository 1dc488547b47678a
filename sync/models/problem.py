from django.db import models
from django.db.models import Q

from integrations.models import Connection


class Problem(models.Model):
    """One cause that keeps documents out of Xero; one fix retries all of them."""

    class Cause(models.TextChoices):
        ACCOUNT_CODE = "account_code", "Account code"
        LOCK_DATE = "lock_date", "Locked period"
        ARCHIVED_CONTACT = "archived_contact", "Archived contact"
        CONTACT = "contact", "Contact"
        TAX_TYPE = "tax_type", "Tax type"
        NUMBER = "number", "Number"
        CURRENCY = "currency", "Currency"
        STATUS = "status", "Status"
        AMBIGUOUS = "ambiguous", "May already be in Xero"
        LIKELY_PAIR = "likely_pair", "Looks the same in Xero"
        UNSEEN = "unseen", "Xero will not say whether it arrived"
        VALIDATION = "validation", "Refused by Xero"

    UNDECIDED = (Cause.AMBIGUOUS, Cause.LIKELY_PAIR, Cause.UNSEEN)
    """Not refused: a person, or Xero at last, says whether it is there. Until then nothing is sent."""

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="problems")
    cause = models.CharField(max_length=16, choices=Cause)
    subject = models.CharField(max_length=255, blank=True, help_text="Which account code, which contact, …")
    says = models.CharField(max_length=500, help_text="Our words: what it is and what to do.")
    xero_says = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "cause", "subject"],
                condition=Q(closed_at__isnull=True),
                name="one_open_problem_per_cause",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.subject}".strip()
