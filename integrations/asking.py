"""Asking Xero with a person's own permission, outside every transaction."""

from uuid import UUID

from django.conf import settings

from integrations.models import Connection, Grant
from integrations.xero import connections, http, vault, verdicts
from integrations.xero.connections import Listing
from integrations.xero.errors import TokenNotAccepted
from integrations.xero.kinds import Endpoint, Kind, Verdict

SECONDS = 15.0


def listed_for(grant: Grant) -> Listing:
    """Every organisation that the Xero user behind the grant has connected."""
    return vault.using(grant.pk, connections.list_for)


def ask_organisation(grant: Grant, xero_tenant_id: UUID) -> Verdict:
    """What GET Organisation means, asked directly: nothing is reported and nothing marked by it."""

    def ask(token: str) -> Verdict:
        verdict = _organisation(token, xero_tenant_id)
        if verdict.kind is Kind.TOKEN_EXPIRED:
            raise TokenNotAccepted(verdict.said)
        return verdict

    return vault.using(grant.pk, ask)


def entry_of(listing: Listing, connection: Connection) -> connections.XeroConnection | None:
    """The connection's own row in a person's list, by organisation: Xero's connection id may have changed."""
    return next((one for one in listing if one.xero_tenant_id == connection.xero_tenant_id), None)


def _organisation(token: str, xero_tenant_id: UUID) -> Verdict:
    headers = {
        "Accept": "application/json",
        "Authorization": f"Bearer {token}",
        "xero-tenant-id": str(xero_tenant_id),
    }
    url = f"{settings.XERO_API_URL}/api.xro/2.0/Organisation"
    try:
        answer = http.send("GET", url, headers=headers, deadline=SECONDS)
    except http.NoAnswer as silence:
        return verdicts.no_answer(Endpoint.READ, was_sent=silence.was_sent)
    return verdicts.classify(Endpoint.READ, answer.status, answer.headers, answer.body)
