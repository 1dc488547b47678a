"""Our own set-up was refused by Xero: what the page of a connection that it stops says. Never an alarm.

Nobody of the account can do anything about it, so nobody is mailed and nothing turns red; but whoever
wonders why nothing moves finds the reason, and that the operator knows.
"""

from datetime import datetime, timedelta

from integrations.models import Connection, OperatorAlert
from released.clock import now

CURRENT = timedelta(minutes=90)  # every grant that is not fresh is asked at least once an hour


def stopped_since(connection: Connection) -> datetime | None:
    """Since when this connection can't go on because Xero refuses our own credentials; else None.

    Only while its own permission could not be renewed: as long as the tokens last, everything works. When
    they were renewed last, whatever had been refused earlier that hour was over.
    """
    grant = connection.grant
    if grant is None or not grant.failures or connection.state != Connection.State.CONNECTED:
        return None
    refused = OperatorAlert.objects.filter(
        kind=OperatorAlert.Kind.MISCONFIGURED, last_at__gt=now() - CURRENT, last_at__gte=grant.refreshed_at
    )
    first_at = refused.order_by("first_at").values_list("first_at", flat=True).first()
    return None if first_at is None else max(first_at, grant.refreshed_at or first_at)
