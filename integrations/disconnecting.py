"""A person stops sharing. First here, so that nothing is sent any more; then at Xero."""

from integrations import transitions
from integrations.models import Connection
from integrations.removing import remove_at_xero
from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import MANAGE_ADDONS


def disconnect_company(connection: Connection, *, by: User) -> bool:
    """Disconnect; True when it is removed at Xero too, False when beat will try again."""
    require(by, MANAGE_ADDONS, connection.company)
    return remove_at_xero(transitions.disconnect(connection, by=by))
