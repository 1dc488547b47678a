"""One connection as the engine sees it during a turn: what is shared, under which address, in whose words."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from integrations.models import Connection
from released.billing.models import Document
from released.portfolio.models import Company
from sync.ranges import Range


@dataclass(frozen=True)
class Scope:
    """Read once per turn; a changed date or state is seen by the next."""

    connection: Connection
    company: Company
    range: Range

    @property
    def takes_xero_numbers(self) -> bool:
        return self.connection.numbering == Connection.Numbering.XERO


def scope_of(connection: Connection) -> Scope:
    return Scope(connection, connection.company, range_of(connection))


def range_of(connection: Connection) -> Range:
    return Range(None if connection.all_time else connection.sync_from)


def marker_of(document: Document) -> str:
    """The address of ours that an invoice carries in Xero, and by which a lost answer is found again.

    It must not contain the word xero (docs/xero.md G).
    """
    return f"{settings.SITE_URL}/d/{document.uid}"


def uid_in(url: str) -> UUID | None:
    """The document a marker of ours names, or None for every other address."""
    start = f"{settings.SITE_URL}/d/"
    if not url.startswith(start):
        return None
    try:
        return UUID(url.removeprefix(start))
    except ValueError:
        return None
