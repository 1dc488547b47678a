from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from integrations.models import Connection


class Reconciliation(models.Model):
    """A comparison of both sides, document by document, with what it found.

    The sums of a month are in the company's own currency. Beside them stand, where there are any,
    those of `others`: {currency: {income, expenses}}.
    """

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="reconciliations")
    run = models.ForeignKey("sync.Run", null=True, on_delete=models.SET_NULL, related_name="reconciliations")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="None while it is being made, some days at a time.")
    next_day = models.DateField(null=True, help_text="First document date not compared yet.")
    under_way = models.JSONField(
        null=True,
        encoder=DjangoJSONEncoder,
        help_text="Of the days from next_day on, where a turn ended among them: {end, pages, read: {xero_id: "
        "what Xero had, or null}}",
    )
    compared_from = models.DateField(null=True)
    compared = models.PositiveIntegerField(default=0)
    agrees = models.BooleanField(default=False)
    months = models.JSONField(
        default=list, help_text="[{month, here: {count, income, expenses}, xero: {count, income, expenses}}]"
    )
    differences = models.JSONField(
        default=list, help_text="[{document, xero_id, number, what, here, xero, why, currency}]"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"], condition=Q(ended_at__isnull=True), name="one_open_reconciliation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.compared} documents compared, {len(self.differences)} differences"
