from django.db import models

from released.billing.models.document import Document, money


class Settlement(models.Model):
    """Money or credit that was set against a document. Recorded in the books elsewhere, shown here."""

    class Sort(models.TextChoices):
        PAYMENT = "payment", "Payment"
        CREDIT_NOTE = "credit_note", "Credit note"
        OVERPAYMENT = "overpayment", "Overpayment"
        PREPAYMENT = "prepayment", "Prepayment"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="settlements")
    sort = models.CharField(max_length=12, choices=Sort)
    source_id = models.UUIDField(help_text="The id that the books elsewhere gave it.")
    date = models.DateField(null=True)
    amount = money()
    reference = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "sort", "source_id"], name="settlement_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.amount}"
