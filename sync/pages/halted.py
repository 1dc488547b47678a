"""What the pages of one company say while an operator has stopped its sync, or all of it stands still."""

from dataclasses import dataclass
from datetime import datetime

from integrations.halting import halt
from integrations.models import Connection

WAITS = (
    "Nothing is lost: changes here wait in line, what happens in Xero is read afterwards, and everything "
    "goes on by itself from there."
)
PAUSED = (
    "Our operators have moved or restored this installation, and check it before anything is shared again."
)


@dataclass(frozen=True)
class Halted:
    """`says` is why, as far as people are told; `waits` that nothing is lost."""

    heading: str
    says: str
    since: datetime | None
    waits: str = WAITS


def halted(connection: Connection) -> Halted | None:
    """None while nothing holds it. The reason is the operator's own, from the connection's record."""
    found = halt()
    if found is not None and found.is_paused:
        return Halted("Sync is paused for all companies", PAUSED, found.since)
    if found is None and not connection.is_stopped:
        return None
    event = connection.events.filter(what="stopped").first()
    says, since = (event.says, event.at) if event else ("", found.since if found else None)
    whose = "of all companies" if found else f"of {connection.company}"
    return Halted(f"An operator stopped the sync {whose}", says, since)
