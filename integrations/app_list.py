"""The app's own list of every connection, read with its own credentials (docs/xero.md A16)."""

import logging
from dataclasses import dataclass
from uuid import UUID

from integrations.xero import connections, oauth
from integrations.xero.errors import TokenNotAccepted, XeroError

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class AppList:
    """What the list held. `is_known` is False where the app may not list, or could not just now."""

    ids: frozenset[UUID] = frozenset()
    is_known: bool = False
    is_complete: bool = False
    size: int = 0

    def holds(self, connection_id: UUID | None) -> bool | None:
        """Whether it held this connection; None when that is not known."""
        if not self.is_known or connection_id is None:
            return None
        return True if connection_id in self.ids else (False if self.is_complete else None)


def app_list() -> AppList:
    """The list as it is now; one that is not known when Xero or the app's rights do not give it."""
    try:
        token = oauth.app_token()
        listing = connections.list_all(token) if token else None
    except TokenNotAccepted:
        oauth.forget_app_token()
        return AppList()
    except XeroError as problem:
        logger.info("the app's list of connections can't be read: %s", problem)
        return AppList()
    if listing is None:
        return AppList()
    ids = frozenset(one.id for one in listing)
    return AppList(ids, is_known=True, is_complete=listing.is_complete, size=listing.size)
