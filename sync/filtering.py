"""The filter by sync state in Income and Expenses, on the same standings as everything else."""

from django.db.models import QuerySet

from released.billing.listing import register_filter
from released.billing.models import Document
from sync import standing

CHOICES = (
    (standing.WAITING, "Waiting for Xero"),
    (standing.SENDING, "Sending now"),
    (standing.IN_XERO, "In Xero"),
    (standing.REFUSED, "Refused by Xero"),
    (standing.UNCLEAR, "May be in Xero"),
    (standing.CONFLICT, "Conflict"),
    (standing.HELD, "Before sync-from date"),
    (standing.EXCLUDED, "Excluded"),
    (standing.NOT_CONNECTED, "Not connected"),
    (standing.DRAFT, "Draft"),
)


def in_standing(documents: QuerySet[Document], wanted: str) -> QuerySet[Document]:
    chosen = standing.with_standing(Document.objects.all()).filter(standing=wanted)
    return documents.filter(pk__in=chosen.values("pk"))


def register() -> None:
    register_filter("sync", "Xero", CHOICES, in_standing)
