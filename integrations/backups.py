"""A second person of the account connected the same organisation: losing the first alarms nobody.

Only permissions that were bound to this very company count, so that nothing of another account,
and nothing that a person granted for another purpose, is ever used.
"""

from integrations import transitions
from integrations.asking import ask_organisation, entry_of, listed_for
from integrations.evidence import Sight, sight
from integrations.models import Connection, Consent, Grant
from integrations.xero.errors import XeroError
from integrations.xero.kinds import Kind


def switch_to_backup(connection: Connection, seen: list[Sight]) -> tuple[bool, bool | None]:
    """Whether another living permission took over; and whether any still gets in (None: not known)."""
    others_see: bool | None = None
    for grant in backups_of(connection):
        sees = _try(connection, grant, seen)
        if sees:
            return True, True
        others_see = sees if others_see is None else others_see
    return False, others_see


def backups_of(connection: Connection) -> list[Grant]:
    """Living permissions that were once bound to this company, the newest consent first; at most three."""
    bound = Consent.objects.filter(company_id=connection.company_id, outcome=Consent.Outcome.BOUND)
    others = bound.filter(grant__state=Grant.State.ALIVE).exclude(grant=connection.grant)
    newest_first = others.order_by("-created_at").select_related("grant")
    return list(dict.fromkeys(consent.grant for consent in newest_first if consent.grant))[:3]


def _try(connection: Connection, grant: Grant, seen: list[Sight]) -> bool | None:
    """Switch if this permission gets in. None when it can't be found out."""
    try:
        entry = entry_of(listed_for(grant), connection)
        if entry is None:
            return None
        verdict = ask_organisation(grant, entry.xero_tenant_id)
    except XeroError:
        return None
    if verdict.kind is Kind.PERHAPS_UNLINKED:
        return False
    if not verdict.is_fine:
        return None
    evidence = [*seen, sight("Another person’s permission for the same organisation took over.")]
    return transitions.switch_grant(connection, grant=grant, xero_connection_id=entry.id, evidence=evidence)
