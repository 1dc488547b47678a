"""Was there trouble within the last day, Xero's or our own? Named when a permission breaks."""

from datetime import timedelta

from integrations.evidence import Sight, sight
from integrations.models import Connection, Episode, Installation
from released.clock import now

WITHIN = timedelta(days=1)
MANY = 3


def recent_incident(connection: Connection) -> Sight | None:
    """The latest outage that this Xero user's companies, or several companies at once, went through.

    One organisation that was offline alone says nothing about Xero. No company is named: the
    outages may be another account's. Taking over a restored database comes first: it brings old tokens.
    """
    adopted_at = Installation.objects.filter(adopted_at__gt=now() - WITHIN).values_list("adopted_at").first()
    if adopted_at is not None and adopted_at[0] is not None:
        ours = sight("Our own database was restored and taken over within the day before.")
        ours["restored_at"] = adopted_at[0].isoformat()
        return ours
    outages = Episode.objects.filter(kind=Episode.Kind.UNAVAILABLE, opened_at__gt=now() - WITHIN)
    if outages.values("connection").distinct().count() < MANY:
        outages = outages.filter(connection__grant=connection.grant)
    began = outages.order_by("-opened_at").values_list("opened_at", flat=True).first()
    if began is None:
        return None
    seen = sight("Xero was unavailable within the day before.")
    seen["incident_at"] = began.isoformat()
    return seen
