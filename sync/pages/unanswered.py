"""What was sent and not answered, once that lasts longer than a hiccup: told on the company's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from integrations.models import Connection
from released.clock import now
from released.clock.database import database_now
from sync.deliveries.failing import failing

SHOWN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Unanswered:
    """As `Failing`, with the calendar's time, which people read."""

    since: datetime
    documents: int
    is_general: bool


def unanswered(connection: Connection) -> Unanswered | None:
    found = failing(connection)
    if found is None:
        return None
    age = database_now() - found.since
    return Unanswered(now() - age, found.documents, found.is_general) if age >= SHOWN_AFTER else None
