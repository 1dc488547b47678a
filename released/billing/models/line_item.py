from decimal import Decimal
from uuid import uuid4

from django.db import models

from released.billing.models.document import Document, money


class LineItem(models.Model):
    """One line. `key` stays the same through edits, so that a line can be recognised elsewhere."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="line_items")
    key = models.UUIDField(default=uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=4000)
    quantity = models.DecimalField(max_digits=18, decimal_places=4, default=Decimal(1))
    unit_amount = models.DecimalField(max_digits=18, decimal_places=4)
    discount_rate = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    account_code = models.CharField(max_length=10, blank=True)
    tax_type = models.CharField(max_length=50, blank=True)
    tracking = models.JSONField(
        default=list, blank=True, help_text='[{"category": …, "option": …}], two at most'
    )
    line_amount = money()
    tax_amount = money()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="line_key_is_unique")]

    def __str__(self) -> str:
        return self.description
