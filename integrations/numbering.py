"""Whose number a document takes that is new in Xero: a setting of the company, which no reconnect touches.

It is about documents that are still to be made in Xero. What is there already keeps the number it has, on
both sides, whichever way the setting goes.
"""

from django.db import transaction

from integrations import signals
from integrations.history import facts, record
from integrations.models import Connection
from released.accounts.access import require
from released.accounts.models import User
from released.accounts.permissions import MANAGE_ADDONS

SAYS = {
    Connection.Numbering.XERO: "{by} let new documents take Xero’s numbers; before, they kept ours.",
    Connection.Numbering.OURS: "{by} let new documents keep our numbers; before, they took Xero’s.",
}


@transaction.atomic
def set_numbering(connection: Connection, numbering: Connection.Numbering, *, by: User) -> bool:
    """Choose, and record who did. False when it was so already. Raises PermissionDenied."""
    require(by, MANAGE_ADDONS, connection.company)
    current = Connection.objects.select_for_update(of=("self",), no_key=True).get(pk=connection.pk)
    if current.numbering == numbering:
        return False
    before = facts(current)
    current.numbering = numbering
    current.save(update_fields=["numbering"])
    record(current, "numbering", SAYS[numbering].format(by=by), by=by, before=before)
    signals.ring(current.pk)
    return True
