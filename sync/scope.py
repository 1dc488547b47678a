"""One connection as the engine sees it during a turn: what is shared, under which address, in whose words."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from integrations.models import Connection
from released.billing.models import Document
from released.portfolio.models import Company
from sync.matching.translating import Words
from sync.matching.words import words_of
from sync.ranges import Range

MARKER = re.compile(r"^https?://[^?#]+/d/([0-9a-fA-F-]{36})$")


@dataclass(frozen=True)
class Scope:
    """Read once per turn; a changed date or state is seen by the next."""

    connection: Connection
    company: Company
    range: Range
    words: Words = field(default_factory=Words)

    @property
    def takes_xero_numbers(self) -> bool:
        return self.connection.numbering == Connection.Numbering.XERO


def scope_of(connection: Connection) -> Scope:
    return Scope(connection, connection.company, range_of(connection), words_of(connection))


def range_of(connection: Connection) -> Range:
    return Range(None if connection.all_time else connection.sync_from)


def marker_of(document: Document) -> str:
    """The address of ours that an invoice carries in Xero, and by which a lost answer is found again.

    It must not contain the word xero (docs/xero.md G).
    """
    return f"{settings.SITE_URL}/d/{document.uid}"


def uid_in(url: str) -> UUID | None:
    """The document a marker of ours names, or None for every other address.

    The host is not looked at: an installation that moved knows its documents by the addresses they were
    given, and an id that is not ours proves nothing whatever stands before it.
    """
    found = MARKER.match(url)
    try:
        return UUID(found[1]) if found else None
    except ValueError:
        return None
