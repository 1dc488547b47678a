"""What one company's consent gives to the others that hang on the same Xero login (docs/xero.md A12).

Nobody is asked to update permissions that were given a moment ago for another company.
"""

from django.db import transaction

from integrations import signals
from integrations.history import facts, record
from integrations.models import Connection, Grant
from integrations.transitions import LIVE, missing_scopes


@transaction.atomic
def note_permissions(grant: Grant, *, besides: int) -> None:
    """After a consent's tokens were saved; `besides` is the consent's own company, which is bound anew."""
    lacking = " ".join(sorted(missing_scopes(grant)))
    others = Connection.objects.select_for_update(no_key=True).filter(grant=grant, state__in=LIVE)
    others = others.exclude(company_id=besides).exclude(missing_scopes="").exclude(missing_scopes=lacking)
    for connection in others.order_by("pk"):
        before = facts(connection)
        connection.missing_scopes = lacking
        connection.save(update_fields=["missing_scopes"])
        says = "Permissions were updated in Xero by the same Xero login."
        record(connection, "permissions_updated", says, by=None, before=before)
        signals.ring(connection.pk)
