"""Xero's list of connections (docs/xero.md B1-B3): what a person, or the app, may still use."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings

from integrations.xero import http, verdicts
from integrations.xero.errors import (
    Misconfigured,
    MissingScope,
    Throttled,
    TokenNotAccepted,
    Unavailable,
    XeroError,
)
from integrations.xero.kinds import Endpoint, Kind, Verdict

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class XeroConnection:
    """One organisation that the app may use through one Xero user. Times are aware, or None if unread."""

    id: UUID
    auth_event_id: UUID | None
    xero_tenant_id: UUID
    name: str
    created_at: datetime | None
    updated_at: datetime | None


class Listing(list[XeroConnection]):
    """`size` is bytes on the wire. Unless `is_complete`, a missing connection proves nothing."""

    size = 0
    is_complete = True


def list_for(access_token: str, auth_event_id: str | None = None) -> Listing:
    """What this Xero user has connected; with the event, only what that consent gave (B2)."""
    query = f"?authEventId={quote(auth_event_id, safe='')}" if auth_event_id else ""
    return _list(access_token, query)


def list_all(app_token: str) -> Listing:
    """Every connection of the app, for the watch (A16)."""
    return _list(app_token, "")


def delete(xero_connection_id: UUID | str, access_token: str) -> None:
    """End one connection. One that Xero no longer knows is ended already (B3)."""
    url = f"{settings.XERO_API_URL}/connections/{quote(str(xero_connection_id), safe='')}"
    verdict, _ = _ask(Endpoint.DISCONNECT, "DELETE", url, access_token)
    if not verdict.is_fine and verdict.kind is not Kind.NOT_FOUND:
        raise connection_error(verdict)


def connection_error(verdict: Verdict) -> XeroError:
    """What to raise for a verdict about the list. Only its 401 says anything about a token."""
    if verdict.kind is Kind.THROTTLED:
        return Throttled(verdict.limit, verdict.retry_after or 60.0)
    if verdict.kind is Kind.SCOPE_MISSING:
        return MissingScope(verdict.scopes)
    if verdict.kind is Kind.TOKEN_EXPIRED:
        return TokenNotAccepted()
    if verdict.kind is Kind.MISCONFIGURED:
        return Misconfigured(f"Xero does not accept this app: {verdict.said}.")
    return Unavailable(f"Xero’s connections can’t be used: {verdict.said}.", retry_after=verdict.retry_after)


def read(content: Any, size: int = 0) -> Listing:
    """The rows of an answer; other kinds of organisation are left out, unreadable rows counted."""
    found = Listing()
    found.size = size
    for row in content:
        kind = row.get("tenantType") if isinstance(row, dict) else None
        if isinstance(kind, str) and kind.upper() != "ORGANISATION":
            continue
        try:
            found.append(_connection(row))
        except (KeyError, TypeError, ValueError, AttributeError):
            found.is_complete = False
    return found


def _list(access_token: str, query: str) -> Listing:
    url = f"{settings.XERO_API_URL}/connections{query}"
    verdict, size = _ask(Endpoint.CONNECTIONS, "GET", url, access_token)
    if not verdict.is_fine:
        raise connection_error(verdict)
    return read(verdict.content, size)


def _ask(endpoint: Endpoint, method: str, url: str, access_token: str) -> tuple[Verdict, int]:
    headers = {"Accept": "application/json", "Authorization": f"Bearer {access_token}"}
    try:
        answer = http.send(method, url, headers=headers, deadline=SECONDS)
    except http.NoAnswer as silence:
        return verdicts.no_answer(endpoint, was_sent=silence.was_sent), 0
    return verdicts.classify(endpoint, answer.status, answer.headers, answer.body), answer.size


def _connection(row: dict[str, Any]) -> XeroConnection:
    event = row.get("authEventId")
    return XeroConnection(
        id=UUID(row["id"]),
        auth_event_id=UUID(event) if event else None,
        xero_tenant_id=UUID(row["tenantId"]),
        name=str(row.get("tenantName") or ""),
        created_at=_moment(row.get("createdDateUtc")),
        updated_at=_moment(row.get("updatedDateUtc")),
    )


def _moment(text: Any) -> datetime | None:
    """Seven digits of a second and no zone: UTC."""
    try:
        moment = datetime.fromisoformat(text[:26]) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
