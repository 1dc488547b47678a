from uuid import uuid4

from django.db import models
from django.db.models import Q

from integrations.models import Connection
from released.billing.models import Document
from released.portfolio.models import Contact


class Delivery(models.Model):
    """One write to Xero: saved before it is sent, settled together with its results (docs/protocols.md 2).

    All times are the database's clock. `first_sent_at` is written with the row, `last_sent_at`
    before every sending. `unanswered` counts sendings whose effect is not known for certain.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        SETTLED = "settled", "Settled"
        FREED = "freed", "Had no effect"
        AMBIGUOUS = "ambiguous", "Needs a person"

    id = models.UUIDField(primary_key=True, default=uuid4)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="deliveries")
    method = models.CharField(max_length=4)
    endpoint = models.CharField(max_length=20, help_text="Invoices, CreditNotes or Contacts")
    is_create = models.BooleanField()
    body = models.TextField(help_text="Exactly what is sent, and sent again.")
    idempotency_key = models.CharField(max_length=128, unique=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    first_sent_at = models.DateTimeField()
    last_sent_at = models.DateTimeField()
    sends = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["connection"], name="delivery_open", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} {self.idempotency_key}"


class DeliveryItem(models.Model):
    """One document or contact in a delivery; each is in at most one open delivery."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField()
    sent = models.JSONField(help_text="The canonical fields that were sent, and only those.")
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"], condition=Q(is_open=True), name="document_in_one_open_delivery"
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(is_open=True), name="contact_in_one_open_delivery"
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=False) ^ Q(contact__isnull=False),
                name="delivery_item_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document or self.contact} at revision {self.revision}"
