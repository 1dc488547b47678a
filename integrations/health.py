"""Told by the client and the vault that something is wrong; says what it is.

`report` is called by the client for every verdict that concerns the connection itself, and returns
what the client raises. `grant_died` is called by the vault inside the transaction that marks a
grant dead, so that its death and its effect on all its connections are one (docs/protocols.md 1).
"""

from typing import Any

from integrations import transitions
from integrations.app_list import AppList
from integrations.confirming import Finding, app_sights, confirm
from integrations.evidence import sight
from integrations.incidents import recent_incident
from integrations.judging import Signs, judge
from integrations.models import Connection, Episode, Grant
from integrations.xero.errors import AccessLost, MissingScope, Unavailable, XeroError
from integrations.xero.kinds import Endpoint, Kind, Verdict
from released.clock import now

UNNAMED = "unnamed"  # one word: the scopes of a connection are kept with spaces between them


def report(connection: Connection, verdict: Verdict, endpoint: Endpoint) -> XeroError:
    """What a verdict about the connection itself comes to, after it was confirmed."""
    if verdict.kind is Kind.PERHAPS_UNLINKED:
        return _perhaps_lost(connection, verdict, endpoint)
    if verdict.kind is Kind.SCOPE_MISSING:
        return _scope_missing(connection, verdict)
    return Unavailable(f"Xero can’t be used: {verdict.said}.", retry_after=verdict.retry_after)


def _perhaps_lost(connection: Connection, verdict: Verdict, endpoint: Endpoint) -> XeroError:
    seen = [sight(f"Xero refused {endpoint.value} for this organisation.", verdict.said)]
    try:
        finding = confirm(connection, seen=seen)
    except XeroError as problem:
        return problem
    if finding is Finding.LOST:
        return AccessLost()
    return Unavailable("Xero refused once; access was confirmed to be intact.", retry_after=60.0)


def _scope_missing(connection: Connection, verdict: Verdict) -> XeroError:
    scopes = set(verdict.scopes) or {UNNAMED}
    evidence = [sight("Xero said that the permission given covers too little.", verdict.said)]
    transitions.need_scopes(connection, scopes=scopes, evidence=evidence)
    return MissingScope(sorted(scopes))


def grant_died(grant: Grant, evidence: list[dict[str, Any]]) -> None:
    """Every connection on a dead grant has lost its access. In the vault's transaction: no call is made."""
    seen = [sight("Xero refused to renew the permission.", str(one.get("said", ""))) for one in evidence]
    for connection in Connection.objects.filter(grant=grant, state__in=transitions.LIVE).order_by("pk"):
        judgement = judge(Signs(at=now(), refresh_refused=True))
        incident = recent_incident(connection)
        transitions.lose_access(
            connection,
            cause=judgement.cause,
            is_certain=judgement.is_certain,
            evidence=[*seen, incident] if incident else seen,
        )


def settle_causes(listing: AppList) -> int:
    """Say more about losses whose permission died: Disconnect App, or Xero's own doing? Returns how many."""
    unsettled = Episode.objects.filter(
        closed_at__isnull=True, kind=Episode.Kind.LOST, cause=Episode.Cause.GRANT_BROKEN, is_certain=False
    )
    newest = unsettled.select_related("connection").order_by("-opened_at")[:100]
    return sum(_settle(episode, listing.holds(episode.connection.xero_connection_id)) for episode in newest)


def _settle(episode: Episode, held: bool | None) -> bool:
    if held is None:
        return False
    judgement = judge(Signs(at=now(), refresh_refused=True, listed_for_app=held))
    settled = transitions.settle_cause(
        episode, cause=judgement.cause, is_certain=judgement.is_certain, evidence=app_sights(held)
    )
    return settled is not None
