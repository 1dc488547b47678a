from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from integrations.models import Connection
from released.billing.models import Document


class Stream(models.TextChoices):
    """What is pulled, each with a place of its own."""

    CONTACTS = "contacts", "Contacts"
    INVOICES = "invoices", "Invoices and bills"
    CREDIT_NOTES = "credit_notes", "Credit notes"


class PullPlace(models.Model):
    """Where a pull goes on: moved only in the transaction that stores what was read (docs/protocols.md 3).

    A row without a slice is the incremental pull; a row with one reads documents dated in it,
    after the sync-from date made them visible.
    """

    class Direction(models.TextChoices):
        FORWARD = "forward", "Forward"
        BACK = "back", "Back"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="places")
    stream = models.CharField(max_length=12, choices=Stream)
    slice_from = models.DateField(null=True, help_text="First document date of the slice.")
    slice_until = models.DateField(null=True, help_text="First document date after the slice.")
    since = models.DateTimeField(null=True, help_text="If-Modified-Since; none: from the start")
    page = models.PositiveIntegerField(default=1)
    page_size = models.PositiveIntegerField(
        default=1000, help_text="Rows to ask for at once: fewer after a page that did not come."
    )
    direction = models.CharField(max_length=7, choices=Direction, default=Direction.FORWARD)
    then_since = models.DateTimeField(null=True, help_text="While reading back: where to go on afterwards.")
    then_ends = models.BooleanField(default=False, help_text="While reading back: the list had ended.")
    high_water = models.DateTimeField(null=True, help_text="Newest stamp stored.")
    is_under_way = models.BooleanField(default=False)
    completed_at = models.DateTimeField(null=True)
    covered_from = models.DateField(
        null=True,
        help_text="Of the incremental pull: documents dated from here on are followed.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "stream", "slice_from", "slice_until"],
                nulls_distinct=False,
                name="one_place_per_stream_and_slice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stream_display()} of connection {self.connection_id}"


class SetAside(models.Model):
    """A record of Xero's that was not applied, kept whole so that nothing read is lost."""

    class Reason(models.TextChoices):
        UNREADABLE = "unreadable", "It could not be read"
        CREATE_OPEN = "create_open", "It may be a document that we are just creating"
        AMBIGUOUS = "ambiguous", "It may be one of ours; a person decides"
        LIKELY_PAIR = "likely_pair", "It may be a document that was typed on both sides"

    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="set_aside")
    stream = models.CharField(max_length=12, choices=Stream)
    xero_id = models.CharField(max_length=64)
    reason = models.CharField(max_length=11, choices=Reason)
    detail = models.CharField(max_length=300, blank=True)
    payload = models.JSONField(encoder=DjangoJSONEncoder, help_text="Numbers as text, exactly.")
    document = models.ForeignKey(
        Document, null=True, on_delete=models.CASCADE, related_name="+", help_text="Which of ours it may be."
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "set aside"
        constraints = [models.UniqueConstraint(fields=["connection", "xero_id"], name="set_aside_once")]

    def __str__(self) -> str:
        return f"{self.get_stream_display()} {self.xero_id}: {self.get_reason_display()}"
